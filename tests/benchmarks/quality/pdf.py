"""Measure what is read from PDFs: text and front matter against labels, tables against made ones.

    python -m tests.benchmarks.quality.pdf FOLDER [--score SCORER.py] [--tables 40]

FOLDER holds `text/*.pdf` with `truth/*.md`, and `files/*.pdf` with `labels.jsonl`; SCORER (by default `score_pdf.py`
in the folder above) prints the figures on both. The tables are made by `tests/pdfs/tables.py` and need no folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from models.errors import UnreadablePdf
from scrapers.base import Rules
from scrapers.fields import Extracted
from scrapers.pdf.reader import read
from tests.pdfs.child import page_of
from tests.pdfs.tables import made


def main() -> None:
    """Print the scorer's figures and the tables' F1."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--score", type=Path)
    options.add_argument("--tables", type=int, default=40, help="made files of each kind")
    args = options.parse_args()
    if args.folder:
        scorer = args.score or args.folder.parent / "score_pdf.py"
        with tempfile.TemporaryDirectory() as scratch:
            _text(args.folder, scorer, Path(scratch))
            _front(args.folder, scorer, Path(scratch))
    for kind in ("ruled", "borderless"):
        print(f"tables   {kind:10} n={3 * args.tables} cell F1 {cell_f1(kind, range(args.tables)):.3f}")


def _read(path: Path) -> Extracted | None:
    try:
        return read(page_of(path.read_bytes(), f"https://files.test/{path.name}"), Rules())
    except UnreadablePdf as error:
        print(f"{path.name}: {error}", file=sys.stderr)
        return None


def _text(folder: Path, scorer: Path, scratch: Path) -> None:
    for path in sorted((folder / "text").glob("*.pdf")):
        extracted = _read(path)
        body = extracted.body.value if extracted and extracted.body else ""
        (scratch / f"{path.stem}.txt").write_text(body, "utf-8")
    subprocess.run([sys.executable, scorer, "text", folder / "truth", scratch], check=True)


def _front(folder: Path, scorer: Path, scratch: Path) -> None:
    predictions = scratch / "predictions.jsonl"
    with predictions.open("w", encoding="utf-8") as out:
        for row in map(json.loads, (folder / "labels.jsonl").read_text("utf-8").splitlines()):
            extracted = _read(folder / row["file"])
            if extracted is None:
                continue
            out.write(
                json.dumps(
                    {
                        "id": row["id"],
                        "title": extracted.title.value if extracted.title else None,
                        "authors": [author.name for author in extracted.authors.value] if extracted.authors else [],
                        "date_published": extracted.date_published.value if extracted.date_published else None,
                    }
                )
                + "\n"
            )
    subprocess.run([sys.executable, scorer, "metadata", folder / "labels.jsonl", predictions], check=True)


def cell_f1(kind: str, seeds: range) -> float:
    """Return the F1 of made tables' cells, each taken with its column and the first cell of its row."""
    shared = given = truth = 0
    for seed in seeds:
        content, tables = made(kind, seed)
        expected = Counter((row[0], n, cell) for rows in tables for row in rows for n, cell in enumerate(row))
        tables_read = read(page_of(content), Rules()).tables
        found = Counter(
            (row[0], n, cell) for table in tables_read for row in table.rows for n, cell in enumerate(row) if cell
        )
        shared, given, truth = shared + (expected & found).total(), given + found.total(), truth + expected.total()
    return 2 * shared / (given + truth)


if __name__ == "__main__":
    main()
