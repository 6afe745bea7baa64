"""Measure the CPU time of reading PDFs beside pdfplumber's `extract_text`, two workers against one, and peak memory.

    python -m tests.benchmarks.speed.pdf FOLDER [--rounds 3] [--pages 2000]

Text and front matter are read, without tables. Each file is read by both in turn, in one process; the least of the
rounds counts. The memory is that of a process which reads a made file of that many pages.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from models.errors import UnreadablePdf
from scrapers.base import Rules
from tests.pdfs.child import page_of, read_limited
from tests.pdfs.raw import Line, document, paragraph

RULES = Rules(tables=False, ocr="off")


def read_file(path: Path) -> int:
    """Return the length of the text of a file."""
    from scrapers.pdf.reader import read

    try:
        body = read(page_of(path.read_bytes()), RULES).body
    except UnreadablePdf:
        return 0
    return len(body.value) if body else 0


def pdfplumber_file(path: Path) -> int:
    """Return the length of the text that pdfplumber's `extract_text` gives."""
    import pdfplumber

    length = 0
    with pdfplumber.open(io.BytesIO(path.read_bytes())) as file:
        for page in file.pages:
            length += len(page.extract_text())
            page.close()
    return length


def long_file(pages: int) -> bytes:
    """Return a made file of that many pages, each of some 2,500 characters."""

    def lines(number: int) -> list[Line]:
        places = ("north", "south", "valley", "delta", "coast", "capital", "hills")
        text = " ".join(
            f"In the {places[(number + n) % 7]} there were {number * n % 97} wells, and {n * n % 31} of them had run"
            f" dry by the end of that year, so that people of the {places[n * number % 7]} had to walk to the river."
            for n in range(16)
        )
        return [Line(72, 800, "Wells of the North"), *paragraph(text, y=760, size=10), Line(290, 30, str(number))]

    return document(lines(number) for number in range(1, pages + 1))


def main() -> None:
    """Print CPU shares, wall times with one and two workers, and the peak of memory."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--pages", type=int, default=2000)
    args = options.parse_args()
    paths = sorted(args.folder.rglob("*.pdf"))
    _against_pdfplumber(paths, args.rounds)
    _workers(paths)
    outcome = read_limited(long_file(args.pages), RULES)
    print(
        f"a file of {args.pages} pages: peak {outcome.peak_mb:.0f} MB, {outcome.seconds:.1f} s of CPU {outcome.reason}"
    )


def _against_pdfplumber(paths: list[Path], rounds: int) -> None:
    ours: dict[Path, float] = {}
    theirs: dict[Path, float] = {}
    read_file(paths[0])
    for _ in range(rounds):
        for path in paths:
            ours[path] = min(ours.get(path, 1e9), _timed(read_file, path))
            theirs[path] = min(theirs.get(path, 1e9), _timed(pdfplumber_file, path))
    shares = sorted(theirs[path] / ours[path] for path in paths)
    total, other = sum(ours.values()), sum(theirs.values())
    print(f"{len(paths)} files: {total:.2f} s of CPU, pdfplumber {other:.2f} s: 1/{other / total:.1f}")
    print(f"a file: median 1/{shares[len(shares) // 2]:.1f}, worst 1/{shares[0]:.1f}, best 1/{shares[-1]:.1f}")


def _timed(function: Callable[[Path], int], path: Path) -> float:
    began = time.process_time()
    function(path)
    return time.process_time() - began


def _workers(paths: list[Path]) -> None:
    seconds = []
    for workers in (1, 2):
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(read_file, paths[: 2 * workers]))  # the workers have started
            began = time.perf_counter()
            list(pool.map(read_file, paths * 2))
            seconds.append(time.perf_counter() - began)
    one, two = seconds
    print(f"two workers against one: {one:.2f} s -> {two:.2f} s, {one / two:.2f} times as fast")


if __name__ == "__main__":
    main()
