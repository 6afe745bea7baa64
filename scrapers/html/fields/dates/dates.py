"""The days that may be those of a page's document: declared, visible, in the address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapers.base import Rules
from scrapers.html import jsonld
from scrapers.html.fields.candidate import Candidate
from scrapers.html.fields.dates.declared import (
    JSON_LD_DATES,
    MODIFIED_METAS,
    MODIFIED_PROPERTIES,
    OTHERS_SCOPES,
    PUBLISHED_PROPERTIES,
    Gathered,
    date_in_path,
    day_apart,
    fact_of_meta,
    in_range,
    label_ahead,
    label_of,
    line_before,
    order_on_page,
    published_metas,
    quoted,
    tells,
    text_ahead,
)
from scrapers.html.fields.dates.events import days_of_events, is_event, is_of_calendar
from scrapers.html.fields.dates.facts import describe, note_listed
from scrapers.html.fields.places import Places, beside, bylines, compare_with, first_place
from scrapers.html.fields.trust import Trust, believable, trust
from scrapers.html.metadata import Property, text_of
from scrapers.html.page import HtmlPage
from scrapers.html.regions.words import Region
from scrapers.html.scan import BITS, TIMES, Spot
from scrapers.values.dates import DateMatch, Order, find_dates, read_date, readings, refusal
from scrapers.values.labels import is_unknown_label, label_before
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.maintext.maintext import MainText

_CLOCK = re.compile(r"\d[:.h]\d\d")
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights reserved|℗", re.IGNORECASE)


class DateGatherer:
    """Reads the dates of one page with what is known of how it prints them."""

    def __init__(
        self,
        page: HtmlPage,
        main: MainText,
        rules: Rules,
        language: str | None,
        today: str | None,
        traits: dict[str, float],
    ) -> None:
        self.dom, self.metadata, self.seen, self.regions = page.dom, page.metadata, page.seen, page.regions
        self.main, self.today = main, today
        self.languages = (language,) if language else ()
        self.order: Order | None = rules.date_order or order_on_page(page.seen)
        self.notes: list[str] = []
        self.traits = traits
        self.dates = Gathered()
        self.modified = Gathered()
        self.decided = Gathered()
        """Days of a decision or a law, which are those of the document where it gives no day of publication."""
        self.unlabelled: set[str] = set()
        """Days that stand somewhere without any label before them."""
        self.places: Places[str] = Places()
        self.bylines = bylines(page.seen)
        self.is_event = is_event(page)
        self.events = days_of_events(page)
        """The blocks whose days are those of events."""

    def read(self, text: str) -> str | None:
        """Return the date of a declared value; a refused one is noted."""
        value = read_date(text, order=self.order, languages=self.languages, today=self.today)
        if (
            value is None
            and text
            and len(self.notes) < 5
            and (why := refusal(text, order=self.order, languages=self.languages, today=self.today))
        ):
            self.notes.append(f"a date was refused: {why}")
        return value

    def gather(self) -> None:
        """Gather all that may be a date of the page."""
        self.declared()
        self.times()
        self.texts()

    def declared(self) -> None:
        """Gather what the page says for machines: JSON-LD, metas, microdata, scripts, and its own address."""
        self._json_ld()
        self._metas()
        self._properties()
        self._scripts()
        self._address()

    def _json_ld(self) -> None:
        graph = self.metadata.graph
        for i, node in enumerate([*graph.content[:8], *graph.pages[:2]]):
            where = "ld" if i == 0 and graph.content else "ld:page" if node in graph.pages else "ld:later"
            for key, fact in JSON_LD_DATES:
                for text in jsonld.strings(node.get(key))[:1]:
                    if value := self.read(text):
                        self.dates.add(value, text, f"json-ld:{key}", f"{where}:{fact}", trust=1)
            for text in jsonld.strings(node.get("dateModified"))[:1]:
                if value := read_date(text, today=self.today):
                    self.modified.add(value, text, "json-ld:dateModified", f"{where}:modified", trust=1)

    def _metas(self) -> None:
        metas = self.metadata.metas
        for key in published_metas(metas):
            for text in metas[key][:1]:
                if value := self.read(text):
                    fact = fact_of_meta(key)
                    self.dates.add(value, text, f"meta:{key}", fact, trust=0 if fact == "meta:scholarly" else 2)
        for key in MODIFIED_METAS:
            for text in metas.get(key, ())[:1]:
                if value := read_date(text, today=self.today):
                    self.modified.add(value, text, f"meta:{key}", "meta:modified", trust=2)

    def _properties(self) -> None:
        """Gather microdata and RDFa, which stand on visible elements."""
        nth = 0
        for prop in self.metadata.properties:
            origin = f"{prop.syntax}:{prop.name}"
            if self._is_of_publication(prop):
                if value := self._as_printed(self.read(prop.value), clean_line(text_of(prop.element, 200))):
                    self._visible(value, prop.value, origin, "prop", prop.element, trust=2, nth=nth)
                    nth += 1
            elif prop.name in MODIFIED_PROPERTIES and (value := read_date(prop.value, today=self.today)):
                self.modified.add(value, prop.value, origin, "prop:modified", prop.element, trust=2)

    def _as_printed(self, stated: str | None, printed: str) -> str | None:
        """Return the day that is stated for machines, or its month where no day is printed: forms fill in the first."""
        shown = read_date(printed, order=self.order, languages=self.languages, today=self.today) if stated else None
        return shown if stated and shown and len(shown) < len(stated) and stated == f"{shown}-01" else stated

    def _is_of_publication(self, prop: Property) -> bool:
        """Whether a property states when this page's document was published."""
        return (
            prop.name in PUBLISHED_PROPERTIES
            and prop.scope not in OTHERS_SCOPES
            and self.regions.admits(prop.element, labelled=True)
        )

    def _scripts(self) -> None:
        for key, text in self.metadata.scripted[:20]:
            if value := read_date(text, today=self.today):
                self.dates.add(value, text, f"script:{key}", "script", trust=6)

    def _address(self) -> None:
        if is_of_calendar(self.dom.url):
            return
        path = urlsplit(self.dom.url).path
        if (dated := date_in_path(path)) and (value := read_date(dated[0], today=self.today)):
            self.dates.add(value, dated[1], "url", "url:day" if len(value) == 10 else "url:month", trust=6)

    def times(self) -> None:
        """Gather `time` elements; the printed day counts where a time zone shifts the machine's."""
        for count, (element, index) in enumerate(self.seen.times[:60]):
            stated = next((v for name in TIMES if (v := element.get(name))), "") or element.get("content") or ""
            printed = clean_line(text_of(element, 200))
            value = self._as_printed(read_date(stated, today=self.today), printed) if stated else None
            shown = read_date(printed, order=self.order, languages=self.languages, today=self.today)
            raw, origin = (
                (printed, "time") if shown and (value is None or day_apart(shown, value)) else (stated, "time:datetime")
            )
            value = shown if origin == "time" else value
            if not value or self.regions.of(element) > Region.ASIDE:
                continue
            label = label_ahead(Spot("", element, index)) if count < 12 else None
            self._note_decision(value, raw, element, label)
            if self._is_of_other(element, label):
                continue
            if label and label[0] == "date_modified":
                self.modified.add(value, raw, f"label:{label[1]}", "label", element, trust=3)
            if label:
                origin = f"label:{label[1]}"
            candidate = self._visible(
                value, raw, origin, "time", element, trust=3, text=printed, index=index, nth=count
            )
            if candidate is not None and label:
                self._labelled(candidate, label)

    def texts(self) -> None:
        """Gather dates printed in text."""
        timed = {element for element, _ in self.seen.times[:60]}
        count = 0
        for spot in self.seen.dates:
            if spot.element in timed or count > 150 or self.regions.of(spot.element) > Region.ASIDE:
                continue
            text = spot.text
            for found in self._in(spot):
                count += 1
                self._spot(found[0], found[1], text, found[2], spot, count)
                if len(text) > 200:
                    break

    def _in(self, spot: Spot) -> Iterator[tuple[str, str, int]]:
        """Yield (value, raw, start) for the dates of a spot; parts that stand in several elements are put together."""
        whole = False
        every = list(readings(spot.text, order=self.order, languages=self.languages, today=self.today))
        for reading in every:
            if reading.value:
                whole = True
                if in_range(spot.text, reading, every):
                    continue
                yield reading.value, spot.text[reading.start : reading.end], reading.start
            elif reading.reason and len(self.notes) < 5 and self._dated(spot, reading.start):
                self.notes.append(f"a date was refused: {reading.reason}")
        if not whole and len(spot.text.strip()) < SHORT and spot.before is None and (found := self._put_together(spot)):
            yield found.value, found.raw, found.start
        elif not every and (year := _YEAR_LAST.search(spot.text)):
            yield year[1], year[1], year.start(1)

    def _put_together(self, spot: Spot) -> DateMatch | None:
        """Return the date whose parts stand in several elements: `<b>9</b><i>May</i><i>2021</i>`."""
        parent = spot.element.getparent()
        if parent is None or len(close := clean_line(text_of(parent, 60))) >= TOGETHER:
            return None
        if is_unknown_label(text_ahead(Spot("", parent, spot.index)).lstrip("*•·-– ")):
            return None  # the day of something else: `Deadline for grants: ...`
        apart = clean_line(" ".join(islice(parent.itertext(), PARTS)))
        texts = (close, apart) if apart != close else (close,)
        every = (find_dates(text, order=self.order, languages=self.languages, today=self.today) for text in texts)
        return next(chain.from_iterable(every), None)

    def _dated(self, spot: Spot, start: int) -> bool:
        """Whether a date is to be expected at a place: by its classes, or by a label before it."""
        if self.seen.around(spot.element) & (BITS["meta"] | BITS["date"]):
            return True
        label = label_before(clean_line(spot.text[:start]).rstrip("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ ."))
        return label is not None and label[0] == "date_published"

    def _spot(self, value: str, raw: str, text: str, start: int, spot: Spot, count: int) -> None:
        before = text[:start].strip()
        line = line_before(spot, before)
        label = label_of(line) if before else label_ahead(spot)
        if before and not label and label_before(line):
            return  # a sentence tells of it
        if len(value) == YEAR and (not label or label[0] != "date_published"):
            return
        unknown = not label and is_unknown_label(clean_line(before) if before else text_ahead(spot))
        self._note_decision(value, raw, spot.element, label)
        if _COPYRIGHT.search(text) or self._is_of_other(spot.element, label):
            return
        if self._is_told(spot, text, start, start + len(raw), labelled=label is not None):
            return
        rest = len(text.strip()) - len(raw)
        told = not label and quoted(before, text[start + len(raw) :].strip())
        origin = f"label:{label[1]}" if label else "text"
        if label and label[0] == "date_modified":
            self.modified.add(value, raw, origin, "label", spot.element, trust=4)
        candidate = self._visible(
            value,
            raw,
            origin,
            "text",
            spot.element,
            trust=4 if label else 7,
            text=text,
            index=spot.index,
            nth=count - 1,
        )
        if candidate is None:
            return
        facts = candidate.facts
        if label:
            self._labelled(candidate, label)
        elif not unknown:
            self.unlabelled.add(value)
        elif not ("zone" in facts and self.seen.around(spot.element) & _FOR_DAYS):
            facts["other-label"] = 1
        own = self.regions.tree.block_of(spot.element) == self.regions.heading
        told = told and not own and not self.seen.around(spot.element) & (_MEANT | _ABOUT)
        facts["told" if told else "set-apart"] = 1
        facts["alone"] = max(facts.get("alone", 0.0), float(rest <= 3))
        facts["short"] = max(facts.get("short", 0.0), float(rest < 60))
        if rest >= 150:
            facts["in-prose"] = facts.get("in-prose", 0.0) + 1

    def _note_decision(self, value: str, raw: str, element: HtmlElement, label: tuple[str, str] | None) -> None:
        """Keep a whole day that is labelled as that of a decision, among the lines about the document."""
        if label and label[0] == "date_decided" and len(value) == DAY and self.regions.beside_heading(element):
            candidate = self.decided.add(value, raw, f"label:{label[1]}", "label:date_decided", element, trust=3)
            if candidate is not None:
                candidate.confidence = DECIDED

    def _is_of_other(self, element: HtmlElement, label: tuple[str, str] | None) -> bool:
        """Return whether a day is another's than the document's: by its label, its region, or as that of an event."""
        if (label and label[0] in ("date_other", "date_decided")) or not self.regions.admits(
            element, labelled=label is not None
        ):
            return True
        if not label and self.seen.around(element) & BITS["quote"] and not self.regions.beside_heading(element):
            return True  # of the words that are quoted
        if label and label[1].lower() not in _ANY_DAY:
            return False
        tree = self.regions.tree
        node = tree.node_of(element)
        return self.is_event or (node >= 0 and not self.events.isdisjoint(range(tree.starts[node], tree.ends[node])))

    def _is_told(self, spot: Spot, text: str, start: int, end: int, *, labelled: bool) -> bool:
        """Return whether a paragraph only tells of a day; one that is named for the day of posting states it."""
        parent = spot.element.getparent()
        named = self.seen.own(spot.element) | (self.seen.own(parent) if parent is not None else 0)
        return not named & _ABOUT and self.regions.in_prose(spot.element) and tells(text, start, end, labelled=labelled)

    def _labelled(self, candidate: Candidate, label: tuple[str, str]) -> None:
        candidate.facts[f"label:{label[0]}"] = 1
        if _ORIGINALLY.match(label[1]):
            candidate.facts["originally"] = 1

    def _visible(
        self,
        value: str,
        raw: str,
        origin: str,
        fact: str,
        element: HtmlElement,
        *,
        trust: int,
        text: str = "",
        index: int = 0,
        nth: int = 0,
    ) -> Candidate | None:
        around = self.seen.around(element)
        updated = bool(around & BITS["updated"]) and not around & BITS["published"]
        candidate = self.dates.add(value, raw, origin, fact, element, trust=trust)
        if candidate is None:
            return None
        facts = candidate.facts
        self.places.add(value, element)
        if updated:
            facts["updated-class"] = 1
            if fact != "text":
                self.modified.add(value, raw, origin, "class", element, trust=5)
        if self.regions.beside_heading(element):
            facts["zone"] = 1
        if "seen" not in facts:  # the first place where a day is printed speaks for it
            facts |= first_place(self.seen, element, index, nth)
            facts["second"] = float(nth == 1)
            if index:
                facts["by-author"] = beside(index, self.bylines)
                facts["clock"] = float(len(text) < 120 and bool(_CLOCK.search(text)))
                # `2 days ago`: the moment is only in the attribute.
                facts["relative"] = float(fact == "time" and bool(text) and "20" not in text and "19" not in text)
        return candidate

    def described(self) -> list[Candidate]:
        """Return the candidates with what only all of them together show."""
        every = list(self.dates.found.values())
        for candidate in every:
            facts = candidate.facts
            if candidate.value in self.unlabelled or trust("date_published", candidate) <= Trust.LABELLED:
                facts.pop("other-label", None)  # a label of unknown meaning before another of its places says nothing
        note_listed(every)
        describe(every, set(self.modified.found), self.traits, self.places)
        compare_with(self.main, every)
        return believable("date_published", every)


SHORT, TOGETHER, PARTS = 20, 50, 12
"""A part of a date has fewer characters than the first; all parts together fewer than the second, in so many texts."""
DAY = 10
"""Characters of a whole day."""
DECIDED = 0.6
"""The confidence that is given with the day of a decision: set by hand, not measured."""
YEAR = 4
"""Characters of a year, which alone is a date only where a label says so: `Year: 2015`."""
_YEAR_LAST = re.compile(r"(?:^|[:：])\s*((?:19|20)\d\d)\s*$")
_ANY_DAY = frozenset((
    "date", "fecha", "data", "datum", "dato", "дата", "dátum", "tarih", "tanggal", "ngày", "päivämäärä", "ημερομηνία",
    "日期", "时间", "日付", "날짜", "التاريخ", "تاريخ", "תאריך", "วันที่",
))  # fmt: skip
"""Labels that do not say which day it is: beside the hours of a meeting, that of the meeting."""


_ORIGINALLY = re.compile(
    r"(?:originally|first) (?:published|posted)|première publication|primera publicación", re.IGNORECASE
)
_FOR_DAYS = BITS["date"] | BITS["published"] | BITS["time"]
"""Elements that are there for a day by their names: among the lines about the document any label there is its own."""
_ABOUT = BITS["meta"] | BITS["date"] | BITS["published"] | BITS["foot"]
"""Paragraphs that say when the document was posted, by their own names: `postmetadata`, `post-footer`."""
_MEANT = BITS["meta"] | BITS["date"] | BITS["author"] | BITS["published"] | BITS["time"] | BITS["name"]
