from itertools import product
from math import isclose

import pytest

from pipeline.drift.chances import (
    UNKNOWN,
    Count,
    Prior,
    agreement,
    alike_tail,
    betabinomial_tail,
    fall,
    series_tail,
    student_tail,
    tail,
)


def test_the_tail_of_no_odd_document_is_certain() -> None:
    assert betabinomial_tail(Count(0, 9), 0.5, 3) == 1.0


def test_the_beta_binomial_tail_is_that_of_an_urn() -> None:
    # Pólya's urn: start with 2 odd and 3 sound balls, put each back with one more of its kind.
    def chance(draws: tuple[bool, ...]) -> float:
        odd, sound, total = 2.0, 3.0, 1.0
        for drawn in draws:
            total *= (odd if drawn else sound) / (odd + sound)
            odd, sound = odd + drawn, sound + (not drawn)
        return total

    expected = sum(chance(draws) for draws in product((False, True), repeat=5) if sum(draws) >= 3)
    assert isclose(betabinomial_tail(Count(3, 5), 2, 3), expected)


def test_the_bound_of_agreement_is_exact_where_one_value_is_held_by_most() -> None:
    # Ewens: after j documents of one value, the next holds it with j / (j + theta).
    theta = 9.0
    assert isclose(alike_tail(Count(4, 4), 0.1), 1 / (1 + theta) * 2 / (2 + theta) * 3 / (3 + theta))


def test_the_more_documents_the_less_likely() -> None:
    chances = [tail(Count(n, n), [Count(1, 40)] * 5, UNKNOWN) for n in (3, 6, 12, 24)]
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] < 1e-6


def test_a_source_that_varies_from_run_to_run_is_judged_by_that() -> None:
    steady = [Count(2, 10)] * 20
    moody = [Count(0, 10), Count(0, 10), Count(0, 10), Count(8, 10)] * 5
    assert tail(Count(8, 10), steady, UNKNOWN) < 1e-3 < tail(Count(8, 10), moody, UNKNOWN)


def test_a_large_first_run_does_not_outweigh_all_that_follow() -> None:
    history = [Count(0, 5)] * 40
    assert tail(Count(5, 5), [Count(900, 1_000), *history], UNKNOWN) > tail(Count(5, 5), history, UNKNOWN)
    assert tail(Count(5, 5), [Count(0, 1_000), *[Count(4, 5)] * 40], UNKNOWN) > 0.1


def test_two_documents_prove_nothing_of_a_share_that_nothing_is_known_of() -> None:
    assert tail(Count(2, 2), [], UNKNOWN) > 0.2


def test_agreement_is_learned_from_pairs() -> None:
    assert agreement([], Prior(0.02, 100)) == pytest.approx(0.02)
    assert agreement([Count(50, 100)] * 20, Prior(0.02, 100)) == pytest.approx(0.477, abs=0.01)


@pytest.mark.parametrize(("t", "freedom", "chance"), [(1.812, 10, 0.05), (2.228, 10, 0.025), (3.055, 12, 0.005)])
def test_student_has_the_printed_quantiles(t: float, freedom: int, chance: float) -> None:
    assert student_tail(t, freedom) == pytest.approx(chance, rel=0.01)


def test_a_listing_that_halves_is_told_from_one_that_always_swings() -> None:
    assert fall(15, [30]) < 1e-3
    assert fall(50, [98, 99, 100, 100, 101]) < 1e-6
    assert fall(15, [30, 14, 33, 12, 31, 15, 29, 14, 30]) > 0.01


def test_growth_makes_no_fall_likely() -> None:
    assert fall(40, [10, 20, 40, 80, 80, 80]) < 1e-4


def test_a_series_does_not_go_on_from_run_to_run() -> None:
    assert series_tail([4]) > 1e-2 > 1e-3 > series_tail([4, 4]) > series_tail([4, 4, 4])


def test_counts_of_any_size_are_taken() -> None:
    assert 0 <= tail(Count(90_000, 100_000), [Count(1_000, 100_000)], UNKNOWN) < 1e-6
    assert 0 <= alike_tail(Count(90_000, 100_000), 0.01) < 1e-6
