"""Grow small symmetric trees that choose one of each page's candidates: gradient boosting of a softmax over a page.

It starts from what a weighted sum of the facts says, so the trees learn only what facts say together. Several forests
are grown, each from draws of its own, and their mean is taken: what one owes to chance then decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scrapers.choice.chooser import Forest

Floats = NDArray[np.float64]

FORESTS = 3
TREES = 150
"""Of each forest."""
LEVELS = 3
RATE = 0.06
SHRINK = 3.0
PAGES = 0.7
"""Share of the pages that each tree sees."""
FACTS = 0.5
"""Share of the facts that each tree may ask for."""
BINS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """All that a tree can ask, with each candidate's answers."""

    columns: NDArray[np.intp]
    borders: Floats
    answers: NDArray[np.float32]
    """Candidates by questions: 1 where the fact is over the border."""


def questions(rows: Floats) -> Questions:
    """Return for each fact its borders: between all its values, or at quantiles where they are many."""
    columns: list[int] = []
    borders: list[float] = []
    for column in range(rows.shape[1]):
        values = np.unique(rows[:, column])
        if len(values) > BINS:
            cuts = np.unique(np.quantile(rows[:, column], np.linspace(0, 1, BINS + 1)[1:-1]))
            cuts = cuts[cuts < values[-1]]
        else:
            cuts = (values[1:] + values[:-1]) / 2
        cuts = np.unique(cuts.round(5))
        columns += [column] * len(cuts)
        borders += cuts.tolist()
    answers = (rows[:, columns] > np.array(borders)).astype(np.float32)
    return Questions(columns=np.array(columns), borders=np.array(borders), answers=answers)


def grow(
    facts: list[str],
    rows: Floats,
    page: NDArray[np.intp],
    right: Floats,
    base: Floats,
    weight: Floats,
    *,
    none: bool,
    count: int = TREES,
    any_right: bool = False,
) -> Forest:
    """Return the trees.

    Args:
        facts: names of the columns.
        rows: candidates by facts, the candidates of a page together.
        page: the number of each candidate's page.
        right: how right each candidate is; of a page they add up to 1, or to 0 where none is meant. With `any_right`
            they need not add up: it is enough to choose one of those that are right, whichever is easiest to tell.
        base: what is already said of each candidate (log odds).
        weight: how often each page counts.
        none: whether a page may mean none of its candidates.
        count: trees of each forest.
        any_right: as in `FieldTraining`.
    """
    asked = questions(rows)
    grown = [
        _forest(
            asked, page, right, base, weight, np.random.default_rng(seed), none=none, count=count, any_right=any_right
        )
        for seed in range(FORESTS)
    ]
    columns, borders, leaves = (np.concatenate(parts) for parts in zip(*grown, strict=True))
    used = np.unique(columns)
    return Forest(
        facts=tuple(facts[column] for column in used),
        columns=np.searchsorted(used, columns),
        borders=borders,
        leaves=(leaves / FORESTS).round(4),
    )


def easiest(right: Floats, chance: Floats, page: NDArray[np.intp]) -> Floats:
    """Return how likely each candidate is to be chosen, given that a right one of its page is."""
    share = right * chance
    total = np.bincount(page, share)
    return np.asarray(share / np.where(total > 0, total, 1.0)[page])


def _forest(
    asked: Questions,
    page: NDArray[np.intp],
    right: Floats,
    base: Floats,
    weight: Floats,
    draw: np.random.Generator,
    *,
    none: bool,
    count: int,
    any_right: bool,
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Return one forest: the columns asked, their borders, and the leaves, tree by tree."""
    count_of_facts = int(asked.columns.max()) + 1
    pages = int(page.max()) + 1
    said = base.copy()
    every = np.arange(len(base))
    columns = np.zeros((count, LEVELS), np.intp)
    borders = np.zeros((count, LEVELS))
    leaves = np.zeros((count, 1 << LEVELS))
    for tree in range(count):
        top = np.full(pages, 0.0 if none else -np.inf)
        np.maximum.at(top, page, said)
        raised = np.exp(said - top[page])
        total = np.bincount(page, raised, minlength=pages) + (np.exp(-top) if none else 0.0)
        chance = raised / total[page]
        seen = ((draw.random(pages) < PAGES) * weight)[page]
        slope = (chance - (easiest(right, chance, page) if any_right else right)) * seen
        bend = np.maximum(chance * (1 - chance), 1e-6) * seen
        drawn = draw.random(count_of_facts) < FACTS
        allowed = np.flatnonzero((drawn if drawn.any() else ~drawn)[asked.columns])
        leaf = np.zeros(len(base), np.intp)
        for level in range(LEVELS):
            nodes = 1 << level
            sums = np.zeros((len(base), 2 * nodes), np.float32)
            sums[every, leaf], sums[every, nodes + leaf] = slope, bend
            over = (sums.T @ asked.answers)[:, allowed]
            whole = sums.sum(axis=0)[:, None]
            under = whole - over
            gain = over[:nodes] ** 2 / (over[nodes:] + SHRINK) + under[:nodes] ** 2 / (under[nodes:] + SHRINK)
            best = int(gain.sum(axis=0).argmax())
            columns[tree, level], borders[tree, level] = asked.columns[allowed[best]], asked.borders[allowed[best]]
            leaf |= (asked.answers[:, allowed[best]] > 0).astype(np.intp) << level
        slopes = np.bincount(leaf, slope, minlength=1 << LEVELS)
        bends = np.bincount(leaf, bend, minlength=1 << LEVELS)
        leaves[tree] = -RATE * slopes / (bends + SHRINK)
        said += leaves[tree][leaf]
    return columns, borders, leaves
