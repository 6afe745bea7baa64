"""The address of a request: what is sent of it, where a redirect leads, and whether two have the same origin."""

from __future__ import annotations

import re
from functools import lru_cache

import httpx

from models.errors import FetchError
from pipeline.fetch.addresses import safe


@lru_cache(maxsize=256)  # the origins of a source are asked for with each request
def target(url: str) -> httpx.URL:
    """Return the address to request, without credentials and fragment; raises FetchError where it is not http(s)."""
    try:
        parsed = httpx.URL(re.sub(r"[\t\r\n]", "", url.strip()))
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchError(url, f"{safe(url)!r} is no address that can be fetched") from error
    if parsed.scheme not in ("http", "https"):
        raise FetchError(url, f"only http and https addresses are fetched, not {parsed.scheme[:20] or safe(url)!r}")
    host = parsed.raw_host.decode("ascii").rstrip(".")
    if not host or not 0 < (80 if parsed.port is None else parsed.port) < 65536:
        raise FetchError(url, f"{safe(url)!r} is no address that can be fetched")
    if "@" not in url and "#" not in url and host == parsed.raw_host.decode("ascii"):
        return parsed  # as it is, without being parsed again
    return parsed.copy_with(host=host, username=None, password=None, fragment=None)


def redirected(url: httpx.URL, location: str, shown: str) -> httpx.URL:
    """Return the address that an answer redirects to; raises FetchError, which names `shown`, where it is none."""
    if not location.strip():
        raise FetchError(shown, "the answer redirects without saying where to")
    try:
        return target(str(url.join(re.sub(r"[\t\r\n]", "", location.strip()))))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(shown, f"the answer redirects to {safe(location)!r}, which is no address") from error
    except FetchError as error:
        raise FetchError(shown, f"the answer redirects to {safe(location)}: {error.reason}") from error


def same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """Return whether two addresses share scheme, host and port; an upgrade from http to https keeps the origin."""
    if one.raw_host != other.raw_host:
        return False
    if one.scheme == other.scheme:
        return one.port == other.port
    return (one.scheme, other.scheme) == ("http", "https") and one.port is None and other.port is None
