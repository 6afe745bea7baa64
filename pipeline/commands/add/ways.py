"""How a site lists its documents: each way that it offers is tried on a few documents, the best is taken."""

from __future__ import annotations

import math
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from models.errors import PageError, SourceError
from pipeline.commands.add import reading
from pipeline.commands.terminal.console import print_message
from pipeline.discover.discover import Discovery, discover
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery import MECHANISMS
from scrapers.sniff.mediatype import PAGES
from scrapers.values.addresses import identity

if TYPE_CHECKING:
    from pipeline.commands.add.site import Sample, Site

MAX_WAYS = 12
MAX_ALSO = 3
"""Further lists that a page names and that are looked at, to be mentioned."""
FEW = 3
"""Items that a list has beyond those of the way that was taken, for it to be told of."""
MAX_PAGES = 2
"""Pages of a listing, feed or API that a trial reads."""
MAX_SITEMAPS = 12
"""Sitemaps of an index that a trial reads: each may hold another kind of page."""
FURTHER_PAGES = 6
ENOUGH = 24
"""Documents out of which the sample is chosen."""
FIRST_LOOK = 3
"""Documents that are read to judge a way ..."""
SAMPLE = 8
"""... and of the way that is taken."""
CONVINCING = 0.7
MANY = 20
HARD_TITLE = re.compile(r"\s[-–—|:»]\s|»")
"""Signs that separate a title from a site's name, or are part of a title."""
GOOD = 0.5
"""Likeness of a section's pages from which it is a section of documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way that led to documents."""

    rules: Rules
    found: Discovery
    pages: tuple[Page, ...]
    """The web pages that list documents."""
    listed: reading.Listed
    samples: tuple[Sample, ...]
    failed: tuple[PageError, ...]
    sections: tuple[tuple[str, float], ...] = ()
    """For a sitemap: the beginnings of its addresses, and the likeness of their pages."""
    also: tuple[str, ...] = ()
    """Other lists of documents that were seen."""

    @property
    def likeness(self) -> float:
        """How much like documents its pages are, from 0 to 1."""
        read = len(self.samples) + len(self.failed)
        return sum(likeness(sample) for sample in self.samples) / read if read else 0.0

    @property
    def count(self) -> int:
        """How many documents there are, at the least."""
        return max(self.found.total_stated or 0, len(self.found.links))

    @property
    def score(self) -> float:
        """The rank of a way: high for many pages that are like documents."""
        count = self.count * (1 if self.found.complete else 3)
        return self.likeness * (0.4 + 0.6 * min(1.0, math.log10(1 + count) / 2))

    @property
    def convincing(self) -> bool:
        """Whether no other way need be tried."""
        return self.likeness >= CONVINCING and (self.count >= MANY or not self.found.complete)


def likeness(sample: Sample) -> float:
    """Return how much like a document a page is: it has a title, a text of some length, a date, an author."""
    if sample.is_file:
        return 0.9 if sample.words >= 50 else 0.5
    return (
        0.2 * bool(sample.value("title"))
        + 0.4 * min(1.0, sample.words / 80)
        + 0.3 * bool(sample.value("date_published"))
        + 0.1 * bool(sample.value("authors"))
    )


async def best_way(site: Site, url: str) -> Way:
    """Return the best of the ways in which a site lists its documents; raises SourceError where there is none."""
    tried: list[Way] = []
    reasons: list[str] = []
    async for rules in _offered(site, url):
        print_message(f"looking at {rules.start[0]} ({', '.join((rules.discover, *rules.follow))})")
        try:
            way = await _try(site, rules)
        except (SourceError, PageError) as error:
            reasons.append(f"{rules.discover}: {error}")
            continue
        print_message(f"  {way.count} documents{'' if way.found.complete else ' and more'}, {len(way.samples)} read")
        tried.append(way)
        if way.convincing or len(tried) + len(reasons) >= MAX_WAYS:
            break
    good = [way for way in tried if way.samples]
    if not good:
        reasons += [f"{way.rules.discover}: {error.url}: {error}" for way in tried for error in way.failed]
        found_nothing = f"no way to documents was found from {url}; give the address of the page that lists them"
        raise SourceError(found_nothing + "".join(f"\n  {r}" for r in reasons))
    best = max(good, key=lambda way: way.score)
    return replace(await _with_more(site, best), also=await _also(site, url, best, good))


async def _also(site: Site, url: str, best: Way, tried: Sequence[Way]) -> tuple[str, ...]:
    """Return the other lists of documents that were tried, or that the page names, with how long each is."""
    held = {identity(link.url) for link in best.found.links}
    seen = {start for way in tried for start in way.rules.start} | {url}
    lists = [way for way in tried if way is not best]
    page = await site.fetch(Request(url=url, expect="auto"))
    named = await _read_in_process(site, reading.entrances, page) if page.media_type in PAGES else []
    for address in [address for address in named if address not in seen][:MAX_ALSO]:
        try:
            request = Request(url=address, expect="auto")
            ways = await _ways(site, await site.fetch(request), request, set())
            lists += [await _found(site, replace(rules, max_pages=1)) for rules in ways[:1]]
        except (PageError, SourceError):
            continue  # it lists nothing that can be read: nothing to tell
    return tuple(
        f"{way.rules.start[0]}, {way.count:,} items{'' if way.found.complete else ' and more'} ({way.rules.discover})"
        for way in lists
        if len([link for link in way.found.links if identity(link.url) not in held]) >= FEW
    )


async def _offered(site: Site, url: str) -> AsyncIterator[Rules]:
    """Yield the ways that a page offers, then those of pages that it links as its publications and the like."""
    seen: set[tuple[str, str]] = set()
    request = Request(url=url, expect="auto")
    page = await site.fetch(request)
    for rules in await _ways(site, page, request, seen):
        yield rules
    if page.media_type not in PAGES:
        return
    start = Rules(start=(url,), max_pages=MAX_PAGES)
    for css in await _read_in_process(site, reading.places, page, start):
        yield replace(start, discover="listing", follow=(css,))
    for entrance in await _read_in_process(site, reading.entrances, page):
        request = Request(url=entrance, expect="auto")
        try:
            rules_of = await _ways(site, await site.fetch(request), request, seen)
        except PageError:
            continue
        for rules in rules_of[:1]:
            yield rules


async def _read_in_process(site: Site, function: Callable[..., list[str]], page: Page, *arguments: object) -> list[str]:
    """Return the result of a function of one page; an empty list where the page cannot be read within the limits."""
    try:
        return await site.together(function, [page], *arguments)
    except PageError:
        return []


async def _ways(site: Site, page: Page, request: Request, seen: set[tuple[str, str]]) -> list[Rules]:
    start = Rules(start=(request.url,), max_pages=MAX_PAGES)
    offered = (await site.listing(page, request, start)).next
    ways = []
    for way in offered:
        most = MAX_SITEMAPS if way.expect == "sitemap" else MAX_PAGES
        rules = replace(start, start=(way.url,), discover=way.expect, max_pages=most)
        as_given = replace(rules, start=(request.url,))
        first = MECHANISMS[way.expect].first
        if first(as_given, since=None, token=None) == first(rules, since=None, token=None):
            rules = as_given  # the same requests, by the address that the person gave
        if (way.expect, rules.start[0]) not in seen:
            seen.add((way.expect, rules.start[0]))
            ways.append(rules)
    return ways


async def _try(site: Site, rules: Rules) -> Way:
    way = await _found(site, rules)
    if rules.discover == "sitemap":
        return await _by_sections(site, way)
    return await _sampled(site, way, spread(way.found.links, FIRST_LOOK))


async def _found(site: Site, rules: Rules) -> Way:
    """Return a way with what it lists; raises SourceError where it lists nothing."""
    pages: list[Page] = []

    async def read(page: Page, request: Request, rules: Rules) -> Listing:
        listing = await site.listing(page, request, rules)
        if listing.links and request.expect == "listing" and b"<" in page.content[:1000]:
            pages.append(page)
        return listing

    found = await discover(rules, fetch=site.fetch, read=read)
    if found.mechanism != rules.discover:
        raise SourceError(f"it answers as {found.mechanism}, which is tried by itself")
    listed = reading.Listed(follow=None, cards={})
    if pages:
        listed = await site.together(reading.listed, pages, [link.url for link in found.links], rules)
    return Way(rules=rules, found=found, pages=tuple(pages), listed=listed, samples=(), failed=())


async def _with_more(site: Site, way: Way) -> Way:
    """Return the way with a larger sample, out of more pages where these list few documents each."""
    if not way.found.complete and len(way.found.links) < ENOUGH and not way.rules.include:
        more = await _found(site, replace(way.rules, max_pages=FURTHER_PAGES))
        way = replace(more, rules=way.rules)
    return await _sampled(site, way, spread(_admitted(way), SAMPLE))


def _admitted(way: Way) -> Sequence[Link]:
    include = way.rules.include
    if not include:
        return way.found.links
    return [link for link in way.found.links if any(_section(link.url) == _section_of(glob) for glob in include)]


async def _sampled(site: Site, way: Way, links: Sequence[Link]) -> Way:
    """Return the way with these documents read; those that failed count against it."""
    samples, failed = [], []
    for link in links:
        try:
            samples.append(await site.document(link, way.rules, way.listed.cards.get(identity(link.url))))
        except PageError as error:
            failed.append(error)
    return replace(way, samples=tuple(samples), failed=tuple(failed))


def spread(links: Sequence[Link], most: int) -> list[Link]:
    """Return up to `most` links, spread evenly, among them a few with hard titles and a few of rare kinds."""
    if len(links) <= most:
        return list(links)
    hard = [link for link in links if HARD_TITLE.search(link.text)]
    chosen = _evenly(hard, most // 4)
    kinds: dict[tuple[object, ...], list[Link]] = {}
    for link in links:
        kinds.setdefault(_kind(link), []).append(link)
    rarest = sorted(kinds.values(), key=len)[: most // 4]
    chosen += [group[0] for group in rarest if 4 * len(group) < len(links) and group[0] not in chosen]
    rest = [link for link in links if link not in chosen]
    chosen += _evenly(rest, most - len(chosen))
    return [link for link in links if link in chosen]


def _kind(link: Link) -> tuple[object, ...]:
    """Return what distinguishes kinds of documents before reading: section, language, suffix, relation, claims."""
    path = urlsplit(link.url).path
    language = re.match(r"/([a-z]{2}(?:-\w{2,4})?)/", path)
    file = re.search(r"\.\w{2,5}$", path)
    return _section(link.url), language and language[1], file and file[0].lower(), link.rel, frozenset(link.claims)


def _evenly(links: Sequence[Link], most: int) -> list[Link]:
    if len(links) <= most or most < 2:
        return list(links[:most])
    # One link of each of `most` equal stretches, at a place that the golden ratio varies, to avoid periods of the list.
    return [links[int((number + (0.618 * number + 0.5) % 1) * len(links) / most)] for number in range(most)]


async def _by_sections(site: Site, way: Way) -> Way:
    """Return a sitemap's way, narrowed to those sections of the site that hold documents."""
    sections: dict[str, list[Link]] = {}
    for link in way.found.links:
        sections.setdefault(_section(link.url), []).append(link)
    largest = sorted(sections, key=lambda name: -len(sections[name]))[:6]
    if len(largest) < 2:
        return await _sampled(site, way, spread(way.found.links, FIRST_LOOK))
    tried = {name: await _sampled(site, way, spread(sections[name], 2)) for name in largest}
    good = [name for name in largest if tried[name].likeness >= GOOD]
    measured = tuple((name, tried[name].likeness) for name in largest)
    samples = tuple(sample for name in good for sample in tried[name].samples)
    failed = tuple(error for name in good for error in tried[name].failed)
    way = replace(way, samples=samples, failed=failed, sections=measured)
    if 0 < len(good) < len(sections) and all(name != "/" for name in good) and len(good) <= 4:
        links = tuple(link for name in good for link in sections[name])
        return replace(
            way,
            rules=replace(way.rules, include=tuple(f"*{name}*" for name in good)),
            found=replace(way.found, links=links, count=len(links)),
        )
    return way


def _section(url: str) -> str:
    """Return the beginning of an address's path, a language and numbers aside: `/publications/`."""
    segments = urlsplit(url).path.split("/")[1:-1]
    named = [s for s in segments if not re.fullmatch(r"[a-z]{2}(?:-\w{2,4})?|\d+", s)]
    return f"/{named[0]}/" if named else "/"


def _section_of(glob: str) -> str:
    return glob.strip("*")
