from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from models.errors import StoreError
from pipeline.archive import Archive, Stored, read
from pipeline.fetch.client import Fetched
from scrapers.base import Page

WHEN = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)


def page(content: bytes = b"<html><title>One</title>", **more: object) -> Page:
    given = {
        "url": "https://example.org/one",
        "final_url": "https://example.org/one",
        "headers": (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "31")),
        "content": content,
        "retrieved_at": WHEN,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return Page(**{**given, **more})  # type: ignore[arg-type]


def fetched(of: Page) -> Fetched:
    return Fetched(
        url=of.url,
        final_url=of.final_url,
        page=of,
        status=of.status,
        request_headers=(("User-Agent", "resource-centre-ingest/0.1"), ("Authorization", "***")),
        remote_address="192.0.2.7",
    )


def replay(folder: Path) -> list[tuple[str, str | None, bytes]]:
    """Read every record with a public reader of web archives, which checks the digests."""
    records = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                uri = record.rec_headers.get_header("WARC-Target-URI")
                records.append((record.rec_type, uri, record.content_stream().read()))
    return records


def test_a_page_comes_back_as_it_was(tmp_path: Path) -> None:
    one = page(
        url="https://example.org/eins?q=ü",
        redirects=("https://example.org/a", "https://example.org/b c"),
        headers=(("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("Set-Cookie", "a=b"), ("X", "é: ü")),
    )
    with Archive(tmp_path, software="ingest/0.1") as archive:
        stored = archive.append(fetched(one))
        archive.sync()
        assert read(tmp_path, stored) == one
        assert read(tmp_path, Stored(file=stored.file, offset=stored.offset, length=stored.length)) == one


def test_a_public_reader_replays_it(tmp_path: Path) -> None:
    pdf = page(b"%PDF-1.7\n" + bytes(range(256)) * 5000, media_type="application/pdf")
    with Archive(tmp_path, software="ingest/0.1") as archive:
        first = archive.append(fetched(page()))
        archive.append(fetched(pdf))
        archive.append(fetched(page(final_url="https://example.org/twin")), duplicate_of=first)
    kinds = [(kind, uri) for kind, uri, _ in replay(tmp_path)]
    assert kinds == [
        ("warcinfo", None),
        ("response", "https://example.org/one"),
        ("request", "https://example.org/one"),
        ("response", "https://example.org/one"),
        ("request", "https://example.org/one"),
        ("revisit", "https://example.org/twin"),
        ("request", "https://example.org/twin"),
    ]
    assert replay(tmp_path)[1][2] == b"<html><title>One</title>"
    assert replay(tmp_path)[3][2] == pdf.content


def test_each_record_has_the_digest_of_its_block(tmp_path: Path) -> None:
    with Archive(tmp_path, software="ingest/0.1") as archive:
        first = archive.append(fetched(page()))
        archive.append(fetched(page(final_url="https://example.org/twin")), duplicate_of=first)
    (path,) = tmp_path.glob("*.warc.gz")
    with path.open("rb") as file:
        digests = [
            (record.rec_headers.get_header("WARC-Block-Digest"), hashlib.sha256(record.raw_stream.read()).hexdigest())
            for record in ArchiveIterator(file, no_record_parse=True)
        ]
    assert len(digests) == 5
    assert [stated for stated, _ in digests] == [f"sha256:{counted}" for _, counted in digests]


def test_headers_of_the_transfer_are_kept_under_another_name(tmp_path: Path) -> None:
    with Archive(tmp_path, software="ingest/0.1") as archive:
        archive.append(fetched(page()))
    with next(tmp_path.iterdir()).open("rb") as file:
        response = next(record.http_headers for record in ArchiveIterator(file) if record.rec_type == "response")
    assert response.get_header("Content-Encoding") is None
    assert response.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert response.get_header("Content-Length") == "24"


def test_no_secret_is_written(tmp_path: Path) -> None:
    with Archive(tmp_path, software="ingest/0.1") as archive:
        archive.append(fetched(page()))
    with next(tmp_path.iterdir()).open("rb") as file:
        request = next(record.http_headers for record in ArchiveIterator(file) if record.rec_type == "request")
    assert request.get_header("Authorization") == "***"
    assert request.get_header("Host") == "example.org"


def test_a_revisit_holds_headers_only_and_reads_as_a_page(tmp_path: Path) -> None:
    content = os.urandom(100_000)
    first, second = page(content), page(content, final_url="https://example.org/twin", url="https://example.org/twin")
    with Archive(tmp_path, software="ingest/0.1") as archive:
        stored = archive.append(fetched(first))
        again = archive.append(fetched(second), duplicate_of=stored)
        third = archive.append(fetched(second), duplicate_of=again)
    assert again.length < 1000
    assert third.payload == stored
    assert read(tmp_path, again) == second
    assert read(tmp_path, third) == second


def test_a_revisit_of_another_payload_is_refused(tmp_path: Path) -> None:
    with Archive(tmp_path, software="ingest/0.1") as archive:
        stored = archive.append(page())
        with pytest.raises(ValueError, match="differ"):
            archive.append(page(b"another"), duplicate_of=stored)


def test_a_file_is_rolled_over_and_every_length_is_told(tmp_path: Path) -> None:
    with Archive(tmp_path, software="ingest/0.1", max_file_bytes=2000) as archive:
        stored: list[Stored] = []
        lengths: dict[str, int] = {}
        for _ in range(6):
            lengths |= archive.ready()
            stored.append(archive.append(page(os.urandom(800))))
        lengths |= archive.sync()
        assert len({one.file for one in stored}) == len(lengths) == 3
        assert lengths == {path.name: path.stat().st_size for path in tmp_path.iterdir()}
        assert len(archive.ready()) == 2  # the one that was full, and the new one
        assert not archive.ready()


def test_any_torn_tail_is_cut_back_to_what_was_committed(tmp_path: Path) -> None:
    with Archive(tmp_path, software="ingest/0.1") as archive:
        kept = archive.append(fetched(page()))
        committed = archive.sync()
        archive.append(fetched(page(b"lost" * 100)))
    path = tmp_path / kept.file
    whole = path.read_bytes()
    for end in range(committed[kept.file], len(whole) + 1):
        path.write_bytes(whole[:end])
        done = Archive.repair(tmp_path, committed)
        assert len(done) == (end > committed[kept.file])
        assert path.read_bytes() == whole[: committed[kept.file]]
    assert read(tmp_path, kept) == page()
    assert len(replay(tmp_path)) == 3


def test_a_file_without_a_commit_is_set_aside_and_lost_bytes_are_named(tmp_path: Path) -> None:
    with Archive(tmp_path, software="ingest/0.1") as archive:
        stored = archive.append(page())
        committed = archive.sync()
    (tmp_path / ".left.warc.gz.new").write_bytes(b"x")
    assert Archive.repair(tmp_path, {stored.file: committed[stored.file] + 7, "other.warc.gz": 5}) == [
        f"{stored.file} has lost 7 of its {committed[stored.file] + 7} bytes",
    ]
    aside = f"{stored.file}.uncommitted"
    assert Archive.repair(tmp_path, {"other.warc.gz": 0}) == [
        f"{stored.file} is set aside as {aside}: nothing in it was committed"
    ]
    assert [path.name for path in tmp_path.iterdir()] == [aside]
    assert Archive.repair(tmp_path, {}) == []
    assert Archive.repair(tmp_path / "nowhere", {}) == []


def test_a_new_database_takes_nothing_from_an_old_archive(tmp_path: Path) -> None:
    with Archive(tmp_path, software="ingest/0.1") as archive:
        stored = archive.append(page())
    assert Archive.repair(tmp_path, {}) == []
    assert read(tmp_path, stored) == page()


def test_the_file_of_a_live_process_is_left_alone(tmp_path: Path) -> None:
    with Archive(tmp_path, software="ingest/0.1") as archive:
        stored = archive.append(page())
        assert Archive.repair(tmp_path, {}) == []
        archive.sync()
        assert read(tmp_path, stored) == page()


def test_committed_lengths_are_asked_for_when_the_files_are_locked(tmp_path: Path) -> None:
    with Archive(tmp_path, software="ingest/0.1") as archive:
        archive.append(page())
        committed = archive.sync()
    assert Archive.repair(tmp_path, lambda: committed) == []


WRITER = """
import hashlib, sys
from datetime import UTC, datetime
from pathlib import Path
from pipeline.archive import Archive
from scrapers.base import Page
archive = Archive(Path(sys.argv[1]), software="ingest/0.1", max_file_bytes=300_000)
for number in range(100_000):
    begun = archive.ready()
    content = hashlib.sha256(str(number).encode()).digest() * 500
    stored = archive.append(Page(url=f"https://example.org/{number}", final_url=f"https://example.org/{number}",
        content=content, retrieved_at=datetime.now(UTC), sha256=hashlib.sha256(content).hexdigest()))
    print(stored.file, stored.offset, stored.length, *sum((begun | archive.sync()).items(), ()), flush=True)
"""


def test_kill_9_loses_nothing_that_was_committed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(40)]
        process.send_signal(signal.SIGKILL)
        lines += [line for line in process.stdout if line.endswith("\n")]
    committed: dict[str, int] = {}
    stored = []
    for line in lines:
        file, offset, length, *pairs = line.split()
        stored.append(Stored(file=file, offset=int(offset), length=int(length)))
        committed.update(zip(pairs[::2], map(int, pairs[1::2]), strict=True))
    Archive.repair(tmp_path, committed)
    assert [read(tmp_path, one).url for one in stored] == [f"https://example.org/{n}" for n in range(len(stored))]
    assert len([kind for kind, _, _ in replay(tmp_path) if kind == "response"]) == len(stored)


FULL = """
import hashlib, os, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from models.errors import StoreError
from pipeline.archive import Archive, read
from scrapers.base import Page
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
def page(content):
    return Page(url="https://example.org/", final_url="https://example.org/", content=content,
        retrieved_at=datetime.now(UTC), sha256=hashlib.sha256(content).hexdigest())
folder = Path(sys.argv[1])
archive = Archive(folder, software="ingest/0.1")
first = archive.append(page(os.urandom(5000)))
before = archive.sync()
try:
    archive.append(page(os.urandom(50_000)))
except StoreError as error:
    print(error)
assert archive.sync() == before == {path.name: path.stat().st_size for path in folder.iterdir()}
second = archive.append(page(b"small"))
assert read(folder, second).content == b"small" and len(read(folder, first).content) == 5000
"""


def test_a_full_disk_is_one_clear_line_and_leaves_nothing_torn(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "archive")], capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith(f"the archive {tmp_path / 'archive'} cannot be written: ")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file is in the way")
    with pytest.raises(StoreError, match="archive cannot be written"):
        Archive(tmp_path / "archive", software="ingest/0.1").append(page())


def test_damage_is_never_read_as_a_page(tmp_path: Path) -> None:
    with Archive(tmp_path, software="ingest/0.1") as archive:
        stored = archive.append(page(b"<html>" * 500))
        other = archive.append(page(b"other"))
    path = tmp_path / stored.file
    for broken, reason in (
        (replace(stored, length=stored.length - 1), "not .* bytes long"),
        (replace(stored, length=stored.length + 9), "not .* bytes long"),
        (replace(stored, offset=stored.offset + 1), "damaged"),
        (replace(stored, sha256=other.sha256), "not those that were stored"),
        (replace(stored, file="missing.warc.gz"), "cannot be read"),
    ):
        with pytest.raises(StoreError, match=reason):
            read(tmp_path, broken)
    whole = bytearray(path.read_bytes())
    for at in range(stored.offset + 15, stored.offset + stored.length, 7):
        path.write_bytes(bytes([*whole[:at], whole[at] ^ 0x55, *whole[at + 1 :]]))
        with pytest.raises(StoreError):
            read(tmp_path, stored)


NAMES = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ-0123456789", min_size=1, max_size=20)
VALUES = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=50).map(str.strip)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=500),
    headers=st.lists(st.tuples(NAMES, VALUES), max_size=6),
    url=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    redirects=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=3),
    status=st.integers(100, 999),
)
def test_whatever_a_server_sends_comes_back(
    tmp_path: Path, content: bytes, headers: list[tuple[str, str]], url: str, redirects: list[str], status: int
) -> None:
    one = page(content, url=url, headers=tuple(headers), redirects=tuple(redirects), status=status)
    with Archive(tmp_path, software="ingest/0.1") as archive:
        assert read(tmp_path, archive.append(one)) == one
