"""What runs in a reading process: its limits, and a function for each kind of task."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: its threads would count against the memory limit

import ctypes
import gc
import hashlib
import json
import resource
import signal
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.errors import ExtractError
from pipeline.extract.version import PublishedAs, fingerprint
from pipeline.fetch.robots_txt import Robots
from scrapers.base import Listing, Page, Request, Rules
from scrapers.record import ReadingRecord, Record, extracted_record, listing_record, to_record

NOWHERE = "http://address-not-known.invalid/"
"""The address of a page that came without one: no server has it (RFC 2606)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """A page on its way to a reading process: with its bytes, or with the path of a file that holds them."""

    page: Page
    path: Path | None = None

    @classmethod
    def by_path(cls, page: Page, path: Path) -> Shipment:
        """Return the page without its bytes, which lie at `path`."""
        return cls(page=replace(page, content=b""), path=path)

    def load(self) -> Page:
        """Return the whole page."""
        return self.page if self.path is None else replace(self.page, content=self.path.read_bytes())


def limit(max_memory_mb: int) -> None:
    """Set this process's limits: memory, no core files, and no life after its parent's death.

    Garbage is collected less often: a page's tree has many objects and few cycles, and searching it for cycles takes a
    tenth of the reading time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    size = max_memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides; a terminal sends it to all
    if sys.platform == "linux":
        pr_set_pdeathsig = 1  # prctl(2)
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


def answer() -> None:
    """Return at once, which shows that the process lives."""


def document(content: Shipment, rules: Rules, pages: range | None = None) -> ReadingRecord:
    """Return the reading of a page or file; `pages` limits it to some pages of a PDF."""
    from scrapers.sites import scraper_for

    if pages is not None:
        from scrapers.pdf import reader

        return to_record(reader.read(content.load(), rules, pages))
    return to_record(scraper_for(rules).extract(content.load()))


def again(content: Shipment, rules: Rules, basis: str, published: PublishedAs) -> ReadingRecord | None:
    """Return the reading, or None where it has the fingerprint of what was published."""
    record = document(content, rules)
    return None if fingerprint(basis, published.claims, record) == published.fingerprint else record


def warm_up() -> None:
    """Load models and tables by reading a page; the model of languages is loaded by the first text that needs it."""
    page = page_of(b"<html><h1>A report</h1><p>Published on 3 May 2019 by Ann Lee, for all who read it.</p></html>", "")
    document(Shipment(page=page), Rules())


def listing(content: Shipment, request: Request, rules: Rules) -> Listing:
    """Return the links of a listing, feed, sitemap or API answer."""
    from scrapers.discovery import MECHANISMS
    from scrapers.sites import scraper_for

    page = content.load()
    own = scraper_for(rules).listing(page) if request.expect in ("listing", "auto") else None
    found = own if own is not None else MECHANISMS[request.expect].read(page, request, rules)
    return replace(found, incomplete=page.incomplete) if page.incomplete else found


def links(content: Shipment, rules: Rules) -> Record:
    """Return what a listing, feed, sitemap or API answer leads to, as `ingest links` prints it."""
    from scrapers.discovery.auto import request_for, stated_address

    page = content.load()
    if not page.final_url.startswith(("http://", "https://")):
        # Saved without its address: use the address that the page states, or one that no server has.
        address = stated_address(page) or NOWHERE
        page = replace(page, url=address, final_url=address)
    rules = replace(rules, start=(page.final_url,))
    request = request_for(page, rules)
    found = listing(Shipment(page=page), request, rules)
    if page.final_url == NOWHERE:
        known = tuple(link for link in found.links if not link.url.startswith(NOWHERE))
        relative = len(found.links) - len(known)
        reason = f"{relative} links are relative to the page's address, which is not known: give --url"
        found = replace(found, links=known, next=(), incomplete=reason if relative else found.incomplete)
    return listing_record(page.final_url, request.expect, found)


def forward(content: Shipment) -> str | None:
    """Return the address to which a page forwards, or None."""
    from scrapers.html.links import forward as forward_of

    return forward_of(content.load())


def robots(content: bytes) -> Robots:
    """Return the rules of a robots.txt."""
    from pipeline.fetch.robots_txt import parse

    return parse(content)


def page_of(content: bytes, url: str) -> Page:
    """Return a page for bytes that did not come from the network; its type is what the bytes show."""
    from scrapers.sniff.mediatype import sniff

    return Page(
        url=url,
        final_url=url,
        media_type=sniff(content),
        content=content,
        retrieved_at=datetime.now(UTC),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def line(path: Path, item: dict[str, Any], rules: Rules) -> str:
    """Return the JSON line of one item of a batch; raises ExtractError where its file cannot be read."""
    from scrapers.sites import scraper_for

    extracted = scraper_for(rules).extract(_page_at(path, item))
    return _line(item, extracted_record(item.get("url"), extracted))


def links_line(path: Path, item: dict[str, Any], rules: Rules) -> str:
    """Return the JSON line of the links of one item of a batch; raises ExtractError where its file cannot be read."""
    return _line(item, {**links(Shipment(page=_page_at(path, item)), rules), "url": item.get("url")})


def _page_at(path: Path, item: dict[str, Any]) -> Page:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ExtractError(str(path), f"cannot be read: {error.strerror}") from error
    return page_of(content, item.get("url") or path.absolute().as_uri())


def _line(item: dict[str, Any], record: Record) -> str:
    """Return a record as a JSON line that carries back its item's keys, except the path."""
    carried = {key: value for key, value in item.items() if key != "path"}
    return json.dumps({**carried, **record}, ensure_ascii=False)
