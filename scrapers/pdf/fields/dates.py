"""Candidates for the date of publication: only what the pages print, never the file's own date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scrapers.base import Rules
from scrapers.pdf.fields.candidate import Candidate
from scrapers.pdf.fields.front import Front, FrontLine, FrontPage
from scrapers.pdf.fields.words import DATE_LABELS, MACHINE, NO_YEAR
from scrapers.values.dates import Order, find_dates, order_of

ISSUED = re.compile(
    r"\((?P<year>(?:19|20)\d\d)\)|(?:vol\.?|volume|no\.?|issue)[^()]{1,30}[,(]\s*(?P<late>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""The year of a volume or an issue of a journal."""

YEAR = re.compile(r"(?<![\dA-Za-z./-])(?:19|20)\d\d(?![\d/-]|\.\d)")
SHORT = re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{2})(?![\d./-])")
"""A day whose year has two figures."""

JOINED = re.compile(r"(?<!\d)(?P<year>20[0-3]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])?(?!\d)")
"""`20250131` or `202501`."""

SPACED = re.compile(r"(?<!\d)\d(?: \d){3}(?!\d)|(?<!\d)\d \d(?!\d)")
"""Figures that are set apart: `2 0 1 9`."""

NUMBERED = re.compile(
    r"\b(?:number|no\.?|issue|nr\.?|n[°ºo]\.?|vol\.?|volume|№)\s*\d{1,4}(?=\s*[-–—|,·])"
    r"|https?://\S+|www\.\S+|\bdoi:?\s*\S+|\b10\.\d{4,9}/\S+",
    re.IGNORECASE,
)
"""Numbers of a series and addresses, which look like parts of dates (`Number 19 – June 2013`)."""

PRINTED_PAGE = re.compile(
    r"^\d{1,4}[/.]\d{1,2}[/.]\d{1,4},?(?:\s+\d{1,2}[:.]\d{2}(?:\s?[AP]M)?)?\s+\S|\bpage \d+ (?:of|/) \d+\b.*://",
    re.IGNORECASE,
)
"""The head that a browser prints: the day of printing, and the title of the page."""

SLUG = re.compile(r"^VerDate|\b[A-Z]:\\|\.(?:ind[dbt]|qx[pd]|docx?|fm|tex|pdf|ai|pmd)\b", re.IGNORECASE)
"""A line that the layout program prints: the file's name and when it was made."""

LETTER_PAPER = 612.0
"""Points: the width of the paper on which the month is printed before the day."""

DAYS = re.compile(r"\d{1,2}(?:st|nd|rd|th|er|[.ºª])?\s*(?:[-–—/&]|and|et|y|und|e|i|en|och|og)\s*\d{1,2}\.?\s+[^\W\d]")
"""Days from one to another are those of a meeting (`25-26 October 2015`)."""

EVENT = re.compile(
    r"\d{1,2}(?:st|nd|rd|th|er|[.ºª])?\s*(?:[-–—/&]|and|et|y|und|e|i|en|och|og)\s*\d{1,2}(?:st|nd|rd|th|er|[.ºª])?(?:\s+\w+)?,?\s*$"
)
"""Such days before a year (`November 3rd & 4th 2015`)."""

NUMBER = re.compile(r"\s*[-+]?[$€£]?\s?\d[\d\s.,]*%?\s*")
"""A cell of a table that holds a number: beside others, one of four figures is no year."""

MAX_LINES = 90
MAX_DATES = 60


@dataclass(slots=True, kw_only=True)
class DateCandidate(Candidate):
    """A date as it stands on a line."""

    before: str = ""
    after: str = ""
    raw_date: str = ""
    """As printed."""
    running: bool = False
    shape: str = "date"
    """`date`, `year` alone, `issue` of a journal, `short` (a year of two figures), `joined` (`202501`)."""


def candidates(front: Front, rules: Rules, languages: Sequence[str]) -> list[DateCandidate]:
    """Return the dates on the first pages, in the imprint and on the last pages."""
    order = rules.date_order or order_of(languages) or _order_printed(front)
    found: list[DateCandidate] = []
    first = front.opening(3)
    rest = [page for page in front.pages if page not in first and (page in front.imprints or page in front.pages[-2:])]
    for page in [*first, *rest]:
        printed = _web_print(page)
        for line in page.lines[:MAX_LINES] if page in first else page.lines:
            if not (printed and PRINTED_PAGE.match(line.run.text)):
                found += _on_line(line, line.run.text, order, languages)
                found += _over_lines(line, order, languages)
        for block in page.running:
            line = FrontLine(block.lines[0], block, page)
            if printed and PRINTED_PAGE.match(line.run.text):
                continue
            found += [_running(candidate) for candidate in _on_line(line, line.run.text, order, languages)]
    found = [date for date in found if date.value <= front.latest][:MAX_DATES]
    created = front.declared.created
    if rules.creation_date and created:
        found.append(DateCandidate(value=created, raw=created, origin="pdf:creation-date", shape="created"))
    return found


def _running(candidate: DateCandidate) -> DateCandidate:
    candidate.running = True
    candidate.origin = "pdf:running-head"
    return candidate


def _web_print(page: FrontPage) -> bool:
    """Return whether a browser printed the page: its address stands at the edge."""
    edges = [block.lines[0] for block in page.running] + [line.run for line in [*page.lines[:3], *page.lines[-3:]]]
    return any("://" in run.text or ("/" in run.text and ".htm" in run.text) for run in edges)


def _over_lines(line: FrontLine, order: Order | None, languages: Sequence[str]) -> Iterator[DateCandidate]:
    """Yield the date that begins at the end of a line and ends on the next."""
    below = line.below
    if below is None or below.block is not line.block or line.run.row or below.run.row:
        return
    end = line.run.text[-30:]
    text = f"{end} {below.run.text[:30]}"
    if not YEAR.search(below.run.text[:16]):
        return
    for date in find_dates(text, order=order, languages=languages):
        if date.start < len(end) - 1 < date.end - 1:
            before = line.run.text[: len(line.run.text) - len(end) + date.start]
            candidate = _candidate(
                line, date.value, before + date.raw + text[date.end :], len(before), len(before) + len(date.raw), "date"
            )
            candidate.raw = f"{line.run.text} {below.run.text}"
            yield candidate


def _on_line(line: FrontLine, text: str, order: Order | None, languages: Sequence[str]) -> Iterator[DateCandidate]:
    if SLUG.search(text) or not any(map(str.isdigit, text)):
        return
    # What has the shape of a date and is none keeps its place as blanks; figures set apart are closed up.
    readable = NUMBERED.sub(lambda match: " " * len(match.group()), text)
    readable = SPACED.sub(lambda match: match.group().replace(" ", ""), readable)
    taken: list[tuple[int, int]] = []
    for date in find_dates(readable, order=order, languages=languages):
        taken.append((date.start, date.end))
        if DAYS.match(date.raw) or (line.prose and not _labelled(readable, date.start, date.end)):
            continue
        if _by_machine(line, readable, date.start):
            continue
        yield _candidate(line, date.value, readable, date.start, date.end, "date")
    if line.prose:
        return
    for match in SHORT.finditer(readable):
        if not _overlaps(match, taken) and (value := _short(match, order)):
            if _by_machine(line, readable, match.start()):
                continue
            taken.append(match.span())
            yield _candidate(line, value, readable, *match.span(), "short")
    for match in JOINED.finditer(readable):
        if not _overlaps(match, taken):
            taken.append(match.span())
            yield _candidate(line, "-".join(filter(None, match.groups())), readable, *match.span(), "joined")
    if len(text) > 90 or sum(NUMBER.fullmatch(cell) is not None for cell in text.split("\t")) > 1:
        return
    for match in YEAR.finditer(readable):
        before = readable[: match.start()]
        told = NO_YEAR.search(before) or EVENT.search(before) or NO_YEAR.match(readable[match.start() :])
        if not _overlaps(match, taken) and not told and not MACHINE.search(before):
            yield _candidate(
                line, match.group(), readable, *match.span(), "issue" if ISSUED.search(readable) else "year"
            )


def _by_machine(line: FrontLine, text: str, start: int) -> bool:
    """Return whether the words before a date, on its line or above it, are of a download, a print or the post."""
    before = text[max(0, start - 70) : start]
    if not before.strip() and line.above is not None and line.above.gap(line) < 1:
        return any(MACHINE.search(f"{cell[-70:]} ") for cell in line.above.run.text.split("\t"))
    return bool(MACHINE.search(before))


def _labelled(text: str, start: int, end: int) -> bool:
    """Return whether words around a date in a paragraph say that it is that of the document."""
    around = text[max(0, start - 60) : start] + " " + text[end : end + 30]
    return any(DATE_LABELS[name].search(around) for name in ("issued", "dated", "revised", "decided", "met"))


def _overlaps(match: re.Match[str], taken: Sequence[tuple[int, int]]) -> bool:
    return any(match.start() < end and start < match.end() for start, end in taken)


def _candidate(line: FrontLine, value: str, text: str, start: int, end: int, shape: str) -> DateCandidate:
    origin = "pdf:front-matter" if line.page.number <= 3 else "pdf:imprint"
    return DateCandidate(
        value=value,
        raw=line.run.text,
        origin=origin,
        lines=(line,),
        before=text[:start],
        after=text[end:],
        raw_date=text[start:end],
        shape=shape,
    )


def _short(match: re.Match[str], order: Order | None) -> str | None:
    """Return the day of `06/17/15`, where its order is sure."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    century = 2000 if year < 50 else 1900
    if a > 12 >= b or (order == "dmy" and b <= 12) or (match["mark"] == "." and b <= 12):
        day, month = a, b
    elif b > 12 >= a or (order == "mdy" and a <= 12):
        day, month = b, a
    else:
        return None
    return f"{century + year}-{month:02}-{day:02}" if 1 <= day <= 31 and 1 <= month <= 12 else None


def _order_printed(front: Front) -> Order:
    """Return the order of day and month in numbers: as another date of the file shows, else as its paper does."""
    for page in front.opening(3):
        for match in re.finditer(r"(?<![\d./-])(\d{1,2})[/.-](\d{1,2})[/.-](?:19|20)?\d\d(?!\d)", page.text):
            first, second = int(match[1]), int(match[2])
            if first > 12 >= second:
                return "dmy"
            if second > 12 >= first:
                return "mdy"
    return "mdy" if _on_letter_paper(front.pages) else "dmy"


def _on_letter_paper(pages: Sequence[FrontPage]) -> bool:
    return bool(pages) and abs(min(pages[0].width, pages[0].height) - LETTER_PAPER) < 2
