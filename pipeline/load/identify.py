"""Which document an answer belongs to, by addresses, redirects and claims, never by the order of loading.

Each address that answered with content (`final`) is a document, until it is shown to be another document's:

- a redirect from an address that was once a document's joins the two, where their content does not contradict it;
- a claim (rel=canonical) or the same path under another language joins two pages of one site whose texts agree;
- any other address that led to a document (`requested`, `redirect`) is a pointer, and follows the newest answer.

Addresses that answer with one document are twins. Its content is read at the twin that is no `variant`, then at one
with https, then at the lowest address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from pipeline.load.agreement import moved, twins
from pipeline.load.content import Content, content_of
from pipeline.load.normalise import Document
from scrapers.values.addresses import identity, same_site

TWIN = "twin:"
"""Prefix of the key that a page's addresses under several languages share; no identity begins with it."""

_LANGUAGES = """
aa ab af am ar as az ba be bg bn bo br bs ca co cs cy da de dz el en eo es et eu fa fi fj fo fr fy ga gd gl gn gu ha he
hi hr ht hu hy ia id ie ig ik is it iu ja jv ka kk kl km kn ko ku ky la lb ln lo lt lv mg mi mk ml mn mr ms mt my na nb
ne nl nn no oc om or pa pl ps pt qu rm rn ro ru rw sa sd sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl
tn to tr ts tt tw ug uk ur uz vi vo wo xh yi yo za zh zu
"""
LANGUAGES = frozenset(_LANGUAGES.split())
LANGUAGE_SEGMENT = re.compile(r"\A([^/?]+)/([a-z]{2})(?:[-_][a-z]{2,4})?(?=[/?]|\Z)", re.IGNORECASE)
LANGUAGE_QUERY = re.compile(r"\A(.*)[?&](?:lang|language|locale|hl|ln)=([a-z]{2})\b[^&]*", re.IGNORECASE)


@dataclass(slots=True)
class Alias:
    """The document of an address, the reason, and the time of the answer that shows it."""

    node: Node
    url: str
    reason: str
    seen_at: datetime

    @property
    def own(self) -> bool:
        """Whether the address answered with content rather than led to it."""
        return self.reason in ("final", "claimed")


@dataclass(slots=True, eq=False)
class Node:
    """A document that is stored already, or will be."""

    id: int | None
    content: Content
    stored: Content | None = None
    """What the database holds as its current content."""
    source_id: int = 0
    """The first of the sources that found it."""
    stored_source_id: int | None = None
    merged_into: Node | None = None
    gone_at: datetime | None = None

    @property
    def key(self) -> int:
        """Its id, once it is written."""
        assert self.id is not None
        return self.id

    @property
    def top(self) -> Node:
        """The document that this one was merged into, or itself."""
        return self if self.merged_into is None else self.merged_into.top


@dataclass(slots=True)
class Registry:
    """The addresses and documents that a batch touches, first as stored, then as the batch changes them."""

    aliases: dict[str, Alias] = field(default_factory=dict)
    claimed: dict[str, set[Node]] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    held: dict[Node, set[str]] = field(default_factory=dict)
    """The identities of each document's addresses, all of them."""

    def enter(self, key: str, alias: Alias) -> None:
        """Assign an address to a document."""
        former = self.aliases.get(key)
        if former is not None:
            self.held[former.node].discard(key)
        self.aliases[key] = alias
        self.held.setdefault(alias.node, set()).add(key)

    def add(self, document: Document) -> Node:
        """Add one document to the registry; return its node."""
        content = read(document)
        node = self._owner(content)
        pointers = self._pointers(document, content)
        for other in self._same(document, content, pointers):
            node = other if node is None else self._merge(node, other)
        if node is None:
            node = Node(id=None, content=content, source_id=content.source_id)
            self.nodes.append(node)
        elif self._takes_over(content, node, pointers):
            node.content = content
        node.source_id = min(node.source_id, content.source_id)
        self._own(content, node)
        self._point(content, node, pointers)
        self._settle(node)
        for claim in content.claimed:
            self.claimed.setdefault(claim, set()).add(node)
        return node

    def _owner(self, content: Content) -> Node | None:
        alias = self.aliases.get(content.identity)
        if alias is None:
            return None
        node = alias.node.top
        if alias.reason == "final" or node.content.identity == content.identity:
            return node
        agrees = twins if alias.reason == "claimed" else moved
        return node if agrees(content, node.content) else None

    def _pointers(self, document: Document, content: Content) -> dict[str, tuple[str, str]]:
        return {
            key: (url, reason)
            for url, reason in reversed(document.aliases)
            if (key := identity(url)) != content.identity and reason != "final"
        }

    def _same(self, document: Document, content: Content, pointers: dict[str, tuple[str, str]]) -> list[Node]:
        """Return the documents that redirects or claims show to be this one."""
        found: dict[Node, None] = {}
        for key in sorted(pointers):
            alias = self.aliases.get(key)
            if alias is not None and alias.own and moved(content, alias.node.top.content):
                found[alias.node.top] = None
        hinted = {
            node.top: None for key in sorted(content.claimed | {content.identity}) for node in self._claimants(key)
        }
        for node in hinted:
            if node.content.identity != content.identity and twins(content, node.content):
                found[node] = None
        return sorted(found, key=_age)

    def _claimants(self, key: str) -> list[Node]:
        """Return the documents that own or claim an identity, oldest first."""
        nodes = {node.top for node in self.claimed.get(key, ()) if key in node.top.content.claimed}
        alias = self.aliases.get(key)
        if alias is not None and alias.own:
            nodes.add(alias.node.top)
        return sorted(nodes, key=_age)

    def _takes_over(self, content: Content, node: Node, pointers: dict[str, tuple[str, str]]) -> bool:
        """Return whether this content replaces the document's current content."""
        current = node.content
        alias = self.aliases.get(content.identity)
        if node.gone_at is not None and content.retrieved_at > node.gone_at:
            return True  # its address is gone, and a twin's is not
        if content.identity == current.identity:
            return content.retrieved_at >= current.retrieved_at
        if current.identity in pointers and content.retrieved_at >= current.retrieved_at:
            return True  # the former address leads here now
        if alias is not None and alias.node.top is node and not alias.own and alias.seen_at >= content.retrieved_at:
            return False  # this address has led elsewhere since
        return rank(content) < rank(current)

    def _merge(self, one: Node, other: Node) -> Node:
        """Merge two documents: the older one stays, with the content of the one that ranks first."""
        keeper, absorbed = sorted((one.top, other.top), key=_age)
        if keeper is absorbed:
            return keeper
        for key in sorted(self.held.get(absorbed, ())):
            self.enter(key, replace(self.aliases[key], node=keeper))
        if rank(absorbed.content) < rank(keeper.content):
            keeper.content = absorbed.content
        keeper.source_id = min(keeper.source_id, absorbed.source_id)
        absorbed.merged_into = keeper
        if absorbed.gone_at is None:
            keeper.gone_at = None
        return keeper

    def _own(self, content: Content, node: Node) -> None:
        """Assign the address that answered; of two spellings with one identity, the one that ranks first is kept."""
        alias = self.aliases.get(content.identity)
        if alias is None:
            self.enter(content.identity, Alias(node, content.url, "final", content.retrieved_at))
        elif alias.own or alias.node.top is not node:
            url = min(alias.url, content.url, key=_address_rank) if alias.own else content.url
            seen_at = max(alias.seen_at, content.retrieved_at) if alias.own else content.retrieved_at
            self.enter(content.identity, Alias(node, url, "final", seen_at))
        elif content.retrieved_at > alias.seen_at:  # it led here, and now answers itself again
            self.enter(content.identity, Alias(node, content.url, "final", content.retrieved_at))

    def _point(self, content: Content, node: Node, pointers: dict[str, tuple[str, str]]) -> None:
        """Assign the addresses that led to the content."""
        for key, (url, reason) in pointers.items():
            alias = self.aliases.get(key)
            if alias is not None:
                if alias.reason == "final" and alias.node.top is not node:
                    continue  # it once answered with another document, which stays
                if alias.seen_at > content.retrieved_at:
                    continue
                if alias.seen_at == content.retrieved_at and not alias.own and alias.node.top is node:
                    url, reason = min((url, reason), (alias.url, alias.reason))
            self.enter(key, Alias(node, url, reason, content.retrieved_at))

    def _settle(self, node: Node) -> None:
        """Mark the address of the content as `final`, those of its twins as `claimed`."""
        for key in self.held[node]:
            alias = self.aliases[key]
            if key == node.content.identity:
                alias.reason = "final"
                if alias.url != node.content.url:
                    node.content = replace(node.content, url=alias.url)
            elif alias.own:
                alias.reason = "claimed"


def read(document: Document) -> Content:
    """Return a document's content, with the claims that may join it to others."""
    claimed, variant = hints(document)
    return content_of(document, variant=variant, claimed=claimed)


def hints(document: Document) -> tuple[frozenset[str], bool]:
    """Return the keys by which twins of a page may be found, and whether it is a variant; no keys for a file.

    A variant names another address as canonical, or lies under another language's path than its text is in.
    """
    if document.is_file:
        return frozenset(), False
    own = identity(document.canonical_url)
    claimed = {
        identity(url) for url in document.claimed if same_site(url, document.canonical_url) and not _is_root(url)
    } - {own}
    key, path_language = twin_key(document.canonical_url)
    language = document.values.get("language")
    foreign = bool(path_language and language) and path_language != str(language and language.value)[:2].lower()
    return frozenset(claimed | {key}), bool(claimed) or foreign


def twin_key(url: str) -> tuple[str, str | None]:
    """Return the key that an address shares with its twins in other languages, and its own language's code."""
    key = identity(url)
    for pattern in (LANGUAGE_SEGMENT, LANGUAGE_QUERY):
        match = pattern.match(key)
        if match and match[2].lower() in LANGUAGES:
            rest = key[match.end() :]
            if "?" not in match[1] and rest.startswith("&"):
                rest = "?" + rest[1:]
            return TWIN + match[1] + rest, match[2].lower()
    return TWIN + key, None


def rank(content: Content) -> tuple[bool, bool, str]:
    """Return the rank of a twin: first one that is no variant, then https, then the lowest address."""
    return content.variant, *_address_rank(content.url)


def _address_rank(url: str) -> tuple[bool, str]:
    return not url.startswith("https:"), url


def _age(node: Node) -> tuple[bool, int, str]:
    return node.id is None, node.id or 0, node.content.url


def _is_root(url: str) -> bool:
    path = urlsplit(url).path.strip("/")
    return not urlsplit(url).query and bool(
        not path or (path.lower()[:2] in LANGUAGES and re.fullmatch(r"\w\w(-\w\w)?", path))
    )
