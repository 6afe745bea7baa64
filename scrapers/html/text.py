"""Text as it leaves the reader: normal form, white space, and characters that must not reach a store or a terminal."""

from __future__ import annotations

import re
import unicodedata

UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Controls, soft hyphens, zero-width spaces, bidirectional overrides, lone surrogates; not the joiners of scripts."""
CONTROLS = re.compile("[\x80-\x9f]")
TWICE = re.compile("[\xc2-\xf4][\x80-\xbf]{1,3}")
"""UTF-8 that was taken for Latin-1 and encoded once more, where control characters that nobody writes give it away."""
TRAILING = re.compile(r"[^\S\n]+(?=\n|$)")
GAPS = re.compile(r"\n{3,}")


def _mend(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def clean(text: str) -> str:
    """Return the text in NFC without characters that carry no text."""
    if text.isascii() and text.isprintable():
        return text
    if CONTROLS.search(text):
        text = TWICE.sub(_mend, text)
    return unicodedata.normalize("NFC", UNWANTED.sub("", text))


def plain(text: str) -> str:
    """Return a plain text file's text: one kind of line end, no trailing blanks, at most one blank line in a row."""
    text = clean(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n"))
    return GAPS.sub("\n\n", TRAILING.sub("", text)).strip()
