"""Measure throughput beside Scrapy: documents a CPU second, all processes counted, on the same library.

    python -m tests.benchmarks.speed.throughput [--pages 2000] [--files 200] [--rounds 5]

Two comparisons: the same selectors, PDFs archived and not read; and nothing but the listing's two selectors, PDFs read,
where Scrapy has trafilatura and pdfplumber. In each round both run, one after the other. `ingest run` archives every
answer as WARC, keeps origins, judges the run, and fills an indexed database; Scrapy writes JSON lines and files.
"""

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import statistics
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.speed.library import FOLLOW, NEXT_PAGE, SELECTORS, served
from tests.benchmarks.speed.processes import Taken, taken
from tests.pipeline.workplace import INGEST, toml

MANNERS = ("selectors", "everything")
AT_ONCE = 8
"""Requests at once, Scrapy's default for a host."""


def ingest(address: str, folder: Path, manner: str) -> tuple[int, Taken]:
    """Run `ingest run` over a library; return the number of its documents and archived files, and what it took."""
    source = {"start": f"http://{address}/list/1", "follow": FOLLOW, "next_page": NEXT_PAGE}
    tables = {
        "http": {
            "contact": "bench@example.org",
            "allow_addresses": ["127.0.0.1"],
            "delay_seconds": 0.0,
            "requests_per_host": AT_ONCE,
        },
        "extract": {"pdf": manner == "everything"},
        "sources": {"library": source | (SELECTORS if manner == "selectors" else {})},
    }
    (folder / "config.toml").write_text(toml(tables), "utf-8")
    used = taken([*INGEST, "run", "--quiet"], folder)
    with closing(sqlite3.connect(folder / "data" / "ingest.db")) as connection:
        (count,) = connection.execute("SELECT count(DISTINCT url_id) FROM capture").fetchone()
    return count, used


def scrapy(address: str, folder: Path, manner: str) -> tuple[int, Taken]:
    """Run the spider over a library; return the number of its items and archived files, and what it took."""
    start = f"http://{address}/list/1"
    used = taken([sys.executable, "-m", "tests.benchmarks.speed.spider", start, str(folder), manner], folder)
    items = [json.loads(line) for line in (folder / "items.jsonl").read_text("utf-8").splitlines()]
    return len(items) + sum(len(item.get("files", ())) for item in items), used


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--manner", choices=MANNERS, action="append")
    given = parser.parse_args()
    print(f"{platform.machine()}, Python {platform.python_version()}; {given.pages} pages, {given.files} PDFs")
    print("                      documents per CPU second; median of the rounds          largest process, MB")
    with served(given.pages, given.files) as address:
        for manner in given.manner or MANNERS:
            rates: dict[str, list[float]] = {}
            largest: dict[str, float] = {}
            for _ in range(given.rounds):
                for run in (ingest, scrapy):
                    with TemporaryDirectory() as folder:
                        count, used = run(address, Path(folder), manner)
                    if count != given.pages + given.files:
                        raise SystemExit(f"{run.__name__} found {count} documents")
                    rates.setdefault(run.__name__, []).append(count / used.cpu)
                    largest[run.__name__] = max(largest.get(run.__name__, 0), used.largest_mb)
            ratio = statistics.median(
                ours / theirs for ours, theirs in zip(rates["ingest"], rates["scrapy"], strict=True)
            )
            ours, theirs = (statistics.median(rates[name]) for name in ("ingest", "scrapy"))
            print(
                f"{manner:12} ingest {ours:6.1f}   Scrapy {theirs:6.1f}   ratio {ratio:5.2f}"
                f"   ingest {largest['ingest']:5.0f}   Scrapy {largest['scrapy']:5.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
