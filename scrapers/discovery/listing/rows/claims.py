"""What a listing claims of each document: title, authors, day, language and kind, each with its origin.

The rows of a listing are alike, so what each place in them holds is told from all rows together; then each row is read.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scrapers.base import Found, Rules
from scrapers.discovery.claims import given
from scrapers.discovery.listing.rows.affixes import Affixes
from scrapers.discovery.listing.rows.columns import OWN, columns_of, labelled, may_be_title, title_slots, typical
from scrapers.discovery.listing.rows.dates import NEAR, DateReader
from scrapers.discovery.listing.rows.pieces import Piece
from scrapers.discovery.listing.rows.regions import Row
from scrapers.discovery.listing.titles import bare_title, is_day_alone, is_title
from scrapers.discovery.listing.words import (
    AUTHOR_LABEL,
    AUTHOR_NAMES,
    DATE_LABEL,
    KIND_LABEL,
    KIND_NAMES,
    LANGUAGE_LABEL,
    LANGUAGES,
    MEANS_TITLE,
    OTHER_DATE_LABEL,
    WEAK_DATE_LABEL,
)
from scrapers.html.dom import Dom
from scrapers.values.authors import kind_of, read_authors
from scrapers.values.dates import read_date
from scrapers.values.labels import field_of
from scrapers.values.language import normalised

Claims = dict[str, Found[object]]

PUBLISHED, PLAIN, UNLABELLED, WEAK, NAMED_OTHERWISE = 0, 1, 2, 4, 5
"""Ranks of a row's days: labelled as of publication, labelled at all, without a label (after it those within a longer
text), of a hearing or the like, and those whose class names another meaning, for classes say less than labels."""
BYLINE = re.compile(r"(?i)by\s+[^\W\d_]")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
YEAR_ALONE = 50
"""Added to the level of a heading that gives but a year: any day counts before it."""
MAX_HEADING = 80
MAX_YEAR_HEADING = 40
VAGUE = 0.2
"""How sure a title is that tells one document of its list from few others: any that the document prints is better."""
MOST_OF_ONE_NAME = 6
"""The most rows of a list that one item's name stands in, as it has several files."""
SEVERAL = 3
"""The fewest titles with a day from which it is learned that those of a list hold one."""
DAY = len("2019-05-03")
PERIOD = re.compile(
    r"(?i)(?:\b(?:end(?:ed|ing|s)?|as (?:of|at)|until|till|through|to|from|since|au|bis|zum|al|hasta|a)|\d\s*[-–])\s*$"
)
"""Words before the day on which a period ends, or of which accounts are."""
MAX_KIND = 40


@dataclass(frozen=True, slots=True)
class _Day:
    """A day in a row: the lowest rank (level, kind of label, place in the row) is the document's."""

    rank: tuple[int, int, int]
    value: str
    piece: Piece


def claims_of(rows: Mapping[str, Row], dom: Dom, rules: Rules) -> dict[str, Claims]:
    """Return what the rows of one list say of their documents, by identity."""
    read = labelled(list(rows.values()))
    texts = (piece.text for row in read for piece in row.pieces)
    reading = _Reading(read, DateReader(texts, dom.url, rules, dom.root.get("lang") or ""))
    return {key: reading.claims(row) for key, row in zip(rows, read, strict=True)}


class _Reading:
    """What is known of a list's rows together."""

    def __init__(self, rows: Sequence[Row], dates: DateReader) -> None:
        self._dates = dates
        learnt_from = typical(rows)
        self._titles, self._kinds = title_slots(learnt_from)
        self._often = Counter(text for row in rows for text in {piece.text for piece in row.pieces})
        titles = [title.text for row in learnt_from if (title := self._title(row)) is not None]
        self._titles_hold_days = self._hold_days(titles)
        self._affixes = Affixes([bare_title(title) for title in titles], dates)
        self._authors = _author_slots(learnt_from, set(self._titles[:1]))

    def claims(self, row: Row) -> Claims:
        """Return what one row says of its document."""
        title = self._title(row)
        return given(
            title=self._named(title) if title else None,
            authors=self._author(row),
            date_published=self._day(row, title),
            language=_language(row),
            kind=_kind(row),
        )

    def _hold_days(self, titles: Sequence[str]) -> bool:
        """Return whether most titles of the list hold one day: then it is the row's, and not a part of the name.

        `Board Minutes 11 July 2018`, `Board Minutes 8 August 2018` ..., but not one report of many on an event.
        """
        holding = [title for title in titles if sum(_is_of_row(*day) for day in self._dates.read(title)) == 1]
        return len(holding) >= SEVERAL and 2 * len(holding) > len(titles)

    def _title(self, row: Row) -> Piece | None:
        """Return the piece of the place that holds the titles; else a heading above the row, or what the file is."""
        by_slot = {piece.slot: piece for piece in reversed(row.pieces) if piece.level <= OWN}
        best = next(_titled(by_slot, self._titles), None)
        if best is None:
            kind = next(_titled(by_slot, self._kinds), None)
            most = self._often[kind.text] if kind is not None else math.inf
            best = next((head for head in _heads(row) if self._often[head.text] < most), kind)
        return best

    def _named(self, title: Piece) -> Found[object]:
        """Return the title; doubtful where it says what the file is (`Minutes`, `June`), or stands in many rows.

        A word with a colon before the titles of all rows is a label where it means a title (`Subject: `); else it says
        what the documents are (`Note : `), and is a part of each title.
        """
        bare = bare_title(title.text)
        vague = title.slot in self._kinds or self._often[title.text] > MOST_OF_ONE_NAME or is_day_alone(bare)
        prefix = "" if MEANS_TITLE.fullmatch(title.prefix.strip(" :：")) else title.prefix
        return Found(
            value=prefix + self._affixes.without(bare),
            raw=title.text,
            origin=_origin(title),
            confidence=VAGUE if vague else None,
        )

    def _author(self, row: Row) -> Found[object] | None:
        for piece in _own(row):
            named = piece.slot in self._authors or BYLINE.match(piece.text)
            if named and (authors := read_authors(piece.text)):
                return Found(value=authors, raw=piece.text, origin=_origin(piece))
        return None

    def _day(self, row: Row, title: Piece | None) -> Found[object] | None:
        """Return the day that a row gives: labelled as of publication before unlabelled, its own before a heading's."""
        days = list(self._days(row, title))
        if all(day.rank[0] for day in days):
            days += self._days_of_year(row)
        best = min(days, key=lambda day: day.rank, default=None)
        if best is None:
            return None
        return Found(value=best.value, raw=best.piece.stamp or best.piece.text, origin=_origin(best.piece))

    def _days(self, row: Row, title: Piece | None) -> Iterator[_Day]:
        for order, piece in enumerate(row.pieces):
            level = max(piece.level - OWN, 0)
            rank = _label_rank(piece.label or piece.names)
            if rank is None and piece.label:
                continue
            if not piece.label:
                rank = NAMED_OTHERWISE if rank is None else UNLABELLED
            assert rank is not None
            if value := read_date(piece.stamp[:10]) or (read_date(piece.stamp) if piece.stamp else None):
                yield _Day((level, min(rank, PLAIN) if rank != NAMED_OTHERWISE else rank, order), value, piece)
            elif not level or piece.heading or piece.bold or len(piece.text) < MAX_HEADING:
                yield from self._printed(piece, piece is title, level, rank, order)

    def _days_of_year(self, row: Row) -> Iterator[_Day]:
        """Yield the days that a row gives without their year, where the nearest heading that names a year tells it."""
        heads = (p.text for p in row.pieces if p.level > OWN and len(p.text) < MAX_YEAR_HEADING)
        year = next((str(found[0]) for text in heads if len(found := YEAR.findall(text)) == 1), "")
        for order, piece in enumerate(_own(row)) if year else ():
            if (rank := _label_rank(piece.label)) is not None and (value := self._dates.of_year(piece.text, year)):
                yield _Day((0, rank, order), value, piece)

    def _printed(self, piece: Piece, in_title: bool, level: int, rank: int, order: int) -> Iterator[_Day]:
        """Yield the first day that a text gives, if it is of publication; in a heading a year counts as well."""
        titled = in_title and not piece.label
        for value, before, after in self._dates.read(piece.text):
            if titled and before.strip() and not self._is_published(value, before, after):
                continue
            by_words = _label_rank(before[-NEAR:])
            if by_words is not None:
                embedded = len(f"{before}{after}".strip(" ,.;:()[]-–—|")) > 2
                best = min(rank, by_words if by_words != PLAIN else rank)
                yield _Day((level, best if best < UNLABELLED else best + embedded, order), value, piece)
                return
        if level and YEAR.fullmatch(piece.text):
            yield _Day((level + YEAR_ALONE, rank, order), piece.text, piece)

    def _is_published(self, value: str, before: str, after: str) -> bool:
        """Return whether a day within a title is about the document: it ends the title, or most titles hold one."""
        if _is_apart(before) and not after.strip(" )]."):
            return True
        return self._titles_hold_days and _is_of_row(value, before, after)


def _is_of_row(value: str, before: str, after: str) -> bool:
    """Return whether a day within a title can be the row's: a whole day that ends no period and cites nothing."""
    return len(value) == DAY and not PERIOD.search(before) and "(" not in before.rpartition(")")[2]


def _heads(row: Row) -> Iterator[Piece]:
    """Yield the headings above a row that can be titles, the nearest first."""
    heads = (p for p in row.pieces if p.level > OWN and (p.heading or p.bold) and is_title(p.text))
    return (piece for piece in heads if not read_date(piece.text))


def _titled(by_slot: Mapping[str, Piece], slots: Sequence[str]) -> Iterator[Piece]:
    """Yield the pieces in these places that can be titles."""
    return (by_slot[slot] for slot in slots if slot in by_slot and may_be_title(by_slot[slot]))


def _author_slots(rows: Sequence[Row], titles: set[str]) -> set[str]:
    """Return the places that name authors: by the heading or a class, else where nearly all values are names."""
    slots = set()
    for slot, column in columns_of(rows).items():
        label = column.label
        if AUTHOR_LABEL.search(label) or field_of(label) == "authors" or AUTHOR_NAMES.search(column.pieces[0].names):
            slots.add(slot)
        elif (
            not label and slot not in titles and len(column.pieces) >= 3 and column.distinct * len(column.pieces) > 1.5
        ):
            short = column.share(len(piece.text) < 60 and piece.link is None for piece in column.pieces)
            kinds = [kind_of(piece.text) for piece in column.pieces]
            named = column.share(kind is not None for kind in kinds)
            if short > 0.9 and named > 0.8 and 2 * kinds.count("person") > len(kinds):
                slots.add(slot)
    return slots


def _own(row: Row) -> Iterator[Piece]:
    return (piece for piece in row.pieces if piece.level <= OWN)


def _language(row: Row) -> Found[object] | None:
    """Return the language of `hreflang`, or that which a piece names: the document's own before the row's."""
    for anchor in row.anchors:
        if tag := normalised(anchor.element.get("hreflang")):
            return Found(value=tag, raw=anchor.element.get("hreflang") or "", origin="listing:hreflang")
    for piece in sorted(_own(row), key=lambda piece: piece.level):
        name = piece.text.strip(" ()[]:").lower()
        tag = LANGUAGES.get(name) or (normalised(name) if LANGUAGE_LABEL.search(piece.label) else None)
        if tag:
            return Found(value=tag, raw=piece.text, origin=_origin(piece))
    return None


def _kind(row: Row) -> Found[object] | None:
    for piece in _own(row):
        named = KIND_LABEL.search(piece.label) or (not piece.label and KIND_NAMES.search(piece.names))
        if named and len(piece.text) <= MAX_KIND:
            return Found(value=piece.text.lower(), raw=piece.text, origin=_origin(piece))
    return None


def _label_rank(words: str) -> int | None:
    """Return how surely words before a date or its names say that it is of publication; None for another day."""
    if DATE_LABEL.search(words):
        return PUBLISHED
    if OTHER_DATE_LABEL.search(words):
        return None
    return WEAK if WEAK_DATE_LABEL.search(words) else PLAIN


def _is_apart(before: str) -> bool:
    """Return whether a date after these words stands apart from a title: after a comma, a dash or a bracket."""
    if "(" in before.rstrip()[:-1].rpartition(")")[2]:
        return False  # of something else: `(14-22-00013-CV, 704 SW3d 37, 08-31-23)`
    return before.rstrip()[-1:] in ",;(-–—|:"


def _origin(piece: Piece) -> str:
    if piece.level > OWN:
        return "listing:heading"
    if piece.label:
        return f"listing:{piece.label[:MAX_KIND]}"
    if piece.heading:
        return "listing:title"
    return "listing:link" if piece.link is not None else "listing:text"
