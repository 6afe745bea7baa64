"""A resource centre whose listing mixes every fault with documents that are well."""

from __future__ import annotations

import json

from tests.hostile.fault import DOMAIN, HEALTHY, Fault
from tests.hostile.server import Server, Site, answer
from tests.hostile.table import FAULTS

LISTING = f"www.{DOMAIN}"
HEALTHY_HOSTS = 4
HEALTHY_EACH = 10


def healthy_urls() -> list[str]:
    """Return the addresses of the documents that are well, none of which is the same as another."""
    return [
        f"http://healthy-{host}.{DOMAIN}/{number}" for host in range(HEALTHY_HOSTS) for number in range(HEALTHY_EACH)
    ]


def faults() -> list[Fault]:
    return list(FAULTS.values())


def sites() -> dict[str, Site]:
    """Return what the server serves: the listing, healthy hosts, and a host for each fault."""
    links = "".join(f'<p><a class="card" href="{url}">Document {n}</a></p>' for n, url in enumerate(_urls()))
    listing = answer(f"<!doctype html><title>Resources</title><main>{links}</main>")
    healthy = {
        f"healthy-{host}.{DOMAIN}": Site(
            paths={f"/{number}": _document(host, number) for number in range(HEALTHY_EACH)}
        )
        for host in range(HEALTHY_HOSTS)
    }
    return {LISTING: Site(paths={"/": listing}), **healthy, **{fault.host: fault.site for fault in faults()}}


def _urls() -> list[str]:
    """Return all addresses, the healthy ones scattered among the others."""
    bad, well = [fault.url for fault in faults()], healthy_urls()
    step = len(bad) // len(well) + 1
    return [url for n, good in enumerate(well) for url in [*bad[n * step : (n + 1) * step], good]]


def _document(host: int, number: int) -> bytes:
    return HEALTHY.replace(b"part 0000", b"book %d-%02d" % (host, number))


def configuration(server: Server) -> str:
    """Return a configuration with which `ingest run` meets all of it."""
    resolve = ", ".join(f'"{name}" = "{address}"' for name, address in server.resolve.items())
    return f"""\
[http]
contact = "https://example.org/contact"
delay_seconds = 0.01
timeout_seconds = 12
max_bytes = 2_000_000
retries = 1
resolve = {{ {resolve} }}

[sources.mixed]
start = {json.dumps(f"http://{LISTING}/")}
follow = "a.card"
"""
