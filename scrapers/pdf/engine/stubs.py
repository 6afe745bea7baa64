"""Knows the page that stands in a file for what only one program can show: an XFA form, a portfolio of other files."""

from __future__ import annotations

import re
from typing import Any

XFA_FULL, XFA_FOREGROUND = 2, 3
"""pdfium's FORMTYPE_XFA_FULL and FORMTYPE_XFA_FOREGROUND."""

MAX_STUB = 3000
"""Characters of such a page at most: a document that speaks of the program is longer."""

PROGRAM = re.compile(r"\b(?:adobe|acrobat)\b", re.IGNORECASE)
"""Such pages name the program, in every language."""


def stub(document: Any, content: bytes, text: str) -> str | None:
    """Return why a file has no document of its own, or None; `text` is all that its pages say.

    The pages of an XFA form (ISO 32000-1, 12.7.8) are made by the program that shows them. A portfolio (12.3.5) shows
    the files that are attached to it.
    """
    if len(text) > MAX_STUB or not PROGRAM.search(text):
        return None
    if document.get_formtype() in (XFA_FULL, XFA_FOREGROUND):
        return "an XFA form: its pages are made by the program that shows it; the publisher may have it as a plain PDF"
    attached = document.count_attachments()
    if attached and (b"/Collection" in content or "portfolio" in text.casefold()):
        files = "file that is attached to it is" if attached == 1 else f"{attached} files that are attached to it are"
        return f"a portfolio: the {files} not read"
    return None
