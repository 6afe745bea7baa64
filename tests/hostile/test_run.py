"""The program itself over the mixed site, as a person runs it: every healthy document loaded, every fault recorded."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from tests.hostile.fault import Fault
from tests.hostile.mixed import configuration, faults, healthy_urls, sites
from tests.hostile.server import Server
from tests.once import Once

pytestmark = pytest.mark.nightly  # the rows one by one, and all at once for the client, are tested beside this

MOST_MEMORY_MB = 300


async def _ingest(folder: Path, *arguments: str) -> tuple[int, str]:
    """Return exit code and stderr of the command."""
    measured = "import atexit; from tests.peak import reached; from pathlib import Path; "
    measured += "atexit.register(lambda: Path('peak').write_text(str(reached()))); "
    command = [sys.executable, "-c", measured + "from pipeline.cli import main; main()", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    _, told = await process.communicate()
    assert process.returncode is not None
    return process.returncode, told.decode()


async def _run(folder: Path) -> tuple[int, str]:
    async with Server(sites()) as server:
        (folder / "config.toml").write_text(configuration(server), "utf-8")
        return await _ingest(folder, "run", "--quiet")


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


Ran = tuple[int, str, set[str], dict[str, str], float]
"""Exit code, stderr, the addresses loaded, the reasons by address, and the parent's peak in MiB."""


@pytest.fixture(scope="module")
def ran(once: Once) -> Ran:
    return once.kept("mixed", run_mixed)


def run_mixed(folder: Path) -> Ran:
    """Run over the mixed site in the folder."""
    code, told = asyncio.run(_run(folder))
    peak = float((folder / "peak").read_text("utf-8"))
    asyncio.run(_ingest(folder, "export", "docs.jsonl"))
    asyncio.run(_ingest(folder, "export", "--failures", "failures.jsonl"))
    loaded = {document["canonical_url"] for document in _lines(folder / "docs.jsonl")}
    return code, told, loaded, {row["url"]: row["reason"] for row in _lines(folder / "failures.jsonl")}, peak


def test_every_healthy_document_is_loaded_and_the_counts_are_told(ran: Ran) -> None:
    code, told, loaded, failures, _ = ran
    assert code == 3
    assert f"{len(loaded)} new" in told
    assert f"{len(failures)} failed" in told
    assert set(healthy_urls()) <= loaded


def test_every_fault_ends_as_its_row_says(ran: Ran) -> None:
    _, _, loaded, failures, _ = ran
    hosts = {url.split("/")[2] for url in loaded}

    def wrong(fault: Fault) -> bool:
        if fault.error is None:
            return fault.host not in hosts or fault.url in failures
        return fault.host in hosts or fault.url not in failures or not failures[fault.url].isprintable()

    assert [(fault.name, failures.get(fault.url)) for fault in faults() if wrong(fault)] == []
    assert set(failures) == {fault.url for fault in faults() if fault.error is not None}


def test_the_reasons_are_those_of_the_table(ran: Ran) -> None:
    failures = ran[3]
    # On a machine that is busy the deadline may come before the limit that the row is about.
    assert [
        (fault.name, failures[fault.url])
        for fault in faults()
        if fault.error is not None and fault.reason not in failures[fault.url] and "seconds" not in failures[fault.url]
    ] == []


def test_the_parent_stays_small(ran: Ran) -> None:
    assert ran[4] < MOST_MEMORY_MB
