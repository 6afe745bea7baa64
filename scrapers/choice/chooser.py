"""Choose among the candidates for a field: a weighted sum over facts of each, learned from labelled documents.

Rules find the candidates and their origins. A model says how much each fact counts (`weights`) and, as small trees, how
much facts count together (`trees`). Each kind of document (web pages, PDFs) has a model of its own, `chooser.json` in
its package; the training programs write it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import repeat
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from scrapers.base import Found
from scrapers.values.text import clean_line


@dataclass(slots=True, kw_only=True)
class Candidate:
    """A value that a document may mean for a field, where it was read, and the facts that speak for and against it."""

    value: Any
    raw: str
    origin: str
    facts: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    confidence: float | None = None
    """The probability that the value is right; None where the model is not calibrated."""

    def found(self) -> Found[Any]:
        """Return the candidate as the value of a field."""
        return Found(
            value=self.value,
            raw=clean_line(self.raw),
            origin=self.origin,
            place=self.place(),
            confidence=self.confidence,
        )

    def place(self) -> str | None:
        """Return where in the document it stands, in the terms of its kind; see `Found.place`."""
        return None


C = TypeVar("C", bound=Candidate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Symmetric trees: level by level the fact asked and the border; the answers spell the number of the leaf."""

    facts: tuple[str, ...]
    columns: NDArray[np.intp]
    """Trees by levels: the place of the fact asked."""
    borders: NDArray[np.float64]
    leaves: NDArray[np.float64]
    """Trees by leaves."""

    def scores(self, candidates: Sequence[Candidate]) -> NDArray[np.float64]:
        """Return for each candidate the sum of the leaves that it reaches."""
        rows = np.array([list(map(c.facts.get, self.facts, repeat(0.0))) for c in candidates])
        over = rows[:, self.columns] > self.borders
        leaf = (over << np.arange(self.columns.shape[1])).sum(axis=2)
        return np.asarray(self.leaves[np.arange(len(self.leaves)), leaf].sum(axis=1))

    def as_json(self) -> dict[str, Any]:
        """Return the trees as the model file holds them."""
        return {"facts": self.facts} | {name: getattr(self, name).tolist() for name in ("columns", "borders", "leaves")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Turns the share that the model gives a value into a probability; learned from documents new to the model."""

    odds: tuple[float, ...]
    """Logarithms of odds, in rising order; between two of them the probability is interpolated."""
    chances: tuple[float, ...]
    """The probability that a value with each of these odds is right."""
    floor: float = 0.0
    """The confidence below which a value is not given."""
    evidence: Mapping[str, float] = field(default_factory=dict)
    """What facts of a value add to the odds that the model gives it: how sure a choice is depends on more than the
    share, as on whether heading and metadata agree."""

    def confidence(self, share: float, facts: Mapping[str, float] | None = None) -> float:
        """Return the probability that a value with these facts, to which the model gives this share, is right."""
        return self.confidences([share], [facts or {}])[0]

    def confidences(self, shares: Sequence[float], facts: Sequence[Mapping[str, float]]) -> list[float]:
        """Return the probability of each of some values, by their shares and their facts."""
        odds = [log_odds(share) + self._added(own) for share, own in zip(shares, facts, strict=True)]
        return [round(chance, 3) for chance in np.interp(odds, self.odds, self.chances).tolist()]

    def _added(self, facts: Mapping[str, float]) -> float:
        return sum(weight * facts.get(fact, 0.0) for fact, weight in self.evidence.items())


def log_odds(share: float) -> float:
    """Return the logarithm of the odds of a share, which are bounded."""
    share = min(1 - 1e-9, max(1e-9, share))
    return math.log(share / (1 - share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooser:
    """What was learned of choosing values, by field."""

    weights: Mapping[str, Mapping[str, float]]
    """The weight of each fact. `threshold` is how likely a value must be to be given; the trees score only the first
    `contenders` candidates by weight."""
    trees: Mapping[str, Forest]
    calibrations: Mapping[str, Calibration] = field(default_factory=dict)

    def rank(self, name: str, candidates: Iterable[C]) -> list[C]:
        """Return the candidates for a field, the likeliest first, each with its score (log odds against none).

        Where the model is calibrated, each has its confidence as well.
        """
        table = self.weights[name]
        ranked = list(candidates)
        for candidate in ranked:
            candidate.score = score(candidate.facts, table)
        ranked.sort(key=lambda c: -c.score)
        contenders = ranked[: int(table.get("contenders", len(ranked)))]
        if contenders:
            for candidate, more in zip(contenders, self.trees[name].scores(contenders).tolist(), strict=True):
                candidate.score += more
        ranked[: len(contenders)] = sorted(contenders, key=lambda c: -c.score)
        if calibration := self.calibrations.get(name):
            scores = [c.score for c in ranked]
            given = calibration.confidences(shares(scores, none="threshold" in table), [c.facts for c in ranked])
            for candidate, confidence in zip(ranked, given, strict=True):
                candidate.confidence = confidence
        return ranked

    def sure_enough(self, name: str, candidate: Candidate) -> bool:
        """Whether a value is probable enough to be given."""
        calibration = self.calibrations.get(name)
        return candidate.confidence is None or calibration is None or candidate.confidence >= calibration.floor

    def likely(self, name: str, ranked: Sequence[Candidate]) -> bool:
        """Whether it is likely enough that the best candidate is meant: a document may have no such value."""
        odds = sum(math.exp(min(40.0, c.score)) for c in ranked)
        return odds / (1 + odds) > self.weights[name]["threshold"]


def from_json(text: str) -> Chooser:
    """Return the chooser that a file holds: weights by field, and under `trees` and `calibrations` those of each."""
    told: dict[str, Any] = json.loads(text)
    trees = {
        name: Forest(
            facts=tuple(of["facts"]),
            columns=np.array(of["columns"]),
            borders=np.array(of["borders"]),
            leaves=np.array(of["leaves"]),
        )
        for name, of in told.pop("trees").items()
    }
    calibrations = {name: Calibration(**of) for name, of in told.pop("calibrations", {}).items()}
    return Chooser(weights=told, trees=trees, calibrations=calibrations)


@lru_cache(maxsize=4)
def shipped(package: str) -> Chooser:
    """Return the chooser that a reader's package comes with (`scrapers.html`)."""
    return from_json(files(package).joinpath("chooser.json").read_text("utf-8"))


ALONE = 0.75
"""The share of an only candidate where `none` is no choice: being the only one says little."""


def shares(scores: Sequence[float], *, none: bool) -> list[float]:
    """Return the share of each candidate: one of them is right, or, with `none`, perhaps none of them."""
    if len(scores) <= 1 and not none:
        return [ALONE] * len(scores)
    top = max([0.0, *scores] if none else scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised) + (math.exp(-top) if none else 0.0)
    return [value / total for value in raised]


def score(facts: Mapping[str, float], table: Mapping[str, float]) -> float:
    """Return the weighted sum of the facts."""
    get = table.get
    return get("", 0.0) + sum(get(fact, 0.0) * value for fact, value in facts.items())
