"""Reads Cyrillic and Greek text that a file calls Western European: it has the codes of an old code page.

Word processors of the 1990s, and TeX, drew such text with fonts whose encoding the PDF leaves out or gives as Latin.
Each character then comes as the accented Latin letter of the same code (`Ìèíñê` for `Минск`).
"""

from __future__ import annotations

import re

LETTERS = r"\xa2\xa5\xa8\xaa\xaf\xb2-\xb4\xb8\xba\xbc\xbe-\xff"
"""What the letters and quotation marks of these code pages look like in Latin-1."""

ROW = re.compile(r"[\xc0-\xff]{4}")
WORD = re.compile(r"(?<![^\W\d_])[\xc0-\xff]{4,}(?![^\W\d_])")
"""A word of accented letters alone, as no Western European language has."""

SPAN = re.compile(rf"(?<![A-Za-z])[{LETTERS}]*[\xc0-\xff][{LETTERS}]*(?![A-Za-z])")
LATIN = re.compile(r"[A-Za-z]{2}")

CODE_PAGES = {"cp1251": "оеаинтсрв", "cp1253": "αοιετσνηυ"}
"""The letters that are most frequent in what is written with each code page."""

FREQUENT = 0.45
"""The share of a text's letters that are among these, in each of its languages; read by the wrong one it is a third."""

WORDS, FEW = 5, 2
"""Different such words that a text must have; fewer where nothing else stands in it. A list of letters has some
(`äöüß`)."""

TABLES = {
    page: {code: bytes([code]).decode(page, "ignore") or chr(code) for code in range(0xA1, 0x100)}
    for page in CODE_PAGES
}
TEX = {0xBC: "ё", 0xBE: "«", 0xBF: "»"}
"""Where TeX's Cyrillic encoding (T2A) is unlike the code page."""


def recoded(text: str) -> str:
    """Return a text with such words in their own alphabet; another as it is. The text keeps its length."""
    if text.isascii() or not ROW.search(text):
        return text
    words = set(WORD.findall(text))
    if len(words) < (WORDS if LATIN.search(text) else FEW):
        return text
    letters = "".join(words)
    shares = {page: _frequent(letters.translate(TABLES[page]), page) for page in CODE_PAGES}
    best = max(shares, key=lambda page: shares[page])
    if shares[best] < FREQUENT:
        return text
    table = TABLES[best] | (TEX if best == "cp1251" and chr(0xBE) in text else {})
    return SPAN.sub(lambda match: match.group().translate(table), text)


def _frequent(letters: str, page: str) -> float:
    """Return the share of letters that are among the most frequent ones of a code page."""
    folded = letters.casefold()
    return sum(folded.count(letter) for letter in CODE_PAGES[page]) / len(folded)
