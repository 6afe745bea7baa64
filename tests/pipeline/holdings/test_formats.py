from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from warcio.archiveiterator import ArchiveIterator

from models.database.store import Store
from models.errors import ConfigError, StoreError
from pipeline.holdings.export import Filters, export_captures, export_documents
from pipeline.load.load import publish
from scrapers.base import Author
from tests.made import day, found, made, new_store, opened
from tests.pipeline.holdings.archived import SITE, captured

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("formats")
    new_store(folder / "ingest.db").close()
    store = opened(str(folder / "ingest.db"))
    names = (
        Author(name="Aminata Diallo", kind="person"),
        Author(name="张 伟", kind="person"),
        Author(name="Fair & Square {Institute}", kind="organisation"),
        Author(name="Иван Петров", kind="person"),
    )
    awkward = made(
        "https://acme.org/a?x=1&y=100%25", title='=HYPERLINK("http://evil") & 50% of_it \\ {braces}', date="2019-05",
        body="<b>text</b>\n\nmore \x0b", description="A summary\nof two lines", language="fr",
        identifiers={"doi": "10.1/x_y"}, media_type="application/pdf",
    )  # fmt: skip
    values = {**awkward.values, "authors": found(names)}
    with store.begin() as connection:
        publish(connection, [replace(awkward, values=values)], run_id=None, now=day(0))
        publish(
            connection, [made("https://acme.org/b", title="Plain", body="words " * 20_000)], run_id=None, now=day(1)
        )
        publish(connection, [made("https://acme.org/c", title=None)], run_id=None, now=day(2))
    yield store
    store.close()


def exported(store: Store, path: Path, query: str = "") -> str:
    export_documents(store, path, Filters(query=query))
    return path.read_text("utf-8")


def test_bibtex(store: Store, tmp_path: Path) -> None:
    text = exported(store, tmp_path / "docs.bib")
    assert text.count("\n}\n") == text.count("@techreport{") + text.count("@misc{") == 3
    braced = r"\textbraceleft{}%s\textbraceright{}"
    title = r"  title = {{=HYPERLINK(\"http://evil\") \& 50\% of\_it \textbackslash{} " + braced % "braces" + "}},"
    assert title in text.replace('"', r"\"")
    institute = r"{Fair \& Square " + braced % "Institute" + "}"
    assert r"  author = {Diallo, Aminata and {张 伟} and " + institute + " and {Иван Петров}}," in text
    assert "  date = {2019-05},\n  year = {2019},\n  month = {5}," in text
    assert "  doi = {10.1/x_y}," in text
    assert text.count("{") == text.count("}")


def test_ris(store: Store, tmp_path: Path) -> None:
    export_documents(store, tmp_path / "docs.ris", Filters(query="format:pdf"))
    lines = (tmp_path / "docs.ris").read_bytes().decode().split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert lines[-3:] == ["ER  - ", "", ""]
    for line in ("AU  - Diallo, Aminata", "AU  - 张 伟", "DA  - 2019/05//", "AB  - A summary of two lines", "LA  - fr"):
        assert line in lines


def test_csl_names_persons_in_latin_script_by_parts_and_others_whole(store: Store, tmp_path: Path) -> None:
    items = json.loads(exported(store, tmp_path / "docs.csl.json"))
    assert len(items) == 3
    (report,) = [item for item in items if item["type"] == "report"]
    assert report["author"] == [
        {"family": "Diallo", "given": "Aminata"},
        {"literal": "张 伟"},
        {"literal": "Fair & Square {Institute}"},
        {"literal": "Иван Петров"},
    ]
    assert report["issued"] == {"date-parts": [[2019, 5]]}
    assert report["DOI"] == "10.1/x_y"


def test_followthemoney(store: Store, tmp_path: Path) -> None:
    entities = [json.loads(line) for line in exported(store, tmp_path / "docs.ftm.json").splitlines()]
    assert sorted(entity["schema"] for entity in entities) == ["HyperText", "HyperText", "Pages"]
    (pages,) = [entity for entity in entities if entity["schema"] == "Pages"]
    assert pages["properties"]["language"] == ["fra"]
    assert pages["properties"]["date"] == ["2019-05"]
    assert all(values and all(isinstance(v, str) for v in values) for values in pages["properties"].values())


def test_atom(store: Store, tmp_path: Path) -> None:
    feed = ET.fromstring(exported(store, tmp_path / "docs.atom"))
    entries = feed.findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles == ["No title", "Plain", '=HYPERLINK("http://evil") & 50% of_it \\ {braces}']
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 3
    assert all(entry.findtext(f"{ATOM}updated") for entry in entries)


def test_a_spreadsheet_holds_text_and_no_formula(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "docs.xlsx"
    assert export_documents(store, path) == 3
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower().replace("=hyperlink(", "")
    assert sheet.count("<row ") == 4
    assert " [cut]</t>" in sheet


def test_chosen_columns_and_a_mark_for_excel(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "docs.csv"
    export_documents(store, path, Filters(query="plain"), columns=("title", "url"), bom=True)
    assert path.read_bytes().startswith(b"\xef\xbb\xbftitle,url\r\n")
    assert list(csv.reader(path.read_text("utf-8-sig").splitlines())) == [
        ["title", "url"],
        ["Plain", "https://acme.org/b"],
    ]
    path = tmp_path / "docs.jsonl"
    export_documents(store, path, Filters(query="plain"), columns=("url",))
    assert json.loads(path.read_text()) == {"url": "https://acme.org/b"}


@pytest.mark.parametrize(
    ("name", "columns", "bom", "message"),
    [
        ("docs.csv", ("titel",), False, "there is no column 'titel'; did you mean 'title'"),
        ("docs.bib", ("title",), False, "has fields of its own"),
        ("docs.jsonl", None, True, "--bom: is for a .csv"),
    ],
)
def test_an_option_that_does_not_fit_is_refused(
    store: Store, tmp_path: Path, name: str, columns: tuple[str, ...] | None, bom: bool, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        export_documents(store, tmp_path / name, columns=columns, bom=bom)
    assert not (tmp_path / name).exists()


def test_what_came_in_or_changed_since_a_day(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "docs.jsonl"
    assert export_documents(store, path, Filters(seen_since="2026-03-03")) == 1
    assert export_documents(store, path, Filters(changed_since="2026-03-02")) == 2
    assert export_documents(store, path, Filters(seen_since="2026-03-09")) == 0


def test_parquet_says_the_same_as_json_lines_with_moments(store: Store, tmp_path: Path) -> None:
    export_documents(store, tmp_path / "docs.parquet")
    export_documents(store, tmp_path / "docs.jsonl")
    table = pq.read_table(tmp_path / "docs.parquet")
    assert "tz=UTC" in str(table.schema.field("retrieved_at").type)
    rows = table.to_pylist()
    lines = [json.loads(line) for line in (tmp_path / "docs.jsonl").read_text("utf-8").splitlines()]
    for row, line in zip(rows, lines, strict=True):
        for name, value in line.items():
            held = row[name]
            if isinstance(held, datetime):
                held = held.isoformat().replace("+00:00", "Z")
            elif isinstance(value, dict):
                held = dict(held)
            assert held == value, name


def test_markdown_has_front_matter_and_escapes_what_would_be_markup(tmp_path: Path) -> None:
    store = opened(str(tmp_path / "ingest.db"))
    body = "# no heading\n\n- no list\n\n1. nor this\n\nplain\x85text"
    documents = [
        made(
            "https://acme.org/a",
            title='A "title": ../x\nof two',
            body=body,
            authors=["Ann Bee", "张 伟"],
            date="2019-05",
        ),
        made("https://acme.org/b", title=None, body=None, language=None),
    ]
    with store.begin() as connection:
        publish(connection, documents, run_id=None, now=day(0))
    for name in ("one", "two"):
        assert export_documents(store, tmp_path / f"{name}.md.zip") == 2
    assert (tmp_path / "one.md.zip").read_bytes() == (tmp_path / "two.md.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.md.zip") as archive:
        assert archive.namelist() == ["documents/0000001-a-title-x-of-two.md", "documents/0000002-untitled.md"]
        text = archive.read(archive.namelist()[0]).decode()
        other = archive.read(archive.namelist()[1]).decode()
    _, front, rest = text.split("---\n", 2)
    fields = {name: json.loads(value) for name, _, value in (line.partition(": ") for line in front.splitlines())}
    assert fields["authors"] == ["Ann Bee", "张 伟"]
    assert fields["title"] == 'A "title": ../x\nof two'
    assert (fields["date_published"], fields["url"]) == ("2019-05", "https://acme.org/a")
    assert rest.startswith('\n# A "title": ../x of two\n\n\\# no heading\n\n\\- no list\n\n\\1. nor this\n\n')
    assert other.rstrip().endswith("---")
    store.close()


def test_archived_records_are_copied_as_a_file_that_can_be_read_alone(tmp_path: Path) -> None:
    pages = {"/one": b"<p>One.", "/two": b"<p>Two.", "/same": b"<p>One.", "/none": b""}
    store = captured(tmp_path, pages)
    kept = [made(f"{SITE}{path}", title=path, language="fr" if path == "/two" else "en") for path in pages]
    with store.begin() as connection:
        captures = {row.url: row.id for row in connection.exec_driver_sql("SELECT url, id FROM capture")}
        held = [replace(item, capture_id=captures.get(item.canonical_url)) for item in kept]
        publish(connection, [*held[:3], replace(held[3], capture_id=None)], run_id=None, now=day(0))
    path = tmp_path / "en.warc.gz"
    assert export_captures(store, tmp_path / "archive", path, Filters(query="language:en")) == (2, 1)
    with path.open("rb") as file:
        records = [
            (record.rec_type, record.rec_headers, record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]
    assert records[0][0] == "warcinfo"
    assert all(headers.get_header("WARC-Block-Digest") for _, headers, _ in records)
    about = {headers.get_header("WARC-Target-URI"): content for _, headers, content in records[1:]}
    assert about.keys() == {f"{SITE}/one", f"{SITE}/same"}
    assert about[f"{SITE}/one"] == b"<p>One."
    known = {headers.get_header("WARC-Record-ID") for _, headers, _ in records}
    assert {headers.get_header("WARC-Refers-To") for kind, headers, _ in records if kind == "revisit"} <= known

    with pytest.raises(StoreError, match=r"cannot be read.*archive verify"):
        export_captures(store, tmp_path, path, Filters())
    for torn in (tmp_path / "archive").glob("*.warc.gz"):
        torn.write_bytes(torn.read_bytes()[:200])
    with pytest.raises(StoreError, match=r"no whole record at \d+"):
        export_captures(store, tmp_path / "archive", path, Filters())
    assert len(path.read_bytes()) > 200
    store.close()
