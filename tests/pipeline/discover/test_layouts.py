"""Layouts that no rule was written for: a start address alone finds the documents of nearly all, and nothing else."""

from __future__ import annotations

from models.errors import SourceError
from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import harvest
from tests.sites import serve
from tests.sites.layouts import RandomSite

SEEDS = range(200, 204)


def test_layouts_made_at_random_are_read() -> None:
    wrong: dict[int, str] = {}
    for seed in SEEDS:
        with serve(RandomSite(seed)) as site:
            wanted = {identity(site.address(item)) for item in site.items}
            try:
                links = harvest(site, alone=True).links
            except SourceError as error:
                wrong[seed] = str(error)
                continue
            found = {identity(link.url) for link in links if link.rel == "link"}  # the files of a card stand beside it
            if found != wanted:
                wrong[seed] = f"{len(wanted - found)} missed, {len(found - wanted)} others"
    assert wrong == {}
