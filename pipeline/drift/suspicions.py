"""Compare a run with the earlier runs of its source. Counts in, suspicions out: no database, no clock.

Known documents are compared with their own earlier values, new ones with the source's earlier new ones. The probability
that an ordinary run is held is at most `FALSE_ALARMS`, shared among all tests of the run (Bonferroni). Each test asks
how probable the difference is by chance, and whether it is large enough to matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.drift.chances import Count, fall
from pipeline.drift.checks import WINDOWS, Test, examples_of, in_words, odd_of, of_selector, tests_of
from pipeline.drift.tallies import LISTING, UNMATCHED, Tallies, Tally

FALSE_ALARMS = 0.01
"""Highest probability that an ordinary run is held, over all its tests; in simulations it is far lower."""
LISTING_SHARE = 0.2
"""Share of `FALSE_ALARMS` for the one test of the listing."""

LEAST_FEWER = 5
"""Smallest fall of a listing that can be drift: sites remove fewer documents in a day."""
SELECTOR_PAGES = 20
"""Consecutive pages without a match after which a configured selector is suspect."""
SELDOM = 0.01
"""A selector that always matched seldom is suspect only if that many misses in a row are less probable than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """A difference from earlier runs."""

    media: str
    """page or file."""
    field: str
    aspect: str
    """missing, lost, changed, shrunk, unmatched, alike, short, old, fewer, gone."""
    sentence: str
    """Field, before, now; without the source's name and the examples."""
    examples: tuple[str, ...] = ()
    chance: float
    """The probability of such a difference in an ordinary run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The tallies of an earlier run that was loaded."""

    run_id: int
    accepted: bool
    tallies: Tallies


def suspicions(cohorts: Sequence[Tallies], history: Sequence[Past]) -> list[Suspicion]:
    """Return what is unusual, the least probable first, one for each field and aspect.

    Args:
        cohorts: The tallies of the run; then, for each earlier run that left results to it, those of its results, which
            are judged by themselves as well, so that new good documents do not hide old bad ones.
        history: Earlier runs that were loaded, oldest first.
    """
    fields: list[Test] = []
    for number, cohort in enumerate(cohorts):
        for (media, name), tally in sorted(cohort.items()):
            past = [run.tallies[media, name] for run in history if (media, name) in run.tallies]
            fields += tests_of(media, name, tally, past, windows=WINDOWS if number == 0 else (1,))
    tests = [(test, FALSE_ALARMS * (1 - LISTING_SHARE) / len(fields)) for test in fields]
    if listing := cohorts[0].get(("page", LISTING)):
        tests += [(test, FALSE_ALARMS * LISTING_SHARE) for test in _listing(listing, history)]
    found: dict[tuple[str, str, str], Test] = {}
    for test, level in sorted(tests, key=lambda item: item[0].chance):
        if test.chance < level:
            found.setdefault((test.media, test.field, test.aspect), test)
    unlikely = [
        Suspicion(
            media=test.media,
            field=test.field,
            aspect=test.aspect,
            sentence=test.says(),
            examples=test.examples,
            chance=test.chance,
        )
        for test in found.values()
    ]
    return [
        *unlikely,
        *(one for one in _unmatched(cohorts[0], history) if (one.media, one.field, one.aspect) not in found),
    ]


def _listing(now: Tally, history: Sequence[Past]) -> Iterator[Test]:
    """Test whether the listing has fewer documents than before, or than in the last accepted run and since.

    Of a listing that is read only as far as it is new, the number of documents a page is compared.
    """
    whole: list[float] = []
    per_page: list[float] = []
    for run in history:
        if run.accepted:
            whole.clear()
            per_page.clear()
        tally = run.tallies.get(("page", LISTING))
        if tally is None or tally.count["mechanism"] != now.count["mechanism"]:
            continue
        if tally.count["complete"]:
            whole.append(tally.count["links"])
        else:
            per_page.append(_per_page(tally))
            if whole:
                whole[-1] += tally.count["new"]  # its growth since it was last read to its end
    number = now.count["links"] if now.count["complete"] else _per_page(now)
    before = whole if now.count["complete"] else per_page
    if not before:
        return
    usual = sorted(before[-5:])[len(before[-5:]) // 2]
    matters = number <= 0.75 * usual and usual - number >= LEAST_FEWER
    unit = "documents" if now.count["complete"] else "documents a page"
    yield Test(
        media="page",
        field=LISTING,
        aspect="fewer",
        chance=fall(number, before) if matters else 1.0,
        says=lambda: f"the listing led to {number:,.0f} {unit}, before to {usual:,.0f}",
        examples=tuple(now.examples.get(LISTING, ())),
    )


def _per_page(tally: Tally) -> float:
    links, pages = int(tally.count["links"]), int(tally.count["pages"])
    return links / max(pages, 1)


def _unmatched(now: Tallies, history: Sequence[Past]) -> Iterator[Suspicion]:
    """Yield the configured selectors that matched on none of the last pages, even where the fallback found values.

    Only pages since the last accepted run count; a selector that always matched seldom is not reported.
    """
    for (media, name), tally in sorted(now.items()):
        here = odd_of(tally, UNMATCHED)
        if media != "page" or tally.selector is None or here.odd < here.of or not here.of:
            continue
        pages, matched_before = here, Count(0, 0)
        for run in reversed(history):
            past = run.tallies.get((media, name))
            if past is None or past.selector != tally.selector:
                continue
            count = odd_of(past, UNMATCHED)
            if count.odd < count.of or matched_before.of:
                matched_before += count
            elif run.accepted:
                break
            else:
                pages += count
        if pages.of < SELECTOR_PAGES:
            continue
        missed = (matched_before.odd + 1) / (matched_before.of + 2) if matched_before.of else 0.0
        if missed**pages.of > SELDOM:
            continue
        yield Suspicion(
            media=media,
            field=name,
            aspect=UNMATCHED,
            sentence=(
                f"{of_selector(tally, name, f'none of the last {pages.of:.0f} pages')}, "
                f"before on {in_words(Count(matched_before.of - matched_before.odd, matched_before.of))}"
            ),
            examples=examples_of([tally], UNMATCHED),
            chance=0.0,
        )
