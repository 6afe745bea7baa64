"""Choosing among candidates for a field: a weighted sum over facts of each, learned from labelled pages.

The candidates and their origins come from rules; what is learned is only how much each fact counts and, by small
trees, how much facts count together. Both lie in `chooser.json`, written by `tests/training/train_fields.py`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scrapers.base import Found
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(slots=True, kw_only=True)
class Candidate:
    """A value that a page may mean for a field, and where it was read."""

    value: Any
    raw: str
    origin: str
    element: HtmlElement | None = None
    facts: dict[str, float] = field(default_factory=dict)
    score: float = 0.0

    def found(self) -> Found[Any]:
        """Return the candidate as the value of a field."""
        return Found(value=self.value, raw=clean_line(self.raw), origin=self.origin, place=place(self.element))


# Facts that are rare on labelled pages but sure by their meaning; learning starts from these and leaves them alone.
PRIORS: dict[str, dict[str, float]] = {
    "title": {"cut-of-stated": -4.0, "is-site&deep": -3.0, "site-tail&deep": -3.0, "printed-tail": -4.0},
    "authors": {"stated": 4.0},
    "date_published": {"stated": 3.0, "originally": 2.0, "url:day": 2.0, "only-modified": -3.0, "quoted": -6.0},
}


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
        rows = np.array([[c.facts.get(fact, 0.0) for fact in self.facts] for c in candidates])
        over = rows[:, self.columns] > self.borders
        leaf = (over << np.arange(self.columns.shape[1])).sum(axis=2)
        return np.asarray(self.leaves[np.arange(len(self.leaves)), leaf].sum(axis=1))

    def told(self) -> dict[str, Any]:
        """Return the trees as they are written."""
        return {"facts": self.facts} | {name: getattr(self, name).tolist() for name in ("columns", "borders", "leaves")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooser:
    """What was learned of choosing values, by field."""

    weights: Mapping[str, Mapping[str, float]]
    """Of each fact; `threshold` is how likely a value must be to be given."""
    trees: Mapping[str, Forest]

    def rank(self, name: str, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Return the candidates for a field, the likeliest first, each with its score: log odds against none."""
        table = {**self.weights[name], **PRIORS[name]}
        ranked = list(candidates)
        if ranked:
            for candidate, more in zip(ranked, self.trees[name].scores(ranked).tolist(), strict=True):
                candidate.score = score(candidate.facts, table) + more
        ranked.sort(key=lambda c: -c.score)
        return ranked

    def likely(self, name: str, ranked: Sequence[Candidate]) -> bool:
        """Whether it is likely enough that any of the candidates is meant: the page may well have no such value."""
        odds = sum(math.exp(min(40.0, c.score)) for c in ranked)
        return odds / (1 + odds) > self.weights[name]["threshold"]


def from_json(text: str) -> Chooser:
    """Return the chooser that a file holds: weights by field, and under `trees` the trees of each."""
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
    return Chooser(weights=told, trees=trees)


@lru_cache(maxsize=1)
def shipped() -> Chooser:
    """Return the chooser that comes with the package."""
    return from_json(files("scrapers.html").joinpath("chooser.json").read_text("utf-8"))


def score(facts: Mapping[str, float], table: Mapping[str, float]) -> float:
    """Return the weighted sum of the facts."""
    get = table.get
    return get("", 0.0) + sum(get(fact, 0.0) * value for fact, value in facts.items())


def place(element: HtmlElement | None) -> str | None:
    """Return a short CSS path to an element: up to three steps, from the nearest id or class that tells."""
    if element is None:
        return None
    steps: list[str] = []
    node: HtmlElement | None = element
    while node is not None and isinstance(node.tag, str) and len(steps) < 3:
        ident = node.get("id")
        classes = (node.get("class") or "").split()
        if ident and len(ident) <= 40 and " " not in ident:
            steps.append(f"{node.tag}#{ident}")
            break
        steps.append(f"{node.tag}.{classes[0]}" if classes and len(classes[0]) <= 40 else node.tag)
        node = node.getparent()
    return " > ".join(reversed(steps))
