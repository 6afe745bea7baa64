"""`ingest import`: what others captured becomes the documents that fetching would have given."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import os
from base64 import b32encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.pool import Readers
from pipeline.run.importing.captures import Captured, captures, survey
from pipeline.run.importing.inputs import Input
from tests.crash.launcher import shared
from tests.once import Once
from tests.pipeline.run.importing.captured import Answered, common_crawl, http, record, warcio, wget
from tests.pipeline.workplace import Workplace, lines
from tests.sites import SitemapSite
from tests.sites.server import Answer, serve

TABLES = {"http": {"allow_addresses": ["127.0.0.1"], "delay_seconds": 0}, "extract": {"workers": 1}}


class Centre(SitemapSite):
    """Ten documents; an address of old redirects to one of them, and a page that is gone says so with 404."""

    def __init__(self) -> None:
        super().__init__()
        self.items = self.items[:10]

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/old/address":
            return Answer(status=301, headers={"Location": self.address(self.items[0])})
        return super().answer(path, query)


@dataclass(frozen=True)
class Fetched:
    """What fetching gives, and what came over the wire."""

    answers: tuple[Answered, ...]
    documents: list[dict[str, Any]]
    list: str


@pytest.fixture(scope="module")
def fetched(once: Once) -> Fetched:
    return once.kept("fetched", fetch)


def fetch(folder: Path) -> Fetched:
    """Fetch a list of documents, in the folder."""
    with serve(Centre()) as site:
        urls = [f"{site.url}/old/address", *map(site.address, site.items[1:])]
        urls += [site.file_address(item) for item in site.items if item.has_pdf]
        listed = "title,url\n" + "".join(f"a title,{url}\n" for url in urls)
        place = Workplace(folder, TABLES)
        (place.folder / "list.csv").write_text(listed, "utf-8")
        place.ingest("import", "list.csv", "--source", "centre")
        answers = [
            Answered(f"{site.url}/old/address", b"", status=301, headers=(("Location", site.address(site.items[0])),)),
            Answered(f"{site.url}/gone", b"<html><h1>No such page</h1></html>", status=404),
            Answered(f"{site.url}/logo.png", b"\x89PNG\r\n\x1a\n" + bytes(500), "image/png"),
            Answered("dns:a.test", b"a.test 1 IN A 127.0.0.1", "text/dns"),
        ]
        for item in site.items:
            answer = site.answer(f"/resources/{item.slug}", {})
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            answers.append(Answered(site.address(item), body))
            if item.has_pdf:
                pdf = site.file(f"/files/{item.number}/{item.slug}.pdf")
                assert pdf is not None
                assert isinstance(pdf.body, bytes)
                answers.append(Answered(site.file_address(item), pdf.body, "application/octet-stream"))
        return Fetched(tuple(answers), place.documents(), listed)


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, TABLES)


def test_a_list_is_fetched_like_a_listing_and_once(fetched: Fetched) -> None:
    assert len(fetched.documents) > 10
    assert all(document["title"] and document["source"] == "centre" for document in fetched.documents)


def sha1(data: bytes) -> str:
    return b32encode(hashlib.sha1(data).digest()).decode()


def packed_with_zstd(data: bytes) -> bytes:
    from backports import zstd

    return zstd.compress(data)


IMPORTED = ("warcio.warc", "wget.warc.gz")
"""Those that go through the whole command; of the others it is enough that they hold the same captures."""
LAYOUTS: dict[str, Callable[[Sequence[Answered]], bytes]] = {
    "warcio.warc.gz": warcio,
    "warcio.warc": lambda answers: warcio(answers, packed=False, version="1.0"),
    "warcio.warc.zst": lambda answers: packed_with_zstd(warcio(answers, packed=False)),
    "whole.warc.gz": lambda answers: gzip.compress(warcio(answers, packed=False)),
    "wget.warc.gz": lambda answers: b"".join(wget(answers)),
    "wget.warc": lambda answers: b"".join(wget(answers, packed=False)),
    "CC-MAIN.warc.gz": common_crawl,
}


async def captured(path: Path) -> list[tuple[str, str, datetime, tuple[str, ...]]]:
    """Return what a file holds: address, hash and moment of each page, and what led to it."""
    inputs = [Input(path=path, name=path.name, kind="warc")]
    known = survey(inputs)
    async with Readers(workers=1, spool=path.parent / "spool") as readers:
        found = captures(inputs, known, readers, lambda url: (), source="centre", max_bytes=10_000_000)
        pages = [one async for one in found]
    assert all(isinstance(one, Captured) for one in pages)
    return sorted(
        (one.url, one.page.sha256, one.page.retrieved_at, known.led(one.url))
        for one in pages
        if isinstance(one, Captured)
    )


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name not in IMPORTED])
def test_every_layout_holds_the_same_captures(tmp_path: Path, fetched: Fetched, name: str) -> None:
    (tmp_path / name).write_bytes(LAYOUTS[name](fetched.answers))
    (tmp_path / "plain.warc").write_bytes(LAYOUTS["warcio.warc"](fetched.answers))
    pages = asyncio.run(captured(tmp_path / name))
    assert len(pages) == len(fetched.documents)
    assert pages == asyncio.run(captured(tmp_path / "plain.warc"))


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name == "wget.warc.gz" else pytest.mark.nightly) for name in IMPORTED]
)
def test_captures_give_what_fetching_gives_and_twice_nothing(place: Workplace, fetched: Fetched, name: str) -> None:
    (place.folder / name).write_bytes(LAYOUTS[name](fetched.answers))
    place.ingest("import", name, "--source", "centre")
    assert place.documents() == fetched.documents
    archive = {path.name: path.stat().st_size for path in (place.folder / "data/archive").glob("*.warc.gz")}
    result = json.loads(place.ingest("import", name, "--source", "centre", "--json").stdout)
    assert (result[0]["new"], result[0]["changed"], result[0]["requested"]) == (0, 0, 0)
    assert place.documents() == fetched.documents
    assert archive == {path.name: path.stat().st_size for path in (place.folder / "data/archive").glob("*.warc.gz")}


def test_show_names_file_and_offset_and_a_rerun_finds_the_bytes(place: Workplace, fetched: Fetched) -> None:
    page = fetched.answers[4]
    data = b"".join(wget(fetched.answers, packed=False))
    (place.folder / "captures").mkdir()
    (place.folder / "captures" / "w.warc").write_bytes(data)
    place.ingest("import", "captures/")
    shown = json.loads(place.ingest("show", page.url, "--json").stdout)
    at = data.index(b"WARC-Type: response\r\nWARC-Record-ID: <urn:uuid:", data.index(f"<{page.url}>".encode()))
    assert shown["capture"]["imported_from"] == "captures/w.warc"
    assert shown["capture"]["imported_offset"] == at - len("WARC/1.0\r\n")
    assert shown["retrieved_at"] == page.date
    assert shown["source"] == "import-captures"
    assert (
        f"imported from captures/w.warc, offset {shown['capture']['imported_offset']}"
        in place.ingest("show", page.url).stdout
    )
    raw = place.start("show", page.url, "--raw")
    assert raw.communicate()[0].encode() == page.body
    report = json.loads(place.ingest("rerun", "--json").stdout)[0]
    assert (report["requested"], report["changed"]) == (len(fetched.documents), 0)
    place.ingest("archive", "verify")


def test_a_killed_import_is_finished_by_the_next(place: Workplace, fetched: Fetched) -> None:
    (place.folder / "c.warc.gz").write_bytes(warcio(fetched.answers))
    assert shared().run(place.folder, "import", "c.warc.gz", "--source", "centre", kill_at=150).killed
    place.ingest("import", "c.warc.gz", "--source", "centre")
    assert place.documents() == fetched.documents


def test_what_is_torn_is_named_and_the_rest_is_loaded(place: Workplace, fetched: Fetched) -> None:
    records = wget(fetched.answers)
    pages = [number for number, one in enumerate(records) if b"response" in gzip.decompress(one)[:400]]
    damaged = pages[5]
    offset = sum(map(len, records[:damaged]))
    middle = len(records[damaged]) // 2
    records[damaged] = records[damaged][:middle] + bytes(20) + records[damaged][middle + 20 :]
    (place.folder / "w.warc.gz").write_bytes(b"".join(records)[:-40])
    result = place.ingest("import", "w.warc.gz", "--source", "centre", code=3)
    assert f"w.warc.gz at {offset}" in result.stderr
    assert "the packed bytes are damaged" in result.stderr
    assert "the file ends within the record" in result.stderr
    lost = {fetched.answers[5].url, fetched.answers[-1].url}
    assert {one["url"] for one in place.documents()} == {one["url"] for one in fetched.documents} - lost
    assert {one["stage"] for one in place.failures()} == {"fetch"}
    (place.folder / "w.warc.gz").write_bytes(b"".join(wget(fetched.answers)))
    place.ingest("import", "w.warc.gz", "--source", "centre")
    assert place.documents() == fetched.documents
    assert place.failures() == []


def test_answers_that_are_not_whole_are_failures(place: Workplace, fetched: Fetched) -> None:
    page = fetched.answers[4]
    kind = ["Content-Type: application/http; msgtype=response"]
    bad = {
        "short": (http(page, page.body[:-100], [f"Content-Length: {len(page.body)}"]), kind),
        "chunks": (http(page, b"%x\r\n" % len(page.body) + page.body[:-9], ["Transfer-Encoding: chunked"]), kind),
        "packed": (http(page, gzip.compress(page.body)[:-30], ["Content-Encoding: gzip"]), kind),
        "cut": (http(page), [*kind, "WARC-Truncated: length"]),
        "bomb": (http(page, gzip.compress(bytes(5_000_000)), ["Content-Encoding: gzip"]), kind),
    }
    place.config.write_text(place.config.read_text("utf-8").replace("[http]", "[http]\nmax_bytes = 1000000"), "utf-8")
    written = [record("response", f"https://a.test/{name}", block, fields) for name, (block, fields) in bad.items()]
    written.append(record("response", "https://a.test/when", http(page), kind, date="yesterday"))
    (place.folder / "bad.warc").write_bytes(b"".join(written))
    stderr = place.ingest("import", "bad.warc", code=3).stderr
    for name in (*bad, "when"):
        assert f"(https://a.test/{name})" in stderr
    assert place.documents() == []


def test_a_repeated_answer_is_resolved_and_a_newer_one_is_a_revision(place: Workplace, fetched: Fetched) -> None:
    page = fetched.answers[4]
    kind = ["Content-Type: application/http; msgtype=response"]
    digest = "WARC-Payload-Digest: sha1:ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    profile = "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
    changed = page.body.replace(b"</p>", b" This was corrected later.</p>")
    day = "2026-01-{:02}T10:00:00Z".format
    written = [
        record("revisit", "https://a.test/twin", http(page, b""), [*kind, profile, digest], day(9)),
        record("response", "https://a.test/one", http(page), [*kind, digest], day(1)),
        record("response", "https://a.test/one", http(page, changed), kind, day(7)),
        record("response", "https://a.test/one", http(page, b"<p>old</p>" + page.body), kind, day(3)),
        record("revisit", "https://a.test/lost", http(page, b""), [*kind, profile, "WARC-Payload-Digest: x"], day(9)),
    ]
    (place.folder / "r.warc").write_bytes(b"".join(written))
    assert "neither the import nor the archive holds" in place.ingest("import", "r.warc", code=3).stderr
    one = json.loads(place.ingest("show", "https://a.test/one", "--json").stdout)
    assert len(one["revisions"]) == 2
    assert one["retrieved_at"] == day(7)
    # a later import refers to what an earlier one brought
    later = record(
        "revisit",
        "https://a.test/one",
        http(page, b""),
        [*kind, profile, f"WARC-Payload-Digest: sha1:{sha1(page.body)}", "WARC-Truncated: length"],
        day(11),
    )
    (place.folder / "later.warc").write_bytes(later)
    place.ingest("import", "later.warc", "--source", "import-r")
    one = json.loads(place.ingest("show", "https://a.test/one", "--json").stdout)
    assert (len(one["revisions"]), one["retrieved_at"]) == (3, day(11))
    twin = json.loads(place.ingest("show", "https://a.test/twin", "--json").stdout)
    assert twin["retrieved_at"] == day(9)


def test_saved_pages_have_their_addresses_from_beside_themselves_or_their_place(
    place: Workplace, fetched: Fetched
) -> None:
    folder = place.folder / "saved" / "inner"
    folder.mkdir(parents=True)
    page, file = fetched.answers[4], next(one for one in fetched.answers if one.body.startswith(b"%PDF"))
    plain = (
        b"<html><head><title>A page of no place</title></head><body><p>" + b"Words of a page. " * 30 + b"</body></html>"
    )
    (folder / "declared.html").write_bytes(page.body)
    (folder / "noted.htm").write_bytes(b"<!-- saved from url=(0021)https://a.test/noted -->\n" + plain)
    (folder / "report.pdf").write_bytes(file.body)
    (folder / "report.pdf.url").write_text("[InternetShortcut]\r\nURL=https://a.test/files/report.pdf\r\n", "utf-8")
    (folder / "of no place.html").write_bytes(plain.replace(b"no place", b"no known place"))
    (folder / "style.css").write_text("body { color: red }", "utf-8")
    for path in folder.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    place.ingest("import", "saved")
    urls = {one["url"] for one in place.documents()}
    made = "https://import-saved.invalid/saved/inner/of%20no%20place.html"
    assert urls == {page.url, "https://a.test/noted", "https://a.test/files/report.pdf", made}
    shown = json.loads(place.ingest("show", made, "--json").stdout)
    assert shown["retrieved_at"] == "2023-11-14T22:13:20Z"
    assert shown["capture"]["imported_from"] == "saved/inner/of no place.html"
    place.ingest("import", "saved/inner/report.pdf", "--source", "import-saved")


def test_a_configured_source_s_rules_apply(place: Workplace) -> None:
    body = (
        b"<html><head><title>Head</title></head><body><h1>Heading</h1><p class=t>The real title</p><p>" + b"Text. " * 60
    )
    (place.folder / "x.warc").write_bytes(warcio([Answered("https://a.test/x", body)], packed=False))
    keys = '[sources.acme]\nstart = "https://a.test/"\ntitle = "p.t"\n'
    place.config.write_text(place.config.read_text("utf-8") + keys, "utf-8")
    place.ingest("import", "x.warc", "--source", "acme")
    assert [one["title"] for one in place.documents()] == ["The real title"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.warc.gz", None, "there is no such file"),
        ("empty.csv", "url\n", "holds no address"),
        ("wrong.csv", "url\nhttps://a.test/\nnot an address\n", "line 3"),
        ("none.csv", "a,b\n1,2\n", "no column is headed"),
        ("wrong.jsonl", '{"url": "https://a.test/"\n', "cannot be read"),
        ("list.csv", "url\nhttps://a.test/\n", "http.contact"),
        (
            "old.arc",
            "filedesc://old.arc 0.0.0.0 20040101000000 text/plain 10\n",
            "warcio recompress old.arc old.warc.gz",
        ),
        ("old.bin", "filedesc://old.arc 0.0.0.0 20040101000000 text/plain 10\n", "ARC file"),
    ],
)
def test_a_wrong_argument_ends_with_2(place: Workplace, name: str, content: str | None, words: str) -> None:
    if content is not None:
        (place.folder / name).write_text(content, "utf-8")
    assert words in place.ingest("import", name, code=2).stderr
    assert not (place.folder / "data").exists()


def test_lists_of_every_form_are_read(tmp_path: Path) -> None:
    from pipeline.run.importing.inputs import addresses

    forms = {
        "a.csv": "﻿https://a.test/1?utm_source=x\nhttps://a.test/2\n",
        "b.csv": 'name,URL\n"a, b",https://a.test/1\n,https://a.test/2\n,\n',
        "c.tsv": "x\turl\ny\thttps://a.test/1\ny\thttps://a.test/2\n",
        "d.jsonl": '{"url": "https://a.test/1"}\n\n"https://a.test/2"\n{"url": "https://a.test/2#x"}\n',
    }
    for name, text in forms.items():
        (tmp_path / name).write_text(text, "utf-8")
        assert addresses(tmp_path / name) == ["https://a.test/1", "https://a.test/2"], name
    assert lines(tmp_path / "a.csv")
