"""No site lists fewer documents than it states without a word: a gap, a failed page, or a failed source."""

from __future__ import annotations

from typing import Any

import pytest

from models.errors import SourceError
from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import harvest
from tests.sites import EIGHT, Site, serve
from tests.sites.server import NOT_FOUND, Answer

WALL = "<html><head><title>Request Rejected</title></head><body>Your support ID is: 4567890</body></html>"
FAULTS = {
    "gone": NOT_FOUND,
    "busy": Answer("", "text/plain", 503),
    "empty": Answer("", "text/html"),
    "walled": Answer(WALL),
    "no entries": Answer("<html><body><h1>Resources</h1><p>Nothing here.</p></body></html>"),
}


def cut(kind: type[Site], fault: Answer) -> Site:
    """Return a site of which the second page that lists something is a fault, however often it is asked for."""

    class Cut(kind):  # type: ignore[misc, valid-type]
        listed: dict[str, None]

        def answer(self, path: str, query: Any) -> Answer:
            healthy: Answer = super().answer(path, query)
            named = path + repr(sorted(query.items()))
            holds = sum(item.slug in str(healthy.body) for item in self.items)
            if healthy.status == 200 and holds > 3 and self.item_at(path) is None:
                self.listed.setdefault(named, None)
            return fault if list(self.listed)[1:2] == [named] else healthy

    site = Cut()
    site.listed = {}
    return site


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", EIGHT, ids=lambda kind: kind.mechanism)
def test_fewer_than_stated_is_never_silence(kind: type[Site], fault: str) -> None:
    with serve(cut(kind, FAULTS[fault])) as site:
        try:
            found = harvest(site)
        except SourceError:
            return
        wanted = {identity(site.address(item)) for item in site.items}
        listed = wanted & {identity(link.url) for link in found.links}
        stated = found.total_stated if found.total_stated is not None else len(listed)
        assert len(listed) >= stated or found.gaps or found.failures, (len(listed), stated, found.stopped_because)
        assert listed == wanted or not found.complete or found.total_stated is None
