"""Ask the desk from several threads while a run loads documents into the same store.

    python -m tests.benchmarks.speed.readers [--readers 10] [--pages 300] [--documents 5000] [--database postgresql]

The real `ingest serve` answers, and the real `ingest run` loads a library of made pages on loopback; before, the store
has made documents. Every reader asks for one page after the other until the run has ended. Printed are the number of
answers, those that failed, and their seconds; the exit code is 1 where one failed or took more than two seconds.
"""

from __future__ import annotations

import argparse
import random
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from models.database.store import open_store, upgrade
from tests.benchmarks.speed.library import FOLLOW, NEXT_PAGE, SELECTORS, served
from tests.conftest import serve_postgres
from tests.made_store import fill
from tests.pipeline.workplace import Workplace

LONGEST = 2.0
PATHS = (
    "/",
    "/?q=marin",
    "/?q=number1*",
    "/?q=report+language:en&sort=newest",
    "/?q=date:2019..2021&page=3",
    "/documents/{}",
    "/documents/{}?show=text",
    "/doubtful",
    "/sources",
    "/runs/1",
    "/help",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one page gave."""

    path: str
    status: int | str
    """The status, or what went wrong."""
    seconds: float


def ask(port: int, seed: int, run: subprocess.Popen[str], documents: int) -> list[Answer]:
    """Ask for pages until a run has ended."""
    chance = random.Random(seed)
    answers = []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
        while run.poll() is None:
            path = chance.choice(PATHS).format(chance.randint(1, documents))
            began = time.monotonic()
            status: int | str
            try:
                answer = client.get(path)
                status = answer.status_code if answer.text.rstrip().endswith("</html>") else "cut off"
            except httpx.HTTPError as error:
                status = repr(error)
            answers.append(Answer(path=path, status=status, seconds=time.monotonic() - began))
    return answers


@contextmanager
def desk(place: Workplace) -> Iterator[int]:
    """Serve the desk of a workplace, and give its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = place.start("serve", "--port", str(port))
    try:
        for _ in range(300):
            if process.poll() is not None:
                raise SystemExit(process.communicate()[1])
            try:
                httpx.get(f"http://127.0.0.1:{port}/help", trust_env=False)
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.communicate(timeout=20)


def measured(folder: Path, database: str, *, readers: int, pages: int, documents: int) -> tuple[list[Answer], int]:
    """Return the answers that the readers had during a run, and the exit code of the run."""
    upgrade(database, base=folder)
    store = open_store(database, base=folder)
    fill(store, documents)
    store.close()
    with served(pages, pages // 10) as address:
        source = {"start": f"http://{address}/list/1", "follow": FOLLOW, "next_page": NEXT_PAGE, **SELECTORS}
        limits = {"contact": "bench@example.org", "allow_addresses": ["127.0.0.1"], "delay_seconds": 0.0}
        place = Workplace(folder, {"http": limits, "store": {"database": database}, "sources": {"library": source}})
        with desk(place) as port, ThreadPoolExecutor(readers) as threads:
            run = place.start("run", "--quiet")
            asked = [threads.submit(ask, port, seed, run, documents) for seed in range(readers)]
            answers = [answer for one in asked for answer in one.result()]
            said = run.communicate()[1]
    if run.returncode:
        print(said)
    return answers, run.returncode


def told(answers: Sequence[Answer]) -> bool:
    """Print what the answers were; return whether all were good and came in time."""
    failed = [answer for answer in answers if answer.status != 200]
    seconds = sorted(answer.seconds for answer in answers)
    slowest = sorted(answers, key=lambda answer: -answer.seconds)[:3]
    half, most = seconds[len(seconds) // 2], seconds[len(seconds) * 19 // 20]
    print(f"{len(answers)} answers, {len(failed)} failed; half within {half:.2f} s, 95 % within {most:.2f} s")
    for answer in [*failed[:5], *slowest]:
        print(f"  {answer.seconds:.2f} s {answer.status} {answer.path}")
    return not failed and seconds[-1] <= LONGEST


def main() -> int:
    """Print the answers of one database or of both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    given = parser.parse_args()
    good = True
    for name in given.database or ("sqlite", "postgresql"):
        with TemporaryDirectory() as folder:
            if name == "sqlite":
                found = measured(Path(folder), "data/ingest.db", **_sizes(given))
            else:
                with serve_postgres() as server:
                    found = measured(Path(folder), server, **_sizes(given))
        answers, code = found
        print(f"{name}: {given.readers} readers, {given.documents} documents before, run ended with {code}")
        good = told(answers) and code == 0 and good
    return 0 if good else 1


def _sizes(given: argparse.Namespace) -> dict[str, int]:
    return {"readers": given.readers, "pages": given.pages, "documents": given.documents}


if __name__ == "__main__":
    raise SystemExit(main())
