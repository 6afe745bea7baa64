"""Cutting text into the words that are searched for, alike for both databases and for text and query.

Folded: case, width, diacritics of Latin, Greek and Cyrillic, the vowel signs and letter forms of Arabic and Hebrew.
Scripts that do not part their words (Chinese, Japanese, Thai ...) and Korean, whose particles cling to them, become
pairs of neighbouring characters; the last of a run stands alone too, so that one character is found as a beginning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

MAX_WORD = 40
"""Characters of a word that count; what is longer is seldom a word."""

DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029"
    "\u3031-\u3035\u303b\u303c\u3041-\u3096\u3099-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u3131-\u318e"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    "\U00016fe0-\U00016fff\U0001b000-\U0001b2ff\U00020000-\U000323af"
)
"""Thai, Lao, Burmese, Khmer, Tai, Han, Kana, Bopomofo, Hangul."""

PLAIN = re.compile("[a-z0-9]+")

FOLDS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŋ": "n",
        "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ٱ": "ا", "ـ": "",
        "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ", "\u200c": "", "\u200d": "", "\xad": "",
    }
)  # fmt: skip
ARTICLES = ("وال", "فال", "بال", "كال", "لل", "ال")
"""The Arabic article, alone and with what is written together with it."""


class Word(NamedTuple):
    """A word as it is indexed, and where its characters stand in the text."""

    text: str
    start: int
    end: int
    dense: bool = False
    """Whether it is out of a run of characters that no blanks part."""
    last: bool = False
    """Of such a run: its last character, which stands alone beside the pairs."""


def words(text: str) -> list[str]:
    """Return the words of a text, in order."""
    if text.isascii():
        return [word[:MAX_WORD] for word in PLAIN.findall(text.lower())]
    return [word.text for word in cut(text)]


def cut(text: str) -> Iterator[Word]:
    """Yield the words of a text with their places."""
    rough, fine = _patterns()
    for match in rough.finditer(text):
        run, start = match[0], match.start()
        if run.isascii() and "_" not in run:
            yield Word(run.lower()[:MAX_WORD], start, match.end())
            continue
        for part in fine.finditer(run):
            if part.lastgroup == "dense":
                yield from _pairs(part[0], start + part.start())
            elif folded := fold(part[0]):
                yield Word(folded, start + part.start(), start + part.end())


def _pairs(run: str, start: int) -> Iterator[Word]:
    """Yield the pairs of neighbouring characters, each with the marks that stand on it, then the last one alone."""
    heads = [at for at, char in enumerate(run) if not at or not _is_mark(char)]
    ends = [*heads[1:], len(run)]
    for at, head in enumerate(heads):
        last = at == len(heads) - 1
        end = ends[at] if last else ends[at + 1]
        text = unicodedata.normalize("NFKC", run[head:end]).casefold()
        yield Word("".join(text.split()), start + head, start + end, dense=True, last=last)


def _is_mark(char: str) -> bool:
    return char in "\uff9e\uff9f" or unicodedata.category(char)[0] == "M"


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word as it is compared: `Économie` as `economie`, `الحقوق` as `حقوق`."""
    if word.isascii():
        return word.lower()[:MAX_WORD]
    word = unicodedata.normalize("NFKC", word).casefold()
    kept = []
    base = ""
    for char in unicodedata.normalize("NFD", word):
        if unicodedata.combining(char) or unicodedata.category(char) == "Mn":
            if base and _sheds(base):
                continue
        else:
            base = char
            if not (char.isalnum() or unicodedata.category(char) == "Mc"):
                continue  # what a compatible form brings with it: the brackets of `⑴`
        digit = unicodedata.digit(char, None)
        kept.append(char if digit is None else str(digit))
    word = unicodedata.normalize("NFC", "".join(kept)).translate(FOLDS)
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :][:MAX_WORD]
    return word[:MAX_WORD]


def _sheds(base: str) -> bool:
    """Whether marks on this letter are left out: up to Arabic, and Latin and Greek extended; not in Indic scripts."""
    return base < "\u0900" or "\u1e00" <= base < "\u2000"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of letters in a row, which is fast, and the one that parts them by script, which is not.

    Built once, when first needed, as it asks for the class of every character.
    """
    marks = [chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"]
    joined = "".join(marks) + "\u200c\u200d\xad"
    letters = rf"[^\W_{DENSE}]+"
    return re.compile(rf"[\w{joined}]+"), re.compile(
        rf"(?P<dense>[{DENSE}]+)|(?P<word>{letters}(?:[{joined}]+{letters}|[{joined}]+)*)"
    )
