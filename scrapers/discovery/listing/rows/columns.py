"""What each place in a listing's rows holds, told from all rows together: titles, days, names, codes, labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from lxml import etree

from scrapers.discovery.listing.rows.pieces import Piece
from scrapers.discovery.listing.rows.regions import Row
from scrapers.discovery.listing.titles import bare_title, is_code, is_title, weight
from scrapers.discovery.listing.words import (
    DATE_NEAR,
    NO_DOCUMENT_HOSTS,
    NO_TITLE_LABEL,
    NO_TITLE_NAMES,
    PARTIES,
    TITLE_LABEL,
    TITLE_NAMES,
)
from scrapers.values.addresses import absolute

OWN = 1
"""The last level of a row that is about its document alone, or about the files beside it."""
CONSTANT = 0.7
"""A place holds a label if it says the same in this share of its rows."""
MAX_LABEL = 40
MANY, FEW_THINGS = 4, 0.34
"""A place repeats itself if, in this many rows, it says fewer different things than that share of them."""
LEARNT_FROM = 300
"""Rows of a long list from which it is learned what each place holds."""
PREFIX = re.compile(r"(?i)(?!(?:in )?re:)[^\W\d_][^:：\d]{1,30}[:：]\s*(?=\S)")

TITLE_WEIGHTS = {
    "label": 4.0,
    "other label": -3.0,
    "names": 2.5,
    "other names": -2.5,
    "heading": 2.5,
    "bold": 0.7,
    "link": 2.0,  # of the document itself
    "other link": 0.3,
    "distinct": 3.5,
    "repeats": -2.0,
    "words": 2.0,
    "code": -2.0,
    "parties": 2.0,
    "covers": 1.5,
    "length": 1.0,
    "long": -1.2,
    "too long": -2.5,
    "too short": -1.5,
    "sentence": -1.5,  # ends as a sentence does
    "dated": -0.3,
    "late": -0.05,
}

HERE = "http://listing.invalid/"
"""Stands for the listing's own address where only other hosts matter."""


@dataclass(slots=True, eq=False)
class Column:
    """What stands in one place of the rows."""

    pieces: list[Piece] = field(default_factory=list)
    order: int = 0

    def share(self, values: Iterable[bool]) -> float:
        """Return the share of the column's values for which a condition holds."""
        listed = list(values)
        return sum(listed) / len(listed) if listed else 0.0

    @property
    def label(self) -> str:
        """The heading of the column."""
        return self.pieces[0].label

    @property
    def distinct(self) -> float:
        """How many different values there are, of all."""
        return len({piece.text for piece in self.pieces}) / len(self.pieces)

    @property
    def prefix(self) -> str:
        """The label that nearly all of its texts begin with: `Author: `."""
        starts = Counter(match[0] for piece in self.pieces if (match := PREFIX.match(piece.text)))
        if not starts:
            return ""
        text, count = starts.most_common(1)[0]
        return text if len(self.pieces) >= 3 and count > CONSTANT * len(self.pieces) else ""

    @property
    def is_label(self) -> bool:
        """Whether it names the value after it: `Filed:`, or the same few letters in nearly every row."""
        if self.share(piece.text.rstrip().endswith((":", "：")) for piece in self.pieces) > CONSTANT:
            return True
        text, count = Counter(piece.text for piece in self.pieces).most_common(1)[0]
        short = len(text) <= MAX_LABEL and not any(c.isdigit() for c in text) and self.pieces[0].link is None
        return short and len(self.pieces) >= 3 and count >= CONSTANT * len(self.pieces) and any(map(str.isalpha, text))


def labelled(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the labels that stand in places of their own given to the pieces after them."""
    columns = columns_of(typical(rows))
    labels = {slot for slot, column in columns.items() if column.is_label and not column.label}
    prefixes = {slot: prefix for slot, column in columns.items() if (prefix := column.prefix)}
    return [replace_pieces(row, list(_with_labels(_split(row.pieces, prefixes), labels))) for row in rows]


def replace_pieces(row: Row, pieces: list[Piece]) -> Row:
    """Return a row with other pieces."""
    return Row(row.anchors, pieces, row.shared)


def _split(pieces: Sequence[Piece], prefixes: Mapping[str, str]) -> list[Piece]:
    """Return the pieces with the label that all of a place begin with taken from the text: `Filed: 3 May 2019`."""
    split = []
    for piece in pieces:
        prefix = prefixes.get(piece.slot) if piece.level <= OWN else None
        if prefix and piece.text.startswith(prefix):
            bare = piece.text[len(prefix) :].strip()
            piece = replace(piece, text=bare, label=piece.label or prefix.strip(" :："), prefix=prefix)
        split.append(piece)
    return split


def _with_labels(pieces: Sequence[Piece], labels: set[str]) -> Iterable[Piece]:
    label = ""
    for piece in pieces:
        if piece.level <= OWN and piece.slot in labels and not piece.stamp:
            label = piece.text.strip(" :：")
            continue
        yield replace(piece, label=label) if label and not piece.label and piece.level <= OWN else piece
        label = ""


def typical(rows: Sequence[Row]) -> Sequence[Row]:
    """Return some rows of a long list, evenly spread, and those with a place that none of them has."""
    if len(rows) <= LEARNT_FROM:
        return rows
    step = len(rows) / LEARNT_FROM
    chosen = {int(n * step) for n in range(LEARNT_FROM)}
    known = {piece.slot for n in chosen for piece in rows[n].pieces}
    for n, row in enumerate(rows):
        if n not in chosen and not known.issuperset(slots := {piece.slot for piece in row.pieces}):
            chosen.add(n)
            known |= slots
    return [rows[n] for n in sorted(chosen)]


def columns_of(rows: Sequence[Row]) -> dict[str, Column]:
    """Return what stands in each place of the rows themselves."""
    columns: dict[str, Column] = {}
    for row in rows:
        for order, piece in enumerate(row.pieces):
            if piece.level <= OWN:
                columns.setdefault(piece.slot, Column(order=order)).pieces.append(piece)
    return columns


def title_slots(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """Return the places that may hold titles, the likeliest first, and the places that repeat a few words.

    `Minutes` or `Summary` in row after row says what a file is, not which item it belongs to.
    """
    own_links = {anchor.element for row in rows for anchor in row.anchors}
    scores = {}
    repeat = set()
    for slot, column in columns_of(rows).items():
        if column.share(may_be_title(piece) for piece in column.pieces) < 0.5:
            continue
        if len(column.pieces) >= MANY and column.distinct < FEW_THINGS:
            repeat.add(slot)
        facts = _title_facts(column, len(rows), own_links)
        scores[slot] = sum(TITLE_WEIGHTS[name] * value for name, value in facts.items())
    ranked = sorted(scores, key=lambda slot: -scores[slot])
    return [slot for slot in ranked if slot not in repeat], [slot for slot in ranked if slot in repeat]


def may_be_title(piece: Piece) -> bool:
    """Return whether a piece can be a title: what leads to a film or to a share button names that, no document."""
    if not is_title(bare_title(piece.text)):
        return False
    address = absolute(HERE, piece.link.get("href")) if piece.link is not None else None
    return address is None or NO_DOCUMENT_HOSTS.search(urlsplit(address).hostname or "") is None


def _title_facts(column: Column, rows: int, own_links: set[etree._Element]) -> dict[str, float]:
    pieces = column.pieces
    mean = sum(min(weight(piece.text), 400) for piece in pieces) / len(pieces)
    links = column.share(piece.link is not None for piece in pieces)
    own = column.share(piece.link in own_links for piece in pieces)
    return {
        "label": float(TITLE_LABEL.search(column.label) is not None),
        "other label": float(NO_TITLE_LABEL.search(column.label) is not None),
        "names": float(TITLE_NAMES.search(pieces[0].names) is not None),
        "other names": float(NO_TITLE_NAMES.search(pieces[0].names) is not None),
        "heading": column.share(piece.heading for piece in pieces),
        "bold": column.share(piece.bold for piece in pieces),
        "link": own,
        "other link": links - own,
        "distinct": column.distinct if len(pieces) > 2 else 0.5,
        "repeats": float(len(pieces) > 3 and column.distinct < 0.34),
        "words": column.share(
            len(re.findall(r"[^\W\d_]{2,}", piece.text)) > 1 or weight(piece.text) > 12 for piece in pieces
        ),
        "code": column.share(is_code(piece.text) for piece in pieces),
        "parties": column.share(PARTIES.search(piece.text) is not None for piece in pieces),
        "covers": min(len(pieces) / rows, 1.0),
        "length": min(mean, 80) / 80,
        "long": float(mean > 220),
        "too long": float(mean >= 390),
        "too short": float(mean < 8),
        "sentence": column.share(len(piece.text) > MAX_LABEL and piece.text[-1] in ".。！!…" for piece in pieces),
        "dated": column.share(DATE_NEAR.search(piece.text) is not None for piece in pieces),
        "late": float(column.order),
    }
