"""Text as it leaves the reader: normal form, white space, and characters that must not reach a store or a terminal."""

from __future__ import annotations

import re
import unicodedata

UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Controls, soft hyphens, zero-width spaces, bidirectional overrides, lone surrogates; not the joiners of scripts."""
TRAILING = re.compile(r"[^\S\n]+(?=\n|$)")
GAPS = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Return the text in NFC without characters that carry no text."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", UNWANTED.sub("", text))


def plain(text: str) -> str:
    """Return a plain text file's text: one kind of line end, no trailing blanks, at most one blank line in a row."""
    text = clean(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n"))
    return GAPS.sub("\n\n", TRAILING.sub("", text)).strip()
