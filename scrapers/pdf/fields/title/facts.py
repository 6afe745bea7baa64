"""What speaks for and against each candidate for the title: its size and place, its words, and what agrees with it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from scrapers.pdf.fields.front import SAMPLE, Front, flat
from scrapers.pdf.fields.title.candidates import TitleCandidate, clean_title
from scrapers.pdf.fields.title.standing import Standing
from scrapers.pdf.fields.title.wording import Facts, wording
from scrapers.pdf.fields.words import OPEN, SUBJECTS


def describe(front: Front, found: Sequence[TitleCandidate]) -> None:
    """Give each candidate for the title its facts."""
    standing, agreement = Standing(front), _Agreement(front)
    agreed: dict[str, Facts] = {}
    for candidate in found:
        facts = candidate.facts
        facts |= wording(candidate.value, candidate.texts)
        if candidate.value not in agreed:
            agreed[candidate.value] = agreement.of(candidate.value)
        facts |= agreed[candidate.value]
        if candidate.lines:
            facts |= standing.of(candidate.lines)
        if candidate.label:
            facts["labelled"] = 1.0
            facts["subject"] = float(candidate.label in SUBJECTS)
    _compare(found)


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Return the F1 of two texts' words."""
    shared = (Counter(a) & Counter(b)).total()
    return 2 * shared / (len(a) + len(b)) if a and b else 0.0


class _Agreement:
    """What else of a file says the same as a candidate."""

    def __init__(self, front: Front) -> None:
        declared = front.declared
        self.declared = {
            "info": flat(clean_title(declared.title)),
            "xmp": flat(clean_title(declared.xmp_title)),
            "outline": flat(clean_title(declared.outline[0])) if declared.outline else [],
        }
        self.printed = [f" {' '.join(flat(page.text))} " for page in front.pages]
        self.cited = [f" {' '.join(flat(text))} " for text in front.citations]
        self.heads = [f" {head} " for head in front.running]
        self.named = {word for word in flat(front.name.replace("_", " ").replace("-", " ")) if len(word) > 2}
        self.counts = Counter(flat(front.body[:SAMPLE]))

    def of(self, text: str) -> Facts:
        """Return the facts of agreement."""
        words = flat(text)
        key = f" {' '.join(words)} "
        facts: Facts = {}
        for source, declared in self.declared.items():
            if declared:
                facts[f"as-{source}"] = likeness(words, declared)
                facts[f"is-{source}"] = float(words == declared)
                facts[f"begins-{source}"] = float(len(words) < len(declared) and declared[: len(words)] == words)
        facts["cited"] = float(len(words) > 2 and any(key in text for text in self.cited))
        facts["head"] = float(any(key == head for head in self.heads))
        facts["in-head"] = float(len(key) > 8 and any(key in head or head in key for head in self.heads))
        counts = [page.count(key) for page in self.printed]
        facts["pages"] = math.log1p(sum(map(bool, counts)))
        facts["times"] = math.log1p(sum(counts))
        telling = [word for word in set(words) if len(word) > 3 and word not in OPEN]
        again = [self.counts[word] - words.count(word) for word in telling]
        facts["recurs"] = sum(count > 0 for count in again) / max(2, len(telling))
        facts["recurs-often"] = sum(math.log1p(max(0, count)) for count in again) / max(2, len(telling))
        if self.named:
            facts["named"] = len(self.named & set(words)) / max(3, len(set(words)))
        return facts


def _compare(found: Sequence[TitleCandidate]) -> None:
    """Tell how the size of each candidate stands among all on its page, and among those that say what it is about."""
    sizes: dict[int, list[float]] = {}
    telling: dict[int, list[float]] = {}
    for candidate in found:
        candidate.facts["aside"] = float(_aside(candidate.facts))
        if candidate.lines:
            page, size = candidate.lines[0].page.number, candidate.facts["size"]
            sizes.setdefault(page, []).append(size)
            if not candidate.facts["aside"]:
                telling.setdefault(page, []).append(size)
    different = {page: set(of) for page, of in sizes.items()}
    different_telling = {page: set(of) for page, of in telling.items()}
    for candidate in found:
        facts = candidate.facts
        if candidate.lines:
            page, size = candidate.lines[0].page.number, facts["size"]
            others = different_telling.get(page, set())
            facts["below-largest"] = max(different[page]) - size
            facts["larger"] = math.log1p(sum(other > size + 0.05 for other in different[page]))
            facts["below-telling"] = max(0.0, max(others, default=-1.0) - size)
            facts["larger-telling"] = math.log1p(sum(other > size + 0.05 for other in others))
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
