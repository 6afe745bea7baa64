"""What is found of each kind of odd site, in three variations: all documents, no others, and the exit code's truth.

    python -m tests.pipeline.discover.kinds.test_kinds

prints the table: kind, variation, documents wanted and found, requests, exit code.
"""

from __future__ import annotations

import pytest

from scrapers.values.addresses import identity
from tests.pipeline.discover.kinds import feeds, lists, oai, sitemaps, wordpress
from tests.pipeline.discover.kinds.site import Kind, harvested

KINDS: dict[str, Kind] = {
    f"{kind}, {variation}": one
    for room in (lists, feeds, sitemaps, oai, wordpress)
    for kind, variations in room.KINDS.items()
    for variation, one in variations.items()
}


@pytest.mark.parametrize("name", KINDS)
def test_every_document_of_a_kind_is_found(name: str) -> None:
    kind = KINDS[name]
    outcome = harvested(kind)
    assert outcome.found == {identity(f"http://x.example{path}").removeprefix("x.example") for path in kind.wanted}
    assert outcome.code == kind.code, outcome.reasons
    assert kind.says in outcome.reasons


def table() -> str:
    """Return the table of all kinds."""
    rows = [
        f"| {name} | {len(kind.wanted)} | {len(outcome.found)} | {outcome.requests} | {outcome.code} |"
        for name, kind in KINDS.items()
        for outcome in [harvested(kind)]
    ]
    return "\n".join(["| site | wanted | found | requests | exit code |", "| --- | --- | --- | --- | --- |", *rows])


if __name__ == "__main__":
    print(table())
