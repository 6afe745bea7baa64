"""Text as strangers send it, made fit to be stored and shown: NFC, plain white space, nothing unseen that misleads."""

from __future__ import annotations

import re
import unicodedata

# Controls, soft hyphens, zero-width and bidirectional characters, tags, noncharacters and lone surrogates. The two
# joiners (U+200C, U+200D) are letters' business in Arabic and Indic scripts and in emoji: there they stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0001\U000e0020-\U000e007f]"
    "|(?<![\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
# UTF-8 that somebody read as windows-1252 and wrote as UTF-8 again: "donâ€™t". The characters of its bytes 80 to BF are
# those of windows-1252, and controls where that has none.
_BYTES = {character: byte for byte in range(0x80, 0xA0) if (character := bytes([byte]).decode("cp1252", "ignore"))}
_LATER = f"[\x80-\xbf{re.escape(''.join(_BYTES))}]"
_TWICE = re.compile(f"[\xc2-\xdf]{_LATER}|[\xe0-\xef]{_LATER}{{2}}|[\xf0-\xf4]{_LATER}{{3}}")
_SURELY_TWICE = re.compile("[\xc2-\xf4][\x80-\x9f]|\xe2\u20ac")
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x0b-\x1f\x85]")
_TRAILING = re.compile(r"[^\S\n]+(?=\n|$)")
_GAPS = re.compile(r"\n{3,}")


def drop_invisible(text: str) -> str:
    """Return the text without the characters that nobody sees, in Unicode's composed form (NFC).

    What was put into UTF-8 twice is taken out once.
    """
    if text.isascii() and text.isprintable():
        return text
    # Quick to ask, and so for nearly all texts: what is printable holds none of them but U+034F.
    if "\u20ac" in text or "\u034f" in text or not text.replace("\n", "").replace("\xa0", "").isprintable():
        if _SURELY_TWICE.search(text):
            text = _TWICE.sub(_once, text)  # not again and again: one that grows by each would cost its square
        text = _INVISIBLE.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _once(twice: re.Match[str]) -> str:
    try:
        return bytes(_BYTES.get(character, ord(character)) for character in twice[0]).decode("utf-8")
    except ValueError:  # a byte over 255, or no UTF-8: it stands as it is
        return twice[0]


def clean_line(text: str) -> str:
    """Return the text as one line: every run of white space is one blank, none at the ends."""
    return " ".join(drop_invisible(text).split())


def clean_text(text: str) -> str:
    """Return the text with its lines kept, each clean, and at most one blank line in a row, none at the ends."""
    lines = [" ".join(line.split()) for line in _BREAK.split(drop_invisible(text))]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")


def clean_block(text: str) -> str:
    """Return the text of one block with its line feeds and tabs, and no other control character."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROLS.sub("", drop_invisible(text))


def plain_text(text: str) -> str:
    """Return a plain text file's text: one kind of line end, no trailing blanks, at most one blank line in a row."""
    text = clean_block(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n"))
    return _GAPS.sub("\n\n", _TRAILING.sub("", text)).strip()


_ZEROS = (
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20,
    0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0,
    0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x11136, 0x1E950,
)  # fmt: skip
"""The zero of each set of decimal digits that living languages write."""
# One character for one, so that places in the folded text are places in the text.
_FOLD = str.maketrans(
    {
        **{chr(zero + n): str(n) for zero in _ZEROS for n in range(10)},
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2002\u2003\u200a\u200e\u200f\u3000\t\r\n", " "),
        **dict.fromkeys("‐‑‒–—−－～〜", "-"),
        **dict.fromkeys("／⁄", "/"),
        **dict.fromkeys("．。", "."),
        **{"，": ",", "、": ",", "،": ",", "：": ":", "İ": "i", "ي": "ي", "ی": "ي", "ى": "ي", "ک": "ك", "’": "'"},
    }
)


def fold(text: str) -> str:
    """Return the text in lower case with one kind of digit, blank, dash and alef; every character keeps its place."""
    folded = text.translate(_FOLD)
    lower = folded.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
