"""Leases on PostgreSQL: one holder at a time, taken over from the dead and the silent, whose writes are refused."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from models import leases
from models.database.store import Store, open_store
from models.errors import LeaseLost, Locked
from models.ledger import Lease
from pipeline.ledger.leases import HeldLease, Leases

WAIT_SECONDS = 20
"""How long a test waits for what must come; only a fault makes it wait that long."""


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    store = open_store(postgres_url, base=Path())
    yield store
    store.close()


@pytest.fixture
def machines(store: Store) -> Iterator[tuple[Leases, Leases]]:
    """Two processes with one store."""
    with ExitStack() as stack:
        yield stack.enter_context(Leases(store)), stack.enter_context(Leases(store))


def taken(machine: Leases, name: str = "source:acme") -> HeldLease:
    held = machine.take(name)
    assert held is not None
    return held


def let_time_pass(store: Store) -> None:
    """Have every lease run out, as if its holder had been silent for long."""
    with store.begin() as connection:
        connection.execute(update(Lease).values(until=func.clock_timestamp()))


def test_one_holds_it_at_a_time_and_the_other_is_told_who(machines: tuple[Leases, Leases]) -> None:
    one, other = machines
    with one.hold("acme"):
        with pytest.raises(Locked, match=r"source acme: another run holds it: process \d+ on .* since "):
            other.hold("acme").__enter__()
        assert other.take("source:other") is not None
        assert other.holder("acme") == one.holder("acme") is not None
    assert other.holder("acme") is None
    with other.hold("acme"):
        assert one.take("source:acme") is None


def test_the_silent_one_is_replaced_and_has_no_effect_from_then_on(
    machines: tuple[Leases, Leases], store: Store
) -> None:
    one, other = machines
    first = taken(one)
    let_time_pass(store)
    second = taken(other)
    assert second.grant.epoch == first.grant.epoch + 1
    with store.begin() as connection:
        second.check(connection)
        with pytest.raises(LeaseLost, match="another process may have taken it over"):
            first.check(connection)
    one.release(first)
    assert one.holder("acme") == other.holder("acme") is not None, "what was lost is not given back"


def test_nobody_takes_it_over_while_a_transaction_of_its_holder_is_open(
    machines: tuple[Leases, Leases], store: Store
) -> None:
    one, other = machines
    first = taken(one)
    with store.begin() as connection:
        first.check(connection)
        let = "SET lock_timeout = '100ms'"
        with store.engine.connect() as second, second.begin():
            second.exec_driver_sql(let)
            with pytest.raises(Exception, match="lock timeout"):
                leases.expire(second, "source:acme", one.process)
    assert other.take("source:acme") is None


def test_a_lease_is_renewed_for_as_long_as_its_process_lives(store: Store) -> None:
    with Leases(store, seconds=2) as machine:
        held = taken(machine)
        first, deadline = held.sure_until, time.monotonic() + WAIT_SECONDS
        while held.sure_until == first and time.monotonic() < deadline:
            time.sleep(0.05)
        assert held.sure_until > first
        held.check_here()
        with store.begin() as connection:
            held.check(connection)


def test_who_could_not_renew_it_sends_no_request(store: Store) -> None:
    with Leases(store, seconds=0) as machine:
        held = taken(machine)
        with pytest.raises(LeaseLost, match="could not be renewed"):
            held.check_here()


def test_a_process_of_this_machine_that_died_is_replaced_at_once(machines: tuple[Leases, Leases], store: Store) -> None:
    one, other = machines
    taken(one)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    machine = one.process.rpartition("/")[0].rpartition("/")[0]
    for process, replaced in ((f"elsewhere/1/{dead.pid}/x", False), (f"{machine}/{dead.pid}/x", True)):
        with store.begin() as connection:
            connection.execute(update(Lease).values(holder=process))
        assert (other.take("source:acme") is not None) == replaced


def test_what_is_left_is_given_back(store: Store) -> None:
    with Leases(store) as machine:
        taken(machine, "source:acme")
        taken(machine, "host:acme.example")
    with store.read() as connection:
        assert connection.execute(select(Lease.holder)).scalars().all() == [None, None]
