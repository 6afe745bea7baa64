"""Choosing among candidates for a field: a weighted sum over facts of each, learned from labelled pages.

The candidates and their origins come from rules; what is learned is only how much each fact counts. The weights lie
in `chooser.json`, written by `tests/benchmarks/train_fields.py`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

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
    "title": {},
    "authors": {"stated": 4.0},
    "date_published": {"stated": 3.0, "originally": 2.0, "only-modified": -3.0},
}


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """Return the learned weights by field and fact; `threshold` is how likely a value must be to be given."""
    loaded: dict[str, dict[str, float]] = json.loads(files("scrapers.html").joinpath("chooser.json").read_text("utf-8"))
    return loaded


def rank(name: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates for a field, the likeliest first, each with its score (log odds against none of them)."""
    table = {**weights()[name], **PRIORS[name]}
    ranked = list(candidates)
    for candidate in ranked:
        candidate.score = score(candidate.facts, table)
    ranked.sort(key=lambda c: -c.score)
    return ranked


def likely(name: str, ranked: Sequence[Candidate]) -> bool:
    """Whether it is likely enough that any of the candidates is meant: the page may well have no such value."""
    odds = sum(math.exp(min(40.0, c.score)) for c in ranked)
    return odds / (1 + odds) > weights()[name]["threshold"]


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
