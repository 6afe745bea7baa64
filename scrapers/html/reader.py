"""An HTML page as what it says: the tree, its main text and its fields, put together."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from typing import Any

from scrapers.base import Extracted, Found, Page, Rules
from scrapers.html import maintext
from scrapers.html.dom import dom_of

NAMES = frozenset(f.name for f in dataclass_fields(Extracted)) - {"media_type", "body"}


def read(page: Page, rules: Rules) -> Extracted:
    """Return what an HTML page says, or raise ExtractError where it cannot be parsed within the limits."""
    from scrapers.html import fields

    dom = dom_of(page)
    main = maintext.read(dom)
    said: dict[str, Any] = {name: value for name, value in fields.read(dom, main, rules).items() if name in NAMES}
    notes = tuple(said.pop("notes", ()))
    if dom.cut:
        notes += (f"only a part was read: {dom.cut}",)
    body = Found(value=main.body, raw=main.body, origin="text") if main.body else None
    return Extracted(media_type=page.media_type, body=body, notes=notes, **said)
