"""A store in a folder that can only be read: every command that reads works, the others name what they cannot write."""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.commands import run_command_line
from tests.pipeline.conftest import Ingested

READING = (
    *("status", "status --check", "status --format openmetrics", "runs", "runs 1", "source list", "search water"),
    *("show 1", "show 1 --raw", "export {out}/out.csv", "export {out}/failed.jsonl --failures", "new --keep"),
    *("export {out}/out.warc.gz", "archive verify", "check --offline", "backup {out}/kept"),
)
WRITING = (  # what is typed, the exit code, what cannot be written
    ("new", 1, "alerts.json cannot be written"),
    ("forget http://reports.test/publications/counting-the-uncounted", 1, "data cannot be written to"),
    ("db upgrade", 1, "data cannot be written to"),
    ("runs 1 --accept", 1, "data cannot be written to"),
    ("archive prune --before 2020", 1, "data cannot be written to"),
    ("source disable sample-reports", 2, "config.toml: cannot be written"),
    ("export out.csv", 2, "out.csv: cannot be written"),
    ("--config none.toml init", 2, "none.toml: cannot be written"),
)


@pytest.fixture(scope="module")
def folder(ingested: Ingested) -> Iterator[Path]:
    """The sample, ingested, where nothing can be written."""
    place = Path(tempfile.mkdtemp())
    shutil.copytree(ingested.folder, place, dirs_exist_ok=True)
    for path in (place, *place.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield place
    for path in (place, *place.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def out() -> Iterator[Path]:
    """A folder that everybody may write to."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o777)
    yield place
    shutil.rmtree(place)


CAPABILITIES = 0x20080522
"""The third version of what `capget` and `capset` take: two words each of what is effective, permitted, inheritable."""
DAC_OVERRIDE = 1 << 1
"""The capability by which root writes where it may not; without it, it can still enter what only root may enter."""


@contextmanager
def bound_by_rights() -> Iterator[None]:
    """Heed the rights of files and folders for the block, where we are root; elsewhere everybody does."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, held = (ctypes.c_uint32 * 2)(CAPABILITIES, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, held) == 0
    fewer = (ctypes.c_uint32 * 6)(*held)
    fewer[0] &= ~DAC_OVERRIDE
    assert libc.capset(header, fewer) == 0
    try:
        yield
    finally:
        assert libc.capset(header, held) == 0


def run(typed: str, folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run a command there."""
    monkeypatch.chdir(folder)
    with bound_by_rights():
        return run_command_line(shlex.split(typed.format(out=out)))


@pytest.mark.parametrize("typed", READING)
def test_a_command_that_reads_works(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    assert run(typed, folder, out, monkeypatch) == 0


@pytest.mark.parametrize(("typed", "code", "words"), WRITING)
def test_a_command_that_writes_names_what_it_cannot_write(
    folder: Path,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    code: int,
    words: str,
) -> None:
    before = sorted(folder.rglob("*"))
    assert run(typed, folder, out, monkeypatch) == code
    assert words in capsys.readouterr().err
    assert sorted(folder.rglob("*")) == before
