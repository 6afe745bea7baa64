"""How sure a choice is: a probability that rises with the odds, and a floor below which nothing is given."""

from __future__ import annotations

import random

import pytest

from scrapers.choice.chooser import Calibration, Candidate, Chooser, Forest, from_json, shares, shipped
from tests.scrapers.html.fields.test_fields import ARTICLE, LD, said
from tests.training.calibration import Judged, fitted, fitted_by_facts, reliability


def chooser(floor: float) -> Chooser:
    weights = {"authors": {"": -1.0, "labelled": 4.0, "threshold": 0.1}}
    calibration = Calibration(odds=(-1.0, 3.0), chances=(0.3, 0.9), floor=floor)
    empty = from_json(
        '{"trees": {"authors": {"facts": ["x"], "columns": [[0]], "borders": [[0]], "leaves": [[0, 0]]}}}'
    )
    trees: dict[str, Forest] = dict(empty.trees)
    return Chooser(weights=weights, trees=trees, calibrations={"authors": calibration})


def test_every_candidate_has_a_probability_and_the_least_sure_are_not_given() -> None:
    found = [Candidate(value=n, raw=n, origin="text", facts={"labelled": float(n == "A")}) for n in ("A", "B")]
    ranked = chooser(0.5).rank("authors", found)
    assert [c.value for c in ranked] == ["A", "B"]
    assert [c.confidence for c in ranked] == sorted((c.confidence or 0.0 for c in ranked), reverse=True)
    assert all(0.3 <= (c.confidence or 0.0) <= 0.9 for c in ranked)
    assert chooser(0.5).sure_enough("authors", ranked[0])
    assert not chooser(0.5).sure_enough("authors", ranked[1])
    assert ranked[0].found().confidence == ranked[0].confidence


def test_one_value_that_is_compared_with_none_says_little() -> None:
    assert shares([7.0], none=False) == [0.75]
    assert shares([7.0], none=True)[0] > 0.99
    assert sum(shares([1.0, 2.0, 3.0], none=False)) == pytest.approx(1)


def test_a_fit_on_half_of_the_values_tells_the_truth_of_the_others() -> None:
    draw = random.Random(4)
    values = [Judged(str(n), share := draw.random(), draw.random() < 0.4 + 0.5 * share) for n in range(4000)]
    calibration = fitted(values[::2])
    assert list(calibration.chances) == sorted(calibration.chances)
    told = reliability([calibration.confidence(v.share) for v in values[1::2]], [v.right for v in values[1::2]])
    assert told.distance < 0.05
    assert 0 < told.doubtful < 1


def test_what_is_known_of_a_value_tells_more_than_its_share_alone() -> None:
    draw = random.Random(5)
    values = []
    for number in range(2000):
        share, agreed = draw.uniform(0.2, 0.9), float(draw.random() < 0.5)
        chance = 0.35 + 0.2 * share + 0.4 * agreed
        values.append(
            Judged(str(number), share, draw.random() < chance, facts={"agreed": agreed, "idle": draw.random()})
        )
    by_facts, by_share = fitted_by_facts(values[::2], ["agreed", "idle"], 0.5), fitted(values[::2])
    right = [v.right for v in values[1::2]]
    told = reliability([by_facts.confidence(v.share, v.facts) for v in values[1::2]], right)
    assert told.distance < 0.05
    assert told.doubtful > reliability([by_share.confidence(v.share) for v in values[1::2]], right).doubtful
    assert by_facts.floor == 0.5
    assert by_facts.evidence["agreed"] > 5 * abs(by_facts.evidence["idle"])


@pytest.mark.parametrize("field", ["title", "authors", "date_published"])
def test_pages_tell_how_sure_their_values_are(field: str) -> None:
    graph = LD.format(
        '{"@type":"Article","headline":"Water and mines","datePublished":"2019-05-23",'
        '"author":{"@type":"Person","name":"Jane Doe"}}'
    )
    found = said(ARTICLE, f"<title>Water and mines</title>{graph}")
    assert 0.5 < found[field].confidence <= 1
    assert found[field].confidence >= shipped("scrapers.html").calibrations[field].floor
