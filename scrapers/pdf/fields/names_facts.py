"""What speaks for and against each name: labels, signatures, posts and affiliations beside it, its place, agreement."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from scrapers.choice.naming import liken
from scrapers.pdf.fields.candidate import Candidate
from scrapers.pdf.fields.front import Front, FrontLine, flat
from scrapers.pdf.fields.names import NameCandidate, label_of
from scrapers.pdf.fields.people import is_organisation
from scrapers.pdf.fields.roles import CLOSING, OTHERWISE_LABELS, POST, WRITES_LABELS
from scrapers.pdf.fields.words import ABSTRACT, ORGANISATION, ORGANISED, SALUTATION, SECTIONS
from scrapers.values.authors import kind_of
from scrapers.values.dates import find_dates

MAIL = re.compile(r"\S+@\S+\.\w|orcid", re.IGNORECASE)
STOP_WITHIN = re.compile(r"[^\W\d_]{4,}[.!?]\s")
"""The end of a sentence: names have stops behind initials and titles alone."""

UNKNOWN_LABEL = re.compile(r"[^\W\d][^:：]{2,40}[:：]")
"""A short line that ends as a label does."""

MAX_BETWEEN = 80
"""Lines of a page that are looked at for what stands between title and name."""

SCOPE = 9
"""Lines under a label that still may stand under it."""

SAYS_AUTHOR = ("label-writes", "beside-writes", "under-writes", "closing")
"""Facts that say that a name is an author's."""

Facts = dict[str, float]


class Surroundings:
    """What is asked of a document once, for all names and organisations."""

    def __init__(self, front: Front, title: Candidate | None) -> None:
        self.front = front
        self.title = title
        self.first = front.opening(1)
        self.printed = [f" {' '.join(flat(page.text))} " for page in front.pages]
        self.declared = [set(flat(value)) for value in (front.declared.author, *front.declared.xmp_authors) if value]
        self.cited = [f" {' '.join(flat(text))} " for text in front.citations]
        self.heads = [f" {head} " for head in front.running]
        self.imprints = {page.number for page in front.imprints}
        self.last = front.pages[-1].number if front.pages else 0
        lines = self.first[0].lines[:60] if self.first else []
        self.letter = any(not line.prose and SALUTATION.match(line.text) for line in lines)
        text = self.first[0].folded if self.first else ""
        self.article = float(any(mark in text for mark in ABSTRACT))
        self.title_words = set(flat(title.value)) if title else set()

    def place_of(self, line: FrontLine) -> Facts:
        """Return the facts of where a line stands: page, size, and how far from the title."""
        page, run = line.page, line.run
        facts: Facts = {
            "page-1": float(bool(self.first) and page is self.first[0]),
            "page": math.log(page.number),
            "last-page": float(page.number == self.last and page.number > 1),
            "imprint": float(page.number in self.imprints and page.number > 1),
            "top": run.top / page.height,
            "left": run.left / page.width,
            "size": max(-1.0, min(2.0, math.log2(run.size / max(1.0, self.front.body_size)))),
            "bold": float(run.bold),
            "row": float(run.row),
            "prose": float(line.prose),
            "letter": float(self.letter),
            "lines-on-page": math.log1p(len(page.lines)),
        }
        if self.title and self.title.lines:
            first, last = self.title.lines[0], self.title.lines[-1]
            if first.page is page:
                under = (run.top - last.run.bottom) / max(10.0, run.size)
                facts["title-here"] = 1.0
                facts["in-title"] = float(line in self.title.lines)
                facts["above-title"] = float(run.bottom <= first.run.top + 1)
                facts["under-title"] = float(0 <= under < 3)
                facts["under"] = max(-10.0, min(40.0, under)) / 10
                facts["title-size"] = math.log2(max(0.3, run.size / max(1.0, first.run.size)))
            else:
                facts["after-title"] = float(page.number > first.page.number)
        return facts

    def agreement(self, name: str) -> Facts:
        """Return what else of the file names the same."""
        words = flat(name)
        key = f" {' '.join(words)} "
        declared = max((len(set(words) & value) / len(set(words)) for value in self.declared), default=0.0)
        return {
            "declared": declared,
            "is-declared": float(declared == 1.0),
            "other-declared": float(bool(self.declared) and declared == 0.0),
            "cited": float(any(key in text[:200] for text in self.cited)),
            "head": float(any(key in head for head in self.heads)),
            "pages": math.log1p(sum(key in page for page in self.printed)),
            "times": math.log1p(sum(page.count(key) for page in self.printed)),
            "title-words": len(self.title_words & set(words)) / len(set(words) or {""}),
        }


def describe(around: Surroundings, found: Sequence[NameCandidate]) -> None:
    """Give each name its facts."""
    on_page = Counter(name.lines[0].page.number for name in found if name.lines)
    naming = {id(name.lines[0]): name.share for name in found if name.lines}
    vocabulary = around.front.vocabulary
    for name, like in zip(found, liken([name.value.name for name in found]), strict=True):
        name.facts |= like
    for order, name in enumerate(found):
        facts = name.facts
        facts |= around.agreement(name.value.name)
        if name.lines:
            line = name.lines[0]
            facts |= around.place_of(line)
            facts |= labels_of(name.label, line)
            facts |= _beside(name, line)
            facts["names-on-page"] = math.log1p(on_page[line.page.number])
            facts["run"] = math.log1p(_run(line, naming))
            facts |= _from_title(around, line, naming)
        words = name.value.name.split()
        whole = [word for word in words if len(word.strip(".")) > 1]
        common = [word for word in whole if word.casefold() in vocabulary]
        facts["common"] = len(common) / max(1, len(whole))
        facts["all-common"] = float(len(common) == len(whole))
        facts |= around.front.mentions.of(name.value.name)
        facts["upper"] = float(name.raw.isupper())
        facts["initials"] = float(any(len(word.strip(".")) == 1 for word in words))
        facts["name-words"] = float(len(words))
        facts["share"] = name.share
        facts["alone"] = float(name.share > 0.9)
        facts["count"] = math.log1p(name.count)
        facts["order-on-line"] = math.log1p(name.order)
        facts["order"] = math.log1p(order)
        facts["names"] = math.log1p(len(found))
        facts["marked"] = float(name.marked)
        facts["told"] = float(name.told)
        facts["titled"] = float(name.titled)
        facts["organisation-word"] = float(kind_of(name.value.name) == "organisation")
        facts["organised"] = float(bool(ORGANISED.search(name.value.name)))
        facts["stop-within"] = float(bool(STOP_WITHIN.search(name.value.name)))
        facts["kind-unknown"] = float(kind_of(name.value.name) is None)

    labelled = any(name.told or any(name.facts.get(fact) for fact in SAYS_AUTHOR) for name in found)
    declared = any(name.facts["is-declared"] for name in found)
    for name in found:
        own = name.told or any(name.facts.get(fact) for fact in SAYS_AUTHOR)
        name.facts["others-labelled"] = float(labelled and not own)
        name.facts["others-declared"] = float(declared and not name.facts["is-declared"])


def labels_of(label: str, line: FrontLine) -> Facts:
    """Return the facts of the label that stands on the line, beside it or above it."""
    if label:
        kind = _kind(label)
        return {f"label-{kind}": 1.0, f"short-{kind}": float(len(label) < 4)}
    left = _left_of(line)
    if left is not None and (kind := _kind(_bare(left))) != "other":
        return {f"beside-{kind}": 1.0}
    for distance, above in enumerate(_upwards(line)):
        if CLOSING.fullmatch(above.text.strip(" ,.!")):
            return {"closing": 1.0, "under-label": 1 / (1 + distance)}
        label = label_of(above.plain)[0] or _bare(above)
        if (kind := _kind(label)) != "other":
            return {f"under-{kind}": 1.0, "under-label": 1 / (1 + distance)}
        if label in SECTIONS:
            return {"under-section": 1.0, "under-label": 1 / (1 + distance)}
        if UNKNOWN_LABEL.fullmatch(above.text.strip()):
            # Whatever it says, a label further up ends here.
            post = float(bool(POST.search(above.text)))
            return {"under-unknown": 1.0, "under-post": post, "under-label": 1 / (1 + distance)}
        if above.prose:
            return {"under-prose": 1.0}
    return {"unlabelled": 1.0}


def _kind(label: str) -> str:
    return "writes" if label in WRITES_LABELS else "otherwise" if label in OTHERWISE_LABELS else "other"


def _bare(line: FrontLine) -> str:
    return line.text.strip(" .:：*•–-()[]/").casefold()


def _upwards(line: FrontLine) -> Iterator[FrontLine]:
    """Yield the lines above a line, the nearest first."""
    for _ in range(SCOPE):
        if line.above is None or line.above.gap(line) > 6:
            return
        line = line.above
        yield line


def _left_of(line: FrontLine) -> FrontLine | None:
    """Return the line that stands left of a line, on the same height."""
    run = line.run
    for other in line.page.lines:
        if (
            other is not line
            and other.run.right <= run.left + 1
            and abs(other.run.bottom - run.bottom) < 0.4 * run.height
        ):
            return other
    return None


def _beside(name: NameCandidate, line: FrontLine) -> Facts:
    """Return the facts of what stands around the name: posts, organisations, addresses, days."""
    below, above = line.below, line.above
    near = below is not None and line.gap(below) < 1.5
    under = below.text if below is not None and near else ""
    further = below.below.text if below is not None and below.below is not None and near else ""
    before = name.lines[0].plain.partition(name.value.name)[0]
    return {
        "organisation-before": float(bool(ORGANISATION.search(before))),
        "lower-before": float(bool(re.search(r"(?:^|\s)[a-zß-öø-ÿа-яё]{3,}\s+$", before))),
        "comma-after": float(name.after.strip()[:1].isupper() and name.count == 1),
        "post-after": float(bool(POST.search(name.after))),
        "post-below": float(bool(under) and len(under) < 120 and bool(POST.search(under))),
        "post-above": float(above is not None and len(above.text) < 80 and bool(POST.search(above.text))),
        "organisation-after": float(is_organisation(name.after)),
        "organisation-below": float(is_organisation(under) or is_organisation(further)),
        "mail": float(bool(MAIL.search(line.run.text))),
        "mail-below": float(bool(MAIL.search(f"{under} {further}"))),
        "date-below": float(len(under) < 60 and next(find_dates(under), None) is not None),
        "date-above": float(
            above is not None and len(above.text) < 60 and next(find_dates(above.text), None) is not None
        ),
        "prose-below": float(below is not None and below.prose),
        "stop": float(line.text.rstrip().endswith((".", ":", ";"))),
        "bullet": float(bool(re.match(r"[•▪■*–—-]|\(?\d{1,2}[.)]\s", line.text))),
        "digits": float(any(map(str.isdigit, name.after))),
        "year-on-line": float(bool(re.search(r"\b(?:19|20)\d\d\b", line.text))),
        "long-line": math.log1p(len(line.text)),
    }


def _from_title(around: Surroundings, line: FrontLine, naming: dict[int, float]) -> Facts:
    """Return what stands between the title and a line under it: names alone, other lines, paragraphs."""
    title = around.title.lines if around.title else ()
    if not title or title[-1].page is not line.page or line.run.top < title[-1].run.bottom - 1:
        return {}
    floor, ceiling = title[-1].run.bottom - 1, line.run.top
    between = [
        other
        for other in line.page.lines[:MAX_BETWEEN]
        if floor <= other.run.top < ceiling - 1 and naming.get(id(other), 0.0) < 0.5
    ]
    return {
        "straight-under": float(not between),
        "between": math.log1p(len(between)),
        "prose-between": float(any(other.prose for other in between)),
        "article": around.article,
        "straight-in-article": around.article * float(len(between) < 3),
    }


def _run(line: FrontLine, naming: dict[int, float]) -> int:
    """Return how many lines around this one name people as well."""
    count = 0
    for way in ("above", "below"):
        other: FrontLine | None = line
        for _ in range(12):
            other = getattr(other, way)
            if other is None or naming.get(id(other), 0.0) < 0.5:
                break
            count += 1
    return count
