"""What `ingest add` proposes: the keys of a source, and what a run with them would find."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.errors import SourceError
from pipeline.commands.add import fields
from pipeline.commands.add.block import MAX_KEYS, Proposal, name_of
from pipeline.commands.add.examples import Example, by_examples
from pipeline.commands.add.site import Sample, Site
from pipeline.commands.add.ways import Way, best_way
from pipeline.commands.terminal.console import print_message
from scrapers.base import Rules
from scrapers.sniff.mediatype import PAGES

if TYPE_CHECKING:
    from pipeline.config import Config


async def propose(config: Config, url: str, name: str | None, examples: Sequence[Example] = ()) -> Proposal:
    """Look at a site and return the source that would ingest it; raises SourceError where no documents are found."""
    from pipeline.run.settings import open_client, open_readers

    async with open_readers(config, workers=1) as readers, open_client(config, readers) as client:
        site, way = await _best_way(config, Site(client=client, readers=readers), url)
        if examples:
            choice = await by_examples(site, way, examples)
        else:
            choice = await fields.choose(site, way.samples, way.rules)
        rules = fields.with_selectors(way.rules, choice.selectors)
        samples = await _read_again(site, way, rules) if choice.selectors else way.samples
    keys, left_out = _keys(way, choice, samples, longer=bool(examples), render=site.http is not None)
    return Proposal(
        name=name or name_of(url, list(config.sources)),
        keys=keys,
        samples=samples,
        confidence={key: fields.confidence(key, samples, choice) for key in fields.KEYS},
        summary=_summary(way),
        doubts=(*fields.doubts(samples, choice), *_doubts(way), *left_out, *_unread(way, samples)),
        also=way.also,
    )


async def _best_way(config: Config, site: Site, url: str) -> tuple[Site, Way]:
    """Return the best way to a site's documents; where there is none, that with a browser making its pages.

    Raises SourceError where there is none either, or where a browser is missing: the message then says so.
    """
    from pipeline.fetch.settings import SourceHttp
    from pipeline.render.installed import missing

    try:
        return site, await best_way(site, url)
    except SourceError as error:
        page = site.pages.get(url)
        if page is None or page.media_type not in PAGES or b"<script" not in page.content.lower():
            raise
        if lack := missing(config.render.chromium):
            raise SourceError(f"{error}\n  its scripts were not run, which may show more: {lack}") from error
        print_message("its scripts may show more: a browser looks at it")
        rendered = Site(client=site.client, readers=site.readers, http=SourceHttp(render=True))
        return rendered, await best_way(rendered, url)


async def _read_again(site: Site, way: Way, rules: Rules) -> tuple[Sample, ...]:
    """Return the sample as the proposed source reads it."""
    return tuple([await site.document(sample.link, rules, sample.card) for sample in way.samples])


def _keys(
    way: Way, choice: fields.Choice, samples: Sequence[Sample], *, longer: bool, render: bool
) -> tuple[dict[str, Any], list[str]]:
    """Return the source's keys, the most needed first, and a sentence for each key beyond `MAX_KEYS`."""
    keys: dict[str, Any] = {"start": way.rules.start}
    if way.rules.discover == "listing" and way.listed.follow:
        keys["follow"] = way.listed.follow
    else:
        keys["discover"] = way.rules.discover
    if render:
        keys["render"] = True
    if way.rules.include:
        keys["include"] = way.rules.include
    further: dict[str, Any] = {
        key: choice.selectors[key] for key in ("date", "title", "date_order", "author") if key in choice.selectors
    }
    if hosts := fields.file_hosts(samples):
        further["file_hosts"] = hosts
    left_out = []
    for key, value in further.items():
        if longer or len(keys) < MAX_KEYS:
            keys[key] = value
        else:
            left_out.append(f"{key}: {key} = {value!r} might be added")
    return keys, left_out


def _summary(way: Way) -> str:
    found = way.found
    more = "" if found.complete else " and more"
    total = found.total_stated
    stated = f", the site says {total:,}" if total and total > len(found.links) else ""
    pages = "page" if found.pages_read == 1 else "pages"
    return f"{len(found.links)} documents{more} on {found.pages_read} {pages} ({way.rules.discover}){stated}; of these:"


def _unread(way: Way, samples: Sequence[Sample]) -> list[str]:
    """Return a warning of what a sample of that size may miss."""
    if not 0 < len(samples) < way.count:
        return []
    missed = 0.9 ** len(samples)
    return [
        f"{len(samples)} of {way.count:,} documents were read: a fault of one page in ten is missed"
        f" by {missed:.0%} of such samples; look at a first run with `ingest run --limit 50`"
    ]


def _doubts(way: Way) -> list[str]:
    found = [f"{error.url}: {error.reason}" for error in way.failed]
    if way.rules.discover == "feed" and way.found.complete:
        found.append("a feed may hold the latest documents only")
    for section, likeness in way.sections:
        if not any(section in glob for glob in way.rules.include) and way.rules.include:
            found.append(f"left out: {section} ({likeness:.0%} like documents)")
    return found
