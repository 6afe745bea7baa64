"""The passage of a text that shows best why it was found, and the places that match."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.search.terms import All, Either, Node, Words
from models.search.words import Word, cut

SNIPPET = 240
"""Characters of a snippet, about."""

PIECE, OVERLAP = 900, 240
"""Characters of the pieces in which a passage is looked for, and by how many two of them overlap."""

LOOKED_AT = 250_000
"""Characters of a text that are looked at; a piece with letters beyond ASCII counts four times, as it takes longer."""


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
    """Return where the piece begins that holds the most of the words to find, roughly compared; the first of several.

    A piece is compared without accents; a word that is found so only after folding (`_`, ligatures) may be missed.
    """
    wanted = [" ".join(term.words)[:40].partition(" ")[0] for term in sought]
    if len(body) <= PIECE + OVERLAP or not wanted:
        return 0
    best, most = 0, 0
    cost = at = 0
    while at < len(body) and cost < LOOKED_AT:
        piece = body[at : at + PIECE + OVERLAP]
        forms = [piece.lower()]
        if not piece.isascii():
            plain = unicodedata.normalize("NFKD", piece).lower()
            forms += [plain.encode("ascii", "ignore").decode(), plain]
        held = sum(any(word in form for form in forms) for word in wanted)
        if held > most:
            best, most = at, held
            if held == len(wanted):
                break
        cost += PIECE * (1 if piece.isascii() else 4)
        at += PIECE
    return best


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
