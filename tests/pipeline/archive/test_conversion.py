"""A page that a browser made is archived with what it was made of; both are read, moved and dropped together."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from pipeline.archive import Archive, read
from pipeline.archive.compact import members, wanted
from pipeline.fetch.settings import Fetched
from scrapers.base import Page


def page(url: str, content: bytes, media_type: str = "text/html") -> Page:
    return Page(
        url=url,
        final_url=url,
        headers=(("Content-Type", media_type), ("Content-Language", "fr")),
        media_type=media_type,
        content=content,
        retrieved_at=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def fetched(answer: Page, body: bytes | None = None) -> Fetched:
    return Fetched(
        url=answer.url,
        final_url=answer.final_url,
        page=answer,
        status=200,
        request_headers=(("User-Agent", "x"),),
        request_body=body,
    )


SHELL = page("https://a.example/7", b"<html><script src=app.js></script></html>")
DATA = page("https://a.example/api", b'{"title": "Seven"}', "application/json")
MADE = replace(
    page("https://a.example/7", "<html><h1>Siège</h1></html>".encode()),
    redirects=("https://a.example/old",),
    status=203,
)


def made(url: str = "https://a.example/7") -> Fetched:
    asked = (fetched(DATA, b'{"id": 7}'),)
    return replace(fetched(replace(MADE, url=url, final_url=url)), answer=SHELL, asked_by_scripts=asked)


def test_the_page_is_read_again_as_it_was_made(tmp_path: Path) -> None:
    with Archive(tmp_path, software="test") as archive:
        stored = archive.append(made())
        archive.sync()
    assert read(tmp_path, stored) == MADE


def test_other_readers_see_a_conversion_that_refers_to_its_answer(tmp_path: Path) -> None:
    with Archive(tmp_path, software="test") as archive:
        stored = archive.append(made())
        archive.sync()
    with (tmp_path / stored.file).open("rb") as file:
        records = [(record.rec_type, record.rec_headers, record.raw_stream.read()) for record in ArchiveIterator(file)]
    assert [kind for kind, _, _ in records] == ["warcinfo", "response", "request", "response", "request", "conversion"]
    _, answer, _, asked, posted, last = records
    assert last[1].get_header("WARC-Refers-To") == answer[1].get_header("WARC-Record-ID")
    assert asked[1].get_header("WARC-Concurrent-To") == answer[1].get_header("WARC-Record-ID")
    assert last[2] == MADE.content
    assert posted[2] == b'{"id": 7}'


def test_the_same_page_made_again_is_stored_once(tmp_path: Path) -> None:
    with Archive(tmp_path, software="test") as archive:
        first = archive.append(made())
        again = archive.append(made("https://a.example/seven"), duplicate_of=first)
        archive.sync()
    assert read(tmp_path, again) == replace(MADE, url="https://a.example/seven", final_url="https://a.example/seven")


def test_what_a_page_was_made_of_is_kept_and_dropped_with_it(tmp_path: Path) -> None:
    plain = fetched(page("https://a.example/plain", b"<html>plain</html>"))
    with Archive(tmp_path, software="test") as archive:
        first, other, second = archive.append(made()), archive.append(plain), archive.append(made())
        lengths = archive.sync()
    found = list(members(tmp_path / first.file, lengths[first.file]))
    kinds = ["response", "request", "response", "request", "conversion"]
    assert [member.kind for member in wanted(found, {first.offset})] == kinds
    assert [member.kind for member in wanted(found, {other.offset})] == ["response", "request"]
    assert [member.kind for member in wanted(found, {second.offset})] == kinds
    assert wanted(found, {second.offset})[0].offset > other.offset
