from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text as sql

from models.database.store import Store
from models.search.filters import Filters
from models.tables import metadata
from pipeline.holdings.export_records import documents
from pipeline.holdings.queries import one_document
from pipeline.load.load import LoadOutcome, mark_gone, publish
from pipeline.load.normalise import Document
from scrapers.base import Link
from tests.made import day, made, opened, text

UNEQUAL = ("id", "retrieved_at", "first_seen_at")


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = opened(store_url)
    yield store
    store.close()


def load(store: Store, *given: Document, now: int = 100) -> LoadOutcome:
    with store.begin() as connection:
        return publish(connection, given, run_id=None, now=day(now))


def held(store: Store) -> list[dict[str, Any]]:
    with store.read() as connection:
        return list(documents(connection, Filters()))


def only(store: Store) -> dict[str, Any]:
    (record,) = held(store)
    return record


def rows(store: Store) -> dict[str, list[Any]]:
    with store.read() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select()))) for table in metadata.sorted_tables
        } | {"search": sorted(map(repr, connection.execute(sql("SELECT * FROM search_index"))))}


PAGE = made(
    "https://acme.org/report",
    title="The report",
    body=text("water"),
    authors=("Ann Bee", "Carl Dee"),
    date="2019-05",
    files=[("https://acme.org/files/report.pdf", "Download")],
    identifiers={"doi": "10.1000/1"},
)
FILE = made(
    "https://acme.org/files/report.pdf", title=None, body=text("deep"), language=None, media_type="application/pdf"
)


def test_a_page_and_its_file_are_two_documents_that_know_each_other(store: Store) -> None:
    outcome = load(store, FILE, PAGE)
    assert outcome.new == ("https://acme.org/files/report.pdf", "https://acme.org/report")
    file, page = held(store)
    assert page["attachments"] == [file["url"]]
    assert outcome.written == {file["id"], page["id"]} == set(outcome.ids.values())
    assert file["landing_page"] == page["url"]
    assert (file["title"], file["date_published"], file["revision"]) == ("The report", "2019-05", 1)
    assert [author["name"] for author in file["authors"]] == ["Ann Bee", "Carl Dee"]
    assert file["origins"]["title"] == "landing-page"
    assert page["identifiers"] == {"doi": "10.1000/1"}


def test_the_same_again_writes_nothing(store: Store) -> None:
    load(store, PAGE, FILE)
    before = rows(store)
    outcome = load(store, FILE, PAGE, now=200)
    assert (outcome.new, outcome.changed) == ((), ())
    assert outcome.unchanged == ("https://acme.org/files/report.pdf", "https://acme.org/report")
    assert rows(store) == before
    load(store, PAGE, now=300)
    load(store, FILE, now=300)
    assert rows(store) == before


def test_a_change_of_content_makes_one_revision_and_keeps_the_old(store: Store) -> None:
    load(store, PAGE)
    changed = made(PAGE.canonical_url, title="The report, revised", body=text("water"), at=1)
    assert load(store, changed).changed == (PAGE.canonical_url,)
    with store.read() as connection:
        record = one_document(connection, PAGE.canonical_url)
    assert record is not None
    assert [revision["title"] for revision in record["revisions"]] == ["The report", "The report, revised"]
    assert record["revision"] == 2


def test_other_origins_make_no_revision_but_are_shown(store: Store) -> None:
    load(store, made("https://acme.org/a", kind="report"))
    from dataclasses import replace

    again = made("https://acme.org/a", kind="report", at=1)
    again = replace(again, values={**again.values, "kind": replace(again.values["kind"], origin="json-ld:genre")})
    outcome = load(store, again)
    assert outcome.changed == ()
    assert only(store)["origins"]["kind"] == "json-ld:genre"
    assert only(store)["revision"] == 1


def test_the_order_of_authors_is_content(store: Store) -> None:
    load(store, made("https://acme.org/a", authors=("Ann Bee", "Carl Dee")))
    assert load(store, made("https://acme.org/a", authors=("Carl Dee", "Ann Bee"), at=1)).changed
    assert [author["name"] for author in only(store)["authors"]] == ["Carl Dee", "Ann Bee"]


class TestIdentity:
    @pytest.mark.parametrize(
        "other",
        [
            "http://acme.org/report",
            "https://www.acme.org/report",
            "https://acme.org/report?utm_source=mail",
            "https://acme.org/report/",
        ],
    )
    def test_host_twins_and_tracking_are_one(self, store: Store, other: str) -> None:
        load(store, made("https://acme.org/report"))
        load(store, made(other, at=1))
        assert only(store)["canonical_url"] == "https://acme.org/report"

    @pytest.mark.parametrize("reverse", [False, True])
    def test_a_page_that_moved_is_one_at_its_new_address(self, store: Store, reverse: bool) -> None:
        old = made("https://acme.org/old", title="Water", body=text("water"))
        new = made("https://acme.org/new", title="Water", body=text("water"), through=["https://acme.org/old"], at=2)
        for document in (new, old) if reverse else (old, new):
            load(store, document)
        assert only(store)["canonical_url"] == "https://acme.org/new"
        with store.read() as connection:
            assert one_document(connection, "http://acme.org/old") is not None

    @pytest.mark.parametrize("order", ["old new moved", "moved old new", "new moved old", "new old moved"])
    def test_two_documents_that_prove_to_be_one(self, store: Store, order: str) -> None:
        given = {
            "old": made("https://acme.org/old", title="Water", body=text("water")),
            "new": made("https://acme.org/new", title="Water", body=text("water"), at=1),
            "moved": made(
                "https://acme.org/new", title="Water", body=text("water"), through=["https://acme.org/old"], at=2
            ),
        }
        for name in order.split():
            load(store, given[name])
        record = only(store)
        assert record["canonical_url"] == "https://acme.org/new"
        assert record["status"] == "live"

    def test_what_was_absorbed_is_kept(self, store: Store) -> None:
        load(store, made("https://acme.org/old", title="Water", body=text("water")))
        load(store, made("https://acme.org/new", title="Water", body=text("water"), at=1))
        load(
            store,
            made("https://acme.org/new", title="Water", body=text("water"), through=["https://acme.org/old"], at=2),
        )
        with store.read() as connection:
            kept = connection.execute(sql("SELECT status, merged_into_id FROM document ORDER BY id")).all()
            assert [tuple(row) for row in kept] == [("live", None), ("gone", 1)]
            record = one_document(connection, "2")
        assert record is not None
        assert record["id"] == 1

    def test_a_site_that_is_down_for_a_day_does_not_swallow_its_documents(self, store: Store) -> None:
        pages = [made(f"https://acme.org/{name}", title=name, body=text(name)) for name in ("water", "land", "air")]
        load(store, *pages)
        notice = "https://acme.org/notice"
        for number, page in enumerate(pages):
            load(store, made(notice, title="Down", body=text("sorry"), through=[page.canonical_url], at=number + 1))
        assert [record["title"] for record in held(store)] == ["air", "land", "Down", "water"]
        load(
            store,
            *(made(page.canonical_url, title="Up", body=text("more"), at=9) for page in pages),
        )
        assert len(held(store)) == 4

    def test_an_address_that_always_leads_to_the_latest_joins_nothing(self, store: Store) -> None:
        latest = ["https://acme.org/latest"]
        load(store, made("https://acme.org/one", title="Report", body=text("one"), through=latest))
        load(store, made("https://acme.org/two", title="Report", body=text("two"), through=latest, at=1))
        assert [record["url"] for record in held(store)] == ["https://acme.org/one", "https://acme.org/two"]
        with store.read() as connection:
            record = one_document(connection, "https://acme.org/latest")
        assert record is not None
        assert record["url"] == "https://acme.org/two"

    @pytest.mark.parametrize("reverse", [False, True])
    def test_a_claim_is_believed_where_the_texts_agree(self, store: Store, reverse: bool) -> None:
        print_version = made(
            "https://acme.org/a?print=1", title="Water", body=text("water"), claimed=["https://acme.org/z"]
        )
        page = made("https://acme.org/z", title="Water", body=text("water") + " more", at=-1)
        for document in (page, print_version) if reverse else (print_version, page):
            load(store, document)
        assert only(store)["canonical_url"] == "https://acme.org/z"
        assert str(only(store)["body"]).endswith("more")

    def test_a_claim_is_not_believed_where_they_do_not(self, store: Store) -> None:
        claims = ["https://acme.org/news"]
        load(store, made("https://acme.org/news", title="News", body=text("news")))
        load(store, made("https://acme.org/a", title="Water", body=text("water"), claimed=claims))
        load(store, made("https://acme.org/b", title="News", body=text("land"), claimed=claims))
        assert len(held(store)) == 3

    def test_a_claim_onto_the_root_or_another_site_is_not_believed(self, store: Store) -> None:
        load(store, made("https://acme.org/", title="Water", body=text("water")))
        load(store, made("https://other.net/a", title="Water", body=text("water")))
        load(
            store,
            made(
                "https://acme.org/a",
                title="Water",
                body=text("water"),
                claimed=["https://acme.org/", "https://other.net/a"],
            ),
        )
        assert len(held(store)) == 3

    def test_twins_that_part_are_two_documents(self, store: Store) -> None:
        claims = ["https://acme.org/z"]
        load(store, made("https://acme.org/z", title="Soon", body=text("soon")))
        load(store, made("https://acme.org/a", title="Soon", body=text("soon"), claimed=claims))
        assert only(store)["url"] == "https://acme.org/z"
        load(store, made("https://acme.org/a", title="Water", body=text("water"), claimed=claims, at=1))
        assert [record["title"] for record in held(store)] == ["Water", "Soon"]

    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
    def test_one_page_under_many_language_paths(self, store: Store, order: Sequence[int]) -> None:
        codes = ("ar", "en", "fr")
        given = [made(f"https://acme.org/{code}/water", title="Water", body=text("water")) for code in codes]
        for number in order:
            load(store, given[number])
        assert only(store)["canonical_url"] == "https://acme.org/en/water"

    def test_true_translations_are_two(self, store: Store) -> None:
        spanish = Link(url="https://acme.org/es/water", text="español", rel="translation", language="es")
        load(store, made("https://acme.org/en/water", title="Water", body=text("water"), links=[spanish]))
        load(store, made("https://acme.org/es/water", title="Agua", body=text("agua"), language="es"))
        assert len(held(store)) == 2
        with store.read() as connection:
            record = one_document(connection, "https://acme.org/en/water")
        assert record is not None
        assert record["related"] == [{"rel": "translation", "url": "https://acme.org/es/water", "text": "español"}]
        assert record["attachments"] == []

    def test_equal_texts_at_unrelated_addresses_are_two(self, store: Store) -> None:
        load(store, *(made(f"https://acme.org/{name}", body=text("water")) for name in ("a", "b")))
        assert len(held(store)) == 2


class TestFiles:
    def test_the_earliest_dated_page_is_the_landing_page_whatever_came_first(self, store: Store) -> None:
        files = [("https://acme.org/f.pdf", "the file")]
        for name, date in (("a", None), ("b", "2020"), ("c", "2019-05-01"), ("d", "2019-05-01")):
            load(store, made(f"https://acme.org/{name}", title=name, date=date, files=files))
        load(store, made("https://acme.org/f.pdf", title=None, body="text", media_type="application/pdf"))
        assert held(store)[4]["landing_page"] == "https://acme.org/c"
        assert held(store)[4]["title"] == "c"

    def test_a_file_alone_takes_its_title_from_the_link(self, store: Store) -> None:
        load(
            store,
            made("https://acme.org/p", title=None, body="no title", files=[("https://acme.org/f.pdf", "Annex 2")]),
        )
        load(store, made("https://acme.org/f.pdf", title=None, body="text", media_type="application/pdf"))
        assert held(store)[0]["title"] == "Annex 2"
        assert held(store)[0]["origins"]["title"] == "link-text"

    def test_a_page_that_drops_its_link_is_no_landing_page_any_more(self, store: Store) -> None:
        load(store, PAGE, FILE)
        load(store, made(PAGE.canonical_url, title="The report", body=text("water"), date="2019-05", at=1))
        assert held(store)[0]["landing_page"] is None
        assert held(store)[0]["title"] is None

    def test_a_page_that_is_corrected_corrects_its_file(self, store: Store) -> None:
        load(store, PAGE, FILE)
        corrected = made(PAGE.canonical_url, title="Corrected", date="2019", files=[(FILE.canonical_url, "x")], at=1)
        assert load(store, corrected).changed == (FILE.canonical_url, PAGE.canonical_url)
        assert held(store)[0]["title"] == "Corrected"

    def test_what_is_not_loaded_is_named_by_its_address(self, store: Store) -> None:
        load(
            store,
            made(
                "https://acme.org/p",
                files=[("https://acme.org/F.pdf?utm_source=x#page=2", "f"), ("mailto:a@b.c", "mail")],
            ),
        )
        assert only(store)["attachments"] == ["https://acme.org/F.pdf"]


class TestGone:
    def test_gone_is_dated_and_coming_back_is_seen(self, store: Store) -> None:
        load(store, PAGE)
        with store.begin() as connection:
            assert len(mark_gone(connection, ["http://www.acme.org/report"], day(5))) == 1
            assert mark_gone(connection, [PAGE.canonical_url], day(6)) == []
        assert only(store)["status"] == "gone"
        load(store, PAGE)  # read again from the archive: it is gone all the same
        assert only(store)["status"] == "gone"
        load(store, made(PAGE.canonical_url, title="Back", at=9))
        assert only(store)["status"] == "live"

    def test_an_address_that_only_led_there_is_not_the_document(self, store: Store) -> None:
        load(store, made("https://acme.org/one", through=["https://acme.org/latest"]))
        with store.begin() as connection:
            assert mark_gone(connection, ["https://acme.org/latest"], day(5)) == []

    def test_a_twin_that_still_answers_brings_it_back(self, store: Store) -> None:
        load(store, made("https://acme.org/z", title="Water", body=text("water")))
        claims = ["https://acme.org/z"]
        load(store, made("https://acme.org/a", title="Water", body=text("water"), claimed=claims))
        with store.begin() as connection:
            mark_gone(connection, ["https://acme.org/z"], day(5))
        load(store, made("https://acme.org/a", title="Water", body=text("water"), claimed=claims, at=6))
        assert (only(store)["status"], only(store)["url"]) == ("live", "https://acme.org/a")


def test_two_that_load_at_once_do_it_one_after_the_other(store: Store) -> None:
    batches = [[made(f"https://acme.org/{number}", authors=("Ann Bee", "Carl Dee")) for number in range(20)]] * 4
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda batch: load(store, *batch), batches))
    assert sorted(len(outcome.new) for outcome in outcomes) == [0, 0, 0, 20]
    assert {record["revision"] for record in held(store)} == {1}


def test_a_batch_of_many_is_written_whole(store: Store) -> None:
    batch = [made(f"https://acme.org/{number}", authors=(f"Ann {number}", "Carl Dee")) for number in range(700)]
    assert len(load(store, *batch).new) == 700
    assert len(load(store, *batch).unchanged) == 700


def test_nothing_invisible_reaches_the_store(store: Store) -> None:
    load(store, made("https://acme.org/a", title="A\x00 \u202etitle\ud800", body="text\x07 \x1b[31mred"))
    record = only(store)
    assert record["title"] == "A title"
    assert record["body"] == "text [31mred"
    json.dumps(record, ensure_ascii=False).encode()
