"""Fetch and read the pages of a site for `ingest add`: each address once, each page in a limited process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from models.errors import PageError
from pipeline.extract.pool import BY_PATH
from pipeline.extract.worker import Shipment
from pipeline.load import normalise
from scrapers.base import Found, Link, Listing, Page, Request, Rules
from scrapers.record import from_record
from scrapers.sniff.mediatype import PAGES

if TYPE_CHECKING:
    from pipeline.extract.pool import Readers
    from pipeline.fetch.client import Client
    from pipeline.fetch.settings import SourceHttp
    from scrapers.induction.listing import Card

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A document that was read, and what the site says of it elsewhere."""

    link: Link
    page: Page
    values: dict[str, Found[object]]
    """As a run would store them."""
    agreeing: frozenset[str]
    """Fields whose value stands in another place of the page as well."""
    files: tuple[str, ...]
    """Files that it links."""
    card: Card | None = None
    """What the listing shows of it."""

    @property
    def is_file(self) -> bool:
        """Whether it is a PDF and not a page."""
        return self.page.media_type not in PAGES

    def value(self, name: str) -> Any:
        """Return a field's value, or None."""
        found = self.values.get(name)
        return None if found is None else found.value

    @property
    def words(self) -> int:
        """Length of its text in words; in Chinese, Japanese or Thai two letters count as a word."""
        text = str(self.value("body") or "")
        return len(text.split()) + sum(1 for c in text if c >= "\u0e00" and c.isalpha()) // 2


@dataclass
class Site:
    """A site, with the pages fetched so far."""

    client: Client
    readers: Readers
    http: SourceHttp | None = None
    """How pages are fetched, where not as for any source."""
    pages: dict[str, Page] = field(default_factory=dict)
    refused: dict[str, PageError] = field(default_factory=dict)

    async def fetch(self, request: Request) -> Page:
        """Return the page for a request, which is fetched once; raises PageError."""
        if error := self.refused.get(request.url):
            raise error
        if request.url not in self.pages:
            try:
                page = (await self.client.fetch(request, overrides=self.http)).page
            except PageError as error:
                self.refused[request.url] = error
                raise
            assert page is not None  # no request is conditional
            self.pages[request.url] = page
        return self.pages[request.url]

    async def listing(self, page: Page, request: Request, rules: Rules) -> Listing:
        """Return the links of a page; raises PageError."""
        return await self.readers.listing(page, request, rules)

    async def document(self, link: Link, rules: Rules, card: Card | None = None) -> Sample:
        """Return a document as a run would read it; raises PageError."""
        page = await self.fetch(Request(url=link.url))
        extracted = from_record(await self.readers.document(page, rules))
        document = normalise.document(
            extracted,
            link.claims,
            source_id=0,
            url=link.url,
            redirects=page.redirects,
            final_url=page.final_url,
            capture_id=None,
            reader_version="",
            retrieved_at=page.retrieved_at,
        )
        values = normalise.resolve(document.values, None, link.text) if document.is_file else document.values
        agreeing = frozenset(
            name
            for name, found in document.values.items()
            if any(other.value == found.value for other in extracted.runners_up.get(name, ()))
        )
        files = tuple(dict.fromkeys(link.url for link in extracted.links if link.rel == "attachment"))
        return Sample(link=link, page=page, values=dict(values), agreeing=agreeing, files=files, card=card)

    async def together(self, function: Callable[..., T], pages: Sequence[Page], *arguments: object) -> T:
        """Return function(contents, *arguments) over several pages, run in a reading process."""
        with ExitStack() as stack:
            contents = []
            for page in pages:
                if len(page.content) < BY_PATH:
                    contents.append(Shipment(page=page))
                else:
                    path = stack.enter_context(self.readers.spare())
                    path.write_bytes(page.content)
                    contents.append(Shipment.by_path(page, path))
            return await self.readers.call(function, pages[0].url, contents, *arguments)
