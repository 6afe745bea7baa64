"""Reads one PDF in a child process with limits, as the pipeline does: text, a named failure, or killed in time."""

from __future__ import annotations

import multiprocessing
import resource
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from models.errors import PageError
from scrapers.base import Page, Rules
from scrapers.fields import Extracted
from tests import page

MEMORY_MB, SECONDS = 512, 60


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How the reading of a file ended."""

    extracted: Extracted | None = None
    reason: str = ""
    """The named failure."""
    crash: str = ""
    """An error that is none of the program's own: a bug."""
    killed: bool = False
    peak_mb: float = 0.0
    seconds: float = 0.0


def page_of(content: bytes, url: str = "https://files.test/report.pdf") -> Page:
    """Return an answer that holds a PDF."""
    return page.page_of(url, content, media_type="application/pdf")


def read_limited(
    content: bytes,
    rules: Rules | None = None,
    *,
    seconds: float = SECONDS,
    memory_mb: int = MEMORY_MB,
    anew: bool = False,
) -> Outcome:
    """Return how reading ends in a process of its own with those limits; `anew`: one that begins with empty memory."""
    multiprocessing.set_forkserver_preload(["scrapers.pdf.reader"])
    context = multiprocessing.get_context("spawn") if anew else multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    process = context.Process(target=_read, args=(theirs, content, rules or Rules(), memory_mb), daemon=True)
    process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(seconds) else Outcome(killed=True, seconds=seconds)
    except EOFError:
        return Outcome(killed=True)
    finally:
        process.kill()
        process.join()
        ours.close()


def _peak_mb() -> float:
    """Return the peak of this process's memory; `ru_maxrss` would count that of the process which started it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _read(answer: Connection, content: bytes, rules: Rules, memory_mb: int) -> None:
    import time

    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from scrapers.pdf.reader import read

    began = time.process_time()
    try:
        outcome = Outcome(extracted=read(page_of(content), rules))
    except PageError as error:
        outcome = Outcome(reason=str(error))
    except Exception as error:  # any other error is what is looked for
        outcome = Outcome(crash=f"{type(error).__name__}: {error}")
    peak = _peak_mb()
    answer.send(
        Outcome(
            extracted=outcome.extracted,
            reason=outcome.reason,
            crash=outcome.crash,
            peak_mb=peak,
            seconds=time.process_time() - began,
        )
    )
    answer.close()
