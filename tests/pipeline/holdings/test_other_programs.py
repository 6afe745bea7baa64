"""Exports as other programs read them: reference managers, a feed reader, OpenAleph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pybtex.database
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from models.database.store import Store
from pipeline.holdings.export import export_documents
from pipeline.load.load import publish
from scrapers.base import Author
from tests.made import day, found, made, new_store, opened

TITLES = (
    "Plain", "A { brace alone", "Another } alone", r"Back\slash at its end \ ", "50% & more_of #it for $5 ~ ^2",
    '"Quoted", and <b>marked</b> &amp; so on', "=1+1", "@book{other,", "ER  - \nTY  - JOUR", "Two\nlines\u2028of it",
    "关于 人权", "الأعمال وحقوق", "O’Neil – “x”", "\x0bcontrol", "",
)  # fmt: skip
NAMES = (
    Author(name="Aminata Diallo", kind="person"),
    Author(name="Rise and Shine", kind="person"),
    Author(name="And Others", kind="person"),
    Author(name="Fair { Square", kind="organisation"),
    Author(name="张 伟", kind="person"),
    Author(name="Smith, Jones and Sons", kind=None),
    Author(name="% of\\ x", kind="person"),
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FOLLOWTHEMONEY = {
    "Document": {
        "title", "author", "date", "publishedAt", "publisher", "summary", "language", "sourceUrl", "mimeType",
        "retrievedAt", "bodyText",
    },
}  # fmt: skip
"""The properties of followthemoney 4.11's schema Document, from which HyperText and Pages inherit, that are written."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a store of documents whose values hold what each format gives a meaning."""
    folder = tmp_path_factory.mktemp("programs")
    new_store(folder / "ingest.db").close()
    store = opened(str(folder / "ingest.db"))
    documents = []
    for number, title in enumerate(TITLES):
        document = made(
            f"https://acme.org/{number}?a=%25&b={{x}}#é", title=title or None, body=f"{title} text", description=title,
            date=("2019", "2019-05", "2019-05-07", None)[number % 4],
            language=("en", "fr", "zh-Hans", None)[number % 4],
            media_type=("text/html", "application/pdf", DOCX)[number % 3], identifiers={"doi": f"10.1/x_{{{number}%"},
        )  # fmt: skip
        names = NAMES[: number % (len(NAMES) + 1)]
        documents.append(replace(document, values={**document.values, "authors": found(names)}))
    with store.begin() as connection:
        publish(connection, documents, run_id=None, now=day(0))
    yield store
    store.close()


@pytest.fixture(scope="module")
def lines(store: Store, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Give what was exported as JSON lines, which the other formats are compared with."""
    path = tmp_path_factory.mktemp("lines") / "docs.jsonl"
    export_documents(store, path)
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_bibtexparser_and_pybtex_read_every_entry(store: Store, lines: list[dict[str, Any]], tmp_path: Path) -> None:
    export_documents(store, tmp_path / "docs.bib")
    text = (tmp_path / "docs.bib").read_text("utf-8")
    library = parse_string(text)
    assert (len(library.entries), library.failed_blocks) == (len(lines), [])
    entries = pybtex.database.parse_string(text, "bibtex").entries
    assert len(entries) == len(lines)
    for line in lines:
        entry = entries[f"ingest-{line['id']}"]
        assert len(entry.persons.get("author", [])) == len(line["authors"]), line["authors"]
        assert entry.fields["url"] == line["url"].replace("{", "%7B").replace("}", "%7D")
        assert bool(entry.fields.get("title")) == bool(line["title"])


def test_rispy_reads_every_record(store: Store, lines: list[dict[str, Any]], tmp_path: Path) -> None:
    export_documents(store, tmp_path / "docs.ris")
    with (tmp_path / "docs.ris").open(encoding="utf-8", newline="") as file:
        records = rispy.load(file)
    titles = [" ".join(line["title"].split()) if line["title"] else None for line in lines]
    assert [record.get("title") for record in records] == titles
    assert [len(record.get("authors", [])) for record in records] == [len(line["authors"]) for line in lines]
    assert [record["urls"][0] for record in records] == [line["url"] for line in lines]


def test_citeproc_makes_a_bibliography(store: Store, lines: list[dict[str, Any]], tmp_path: Path) -> None:
    export_documents(store, tmp_path / "docs.csl.json")
    items = CiteProcJSON(json.loads((tmp_path / "docs.csl.json").read_text("utf-8")))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, items, formatter.plain)
    for key in items:
        bibliography.register(Citation([CitationItem(key)]))
    printed = [str(entry) for entry in bibliography.bibliography()]
    assert len(printed) == len(lines)
    assert "Diallo, A. and Rise and Shine (2019) 关于 人权." in "\n".join(printed)


def test_feedparser_finds_no_fault(store: Store, lines: list[dict[str, Any]], tmp_path: Path) -> None:
    export_documents(store, tmp_path / "docs.atom")
    feed = feedparser.parse((tmp_path / "docs.atom").read_bytes())
    assert not feed.bozo
    assert {entry.link for entry in feed.entries} == {line["url"] for line in lines}
    assert all(entry.title and entry.updated_parsed for entry in feed.entries)


def test_followthemoney_knows_every_property(store: Store, lines: list[dict[str, Any]], tmp_path: Path) -> None:
    export_documents(store, tmp_path / "docs.ftm.json")
    entities = [json.loads(line) for line in (tmp_path / "docs.ftm.json").read_text("utf-8").split("\n") if line]
    assert {entity["schema"] for entity in entities} == {"HyperText", "Pages", "Document"}
    assert {name for entity in entities for name in entity["properties"]} <= FOLLOWTHEMONEY["Document"]
    assert len({entity["id"] for entity in entities}) == len(lines)
