"""What the pages of docs/ show is true: commands with their options, configurations, SQL and Python."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
import tomllib
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from pipeline.commands import parser
from pipeline.config import parse
from pipeline.load.load import publish
from pipeline.load.normalise import Document
from tests.made import day, made, opened
from tests.once import Once
from tests.pipeline.holdings.archived import captured, warc_files

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))
LIBRARIES = ("pandas", "duckdb")
"""Not installed with the project: what is shown with them runs where they are."""


def blocks(*kinds: str) -> list[Any]:
    """Return the blocks of some kinds, each with the page that shows it."""
    return [
        pytest.param(text, id=f"{page.stem}-{number}")
        for page in PAGES
        for number, (kind, text) in enumerate(re.findall(r"```(\w+)\n(.*?)```", page.read_text("utf-8"), re.DOTALL))
        if kind in kinds and all(find_spec(name) for name in LIBRARIES if f"import {name}" in text)
    ]


@pytest.mark.parametrize("text", blocks("console", "crontab", "sh"))
def test_each_command_exists_with_its_options(text: str) -> None:
    lines = [line.partition(" #")[0] for line in text.splitlines()]
    found = [re.sub(r".*?(^|\s|/)ingest ", "", line) for line in lines if re.search(r"(^\$ |bin/)ingest ", line)]
    for line in found:
        words = shlex.split(re.sub(r"\.\.\.|>.*", "", line) if "'" not in line and '"' not in line else line)
        words = words[2:] if words[:1] == ["--config"] else words
        command: Any = parser()
        while words and hasattr(command, "commands"):
            assert words[0] in command.commands, line
            command = command.commands[words.pop(0)]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word.partition("=")[0] for word in words if re.match(r"--\w", word)} <= known, line


@pytest.mark.parametrize("text", blocks("toml"))
def test_each_configuration_is_accepted(text: str) -> None:
    parse(tomllib.loads(text), ROOT, "docs")


def documents() -> list[Document]:
    return [
        made("https://acme.org/one", title="Cobalt", date="2026-05", authors=["Ann Bee", "Ba Diallo"], language="en"),
        made("https://acme.org/deux", title="Le cobalt", date="2026", language="fr"),
    ]


@pytest.fixture
def store(once: Once, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a small store at data/ingest.db; return its path."""

    def make(folder: Path) -> None:
        store = opened(str(folder / "data" / "ingest.db"))
        with store.begin() as connection:
            publish(connection, documents(), run_id=None, now=day(0))
        store.close()

    folder = once.made("docs", make)
    monkeypatch.chdir(folder)
    return folder / "data" / "ingest.db"


@pytest.mark.parametrize("text", [one for one in blocks("sql") if "GRANT" not in one.values[0]])
def test_each_query_runs(store: Path, text: str) -> None:
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    connection.execute(text).fetchall()
    connection.close()


@pytest.mark.parametrize("text", blocks("python"))
def test_each_python_runs(store: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(text, "docs", "exec"), {})
    assert capsys.readouterr().out


def test_the_view_has_a_row_for_each_document_on_both_databases(store: Path, postgres_searched: str) -> None:
    other = opened(postgres_searched)
    with other.begin() as connection:
        publish(connection, documents(), run_id=None, now=day(0))
    query = "SELECT source, url, title, authors, date_published, language FROM document_now ORDER BY url"
    with other.read() as connection:
        one = [tuple(row) for row in connection.exec_driver_sql(query)]
    other.close()
    connection_ = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    two = connection_.execute(query).fetchall()
    connection_.close()
    assert one == two
    assert one[1] == ("acme", "https://acme.org/one", "Cobalt", "Ann Bee; Ba Diallo", "2026-05", "en")


def test_what_notebooks_import_is_there() -> None:
    import models

    for name in models.__all__:
        assert getattr(models, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = models.nothing


def test_what_a_ray_task_calls_reads_a_file_of_the_archive(tmp_path: Path) -> None:
    """The example itself needs Ray, which is not installed with the project; this is all that runs on its cluster."""
    spec = spec_from_file_location("reread_with_ray", ROOT / "docs" / "reread_with_ray.py")
    assert spec is not None
    assert spec.loader is not None
    example = module_from_spec(spec)
    spec.loader.exec_module(example)
    captured(tmp_path, {"/one": b"<title>Cobalt</title><h1>Cobalt</h1><p>It is mined by hand.</p>"}).close()
    (file,) = warc_files(tmp_path)
    for _ in range(2):  # the second time the file of readings is there
        assert example.read_file(str(file.parent), file.name, str(tmp_path)) == (1, 0)
    (row,) = parquet.read_table(tmp_path / f"{file.name}.parquet").to_pylist()
    assert (row["url"], json.loads(row["record"])["title"]) == ("https://acme.test/one", "Cobalt")
