"""`ingest links` as a user types it: a file, stdin, an address, a list of files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.commands.demo.config import configuration
from pipeline.commands.demo.server import SampleServer
from tests.pipeline.workplace import Workplace
from tests.schema_check import faults, schema

ROWS = "".join(
    f"<tr><td>{n + 3} May 2019</td><td>What the river told us, {n}</td><td><a href='/f/{n}.pdf'>PDF</a></td></tr>"
    for n in range(4)
)
TABLE = f"<html><body><table>{ROWS}</table><p>1-4 of 9</p></body></html>"
FEED = """<rss version="2.0"><channel><item><title>Wells of Karo</title><link>https://acme.test/d/1</link>
<pubDate>Fri, 03 May 2019 10:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture(scope="module")
def sample() -> Iterator[SampleServer]:
    with SampleServer(port=0) as server:
        yield server


@pytest.fixture
def workplace(sample: SampleServer, tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, configuration(sample.resolve))


def test_a_file_is_read_as_if_it_came_from_its_address(workplace: Workplace) -> None:
    (workplace.folder / "list.html").write_text(TABLE, "utf-8")
    said = json.loads(workplace.ingest("links", "list.html", "--url", "https://acme.test/list").stdout)
    assert list(faults(said, schema("links"))) == []
    assert [link["url"] for link in said["links"]] == [f"https://acme.test/f/{n}.pdf" for n in range(4)]
    assert said["links"][0]["title"] == "What the river told us, 0"
    assert (said["links"][0]["date_published"], said["links"][0]["date_precision"]) == ("2019-05-03", "day")
    assert said["total"] == 9
    assert said["complete"] == "4 of 9 documents are listed, and no page follows"


def test_a_file_without_an_address_says_so(workplace: Workplace) -> None:
    (workplace.folder / "list.html").write_text(TABLE, "utf-8")
    said = json.loads(workplace.ingest("links", "list.html").stdout)
    assert (said["url"], said["links"]) == (None, [])
    assert said["complete"].endswith("give --url")


def test_a_feed_on_stdin(workplace: Workplace) -> None:
    out = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "links", "-", "--url", "https://acme.test/feed"],
        input=FEED.encode(), cwd=workplace.folder, capture_output=True, check=True,
    ).stdout  # fmt: skip
    said = json.loads(out)
    assert said["mechanism"] == "feed"
    assert said["links"][0]["title"] == "Wells of Karo"
    assert said["links"][0]["date_published"] == "2019-05-03"


def test_an_address_is_fetched(workplace: Workplace) -> None:
    said = json.loads(workplace.ingest("links", "http://reports.test/publications").stdout)
    assert said["mechanism"] == "listing"
    assert said["links"]
    assert list(faults(said, schema("links"))) == []


def test_a_batch_carries_keys_and_names_what_failed(workplace: Workplace) -> None:
    (workplace.folder / "list.html").write_text(TABLE, "utf-8")
    (workplace.folder / "feed.xml").write_text(FEED, "utf-8")
    items = [
        {"id": 1, "path": "list.html", "url": "https://acme.test/list", "shelf": "a"},
        {"id": 2, "path": "feed.xml", "url": "https://acme.test/feed"},
        {"id": 3, "path": "none.html"},
    ]
    (workplace.folder / "batch.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
    out = workplace.ingest("links", "--batch", "batch.jsonl", "--jobs", "2", code=3).stdout
    read = {line["id"]: line for line in map(json.loads, out.strip().split("\n"))}
    assert (read[1]["shelf"], read[1]["mechanism"], read[2]["mechanism"]) == ("a", "listing", "feed")
    assert "cannot be read" in read[3]["error"]


def test_neither_file_nor_batch_is_an_error_of_usage(workplace: Workplace) -> None:
    assert "give --batch" in workplace.ingest("links", code=2).stderr
