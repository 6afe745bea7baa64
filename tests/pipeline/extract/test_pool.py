"""Reading processes: a document that kills, stalls or bloats its reader is its own failure, and the pool goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from models.errors import ExtractError, NotADocument, ReadersLost
from pipeline.extract import pool
from pipeline.extract.pool import Readers, Stopped, in_halves, sweep
from scrapers.base import Found, Rules
from scrapers.fields import Extracted
from scrapers.record import ReadingRecord, to_record
from tests.page import page_of

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


class Loaded:
    """A value that runs a function where it is unpickled."""

    def __init__(self, function: Callable[..., Any], *arguments: object) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> Any:
        return self.call


def fail(error: type[Exception], words: str) -> None:
    raise error(words)


def unreadable(error: type[Exception]) -> Loaded:
    """Return what the parent cannot unpickle."""
    return Loaded(fail, error, "in the parent")


def take(_: object) -> None:
    """Take an argument."""


def pid() -> int:
    return os.getpid()


def with_readers(folder: Path, work: Callable[[Readers], Awaitable[T]], max_seconds: float = 20, workers: int = 1) -> T:
    async def run() -> T:
        async with Readers(workers=workers, max_seconds=max_seconds, max_memory_mb=400, spool=folder) as readers:
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


@pytest.mark.parametrize("count", [pytest.param(1, marks=pytest.mark.nightly), 4])
def test_a_pool_whose_idle_processes_are_killed_is_started_anew(tmp_path: Path, count: int) -> None:
    async def work(readers: Readers) -> list[int]:
        os.kill(await readers.call(pid, "https://a.test/x"), signal.SIGKILL)
        await asyncio.sleep(0.5)  # none runs when it is missed
        return list(await asyncio.gather(*(readers.call(answer, "https://a.test/y") for _ in range(count))))

    assert with_readers(tmp_path, work) == [42] * count


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize(
    "error", [TypeError, pytest.param(RuntimeError, marks=pytest.mark.nightly)]
)  # the pool ends with an error; one of its threads dies
def test_a_document_that_breaks_the_pool_is_its_own_failure(tmp_path: Path, error: type[Exception]) -> None:
    async def work(readers: Readers) -> int:
        others = [asyncio.create_task(readers.call(answer, "https://a.test/y")) for _ in range(3)]
        with pytest.raises(Stopped, match="breaks the exchange"):
            await readers.call(unreadable, "https://a.test/x", error)
        assert await asyncio.gather(*others) == [42] * 3
        return await readers.call(answer, "https://a.test/y")

    assert with_readers(tmp_path, work) == 42


def test_a_task_that_is_lost_with_its_process_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "STALLED", 1.0)

    async def work(readers: Readers) -> None:
        other = asyncio.create_task(readers.call(time.sleep, "https://a.test/y", 2))
        await asyncio.sleep(1)
        with pytest.raises(Stopped, match="breaks the exchange"):
            await readers.call(take, "https://a.test/x", Loaded(fail, MemoryError, "when it is taken up"))
        await other

    with_readers(tmp_path, work, workers=2)


def test_any_error_of_a_reader_is_the_document_s(tmp_path: Path) -> None:
    async def work(readers: Readers) -> None:
        await readers.call(fail, "https://a.test/x", RuntimeError, "a fault")

    with pytest.raises(ExtractError, match="RuntimeError: a fault"):
        with_readers(tmp_path, work)


def test_processes_that_cannot_live_are_told_with_the_remedy(tmp_path: Path) -> None:
    async def run() -> None:
        async with Readers(workers=1, max_memory_mb=2**50, spool=tmp_path) as readers:
            await readers.call(answer, "https://a.test/x")

    with pytest.raises(ReadersLost, match="max_memory_mb = 1125899906842624 enough"):
        asyncio.run(run())


def test_a_reader_that_stalls_is_stopped(tmp_path: Path) -> None:
    async def work(readers: Readers) -> int:
        with pytest.raises(Stopped, match=r"longer than 1.5 s"):
            await readers.call(stall, "https://a.test/x")
        return await readers.call(answer, "https://a.test/y")

    assert with_readers(tmp_path, work, max_seconds=1.5) == 42


def test_large_content_goes_by_path_and_leaves_nothing(tmp_path: Path) -> None:
    content = b"<!doctype html><title>Large</title><main>" + b"<p>Words of a report.</p>" + b"<!-- -->" * 140_000
    page = page_of("https://a.test/x", content)
    record = with_readers(tmp_path, lambda readers: readers.document(page, Rules()))
    assert record["values"]["title"]["value"] == "Large"
    assert list(tmp_path.iterdir()) == []


def test_what_dead_processes_left_in_the_spool_is_swept(tmp_path: Path) -> None:
    (tmp_path / "spool-999999999").mkdir()
    (tmp_path / f"spool-{os.getpid()}").mkdir()
    sweep(tmp_path)
    assert [folder.name for folder in tmp_path.iterdir()] == [f"spool-{os.getpid()}"]


def record(pages: range, count: int) -> ReadingRecord:
    """Return what a reader gives of some pages of a PDF with a page number a page."""
    numbers = [number for number in pages if number < count]
    if not numbers:
        raise ExtractError("u", "no such pages")
    text = "\n\n".join(f"page {number + 1}" for number in numbers)
    body = Found(value=text, raw="", origin="pdf:text")
    return to_record(Extracted(media_type="application/pdf", body=body))


@pytest.mark.parametrize("deadly", [0, 3, 15, 16, 39])
def test_of_a_pdf_that_kills_its_reader_the_other_pages_stay(deadly: int) -> None:
    tries = []

    async def read(pages: range) -> ReadingRecord:
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
    async def read(pages: range) -> ReadingRecord:
        raise Stopped("u", "ended")

    with pytest.raises(Stopped, match="whole"):
        asyncio.run(in_halves(read, Stopped("u", "the whole")))
