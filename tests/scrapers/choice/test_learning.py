"""Learning a choice: a document that counts twice is learned from as if it stood there twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from scrapers.choice.chooser import Candidate
from tests.training.boosting import grow
from tests.training.choice import Example, FieldTraining, Softmax, learned


def example(number: int, weight: float = 1.0) -> Example:
    """Return one document with four candidates, one of them right."""
    draw = np.random.default_rng(number)
    right = int(draw.integers(4))
    candidates = [
        Candidate(value=n, raw="", origin="text", facts={"told": float(draw.random() + (n == right)), "far": float(n)})
        for n in range(4)
    ]
    return Example(str(number), candidates, [float(n == right) for n in range(4)], True, weight=weight)


def weights(made: Sequence[Example]) -> list[float]:
    model = Softmax(["told", "far"], {}, none=True, penalty=1.0)
    model.fit(made, steps=60)
    return [float(weight) for weight in model.weights]


def test_a_weight_of_two_is_the_same_document_twice() -> None:
    once = [example(number) for number in range(12)]
    twice = [*once, *once[:3]]
    weighted = [replace(e, weight=2.0) if place < 3 else e for place, e in enumerate(once)]
    assert weights(weighted) == pytest.approx(weights(twice), rel=1e-6)
    assert weights(weighted) != pytest.approx(weights(once), rel=1e-6)


def test_facts_are_rare_by_what_their_documents_count() -> None:
    # Four candidates of each document are told, three are far: 32 and 24 of them where a document counts four times.
    made = {"title": [replace(example(number), weight=4.0) for number in range(2)]}
    weights = json.loads(learned(made, {"title": FieldTraining(penalty=0.0, rare=28, trees=2)}))["title"]
    assert "told" in weights
    assert "far" not in weights


def test_trees_follow_the_documents_that_count() -> None:
    rows = np.array([[1.0], [0.0], [1.0], [0.0]] * 20)
    page = np.repeat(np.arange(40), 2)
    right = np.array([1.0, 0.0, 0.0, 1.0] * 20)
    for first, leans in ((5.0, True), (0.2, False)):
        weight = np.array([first, 1.0] * 20)
        forest = grow(["told"], rows, page, right, np.zeros(80), weight, none=False, count=10)
        found = [Candidate(value=n, raw="", origin="text", facts={"told": float(n)}) for n in (0, 1)]
        none, told = forest.scores(found)
        assert bool(told > none) is leans
