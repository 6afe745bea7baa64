"""Dates whose month is a word: what stands before a year (`23 May`, `May 23,`) or after it (` m. gegužės 23 d.`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from scrapers.values.month_names import begins_longer, ends_longer, month_named
from scrapers.values.months import AFTER_YEAR, BEFORE_MONTH, BESIDE_YEAR, NUMBERING

_TIME = re.compile(r"\d{1,2}[:h]\d{2}(?::\d{2})?(?:\.\d+)?|[+-]\d{2}:?\d{2}$")
_ORDINAL = r"st|nd|rd|th|ère|er|re|º|°|ª|-?го|η|日|ste|de|e|è|ème|mh|ê|ي|טן"
_TOKEN = re.compile(rf"\d+(?:(?:{_ORDINAL})(?![^\W\d_]))?|[^\s\d,;:/()\[\]|'\"«»-]+|[,;/-]")
_MOST_WORDS = 6
"""Most words of one month's name."""

_MOST_BETWEEN = 4
"""Most words between a day and its month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A month, with or without its day, and where both stand in the text beside the year."""

    month: int | None
    """None where two months are named: then the year alone is sure."""
    day: int | None
    start: int
    end: int
    refused: str | None = None
    """Why the word that looks like a month is not surely one."""


class _Words:
    """The words, numbers and marks of a text, each with its place."""

    def __init__(self, text: str, languages: Sequence[str], most: int | None = None) -> None:
        # A time of day between the parts would be read as their numbers.
        if ":" in text or "h" in text:
            text = _TIME.sub(lambda m: " " * len(m[0]), text)
        self.text, self.languages = text, languages
        found = list(islice(_TOKEN.finditer(text), most))
        self.words = [m[0] for m in found]
        self.starts = [m.start() for m in found]
        self.ends = [m.end() for m in found]

    def bare(self, i: int) -> str:
        """Return the ith word without marks; empty for a mark."""
        return self.words[i].strip(",;/-.")

    def day(self, i: int) -> int | None:
        """Return the day that the ith word says."""
        word = self.words[i]
        digits = word[:2] if word[:2].isdigit() else word[:1]
        return int(digits) if digits.isdigit() and not word[len(digits) :][:1].isdigit() else None

    def counts(self, i: int) -> bool:
        """Whether the ith word says that the number behind it counts issues or volumes: `No. 12 May 2005`."""
        return i >= 0 and self.bare(i) in NUMBERING

    def month_until(self, i: int) -> tuple[int | str | None, int]:
        """Return the month whose name ends at word i (or why it is none), the longest first, and its first word."""
        first = max(0, i - _MOST_WORDS + 1) if i and ends_longer(self.bare(i)) else i
        for j in range(first, i + 1):
            if (month := self._named(j, i)) is not None:
                return month, j
        return None, i

    def month_from(self, i: int) -> tuple[int | str | None, int]:
        """Return the month whose name begins at word i (or why it is none), the longest first, and its last word."""
        last = min(len(self.words), i + _MOST_WORDS) - 1 if begins_longer(self.bare(i)) else i
        for j in range(last, i - 1, -1):
            if (month := self._named(i, j)) is not None:
                return month, j
        return None, i

    def _named(self, first: int, last: int) -> int | str | None:
        name = self.text[self.starts[first] : self.ends[last]]
        return None if last > first and any(c in name for c in ",;/|\n") else month_named(name, self.languages)


def worded_before(text: str, languages: Sequence[str]) -> Worded | None:
    """Return the month, and its day, at the end of what stands before a year."""
    words = _Words(text, languages)
    i = len(words.words) - 1
    while i >= 0 and words.bare(i) in BESIDE_YEAR:
        i -= 1
    if i < 0:
        return None
    day_after = words.day(i)
    if day_after is not None and i:
        i -= 1
        while i >= 0 and words.words[i].strip(",/.") in BEFORE_MONTH:
            if words.words[i] == "-" and i and words.day(i - 1) is not None:  # May 23-25, 2019
                day_after, i = 0, i - 1
            i -= 1
    return _month_then_day(words, i, day_after, len(text)) if i >= 0 else None


def _month_then_day(words: _Words, i: int, day_after: int | None, end: int) -> Worded | None:
    """Read the month at word i, and the day before it where none came after; a day of 0 is a range of days."""
    month, i = words.month_until(i)
    start = words.starts[i]
    if month is None:
        return None
    if isinstance(month, str):
        return Worded(month=None, day=None, start=start, end=end, refused=month)
    day = day_after
    j = _skip(words, i - 1)
    if 0 <= j < i - 1 and words.words[j][0].isalpha():
        other, k = words.month_until(j)
        if other == month:  # 23 أيار/مايو 2019: one month under its two names
            j = _skip(words, k - 1)
        elif isinstance(other, int) and words.words[i - 1][0] in "/-" and day is None:  # May/June 2019
            return Worded(month=None, day=None, start=words.starts[k], end=end)
    if day is None and j >= 0 and (day := words.day(j)) is not None:
        if words.counts(j - 1):
            return Worded(month=month, day=None, start=start, end=end)
        start = words.starts[j]
        if (begin := _range_until(words, j, day)) >= 0:
            day, start = 0, words.starts[begin]
    return Worded(month=month, day=day or None, start=start, end=end)


_TO = frozenset((
    "-", "~", "&", "to", "and", "und", "bis", "et", "au", "y", "al", "a", "e", "i", "и", "по", "до", "og", "och", "til",
    "till", "en", "tot", "do",
))  # fmt: skip
"""What stands between the first and the last day of a range."""


def _range_until(words: _Words, j: int, day: int) -> int:
    """Return the word that begins a range of days which the jth ends: `23-25 May`, `23. und 24. Mai`; -1 where none."""
    k = _before_points(words, j)
    if k < 1 or words.words[k] not in _TO:
        return -1
    k = _before_points(words, k)
    first = words.day(k)
    return k if first is not None and 0 < first < day and not words.counts(k - 1) else -1


def _before_points(words: _Words, j: int) -> int:
    """Return the place of the word before the jth, passing over full stops."""
    k = j - 1
    while k > 0 and words.words[k] == ".":
        k -= 1
    return k


def _skip(words: _Words, j: int) -> int:
    """Return the place of the last word, up to the jth, that may be a day or a month (`16 días del mes de enero`)."""
    least = j - _MOST_BETWEEN
    while j >= 0 and j > least and words.words[j].strip(",/-.") in BEFORE_MONTH:
        j -= 1
    return j


def worded_after(text: str, languages: Sequence[str]) -> Worded | None:
    """Return the month and its day at the beginning of what stands after a year: `. május 23.`, ` May 23`.

    A month alone is taken before a volume's number only (`2005 Sep;12(9)`); after a year a sentence may go on with any.
    """
    words = _Words(text, languages, most=12)
    count = len(words.words)
    i = 0
    while i < count and (words.bare(i) in AFTER_YEAR or not words.bare(i)):
        i += 1
    named = any(words.bare(k) for k in range(i))
    if i >= count or (not named and words.starts[i] > 3):
        return None
    before = words.day(i) if named and i + 1 < count else None  # 2019. gada 23. maijs
    if before is not None:
        i += 1
        while i < count - 1 and words.words[i] in (".", "-"):
            i += 1
    month, last = words.month_from(i)
    if not isinstance(month, int):
        return None
    if before is not None:
        return Worded(month=month, day=before, start=0, end=words.ends[last])
    j = last + 1
    if j < count and words.words[j] == ";":
        return Worded(month=month, day=None, start=0, end=words.ends[last])
    if j < count and words.words[j] in ",-/":
        j += 1
    day = words.day(j) if j < count else None
    if day is None or (j + 1 < count and re.fullmatch(r"\d{4}", words.words[j + 1])):
        return None
    if re.match(r"\(\d|:\d", text[words.ends[j] :]):  # 2005 Sep 12(9)
        return Worded(month=month, day=None, start=0, end=words.ends[last])
    return Worded(month=month, day=day, start=0, end=words.ends[j])
