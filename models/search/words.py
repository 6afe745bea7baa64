"""Cut texts and queries into words for search, in the same way for both databases.

Folding removes case, width, diacritics of Latin, Greek and Cyrillic, and the vowel signs and letter forms of Arabic
and Hebrew. A dense run, text in a script without spaces (Chinese, Japanese, Thai ...) or in Korean, whose particles
are joined to words, becomes bigrams of characters. Its last character is a word too, so that any one character is
found as the beginning of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

MAX_WORD = 40
"""Characters of a word that are indexed; longer strings are seldom words."""

SORTED = 100
"""Characters of a title that it is sorted by."""

DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029"
    "\u3031-\u3035\u303b\u303c\u3041-\u3096\u3099-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u3131-\u318e"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    "\U00016fe0-\U00016fff\U0001b000-\U0001b2ff\U00020000-\U000323af"
)
"""Thai, Lao, Burmese, Khmer, Tai, Han, Kana, Bopomofo, Hangul."""

SIGNS = "\u00a0\u00ab\u00bb\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2022\u2026\u202f"
"""The most common signs beyond ASCII that part words: without them, most texts in English are ASCII, which is quick."""

SPACED = bytes(code if chr(code).isalnum() or code > 0x7F else 0x20 for code in bytes(range(256)).lower())
"""For `bytes.translate` of UTF-8: ASCII in lower case, with a blank for what is neither letter nor digit."""

FOLDS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŋ": "n",
        "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ٱ": "ا", "ـ": "",
        "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ", "\u200c": "", "\u200d": "", "\xad": "",
    }
)  # fmt: skip
ARTICLES = ("وال", "فال", "بال", "كال", "لل", "ال")
"""The Arabic article, alone and with the particles that are joined to it."""


class Word(NamedTuple):
    """A word as it is indexed, and where its characters stand in the text."""

    text: str
    start: int
    end: int
    dense: bool = False
    """Whether it is from a dense run."""
    last: bool = False
    """True for the last character of a dense run, indexed besides the bigrams."""


def words(text: str) -> list[str]:
    """Return the words of a text, in order."""
    if not text.isascii():
        for sign in SIGNS:
            text = text.replace(sign, " ")
    runs = text.encode("utf-8", "replace").translate(SPACED).decode().split()
    distinct = set(runs)
    if text.isascii() and max(map(len, distinct), default=0) <= MAX_WORD:
        return runs
    cuts = {run: _of_run(run) if len(run) <= MAX_WORD else _cut(run) for run in distinct}
    return list(chain.from_iterable(map(cuts.__getitem__, runs)))


def sort_key(title: str) -> str:
    """Return what a title is sorted by: its words, so that case, accents and leading signs make no difference."""
    return (" ".join(words(title)) or title)[:SORTED]


def _cut(run: str) -> tuple[str, ...]:
    """Return the words of a part of a text that has no blank in it."""
    return tuple(word.text for word in cut(run))


_of_run = lru_cache(maxsize=50_000)(_cut)
"""The same, kept for short runs: those of a language recur."""


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
    """Yield the bigrams of a dense run, each character with its combining marks, then the last character alone."""
    # Where the whole is folded, so are its parts: most runs are, and to fold each pair takes ten times as long.
    folded = unicodedata.is_normalized("NFKC", run) and run.casefold() == run
    if folded and not _any_mark().search(run):
        for at in range(start, start + len(run) - 1):
            yield Word(run[at - start : at - start + 2], at, at + 2, True)
        yield Word(run[-1], start + len(run) - 1, start + len(run), True, True)
        return
    heads = [at for at, char in enumerate(run) if not at or not _is_mark(char)]
    ends = [*heads[1:], len(run)]
    for at, head in enumerate(heads):
        last = at == len(heads) - 1
        end = ends[at] if last else ends[at + 1]
        pair = run[head:end]
        if not folded:
            pair = "".join(unicodedata.normalize("NFKC", pair).casefold().split())
        yield Word(pair, start + head, start + end, dense=True, last=last)


def _is_mark(char: str) -> bool:
    return char in "\uff9e\uff9f" or unicodedata.category(char)[0] == "M"


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return the folded form of a word: `Économie` as `economie`, `الحقوق` as `حقوق`."""
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
                continue  # added by NFKC, as the brackets of `⑴`
        digit = unicodedata.digit(char, None)
        kept.append(char if digit is None else str(digit))
    word = unicodedata.normalize("NFC", "".join(kept)).translate(FOLDS)
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :][:MAX_WORD]
    return word[:MAX_WORD]


def _sheds(base: str) -> bool:
    """Whether combining marks on this letter are dropped: below U+0900, and in extended Latin and Greek."""
    return base < "\u0900" or "\u1e00" <= base < "\u2000"


@cache
def _marks() -> str:
    """Return the combining marks of the characters that have 16 bits, which are those of the scripts in use."""
    return "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M")


@cache
def _any_mark() -> re.Pattern[str]:
    """Return a pattern for any character of a dense run that `_is_mark` may take for one."""
    return re.compile(f"[{_marks()}\uff9e\uff9f\U00016fe0-\U00016fff]")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a fast pattern for a run of letters, and a slow one that splits such a run by script.

    Built at the first call and cached, as it looks up the category of every character.
    """
    joined = _marks() + "\u200c\u200d\xad"
    letters = rf"[^\W_{DENSE}]+"
    return re.compile(rf"[\w{joined}]+"), re.compile(
        rf"(?P<dense>[{DENSE}]+)|(?P<word>{letters}(?:[{joined}]+{letters}|[{joined}]+)*)"
    )
