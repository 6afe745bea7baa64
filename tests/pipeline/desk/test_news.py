from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database.store import Store
from models.errors import ConfigError
from models.search.query import parse
from pipeline.commands.alerts import digest_lines
from pipeline.desk.news import Digest, Marks, alert, since
from pipeline.load.load import publish
from tests.made import day, made, opened

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = opened(store_url)
    add(store, "one", "Cobalt in the river", 0)
    add(store, "two", "Lithium", 0)
    yield store
    store.close()


def add(store: Store, name: str, title: str, at: int) -> None:
    with store.begin() as connection:
        publish(connection, [made(f"https://acme.org/{name}", title=title, at=at)], run_id=None, now=day(at))


def told(store: Store, folder: Path, query: str = "cobalt") -> Digest:
    marks = Marks(folder / "marks.json")
    with store.read() as connection:
        digest = alert(connection, "cobalt", query, folder / "public" / "cobalt.atom", marks)
    marks.save()
    return digest


def entries(folder: Path) -> list[tuple[str | None, str]]:
    found = ET.parse(folder / "public" / "cobalt.atom").getroot().findall(f"{ATOM}entry")
    return [(entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary") or "") for entry in found]


def test_an_alert_tells_what_is_new_and_what_changed_once(store: Store, tmp_path: Path) -> None:
    first = told(store, tmp_path)
    assert (first.begun, first.matching, first.news) == (True, 1, ())
    assert [title for title, _ in entries(tmp_path)] == ["Cobalt in the river"]
    assert digest_lines([first], quiet=True) == []
    assert digest_lines([told(store, tmp_path)], quiet=False) == ["cobalt: nothing new"]
    add(store, "three", "Cobalt again", 1)
    add(store, "four", "Copper", 1)
    add(store, "one", "Cobalt in the lake", 2)
    digest = told(store, tmp_path)
    lines = digest_lines([digest], quiet=True)
    assert lines[0] == "cobalt: 2 new or changed"
    assert "           title: Cobalt in the river → Cobalt in the lake" in lines
    assert any(line.startswith("  new      ") and line.endswith("Cobalt again") for line in lines)
    assert sorted(entries(tmp_path))[1] == ("Cobalt in the lake", "title: Cobalt in the river → Cobalt in the lake")
    assert told(store, tmp_path).news == ()
    assert len(entries(tmp_path)) == 2


def test_a_document_that_comes_to_match_is_told_as_changed(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path)
    add(store, "two", "Lithium and cobalt", 3)
    (news,) = told(store, tmp_path).news
    assert (news["before"], news["difference"]) == (1, "title: Lithium → Lithium and cobalt")


def test_another_query_begins_anew(store: Store, tmp_path: Path) -> None:
    told(store, tmp_path)
    assert told(store, tmp_path, "lithium").begun


def test_a_fault_names_the_alert(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"alerts\.cobalt\.query: “20x9” is no date"):
        told(store, tmp_path, "date:20x9")


def test_since_counts_a_document_once_however_often_it_changed(store: Store) -> None:
    for number in range(1, 4):
        add(store, "one", f"Cobalt {number}", number)
    with store.read() as connection:
        found = since(connection, parse("").tree, 0)
        assert [(one.revision, one.before) for one in found] == [(4, None), (1, None)]
        assert [(one.revision, one.before) for one in since(connection, parse("cobalt").tree, 2)] == [(4, 1)]
