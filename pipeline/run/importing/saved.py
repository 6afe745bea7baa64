"""From a saved page or PDF to a Page; runs in a reading process, as the bytes are not trusted.

Its address comes, in order of trust, from the side file `NAME.url` (for `report.pdf` also `report.url`), which holds
the address alone or as a Windows shortcut; from the comment of the browser that saved it; from its own
`link[rel=canonical]`. Without these it is made of the file's path: `https://SOURCE.invalid/folder/name.html`, under a
domain that nobody can own (RFC 2606).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from models.errors import FetchError, TooLarge
from pipeline.extract.worker import Shipment
from pipeline.run.importing.answers import page_of
from scrapers.values.addresses import canonical

_NOTED = (
    re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE),
    re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE),
    re.compile(r"<!-- Mirrored from (\S+) by HTTrack"),
)
MOST_SIDE = 10_000
HEAD = 20_000


def saved(path: Path, name: str, source: str, max_bytes: int, spare: Path) -> Shipment | None:
    """Return a saved page or PDF, or None for a file that is neither; large content is written to `spare`.

    `retrieved_at` is the file's last change. Raises FetchError where it cannot be read, TooLarge over `max_bytes`.
    """
    try:
        status = path.stat()
        if status.st_size > max_bytes:
            raise TooLarge(name, f"the file has {status.st_size} bytes, more than max_bytes")
        content = path.read_bytes()
        url = _beside(path)
    except OSError as error:
        raise FetchError(name, f"cannot be read: {error.strerror}") from error
    retrieved_at = datetime.fromtimestamp(status.st_mtime, UTC)
    made = f"https://{source.lower()}.invalid/{quote(name)}"
    found = page_of(url or made, retrieved_at, (), content, spare)
    if found is None or url is not None or found.page.media_type == "application/pdf":
        return found
    url = _noted(content) or _claimed(found, content)
    return found if url is None else replace(found, page=replace(found.page, url=url, final_url=url))


def _beside(path: Path) -> str | None:
    for side in (path.with_name(f"{path.name}.url"), path.with_suffix(".url")):
        if side != path and side.is_file():
            text = side.read_bytes()[:MOST_SIDE].decode("utf-8-sig", "replace")
            match = re.search(r"^\s*(?:URL\s*=\s*)?(https?://\S+)\s*$", text, re.IGNORECASE | re.MULTILINE)
            return _address(match[1]) if match else None
    return None


def _noted(content: bytes) -> str | None:
    head = content[:HEAD].decode("utf-8", "replace")
    for pattern in _NOTED:
        if match := pattern.search(head):
            return _address(match[1] if "://" in match[1] else f"https://{match[1]}")
    return None


def _claimed(found: Shipment, content: bytes) -> str | None:
    """Return the address of `link[rel=canonical]`, where it is absolute."""
    from scrapers.soup import soup

    head = re.split(rb"(?i)<body[\s>]", content, maxsplit=1)[0][:500_000]
    link = soup(head, found.page.header("content-type")).find("link", rel="canonical", href=True)
    return _address(str(link["href"])) if link is not None else None


def _address(text: str) -> str | None:
    with suppress(ValueError):
        return canonical(text)
    return None
