"""Reading processes: a document that kills, stalls or bloats its reader is its own failure, and the pool goes on."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from models.errors import ExtractError, NotADocument
from pipeline.extract.pool import Readers, Stopped, in_halves, sweep
from scrapers.base import Page, Rules

T = TypeVar("T")


def die() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def stall() -> None:
    time.sleep(60)


def bloat() -> int:
    return len(bytearray(2_000_000_000))


def refuse() -> None:
    raise NotADocument("there", "not a document: a test")


def answer() -> int:
    return 42


def with_readers(folder: Path, work: Callable[[Readers], Awaitable[T]], max_seconds: float = 20) -> T:
    async def run() -> T:
        async with Readers(workers=1, max_seconds=max_seconds, max_memory_mb=400, spool=folder) as readers:
            return await work(readers)

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("task", "words"), [(die, "signal 11"), (bloat, "more than 400 MB"), (refuse, "not a document: a test")]
)
def test_what_ends_a_reader_is_that_documents_failure(tmp_path: Path, task: Callable[[], Any], words: str) -> None:
    async def work(readers: Readers) -> int:
        with pytest.raises(ExtractError) as failed:
            await readers.call(task, "https://a.test/x")
        assert words in failed.value.reason
        assert failed.value.url == "https://a.test/x"
        return await readers.call(answer, "https://a.test/y")

    assert with_readers(tmp_path, work) == 42


def test_a_reader_that_stalls_is_stopped(tmp_path: Path) -> None:
    async def work(readers: Readers) -> int:
        with pytest.raises(Stopped, match=r"longer than 1.5 s"):
            await readers.call(stall, "https://a.test/x")
        return await readers.call(answer, "https://a.test/y")

    assert with_readers(tmp_path, work, max_seconds=1.5) == 42


def test_large_content_goes_by_path_and_leaves_nothing(tmp_path: Path) -> None:
    content = b"<!doctype html><title>Large</title><main>" + b"<p>Some words of a long report.</p>" * 40_000
    page = Page(
        url="https://a.test/x",
        final_url="https://a.test/x",
        content=content,
        retrieved_at=datetime.now(UTC),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    record = with_readers(tmp_path, lambda readers: readers.document(page, Rules()))
    assert record["values"]["title"]["value"] == "Large"
    assert list(tmp_path.iterdir()) == []


def test_what_dead_processes_left_in_the_spool_is_swept(tmp_path: Path) -> None:
    (tmp_path / "spool-999999999").mkdir()
    (tmp_path / f"spool-{os.getpid()}").mkdir()
    sweep(tmp_path)
    assert [folder.name for folder in tmp_path.iterdir()] == [f"spool-{os.getpid()}"]


def record(pages: range, count: int) -> dict[str, Any]:
    """Return what a reader gives of some pages of a PDF with a page number a page."""
    numbers = [number for number in pages if number < count]
    if not numbers:
        raise ExtractError("u", "no such pages")
    body = {"value": "\n\n".join(f"page {number + 1}" for number in numbers), "raw": "", "origin": "pdf:text"}
    return {"values": {"body": body}, "links": [], "tables": [], "notes": []}


@pytest.mark.parametrize("deadly", [0, 3, 15, 16, 39])
def test_of_a_pdf_that_kills_its_reader_the_other_pages_stay(deadly: int) -> None:
    tries = []

    async def read(pages: range) -> dict[str, Any]:
        tries.append(pages)
        if deadly in pages:
            raise Stopped("u", "ended")
        return record(pages, 40)

    read_ = asyncio.run(in_halves(read, Stopped("u", "ended")))
    found = set(read_["values"]["body"]["value"].split("\n\n"))
    assert f"page {deadly + 1}" not in found
    assert len(found) >= 20
    assert any("ended" in note for note in read_["notes"])
    assert len(tries) <= 12


def test_a_pdf_of_which_nothing_can_be_read_fails_as_a_whole() -> None:
    async def read(pages: range) -> dict[str, Any]:
        raise Stopped("u", "ended")

    with pytest.raises(Stopped, match="whole"):
        asyncio.run(in_halves(read, Stopped("u", "the whole")))
