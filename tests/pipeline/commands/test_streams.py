"""Output of any encoding, closed or on a full disk: no traceback, and an exit code that is true."""

from __future__ import annotations

import errno
import io
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands import run_command_line
from pipeline.commands.terminal.console import open_streams
from tests.pipeline.conftest import Ingested

COMMANDS = (
    *("--help", "search --help", "run --help", "add --help", "db --help", "archive --help", "source --help"),
    *("--version", "status", "status --check", "status --format openmetrics", "runs", "runs 1", "runs 2 --json"),
    *("source list", "search water", "search language:ja --json", "search 漢字", "search x date:é", "show é"),
    *("show 1", "show 30 --text", "show 12 --raw", "show 1 --json", "new --keep", "archive verify", "check --offline"),
    *("export out.csv", "export 'é 漢.csv'", "search --language ĉeĥa x", "serĉ", "forget http://x.test/é", "init"),
)
ENCODINGS = ("cp1252", "ascii")


class Disk(io.RawIOBase):
    """A file on a disk that is full, until there is room."""

    full = True

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return len(content)


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[None]:
    """Have stdout or stderr be a file on a full disk."""
    disk = Disk()
    stream = io.TextIOWrapper(io.BufferedWriter(disk), "utf-8")
    monkeypatch.setattr(f"sys.{name}", stream)
    yield
    disk.full = False
    stream.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, ingested: Ingested) -> Path:
    place = tmp_path_factory.mktemp("streams")
    shutil.copytree(ingested.folder, place, dirs_exist_ok=True)
    return place


def use(monkeypatch: pytest.MonkeyPatch, encoding: str) -> tuple[io.BytesIO, io.BytesIO]:
    """Print to memory, in an encoding that refuses what it lacks, and return what is printed."""
    out, err = io.BytesIO(), io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(out, encoding))
    monkeypatch.setattr("sys.stderr", io.TextIOWrapper(err, encoding, write_through=True))
    open_streams()
    return out, err


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_command_prints_in_every_encoding(folder: Path, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    monkeypatch.chdir(folder)
    for typed in COMMANDS:
        out, err = use(monkeypatch, encoding)
        code = run_command_line(shlex.split(typed))
        told = err.getvalue().decode(encoding)
        assert "Traceback" not in told, typed
        assert code in (0, 2), (typed, told)
        assert out.getvalue() or told, typed


def test_a_closed_output_is_silent(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(f"sys.{name}", None)
    open_streams()
    assert run_command_line(["search", "water"]) == 0
    assert run_command_line(["serch", "water"]) == 2
    for stream in (sys.stdout, sys.stderr):
        stream.close()


@pytest.mark.parametrize("typed", ["status", "search water", "show 1 --json", "show 12 --raw", "runs 1"])
def test_what_cannot_be_printed_is_told_and_the_exit_code_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    monkeypatch.chdir(folder)
    with full_disk(monkeypatch, "stdout"):
        assert run_command_line(shlex.split(typed)) == 1
    assert "cannot be written: No space left on device" in capsys.readouterr().err


def test_a_message_that_cannot_be_written_stops_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with full_disk(monkeypatch, "stderr"):
        assert run_command_line(["search", "nothing-of-that-sort"]) == 0
