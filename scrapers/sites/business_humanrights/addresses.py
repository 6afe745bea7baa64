"""The site's addresses: languages and sections in the path, and where the original of an untranslated page stands."""

from __future__ import annotations

import unicodedata
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from scrapers.sites.business_humanrights.languages import is_language, news_segment, news_segments
from scrapers.values.addresses import canonical

SECTIONS = (["from-us"], ["from-us", "briefings"], ["from-us", "media"], ["blog"], ["big-issues"], ["companies"])
"""What may stand alone after the language: a listing and no document."""
LISTING_PARAMETERS = frozenset(
    ["issues", "backdate_after", "backdate_before", "query", "countries", "country", "content_types", "sectors", "page"]
)
TWIN_HOSTS = {"www.bhrrc.org": "www.business-humanrights.org", "bhrrc.org": "www.business-humanrights.org"}
ORDERING = "dateorder"


def segments(url: str) -> list[str]:
    """Return the segments of an address's path as people read them."""
    return [unicodedata.normalize("NFC", part) for part in unquote(urlsplit(url).path).split("/") if part]


def is_listing(url: str) -> bool:
    """Return whether an address gives a list of documents: a section without a slug, or one that is filtered."""
    parts = segments(url)
    in_section = parts[1:] in SECTIONS or parts[1:] == [] or (len(parts) == 2 and parts[1] in news_segments())
    names = {name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    return in_section or (bool(names & LISTING_PARAMETERS) and len(parts) <= 3)


def one_address(url: str) -> str:
    """Return an address without the order of a story's components, on the first of the site's two names."""
    parts = urlsplit(url)
    query = "&".join(item for item in parts.query.split("&") if item and item.partition("=")[0] != ORDERING)
    host = TWIN_HOSTS.get(parts.netloc.lower(), parts.netloc)
    return urlunsplit((parts.scheme, host, parts.path, query, ""))


def original(url: str, language: str) -> str | None:
    """Return where the page stands in the language of its text; None where its section's name is unknown."""
    parts = segments(url)
    if len(parts) < 2 or not is_language(parts[0]) or not is_language(language):
        return None
    if len(parts) > 2 and parts[1] in news_segments():
        parts[1] = news_segment(language)
    elif len(parts) > 2 and not parts[1].isascii():
        return None  # a translated section that we have never seen
    split = urlsplit(url)
    path = "/" + "/".join([language, *parts[1:]]) + ("/" if split.path.endswith("/") else "")
    return canonical(urlunsplit((split.scheme, split.netloc, path, "", "")))
