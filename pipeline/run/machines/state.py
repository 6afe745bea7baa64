"""What the workers of a store are doing, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import leases
from pipeline.ledger import shared as ledger
from pipeline.run.machines.tickets import waiting, workers

if TYPE_CHECKING:
    from models.database.store import Store


MOST_HOSTS = 20
"""Hosts that have a line each: those with the most open addresses."""


def state_lines(store: Store) -> list[str]:
    """Return a line for the workers, and one for each host with most open addresses; nothing where none is shared."""
    working = workers(store)
    with store.read() as connection:
        hosts = ledger.open_hosts(connection)
        asked = ledger.requested(connection)
        most = dict(sorted(hosts.items(), key=lambda one: -one[1])[:MOST_HOSTS])
        holders = {host: leases.holding(connection, leases.host_lease(host)) for host in most}
    if not working and not hosts and not asked:
        return []
    addresses = f"{sum(hosts.values())} addresses of {len(hosts)} hosts are open"
    lines = [f"workers: {working}; {addresses}, {waiting(store)} tickets wait"]
    lines += [f"  {source}: a {order.command} is asked for; no worker has begun it" for source, order in asked.items()]
    for host, count in most.items():
        holder = holders[host]
        by = "nobody yet"
        if holder is not None and holder.live:
            by = f"{holder.about} since {holder.since:%H:%M:%S} UTC"
        lines.append(f"  {host}: {count} open, worked on by {by}")
    if len(hosts) > MOST_HOSTS:
        lines.append(f"  and {len(hosts) - MOST_HOSTS} hosts with fewer")
    return lines
