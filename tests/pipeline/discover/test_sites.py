"""Eight sites, one a mechanism: found 60 of 60, once each; then what is new, then what is gone."""

from __future__ import annotations

from typing import cast

import pytest

from scrapers.base import Author
from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import Store, harvest
from tests.sites import EIGHT, Site, serve


@pytest.mark.parametrize("kind", EIGHT, ids=lambda kind: kind.mechanism)
def test_every_document_is_found_once(kind: type[Site]) -> None:
    with serve(kind()) as site:
        found = harvest(site)
        pages = [link.url for link in found.links if link.rel != "attachment" or kind.mechanism == "directory"]
        assert sorted(map(identity, pages)) == sorted(identity(site.address(item)) for item in site.items)
        assert (found.mechanism, found.complete, found.finished) == (kind.mechanism, True, True), found.stopped_because
        assert found.total_stated in (None, len(site.items))


@pytest.mark.parametrize("kind", EIGHT, ids=lambda kind: kind.mechanism)
def test_what_is_new_and_what_is_gone_is_found(kind: type[Site]) -> None:
    with serve(kind()) as site:
        store = Store(harvest(site))
        added, removed = site.add(6), site.remove(44, 45)
        second = harvest(site, store, since="2026-01-15T00:00:00Z")
        new = store.unknown(second.links)
        assert {identity(site.address(item)) for item in added} <= new
        assert new <= {identity(a) for item in added for a in (site.address(item), site.file_address(item))}
        store.add(second)
        third = harvest(site, store, since=second.next_since("2026-03-01T00:00:00Z", "2026-01-15T00:00:00Z"))
        assert not store.unknown(third.links)
        full = harvest(site, store, full=True)
        assert full.complete, full.stopped_because
        missing = store.keys - {identity(link.url) for link in full.links}
        missing |= {key for url in full.removed if (key := identity(url)) in store.keys}
        assert {identity(site.address(item)) for item in removed} <= missing
        assert missing <= {identity(a) for item in removed for a in (site.address(item), site.file_address(item))}


@pytest.mark.parametrize("kind", EIGHT, ids=lambda kind: kind.mechanism)
def test_what_the_mechanism_says_is_right(kind: type[Site]) -> None:
    with serve(kind()) as site:
        said = {identity(link.url): link.claims for link in harvest(site).links if link.claims}
        for item in site.items if said else []:
            of_item = {name: found.value for name, found in said[identity(site.address(item))].items()}
            assert of_item["title"] == item.title
            assert of_item.get("date_published", item.date) == item.date
            if "authors" in of_item:
                names = [author.name for author in cast(tuple[Author, ...], of_item["authors"])]
                assert names in (list(item.authors), list(item.family_first))


@pytest.mark.parametrize("kind", EIGHT, ids=lambda kind: kind.mechanism)
def test_a_start_address_alone_is_enough(kind: type[Site]) -> None:
    with serve(kind()) as site:
        found = harvest(site, alone=True)
        pages = [link.url for link in found.links if link.rel != "attachment" or kind.mechanism == "directory"]
        assert sorted(map(identity, pages)) == sorted(identity(site.address(item)) for item in site.items)
        assert found.mechanism == kind.mechanism
