"""The verdict over staged rows on a real store; `tests.benchmarks.simulation.drift` measures how often it is right."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, update

from models.database.store import Store, open_store
from models.ledger import FieldStatistic, Run
from models.web import FetchAttempt, Staged, Url
from pipeline.drift.judge import Verdict, judge
from tests.pipeline.drift.made_breaks import (
    bodies_teased,
    breakages,
    cookie_wall,
    dates_lost,
    files_gone,
    selector_lost,
    titles_alike,
)
from tests.pipeline.drift.made_habits import Habits
from tests.pipeline.drift.made_source import Break, Made, MadeSource, Reading, made_store

CALM: dict[str, Any] = {
    "dates": 0.97, "authors": 0.9, "attachments": 0.8, "descriptions": 1.0, "languages": (0.0, "es"), "own_voice": 0.1,
    "people": 10, "length": 2_000, "spread": 0.4, "daily": 3, "series": 0.0, "late": 5, "selectors": {"authors": 0.95},
    "paged": False,
}  # fmt: skip


opened: list[Store] = []


@pytest.fixture(scope="module", autouse=True)
def _closed() -> Iterator[None]:
    yield
    for store in opened:
        store.close()


def made(folder: Path, size: int = 40, runs: int = 6, **other: Any) -> MadeSource:
    opened.append(made_store(folder))
    site = MadeSource(opened[-1], random.Random(7), size, habits=Habits(**{**CALM, **other}))
    for _ in range(runs):
        assert site.ordinary_run().held == ()
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> MadeSource:
    """A source with some history; a test may only break it in ways that are undone."""
    return made(tmp_path_factory.mktemp("made"))


def run_over(
    site: MadeSource,
    documents: list[Made],
    breakage: Break | None = None,
    *,
    status: str | None = "done",
    command: str = "run",
    **stage: Any,
) -> Verdict:
    """Run over just these documents, and load what is not held back; or leave it held (None), or drop it (rejected)."""
    site.now += timedelta(days=1)
    with site.store.begin() as connection:
        run = site.open(connection, command)
        site.stage(connection, run, documents, breakage, **stage)
        verdict = judge(connection, run, site.rules, site.listing() if command == "run" else None)
        if status in ("done", "accepted") and (status == "accepted" or not verdict.held):
            site.load(connection, run, status)
        else:
            if status == "rejected":
                connection.execute(delete(Staged).where(Staged.run_id == run.run_id))
            site.close(connection, run, "rejected" if status == "rejected" else "held")
    return verdict


@pytest.mark.parametrize(("kind", "breakage", "listing"), breakages(random.Random(3)), ids=lambda item: str(item)[:20])
def test_each_way_to_break_is_caught_on_the_first_full_run(
    site: MadeSource, kind: str, breakage: Break, listing: float
) -> None:
    held = site.broken_run(breakage, listing=listing).held
    assert held, kind
    for sentence in held:
        assert sentence.startswith("made: ")
        assert "before" in sentence
        assert sentence.count("https://made.example/") == 3


def test_a_sentence_names_field_before_now_and_examples(site: MadeSource) -> None:
    verdict = site.broken_run(dates_lost)
    (sentence,) = (one for one in verdict.held if "date_published" in one)
    assert "date_published is gone from" in sentence
    assert "known pages that had it, before from" in sentence
    assert {one.field for one in verdict.suspicions} == {"date_published"}
    assert all(0 <= one.chance < 1e-3 for one in verdict.suspicions)


def test_a_lost_selector_is_caught_however_well_the_fallback_does(site: MadeSource) -> None:
    def fallback(reading: Reading, source: MadeSource, rng: random.Random) -> None:
        if "authors" in reading["values"]:
            reading["values"]["authors"]["origin"] = "meta:author"

    (sentence,) = site.broken_run(fallback).held
    assert "the selector '.made-authors' for authors matched on 0 of" in sentence


def test_an_unbroken_run_is_not_held(site: MadeSource) -> None:
    assert site.broken_run(None) == Verdict()


def test_a_single_odd_document_is_no_drift(site: MadeSource) -> None:
    def odd(reading: Reading, source: MadeSource, rng: random.Random) -> None:
        if reading["values"]["title"]["value"] == known.reading["values"]["title"]["value"]:
            reading["values"] = {"title": reading["values"]["title"]}
            reading["links"] = []

    known = site.known()[3]
    assert site.broken_run(odd).held == ()


@pytest.mark.parametrize("breakage", [dates_lost, cookie_wall, files_gone])
def test_two_odd_documents_alone_are_no_drift(site: MadeSource, breakage: Break) -> None:
    assert site.broken_run(breakage, documents=2).held == ()


def test_two_documents_a_day_are_caught_within_days(tmp_path: Path) -> None:
    site = made(tmp_path, runs=12, daily=2)
    held = [bool(run_over(site, site.publish_new(2), bodies_missing).held) for _ in range(3)]
    assert held == [False, True, True]


def bodies_missing(reading: Reading, site: MadeSource, rng: random.Random) -> None:
    reading["values"].pop("body", None)


def test_files_that_go_from_new_pages_are_caught_in_one_run_of_many_or_in_some_of_few(tmp_path: Path) -> None:
    site = made(tmp_path, attachments=0.95)
    assert (
        "a linked file was found on 0 of" in run_over(site, site.publish_new(25), files_gone, status="rejected").held[0]
    )
    assert run_over(site, site.publish_new(5), files_gone).held == ()
    assert run_over(site, site.publish_new(5), files_gone).held == ()
    assert "a linked file was found on " in run_over(site, site.publish_new(5), files_gone).held[0]


def test_the_first_run_has_floors(tmp_path: Path) -> None:
    site = made(tmp_path, runs=0, size=30)
    assert run_over(site, site.new()[:5], bodies_missing, status="rejected").held == ()
    assert (
        "body was found on 0 of 20 new pages"
        in run_over(site, site.new()[10:30], bodies_missing, status="rejected").held[0]
    )
    assert "title is 'Publications" in run_over(site, site.new()[:30], titles_alike, status="rejected").held[0]


def test_a_first_run_of_pages_without_dates_and_authors_is_none_of_our_business(tmp_path: Path) -> None:
    assert made(tmp_path, runs=1, dates=0.0, authors=0.0, attachments=0.0, selectors={})


def test_what_will_be_loaded_is_judged_and_not_what_the_page_alone_says(tmp_path: Path) -> None:
    site = made(tmp_path, runs=0, dates=0.0, authors=0.0, attachments=0.0, selectors={})
    site.publish_new(30)
    with site.store.begin() as connection:
        for row in connection.execute(select(Url.id, Url.url)).all():
            title = {"value": f"Listed as {row.url}", "raw": row.url, "origin": "listing:title"}
            connection.execute(update(Url).where(Url.id == row.id).values(claims={"title": title}))
    # The site's name heads each page; the listing gives each its title, which is what is loaded.
    assert run_over(site, site.new()[:30], titles_alike, status="rejected").held == ()


def test_what_the_site_says_is_unchanged_counts_as_unchanged(tmp_path: Path) -> None:
    site = made(tmp_path, runs=2)
    known = site.known()
    with site.store.begin() as connection:
        site.describe(connection)
    for unchanged, held in ((known[8:], False), ([], True)):
        site.now += timedelta(days=1)
        with site.store.begin() as connection:
            run = site.open(connection)
            site.stage(connection, run, known[:8], dates_lost_on_all)
            rows = [
                {
                    "run_id": run.run_id,
                    "url_id": one.url_id,
                    "attempt": 1,
                    "status": 304,
                    "started_at": site.now,
                    "seconds": 0,
                }
                for one in unchanged
            ]
            if rows:
                connection.execute(insert(FetchAttempt), rows)
            verdict = judge(connection, run, site.rules, None)
            site.close(connection, run, "rejected")
        assert bool(verdict.held) is held


def dates_lost_on_all(reading: Reading, site: MadeSource, rng: random.Random) -> None:
    reading["values"].pop("date_published", None)


def test_many_documents_gone_at_once_are_held_back(tmp_path: Path) -> None:
    site = made(tmp_path, runs=2)
    for number, held in ((4, False), (20, True)):
        site.now += timedelta(days=1)
        with site.store.begin() as connection:
            run = site.open(connection)
            for one in site.known():
                connection.execute(
                    insert(FetchAttempt).values(
                        run_id=run.run_id, url_id=one.url_id, attempt=1, status=200, started_at=site.now, seconds=0
                    )
                )
            for one in site.known()[:number]:
                values = {"run_id": run.run_id, "url_id": one.url_id, "outcome": "gone", "staged_at": site.now}
                connection.execute(insert(Staged).values(**values))
            verdict = judge(connection, run, site.rules, site.listing())
            site.close(connection, run, "rejected")
        assert bool(verdict.held) is held
    assert "known addresses that were asked for answer that they are gone" in verdict.held[0]


def test_a_selector_that_never_matched_on_twenty_pages_is_an_error(tmp_path: Path) -> None:
    site = made(tmp_path, runs=0, size=19, selectors={"date_published": 0.0})
    assert run_over(site, site.new()).held == ()
    (sentence,) = run_over(site, site.publish_new(1), status="accepted").held
    assert "the selector '.made-date_published' for date_published matched on none of the last 20 pages" in sentence
    assert run_over(site, site.publish_new(5)).held == ()  # accepted: told again after twenty further pages
    assert run_over(site, site.publish_new(15)).held


def test_the_matches_of_another_selector_say_nothing_of_this_one(tmp_path: Path) -> None:
    from dataclasses import replace

    site = made(tmp_path, runs=3)
    site.rules = replace(site.rules, author=".another")
    assert run_over(site, site.publish_new(4), selector_lost).held == ()


def test_what_was_held_goes_over_to_the_next_run_and_good_results_do_not_hide_it(tmp_path: Path) -> None:
    site = made(tmp_path, runs=4, daily=5)
    bad, good = site.known()[:10], site.known()[10:]
    assert run_over(site, bad, bodies_teased, status=None).held
    for documents in (good, site.publish_new(60), site.publish_new(1)):
        held = run_over(site, documents, status=None).held
        assert "body has lost more than half of its length on 10 of 10 known pages" in held[0]
        with site.store.read() as connection:
            assert connection.scalars(select(Run.status).order_by(Run.id.desc()).limit(2)).all() == [
                "held",
                "superseded",
            ]
    mended = site.known()[:10]
    assert run_over(site, mended).held == ()
    with site.store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(Staged)) == 0
        assert not connection.scalars(select(Run.id).where(Run.status == "held")).all()


def test_a_rerun_is_judged_only_over_what_was_held(tmp_path: Path) -> None:
    site = made(tmp_path, runs=3)
    bad = site.known()[:10]
    assert not run_over(site, bad, bodies_teased, status="rejected", command="rerun").judged
    assert run_over(site, bad, bodies_teased, status=None).held
    assert run_over(site, bad, bodies_teased, status=None, command="rerun").held
    verdict = run_over(site, bad, command="rerun")
    assert verdict.judged
    assert verdict.held == ()


def test_a_better_reader_may_read_other_values_but_not_none(tmp_path: Path) -> None:
    def read_otherwise(reading: Reading, source: MadeSource, rng: random.Random) -> None:
        if "date_published" in reading["values"]:
            reading["values"]["date_published"]["value"] = "2001-01-01"

    site = made(tmp_path, runs=2)
    assert run_over(site, site.known(), read_otherwise, status=None).held
    assert run_over(site, site.known(), read_otherwise, status=None, version="2").held == ()
    assert run_over(site, site.known(), dates_lost, status=None, version="2").held


def test_what_was_accepted_is_history(tmp_path: Path) -> None:
    site = made(tmp_path, runs=6)
    assert run_over(site, site.known(), dates_lost_on_all, status="accepted").held
    for _ in range(3):
        assert run_over(site, site.publish_new(4), dates_lost_on_all).held == ()


@pytest.mark.parametrize("options", [{"limit": 3}, {"since": "2024-01"}])
def test_of_a_run_that_chose_what_to_see_only_what_was_held_is_judged(tmp_path: Path, options: dict[str, Any]) -> None:
    site = made(tmp_path, runs=1)
    chosen, bad = site.known()[:10], site.known()[10:]
    with site.store.begin() as connection:
        run = site.open(connection, **options)
        site.stage(connection, run, chosen, cookie_wall)
        assert judge(connection, run, site.rules, site.listing(0.1)) == Verdict(judged=False)
        connection.execute(delete(Staged))
        site.close(connection, run, "done")
    assert run_over(site, bad, cookie_wall, status=None).held
    with site.store.begin() as connection:
        run = site.open(connection, **options)
        site.stage(connection, run, chosen)
        assert f"on {len(bad)} of {len(bad)}" in judge(connection, run, site.rules, site.listing(0.1)).held[0]


def test_the_figures_of_a_run_are_kept_and_stay_small(site: MadeSource) -> None:
    with site.store.read() as connection:
        rows = connection.execute(select(FieldStatistic.__table__)).all()
    first = min(row.run_id for row in rows)
    dates = next(row for row in rows if row.run_id == first and row.field == "date_published")
    assert dates.media == "page"
    assert (dates.documents, dates.filled) == (
        40,
        dates.figures["odd"]["missing"][1] - dates.figures["odd"]["missing"][0],
    )
    assert sum(dates.figures["origins"].values()) == dates.filled
    listing = next(row for row in rows if row.run_id == first and row.field == "listing")
    assert listing.figures["count"] == {"links": 40, "new": 40, "pages": 2, "complete": True, "mechanism": "listing"}
    assert all(len(str(row.figures)) < 5_000 for row in rows)


def test_both_databases_judge_alike(tmp_path: Path, store_url: str) -> None:
    store = open_store(store_url, base=tmp_path)
    site = MadeSource(store, random.Random(7), 30, habits=Habits(**CALM))
    for _ in range(3):
        assert site.ordinary_run().held == ()
    with store.begin() as connection:
        site.describe(connection)
    assert any("date_published" in sentence for sentence in site.broken_run(dates_lost_on_all).held)
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(Url))
    store.close()
