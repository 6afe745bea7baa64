"""Learn the choice among candidates: how much each fact counts for each field, from labelled documents.

The model is a softmax over the candidates of a document and "none of them" (multinomial logistic regression, L2), with
small trees grown upon it. `train_fields` uses it for web pages, `train_reports` for PDFs.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scrapers.choice.chooser import Candidate, Chooser
from tests.training.boosting import TREES, easiest, grow

Array = NDArray[np.float64]

WARMING = 60
"""Steps before the easiest of several right candidates is asked for: until then nothing is known of which that is."""


@dataclass(frozen=True)
class Example:
    """One document's candidates for a field, with how right each is."""

    name: str
    """The document: an address or a file."""
    candidates: Sequence[Candidate]
    right: list[float]
    has: bool
    """Whether the document has a value for the field."""
    hits: list[tuple[int, int]] = field(default_factory=list)
    """For authors: names right and names given, a candidate."""
    names: int = 0
    weight: float = 1.0
    """How often it counts."""


@dataclass(frozen=True, kw_only=True)
class FieldTraining:
    """How the choice of one field is learned."""

    penalty: float
    """Of the weights (L2)."""
    threshold: float | None = None
    """How likely a value must be to be given, for a field that a document may lack."""
    priors: Mapping[str, float] = field(default_factory=dict)
    """Weights of facts that are rare on labelled documents but sure by their meaning: learning leaves them alone."""
    rare: int = 8
    """Facts that fewer candidates have are not learned."""
    contenders: int | None = None
    """How many candidates of a document, the first by their weights, the trees learn of and are asked of."""
    floor: float = 0.0
    """The confidence below which a value is not given."""
    trees: int = TREES
    """How many trees each forest has."""
    any_right: bool = False
    """Whether it is enough to choose one of a document's right candidates, whichever is easiest to tell; otherwise all
    of them are to be likely alike."""


class Softmax:
    """A multinomial logistic regression over each document's candidates, with "none" for a field that may be absent."""

    def __init__(self, facts: list[str], priors: Mapping[str, float], *, none: bool, penalty: float) -> None:
        self.facts, self.priors, self.none, self.penalty = facts, priors, none, penalty
        self.at = {fact: i for i, fact in enumerate(facts)}
        self.weights: Array = np.zeros(len(facts) + 1)

    def matrix(self, found: Sequence[Candidate]) -> Array:
        """Return the facts of candidates as rows, with a column of ones at the end."""
        rows = np.zeros((len(found), len(self.facts) + 1))
        for row, candidate in zip(rows, found, strict=True):
            for fact, value in candidate.facts.items():
                if fact in self.at:
                    row[self.at[fact]] = value
        rows[:, -1] = 1.0 if self.none else 0.0
        return rows

    def given(self, found: Sequence[Candidate]) -> Array:
        """Return what the fixed weights say of candidates."""
        return np.array([sum(w * c.facts.get(fact, 0.0) for fact, w in self.priors.items()) for c in found])

    def fit(self, made: Sequence[Example], steps: int = 400, rate: float = 0.05, *, any_right: bool = False) -> None:
        """Learn the weights (Adam, over all documents at once); `any_right` as in `FieldTraining`."""
        pages = [e for e in made if e.candidates and (self.none or any(e.right))]
        rows = np.concatenate([self.matrix(e.candidates) for e in pages])
        given = np.concatenate([self.given(e.candidates) for e in pages])
        page = np.repeat(np.arange(len(pages)), [len(e.candidates) for e in pages])
        weight = np.array([e.weight for e in pages])[page]
        right = np.concatenate([np.array(e.right) for e in pages])
        target = easiest(right, np.ones(len(right)), page)
        first, second = np.zeros_like(self.weights), np.zeros_like(self.weights)
        shrink = np.append(np.full(len(self.facts), self.penalty), 0.0)
        for step in range(1, steps + 1):
            odds = rows @ self.weights + given
            top = np.zeros(len(pages)) if self.none else np.full(len(pages), -np.inf)
            np.maximum.at(top, page, odds)
            raised = np.exp(odds - top[page])
            total = np.bincount(page, raised, minlength=len(pages)) + (np.exp(-top) if self.none else 0.0)
            if any_right and step > WARMING:
                target = easiest(right, raised, page)
            slope = rows.T @ (weight * (raised / total[page] - target)) + shrink * self.weights
            first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
            self.weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)

    def told(self, made: Sequence[Example], training: FieldTraining) -> tuple[dict[str, float], dict[str, Any]]:
        """Return the weights and the trees grown upon them, as they are written."""
        pages = [e for e in made if e.candidates and (self.none or any(e.right))]
        parts = []
        for e in pages:
            rows = self.matrix(e.candidates)
            base = rows @ self.weights + self.given(e.candidates)
            kept = np.argsort(-base, kind="stable")[: training.contenders]
            share = np.array(e.right) / (1.0 if training.any_right else sum(e.right) or 1.0)
            parts.append((rows[kept], base[kept], share[kept]))
        page = np.repeat(np.arange(len(pages)), [len(base) for _, base, _ in parts])
        weight = np.array([e.weight for e in pages])
        rows, base, right = (np.concatenate(part) for part in zip(*parts, strict=True))
        trees = grow(
            self.facts,
            rows[:, :-1],
            page,
            right,
            base,
            weight,
            none=self.none,
            count=training.trees,
            any_right=training.any_right,
        )
        weights = {
            f: round(float(w), 3) for f, w in zip([*self.facts, ""], self.weights, strict=True) if abs(w) >= 0.005
        }
        return weights, trees.as_json()


def learned(made: Mapping[str, Sequence[Example]], how: Mapping[str, FieldTraining], of: set[str] | None = None) -> str:
    """Return the JSON of the chooser learned from the examples of the documents named in `of`; of all, without it."""
    told: dict[str, dict[str, Any]] = {"trees": {}}
    for name, every in made.items():
        training = how[name]
        seen = [e for e in every if of is None or e.name in of]
        counts: dict[str, float] = defaultdict(float)
        for e in seen:
            for fact in (fact for c in e.candidates for fact, value in c.facts.items() if value):
                counts[fact] += e.weight
        facts = sorted(fact for fact, count in counts.items() if count >= training.rare and fact not in training.priors)
        model = Softmax(facts, training.priors, none=training.threshold is not None, penalty=training.penalty)
        model.fit(seen, any_right=training.any_right)
        told[name], told["trees"][name] = model.told(seen, training)
        told[name].update(training.priors)
        if training.contenders is not None:
            told[name]["contenders"] = training.contenders
        if training.threshold is not None:
            told[name]["threshold"] = training.threshold
    return written(told)


def choice(name: str, chooser: Chooser, example: Example) -> int | None:
    """Return the place of the chosen candidate, or None."""
    ranked = chooser.rank(name, example.candidates)
    if not ranked or ("threshold" in chooser.weights[name] and not chooser.likely(name, ranked)):
        return None
    return next(place for place, candidate in enumerate(example.candidates) if candidate is ranked[0])


def figures(name: str, made: Sequence[Example], picks: Sequence[int | None]) -> str:
    """Return a line with the figures of a field."""
    have = [(e, p) for e, p in zip(made, picks, strict=True) if e.has]
    absent = [p for e, p in zip(made, picks, strict=True) if not e.has]
    invented = sum(p is not None for p in absent) / len(absent) if absent else 0.0
    if name == "authors":
        hit = sum(e.hits[p][0] for e, p in have if p is not None)
        given = sum(e.hits[p][1] for e, p in have if p is not None)
        true = sum(e.names for e, _ in have)
        return f"F1 {2 * hit / (given + true):.3f}  P {hit / given:.3f}  R {hit / true:.3f}  invented {invented:.3f}"
    right = sum(p is not None and e.right[p] == 1 for e, p in have)
    given = sum(p is not None for _, p in have)
    reachable = sum(1 in e.right for e, _ in have) / len(have)
    share = f"right {right / len(have):.3f} of {len(have)} (reachable {reachable:.3f})"
    return f"{share}  P {right / given:.3f}  invented {invented:.3f}"


def written(weights: dict[str, dict[str, Any]]) -> str:
    """Return the JSON of what was learned, an entry a line."""
    fields = []
    for name, table in sorted(weights.items()):
        entries = (f"{json.dumps(key)}: {json.dumps(value)}" for key, value in sorted(table.items()))
        fields.append(f"{json.dumps(name)}: {{\n" + ",\n".join(entries) + "\n}")
    return "{\n" + ",\n".join(fields) + "\n}\n"
