"""Move a large store from SQLite to PostgreSQL, killed twice on the way: the third call goes on, and both export alike.

python -m tests.benchmarks.simulation.move                       # 30,000 documents, about five minutes of CPU
python -m tests.benchmarks.simulation.move --documents 2000

Printed is for each call how many rows were done when it was killed, or how many were moved and compared; `move` itself
compares all rows' numbers and the exports of documents and failures, and fails where they differ.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from models.database.store import open_store, upgrade
from pipeline.holdings.move import move
from tests.conftest import serve_postgres
from tests.made import new_store
from tests.made_store import fill

KILLED_AT = (0.3, 0.7)
"""The shares of all rows after which the first calls are killed."""


def main() -> int:
    """Fill a store, move it, and return 0; a move that fails raises."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=30_000)
    parser.add_argument(
        "--move", nargs=2, metavar=("OLD", "NEW"), help="what this program calls in a process of its own"
    )
    asked = parser.parse_args()
    if asked.move:
        return _move(*asked.move)
    with tempfile.TemporaryDirectory() as folder, serve_postgres() as address:
        path = Path(folder) / "old.db"
        old = new_store(path)
        fill(old, asked.documents)
        old.close()
        upgrade(address, base=Path())
        for share in (*KILLED_AT, None):
            print(_call(str(path), address, share), flush=True)
    return 0


def _move(old: str, new: str) -> int:
    """Move, and print a line for each batch: the rows that are done, and all rows."""
    source, target = (open_store(url, base=Path()) for url in (old, new))
    moved = move(source, target, lambda done, total: print(done, total, flush=True))
    source.close()
    target.close()
    print(f"moved {moved.rows} rows and compared {moved.documents} documents", flush=True)
    return 0


def _call(old: str, new: str, share: float | None) -> str:
    """Move in a process of its own, to the end, or until that share of the rows is done; return what came of it."""
    began, before = time.monotonic(), os.times()
    words = [sys.executable, "-m", "tests.benchmarks.simulation.move", "--move", old, new]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = ""
        for line in process.stdout:
            done, _, total = line.partition(" ")
            if share is not None and done.isdecimal() and int(done) >= share * int(total):
                process.kill()
                break
        code = process.wait()
    cpu = os.times().children_user - before.children_user
    told = line.strip() if share is None else f"killed with {line.strip().replace(' ', ' of ')} rows done"
    if share is None and code:
        raise SystemExit(f"the last call failed with {code}")
    return f"{told}; {time.monotonic() - began:.0f} s, {cpu:.0f} s of CPU without the server's"


if __name__ == "__main__":
    raise SystemExit(main())
