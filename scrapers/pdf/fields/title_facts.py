"""What speaks for and against each candidate for the title: its size and place, its words, and what agrees with it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from scrapers.pdf.fields.candidate import Candidate
from scrapers.pdf.fields.front import Front, FrontLine, FrontPage, flat
from scrapers.pdf.fields.names import names_share
from scrapers.pdf.fields.people import is_organisation
from scrapers.pdf.fields.title import clean_title
from scrapers.pdf.fields.words import (
    EDITED,
    HOST,
    KIND,
    KIND_NUMBER,
    LETTERHEAD,
    OPEN,
    PERIODICAL,
    PRESS,
    SALUTATION,
    SECTIONS,
    SERIES,
    SUBJECTS,
    WEIGHTY,
)
from scrapers.values.dates import find_dates

NUMBERED = re.compile(
    r"\d+(?:\.\d+)*\.?\s+\S|[IVX]+\.\s|(?:chapter|section|part|chapitre|capítulo|título|titulo|kapitel|teil|parte|глава"
    r"|annex|appendix|article|artículo|art[ií]culo|第.{1,3}[章节節])\b",
    re.IGNORECASE,
)
"""How the heading of a part begins."""

WORD_COLON = re.compile(r"[^\W\d_]{2,14}\s?[:：]\s")
PAGE_NUMBER = re.compile(r"(?:\.{3,}|…|\s)\s*\d{1,3}$")
PASSED = re.compile(
    r"\b(?:adopted|approved|revised|amended|effective|published|updated|dated|gazetted|adoptée?s?|approuvée?s?|publiée?s?|aprobad[oa]s?|publicad[oa]s?|aprovad[oa]s?|homologad[oa]|beschlossen|vastgesteld|antagn?a?|uchwalon[ay]|elfogadva|принят\w*|утвержд\w+|затверджен\w*)\b",
    re.IGNORECASE,
)
"""What is said beside a title of how and when a document was passed."""

YEAR_END = re.compile(r"(?:19|20)\d\d\W*$")
ODD = frozenset("|{}~^<>_=\\$%@€¢¬§�")
"""Marks that no title has, but what OCR reads of a picture and what a program's name for a file do."""

SAMPLE = 60_000
"""Characters of the text in which words of a title come again."""

Facts = dict[str, float]


def describe(front: Front, found: Sequence[Candidate]) -> None:
    """Give each candidate for the title its facts."""
    about = _About(front)
    for candidate in found:
        facts = candidate.facts
        facts |= _words_of(candidate.value)
        facts |= about.agreement(candidate.value)
        if candidate.lines:
            facts |= about.standing(candidate.lines)
        for name in [name for name in facts if name.startswith("label:")]:
            label = name.removeprefix("label:")
            del facts[name]
            facts["subject"] = float(label in SUBJECTS)
    _compare(found)


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Return the F1 of two texts' words."""
    shared = (Counter(a) & Counter(b)).total()
    return 2 * shared / (len(a) + len(b)) if a and b else 0.0


def _compare(found: Sequence[Candidate]) -> None:
    """Tell how the size of each candidate stands among all on its page, and among those that say what it is about."""
    sizes: dict[int, list[float]] = {}
    telling: dict[int, list[float]] = {}
    for candidate in found:
        if candidate.lines:
            page, size = candidate.lines[0].page.number, candidate.facts["size"]
            sizes.setdefault(page, []).append(size)
            if not _aside(candidate.facts):
                telling.setdefault(page, []).append(size)
    for candidate in found:
        facts = candidate.facts
        facts["aside"] = float(_aside(facts))
        if candidate.lines:
            page = candidate.lines[0].page.number
            facts["below-largest"] = max(sizes[page]) - facts["size"]
            facts["larger"] = math.log1p(sum(size > facts["size"] + 0.05 for size in set(sizes[page])))
            others = telling.get(page, [])
            facts["below-telling"] = max(0.0, max(others, default=-1.0) - facts["size"])
            facts["larger-telling"] = math.log1p(sum(size > facts["size"] + 0.05 for size in set(others)))
            facts["largest-telling"] = float(not facts["larger-telling"] and not facts["aside"])


def _aside(facts: Facts) -> bool:
    """Return whether a wording only says who issues it, when, where it appears, or of what series it is."""
    return bool(
        any(facts[name] for name in ("organisation", "series", "press", "people", "section", "salutation", "host"))
        or facts["dated"] > 0.5
        or facts["letters"] < 0.5
        or (facts["letterhead"] and not facts["kind"])
        or (facts["periodical"] and not facts["kind"])
    )


class _About:
    """What is asked of a document once, for all candidates."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self.pages = front.opening(3)
        self.printed = [f" {' '.join(flat(page.text))} " for page in front.pages]
        self.declared = {
            "info": flat(clean_title(front.declared.title)),
            "xmp": flat(clean_title(front.declared.xmp_title)),
            "outline": flat(clean_title(front.declared.outline[0])) if front.declared.outline else [],
        }
        self.cited = [f" {' '.join(flat(text))} " for text in front.citations]
        self.heads = [f" {head} " for head in front.running]
        self.named = {word for word in flat(front.name.replace("_", " ").replace("-", " ")) if len(word) > 2}
        self.greeted = {page.number: self._greeting(page) for page in self.pages}
        prose = sum(len(line.text) for line in self.pages[0].lines if line.prose) if self.pages else 0
        self.prose = math.log1p(prose / 100)
        self.counts = Counter(flat(front.body[:SAMPLE]))
        self.letters = {page.number: _Letters(page) for page in self.pages}
        self.starts: dict[int, Facts] = {}
        self.before: dict[int, int] = {}
        words = 0
        for page in self.pages:
            self.before[page.number] = words
            words += len(flat(page.text))

    @staticmethod
    def _greeting(page: FrontPage) -> float | None:
        """Return where the salutation of a letter stands, if there is one."""
        for line in page.lines[:60]:
            if not line.prose and SALUTATION.match(line.text):
                return line.run.top
        return None

    def agreement(self, text: str) -> Facts:
        """Return what else of the file says the same."""
        words = flat(text)
        key = f" {' '.join(words)} "
        facts: Facts = {}
        for source, declared in self.declared.items():
            if declared:
                alike = likeness(words, declared)
                facts[f"as-{source}"] = alike
                facts[f"is-{source}"] = float(words == declared)
                facts[f"begins-{source}"] = float(len(words) < len(declared) and declared[: len(words)] == words)
        facts["cited"] = float(len(words) > 2 and any(key in text for text in self.cited))
        facts["head"] = float(any(key == head for head in self.heads))
        facts["in-head"] = float(len(key) > 8 and any(key in head or head in key for head in self.heads))
        facts["pages"] = math.log1p(sum(key in page for page in self.printed))
        facts["times"] = math.log1p(sum(page.count(key) for page in self.printed))
        telling = [word for word in set(words) if len(word) > 3 and word not in OPEN]
        again = [self.counts[word] - words.count(word) for word in telling]
        facts["recurs"] = sum(count > 0 for count in again) / max(2, len(telling))
        facts["recurs-often"] = sum(math.log1p(max(0, count)) for count in again) / max(2, len(telling))
        if self.named:
            facts["named"] = len(self.named & set(words)) / max(3, len(set(words)))
        return facts

    def standing(self, lines: Sequence[FrontLine]) -> Facts:
        """Return the facts of size and place."""
        first, last, page = lines[0], lines[-1], lines[0].page
        runs = [line.run for line in lines]
        sizes = [run.size for run in runs]
        size = math.log2(max(sizes) / max(self.front.body_size, 1.0))
        left, right = min(run.left for run in runs), max(run.right for run in runs)
        facts: Facts = {
            "size": max(-1.0, min(3.0, size)),
            "size-spread": math.log2(max(sizes) / max(1.0, min(sizes))),
            "bold": sum(run.bold for run in runs) / len(runs),
            "bold-spread": float(len({run.bold for run in runs}) > 1),
            "top": first.run.top / page.height,
            "wide": (right - left) / page.width,
            "centred": float(abs((left + right) / 2 - page.width / 2) < 0.04 * page.width and left > 0.1 * page.width),
            "page-2": float(page is not self.pages[0]),
            "page-3": float(len(self.pages) > 2 and page is self.pages[2]),
            "lines": float(len(lines)),
            "prose-page": self.prose,
            "row": float(any(run.row for run in runs)),
            "loose": max((above.gap(below) for above, below in pairwise(lines)), default=0.0),
            "organisation-line": float(any(_signs(line.text) for line in lines)),
            "organisation-first": float(len(lines) > 1 and _signs(first.text)),
            "person-line": float(len(lines) > 1 and any(_people(line.plain) for line in lines)),
            "letterhead-first": float(len(lines) > 1 and _heads(first.text)),
            "letterhead-last": float(len(lines) > 1 and _heads(last.text)),
            "press-first": float(len(lines) > 1 and bool(PRESS.fullmatch(first.text))),
            "dated-last": float(len(lines) > 1 and _dated(last.text) > 0.15),
            "series-first": float(len(lines) > 1 and _series(first.text)),
            "date-last": float(len(lines) > 1 and _dated(last.text) > 0.5),
            "date-line": float(len(lines) > 1 and any(_dated(line.text) > 0.5 for line in lines[:-1])),
            "joins-open": float(any(_open(above.text) for above in lines[:-1])),
        }
        if id(first) not in self.starts:
            self.starts[id(first)] = self._before(first)
        facts |= self.starts[id(first)]
        facts |= self.letters[page.number].rarity(lines)
        widest = max((above.gap(below) for above, below in pairwise(lines)), default=0.0)
        facts |= self._above(first, widest)
        facts |= self._below(last, widest)
        facts["cut"] = max(facts.get("cut-above", 0.0), facts.get("cut-below", 0.0))
        facts["cut-display"] = facts["cut"] * float(size > 0.2)
        facts["whole-display"] = float(size > 0.2 and not facts["cut"] and facts["size-spread"] < 0.1)
        greeting = self.greeted.get(page.number)
        if greeting is not None:
            facts["letter"] = 1.0
            facts["before-greeting"] = float(last.run.bottom <= greeting)
        return facts

    def _before(self, first: FrontLine) -> Facts:
        """Return what stands before a line: the same for all wordings that begin with it."""
        page, place = first.page, first.page.lines.index(first)
        before = page.lines[:place]
        words = self.before[page.number] + sum(line.text.count(" ") + 1 for line in before if line.text)
        return {
            "order": math.log1p(place),
            "above": math.log1p(sum(line.run.bottom <= first.run.top + 1 for line in page.lines)),
            "words-before": math.log1p(words),
            "telling-before": math.log1p(sum(not _beside(line.text) for line in before[:60])),
        }

    def _above(self, first: FrontLine, widest: float) -> Facts:
        above = first.above
        if above is None:
            return {"first": 1.0}
        alike = _same_style(above, first)
        return {
            "gap-above": min(6.0, above.gap(first)),
            "cut-above": float(alike and above.gap(first) < max(0.8, 1.25 * widest)),
            "open-above": float(_open(above.text)),
            "series-above": float(_series(above.text)),
            "kind-above": float(bool(KIND.match(above.text))),
            "letterhead-above": float(bool(LETTERHEAD.search(above.text))),
            "organisation-above": float(_signs(above.text)),
            "date-above": _dated(above.text),
            "label-above": float(above.text.rstrip(" .:").casefold() in SUBJECTS),
        }

    def _below(self, last: FrontLine, widest: float) -> Facts:
        below = last.below
        if below is None:
            return {"last": 1.0}
        alike = _same_style(last, below)
        return {
            "gap-below": min(6.0, last.gap(below)),
            "cut-below": float(alike and last.gap(below) < max(0.8, 1.25 * widest)),
            "smaller-below": float(below.run.size < 0.92 * last.run.size),
            "larger-below": float(below.run.size > 1.08 * last.run.size),
            "lower-below": float(below.text[:1].islower()),
            "names-below": float(_people(below.plain) or bool(EDITED.match(below.text))),
            "date-below": _dated(below.text),
            "prose-below": float(below.prose),
            "kind-below": float(bool(KIND.match(below.text))),
            "organisation-below": float(_signs(below.text)),
            "series-below": float(_series(below.text)),
        }


def _same_style(above: FrontLine, below: FrontLine) -> bool:
    return (
        abs(above.run.size - below.run.size) < 0.06 * above.run.size
        and above.run.bold == below.run.bold
        and above.text.isupper() == below.text.isupper()
    )


@lru_cache(maxsize=4000)
def _heads(text: str) -> bool:
    """Return whether a line names an office, a school or a society, and no kind of document."""
    return len(text) < 120 and bool(LETTERHEAD.search(text)) and not KIND.match(text)


@lru_cache(maxsize=4000)
def _beside(text: str) -> bool:
    """Return whether a line says only who issues the document, when, or of what series it is."""
    letters = sum(map(str.isalpha, text))
    return (
        letters < 3
        or _signs(text)
        or _series(text)
        or _people(text)
        or _dated(text) > 0.5
        or bool(HOST.search(text))
        or (len(text) < 120 and bool(LETTERHEAD.search(text) or PERIODICAL.search(text)) and not KIND.match(text))
    )


class _Letters:
    """How the letters of a page are set: what few of them are stands out."""

    def __init__(self, page: FrontPage) -> None:
        self.width = page.width
        weights = [(line, sum(map(str.isalpha, line.text))) for line in page.lines]
        self.total = sum(weight for _, weight in weights) or 1
        self.sizes = sorted((line.run.size, weight) for line, weight in weights)
        self.bold = sum(weight for line, weight in weights if line.run.bold) / self.total
        self.upper = sum(weight for line, weight in weights if line.text.isupper()) / self.total
        self.centred = sum(weight for line, weight in weights if self._centred(line)) / self.total

    def _centred(self, line: FrontLine) -> bool:
        middle = (line.run.left + line.run.right) / 2
        return abs(middle - self.width / 2) < 0.04 * self.width and line.run.left > 0.1 * self.width

    def rarity(self, lines: Sequence[FrontLine]) -> Facts:
        """Return how far lines stand out of their page by weight, capitals, place and size."""
        count = len(lines)
        size = max(line.run.size for line in lines)
        as_large = sum(weight for other, weight in self.sizes if other > 0.97 * size) / self.total
        return {
            "bold-rare": sum(line.run.bold for line in lines) / count * (1 - self.bold),
            "upper-rare": sum(line.text.isupper() for line in lines) / count * (1 - self.upper),
            "centred-rare": sum(map(self._centred, lines)) / count * (1 - self.centred),
            "as-large": as_large,
            "as-large-few": math.log(0.01 + as_large),
        }


def _open(text: str) -> bool:
    """Return whether a line must go on: it ends with a word or a mark that no title ends with."""
    words = flat(text)
    return bool(words and words[-1] in OPEN) or text.rstrip()[-1:] in (":", "–", "—", "-", "&", ",")


@lru_cache(maxsize=4000)
def _words_of(text: str) -> Facts:
    words = flat(text)
    dense = 0 if text.isascii() else sum("\u3000" < c < "\uff00" for c in text)
    length = len(words) + dense / 2
    letters = max(1, sum(map(str.isalpha, text)))
    solid = len(text.replace(" ", "")) or 1
    kind = KIND.match(text)
    return {
        "words": math.log1p(length),
        "one-word": float(length < 1.5),
        "two-words": float(1.5 <= length < 2.5),
        "long": max(0.0, length - 22) / 10,
        "letters": letters / solid,
        "capitals": sum(map(str.isupper, text)) / letters,
        "upper": float(text.isupper()),
        "lower-start": float(text[:1].islower()),
        "digit-start": float(text[:1].isdigit()),
        "stop": float(text.endswith((".", "。", ";", "؟"))),
        "comma-end": float(text.endswith((",", ":"))),
        "colon-within": float(":" in text[:-1]),
        "question": float(text.endswith("?")),
        "open-end": float(_open(text)),
        "open-start": float(bool(words) and words[0] in OPEN),
        "numbered": float(bool(NUMBERED.match(text))),
        "section": float(text.casefold().strip(" .:") in SECTIONS),
        "series": float(_series(text)),
        "weighty": float(bool(WEIGHTY.search(text))),
        "organisation": float(_signs(text)),
        "letterhead": float(len(text) < 120 and bool(LETTERHEAD.search(text))),
        "periodical": float(bool(PERIODICAL.search(text))),
        "host": float(bool(HOST.search(text))),
        "kind": float(bool(kind)),
        "kind-alone": len(kind.group().strip()) / len(text) if kind else 0.0,
        "kind-number": float(bool(kind) and bool(KIND_NUMBER.search(text))),
        "number": float(bool(KIND_NUMBER.search(text))),
        "title-case": sum(word[:1].isupper() for word in text.split()) / max(1, len(text.split())),
        "odd-marks": sum(character in ODD for character in text) / solid,
        "press": float(bool(PRESS.fullmatch(text))),
        "word-colon": float(bool(WORD_COLON.match(text))),
        "page-number": float(bool(PAGE_NUMBER.search(text))),
        "passed": float(bool(PASSED.search(text))),
        "dated-part": float(_dated(text) > 0.1),
        "year-end": float(bool(YEAR_END.search(text))),
        "people": float(_people(text)),
        "by": float(bool(EDITED.match(text))),
        "salutation": float(bool(SALUTATION.match(text))),
        "dated": _dated(text),
        "tab": float("\t" in text),
        "brackets": float(text.count("(") != text.count(")")),
        "subject-word": float(bool(words) and words[0] in SUBJECTS and len(words) > 1),
    }


@lru_cache(maxsize=4000)
def _series(text: str) -> bool:
    return bool(SERIES.fullmatch(text.strip(" .:")))


@lru_cache(maxsize=4000)
def _signs(text: str) -> bool:
    """Return whether a text only names an organisation."""
    return len(text) < 120 and is_organisation(text)


@lru_cache(maxsize=4000)
def _people(text: str) -> bool:
    return len(text) < 200 and names_share(text) > 0.7


@lru_cache(maxsize=4000)
def _dated(text: str) -> float:
    """Return which share of a short text is a date."""
    if len(text) > 200:
        return 0.0
    covered = sum(date.end - date.start for date in find_dates(text))
    return covered / len(text) if text else 0.0
