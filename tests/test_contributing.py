"""CONTRIBUTING's walk through a hand-written scraper, gone as a newcomer would: on a copy, with its own commands."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.sites.server import NOT_FOUND, Answer, Site, serve

ROOT = Path(__file__).parent.parent
WALK = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## A site that configuration cannot describe")[2]
BLOCKS = {
    kind: re.findall(rf"^```{kind}\n(.*?)^```", WALK, re.MULTILINE | re.DOTALL)
    for kind in ("html", "toml", "python", "sh")
}
ADDRESS = "https://acme.example/reports/clerk"
MAP = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## A site that configuration cannot describe")[0]
"""All before the walk, whose paths are those of the reader's own files."""
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


class Acme(Site):
    """The example's site: the page that CONTRIBUTING prints."""

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        return Answer(f"<body><main>{BLOCKS['html'][0]}</main></body>") if path == "/reports/clerk" else NOT_FOUND


def test_every_path_that_is_named_is_there() -> None:
    paths = set(re.findall(r"`((?:models|scrapers|pipeline|tests)/[\w/.]+)`", MAP))
    assert len(paths) > 30
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def is_there(name: str) -> bool:
    """Return whether a dotted name is that of a package or a module, or of something in a module."""
    whole = ROOT.joinpath(*name.split("."))
    return whole.is_dir() or whole.with_suffix(".py").is_file() or whole.parent.with_suffix(".py").is_file()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_module_that_is_named_is_there(document: Path) -> None:
    names = set(re.findall(r"(?<![\w/.@])(?:models|scrapers|pipeline|tests)(?:\.\w+)+", document.read_text("utf-8")))
    assert [name for name in sorted(names) if not is_there(name)] == []


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in ("models", "scrapers", "pipeline", "tests/corpus/eiti"):  # the other pages are test_corpus's
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    for file in ("config.toml", "tests/__init__.py", "tests/test_corpus.py"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def run(clone: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    programs = {"ingest": [sys.executable, "-m", "pipeline.cli"], "pytest": [sys.executable, "-m", "pytest", "-q"]}
    environment = {**os.environ, "PYTHONPATH": str(clone), "INGEST_HTTP__ALLOW_ADDRESSES": '["127.0.0.1"]'}
    return subprocess.run(
        [*programs[words[0]], *words[1:]], cwd=clone, env=environment, capture_output=True, text=True, timeout=120
    )


@pytest.mark.nightly
def test_a_newcomer_s_scraper_works_as_contributing_tells(clone: Path) -> None:
    with serve(Acme()) as site:
        with (clone / "config.toml").open("a", encoding="utf-8") as config:
            config.write(BLOCKS["toml"][0].replace("https://acme.example", site.url))
        (clone / "scrapers/sites/acme.py").write_text(BLOCKS["python"][0], "utf-8")
        commands = [
            line.replace(ADDRESS, site.url + urlsplit(ADDRESS).path).split()
            for block in BLOCKS["sh"]
            for line in block.splitlines()
        ]
        assert [words[:2] for words in commands] == [
            ["ingest", "extract"],
            ["ingest", "accept"],
            ["pytest", "tests/test_corpus.py"],
        ]
        for words in commands:
            done = run(clone, words)
            assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
            if words[1] == "extract":
                said = json.loads(done.stdout)
    assert said["date_published"] == "2019-05-03"
    assert said["origins"]["date_published"] == "comment"
    assert said["title"] == "What the clerk wrote down"
    expected = json.loads((clone / "tests/corpus/acme/reports-clerk/expected.json").read_text("utf-8"))
    assert expected["date_published"] == "2019-05-03"

    broken = BLOCKS["python"][0].replace("read_date(comment)", 'read_date("2 May 2018")')
    (clone / "scrapers/sites/acme.py").write_text(broken, "utf-8")
    done = run(clone, commands[-1])
    assert done.returncode == 1
    assert "acme/reports-clerk/date_published" in done.stdout


def test_the_walk_is_a_page() -> None:
    assert len(WALK.splitlines()) <= 80


def test_every_method_that_can_be_written_is_a_field_s() -> None:
    from scrapers.fields import FIELDS
    from scrapers.scraper import Scraper

    assert set(FIELDS.read) <= {name for name in dir(Scraper) if not name.startswith("_")}
