"""Moving a store: every row arrives, a move that was interrupted goes on, another store is not overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, update

from models.database.store import Store, open_store
from models.document import Document, Revision, WordStem
from models.errors import StoreError
from models.ledger import Run
from models.search.filters import Filters
from models.search.query import parse
from models.search.search import matching_ids
from models.statuses import RunStatus
from models.tables import metadata
from models.upsert import table_of
from models.web import Capture, Payload, Url, WarcFile
from pipeline.holdings.export_records import documents
from pipeline.holdings.move import compare, move
from pipeline.load.load import publish
from tests.made import MOMENT, day, made, new_store, opened, text

PAGE = "https://acme.example/a"
FILE = "https://acme.example/a.pdf"


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Store]:
    """Return a store with a page and its file, two revisions, a run, an archived answer that its address refers to."""
    store = opened(str(tmp_path / "old.db"))
    with store.begin() as connection:
        connection.execute(
            insert(Run).values(
                source_id=1,
                run_key="1",
                command="run",
                version="1",
                started_at=MOMENT,
                status=RunStatus.DONE,
                counts={},
                reasons=["größer"],
            )
        )
        connection.execute(insert(WarcFile).values(name="a.warc.gz", committed_length=10))
        connection.execute(
            insert(Payload).values(
                sha256="0" * 64,
                size=3,
                media_type="text/html",
                warc_file_id=1,
                offset=0,
                length=9,
            )
        )
        connection.execute(
            insert(Url).values(source_id=1, url=PAGE, identity=PAGE, first_seen_at=MOMENT, claims={"title": "Mining"})
        )
        connection.execute(
            insert(Capture).values(
                url_id=1, run_id=1, url=PAGE, final_url=PAGE, status=200, media_type="text/html", 
                headers=[["ETag", '"a"']],
                retrieved_at=MOMENT, payload_sha256="0" * 64, warc_file_id=1, offset=0, length=9,
            )
        )  # fmt: skip
        connection.execute(update(Url).values(last_capture_id=1))
        publish(
            connection,
            [
                made(
                    PAGE,
                    title="Mining in Katanga",
                    body=text("cobalt"),
                    authors=("Awa Diallo",),
                    files=((FILE, "PDF"),),
                ),
                made(FILE, title=None, body=text("ore"), media_type="application/pdf"),
            ],
            run_id=1,
            now=MOMENT,
        )
        publish(connection, [made(PAGE, title="Mining in Kolwezi", body=text("zinc"), at=1)], run_id=1, now=day(1))
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return an empty store of each kind."""
    sqlite = request.param == "sqlite"
    store = (
        new_store(tmp_path / "new.db") if sqlite else open_store(request.getfixturevalue("postgres_url"), base=Path())
    )
    yield store
    store.close()


def counted(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def found(store: Store, query: str) -> list[int]:
    with store.read() as connection:
        return matching_ids(connection, parse(query).tree)


def test_every_row_arrives_and_new_rows_are_numbered_after_them(old: Store, new: Store) -> None:
    seen: list[tuple[int, int]] = []
    moved = move(old, new, lambda done, total: seen.append((done, total)))
    assert counted(new) == counted(old)
    assert moved.documents == 2
    assert seen[-1] == (moved.rows, moved.rows)
    with old.read() as before, new.read() as after:
        assert list(documents(before, Filters())) == list(documents(after, Filters()))
        for column in (table_of(Url).c.last_capture_id, table_of(Document).c.landing_page_id):
            assert before.execute(select(column)).all() == after.execute(select(column)).all()
        assert after.execute(select(table_of(Capture).c.headers)).scalar_one() == [["ETag", '"a"']]
    for query in ("kolwezi", "katanga", "diallo", "zinc0"):
        assert found(new, query) == found(old, query)
    with new.begin() as connection:
        publish(connection, [made("https://acme.example/b")], run_id=1, now=day(2))
    assert counted(new)["document"] == 3


def test_a_move_that_was_interrupted_goes_on(old: Store, new: Store) -> None:
    def interrupt(done: int, total: int) -> None:
        if done > total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(old, new, interrupt)
    assert counted(new) != counted(old)
    with old.begin() as connection:
        publish(connection, [made(PAGE, title="Mining in Likasi", body=text("tin"), at=2)], run_id=1, now=day(2))
    move(old, new)
    assert counted(new) == counted(old)
    assert found(new, "likasi")
    assert not found(new, "kolwezi")


def test_words_whose_stems_the_old_store_has_not_learned_are_learned(old: Store, new: Store) -> None:
    with old.begin() as connection:
        connection.execute(delete(WordStem).where(WordStem.id > 1))
    assert move(old, new).documents == 2
    assert counted(new)["word_stem"] > counted(old)["word_stem"] == 1


def test_a_store_of_other_runs_is_left_as_it_was(old: Store, new: Store) -> None:
    move(old, new)
    with new.begin() as connection:
        connection.execute(
            insert(Run).values(
                source_id=1,
                run_key="2",
                command="run",
                version="1",
                started_at=day(3),
                status=RunStatus.DONE,
                counts={},
                reasons=[],
            )
        )
    before = counted(new)
    with pytest.raises(StoreError, match="holds runs of its own; it was left as it was"):
        move(old, new)
    assert counted(new) == before


def test_a_difference_is_named(old: Store, new: Store) -> None:
    move(old, new)
    with new.begin() as connection:
        connection.execute(update(Revision).where(table_of(Revision).c.number == 2).values(title="Mining elsewhere"))
    with old.read() as before, new.read() as after, pytest.raises(StoreError, match=f"first that differs is {PAGE}"):
        compare(before, after, new.name)
    with new.begin() as connection:
        connection.execute(insert(WarcFile).values(name="b.warc.gz", committed_length=1))
    with (
        old.read() as before,
        new.read() as after,
        pytest.raises(StoreError, match=r"2 rows of `warc_file` where .* 1"),
    ):
        compare(before, after, new.name)
