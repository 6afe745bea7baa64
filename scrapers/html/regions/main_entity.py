"""Which nodes of a page's JSON-LD are about the page itself: others describe other documents that it names."""

from __future__ import annotations

from collections.abc import Sequence

from scrapers.html import jsonld
from scrapers.html.jsonld import Node
from scrapers.html.regions.likeness import likeness, words_of

LIKE = 0.5
"""Likeness of a node's headline to the page's title from which the node is about the page."""
NEAR = 0.05
"""How much less alike the headline of a second such node may be."""


def own_nodes(content: list[Node], titles: Sequence[str], addresses: Sequence[str]) -> list[Node]:
    """Return the nodes that are about the page itself: those of its address or title, else the only one.

    A page may describe other documents beside its own, even before it. Of several nodes, where none has the page's
    address or title, only those without a headline count as the page's own.
    """
    if len(content) < 2:
        return content
    wanted = [words for title in titles if (words := words_of(title))]
    own = {_bare(address) for address in addresses}
    addressed = [node for node in content if not own.isdisjoint(map(_bare, _addresses(node)))]
    if addressed:
        return addressed
    alike = [_likeness(node, wanted) for node in content]
    if (best := max(alike)) >= LIKE:
        return [node for node, like in zip(content, alike, strict=True) if like > best - NEAR]
    return [node for node in content if not _headlines(node)] or (content[:1] if not wanted else [])


def _likeness(node: Node, titles: Sequence[frozenset[str]]) -> float:
    """Return the likeness of a node's headline to the title that it is most like."""
    headlines = [words_of(headline) for headline in _headlines(node)[:2]]
    return max((likeness(headline, title) for headline in headlines for title in titles), default=0.0)


def _headlines(node: Node) -> list[str]:
    return jsonld.strings(node.get("headline")) or jsonld.strings(node.get("name"))


def _addresses(node: Node) -> list[str]:
    found = []
    for key in ("url", "@id", "mainEntityOfPage"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            found.append(value)
    return found


def _bare(address: str) -> str:
    """Return an address as addresses are compared here: without scheme, `www.`, fragment and last slash."""
    return address.split("#", 1)[0].split("://", 1)[-1].removeprefix("www.").rstrip("/")
