"""Score what the store holds of reports whose landing pages say the same, and whose front pages mislead at times.

    python -m tests.benchmarks.quality.landing_pages [--reports 60] [--first 1000]

The reports are made, of ten kinds; the front page of every other one shows a series in the largest type, a designer or
a day of printing. Each fault is printed; the last line is the share of final values that are right.
"""

from __future__ import annotations

import argparse
from tempfile import TemporaryDirectory

from tests.made import opened
from tests.pdfs.centre import reports, stored_faults

VALUES = 3
"""Of each report: title, people, day."""


def main() -> None:
    """Load the reports and their pages, and compare what the store holds with what was printed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=60)
    options.add_argument("--first", type=int, default=1000, help="the number of the first report")
    args = options.parse_args()
    with TemporaryDirectory() as folder:
        store = opened(f"sqlite:///{folder}/made.db")
        found = stored_faults(store, list(reports(args.reports, args.first)))
        store.close()
    wrong = {True: 0, False: 0}
    for report, fault in found:
        wrong[report.misleading] += 1
        print(report.number, report.paper.kind, "misleading" if report.misleading else "plain", fault)
    half = VALUES * args.reports / 2
    plain, misled = (1 - wrong[misleading] / half for misleading in (False, True))
    print(f"right: plain {plain:.3f}, misleading {misled:.3f}, all {(plain + misled) / 2:.3f}")


if __name__ == "__main__":
    main()
