"""Counts what discovery asks of each of the eight test sites.

    python -m tests.benchmarks.speed.discovery_requests

First run: 60 documents. Second: 6 were added and 2 removed. Full: everything is read again. Same: nothing has changed.
"""

from __future__ import annotations

import sys

from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import Store, harvest
from tests.sites import EIGHT, serve

LATER = "2026-01-15T00:00:00Z"


def main() -> None:
    """Print the table."""
    print(f"{'mechanism':<12}{'found':>7}{'first':>7}{'same':>7}{'second':>8}{'new':>5}{'full':>6}{'gone':>6}")
    for kind in EIGHT:
        with serve(kind()) as site:
            first = harvest(site)
            store, asked = Store(first), [len(site.asked)]
            harvest(site, store, since=LATER)
            asked.append(len(site.asked))
            added, removed = site.add(6), site.remove(44, 45)
            second = harvest(site, store, since=LATER)
            asked.append(len(site.asked))
            new = store.unknown(second.links) & {identity(site.address(item)) for item in added}
            full = harvest(site, store, full=True)
            asked.append(len(site.asked))
            gone = store.keys - {identity(link.url) for link in full.links} | {identity(url) for url in full.removed}
            gone &= {identity(site.address(item)) for item in removed}
            pages = {identity(site.address(item)) for item in (*site.items, *removed)} & store.keys
            print(
                f"{kind.mechanism:<12}{len(pages):>7}{asked[0]:>7}{asked[1]:>7}{asked[2]:>8}{len(new):>5}{asked[3]:>6}{len(gone):>6}"
            )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
