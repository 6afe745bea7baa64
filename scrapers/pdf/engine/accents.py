"""Accents that a file draws beside their letter (`e´`, `¨o`), joined with it into one character."""

from __future__ import annotations

import re
import unicodedata

COMBINING = {
    "´": "\u0301", "`": "\u0300", "ˋ": "\u0300", "ˊ": "\u0301", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303",
    "¸": "\u0327", "˚": "\u030a", "ˇ": "\u030c", "˘": "\u0306", "˝": "\u030b", "˛": "\u0328",
}  # fmt: skip
"""Spacing accents, and their combining twins."""

LATIN_1 = 256
BESIDE = re.compile(rf"(?P<before>[^\W\d_]?)(?P<accent>[{''.join(COMBINING)}])(?P<after>[^\W\d_]?)")


def composed(text: str) -> str:
    """Return the text with each accent joined to the letter beside which it stands.

    TeX draws the accent before its letter, other programs after it. Where both ways give a letter, that of Latin-1 is
    taken, and else the way that the rest of the text shows. An accent beside no letter that bears it stays; so does a
    grave accent that opens or closes a word, a quotation mark.
    """
    if text.isascii() and "`" not in text:
        return text
    after_letter = sum(_sides(match) == "before" for match in BESIDE.finditer(text))
    before_letter = sum(_sides(match) == "after" for match in BESIDE.finditer(text))
    usual = "before" if after_letter >= before_letter else "after"

    def compose(match: re.Match[str]) -> str:
        side = _sides(match)
        if side == "none":
            return match.group()
        before, accent, after = match.groups()
        if (usual if side == "either" else side) == "before":
            return _one_letter(before, accent) + after
        return before + _one_letter(_dotted(after), accent)

    return BESIDE.sub(compose, text)


def _sides(match: re.Match[str]) -> str:
    """Return on which side of an accent its letter stands: before, after, either, or none."""
    before, accent, after = match.groups()
    if accent == "`" and not (before and after):
        return "none"
    first, second = _one_letter(before, accent), _one_letter(_dotted(after), accent)
    if second and _dotted(after) != after:
        return "after"
    if first and second:
        latin = ord(first) < LATIN_1, ord(second) < LATIN_1
        return "either" if latin[0] == latin[1] else "before" if latin[0] else "after"
    return "before" if first else "after" if second else "none"


def _dotted(letter: str) -> str:
    """Return `i` for the letter without a dot that TeX sets under accents."""
    return {"ı": "i", "ȷ": "j"}.get(letter, letter)


def _one_letter(letter: str, accent: str) -> str:
    """Return the letter with the accent, or nothing where Unicode has no such letter."""
    whole = unicodedata.normalize("NFC", letter + COMBINING[accent]) if letter else ""
    return whole if len(whole) == 1 else ""
