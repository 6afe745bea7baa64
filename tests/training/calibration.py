"""How sure a choice is: fitting probabilities, and measuring how far they are from the truth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from scrapers.choice.chooser import Calibration, Chooser, log_odds, shares
from tests.training.choice import Example

BINS = 10
PIECES = 12
"""Of the values, in the order of their odds, before pieces that do not rise are put together."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A value that a choice put first: the share that the model gave it, and whether it is right."""

    name: str
    share: float
    right: bool
    declared: bool = False
    """Whether the page itself declares the value, as by JSON-LD."""
    labelled: bool = True
    """Whether the document has a value by its labels."""
    facts: Mapping[str, float] = field(default_factory=dict)
    """What is known of the value."""


def judged(field: str, chooser: Chooser, made: Sequence[Example], least: float = 1.0) -> list[Judged]:
    """Return what the chooser puts first for each document; right is what is right at least to this share."""
    found = []
    for example in made:
        if ranked := chooser.rank(field, example.candidates):
            place = next(i for i, candidate in enumerate(example.candidates) if candidate is ranked[0])
            share = shares([c.score for c in ranked], none="threshold" in chooser.weights[field])[0]
            declared = bool(ranked[0].facts.get("declared", 0.0))
            right = example.right[place] >= least
            found.append(Judged(example.name, share, right, declared, example.has, ranked[0].facts))
    return found


def fitted(values: Sequence[Judged], floor: float = 0.0) -> Calibration:
    """Return the rising function from odds to the share of right values that fits best (isotonic, in pieces)."""
    ranked = sorted(values, key=lambda v: v.share)
    size = max(1, len(ranked) // PIECES)
    pieces = [ranked[at : at + size] for at in range(0, len(ranked), size)]
    if len(pieces) > 1 and len(pieces[-1]) < size:
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    pooled: list[list[Judged]] = []
    for piece in pieces:
        pooled.append(piece)
        while len(pooled) > 1 and _share(pooled[-2]) >= _share(pooled[-1]):
            pooled[-2:] = [pooled[-2] + pooled[-1]]
    middles = [float(np.mean([log_odds(v.share) for v in part])) for part in pooled]
    return Calibration(
        odds=tuple(round(m, 3) for m in middles), chances=tuple(round(_share(p), 3) for p in pooled), floor=floor
    )


PENALTY = 3.0
"""Of the weights of facts, as a fit on some hundred values would else follow their chance."""
POINTS = 12
"""At which the fitted curve is written down."""


def fitted_by_facts(values: Sequence[Judged], names: Sequence[str], floor: float = 0.0) -> Calibration:
    """Return the logistic function of odds and facts that fits best (ridge, by Newton's steps)."""
    rows = np.array([[log_odds(v.share), *(v.facts.get(name, 0.0) for name in names), 1.0] for v in values])
    right = np.array([v.right for v in values], float)
    penalties = np.diag([0.0, *(PENALTY for _ in names), 0.0])
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - chance) - penalties @ weights
        weights += np.linalg.solve((rows * (chance * (1 - chance))[:, None]).T @ rows + penalties, slope)
    # In the odds that the model gives, so that the table of probabilities is over these odds and what facts add.
    evidence = {name: round(float(weight / weights[0]), 3) for name, weight in zip(names, weights[1:-1], strict=True)}
    odds = np.quantile([log_odds(v.share) + sum(evidence[n] * v.facts.get(n, 0.0) for n in names) for v in values],
                       np.linspace(0, 1, POINTS))  # fmt: skip
    chances = 1 / (1 + np.exp(-(weights[0] * odds + weights[-1])))
    return Calibration(
        odds=tuple(odds.round(3).tolist()), chances=tuple(chances.round(3).tolist()), floor=floor, evidence=evidence
    )


def _share(part: Sequence[Judged]) -> float:
    """Return the share of right values, as if one more had been right and one more wrong."""
    return (sum(v.right for v in part) + 1) / (len(part) + 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How stated probabilities compare with the truth."""

    count: int
    distance: float
    """Mean distance between the stated and the true share, over bins of as many values each."""
    doubtful: float
    """Share of the wrong values that are among the least sure tenth."""
    points: tuple[tuple[float, float, int], ...]
    """Of each bin: the stated and the true share, and how many values it has."""


def reliability(stated: Sequence[float], right: Sequence[bool]) -> Reliability:
    """Return how far stated probabilities are from the truth."""
    order = np.argsort(np.array(stated), kind="stable")
    said, true = np.array(stated)[order], np.array(right, float)[order]
    bins = [b for b in np.array_split(np.arange(len(said)), BINS) if len(b)]
    points = tuple((float(said[b].mean()), float(true[b].mean()), len(b)) for b in bins)
    wrong = 1 - true
    tenth = math.ceil(len(said) / 10)
    return Reliability(
        count=len(said),
        distance=sum(abs(a - b) * n for a, b, n in points) / max(1, len(said)),
        doubtful=float(wrong[:tenth].sum() / max(1.0, wrong.sum())),
        points=points,
    )


def plot(fields: Mapping[str, Reliability]) -> str:
    """Return an SVG: for each field, how often values are right by how probable they are said to be."""
    side, gap, top = 220, 60, 50
    heading = "How often a value is right, by its confidence"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {gap + len(fields) * (side + gap)} {side + top + 50}"'
        ' font-family="sans-serif" font-size="12" fill="#222222">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="{gap}" y="20" font-size="15" font-weight="bold">{heading}</text>',
    ]
    for number, (name, found) in enumerate(fields.items()):
        x, y = gap + number * (side + gap), top + side
        parts.append(f'<text x="{x}" y="{top - 8}">{name} ({found.count} pages)</text>')
        parts.append(f'<rect x="{x}" y="{top}" width="{side}" height="{side}" fill="none" stroke="#999999"/>')
        parts.append(f'<line x1="{x}" y1="{y}" x2="{x + side}" y2="{top}" stroke="#bbbbbb" stroke-dasharray="4 4"/>')
        for tick in (0, 0.5, 1):
            parts.append(f'<text x="{x + tick * side:.0f}" y="{y + 16}" text-anchor="middle">{tick:g}</text>')
            parts.append(f'<text x="{x - 8}" y="{y - tick * side + 4:.0f}" text-anchor="end">{tick:g}</text>')
        parts.append(f'<text x="{x + side / 2}" y="{y + 34}" text-anchor="middle">stated</text>')
        line = " ".join(f"{x + said * side:.1f},{y - true * side:.1f}" for said, true, _ in found.points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="#1f6fb2" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x + said * side:.1f}" cy="{y - true * side:.1f}" r="4" fill="#1f6fb2"/>'
            for said, true, _ in found.points
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"
