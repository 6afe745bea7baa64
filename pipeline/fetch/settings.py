"""The settings of the HTTP client, and what it returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.errors import Attempt
from pipeline.fetch.cookies import CookieJar
from scrapers.base import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSettings:
    """The table `[http]` of the configuration."""

    user_agent: str
    """Product token, version and contact: `resource-centre-ingest/0.1 (+https://example.org/contact)`."""
    delay_seconds: float = 1.0
    """Wait from the end of one answer to the next request to the same host; a longer Crawl-delay wins."""
    requests_per_host: int = 1
    timeout_seconds: float = 60.0
    """Limit for one try with all its redirects, not counting the wait for a host's turn."""
    max_bytes: int = 100_000_000
    """Limit on one answer, decoded."""
    retries: int = 3
    max_retry_after_seconds: float = 120.0
    max_crawl_delay_seconds: float = 60.0
    allow_addresses: tuple[str, ...] = ()
    resolve: Mapping[str, str] = field(default_factory=dict)
    max_redirects: int = 10
    robots: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent to every host; never a secret."""
    proxy: str | None = None
    ca_file: str | None = None
    """Certificates of authorities that are trusted beside the usual ones (PEM)."""
    backoff_seconds: float = 1.0
    """The wait before the second try; it doubles from one try to the next, up to half a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHttp:
    """What the configuration of one source overrides; None leaves the value of `[http]`."""

    delay_seconds: float | None = None
    robots: bool | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent to `origins` only; masked in stored requests."""
    origins: tuple[str, ...] = ()
    """The source's start addresses; where empty, the first address of each request."""
    proxy: str | None = None
    render: bool = False
    """Whether a browser makes the source's web pages (`pipeline.render`)."""
    render_hosts: tuple[str, ...] = ()
    """Hosts beside the source's site that the scripts of its pages may ask."""
    jar: CookieJar = field(default_factory=CookieJar, compare=False)
    """The source's cookies, which live as long as these settings: for one run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The answer to a request that did not fail."""

    url: str
    """As requested."""
    final_url: str
    page: Page | None
    """None for a 304. Where a browser made it, the page as its scripts have made it."""
    status: int
    not_modified: bool = False
    attempts: tuple[Attempt, ...] = ()
    request_headers: tuple[tuple[str, str], ...] = ()
    """As sent with the last hop; what the configuration added is masked."""
    response_headers: tuple[tuple[str, str], ...] = ()
    remote_address: str | None = None
    request_body: bytes | None = None
    """What was sent by POST; None for a GET."""
    answer: Page | None = None
    """Where a browser made `page`: what the site sent."""
    asked_by_scripts: tuple[Fetched, ...] = ()
    """Where a browser made `page`: what its scripts asked for, as far as it is not archived yet."""
