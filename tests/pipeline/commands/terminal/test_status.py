"""`ingest status` on terminals of any width."""

from __future__ import annotations

import pytest

from models.search.search import Hit
from models.search.snippets import Marked
from pipeline.commands.terminal.formatting import fitting, hit_lines, runs_lines
from pipeline.commands.terminal.status import check_lines, status_lines
from pipeline.holdings.health import Health
from tests.made import day
from tests.pipeline.holdings.test_health import source

WELL = Health(word="well", well=True)
HELD = Health(word="HELD BACK", well=False, reasons=("dates are missing on 9 of 10 pages",))
UNUSED = Health(word="never run", well=True)


@pytest.mark.parametrize(
    ("width", "last"),
    [
        (None, "next due (UTC)"),
        (140, "next due (UTC)"),
        (80, "last good (UTC)"),
        (60, "last run (UTC)"),
        (20, "health"),
    ],
)
def test_as_many_columns_as_there_is_room_for(width: int | None, last: str) -> None:
    head, *rows = status_lines([(source(), WELL), (source(source="other-one"), WELL)], width, "config.toml")
    assert head.endswith(last)
    assert all(len(line) <= (width or 999) for line in (head, *rows))


@pytest.mark.parametrize("width", [60, 80, 140])
def test_everything_else_keeps_to_the_width_too(width: int) -> None:
    run = {"id": 7, "source": "a-source-with-a-long-name", "status": "held", "started_at": "2026-03-01T04:15:00"}
    ledger = [{**run, "command": "run", "counts": {"failed": 3, "requested": 40}}] * 3
    head, *rows = runs_lines(ledger, width)
    assert {"id", "source", "status"} <= set(head.split())
    assert all(len(line) <= width for line in (head, *rows))
    listed = fitting(["source", "start"], [["acme", "https://acme.example/" + "publications/" * 20]], width, least=2)
    assert [len(line) <= width for line in listed] == [True, True]
    assert listed[1].endswith("…")
    long = Marked(text="What the water carried " * 9, places=((9, 14),))
    hit = Hit(
        document_id=1,
        canonical_url="https://acme.example/what-the-water-carried",
        source="a-source-with-a-long-name",
        title=long,
        snippet=long,
        date_published="2019-05-23",
        language="en",
        authors=None,
        kind=None,
        publisher=None,
        media_type="text/html",
        status="live",
        revision=1,
        first_seen_at=day(0),
        confidence=None,
    )
    assert max(map(len, hit_lines(hit, width))) <= width


def test_bad_news_and_what_is_unused_stand_below() -> None:
    unused = [(source(source=f"s{n}", last_run=None, documents=0, enabled=False), UNUSED) for n in range(6)]
    lines = status_lines(
        [(source(), WELL), (source(source="b", held="run-1"), HELD), *unused], None, "demo/config.toml"
    )
    text = "\n".join(lines)
    assert "b: dates are missing on 9 of 10 pages" in lines
    assert "  load:  ingest --config demo/config.toml runs run-1 --accept" in lines
    assert "  drop:  ingest --config demo/config.toml runs run-1 --reject" in lines
    assert "not used: 6 (s0, s1, s2, s3, ...)" in text
    assert not any(line.startswith("s0 ") for line in lines)


def test_a_monitor_gets_a_line_a_fault_or_one_for_all() -> None:
    assert check_lines([(source(), WELL), (source(), UNUSED)]) == (["all is well: 1 source"], True)
    lines = ["b: HELD BACK: dates are missing on 9 of 10 pages"]
    assert check_lines([(source(), WELL), (source(source="b"), HELD)]) == (lines, False)
