"""The characters of texts by their class, in any script, counted for all blocks of a page at once."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOWER, UPPER, DIGIT, SPACE, COMMA, STOP, WIDE, MARK = range(1, 9)
COMMAS = ",，、،;；؛·"
STOPS = ".!?。！？．…؟।॥။:："
MARKS = "|/©®™•»«›‹→←↑↓▲▼+*#@<>=$€£¥%"


@cache
def _classes() -> NDArray[np.uint8]:
    """Return the class of each character of the basic plane."""
    table = np.zeros(65_536, np.uint8)
    for code in range(65_536):
        category = unicodedata.category(chr(code))
        if category in ("Lu", "Lt"):
            table[code] = UPPER
        elif category[0] in "LM":
            table[code] = (
                WIDE if 0x2E80 <= code <= 0xD7FF and category == "Lo" and not 0xA000 <= code < 0xAC00 else LOWER
            )
        elif category == "Nd":
            table[code] = DIGIT
        elif category[0] == "Z" or code in (9, 10):
            table[code] = SPACE
    for characters, number in ((COMMAS, COMMA), (STOPS, STOP), (MARKS, MARK)):
        for character in characters:
            table[ord(character)] = number
    return table


def characters(texts: list[str]) -> tuple[dict[int, Any], Any, Any, Any]:
    """Return of each text the counts by class, the class of its first and of its last character, and its length."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _classes()[np.minimum(codes, 65_535)]
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    begins = np.concatenate(([0], np.cumsum(sizes + 1)[:-1]))
    kinds = MARK + 1
    of_text = np.repeat(np.arange(0, kinds * len(texts), kinds), sizes + 1)
    table = np.bincount(of_text + classes, minlength=kinds * len(texts)).reshape(-1, kinds).T.astype(np.float32)
    counts = {number: table[number] for number in (LOWER, UPPER, DIGIT, SPACE, COMMA, STOP, WIDE, MARK)}
    return counts, classes[begins], classes[begins + sizes - 1], sizes.astype(np.float32)
