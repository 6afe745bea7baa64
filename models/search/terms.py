"""The tree of a query: what must occur, and how that is combined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a query, and which of its characters it is about."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """Consecutive words, folded as `models.search.words` folds them."""

    words: tuple[str, ...]
    prefix: bool = False
    """Whether the last one is the beginning of a word."""
    title: bool = False
    """Whether they must stand in the title."""
    exact: bool = False
    """Whether they are a phrase: found as they are spelt, not by their stems."""


@dataclass(frozen=True, slots=True)
class Is:
    """A field has a value; how the two are compared is the field's own matter (`models.search.conditions`)."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Within:
    """A date or moment lies in a period: both ends belong to it, None is open; `2019` and `2019-05` are periods too."""

    field: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Sure:
    """The confidence of a field, or of the least sure of all, is at least `least` and less than `below`."""

    field: str | None
    least: float | None
    below: float | None


@dataclass(frozen=True, slots=True)
class Not:
    """The node does not hold."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """All of the nodes hold; without nodes, every document matches."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of the nodes holds, at least; without nodes, no document matches."""

    nodes: tuple[Node, ...]


Node = Words | Is | Within | Sure | Not | All | Either


def both(nodes: Sequence[Node]) -> Node:
    """Return what holds where all of the nodes do, each of them once."""
    flat = [inner for node in nodes for inner in (node.nodes if isinstance(node, All) else (node,))]
    kept = tuple(dict.fromkeys(flat))
    return kept[0] if len(kept) == 1 else All(kept)


def either(nodes: Sequence[Node]) -> Node:
    """Return what holds where one of the nodes does, each of them once."""
    flat = [inner for node in nodes for inner in (node.nodes if isinstance(node, Either) else (node,))]
    kept = tuple(dict.fromkeys(flat))
    return kept[0] if len(kept) == 1 else Either(kept)


def negated(node: Node) -> Node:
    """Return what holds where the node does not."""
    return node.node if isinstance(node, Not) else Not(node)
