"""How a candidate for the title stands on its page: its size and place, how it is set, and what stands around it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from scrapers.pdf.fields.front import Front, FrontLine, FrontPage
from scrapers.pdf.fields.title.wording import (
    Facts,
    dated_share,
    is_beside,
    is_body,
    is_letterhead,
    is_open,
    is_series,
    line_of,
    names_people,
)
from scrapers.pdf.fields.words import EDITED, KIND, PRESS, SALUTATION, SUBJECTS

PAGES = 3
"""Pages on which a title may stand."""

CENTRED = 0.04
"""Share of the page's width by which the middle of a centred line may miss that of the page."""


class Standing:
    """Tells the facts of place for the candidates of one document."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self.pages = front.opening(PAGES)
        prose = sum(len(line.text) for line in self.pages[0].lines if line.prose) if self.pages else 0
        self.prose = math.log1p(prose / 100)
        self.greeted = {page.number: _greeting(page) for page in self.pages}
        self.letters = {page.number: Letters(page) for page in self.pages}
        self.places: dict[int, int] = {}
        self.before: dict[int, int] = {}
        self.starts: dict[int, Facts] = {}
        self.around: dict[tuple[int, bool], Facts] = {}
        words = 0
        for page in self.pages:
            self.before[page.number] = words
            words += page.text.count(" ") + page.text.count("\n") + 1
            self.places |= {id(line): place for place, line in enumerate(page.lines)}

    def of(self, lines: Sequence[FrontLine]) -> Facts:
        """Return the facts of a stretch of lines."""
        first, last, page = lines[0], lines[-1], lines[0].page
        runs = [line.run for line in lines]
        sizes = [run.size for run in runs]
        size = math.log2(max(sizes) / max(self.front.body_size, 1.0))
        left, right = min(run.left for run in runs), max(run.right for run in runs)
        widest = max((above.gap(below) for above, below in pairwise(lines)), default=0.0)
        several = len(lines) > 1
        facts: Facts = {
            "size": max(-1.0, min(3.0, size)),
            "size-spread": math.log2(max(sizes) / max(1.0, min(sizes))),
            "bold": sum(run.bold for run in runs) / len(runs),
            "bold-spread": float(len({run.bold for run in runs}) > 1),
            "top": first.run.top / page.height,
            "wide": (right - left) / page.width,
            "centred": float(_middle(left, right, page.width)),
            "page-2": float(page is not self.pages[0]),
            "page-3": float(len(self.pages) > 2 and page is self.pages[2]),
            "lines": float(len(lines)),
            "prose-page": self.prose,
            "row": float(any(run.row for run in runs)),
            "loose": widest,
            "organisation-line": float(any(is_body(line.text) for line in lines)),
            "organisation-first": float(several and is_body(first.text)),
            "person-line": float(several and any(names_people(line.plain) for line in lines)),
            "letterhead-first": float(several and is_letterhead(first.text)),
            "letterhead-last": float(several and is_letterhead(last.text)),
            "press-first": float(several and bool(PRESS.fullmatch(first.text))),
            "dated-last": float(several and dated_share(last.text) > 0.15),
            "series-first": float(several and is_series(first.text)),
            "date-last": float(several and dated_share(last.text) > 0.5),
            "date-line": float(several and any(dated_share(line.text) > 0.5 for line in lines[:-1])),
            "joins-open": float(any(is_open(above.text) for above in lines[:-1])),
        }
        facts |= self._start(first)
        facts |= self.letters[page.number].rarity(lines)
        facts |= self._above(first)
        facts |= self._below(last)
        room = max(0.8, 1.25 * widest)
        if first.above is not None:
            facts["cut-above"] = float(_same_style(first.above, first) and first.above.gap(first) < room)
        if last.below is not None:
            facts["cut-below"] = float(_same_style(last, last.below) and last.gap(last.below) < room)
        facts["cut"] = max(facts.get("cut-above", 0.0), facts.get("cut-below", 0.0))
        facts["cut-display"] = facts["cut"] * float(size > 0.2)
        facts["whole-display"] = float(size > 0.2 and not facts["cut"] and facts["size-spread"] < 0.1)
        greeting = self.greeted.get(page.number)
        if greeting is not None:
            facts["letter"] = 1.0
            facts["before-greeting"] = float(last.run.bottom <= greeting)
        return facts

    def _start(self, first: FrontLine) -> Facts:
        """Return what stands before a line: the same for all candidates that begin with it."""
        if id(first) not in self.starts:
            page, place = first.page, self.places[id(first)]
            before = page.lines[:place]
            words = self.before[page.number] + sum(line.text.count(" ") + 1 for line in before if line.text)
            self.starts[id(first)] = {
                "order": math.log1p(place),
                "above": math.log1p(sum(line.run.bottom <= first.run.top + 1 for line in page.lines)),
                "words-before": math.log1p(words),
                "telling-before": math.log1p(sum(not is_beside(line.text) for line in before[:60])),
            }
        return self.starts[id(first)]

    def _above(self, first: FrontLine) -> Facts:
        key = (id(first), True)
        if key not in self.around:
            self.around[key] = _what_is_above(first)
        return self.around[key]

    def _below(self, last: FrontLine) -> Facts:
        key = (id(last), False)
        if key not in self.around:
            self.around[key] = _what_is_below(last)
        return self.around[key]


class Letters:
    """How the letters of a page are set: what few of them are stands out."""

    def __init__(self, page: FrontPage) -> None:
        self.width = page.width
        weights = [(line, sum(map(str.isalpha, line.text))) for line in page.lines]
        self.total = sum(weight for _, weight in weights) or 1
        sized = sorted((line.run.size, weight) for line, weight in weights)
        self.sizes = [size for size, _ in sized]
        self.as_large = [0]
        """Of each place in `sizes`, counted from the end: the letters that are at least as large."""
        for _, weight in reversed(sized):
            self.as_large.append(self.as_large[-1] + weight)
        self.bold = sum(weight for line, weight in weights if line.run.bold) / self.total
        self.upper = sum(weight for line, weight in weights if line.text.isupper()) / self.total
        self.centred = sum(weight for line, weight in weights if self._centred(line)) / self.total

    def _centred(self, line: FrontLine) -> bool:
        return _middle(line.run.left, line.run.right, self.width)

    def rarity(self, lines: Sequence[FrontLine]) -> Facts:
        """Return how far lines stand out of their page by weight, capitals, place and size."""
        count = len(lines)
        size = max(line.run.size for line in lines)
        as_large = self.as_large[len(self.sizes) - bisect_left(self.sizes, 0.97 * size)] / self.total
        return {
            "bold-rare": sum(line.run.bold for line in lines) / count * (1 - self.bold),
            "upper-rare": sum(line.text.isupper() for line in lines) / count * (1 - self.upper),
            "centred-rare": sum(map(self._centred, lines)) / count * (1 - self.centred),
            "as-large": as_large,
            "as-large-few": math.log(0.01 + as_large),
        }


def _middle(left: float, right: float, width: float) -> bool:
    """Return whether what lies between two edges is set in the middle of a page."""
    return abs((left + right) / 2 - width / 2) < CENTRED * width and left > 0.1 * width


def _greeting(page: FrontPage) -> float | None:
    """Return where the salutation of a letter stands, if there is one."""
    for line in page.lines[:60]:
        if not line.prose and SALUTATION.match(line.text):
            return line.run.top
    return None


def _what_is_above(first: FrontLine) -> Facts:
    above = first.above
    if above is None:
        return {"first": 1.0}
    return {
        "gap-above": min(6.0, above.gap(first)),
        "open-above": float(is_open(above.text)),
        "series-above": float(is_series(above.text)),
        "kind-above": float(bool(KIND.match(above.text))),
        "letterhead-above": float(line_of(above.text).letterhead),
        "organisation-above": float(is_body(above.text)),
        "date-above": dated_share(above.text),
        "label-above": float(above.text.rstrip(" .:").casefold() in SUBJECTS),
    }


def _what_is_below(last: FrontLine) -> Facts:
    below = last.below
    if below is None:
        return {"last": 1.0}
    return {
        "gap-below": min(6.0, last.gap(below)),
        "smaller-below": float(below.run.size < 0.92 * last.run.size),
        "larger-below": float(below.run.size > 1.08 * last.run.size),
        "lower-below": float(below.text[:1].islower()),
        "names-below": float(names_people(below.plain) or bool(EDITED.match(below.text))),
        "date-below": dated_share(below.text),
        "prose-below": float(below.prose),
        "kind-below": float(bool(KIND.match(below.text))),
        "organisation-below": float(is_body(below.text)),
        "series-below": float(is_series(below.text)),
    }


def _same_style(above: FrontLine, below: FrontLine) -> bool:
    return (
        abs(above.run.size - below.run.size) < 0.06 * above.run.size
        and above.run.bold == below.run.bold
        and above.text.isupper() == below.text.isupper()
    )
