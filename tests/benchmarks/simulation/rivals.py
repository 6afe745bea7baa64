"""Two sources whose pages hold the same bytes, stored on one PostgreSQL at once and in opposite order: nothing is lost.

python -m tests.benchmarks.simulation.rivals               # 50 rounds of 60 pages
python -m tests.benchmarks.simulation.rivals --rounds 5

Both writers add the same payloads, so that each may wait for a row of the other. A round is good if every result of
both sources is staged and archived once, and every payload is stored once. Printed are the rounds that were not, and
how many transactions PostgreSQL ended in a deadlock, which the writers repeat.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from models.database.store import Store, open_store, upgrade
from tests.conftest import serve_postgres
from tests.pipeline.ledger.test_writer import stored, stored_by_two


def main() -> int:
    """Play the rounds and return whether all were good."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--pages", type=int, default=60)
    asked = parser.parse_args()
    bad = 0
    with serve_postgres() as address, tempfile.TemporaryDirectory() as folder:
        upgrade(address, base=Path())
        store = open_store(address, base=Path())
        before = stored(store)
        for number in range(asked.rounds):
            stored_by_two(store, Path(folder) / str(number), list(range(asked.pages)), salt=str(number))
            after = stored(store)
            added = [one - other for one, other in zip(after, before, strict=True)]
            if added != [2 * asked.pages, 2 * asked.pages, asked.pages]:
                print(f"round {number}: {added} results, captures and payloads were added")
                bad += 1
            before = after
        print(f"{asked.rounds} rounds, {bad} not good, {_deadlocks(store)} deadlocks")
        store.close()
    return 1 if bad else 0


def _deadlocks(store: Store) -> int:
    with store.read() as connection:
        query = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        return int(connection.exec_driver_sql(query).scalar_one())


if __name__ == "__main__":
    raise SystemExit(main())
