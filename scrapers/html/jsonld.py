"""JSON-LD as pages really carry it: several blocks, `@graph`, lists, references by `@id`, and broken JSON.

Bounded: a page is strangers' data, so size, depth and the number of nodes have limits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MAX_BLOCK = 1_000_000
MAX_BLOCKS = 60
MAX_NODES = 3000
MAX_DEPTH = 8

Node = dict[str, Any]

# Types of a page's own content, best first; a page's frame (WebPage) says less of its document.
CONTENT_TYPES = [
    "article",
    "newsarticle",
    "blogposting",
    "report",
    "scholarlyarticle",
    "techarticle",
    "opinionnewsarticle",
    "analysisnewsarticle",
    "reportagenewsarticle",
    "reviewnewsarticle",
    "backgroundnewsarticle",
    "askpublicnewsarticle",
    "advertisercontentarticle",
    "liveblogposting",
    "socialmediaposting",
    "discussionforumposting",
    "qapage",
    "question",
    "publication",
    "publicationissue",
    "book",
    "chapter",
    "thesis",
    "dataset",
    "creativework",
    "digitaldocument",
    "textdigitaldocument",
    "presentationdigitaldocument",
    "governmentservice",
    "medicalwebpage",
    "medicalscholarlyarticle",
    "recipe",
    "howto",
    "course",
    "jobposting",
    "event",
    "podcastepisode",
    "videoobject",
    "review",
    "product",
    "legislation",
    "pressrelease",
    "satiricalarticle",
    "faqpage",
    "softwareapplication",
    "learningresource",
]
PAGE_TYPES = ("webpage", "itempage", "aboutpage", "collectionpage", "profilepage", "contactpage", "searchresultspage")
_CONTENT = {name: rank for rank, name in enumerate(CONTENT_TYPES)}

# Where nodes of other documents hang: their headlines and dates are not this page's.
_ELSEWHERE = frozenset(
    [
        "comment",
        "comments",
        "itemlistelement",
        "review",
        "reviews",
        "aggregaterating",
        "breadcrumb",
        "haspart",
        "suggestedanswer",
        "acceptedanswer",
        "isrelatedto",
        "issimilarto",
        "offers",
        "mentions",
        "citation",
        "blogpost",
        "blogposts",
        "relatedlink",
        "hasofferrcatalog",
        "subjectof",
        "video",
        "image",
        "associatedmedia",
        "potentialaction",
        "sitenavigationelement",
        "publishingprinciples",
        "about",
    ]
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_PAIR = re.compile(r'"(headline|datePublished|dateModified|dateCreated)"\s*:\s*"((?:[^"\\\n]|\\.){1,500})"')
_LONE_BACKSLASH = re.compile(r'\\(?!["\\/bfnrtu])')


@dataclass(slots=True)
class Graph:
    """The nodes of a page's JSON-LD."""

    content: list[Node] = field(default_factory=list)
    """Nodes of content, as the page puts them at its top, in their order."""
    pages: list[Node] = field(default_factory=list)
    others: list[Node] = field(default_factory=list)
    """WebSite, Organization, Person ... at the top."""
    by_id: dict[str, Node] = field(default_factory=dict)
    broken: bool = False

    def resolve(self, value: Any) -> Any:
        """Return the node that `{"@id": ...}` refers to, or the value as it is."""
        if isinstance(value, dict) and "name" not in value and isinstance(ident := value.get("@id"), str):
            return self.by_id.get(ident, value)
        if isinstance(value, str) and value.startswith(("#", "http")) and value in self.by_id:
            return self.by_id[value]
        return value


def read(blocks: Iterator[str]) -> Graph:
    """Return the graph of a page's blocks; of what cannot be parsed only the plainest fields are kept."""
    graph = Graph()
    budget = MAX_NODES
    for count, block in enumerate(blocks):
        if count >= MAX_BLOCKS or budget <= 0:
            break
        if len(block) > MAX_BLOCK:
            graph.broken = True
            continue
        parsed, whole = _parse(block)
        graph.broken |= not whole
        for node in parsed:
            budget = _collect(node, graph, 0, budget, top=True)
    return graph


def _parse(block: str) -> tuple[list[Any], bool]:
    """Return the values of a block, and whether it was read whole."""
    text = _WRAPPER.sub("", _WRAPPER.sub("", block)).strip().rstrip(";")
    if not text:
        return [], True
    for attempt in (text, _LONE_BACKSLASH.sub(r"\\\\", _TRAILING_COMMA.sub(r"\1", text)), text.replace("&quot;", '"')):
        try:
            return [json.loads(attempt, strict=False)], True
        except (ValueError, RecursionError):
            continue
    values: list[Any] = []
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while len(values) < 20 and (at := text.find("{", at)) >= 0:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        values.append(value)
    if values:
        return values, False
    pairs = {key: value for key, value in reversed(_PAIR.findall(text))}
    return ([{"@type": "Article", **pairs}] if pairs else []), False


def types(node: Node) -> list[str]:
    """Return a node's types in lower case, without namespaces."""
    value = node.get("@type") or node.get("type") or ()
    values = value if isinstance(value, list) else [value]
    return [v.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for v in values[:8] if isinstance(v, str)]


def _collect(value: Any, graph: Graph, depth: int, budget: int, *, top: bool) -> int:
    if depth > MAX_DEPTH or budget <= 0:
        return budget
    if isinstance(value, list):
        for item in value[:500]:
            budget = _collect(item, graph, depth + 1, budget, top=top)
        return budget
    if not isinstance(value, dict):
        return budget
    budget -= 1
    kinds = types(value)
    if isinstance(ident := value.get("@id"), str) and len(value) > 1 and (kinds or "name" in value):
        known = graph.by_id.get(ident)
        if known is None or ("name" in value and "name" not in known):  # a typed reference may come before its node
            graph.by_id[ident] = value
    if top and kinds:
        if any(k in _CONTENT for k in kinds):
            graph.content.append(value)
        elif any(k in PAGE_TYPES for k in kinds):
            graph.pages.append(value)
        else:
            graph.others.append(value)
    for key, child in value.items():
        if isinstance(child, (dict, list)):
            below = top and (
                key == "@graph" or (key in ("mainEntity", "mainEntityOfPage", "hasPart", "item") and not _listed(child))
            )
            budget = _collect(child, graph, depth + 1, budget, top=below and key.lower() not in _ELSEWHERE)
    return budget


def _listed(child: Any) -> bool:
    return (isinstance(child, list) and len(child) > 1) or (isinstance(child, dict) and "itemlist" in types(child))


def strings(value: Any) -> list[str]:
    """Return the strings of a value: itself, a list of them, or `@value` / `name` of an object."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return [str(value)]
    if isinstance(value, list):
        return [s for item in value[:100] for s in strings(item)]
    if isinstance(value, dict):
        return strings(value.get("@value") or value.get("name"))
    return []
