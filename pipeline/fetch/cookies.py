"""The cookies of one source for the time of a run (RFC 6265): kept in memory, sent back to the site that set them.

Some sites answer a first request with a redirect and a cookie, and redirect in a circle without the cookie. A cookie is
sent only to the host that set it, or below the domain that it names where host and domain are of one registered domain:
never to another site, and never from one source to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from scrapers.values.addresses import same_site

MOST = 100
"""Largest number of cookies of one source; a further one replaces the oldest."""
MOST_BYTES = 4096
"""Bytes of one cookie, name and value (RFC 6265, 6.1)."""
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r'[^\x00-\x1f\x7f;"\\]*')
_SECONDS = re.compile(r"-?\d{1,12}")


@dataclass(frozen=True, slots=True)
class _Key:
    name: str
    domain: str
    path: str


@dataclass(frozen=True, slots=True)
class _Cookie:
    value: str
    host_only: bool
    secure: bool
    until: datetime | None
    """None for a cookie that lasts to the end of the run."""


class CookieJar:
    """The cookies that the sites of one source have set."""

    def __init__(self) -> None:
        self._cookies: dict[_Key, _Cookie] = {}
        self.changes = 0
        """How often a cookie got a new value: a redirect to an address already visited is then no circle."""

    def take(self, url: httpx.URL, set_cookies: Iterable[str], now: datetime) -> None:
        """Store the cookies of `Set-Cookie` headers; malformed ones and those for another site are ignored."""
        for line in set_cookies:
            self._set(url, line, now)

    def header(self, url: httpx.URL, now: datetime) -> str | None:
        """Return the `Cookie` header for a request, the longest paths first; None where no cookie matches it."""
        host, path = url.host.lower(), url.path or "/"
        sent = [
            (len(key.path), f"{key.name}={cookie.value}")
            for key, cookie in self._cookies.items()
            if (host == key.domain if cookie.host_only else _is_below(host, key.domain))
            and _covers(key.path, path)
            and (url.scheme == "https" or not cookie.secure)
            and (cookie.until is None or cookie.until > now)
        ]
        return "; ".join(text for _, text in sorted(sent, key=lambda one: -one[0])) or None

    def _set(self, url: httpx.URL, line: str, now: datetime) -> None:
        pair, *attributes = line.split(";")
        name, equals, value = (part.strip() for part in pair.partition("="))
        value = value.strip('"')
        if not equals or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value) or len(pair) > MOST_BYTES:
            return
        said = {key.strip().lower(): text.strip() for key, _, text in (part.partition("=") for part in attributes)}
        host = url.host.lower()
        domain = said.get("domain", "").lstrip(".").lower()
        # A domain above the registered one (com, co.uk) would send the cookie to other sites.
        if domain and domain != host and not (_is_below(host, domain) and same_site(host, domain) and "." in domain):
            return
        path = said.get("path", "")
        key = _Key(name, domain or host, path if path.startswith("/") else _folder(url.path))
        until = _until(said, now)
        if until is not None and until <= now:
            self._cookies.pop(key, None)
            return
        cookie = _Cookie(value, host_only=not domain, secure="secure" in said, until=until)
        known = self._cookies.pop(key, None)
        self._cookies[key] = cookie
        self.changes += known is None or known.value != cookie.value
        if len(self._cookies) > MOST:
            del self._cookies[next(iter(self._cookies))]


def _until(said: dict[str, str], now: datetime) -> datetime | None:
    if _SECONDS.fullmatch(said.get("max-age", "")):
        return now + timedelta(seconds=min(int(said["max-age"]), 365 * 86_400))
    try:
        at = parsedate_to_datetime(said.get("expires", "")[:100].replace("-", " "))
    except (ValueError, IndexError, OverflowError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _is_below(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _covers(cookie_path: str, path: str) -> bool:
    return path == cookie_path or path.startswith(cookie_path if cookie_path.endswith("/") else f"{cookie_path}/")


def _folder(path: str) -> str:
    """Return the default path of a cookie (RFC 6265, 5.1.4): that of the request up to its last slash."""
    return path.rpartition("/")[0] or "/"
