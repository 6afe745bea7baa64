"""The probability that a run differs this much by chance, for small counts and for documents that resemble each other.

The documents of one run are not independent: an author uploads a series, an archive is scanned in one go. So shares are
compared by the beta-binomial distribution, with a spread estimated from the source's earlier runs, and numbers of equal
values by Ewens' sampling formula (W. J. Ewens, 1972), whose one parameter is how often two documents agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan, cos, exp, lgamma, log, prod, sin, sqrt
from typing import NamedTuple

MOST_COUNTED = 2_000
"""Larger counts are scaled down to this: no test needs more, and the sums below stay short."""

RUN_COUNTS = 100
"""Largest weight of one run in the history, in documents: the first run of a source must not outweigh all others."""

LIKENESS, LIKENESS_WEIGHT = 0.04, 40.0
"""Assumed correlation of the documents of one run, and the weight of that assumption in documents."""


SERIES, SERIES_LENGTH = 0.1, 3.0
"""Probability that the new documents of a run are a series, and the mean length of a series."""


class Count(NamedTuple):
    """A number of documents (`odd`) out of a total (`of`)."""

    odd: float
    of: float

    def __add__(self, other: Count) -> Count:  # type: ignore[override]
        return Count(self.odd + other.odd, self.of + other.of)

    @property
    def share(self) -> float:
        """The share, 0 of none."""
        return self.odd / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Prior:
    """The prior of a share: its mean, and its weight in documents."""

    mean: float
    weight: float


UNKNOWN = Prior(0.5, 1.0)


def tail(now: Count, history: Sequence[Count], prior: Prior) -> float:
    """Return the probability of at least `now.odd` of `now.of`, given the history of runs: a beta-binomial tail."""
    runs = [_capped(run, RUN_COUNTS) for run in history if run.of]
    odd, of = sum(run.odd for run in runs), sum(run.of for run in runs)
    mean = (odd + prior.mean * prior.weight) / (of + prior.weight)
    likeness = _likeness(runs, mean)
    spread = likeness + (1 - likeness) / (of + prior.weight + 1)
    precision = 1 / spread - 1
    return betabinomial_tail(now, mean * precision, (1 - mean) * precision)


def _likeness(runs: Sequence[Count], mean: float) -> float:
    """Return the correlation of documents of one run by the method of moments, shrunk towards `LIKENESS`."""
    excess = sum((run.odd - run.of * mean) ** 2 / (run.of * mean * (1 - mean)) - 1 for run in runs if run.of > 1)
    weight = sum(run.of - 1 for run in runs if run.of > 1)
    likeness = (max(excess, 0.0) + LIKENESS * LIKENESS_WEIGHT) / (weight + LIKENESS_WEIGHT)
    return min(likeness, 0.9)


def betabinomial_tail(now: Count, alpha: float, beta: float) -> float:
    """Return P(X >= odd) of `of` draws, whose probability is itself drawn from Beta(alpha, beta)."""
    now = _capped(now, MOST_COUNTED)
    of, odd = round(now.of), round(now.odd)
    if odd <= 0:
        return 1.0
    constant = lgamma(of + 1) + lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta) - lgamma(of + alpha + beta)
    return min(
        1.0,
        sum(
            exp(constant - lgamma(x + 1) - lgamma(of - x + 1) + lgamma(x + alpha) + lgamma(of - x + beta))
            for x in range(odd, of + 1)
        ),
    )


def alike_tail(now: Count, agreement: float) -> float:
    """Return a bound of the probability that at least `odd` of `of` documents hold one value that was rare before.

    Args:
        now: How many hold the most frequent value, of how many.
        agreement: The probability that two documents of one run agree.
    """
    now = _capped(now, MOST_COUNTED)
    of, odd = round(now.of), round(now.odd)
    theta = (1 - agreement) / agreement
    return min(
        1.0,
        sum(
            theta / j * exp(lgamma(of + 1) - lgamma(of - j + 1) + lgamma(theta + of - j) - lgamma(theta + of))
            for j in range(max(odd, 1), of + 1)
        ),
    )


def series_tail(runs: Iterable[float]) -> float:
    """Return the probability that the new documents of each of these runs are a series; `runs` are their numbers.

    Sites publish series: one author, one language, no file, all short. Long series are rare, and a series does not
    continue from run to run, as a fault does.
    """
    return prod(SERIES * exp(-number / SERIES_LENGTH) for number in runs if number)


def agreement(runs: Iterable[Count], prior: Prior) -> float:
    """Return the probability that two documents of one run agree; `runs` hold agreeing pairs out of all pairs."""
    counted = [_capped(run, RUN_COUNTS) for run in runs]
    odd, of = sum(run.odd for run in counted), sum(run.of for run in counted)
    return min((odd + prior.mean * prior.weight) / (of + prior.weight), 0.999)


def fall(now: float, before: Sequence[float], usual_change: float = 0.08, weight: int = 12) -> float:
    """Return the probability that a count fell so far: Student's t on the logarithms of its falls from run to run.

    Args:
        now: The count of this run.
        before: The counts of earlier runs, oldest first; one at least.
        usual_change: The share by which such counts are assumed to change.
        weight: The weight of that assumption, in changes.
    """
    recent = sorted(before[-5:])
    reference = recent[len(recent) // 2]
    changes = [min(log((b + 0.5) / (a + 0.5)), 0.0) for a, b in pairwise(before)]  # growth does not count
    scale = sqrt((weight * usual_change**2 + sum(change**2 for change in changes)) / (weight + len(changes)))
    t = log((now + 0.5) / (reference + 0.5)) / (scale * sqrt(1 + 1 / len(recent)))
    return student_tail(-t, min(weight + len(changes), 60))


def student_tail(t: float, freedom: int) -> float:
    """Return P(T >= t) of Student's t; odd degrees of freedom count as one fewer (Abramowitz and Stegun, 26.7.4)."""
    freedom -= freedom % 2
    angle = atan(t / sqrt(freedom))
    term = total = 1.0
    for k in range(1, freedom // 2):
        term *= (2 * k - 1) / (2 * k) * cos(angle) ** 2
        total += term
    return max((1 - sin(angle) * total) / 2, 0.0)


def _capped(count: Count, most: float) -> Count:
    return count if count.of <= most else Count(count.odd * most / count.of, most)
