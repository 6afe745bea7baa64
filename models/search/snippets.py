"""The passage of a text that shows best why it was found, and the places that match."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from models.search.terms import All, Either, Node, Words
from models.search.words import Word, cut, fold

SNIPPET = 240
"""Characters of a snippet, about."""

PIECE, OVERLAP = 900, 240
"""Characters of the pieces in which a passage is looked for, and by how many two of them overlap."""

LOOKED_AT, LOOKED_AT_ASCII = 120_000, 250_000
"""Characters of a text in which the passage is looked for, beyond ASCII for each of the words to find its share."""

MOST_FOUND = 500
"""Places that are looked at for a word."""

FOLDED = ((0x21, 0x530), (0x590, 0x700), (0x1E00, 0x2000), (0xFF01, 0xFF5F))
"""Letters that folding makes alike: Latin, Greek, Cyrillic; Hebrew, Arabic; further accents; full width."""

SIGNS = "\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
"""Vowel signs and the like, which may stand after a letter of Hebrew or Arabic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text and the places in it that match, to be shown bold."""

    text: str
    places: tuple[tuple[int, int], ...] = ()


def sought(tree: Node) -> list[Words]:
    """Return the words and phrases of a query that a text is to hold."""
    return list(dict.fromkeys(_sought(tree)))


def _sought(node: Node) -> Iterator[Words]:
    if isinstance(node, Words):
        yield node
    elif isinstance(node, All | Either):
        for inner in node.nodes:
            yield from _sought(inner)


def marked(text: str, sought: Sequence[Words]) -> Marked:
    """Return a text with the places that match."""
    return Marked(text=text, places=_places(list(cut(text)), sought))


def snippet(body: str, sought: Sequence[Words], width: int = SNIPPET) -> Marked:
    """Return the passage, about `width` characters long, that holds the most, and the rarest, of the words to find.

    Its words are cut in one piece of the text alone, so that a long text takes no longer than a short one.
    """
    piece = _best_piece(body, sought)
    end = min(len(body), piece + PIECE + OVERLAP)
    places = [
        (start + piece, stop + piece)
        for start, stop in _places(list(cut(body[piece:end])), sought)
        if not (piece and start == 0) and not (end < len(body) and stop + piece == end)
    ]
    best = _best_place(body, places, width)
    start = max(0, best - width // 4)
    if start:
        blank = body.find(" ", start, best)
        start = blank + 1 if blank >= 0 else start
    end = min(len(body), start + width)
    if end < len(body):
        blank = body.rfind(" ", start + width // 2, end)
        end = blank if blank >= 0 else end
    before, after = "… " if start else "", " …" if end < len(body) else ""
    shown = body[start:end].replace("\n", " ")
    shift = len(before) - start
    kept = tuple((one + shift, two + shift) for one, two in places if one >= start and two <= end)
    return Marked(text=before + shown + after, places=kept)


def _best_place(body: str, places: Sequence[tuple[int, int]], width: int) -> int:
    """Return where the passage begins that holds the most, and the rarest, of the places; 0 where there are none."""
    forms = [body[start:end].casefold() for start, end in places]
    rarity = {form: 1 / count for form, count in Counter(forms).items()}
    best, most = 0, 0.0
    ahead = 0
    for at, (start, _) in enumerate(places):
        ahead = max(ahead, at)
        while ahead < len(places) and places[ahead][1] <= start + width * 3 // 4:
            ahead += 1
        worth = sum(rarity[form] for form in set(forms[at:ahead]))
        if worth > most:
            best, most = start, worth
    return best


def _best_piece(body: str, sought: Sequence[Words]) -> int:
    """Return where the piece begins that holds the most, then the rarest, of the words to find; the first of several.

    They are roughly compared, so that the text need not be folded.
    """
    wanted = list(dict.fromkeys(term.words[0] for term in sought))
    if len(body) <= PIECE + OVERLAP or not wanted:
        return 0
    plain = body.isascii()
    text = body[:LOOKED_AT_ASCII].lower() if plain else body[: LOOKED_AT // len(wanted)]
    worth: dict[int, float] = {0: 0.0}
    for word in wanted:
        found = _starts(text, word) if plain else (match.start() for match in _rough(word).finditer(text))
        places = list(islice(found, MOST_FOUND))
        pieces = {at // PIECE for at in places} | {at // PIECE - 1 for at in places if at % PIECE < OVERLAP}
        for piece in pieces - {-1}:
            worth[piece] = worth.get(piece, 0.0) + 1 + 1 / len(places)
    return PIECE * min(worth, key=lambda piece: (-worth[piece], piece))


def _starts(text: str, word: str) -> Iterator[int]:
    """Yield where a word stands in a text as it is spelt."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


@lru_cache(maxsize=1_000)
def _rough(word: str) -> re.Pattern[str]:
    """Return a pattern for a folded word that matches it as it may be written, also within a longer word."""
    written = _written()

    def one(char: str) -> str:
        return written.get(char, re.escape(char)) + (f"[{SIGNS}]*" if "\u0590" <= char < "\u0700" else "")

    parts = []
    at = 0
    while at < len(word):
        pair = word[at : at + 2]
        if len(pair) == 2 and pair in written:  # two letters for one, as `ss` for ß
            parts.append(f"(?:{one(pair[0])}{one(pair[1])}|{written[pair]})")
            at += 2
        else:
            parts.append(one(word[at]))
            at += 1
    return re.compile("".join(parts))


@cache
def _written() -> dict[str, str]:
    """Return the characters that folding makes a letter, or a pair of letters, as a set of a pattern."""
    found: dict[str, list[str]] = {}
    for first, end in FOLDED:
        for char in map(chr, range(first, end)):
            if char.isalnum() and 0 < len(folded := fold(char)) <= 2:
                found.setdefault(folded, []).append(char)
    return {folded: f"[{''.join(chars)}]" for folded, chars in found.items() if chars != [folded]}


def _places(found: Sequence[Word], sought: Sequence[Words]) -> tuple[tuple[int, int], ...]:
    """Return the spans of a text that match the sought, in order, overlapping ones merged."""
    spans = []
    firsts: dict[str, list[Words]] = {}
    begins = []
    for term in sought:
        if len(term.words) == 1 and term.prefix:
            begins.append(term)
        else:
            firsts.setdefault(term.words[0], []).append(term)
    for at, word in enumerate(found):
        candidates = firsts.get(word.text, []) + [one for one in begins if word.text.startswith(one.words[0])]
        for term in candidates:
            run = found[at : at + len(term.words)]
            if len(run) == len(term.words) and _fits([one.text for one in run], term):
                pair = term.prefix and run[-1].dense and not run[-1].last
                spans.append((run[0].start, run[-1].start + len(term.words[-1]) if pair else run[-1].end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _fits(run: Sequence[str], term: Words) -> bool:
    if tuple(run[:-1]) != term.words[:-1]:
        return False
    return run[-1].startswith(term.words[-1]) if term.prefix else run[-1] == term.words[-1]
