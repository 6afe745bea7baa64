"""What a mechanism says of a document, as `Found` values with their origin: no guesses, nothing for a blank."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from email.utils import parseaddr, parsedate_to_datetime

from scrapers.base import Author, Found
from scrapers.values.identifiers import find_identifiers

TAG = re.compile(r"<[^<>]{0,1000}>")
ISO_DATE = re.compile(r"\s*(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?=\D|\Z)")
ACCOUNTS = frozenset(
    {"admin", "administrator", "webmaster", "editor", "root", "user", "web", "wordpress", "superadmin"}
)

Claims = Mapping[str, Found[object]]


def given(**fields: Found[object] | None) -> dict[str, Found[object]]:
    """Return the fields that have a value."""
    return {name: found for name, found in fields.items() if found is not None}


def plain(markup: str) -> str:
    """Return a text that may hold tags and (doubly) escaped entities as plain NFC text with single blanks."""
    text = html.unescape(TAG.sub(" ", markup))
    if re.search(
        r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|amp|quot|lt|gt|nbsp|[lr][sd]quo|hellip|[nm]dash);", text, re.IGNORECASE
    ):
        text = html.unescape(text)
    return unicodedata.normalize("NFC", " ".join(TAG.sub(" ", text).replace("\xad", "").split()))


def text(raw: str | None, origin: str) -> Found[object] | None:
    """Return a text field."""
    value = plain(raw or "")
    return Found(value=value, raw=raw or "", origin=origin) if value else None


def date(raw: str | None, origin: str) -> Found[object] | None:
    """Return a date in ISO 8601 or the mail format (RFC 5322), as precise as written, by its own time zone."""
    value = iso_date(raw or "")
    return Found(value=value, raw=(raw or "").strip(), origin=origin) if value else None


def iso_date(raw: str) -> str | None:
    """Return `2019`, `2019-05` or `2019-05-23` of an ISO or mail date; None where it is neither, or cannot be."""
    if match := ISO_DATE.match(raw):
        year, month, day = match.groups()
        if not 1000 <= int(year) <= 2999 or (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
            return None
        return "-".join(part.zfill(2) for part in (year, month, day) if part)
    try:
        return parsedate_to_datetime(raw.strip()).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def authors(names: Iterable[str], origin: str) -> Found[object] | None:
    """Return an ordered list of authors, each named by the mechanism on its own; accounts (`admin`) are no authors."""
    raws = [plain(_name(name)) for name in names]
    kept = list(dict.fromkeys(name for name in raws if name and name.lower() not in ACCOUNTS))
    if not kept:
        return None
    return Found(value=tuple(Author(name=name) for name in kept), raw="; ".join(kept), origin=origin)


def _name(raw: str) -> str:
    """Return the name in `jane@example.org (Jane Doe)` or `Jane Doe <jane@example.org>`; "" for a bare address."""
    if "@" not in raw:
        return raw
    name, address = parseaddr(raw)
    return name if name and "@" not in name else "" if "@" in address else raw


def identifiers(values: Iterable[str], origin: str) -> Found[object] | None:
    """Return the DOI, ISBN, ISSN, document symbol and handle among values such as those of `dc:identifier`."""
    values = list(values)
    found: dict[str, str] = {}
    for value in values:
        bare = value.strip()
        labelled = f"ISBN {bare}" if re.fullmatch(r"97[89][\d-]{10,14}", bare) else bare
        labelled = f"ISSN {bare}" if re.fullmatch(r"\d{4}-\d{3}[\dXx]", bare) else labelled
        for name, identifier in find_identifiers(labelled).items():
            found.setdefault(name, identifier)
    return Found(value=found, raw="; ".join(values), origin=origin) if found else None
