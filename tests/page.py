"""An answer of a site, as tests make it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from scrapers.base import Page

RETRIEVED_AT = datetime(2026, 1, 1, tzinfo=UTC)
IN_UTF_8 = (("content-type", "text/html; charset=utf-8"),)
"""Headers of a web page."""


def page_of(
    url: str,
    content: bytes | str,
    final_url: str | None = None,
    headers: tuple[tuple[str, str], ...] = (),
    media_type: str = "text/html",
) -> Page:
    """Return the answer of an address; a text is sent as UTF-8."""
    sent = content.encode() if isinstance(content, str) else content
    return Page(
        url=url,
        final_url=final_url or url,
        headers=headers,
        media_type=media_type,
        content=sent,
        retrieved_at=RETRIEVED_AT,
        sha256=hashlib.sha256(sent).hexdigest(),
    )
