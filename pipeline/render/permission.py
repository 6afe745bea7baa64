"""What a page's scripts may ask for: data, scripts and styles of the page's own site and of hosts that are listed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from scrapers.values.addresses import same_site

KINDS = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})
"""Resource types, in Chromium's words, that a page's text may depend on."""
LONGEST_BODY = 64_000
CHANGES = re.compile(
    rb'"(?:query|mutation)"\s*:\s*"\s*mutation\b|\boperationName"\s*:\s*"(?:create|update|delete)', re.I
)
"""A question to GraphQL that would change what the site holds."""
_OURS = re.compile(
    r"(?i)\A(?:host|user-agent|cookie|connection|content-length|accept-encoding|transfer-encoding|te|upgrade.*|sec-.*"
    r"|proxy-.*|if-.*|range|keep-alive|:.*)\Z"
)
"""Headers of a request that our client decides on."""
_KEPT_BACK = re.compile(
    r"(?i)\A(?:set-cookie|content-encoding|content-length|transfer-encoding|connection|keep-alive|alt-svc|refresh|link"
    r"|strict-transport-security|report-to|reporting-endpoints|nel|clear-site-data|service-worker-allowed)\Z"
)
"""Headers of an answer that a browser would act upon, beside showing it."""


def refusal(
    url: str, method: str, kind: str, body: bytes | None, *, in_frame: bool, site: str, hosts: Collection[str]
) -> str | None:
    """Return why a request of a page is refused, or None where it may be asked.

    Args:
        url: what is asked for.
        method: GET, POST ...
        kind: the resource type.
        body: of a POST.
        in_frame: whether a frame of the page asks for its document.
        site: the page's address.
        hosts: those that the source lists beside its own; a name stands for its subdomains too.
    """
    if kind not in KINDS or in_frame:
        return "a page's text needs no " + ("frame" if in_frame else kind)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return f"only http and https addresses are fetched, not {parts.scheme}"
    host = (parts.hostname or "").lower()
    if not same_site(url, site) and not any(host == one or host.endswith(f".{one}") for one in map(str.lower, hosts)):
        return f"it lies on another host: add {host} to render_hosts"
    if method == "POST" and kind in ("xhr", "fetch"):
        if len(body or b"") > LONGEST_BODY or CHANGES.search(body or b""):
            return "it would send what changes the site"
    elif method != "GET":
        return f"the method {method} is none that reads"
    return None


def request_headers(given: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a page's request that its server is to see."""
    return {name: value for name, value in given.items() if not _OURS.match(name)}


def answer_headers(given: Collection[tuple[str, str]]) -> dict[str, str]:
    """Return the headers of an answer that the page is to see; those of one name are joined."""
    headers: dict[str, str] = {}
    for name, value in given:
        if not _KEPT_BACK.match(name):
            name = name.lower()
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
