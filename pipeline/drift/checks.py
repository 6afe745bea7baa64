"""The tests of one field: are more documents than usual odd in one way, and is it enough to matter?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.drift.chances import UNKNOWN, Count, Prior, agreement, alike_tail, series_tail, tail
from pipeline.drift.tallies import ATTACHMENTS, GONE, LISTING, MOST_EXAMPLES, UNMATCHED, Tally, number_of

LEAST_ODD = 3
"""Fewest odd documents that can be drift."""
LEAST_GONE = 10
"""Fewest gone documents that can be drift: sites take down fewer in a day."""
LEAST_CHANGE = 0.25
"""Smallest rise of a share that matters, however certain it is."""
LEAST_HISTORY = 10
"""Documents that judging a share needs: of earlier runs, or, for a field in `FLOORS`, of this run as well."""
HISTORY = 300
"""Documents of the history: it goes back to the run with which this number is reached."""
WINDOWS = (1, 5, 10, 20)
"""A run is judged alone, and together with earlier runs up to these numbers of documents, as runs may be small."""

FLOORS = {("page", "title"): Prior(0.05, 10), ("page", "body"): Prior(0.05, 10), ("file", "body"): Prior(0.1, 10)}
"""Assumed shares of missing values, for fields that are nearly always there: even a first run is judged by them."""
PRIORS = {
    "lost": Prior(0.01, 50),
    "changed": Prior(0.05, 20),
    "shrunk": Prior(0.02, 40),
    "gone": Prior(0.02, 30),
}
AGREEMENT = {
    "title": Prior(0.02, 100),
    "body": Prior(0.01, 100),
    "date_published": Prior(0.2, 20),
}
"""Prior probability that two documents hold the same value, frequent values left out."""
AGREEMENT_OF_OTHERS = Prior(0.1, 20)
ALWAYS = ("title", "body", "date_published")
"""Fields that documents of every kind have: no series explains that they are missing."""
FREQUENT = 0.05
OLDER_DAYS = 60
"""Days by which dates must be older than most were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A test: the probability of the observation in an ordinary run, and what to say if it is too small."""

    media: str
    field: str
    aspect: str
    chance: float
    says: Callable[[], str]
    examples: tuple[str, ...] = ()


def tests_of(media: str, name: str, now: Tally, past: list[Tally], *, windows: Sequence[int]) -> Iterator[Test]:
    """Yield the tests of one field for which there are enough documents, one for each window."""
    if name == LISTING:
        return
    for aspect in now.odd:
        yield from _share(media, name, aspect, now, past, windows)
    group = "all" if name in ("title", "body") else "new"
    if name == "date_published":
        group = "past"  # documents published since the last run may share a date
    if now.held[group]:
        yield from _alike(media, name, group, now, past, windows)
    if "length" in now.bins:
        for quantile in (0.1, 0.5):
            yield from _beyond(media, name, "length", quantile, now, past, windows)
    if "age" in now.bins:
        yield from _beyond(media, name, "age", 0.9, now, past, windows)


def _windows(
    now: Tally, past: list[Tally], size: Callable[[Tally], float], windows: Sequence[int]
) -> Iterator[tuple[list[Tally], list[Tally]]]:
    """Yield, for each window, the runs that are judged together, this one last, and the history before them.

    A run that a person has accepted is history: it is not judged again together with later runs.
    """
    cuts = set()
    for least in windows:
        cut, documents = len(past), size(now)
        while documents < least and cut and not past[cut - 1].accepted:
            cut -= 1
            documents += size(past[cut])
        if cut in cuts:
            continue
        cuts.add(cut)
        start, documents = cut, 0.0
        while start and documents < HISTORY:
            start -= 1
            documents += size(past[start])
        yield [*past[cut:], now], past[start:cut]


def _share(media: str, name: str, aspect: str, now: Tally, past: list[Tally], windows: Sequence[int]) -> Iterator[Test]:
    """Test whether an aspect (missing, lost, changed ...) is true of more documents than usual."""
    if aspect == UNMATCHED:
        past = [tally for tally in past if tally.selector == now.selector]
    for recent, before in _windows(now, past, lambda tally: odd_of(tally, aspect).of, windows):
        here, usual = (_total(odd_of(tally, aspect) for tally in runs) for runs in (recent, before))
        floor = FLOORS.get((media, name)) if aspect == "missing" else PRIORS.get(aspect)
        prior = floor or UNKNOWN
        known = usual.of + (here.of if aspect == "missing" else prior.weight if floor else 0)
        if here.of < LEAST_ODD or known < LEAST_HISTORY or (floor is None and usual.of < LEAST_HISTORY):
            continue
        expected = (usual.odd + prior.mean * prior.weight) / (usual.of + prior.weight)
        chance = 1.0
        least = LEAST_GONE if aspect == GONE else LEAST_ODD
        if here.odd >= least and min(here.share, odd_of(now, aspect).share) >= expected + LEAST_CHANGE:
            chance = tail(here, [odd_of(tally, aspect) for tally in before], prior)
            if aspect in ("missing", UNMATCHED) and name not in ALWAYS:
                chance = max(chance, series_tail(odd_of(tally, aspect).odd for tally in recent))
        yield Test(
            media=media,
            field=name,
            aspect=aspect,
            chance=chance,
            says=partial(_odd_in_words, media, name, aspect, here, usual, now),
            examples=examples_of(recent, aspect),
        )


def _odd_in_words(media: str, name: str, aspect: str, here: Count, usual: Count, now: Tally) -> str:
    new, known = f"new {media}s", f"known {media}s"
    rest, before = Count(here.of - here.odd, here.of), Count(usual.of - usual.odd, usual.of)
    if aspect == "missing":
        subject = "a linked file" if name == ATTACHMENTS else name
        usually = f"before on {in_words(before)}" if before.of else "and before there were none to compare with"
        return f"{subject} was found on {in_words(rest)} {new}, {usually}"
    if aspect == UNMATCHED:
        return f"{of_selector(now, name, in_words(rest))} {media}s, before on {in_words(before)}"
    if aspect == "lost":
        subject = "linked files are" if name == ATTACHMENTS else f"{name} is"
        return f"{subject} gone from {in_words(here)} {known} that had it, before from {in_words(usual)}"
    if aspect == "changed":
        return f"{name} differs from what was stored on {in_words(here)} {known}, before on {in_words(usual)}"
    if aspect == "shrunk":
        return f"{name} has lost more than half of its length on {in_words(here)} {known}, before on {in_words(usual)}"
    assert aspect == GONE
    return f"{in_words(here)} known addresses that were asked for answer that they are gone, before {in_words(usual)}"


def _alike(media: str, name: str, group: str, now: Tally, past: list[Tally], windows: Sequence[int]) -> Iterator[Test]:
    """Test whether more documents than usual hold one value."""
    for recent, before in _windows(now, past, lambda tally: tally.held[group], windows):
        again = _again(recent, group)
        total, usual_total = (sum(tally.held[group] for tally in runs) for runs in (recent, before))
        total -= again.total()
        if total < LEAST_ODD or (usual_total < LEAST_HISTORY and name != "title"):
            continue
        values, usual_values = _values(recent, group) - again, _values(before, group)
        for value, number in values.most_common(2):
            here, usual = Count(number, total), Count(usual_values[value], usual_total)
            chance = 1.0
            mine = Count(now.values.get(group, Counter())[value], now.held[group])
            if number >= LEAST_ODD and min(here.share, mine.share) >= usual.share + LEAST_CHANGE:
                chance = _chance_alike(name, group, value, here, before, usual_values)
                if group != "all" and before:
                    chance = max(chance, series_tail(tally.values.get(group, Counter())[value] for tally in recent))
            yield Test(
                media=media,
                field=name,
                aspect="alike",
                chance=chance,
                says=partial(_alike_in_words, media, name, value, here, usual),
                examples=tuple(now.holders.get(value, ())),
            )


def _again(recent: list[Tally], group: str) -> Counter[str]:
    """Return how often a value was only read again; read in three runs, one document would look like three of them."""
    if group != "all" or len(recent) == 1:
        return Counter()
    return sum((tally.again for tally in recent), Counter())


def _chance_alike(name: str, group: str, value: str, here: Count, before: list[Tally], usual: Counter[str]) -> float:
    """Return the larger of two probabilities: that this value, or that any rare value, became so frequent."""
    total = sum(tally.held[group] for tally in before)
    frequent = {key for key, number in usual.items() if number >= FREQUENT * total}
    pairs = []
    for tally in before:
        held, values = tally.held[group], tally.values.get(group, Counter())
        rare = tally.alike[group] - sum(values[key] * (values[key] - 1) / 2 for key in frequent)
        pairs.append(Count(max(rare, 0.0), held * (held - 1) / 2))
    chance = alike_tail(here, agreement(pairs, AGREEMENT.get(name, AGREEMENT_OF_OTHERS)))
    if not total:
        return chance
    runs = [Count(tally.values.get(group, Counter())[value], tally.held[group]) for tally in before]
    return max(chance, tail(here, runs, UNKNOWN))


def _alike_in_words(media: str, name: str, value: str, here: Count, usual: Count) -> str:
    what = "the whole body is the same" if name == "body" else f"{name} is {value!r}"
    return f"{what} on {in_words(here)} {media}s, before on {in_words(usual)}"


def _beyond(
    media: str, name: str, kind: str, quantile: float, now: Tally, past: list[Tally], windows: Sequence[int]
) -> Iterator[Test]:
    """Test whether more new documents than usual are shorter, or dated earlier, than most were."""
    for recent, before in _windows(now, past, lambda tally: _bins([tally], kind).total(), windows):
        here, usual = _bins(recent, kind), _bins(before, kind)
        if here.total() < LEAST_ODD or usual.total() < 2 * LEAST_HISTORY:
            continue
        bound = _quantile(usual, quantile)
        middle, usual_middle = (number_of(kind, _quantile(bins, 0.5)) for bins in (here, usual))
        shorter, older = middle * 2 <= usual_middle, middle >= number_of(kind, bound) + OLDER_DAYS
        matters = shorter if kind == "length" else older
        odd = [_beyond_bound(_bins([tally], kind), bound, below=kind == "length") for tally in (*recent, *before)]
        mine = _total(odd[: len(recent)])
        chance = 1.0
        if matters and mine.odd >= LEAST_ODD:
            chance = max(
                tail(mine, odd[len(recent) :], UNKNOWN), series_tail(count.odd for count in odd[: len(recent)])
            )
        yield Test(
            media=media,
            field=name,
            aspect="short" if kind == "length" else "old",
            chance=chance,
            says=partial(_beyond_in_words, media, name, kind, here.total(), middle, usual_middle),
            examples=examples_of(recent, kind),
        )


def _beyond_bound(bins: Counter[int], bound: int, *, below: bool) -> Count:
    odd = sum(number for key, number in bins.items() if (key < bound if below else key > bound))
    return Count(odd, bins.total())


def _beyond_in_words(media: str, name: str, kind: str, documents: int, middle: int, usual: int) -> str:
    if kind == "length":
        return f"{name} has about {middle:,} characters on the median of {documents} new {media}s, before {usual:,}"
    return f"{name} lies about {middle:,} days back on the median of {documents} new {media}s, before {usual:,}"


def odd_of(tally: Tally, aspect: str) -> Count:
    """Return how many documents show an aspect, of how many."""
    return tally.odd.get(aspect, Count(0, 0))


def _total(counts: Iterable[Count]) -> Count:
    return sum(counts, Count(0, 0))


def _values(tallies: Sequence[Tally], group: str) -> Counter[str]:
    values: Counter[str] = Counter()
    for tally in tallies:
        values.update(tally.values.get(group, Counter()))
    return values


def _bins(tallies: Sequence[Tally], kind: str) -> Counter[int]:
    bins: Counter[int] = Counter()
    for tally in tallies:
        bins.update(tally.bins.get(kind, Counter()))
    return bins


def _quantile(bins: Counter[int], share: float) -> int:
    """Return the bin in which that share of the documents is reached."""
    reached, total = 0, bins.total()
    for key in sorted(bins):
        reached += bins[key]
        if reached >= share * total:
            return key
    return 0


def examples_of(recent: Sequence[Tally], what: str) -> tuple[str, ...]:
    """Return some addresses, of the newest run first."""
    urls = (url for tally in reversed(recent) for url in tally.examples.get(what, ()))
    return tuple(dict.fromkeys(urls))[:MOST_EXAMPLES]


def of_selector(now: Tally, name: str, where: str) -> str:
    """Return the beginning of a sentence: the pages on which a selector matched; where it matched more, and what."""
    if now.ignored:
        return f"the selector {now.selector!r} for {name} {now.ignored}, and gave a value on {where}"
    return f"the selector {now.selector!r} for {name} matched on {where}"


def in_words(count: Count) -> str:
    """Return `3 of 40`, or that there were none."""
    if not count.of:
        return "none"
    return f"{count.odd:,.0f} of {count.of:,.0f}"
