"""Authors as a page's metadata declares them, and the gathering of candidates by the names that they read."""

# ruff: noqa: E501 (tables of words)

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scrapers.base import Author
from scrapers.html import jsonld
from scrapers.html.fields.candidate import Candidate
from scrapers.html.fields.title_facts import squeezed
from scrapers.html.metadata import Declared, unescaped
from scrapers.values.authors import read_authors
from scrapers.values.labels import field_of
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SCHOLARLY_METAS = (
    "citation_author",
    "citation_authors",
    "dc.creator",
    "dcterms.creator",
    "dc:creator",
    "eprints.creators_name",
    "bepress_citation_author",
    "dc.contributor.author",
)
METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "og:article:author",
    "article.author",
    "authors",
    "creator",
    "dc.author",
    "og:author",
    "cxenseparse:author",
    "shareaholic:article_author_name",
    "rnews:author",
    "vr:author",
)
_NOISE = re.compile(
    r"^(?:more (?:from|by|about)|about|posts? by|all posts|view|see|follow|contact|read|photo|image|share|leave|comments?|reply|subscribe|sign|log ?in|join|edited|reviewed|fact|full bio|alle (?:artikel|beiträge)|tous (?:les|ses) articles|todos (?:los|sus) artículos|tutti gli articoli|topic author|thread starter|member login|insights author|guest|by role|use case|updated|submitted|last|published|posted on|in )\b"
    # Buttons and links to accounts.
    r"|^(?:skip to|learn (?:more|about|how)|find (?:an?|out|your)|get (?:\d|started)|shop (?:all|now)|sort(?:ed)? by|sold by|request (?:an?|demo)|register|add to|buy now|my account)\b"
    r"|^(?:youtube|bluesky|instagram|mastodon|tiktok|pinterest|whatsapp|telegram)$"
    # Days, and the names of a template's variables.
    r"|^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[,.]?(?:\s+\d|$)|^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b"
    r"|^[a-z]{2,}(?:\.[a-z]{2,}){2,}$|\d{3,}|@|\?|!|[<>{}=]|©|^copyright\b|\ball rights reserved\b",
    re.IGNORECASE,
)


_ACCOUNT = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
"""The name of an account: one word in small letters. `jane.doe` is none: it spells a name."""
_CODE = re.compile(r"[A-Z0-9]+(?:[/_][A-Z0-9]+)+")
"""The code of an office or a template: `COMM/DG/UNIT`."""
_HOST = re.compile(r"(?:[\w-]+\.)+(?:[a-z]{2}|com|org|net|info|biz|gov|edu|news|media|online)", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r"(?:^|[\s,])(?:G?mbH|AG|KG|OHG|UG|e\. ?V|Ltd|Limited|Inc|LLC|LLP|P[Ll][Cc]|Corp|S\.?A\.?S?|SARL|S\.?r\.?l|S\.?p\.?A|S\.?L"
    r"|B\.?V|N\.?V|AB|AS|A/S|ApS|Oyj?|Ltda|Pty|Sp\. z o\. ?o|s\.r\.o)(?=$|[\s.,])"
)
"""The legal form of a firm or an association, within its name or at the end."""


def is_for_machines(name: str) -> bool:
    """Return whether a name that is printed nowhere is that of an account, a host, or a body with its legal form.

    Templates declare these for every page: who typed it in, who made the site, who runs it.
    """
    return any(pattern.fullmatch(name) for pattern in (_ACCOUNT, _CODE, _HOST)) or _LEGAL_FORM.search(name) is not None


def is_noise(name: str) -> bool:
    """Return whether what stands in a name's place is a button, a day, a variable or another word of the interface."""
    return _NOISE.search(name) is not None


class Gathered:
    """Gathers readings of who wrote the page, and the facts about each."""

    def __init__(self, sites: set[str]) -> None:
        self.found: dict[frozenset[str], Candidate] = {}
        self.sites = sites

    def add(
        self,
        names: Sequence[Author],
        raw: str,
        origin: str,
        fact: str,
        element: HtmlElement | None = None,
        trust: int = 5,
    ) -> Candidate | None:
        """Add a reading, or another place of one; `trust` (0 most) decides whose wording and origin stand."""
        names = [
            n
            for n in names
            if (not is_noise(n.name) or (len(n.name) > 3 and n.kind == "organisation" and not _NOISE.match(n.name)))
            and not field_of(n.name)
        ]
        if not names or len(self.found) >= 60:
            return None
        if len(names) > 1 and any(n.kind == "person" for n in names):  # beside persons, the site's own name adds none
            names = [n for n in names if n.kind != "organisation" or squeezed(n.name) not in self.sites]
        key = frozenset(folded(n.name) for n in names)
        candidate = self.found.get(key)
        if candidate is None:
            candidate = self.found[key] = Candidate(
                value=tuple(names),
                raw=clean_line(raw)[:1000],
                origin=origin,
                element=element,
                facts={"trust": float(trust)},
            )
        elif trust < candidate.facts["trust"]:
            candidate.value, candidate.raw, candidate.origin = tuple(names), clean_line(raw)[:1000], origin
            candidate.element = element if element is not None else candidate.element
            candidate.facts["trust"] = float(trust)
        candidate.facts[fact] = candidate.facts.get(fact, 0.0) + 1
        return candidate


def folded(name: str) -> str:
    """Return a name as names are compared: without marks, case and the order of its words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    return " ".join(sorted(re.findall(r"[^\W\d_]+", plain)))


def declared(found: Gathered, metadata: Declared) -> None:
    """Gather the authors that metadata names."""
    best: tuple[list[Author], list[str], str] = ([], [], "")
    for key in SCHOLARLY_METAS:
        if values := metadata.metas.get(key):
            names = once([a for value in values[:100] for a in read_authors(value, one=key != "citation_authors")])
            if len(names) > len(best[0]):
                best = (names, values, key)
    found.add(best[0], "; ".join(best[1]), f"meta:{best[2]}", "meta:scholarly", trust=0)
    for i, node in enumerate([*metadata.graph.content[:4], *metadata.graph.pages[:1]]):
        where = "ld" if i == 0 and metadata.graph.content else "ld:page" if node in metadata.graph.pages else "ld:later"
        for key in ("author", "creator"):
            if key in node:
                names, raw = _json_authors(node[key], metadata.graph)
                candidate = found.add(names, raw, f"json-ld:{key}", f"{where}:{key}", trust=1)
                if candidate is not None and _is_account(node[key], metadata.graph):
                    candidate.facts["account"] = 1.0
    for key in METAS:
        if values := metadata.metas.get(key):
            kept = [v for v in values[:20] if not v.startswith(("http", "www.", "@")) and "facebook.com" not in v]
            names = [a for value in kept for a in read_authors(value)]
            found.add(
                once(names),
                "; ".join(kept),
                f"meta:{key}",
                "meta:author"
                if key == "author"
                else "meta:article-author"
                if key == "article:author"
                else "meta:other",
                trust=2,
            )
    for n in ("1", "2"):
        label, data = metadata.metas.get(f"twitter:label{n}"), metadata.metas.get(f"twitter:data{n}")
        if label and data and field_of(label[0]) == "authors":
            found.add(read_authors(data[0]), data[0], f"meta:twitter:data{n}", "meta:twitter", trust=2)


def _is_account(value: Any, graph: jsonld.Graph) -> bool:
    """Return whether an author is an account of the content management system, by the address that it gives a node."""
    node = graph.resolve(value[0] if isinstance(value, list) and value else value)
    return isinstance(node, dict) and ACCOUNTS in str(node.get("@id", ""))


ACCOUNTS = "/schema/person/"
"""What the addresses of accounts hold that plugins of WordPress declare as persons."""


def _json_authors(value: Any, graph: jsonld.Graph, depth: int = 0) -> tuple[list[Author], str]:
    """Return the authors of a JSON-LD value and the value as it is written."""
    names: list[Author] = []
    raws: list[str] = []
    for item in (value if isinstance(value, list) else [value])[:100]:
        item = graph.resolve(item)
        kinds = jsonld.types(item) if isinstance(item, dict) else []
        if isinstance(item, dict) and "role" in kinds and depth < 3:
            nested, raw = _json_authors(item.get("author") or item.get("creator") or [], graph, depth + 1)
            names += nested
            raws.append(raw)
            continue
        if isinstance(item, dict) and "name" not in item:
            item = _name_of(item) or item
        if isinstance(item, dict) and isinstance(item.get("name"), (list, dict)) and depth < 3:
            nested, raw = _json_authors(item["name"], graph, depth + 1)
            names += nested
            raws.append(raw)
            continue
        for text in jsonld.strings(item)[:20]:
            text = clean_line(unescaped(text[:1000]))
            if not text or text.startswith(("http", "#", "/")):
                continue
            raws.append(text)
            read = read_authors(text)
            if len(read) == 1 and "person" in kinds and read[0].kind is None:
                read = (Author(name=read[0].name, kind="person"),)
            elif len(read) == 1 and "organization" in kinds:
                read = (Author(name=read[0].name, kind="organisation" if read[0].kind is None else read[0].kind),)
            names += read
    return once(names), "; ".join(raws)


def _name_of(item: jsonld.Node) -> jsonld.Node | None:
    """Return a node with the name that `givenName` and `familyName`, or `legalName`, spell; None where they do not."""
    given, family = (" ".join(jsonld.strings(item.get(key))[:1]) for key in ("givenName", "familyName"))
    name = f"{given} {family}".strip() or " ".join(jsonld.strings(item.get("legalName"))[:1])
    return {**item, "name": name} if name else None


def once(names: Sequence[Author]) -> list[Author]:
    """Return the names, each once."""
    return list({n.name.casefold(): n for n in names}.values())
