"""The date of publication: only as printed on the first pages or in the imprint, never the file's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scrapers.base import Found, Rules
from scrapers.pdf.front import Block, Front, FrontPage
from scrapers.pdf.leaf import Fragment
from scrapers.pdf.title import JOURNAL, Candidate, citations
from scrapers.pdf.words import DATED, NOT_PUBLISHED, RIGHTS
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
    r"(?:published|publication date|publié|publicado|erschienen|pubblicato|opublikowano|dépôt légal|出版|发行)\D{0,20}(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
RANGE = re.compile(r"^\s*(?:[-–—]|to|until|bis|au|al|à|до|至)\s*(?:\d|[^\W\d_])", re.IGNORECASE)
PRINT_HEAD = re.compile(
    r"^\d{1,4}[/.]\d{1,2}[/.]\d{1,4}(?:,?\s+\d{1,2}[:.]\d{2}(?:\s?[AP]M)?)?(?:\t|\s{2,}|\s)\S", re.IGNORECASE
)


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
    others: list[Found[object]] = [
        Found(value=d.value, raw=d.raw, origin=d.origin, place=d.place)
        for d in datings
        if best is None or d.value != best.value
    ][:3]
    return (Found(value=best.value, raw=best.raw, origin=best.origin, place=best.place) if best else None), others


def _on_pages(front: Front, title: Candidate | None, rules: Rules, languages: Sequence[str]) -> Iterator[Dating]:
    pages = [page for page in front.opening(2) if page.number <= 2] or front.opening(1)
    for page in pages:
        web_print = any(
            "://" in line.text for block in page.running + page.blocks for line in block.lines[:2] if line.size < 10
        )
        for block in [*page.running, *page.blocks[:60]]:
            for number, line in enumerate(block.lines):
                if web_print and PRINT_HEAD.match(line.text) and line.size < 10:
                    continue
                yield from _on_line(front, page, block, number, line, title, rules, languages)


def _on_line(
    front: Front,
    page: FrontPage,
    block: Block,
    number: int,
    line: Fragment,
    title: Candidate | None,
    rules: Rules,
    languages: Sequence[str],
) -> Iterator[Dating]:
    text = line.text
    origin = "pdf:running-head" if block.running else "pdf:front-matter"
    early = 0.4 if page.number == front.first else 0.0
    matched = False
    for date in find_dates(text, order=rules.date_order, languages=languages):
        matched = True
        before, after = text[: date.start], text[date.end :]
        if not before.strip() and number:
            before = block.lines[number - 1].text[-60:] + " "
        if NOT_PUBLISHED.search(before.replace("\t", " ")) or RANGE.match(after):
            continue
        near = re.split(r"[\t|•·;]|\s{3,}", before)[-1]
        rest = re.sub(r"[\W\d_]+", " ", text[: date.start] + " " + after).split()
        labelled = (
            bool(before.strip())
            and len(near) < 60
            and DATED.search(near) is not None
            and any(c.isalpha() for c in near[-24:])
        )
        if labelled:
            score = 3.4
        elif not rest:
            score = 3.0
        elif len(rest) <= 6 and len(text) < 90 and len(block.lines) <= 4:
            score = 2.0 if len(rest) > 3 else 2.3
        elif block.running or (line.top < 0.09 * page.height and len(block.lines) <= 2 and len(text) < 140):
            score = 1.9
        else:
            continue
        if len(block.lines) > 4 and not labelled and rest:
            score -= 1.5
        if title is not None and block in title.blocks:
            score -= 1.0
        if line.top > 0.5 * page.height and len(text) > 60:
            score -= 0.5
        yield Dating(date.value, text, origin, score + early, block.place)
    if matched or len(text) > 160:
        return
    if len(text) <= 24 and len(block.lines) <= 3 and (year := read_date(text)) and re.search(r"(?:19|20)\d\d", text):
        bare = not re.sub(r"[\W\d_]", "", text)
        if bare or DATED.search(re.sub(r"\d.*", "", text)):
            yield Dating(year, text, origin, (1.6 if line.size >= front.body_size else 0.9) + early, block.place)
    elif (
        (issue := ISSUED.search(text))
        and (JOURNAL.search(text) or issue["late"])
        and line.top < 0.25 * page.height
        and len(block.lines) < 4
    ):
        yield Dating(issue["year"] or issue["late"], text, origin, 2.2, block.place)
    elif (act := ACT.search(text)) and title is not None and block in title.blocks:
        yield Dating(act["year"], text, origin, 1.0, block.place)


def _imprint_years(front: Front) -> Iterator[Dating]:
    numbers = {page.number for page in front.imprints()}
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
    for text in citations(front):
        year = re.search(r"[(.,]\s*(?P<year>(?:19|20)\d\d)[a-z]?\b", text)
        if year and year.start() < 250:
            yield Dating(year["year"], text, "pdf:citation", 2.1, None)
