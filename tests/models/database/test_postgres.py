"""How the store reaches PostgreSQL: a link that is cut in silence is found, unless the URL says otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, select, update

from models.database.postgres import LINK
from models.database.store import open_store, upgrade
from models.errors import StoreError
from models.ledger import Lease
from pipeline.ledger.leases import LEASE_SECONDS


def parameters(url: str) -> dict[str, str]:
    """Return the parameters of a store's connections, as libpq holds them."""
    store = open_store(url, base=Path())
    with store.read() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection)
        held = raw.info.get_parameters()
    store.close()
    return held


def test_a_dead_link_is_found_before_a_lease_runs_out(postgres_url: str) -> None:
    upgrade(postgres_url, base=Path())
    assert LINK.items() <= parameters(postgres_url).items()
    silent = int(LINK["keepalives_idle"]) + int(LINK["keepalives_interval"]) * int(LINK["keepalives_count"])
    assert max(silent, int(LINK["tcp_user_timeout"]) / 1000) < LEASE_SECONDS


def test_the_url_of_the_store_has_the_last_word(postgres_url: str) -> None:
    upgrade(postgres_url, base=Path())
    held = parameters(f"{postgres_url}&keepalives_idle=99&application_name=mine")
    assert (held["keepalives_idle"], held["application_name"]) == ("99", "mine")
    assert held["keepalives_count"] == LINK["keepalives_count"]


def test_a_process_that_is_stopped_within_a_transaction_holds_nobody_up_for_long(postgres_url: str) -> None:
    """The server ends the transaction: its process may be stopped, or cut off, while others wait for its rows."""
    upgrade(postgres_url, base=Path())
    stopped, other = (
        replace(open_store(postgres_url, base=Path()), most_idle_seconds=seconds) for seconds in (0.05, 60)
    )
    let = update(Lease).values(about="other")
    with other.begin() as connection:
        connection.execute(insert(Lease).values(name="host:acme.test", epoch=0))

    def both() -> None:
        with stopped.begin() as first:
            first.execute(let.values(about="stopped"))
            with other.begin() as second:
                second.execute(let)  # waits for the row
            first.execute(let)

    with pytest.raises(StoreError, match="idle-in-transaction"):
        both()
    with other.read() as connection:
        assert connection.execute(select(Lease.about)).scalar_one() == "other"
    stopped.close()
    other.close()


def test_a_transaction_that_reads_may_rest(postgres_url: str) -> None:
    """As where an export is read slowly."""
    upgrade(postgres_url, base=Path())
    store = replace(open_store(postgres_url, base=Path()), most_idle_seconds=0.001)
    with store.read() as connection:
        shown = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar()
    assert shown == "0"
    store.close()
