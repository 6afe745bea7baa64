"""Pagers that a call writes, by which a page's script tells how many pages there are."""

from __future__ import annotations

import re

PAGES_OF_FILES = re.compile(
    r"""\bcreatePage\w*\(\s*(?:["'][\w-]*["']\s*,\s*)?(\d{1,5})\s*,\s*\d{1,5}\s*,\s*["']([\w-]{1,60})["']\s*,\s*["'](\w{1,6})["']"""
)
"""The call by which TRS WCM, a content system of many Chinese authorities, writes its pager: how many pages there are,
which one this is, and name and suffix of the first: `createPageHTML(12, 0, "index", "html")`. The second is called
`index_1.html`, the third `index_2.html`."""


def called_page(script: str, current: int) -> str | None:
    """Return the address of the page after the current one as a script's call gives it; None on the last.

    Args:
        script: the text of a `<script>`.
        current: the number of the page, counted from 1.
    """
    match = PAGES_OF_FILES.search(script[:200_000])
    return f"{match[2]}_{current}.{match[3]}" if match and current < int(match[1]) else None
