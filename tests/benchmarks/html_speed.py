"""Measure the reader's CPU time beside trafilatura's, page by page in turn, in one process.

    python -m tests.benchmarks.html_speed INDEX.jsonl [--limit 200] [--rounds 3]

Both read the same bytes and give text and metadata. Taking turns on each page keeps a busy machine fair; the least of
the rounds counts, since nothing makes code faster than it is.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scrapers.base import Rules
from scrapers.html import dom, maintext
from scrapers.html.reader import read
from tests.benchmarks.html_labels import read_index
from tests.benchmarks.html_quality import page_of, trafilatura_system


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
        maintext.read(dom.parse(content, None, row["url"]))

    def tree(row: dict[str, Any], content: bytes) -> None:
        dom.parse(content, None, row["url"])

    timed: dict[str, Callable[[dict[str, Any], bytes], Any]] = {
        "trafilatura, text and metadata": trafilatura_system(),
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
                begun = time.process_time()
                run(another, content)
                took.append(time.process_time() - begun)
            least[name].append(min(took))
    base = sum(least["trafilatura, text and metadata"])
    print(f"{len(pages)} pages")
    for name, times in least.items():
        print(f"{name:32} {1000 * sum(times) / len(pages):7.1f} ms a page   {sum(times) / base:.3f}")


if __name__ == "__main__":
    main()
