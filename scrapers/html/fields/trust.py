"""The order of trust among what a page says of its own document; what stands in another's region never comes here.

Declared: metadata, JSON-LD of the page's own node, microdata and `time` of its own region. Labelled: `Author: ...`,
`Published on ...`. Heading: unlabelled, among the lines about the document. Loose: unlabelled, anywhere else. Among the
first three the learned choice decides; what is loose counts only where the page declares and labels nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import IntEnum

from scrapers.html.fields.candidate import Candidate


class Trust(IntEnum):
    """How far a value's best evidence is trusted; a lower number is trusted more."""

    DECLARED = 0
    LABELLED = 1
    HEADING = 2
    LOOSE = 3


DECLARED: Mapping[str, Collection[str]] = {
    "authors": (
        "ld:author", "ld:creator", "ld:page:author", "meta:author", "meta:article-author", "meta:scholarly",
        "meta:other", "meta:twitter", "prop", "rel-author",
    ),
    "date_published": (
        "ld:published", "ld:page:published", "meta:article", "meta:date", "meta:scholarly", "prop", "url:day",
    ),
}  # fmt: skip
"""By field: the facts that mark a candidate as declared."""
LABELLED: Mapping[str, Collection[str]] = {
    "authors": ("label:marked", "label:by"),
    "date_published": ("label:date_published",),
}
HEADING = ("zone", "url:month")


def trust(field: str, candidate: Candidate) -> Trust:
    """Return how far the best evidence for a candidate is trusted."""
    facts = candidate.facts.keys()
    if not facts.isdisjoint(DECLARED[field]):
        return Trust.DECLARED
    if not facts.isdisjoint(LABELLED[field]):
        return Trust.LABELLED
    return Trust.LOOSE if facts.isdisjoint(HEADING) or "other-label" in facts else Trust.HEADING


def is_told(field: str, candidate: Candidate) -> bool:
    """Return whether a page declares or labels a value as its own: then it is given however unsure it is."""
    return field in DECLARED and trust(field, candidate) <= Trust.LABELLED


ARTICLE = 0.5
"""How likely a page must be an article for the day in its metadata to be given in any case."""


OF_ARTICLES = ("meta:article", "prop", "meta:date", "label:date_published")
"""Facts of a day that, on an article, say that it is the day of publication."""


def is_stated(candidate: Candidate) -> bool:
    """Return whether a day is given even where the learned choice would give none.

    It is declared by a catalogue's metadata, or by JSON-LD as that of the page's own article; `datePublished` of other
    nodes, as of products and of pages as such, may be that of a template.
    """
    facts = candidate.facts
    if "meta:scholarly" in facts or ("ld:published" in facts and facts.get("p:article-type", 0.0) > 0):
        return True
    return facts.get("k:article", 0.0) > ARTICLE and not facts.keys().isdisjoint(OF_ARTICLES)


def believable(field: str, candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates; where the page declares or labels any of them, without the loose ones."""
    levels = [trust(field, candidate) for candidate in candidates]
    if min(levels, default=Trust.LOOSE) > Trust.LABELLED:
        return candidates
    return [candidate for candidate, level in zip(candidates, levels, strict=True) if level < Trust.LOOSE]
