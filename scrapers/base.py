"""The values that flow from stage to stage. Bytes in, values out: no network, database, clock or randomness.

Request -> Page -> Listing (links to follow) or `scrapers.fields.Extracted` (what a page says, each value a Found)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

T = TypeVar("T")

AuthorKind = Literal["person", "organisation"]
Relation = Literal["attachment", "translation", "related", "link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be fetched, and what it is expected to be."""

    url: str
    expect: str = "document"
    """`document`, `file`, or the name of a discovery mechanism (`listing`, `feed`, `sitemap` ...)."""
    etag: str | None = None
    """The validators of the stored answer: with either, the request is conditional (RFC 9110, 13)."""
    last_modified: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    form: tuple[tuple[str, str], ...] | None = None
    """The fields of a form, sent by POST (`application/x-www-form-urlencoded`); None: a GET."""
    body: bytes | None = None
    """Other content that is sent by POST; `headers` name its type."""
    state: Mapping[str, str] = field(default_factory=dict)
    """What a discovery mechanism needs to read the answer (a page's number, a resumption token's set)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One whole answer: bytes as decoded from their content encoding."""

    url: str
    """As requested."""
    final_url: str
    """After redirects: what relative links are resolved against."""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str = "text/html"
    """Sniffed from the bytes (WHATWG MIME Sniffing), not what the header says."""
    content: bytes
    retrieved_at: datetime
    sha256: str
    redirects: tuple[str, ...] = ()
    """The addresses between `url` and `final_url`, in order."""
    incomplete: str | None = None
    """Why the list on the page is known to go on, in words: a limit of ours stopped the browser that made it."""

    def header(self, name: str) -> str | None:
        """Return the first header of that name, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def soup(self) -> BeautifulSoup:
        """The page as a BeautifulSoup tree, for hand-written scrapers."""
        from scrapers.soup import soup

        return soup(self.content, self.header("content-type"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[T]):
    """A value, the text that it was read from, and where that text stands."""

    value: T
    raw: str
    origin: str
    """`json-ld:author`, `meta:citation_title`, `selector:.byline`, `label:Author:`, `pdf:front-matter` ..."""
    place: str | None = None
    """A CSS path, or page and box (`p1 72,90,310,120`), where it helps a person to find it."""
    confidence: float | None = None
    """The calibrated probability that the value is right, 0 to 1; None where nothing estimated it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person or an organisation, as written."""

    name: str
    kind: AuthorKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link from a page, a listing, a feed, a sitemap or an API."""

    url: str
    """Absolute, without fragment."""
    text: str = ""
    rel: Relation = "link"
    media_type: str | None = None
    """Where the link states it (`type="application/pdf"`)."""
    language: str | None = None
    modified: str | None = None
    """When the listing says that it last changed (sitemap `lastmod`, feed `updated`), ISO 8601."""
    claims: Mapping[str, Found[object]] = field(default_factory=dict)
    """What the mechanism says of the document, by field name (`title`, `authors`, `date_published`, `kind` ...)."""
    origin: str = ""


Index = Literal["each", "some", "only"]
"""What a page's links may lead to, beside documents. `each`: each is looked into, and what lists nothing is a document.
`some`: two are looked into, and all of them where one is a list. `only`: the same, and none of them is a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one page of a listing, feed, sitemap or API gives."""

    links: tuple[Link, ...] = ()
    next: tuple[Request, ...] = ()
    """What is fetched next; empty at the end."""
    last: Request | None = None
    """The listing's last page, where its pager names it: the newest may stand there."""
    removed: tuple[str, ...] = ()
    """Addresses that the mechanism says were deleted (OAI-PMH)."""
    total: int | None = None
    """How many documents the mechanism says there are."""
    entries: tuple[str, ...] = ()
    """A key for each entry on the page, whether or not it is a link of ours: `total` counts these. Empty: the links."""
    incomplete: str | None = None
    """Why more documents are known to exist than can be reached from here, in words: a pager that only a script can
    turn, a list that a script would fill, a cap. None: nothing is known to be left out."""
    token: str | None = None
    """What an interrupted harvest resumes from (OAI-PMH `resumptionToken`)."""
    partial: bool = False
    """Whether what has not changed since the last run was left out: then an empty answer is no failure."""
    index: Index | None = None
    """Whether the links may lead to lists of documents (years, topics) instead of documents, and how that is told."""
    own_text: int = 0
    """How many letters the page has that belong to no entry of its list, where an index leads to it."""
    elsewhere: tuple[Link, ...] = ()
    """Documents on other hosts than the source's own and its `file_hosts`: listed, and not to be fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as data: rows of cells, in reading order; `place` as in `Found`."""

    rows: tuple[tuple[str, ...], ...]
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a source is read: the keys of its configuration that the scrapers need, with their defaults."""

    source: str = ""
    scraper: str | None = None
    """The name of a module in `scrapers/sites`."""
    discover: str = "auto"
    start: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    """CSS selectors of the links from a listing to its documents."""
    next_page: str | None = None
    attachment: str | None = None
    title: str | None = None
    author: str | None = None
    date: str | None = None
    body: str | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    language: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    file_hosts: tuple[str, ...] = ()
    max_pages: int = 1000
    creation_date: bool = False
    """Whether a PDF's CreationDate counts as its date of publication."""
    pdf: bool = True
    ocr: Literal["auto", "off"] = "auto"
    tables: bool = True
    """Whether a PDF's tables are looked for: they cost more than its text."""
