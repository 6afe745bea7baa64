"""The date of publication: only as printed on the first pages or in the imprint, never the file's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scrapers.base import Found, Rules
from scrapers.pdf.engine.page import TextRun
from scrapers.pdf.fields.front import Block, Front, FrontPage
from scrapers.pdf.fields.title import JOURNAL, Candidate
from scrapers.pdf.fields.words import DATED, NOT_PUBLISHED, RIGHTS
from scrapers.values.dates import find_dates, read_date

ISSUED = re.compile(
    r"\((?P<year>(?:19|20)\d\d)\)|(?:vol\.?|volume|no\.?|issue)[^()]{1,30}[,(]\s*(?P<late>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
ACT = re.compile(r"(?:n[°ºo]\.?|nr\.?|no\.?|№)\s*\d{1,5}\s*/\s*(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
RIGHTS_YEAR = re.compile(
    r"(?:©|\(c\)|copyright)\D{0,60}?(?P<year>(?:19|20)\d\d)(?!\d|\s*[-–]\s*\d{4})|\b(?P<first>(?:19|20)\d\d)\s*©",
    re.IGNORECASE,
)
PUBLISHED_YEAR = re.compile(
    r"(?:published|publication date|publié|publicado|erschienen|pubblicato|opublikowano|dépôt légal|出版|发行)"
    r"\D{0,20}(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
RANGE = re.compile(r"^\s*(?:[-–—]|to|until|bis|au|al|à|до|至)\s*(?:\d|[^\W\d_])", re.IGNORECASE)
DAYS = re.compile(r"\d{1,2}\.?\s*(?:[-–—/]|and|et|y|und|e)\s*\d{1,2}\.?\s+[^\W\d]")
"""Days from one to another are those of a meeting (`25-26 October 2015`)."""

PRINT_HEAD = re.compile(
    r"^\d{1,4}[/.]\d{1,2}[/.]\d{1,4}(?:,?\s+\d{1,2}[:.]\d{2}(?:\s?[AP]M)?)?(?:\t|\s{2,}|\s)\S", re.IGNORECASE
)


NUMBERED = re.compile(
    r"\b(?:number|no\.?|issue|nr\.?|n[°ºo]\.?|vol\.?|volume|№)\s*\d{1,4}(?=\s*[-–—|,·])"
    r"|https?://\S+|www\.\S+|\bdoi:?\s*\S+|\b10\.\d{4,9}/\S+",
    re.IGNORECASE,
)
"""Numbers of a series and addresses, which look like parts of dates (`Number 19 – June 2013`)."""

SLUG = re.compile(r"^VerDate|\b[A-Z]:\\|\.(?:ind[dbt]|qx[pd]|docx?|fm|tex|pdf|ai|pmd)\b", re.IGNORECASE)
"""A line that the layout program prints: the file's name and when it was made."""

YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(slots=True)
class Dating:
    """A date and how much speaks for it."""

    value: str
    raw: str
    origin: str
    score: float
    place: str | None


def date_of(
    front: Front, title: Candidate | None, rules: Rules, languages: Sequence[str]
) -> tuple[Found[str] | None, list[Found[object]]]:
    """Return the date of publication as precise as printed, and the candidates that lost."""
    datings = [*_on_pages(front, title, rules, languages), *_imprint_years(front), *_citation_years(front)]
    if rules.creation_date and front.declared.created:
        datings.append(Dating(front.declared.created, front.declared.created, "pdf:creation-date", 0.5, None))
    created = front.declared.created[:4]
    for dating in datings:
        # No file is much older than what it publishes.
        if created.isdigit() and int(dating.value[:4]) > int(created) + 1:
            dating.score -= 3
    datings.sort(key=lambda dating: (dating.score, len(dating.value)), reverse=True)
    best = datings[0] if datings and datings[0].score > 0 else None
    if best is not None:
        finer = [
            d
            for d in datings
            if d.score > best.score - 1.2 and d.value.startswith(best.value) and len(d.value) > len(best.value)
        ]
        best = finer[0] if finer else best
    lost = [dating for dating in datings if best is None or dating.value != best.value][:3]
    return (_found(best) if best else None), [*map(_found, lost)]


def _found(dating: Dating) -> Found[Any]:
    return Found(value=dating.value, raw=dating.raw, origin=dating.origin, place=dating.place)


def _on_pages(front: Front, title: Candidate | None, rules: Rules, languages: Sequence[str]) -> Iterator[Dating]:
    pages = [page for page in front.opening(2) if page.number <= front.first + 1] or front.opening(1)
    if pages and sum(len(block.text) for block in pages[0].blocks if _prose(block, front)) > 900:
        pages = pages[:1]  # the text begins on the first page: what the second page dates is within it
    for page in pages:
        web_print = any(
            "://" in line.text for block in page.running + page.blocks for line in block.lines[:2] if line.size < 10
        )
        for block in [*page.running, *page.blocks[:60]]:
            for number, line in enumerate(block.lines):
                if (
                    line.angle
                    or SLUG.search(line.text)
                    or (web_print and PRINT_HEAD.match(line.text) and line.size < 10)
                ):
                    continue
                yield from _on_line(front, page, block, number, title, rules, languages)


def _prose(block: Block, front: Front) -> bool:
    """Return whether a block is running text."""
    if len(block.lines) < 2 or len(block.text) < 50 or block.size >= 1.2 * front.body_size:
        return False
    return block.letters + 2 * block.dense > 150


def _on_line(
    front: Front,
    page: FrontPage,
    block: Block,
    number: int,
    title: Candidate | None,
    rules: Rules,
    languages: Sequence[str],
) -> Iterator[Dating]:
    line = block.lines[number]
    text = line.text
    # What has the shape of a date and is none keeps its place as blanks.
    readable = NUMBERED.sub(lambda match: " " * len(match.group()), text)
    origin = "pdf:running-head" if block.running else "pdf:front-matter"
    early = (0.4 if page.number == front.first else 0.0) - (1.0 if title and block in title.blocks else 0.0)
    matched = False
    for date in find_dates(readable, order=rules.date_order, languages=languages):
        matched = True
        score = _standing(line, block, number, page, front, readable, date.start, date.end)
        if score is not None:
            yield Dating(date.value, text, origin, score + early, block.place)
    if matched or len(text) > 160:
        return
    if len(text) <= 24 and len(block.lines) <= 3 and (year := read_date(text)) and YEAR.search(text):
        # A year printed larger than the title is that of which an annual report tells.
        bare = not re.sub(r"[\W\d_]", "", text) and not (title and title.blocks and line.size > title.blocks[0].size)
        if bare or DATED.search(re.sub(r"\d.*", "", text)):
            yield Dating(year, text, origin, (1.6 if line.size >= front.body_size else 0.9) + early, block.place)
    elif (issue := ISSUED.search(text)) and (JOURNAL.search(text) or issue["late"]):
        if line.top < 0.25 * page.height and len(block.lines) < 4:
            yield Dating(issue["year"] or issue["late"], text, origin, 2.2, block.place)
    elif (act := ACT.search(text)) and title is not None and block in title.blocks:
        yield Dating(act["year"], text, origin, 1.0, block.place)


def _standing(
    line: TextRun, block: Block, number: int, page: FrontPage, front: Front, text: str, start: int, end: int
) -> float | None:
    """Return what the place of a date on its line counts, or None where it is not the date of publication."""
    before, after = text[:start], text[end:]
    if not before.strip():
        above = block.lines[number - 1] if number else _above(block, page)
        before = above.text[-60:] + " " if above else before
    before = re.sub(r"\([^()]*\)", " ", before).replace("\t", " \t ")
    if NOT_PUBLISHED.search(before) or RANGE.match(after) or DAYS.match(text[start:end]):
        return None
    near = re.split(r"\t|[|•·;]|\s{3,}", before.rstrip())[-1]
    rest = re.sub(r"[\W\d_]+", " ", text[:start] + " " + after).split()
    letters = sum(map(len, rest)) + sum("\u3000" < c < "\uff00" for word in rest for c in word)
    if near.strip() and len(near) < 60 and DATED.search(near.strip()):
        return 3.4 if not _prose(block, front) else 2.6 if len(block.lines) <= 3 else None
    if not rest:
        return 3.0 if not _prose(block, front) else None
    if _prose(block, front):
        return None
    if len(rest) <= 6 and letters < 45 and len(block.lines) <= 6:
        return (2.0 if len(rest) > 3 else 2.3) - (0.7 if line.top > 0.5 * page.height and len(block.lines) > 2 else 0.0)
    if block.running or (line.top < 0.09 * page.height and len(block.lines) <= 2 and len(text) < 140):
        return 1.9
    return None


def _above(block: Block, page: FrontPage) -> TextRun | None:
    """Return the line that a block goes on from in another style."""
    place = next((n for n, other in enumerate(page.blocks) if other is block), 0)
    last = page.blocks[place - 1].lines[-1] if place else None
    if last and -2 < block.top - last.bottom < 0.25 * block.size and abs(last.size - block.size) < 2.5:
        return last if last.text[-1:].isalpha() else None
    return None


def _imprint_years(front: Front) -> Iterator[Dating]:
    numbers = {page.number for page in front.imprints}
    for page in front.pages:
        if page.number not in numbers and page.number > 2:
            continue
        for block in page.running + page.blocks:
            text = block.text
            if len(text) > 1500:
                continue
            for pattern, score in ((PUBLISHED_YEAR, 2.0), (RIGHTS_YEAR, 1.5)):
                for match in pattern.finditer(text):
                    year = next(filter(None, match.groups()))
                    if not RIGHTS.search(text) and pattern is RIGHTS_YEAR:
                        continue
                    around = text[match.start() : match.end() + 4]
                    yield Dating(year, around, "pdf:imprint", score - 0.1 * min(page.number, 5), block.place)
            if page.number in numbers:
                for date in find_dates(text):
                    before = text[max(0, date.start - 40) : date.start]
                    labelled = re.search(
                        r"(?:publi\w+|issued|released|edition|erschienen|stand|printed|发布|出版)\W*(?:\w+\W+){0,2}$",
                        before,
                        re.IGNORECASE,
                    )
                    if labelled and not NOT_PUBLISHED.search(before):
                        yield Dating(
                            date.value, text[max(0, date.start - 30) : date.end], "pdf:imprint", 2.4, block.place
                        )


def _citation_years(front: Front) -> Iterator[Dating]:
    for text in front.citations:
        year = re.search(r"[(.,]\s*(?P<year>(?:19|20)\d\d)[a-z]?\b", text)
        if year and year.start() < 250:
            yield Dating(year["year"], text, "pdf:citation", 2.1, None)
