"""How the store reaches PostgreSQL: a link that is cut in silence is found, unless the URL says otherwise."""

from __future__ import annotations

from pathlib import Path

import psycopg

from models.database.postgres import LINK
from models.database.store import open_store, upgrade
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
