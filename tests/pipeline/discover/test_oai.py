"""OAI-PMH: killed between two pages, expired tokens, deleted records, dates."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from scrapers.base import Link
from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import Store, harvest
from tests.sites import OaiSite, serve


class KilledError(Exception):
    """The process died here."""


def killed_after(site: OaiSite, pages: int) -> tuple[set[str], str | None]:
    """Return what a harvest had kept, links and token, when it was killed after some pages."""
    kept: set[str] = set()
    tokens: list[str | None] = []

    def found(links: Sequence[Link]) -> None:
        if len(tokens) == pages:
            raise KilledError
        kept.update(identity(link.url) for link in links)

    with pytest.raises(KilledError):
        harvest(site, found=found, save_token=tokens.append)
    return kept, tokens[-1]


def test_a_killed_harvest_resumes_from_the_saved_token() -> None:
    with serve(OaiSite()) as site:
        kept, token = killed_after(site, 3)
        assert len(kept) == 30
        resumed = harvest(site, token=token)
        assert len(site.asked) == 4
        assert all("resumptionToken" in path for path in site.asked)
        assert kept | {identity(link.url) for link in resumed.links} == {identity(site.address(i)) for i in site.items}
        assert (resumed.complete, resumed.finished) == (False, True)


def test_an_expired_token_starts_again() -> None:
    with serve(OaiSite()) as site:
        _, token = killed_after(site, 2)
        site.epoch += 1
        found = harvest(site, token=token)
        assert len(found.links) == 60
        assert len(site.asked) == 8
        assert found.finished


def test_tokens_are_saved_page_by_page_and_dropped_at_the_end() -> None:
    tokens: list[str | None] = []
    with serve(OaiSite()) as site:
        harvest(site, save_token=tokens.append)
    assert len(tokens) == 7
    assert tokens[-1] is None


def test_deleted_records_are_told_by_address() -> None:
    with serve(OaiSite()) as site:
        store = Store(harvest(site))
        site.remove(44)
        found = harvest(site, store, since="2026-01-15")
        assert found.removed == (f"{site.url}/handle/10986/44",)
        assert (found.links, found.finished) == ((), True)


def test_nothing_new_is_no_failure() -> None:
    with serve(OaiSite()) as site:
        found = harvest(site, since="2026-01-15")
        assert (found.links, found.complete, found.finished) == ((), False, True)
        assert "from=2026-01-14" in site.asked[0]
