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
from scrapers.pdf.fields.words import EDITED, OPEN, SALUTATION, SECTIONS, SERIES, SUBJECTS, WEIGHTY
from scrapers.values.dates import find_dates

NUMBERED = re.compile(
    r"\d+(?:\.\d+)*\.?\s+\S|[IVX]+\.\s|(?:chapter|section|part|chapitre|capítulo|título|titulo|kapitel|teil|parte|глава"
    r"|annex|appendix|article|artículo|art[ií]culo|第.{1,3}[章节節])\b",
    re.IGNORECASE,
)
"""How the heading of a part begins."""

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
    """Tell how the size of each candidate stands among all on its page."""
    sizes: dict[int, list[float]] = {}
    for candidate in found:
        if candidate.lines:
            sizes.setdefault(candidate.lines[0].page.number, []).append(candidate.facts["size"])
    for candidate in found:
        if candidate.lines:
            others = sizes[candidate.lines[0].page.number]
            candidate.facts["below-largest"] = max(others) - candidate.facts["size"]
            candidate.facts["larger"] = math.log1p(sum(size > candidate.facts["size"] + 0.05 for size in set(others)))


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
            "order": math.log1p(page.lines.index(first)),
            "above": math.log1p(sum(line.run.bottom <= first.run.top + 1 for line in page.lines)),
            "loose": max((above.gap(below) for above, below in pairwise(lines)), default=0.0),
            "organisation-line": float(any(_signs(line.text) for line in lines)),
            "organisation-first": float(len(lines) > 1 and _signs(first.text)),
            "person-line": float(len(lines) > 1 and any(_people(line.plain) for line in lines)),
            "series-first": float(len(lines) > 1 and _series(first.text)),
            "date-last": float(len(lines) > 1 and _dated(last.text) > 0.5),
            "date-line": float(len(lines) > 1 and any(_dated(line.text) > 0.5 for line in lines[:-1])),
            "joins-open": float(any(_open(above.text) for above in lines[:-1])),
        }
        facts |= self._above(first)
        facts |= self._below(last)
        greeting = self.greeted.get(page.number)
        if greeting is not None:
            facts["letter"] = 1.0
            facts["before-greeting"] = float(last.run.bottom <= greeting)
        return facts

    def _above(self, first: FrontLine) -> Facts:
        above = first.above
        if above is None:
            return {"first": 1.0}
        alike = _same_style(above, first)
        return {
            "gap-above": min(6.0, above.gap(first)),
            "cut-above": float(alike and above.gap(first) < 0.8),
            "open-above": float(_open(above.text)),
            "series-above": float(_series(above.text)),
            "organisation-above": float(_signs(above.text)),
            "date-above": _dated(above.text),
            "label-above": float(above.text.rstrip(" .:").casefold() in SUBJECTS),
        }

    def _below(self, last: FrontLine) -> Facts:
        below = last.below
        if below is None:
            return {"last": 1.0}
        alike = _same_style(last, below)
        return {
            "gap-below": min(6.0, last.gap(below)),
            "cut-below": float(alike and last.gap(below) < 0.8),
            "smaller-below": float(below.run.size < 0.92 * last.run.size),
            "larger-below": float(below.run.size > 1.08 * last.run.size),
            "lower-below": float(below.text[:1].islower()),
            "names-below": float(_people(below.plain) or bool(EDITED.match(below.text))),
            "date-below": _dated(below.text),
            "prose-below": float(below.prose),
            "organisation-below": float(_signs(below.text)),
            "series-below": float(_series(below.text)),
        }


def _same_style(above: FrontLine, below: FrontLine) -> bool:
    return abs(above.run.size - below.run.size) < 0.06 * above.run.size and above.run.bold == below.run.bold


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
