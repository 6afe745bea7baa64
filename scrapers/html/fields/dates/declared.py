"""Where pages declare their dates, the gathering of candidates by day, and what days say of each other."""

# ruff: noqa: E501 (tables of words)

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from scrapers.base import Found
from scrapers.html.fields.candidate import Candidate
from scrapers.html.jsonld import strings
from scrapers.html.metadata import Declared, text_of
from scrapers.html.scan import Scan, Spot
from scrapers.values.calendars import DateReading
from scrapers.values.dates import Order, read_date
from scrapers.values.labels import field_of, label_before
from scrapers.values.months import MONTHS
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

JSON_LD_DATES = (
    ("datePublished", "published"),
    ("dateCreated", "created"),
    ("uploadDate", "created"),
    ("datePosted", "created"),
)
"""schema.org's properties for the day of publication, and what each says of it."""
PUBLISHED_PROPERTIES = frozenset(
    ["datepublished", "datecreated", "dateissued", "issued", "created", "date", "published"]
)
"""Properties of microdata and RDFa, in lower case."""
MODIFIED_PROPERTIES = frozenset(["datemodified", "modified", "updated"])
OTHERS_SCOPES = frozenset(["comment", "review", "event"])
"""Types of items whose dates are not the document's."""
PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "citation_publication_date", "citation_date", "citation_online_date", "dcterms.issued", "dc.date.issued",
    "dc.date", "dcterms.date", "dc:date", "dcterms.created", "dc.date.created", "dcterms.available", "bepress_citation_date", "bepress_citation_online_date", "eprints.date", "prism.publicationdate",
    "parsely-pub-date", "sailthru.date", "datepublished", "date_published", "publication_date", "publish_date", "publish-date", "publishdate", "published",
    "pubdate", "pub_date", "article.published", "article:published", "og:published_time", "og:pubdate", "published_at", "published-date", "dateposted", "date", "created", "book:release_date", "release_date",
    "article:post_date", "blogger:published", "newsdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "video:release_date", "rnews:datepublished", "twitter:data-date",
)  # fmt: skip
MODIFIED_METAS = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "dcterms.modified", "dc.date.modified", "dc.date.updated", "datemodified", "lastmod", "last-modified",
    "last_modified", "modified", "date_updated", "updated", "article:updated_time", "article.updated", "revised", "date.modified",
)  # fmt: skip
SCHOLARLY = re.compile(r"^(?:citation_|dc[.:]|dcterms\.|bepress_|eprints\.|prism\.)")
# Names of metas that sites make up, told by their words: `w-published-date`, `article:first_published_time`, `og:publish_date`.
_PUBLISHED_NAME = re.compile(
    r"publi(?:sh(?:ed)?|cation)[-_.: ]?(?:date|time|on|at)$|(?:release|creat(?:ed?|ion)|post(?:ed|ing)?|upload|issued?)[-_.: ]?date$"
    r"|date[-_.: ]?(?:pub(?:lished|lication)?|created|posted|issued|released)$"
)


def published_metas(metas: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the names of the metas that may hold the date of publication, the surest first."""
    for key in PUBLISHED_METAS:
        if key in metas:
            yield key
    for key in metas:
        if _PUBLISHED_NAME.search(key) and key not in _PUBLISHED:
            yield key


def declared_change(metadata: Declared, today: str | None) -> Found[str] | None:
    """Return when the page says for machines that it was changed."""
    main = metadata.graph.content[:1]
    stated = [("json-ld:dateModified", text) for node in main for text in strings(node.get("dateModified"))]
    stated += [(f"meta:{key}", text) for key in MODIFIED_METAS for text in metadata.metas.get(key, ())[:1]]
    for origin, text in stated:
        if value := read_date(text, today=today):
            return Found(value=value, raw=text, origin=origin)
    return None


def fact_of_meta(key: str) -> str:
    """Return the kind of meta that has this name, as a fact for the chooser."""
    if SCHOLARLY.match(key):
        return "meta:scholarly"
    return "meta:article" if key == "article:published_time" else "meta:date"


_PUBLISHED = frozenset(PUBLISHED_METAS)
_URL_DATE = re.compile(
    r"(?:/|(?<!\d)(?=\d{4}-\d\d-\d\d(?!\d)))(?P<year>(?:19|20)\d\d)"
    r"(?:(?P<mark>[/_-])(?P<month>1[0-2]|0?[1-9])(?:(?P=mark)(?P<day>3[01]|[12]\d|0?[1-9]))?(?=[/_.-]|$)"
    r"|(?P<mm>0[1-9]|1[0-2])(?P<dd>0[1-9]|[12]\d|3[01])?(?=[/_.-]|$))"
)
_MONTHS = {name: number for number, names in enumerate(MONTHS["en"], 1) for name in names.split()}
_URL_MONTH = re.compile(rf"(?<=/(?:19|20)\d\d/)(?:{'|'.join(map(re.escape, _MONTHS))})(?=/)", re.IGNORECASE)


def date_in_path(path: str) -> tuple[str, str] | None:
    """Return the date in an address's path, ISO with or without a day, and how it is written there."""
    found = _URL_DATE.search(_URL_MONTH.sub(_figure, path))
    if found is None:
        return None
    parts = (found["year"], found["month"] or found["mm"], found["day"] or found["dd"])
    return "-".join(f"{int(part):02}" for part in parts if part), found[0]


def _figure(name: re.Match[str]) -> str:
    return str(_MONTHS[name[0].lower()])


class Gathered:
    """Gathers days, and the facts about each."""

    def __init__(self) -> None:
        self.found: dict[str, Candidate] = {}

    def add(
        self, value: str, raw: str, origin: str, fact: str, element: HtmlElement | None = None, trust: int = 5
    ) -> Candidate | None:
        """Add a day, or another place of one; `trust` (0 most) decides whose wording and origin stand."""
        candidate = self.found.get(value)
        if candidate is None:
            if len(self.found) >= 60:
                return None
            candidate = self.found[value] = Candidate(
                value=value, raw=raw[:300], origin=origin, element=element, facts={"trust": float(trust)}
            )
        elif trust < candidate.facts["trust"]:
            candidate.raw, candidate.origin, candidate.facts["trust"] = raw[:300], origin, float(trust)
            candidate.element = element if element is not None else candidate.element
        candidate.facts[fact] = candidate.facts.get(fact, 0.0) + 1
        return candidate


def day_apart(one: str, other: str) -> bool:
    """Whether two days follow each other, as the same moment does in two time zones."""
    if len(one) != 10 or len(other) != 10 or one == other:
        return False
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) == 1


_BYLINE = re.compile(
    r"\b(?:by|posted|published|written|filed|submitted|from|von|veröffentlicht|par|publié|por|publicado|di|pubblicato|door|av|af)\b",
    re.IGNORECASE,
)


_LAW = re.compile(
    r"\b(?:loi|d[ée]cret|ordonnance|arrêté|directive|règlement|journal officiel|jo|law|act|decree|regulation|official journal"
    r"|gesetz|verordnung|richtlinie|bundesgesetzblatt|bgbl|ley|real decreto|reglamento|boletín oficial|boe|lei|decreto"
    r"|diário oficial|legge|gazzetta ufficiale|закон|указ|постановление)\b[^;|]{0,60}\b"
    r"(?:du|of|vom|del|de|da|di|от|dated|n[°ºo]\.?\s*\d[\w/-]*,?)\s*$",
    re.IGNORECASE,
)
"""What stands before the day of a law that a page names: `Loi n° 2013-906 du`, `Act No. 12 of`."""


def quoted(before: str, after: str) -> bool:
    """Whether a day is told of: a word stands right before it and the sentence goes on or ends, or it is that of a law."""
    if _LAW.search(before) or (_is_sentence(before) and not _PUBLISHING.search(before)):
        return True
    if not before or not before[-1].isalpha() or _BYLINE.search(before[:40]):
        return False
    return after[:1].islower() or after[:1] in (".", ",", ";", "。", "，", "、")


def tells(text: str, start: int, end: int, *, labelled: bool) -> bool:
    """Whether a paragraph only tells of a day: the day is neither labelled at its beginning nor in a dateline."""
    if labelled:
        return start > LABELLED_BY
    return end > DATELINE or text[end:].lstrip(" )）]")[:1] not in _AFTER_DATELINE


LABELLED_BY = 60
"""Where in a paragraph a labelled day begins at the latest: further on a sentence tells of it."""
DATELINE = 60
"""Where in a paragraph the day of a dateline (`GENEVA, 3 May 2021 - `) ends at the latest."""
_AFTER_DATELINE = ("", "-", "–", "—", ":", "|", "/", "：", "】")


def text_ahead(spot: Spot) -> str:
    """Return the short text in the element before a spot, or in the one above; that of a `dt` or `th` ends in a colon."""
    node = spot.before if spot.before is not None else spot.element.getprevious()
    if spot.before is None and node is None:
        parent = _cell_of(spot.element)
        if parent is None or parent.tag in ("body", "html"):
            return ""
        if parent.text and parent.text.strip():
            return clean_line(parent.text[-80:])
        node = parent.getprevious()
    elif spot.before is None and node is not None and node.tail and node.tail.strip():
        return clean_line(node.tail[-80:])
    if node is None or not isinstance(node.tag, str) or len(node) > 4:
        return ""
    text = clean_line(_TERM.sub(" ", text_of(node, 80)))
    if len(text) > 40:
        return ""
    return f"{text}:" if text and node.tag in ("dt", "th") and not text.endswith((":", "：")) else text


def _cell_of(element: HtmlElement) -> HtmlElement | None:
    """Return the cell of a table or list of definitions that begins with an element, else what the element stands in."""
    node = element
    for _ in range(DEEP):
        parent = node.getparent()
        if parent is None or node.getprevious() is not None or (parent.text and parent.text.strip()):
            break
        if parent.tag in ("dd", "td"):
            return parent
        node = parent
    return element.getparent()


DEEP = 4
"""How many elements a value stands in, at most, within its cell."""
_TERM = re.compile(r"\s*\([a-z]+:[\w.]+\)")
"""A term of a vocabulary beside the label that it defines: `Date (dcterms:date)`."""


def label_of(before: str) -> tuple[str, str] | None:
    """Return the label at the end of what stands before a day; the last words of a sentence are none."""
    label = label_before(before)
    if label is None:
        return None
    return None if _is_sentence(before[: before.lower().rfind(label[1])]) else label


def _is_sentence(before: str) -> bool:
    """Return whether what stands before a day, or before its label, is the beginning of a sentence."""
    words = _PARTS.split(before)[-1].split()
    return len([word for word in words if word.isalpha() and word.islower()]) > SMALL_WORDS


_PUBLISHING = re.compile(
    r"\b(?:posted|published|written|veröffentlicht|geschrieben|erschienen|publi[ée]e?|écrit|paru|publicad[oa]|escrito"
    r"|pubblicat[oa]|scritto|gepubliceerd|geplaatst|opublikowan[oy]|опубликован[ао]?)\b",
    re.IGNORECASE,
)
"""Words of a sentence that says when its own document was published."""


def line_before(spot: Spot, before: str) -> str:
    """Return what stands before a day in its line: the words before it in its text, and the elements before these."""
    before = clean_line(before)
    if spot.before is None:
        return before
    line = clean_line(text_of(spot.element, 400))
    return line[: at + len(before)] if (at := line.find(before)) >= 0 else before


_PARTS = re.compile(r"[.:;|•·–—()]+\s")
SMALL_WORDS = 3
"""Most words in small letters before a label: `Jane van der Berg, first published`. More are those of a sentence."""


def label_ahead(spot: Spot) -> tuple[str, str] | None:
    """Return the label that stands in the element before, or in the one above."""
    text = text_ahead(spot)
    if text and (name := field_of(text)):
        return name, text.rstrip(":：")
    return label_of(text) if text else None


def in_range(text: str, reading: DateReading, every: Sequence[DateReading]) -> bool:
    """Whether a day begins or ends a range of days, such as a period or a meeting, and so dates no document."""
    if reading.value and len(reading.value) == len("2019-05") and _DAYS.search(text[reading.start : reading.end]):
        return True
    between = [
        text[a.end : b.start].strip().lower()
        for a, b in pairwise(every)
        if a.value and b.value and a.value < b.value and reading in (a, b)
    ]
    return any(mark in _TO for mark in between)


_DAYS = re.compile(r"(?<!\d)\d{1,2}(?!\d)\D{1,9}(?<!\d)\d{1,2}(?!\d)")
"""Two days of one month, of which only the month is read: `3-5 June 2019`."""
_TO = frozenset(
    [
        "-",
        "–",
        "—",
        "‐",
        "~",
        "〜",
        "至",
        "to",
        "until",
        "till",
        "through",
        "bis",
        "au",
        "à",
        "al",
        "a",
        "hasta",
        "até",
        "fino",
        "по",
        "до",
        "إلى",
        "から",
    ]
)


_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](?:19|20)\d\d(?!\d)")


def order_on_page(seen: Scan) -> Order | None:
    """Return the order that the page's own numeric dates show: where one number is over 12, it is the day."""
    votes: Counter[str] = Counter()
    for spot in seen.dates[:200]:
        for match in _NUMERIC.finditer(spot.text):
            first, second = int(match[1]), int(match[2])
            if first > 12 >= second:
                votes["dmy"] += 1
            elif second > 12 >= first:
                votes["mdy"] += 1
    if len(votes) == 1:
        return "dmy" if "dmy" in votes else "mdy"
    return None
