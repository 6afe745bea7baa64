"""Measure the reader's CPU time beside trafilatura's, page by page in turn, in one process.

    python -m tests.benchmarks.speed.html INDEX.jsonl [--limit 200] [--rounds 3]

Both read the same bytes and give text and metadata. Taking turns on each page keeps a busy machine fair; the least of
the rounds counts, since nothing makes code faster than it is. Garbage is looked for as often as where each runs:
rarely in the reading processes, by default in a script. Last come whole commands, their start and all their processes
counted: `ingest extract --batch` and a script that calls trafilatura.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scrapers.base import Rules
from scrapers.html import dom
from scrapers.html.maintext import maintext
from scrapers.html.page import html_page
from scrapers.html.reader import read
from tests.benchmarks.quality.html import page_of, trafilatura_system
from tests.training.html_labels import read_index

READING = (100_000, 20, 20)
"""How often the reading processes look for garbage; see `pipeline.extract.worker.limit`."""
PEER_NAME = "trafilatura, text and metadata"
PEER = """
import json, sys, trafilatura
for line in open(sys.argv[1], encoding="utf-8"):
    row = json.loads(line)
    with open(row["path"], "rb") as page:
        found = trafilatura.bare_extraction(page.read(), url=row["url"], with_metadata=True)
    print(json.dumps(found.as_dict() if found else None, default=str))
"""


def cpu_of(command: list[str]) -> float:
    """Return the CPU seconds of a command and of every process that it starts."""
    pr_set_child_subreaper = 36  # prctl(2): what outlives the command becomes ours, and is counted when it ends
    ctypes.CDLL(None).prctl(pr_set_child_subreaper, 1, 0, 0, 0)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(rows: list[dict[str, Any]], rounds: int) -> None:
    """Print the CPU seconds of both commands over the same pages."""
    ingest = [sys.executable, "-m", "pipeline.cli", "extract", "--jobs", "2", "--batch"]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as listed:
        for row in rows:
            listed.write(json.dumps({"id": row["id"], "path": str(row["path"].absolute()), "url": row["url"]}) + "\n")
        listed.flush()
        took = [
            (cpu_of([*ingest, listed.name]), cpu_of([sys.executable, "-c", PEER, listed.name])) for _ in range(rounds)
        ]
    ours, theirs = min(own for own, _ in took), min(other for _, other in took)
    print(f"ingest extract --batch: {ours:.2f} s of CPU, trafilatura's script {theirs:.2f} s: {ours / theirs:.3f}")


def main() -> None:
    """Print milliseconds a page and the shares of trafilatura's."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("index", type=Path)
    options.add_argument("--limit", type=int, default=200)
    options.add_argument("--rounds", type=int, default=3)
    args = options.parse_args()

    def whole(row: dict[str, Any], content: bytes) -> None:
        read(page_of(row, content), Rules())

    def text(row: dict[str, Any], content: bytes) -> None:
        maintext.read(html_page(dom.parse(content, None, row["url"])))

    def tree(row: dict[str, Any], content: bytes) -> None:
        dom.parse(content, None, row["url"])

    peer, usual = trafilatura_system(), gc.get_threshold()
    timed: dict[str, Callable[[dict[str, Any], bytes], Any]] = {
        PEER_NAME: peer,
        "this reader, all fields": whole,
        "  of it parse and main text": text,
        "  of it parse": tree,
    }
    pages = [(row, row["path"].read_bytes()) for row in read_index(args.index, args.limit)]
    for run in timed.values():
        run(*pages[0])  # imports and models are not the page's
    least: dict[str, list[float]] = {name: [] for name in timed}
    for row, content in pages:
        for name, run in timed.items():
            took = []
            for turn in range(args.rounds):
                another = {**row, "url": f"{row['url']}#{turn}"}  # the reader keeps its last tree, by address
                gc.set_threshold(*(usual if run is peer else READING))
                begun = time.process_time()
                run(another, content)
                took.append(time.process_time() - begun)
            least[name].append(min(took))
    base = sum(least[PEER_NAME])
    print(f"{len(pages)} pages")
    for name, times in least.items():
        print(f"{name:32} {1000 * sum(times) / len(pages):7.1f} ms a page   {sum(times) / base:.3f}")
    commands([row for row, _ in pages], args.rounds)


if __name__ == "__main__":
    main()
