"""The title of a document, from ranked candidates: printed large and early, declared, cited."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from scrapers.base import Found
from scrapers.pdf.fields.front import Block, Front, FrontPage, flat
from scrapers.pdf.fields.people import is_organisation, people_in, surely_people
from scrapers.pdf.fields.words import EDITED, HOST, OPEN, SALUTATION, SECTIONS, SERIES, SUBJECT, TOOL_TITLES
from scrapers.values.authors import kind_of, read_authors
from scrapers.values.dates import find_dates

PREFIX = re.compile(r"^(?:microsoft (?:word|powerpoint|excel) - )", re.IGNORECASE)
SUFFIX = re.compile(r"\.(?:docx?|pdf|indd|qxp|qxd|pptx?|xlsx?|rtf|odt|tex|dvi|ps|p65|pub)$", re.IGNORECASE)
JOURNAL = re.compile(
    r"\b(?:vol(?:ume)?\.?\s*)?\d{1,4}\s*(?:\(\d{1,4}(?:[-–]\d+)?\)|:)\s*\d*|\b(?:19|20)\d\d\b.*\b\d+\s*[-–]\s*\d+\b"
)
WEIGHTY = re.compile(
    r"\b(?:minutes|proceedings|submission|declaration|resolution|decision|opinion|evaluation|inquiry|investigation|toolkit|consultation|evidence|complaint|charter|convention|agreement|code|principles|standards"
    r"|procès-verbal|évaluation|enquête|déclaration|avis|actas|declaración|evaluación|investigación|análisis|avaliação|análise|protokoll|stellungnahme|gutachten|untersuchung|handbuch|verordnung"
    r"|report|review|plan|strategy|policy|guide(?:lines)?|handbook|manual|assessment|analysis|study|survey|framework|programme|program|act|law|regulations?|budget|statement|agenda|act[ao]|procedures?"
    r"|rapport|étude|plan|stratégie|guide|bilan|informe|estudio|estrategia|guía|ordenanza|ley|resolución|relatório|estudo|lei|decreto|bericht|studie|leitfaden|gesetz|rapporto|studio|verslag|raport|отчет|отчёт|доклад|стратегия)\b"
    r"|报告|報告|报告书|白皮书|計画|指南|보고서|تقرير|دراسة",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Candidate:
    """A possible title."""

    text: str
    raw: str
    origin: str
    score: float
    blocks: list[Block] = field(default_factory=list)
    site: str = ""
    """The name of the site that a printed web page puts after its title."""

    @property
    def place(self) -> str | None:
        """Return page and box of its first block."""
        return self.blocks[0].place if self.blocks else None


def likeness(a: list[str], b: list[str]) -> float:
    """Return the F1 of two texts' words."""
    shared = (Counter(a) & Counter(b)).total()
    return 2 * shared / (len(a) + len(b)) if a and b else 0.0


def title_of(front: Front) -> tuple[Candidate | None, list[Found[object]]]:
    """Return the best candidate, and the next as runners-up."""
    declared = [(cleaned, origin) for value, origin in _declared(front) if (cleaned := clean_title(value))]
    cited = front.citations
    candidates: list[Candidate] = []
    pages = front.opening(3)
    for rank, page in enumerate(pages):
        largest = max((b.size for b in page.blocks if _admissible(b) and not _signs(b.text)), default=0.0)
        greeted = next((n for n, b in enumerate(page.blocks) if SALUTATION.match(b.text) and len(b.lines) < 3), 0)
        for number in range(min(60, len(page.blocks))):
            if not _admissible(page.blocks[number]):
                continue
            for blocks in _spans(page, number):
                score = _score(blocks, page, rank, largest, front)
                text = _text_of(blocks)
                subject = SUBJECT.match(text)
                if greeted and number < greeted and blocks[0].size < 1.1 * front.body_size:
                    score -= 0.0 if subject else 3.0  # who writes to whom, and where they live
                score += 3.5 if subject else -0.15 * number
                printed = text[subject.end() :] if subject else text
                candidates.append(Candidate(printed, text, "pdf:front-matter", score, blocks))
    _agree(candidates, declared, cited)
    candidates += _unprinted(declared, candidates, pages)
    candidates += _running(front, candidates)
    candidates.sort(key=lambda c: c.score, reverse=True)
    if not candidates or candidates[0].score < -1.0:
        best = None
    else:
        best = candidates[0]
        _without_site(best, front)
        _with_subtitle(best, pages, declared, front)
    others: dict[str, Found[object]] = {}
    for candidate in candidates:
        if candidate.score > -1 and (best is None or candidate.text not in best.text):
            found: Found[object] = Found(
                value=candidate.text, raw=candidate.raw, origin=candidate.origin, place=candidate.place
            )
            others.setdefault(candidate.text, found)
    return best, list(others.values())[:3]


def clean_title(value: str) -> str:
    """Return a declared title without what tools put around it, or nothing where a tool or a file's name gave it."""
    text = SUFFIX.sub("", PREFIX.sub("", value)).strip(" -_")
    if SUFFIX.search(value) and (" " not in text or "_" in text):
        return ""
    return "" if TOOL_TITLES.search(text) or len(text) < 4 or len(text) > 400 else text


def _declared(front: Front) -> list[tuple[str, str]]:
    return [(front.declared.title, "pdf:info"), (front.declared.xmp_title, "pdf:xmp")]


def _spans(page: FrontPage, number: int) -> list[list[Block]]:
    """Return the block alone, and with those after it that go on with its words in another size."""
    spans = [[page.blocks[number]]]
    blocks = [page.blocks[number]]
    for following in page.blocks[number + 1 : number + 4]:
        last = blocks[-1]
        gap = following.top - last.bottom
        if not -0.5 * last.size < gap < 0.9 * max(last.size, following.size):
            break
        if not 0.6 < following.size / last.size < 1.67 or following.size < 11 or not _admissible(following):
            break
        words = last.words
        goes_on = (
            bool(words and words[-1] in OPEN)
            or following.text[:1].islower()
            or last.text.endswith((":", "–", "—", "&"))
            or (
                gap < 0.15 * last.size
                and last.text.isupper()
                and following.text.isupper()
                and last.bold == following.bold
            )
            or (len(blocks) > 1 and abs(following.size - blocks[0].size) < 0.6 and gap < 0.4 * last.size)
            or (bool(words) and following.words[:1] != [] and following.words[0] in OPEN and gap < 0.3 * last.size)
        )
        if not goes_on:
            break
        blocks = [*blocks, following]
        spans.append(blocks)
    return spans


def _text_of(blocks: list[Block]) -> str:
    return " ".join(block.text for block in blocks)


def _admissible(block: Block) -> bool:
    """Return whether a block can be a title at all."""
    if len(block.lines) > 12 or any(line.row or line.angle for line in block.lines):
        return False
    return _titles(block.text)


@lru_cache(maxsize=1000)
def _titles(text: str) -> bool:
    """Return whether a text can be a title at all."""
    if len(text) > 400 or text.casefold().strip(" .:") in SECTIONS:
        return False
    letters = sum(map(str.isalpha, text))
    if letters < 3 or letters < 0.4 * len(text.replace(" ", "")):
        return False
    return not HOST.search(text) and not _only_date(text)


@lru_cache(maxsize=1000)
def _signs(text: str) -> bool:
    """Return whether a text only names an organisation or people."""
    if len(text) > 120 or WEIGHTY.search(text):
        return False
    return is_organisation(text) or surely_people(people_in(text))


def _only_date(text: str) -> bool:
    rest = text
    for date in reversed(list(find_dates(text))):
        rest = rest[: date.start] + rest[date.end :]
    # `Oslo, 25 October 2015`: no title is a place and a day.
    placed = len(rest.split()) <= 2 and rest.rstrip().endswith(",")
    return rest != text and (placed or sum(c.isalpha() for c in rest) < 4)


def _score(blocks: list[Block], page: FrontPage, rank: int, largest: float, front: Front) -> float:
    block, text = blocks[0], _text_of(blocks)
    if not all(_admissible(b) for b in blocks):
        return -9.0
    words = flat(text)
    size = max(b.size for b in blocks)
    score = 2.2 * math.log2(max(0.5, min(8.0, size / max(front.body_size, 1))))
    score += 1.5 if size > 0.97 * largest and not _signs(text) else 0.0
    score += 0.5 if block.bold else 0.0
    middle = abs((block.left + block.right) / 2 - page.width / 2) < 0.04 * page.width and block.left > 0.12 * page.width
    score += 0.2 if middle else 0.0
    score += 0.6 if block.top < 0.5 * page.height else 0.0
    score -= (0.0, 0.9, 1.6)[min(rank, 2)]
    cjk = sum("\u3000" < c < "\uff00" for c in text)
    length = len(words) + cjk / 2
    score += -1.8 if length < 1.5 else -0.5 if length < 2.5 else 0.7 if length <= 22 else -1.0 if length < 40 else -3.0
    if SERIES.fullmatch(text.strip(" .:")):
        score -= 3.0
    if EDITED.match(text) or re.match(r"[^\W\d_]{2,12}(?:[ -][^\W\d_]{2,8})?[:：]\s*\S+[、,;；]", text):
        score -= 4.0
    if text.endswith((".", "。", ";", ",")) and length > 8:
        score -= 1.5
    if not block.bold and size < 1.06 * front.body_size and length > 8 and text.endswith((".", "。", "…", "؟", "।")):
        score -= 4.0  # a paragraph, however short: where no title is printed, none is
    if re.match(
        r"\d+(?:\.\d+)*\.?\s+\S|[IVX]+\.\s|(?:chapter|section|part|chapitre|capítulo|título|titulo|kapitel|teil|parte|глава|annex|appendix|article|artículo|art[ií]culo|第.{1,3}[章节節])\b",
        text,
        re.IGNORECASE,
    ):
        score -= 1.5
    if _signs(text):
        score -= 2.5
    if _all_persons(text):
        score -= 3.0
    if _names_journal(text, page):
        score -= 2.5
    key = " ".join(words)
    if any(key and (key in head or (head in key and len(head) > 12)) for head in front.running):
        score += 1.0
    if words and front.name:
        named = set(flat(front.name.replace("_", " ").replace("-", " ")))
        score += 1.2 * len(named & {w for w in words if len(w) > 2}) / max(3, len(set(words)))
    score += _before_authors(blocks[-1], page)
    return score


@lru_cache(maxsize=1000)
def _all_persons(text: str) -> bool:
    if len(text) > 200:
        return False
    named = read_authors(text)
    return len(named) > 1 and all(author.kind == "person" for author in named)


def _names_journal(text: str, page: FrontPage) -> bool:
    """Return whether a line of the page prints the text with volume and pages after it: the name of a journal."""
    for block in page.running + page.blocks:
        for line in block.lines:
            if line.text.startswith(text) and len(line.text) > len(text) and JOURNAL.search(line.text[len(text) :]):
                return True
    return False


def _before_authors(block: Block, page: FrontPage) -> float:
    """Return what it counts that names stand right under a block."""
    lowest, highest = block.bottom + 5 * block.size, block.bottom - 1
    for following in page.blocks:
        if highest <= following.top < lowest:
            text = following.plain
            if (
                EDITED.match(text)
                or _all_persons(text)
                or (len(text) < 60 and kind_of(text) == "person" and following.size < block.size)
            ):
                return 0.9
            if len(text) < 40 and next(find_dates(text), None):
                return 0.3
    return 0.0


def _agree(candidates: list[Candidate], declared: list[tuple[str, str]], cited: list[str]) -> None:
    """Raise what is printed and also declared, cited, or repeated on another page."""
    pages: dict[str, set[int]] = {}
    for candidate in candidates:
        pages.setdefault(" ".join(flat(candidate.text)), set()).add(candidate.blocks[0].page)
    for candidate in candidates:
        if candidate.score <= -5:
            continue
        words = flat(candidate.text)
        if not words:
            continue
        best = max((likeness(words, flat(value)) for value, _ in declared), default=0.0)
        candidate.score += 3.0 if best > 0.95 else 2.4 if best > 0.8 else 0.0
        key = " ".join(words)
        if len(words) > 2 and any(f" {key} " in f" {' '.join(flat(text))} " for text in cited):
            candidate.score += 2.5
        if len(words) > 1 and len(pages.get(key, ())) > 1:
            candidate.score += 0.8
        if best > 0.8 and candidate.text.isupper():
            value = max((value for value, _ in declared), key=lambda value: likeness(words, flat(value)))
            if flat(value) == words and not value.isupper():
                candidate.text = value


def _unprinted(declared: list[tuple[str, str]], candidates: list[Candidate], pages: list[FrontPage]) -> list[Candidate]:
    """Return declared titles that no block prints alone: sure where the first pages have their words in a row."""
    found = []
    printed = " ".join(word for page in pages for word in flat(page.text)) if declared else ""
    for value, origin in declared:
        words = flat(value)
        if len(words) < 2 or any(likeness(words, flat(c.text)) > 0.95 for c in candidates if c.score > -5):
            continue
        score = 3.2 if len(words) > 2 and f" {' '.join(words)} " in f" {printed} " else 1.2
        if not pages or sum(len(page.text) for page in pages) < 40:
            score += 2.0
        if kind_of(value) is not None and not WEIGHTY.search(value):
            score -= 2.0
        found.append(Candidate(value, value, origin, score))
    return found


def _running(front: Front, candidates: list[Candidate]) -> list[Candidate]:
    """Return the running heads of the document: the title, where its cover is a picture."""
    printed = {" ".join(flat(candidate.text)) for candidate in candidates}
    covered = any(page.blocks for page in front.pages[:1])
    return [
        Candidate(text, text, "pdf:running-head", (1.0 if covered else 3.0) + (0.5 if len(flat(text)) > 2 else 0.0))
        for key, text in front.running.items()
        if key not in printed
        and 2 < len(text) < 160
        and not text[0].islower()
        and ". " not in text
        and sum(c.isalpha() for c in text) > 0.6 * len(text.replace(" ", ""))
        and not HOST.search(text)
        and not SERIES.fullmatch(text)
        and kind_of(text) != "organisation"
        and next(find_dates(text), None) is None
    ]


def _without_site(best: Candidate, front: Front) -> None:
    """Take the site's name from the end of a printed web page's title (`... - Securelist`, of securelist.com)."""
    head, mark, site = best.text.rpartition(" - ") if " - " in best.text else best.text.rpartition(" | ")
    key = "".join(flat(site))
    if mark and len(key) > 3 and len(flat(head)) > 1:
        printed = " ".join(page.text for page in front.opening(2)).casefold()
        if re.search(rf"\b{re.escape(key)}\.\w{{2,3}}\b", printed):
            best.text, best.site = head.strip(), site.strip()


def _with_subtitle(best: Candidate, pages: list[FrontPage], declared: list[tuple[str, str]], front: Front) -> None:
    """Put the subtitle, printed smaller right under a title, after it."""
    if not best.blocks:
        return
    page = next(page for page in pages if page.number == best.blocks[0].page)
    last = best.blocks[-1]
    place = page.blocks.index(last)
    if place + 1 >= len(page.blocks) or any(likeness(flat(best.text), flat(value)) > 0.97 for value, _ in declared):
        return
    under = page.blocks[place + 1]
    gap = under.top - last.bottom
    text = under.text
    words = flat(text)
    near = -0.5 * last.size < gap < 1.6 * last.size
    aligned = (
        abs(under.left - last.left) < 6
        or abs((under.left + under.right) - (last.left + last.right)) < 16
        or abs(under.right - last.right) < 6
    )
    # The title and what stands under it, in one row on another page: `Dry Wells: Water in the northern district`.
    whole = " ".join(flat(best.text) + words)
    elsewhere = [other.text for other in pages if other is not page] + front.citations
    open_ended = best.text.endswith((":", "–", "—", "-")) or (
        len(words) > 1 and any(whole in " ".join(flat(text)) for text in elsewhere)
    )
    if not (near and aligned and _admissible(under)) or under.size > 1.02 * last.size:
        return
    fits = open_ended or (
        under.size >= 0.38 * last.size
        and under.size > 1.15 * front.body_size
        and last.size > 1.35 * front.body_size
        and len(words) >= 3
    )
    if not fits or len(text) > 180 or len(words) > 28 or EDITED.match(text) or SERIES.fullmatch(text.strip(" .:")):
        return
    if text.endswith((".", ",", ";")) and len(words) > 12:
        return
    if not open_ended and (_signs(text) or _all_persons(text.replace(" & ", " and ")) or next(find_dates(text), None)):
        return
    best.blocks = [*best.blocks, under]
    best.raw = f"{best.raw} {text}"
    best.text = f"{best.text} {text}" if best.text[-1] in ":–—-?!." else f"{best.text}: {text}"
