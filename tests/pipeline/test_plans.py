"""No statement of the hot paths reads a whole table, or a whole source, but for those that are named here."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, UniqueConstraint, event, text

from models.database.store import Store
from models.errors import Gone, NotADocument
from models.search.search import search
from models.tables import metadata
from pipeline.archive import Archive
from pipeline.archive.replay import places
from pipeline.config.tables import Extract, Source
from pipeline.drift.judge import judge
from pipeline.drift.notices import refuse_notices
from pipeline.fetch.settings import Fetched
from pipeline.holdings import export_records, queries
from pipeline.ledger import addresses, failures, runs
from pipeline.ledger.due import Due, Result
from pipeline.ledger.transactions import Transactions
from pipeline.ledger.writer import Writer
from pipeline.load.publish import in_order, publish_batch
from pipeline.run.rerun import Rerun, restage
from scrapers.base import Link, Page, Request
from tests.made import opened
from tests.made_store import NOW, SOURCE, fill, record_of, url_of

DOCUMENTS, STAGED = 600, 300
LARGER = 100

WHOLE = {
    r"EXISTS \(SELECT \* FROM staged WHERE staged.run_id = run.id\)": "what waits, where all of it is of one run",
    r"FROM staged JOIN url .* WHERE staged.run_id = ": "all that waits to be judged and loaded, once a run",
    r"FROM url JOIN (fetch_attempt|staged) .*run_id IN": "what a run asked for, when it is judged",
    r"IN \(SELECT failure.subject FROM failure": "the failures of one source, which `rerun --failed` asks for",
}
"""Statements that may read all rows, and why."""


SMALL = ("field_statistic", "forgotten", "run", "source", "warc_file")
"""Tables that may be read whole."""


class Plans:
    """The statements that were executed, with the plan of each."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.seen: dict[str, Any] = {}

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note each statement of the block, with its first parameters."""

        def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
            self.seen.setdefault(statement, parameters[0] if many and isinstance(parameters, list) else parameters)

        event.listen(self.store.engine, "before_cursor_execute", note)
        try:
            yield
        finally:
            event.remove(self.store.engine, "before_cursor_execute", note)

    def scans(self) -> dict[str, list[str]]:
        """Return, by statement, how its plan reads a whole table or index."""
        explain = _sqlite if self.store.dialect == "sqlite" else _postgres
        found = {}
        with self.store.read() as connection:
            for statement, parameters in self.seen.items():
                if re.match(r"(WITH|SELECT|UPDATE|DELETE)\b", statement) and (
                    steps := explain(connection, statement, parameters)
                ):
                    found[" ".join(statement.split())] = steps
        return found


def _sqlite(connection: Connection, statement: str, parameters: Any) -> list[str]:
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    tables = "|".join(sorted(set(metadata.tables) - {*SMALL}))
    aliases = rf"(?:{tables})(?:_\d+)?"
    whole = re.compile(rf"SCAN {aliases}\b|AUTOMATIC|SEARCH {aliases} USING (?:COVERING )?INDEX \w+ \(source_id=\?\)")
    return [row.detail for row in rows if whole.search(row.detail)]


def _postgres(connection: Connection, statement: str, parameters: Any) -> list[str]:
    for way in ("seqscan", "mergejoin", "hashjoin", "material"):  # what it would do with a few rows alone
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    for cost in ("cpu_tuple_cost", "cpu_index_tuple_cost"):
        connection.exec_driver_sql(f"SET LOCAL {cost} = 1")  # what it reads counts, not how often it begins to
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
    return [*_whole((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])]


def _whole(node: dict[str, Any]) -> Iterator[str]:
    table = node.get("Relation Name")
    kind, condition = node["Node Type"], node.get("Index Cond", "")
    narrow = re.sub(r"\(?\(?source_id = [^ )]+\)?\)?( AND )?", "", condition)
    if kind in ("Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan") and not narrow and table not in SMALL:
        yield f"{kind} {table or node.get('Index Name')} {condition}"
    for below in node.get("Plans", ()):
        yield from _whole(below)


@pytest.fixture
def plans(store_url: str) -> Iterator[Plans]:
    store = opened(store_url, with_source=False)
    fill(store, DOCUMENTS, staged=STAGED)
    yield Plans(store)
    store.close()


def _as_if_large(connection: Connection) -> None:
    """Multiply SQLite's statistics: the number of rows, and of rows with one key where that grows with them."""
    for row in connection.execute(text("SELECT rowid, stat FROM sqlite_stat1 WHERE tbl <> 'run'")).all():
        rows, *of_one_key = (int(figure) for figure in row.stat.split() if figure.isdecimal())
        larger = [rows * LARGER, *(figure * LARGER if figure * 20 > rows > 20 else figure for figure in of_one_key)]
        stat = " ".join(map(str, larger))
        parameters = {"stat": stat, "key": row.rowid}
        connection.execute(text("UPDATE sqlite_stat1 SET stat = :stat WHERE rowid = :key"), parameters)


def listing(plans: Plans, run: runs.Started) -> None:
    """Add links, known and new, and choose what is due."""
    links = [Link(url=url_of(number), modified="2026-05-01") for number in range(1, DOCUMENTS + 50)]
    with plans.store.begin() as connection:
        addresses.add_links(connection, run.source_id, links, "document", NOW)
        addresses.answered(connection, [link.url.partition("://")[2] for link in links[:300]])
        addresses.ask_again(connection, run.source_id, [link.url for link in links[:3]], NOW)
        failures.fail_source(connection, run, "https://made.test/", ["no answer"], NOW)
    with plans.store.read() as connection:
        addresses.due(connection, run, NOW, full=False)
        addresses.files_due(connection, run, [url_of(10)])


async def writing(plans: Plans, run: runs.Started, folder: Path) -> None:
    """Store answers of each kind."""
    page = Page(
        url=url_of(1),
        final_url=url_of(1),
        content=b"<p>A page</p>",
        media_type="text/html",
        status=200,
        retrieved_at=NOW,
        sha256="e" * 64,
    )
    fetched = Fetched(url=page.url, final_url=page.final_url, page=page, status=200)
    unchanged = Fetched(url=page.url, final_url=page.final_url, page=None, status=304)
    files = (Link(url=url_of(10), rel="attachment"),)
    with Archive(folder, software="test") as archive:
        async with Transactions(plans.store) as transactions, Writer(transactions, archive, lambda: NOW) as writer:
            for number, what in (
                (1, {"fetched": fetched, "reading": record_of(1), "files": files}),
                (2, {"fetched": unchanged}),
                (3, {"error": NotADocument(url_of(3), "a login")}),
                (4, {"error": Gone(url_of(4), "410")}),
            ):
                due = Due(url_id=number, request=Request(url=url_of(number)))
                await writer.put(run, Result(due=due, **what), reader_version="1", revisit_days=30)


def run_of(store: Store) -> runs.Started:
    with store.begin() as connection:
        return runs.start(
            connection, SOURCE, Source(start=("https://made.test/",)).model_dump(mode="json"), "run", {}, NOW
        )


def test_no_statement_reads_a_whole_table(plans: Plans, tmp_path: Path) -> None:
    store = plans.store
    with plans.noted():
        run = run_of(store)
        listing(plans, run)
        asyncio.run(writing(plans, run, tmp_path))
        with store.begin() as connection:
            refuse_notices(connection, run, NOW)
            judge(connection, run, Source(start=("https://made.test/",)).rules(SOURCE, Extract()), None)
            waiting = in_order(connection, run)
            publish_batch(connection, run, list(waiting[:50]), revisit_days=30, now=NOW, basis="1")
        with store.begin() as connection:
            chosen = Rerun(failed=True).due(connection, run) + Rerun(urls=(url_of(5),)).due(connection, run)
            restage(connection, run, chosen, NOW)
            places(connection, [1, 2, 3])
        with store.read() as connection:
            search(connection, "number17", source=SOURCE)
            queries.one_document(connection, url_of(7))
            queries.runs_list(connection)
            export_records.document_records(connection, [1, 2, 3])
    scans = plans.scans() if store.dialect == "sqlite" else {}  # without statistics, as our stores are
    with store.begin() as connection:
        connection.execute(text("ANALYZE"))
        if store.dialect == "sqlite":
            _as_if_large(connection)
    store.engine.dispose()  # SQLite reads its statistics when it connects
    scans |= plans.scans()
    rest = {
        statement: steps
        for statement, steps in scans.items()
        if not any(re.search(known, statement) for known in WHOLE)
    }
    assert not rest, "\n".join(f"{steps}: {statement}" for statement, steps in rest.items())


def test_every_foreign_key_has_an_index() -> None:
    """Without one, to delete a row reads the whole table that points to it."""
    for table in metadata.tables.values():
        first = [next(iter(index.columns)) for index in table.indexes] + list(table.primary_key.columns)[:1]
        rules = [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
        first += [next(iter(rule.columns)) for rule in rules]
        for key in table.foreign_keys:
            if key.column.table.name not in ("source", "author", "warc_file"):
                assert key.parent in first, f"{table.name}.{key.parent.name}"
