"""Facts about the wordings of a title: where a heading stands, what wordings, address and breadcrumb say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from scrapers.html import jsonld
from scrapers.html.dom import Dom
from scrapers.html.fields.candidate import Candidate
from scrapers.html.metadata import Declared

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SQUEEZE = re.compile(r"[\W_]+")
_WORD = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]|[^\W_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|screen-?reader|visually-?hidden|visuallyhidden|hidden|hide|d-none|offscreen|element-invisible)",
    re.IGNORECASE,
)
_APART = frozenset(["nav", "footer", "aside", "dialog"])
_SITE_CLASS = re.compile(
    r"logo|brand|site-?title|site-?name|masthead|navbar|cookie|consent|modal|popup|newsletter", re.IGNORECASE
)
_TITLE_CLASS = re.compile(
    r"(?:entry|post|article|page|product|topic|thread|story|content|node|headline|main)[-_]{0,2}(?:title|header|heading|name)|headline",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# Which of a page's wordings stand for it in comparisons: the first that has the first fact that any has.
_ANCHORS: dict[str, tuple[str, ...]] = {
    "h1": ("h1:1", "h1:2"),
    "og": ("og:head-last", "og:title"),
    "whole": ("title",),
    "core": ("t:head-last", "t:colon-tail", "title"),
    "first": ("t:head", "t:head-last", "title"),
    "rest": ("t:tail-first",),
    "ld": ("ld:headline", "ld:name"),
    "h2": ("h2:1",),
}


def squeezed(text: str) -> str:
    """Return a text as it is compared: letters and digits in lower case."""
    return _SQUEEZE.sub("", text).casefold()


_LETTER = re.compile(r"[^\W\d_]")


def holds_word(text: str, word: str) -> bool:
    """Return whether a text has a word with no letter before or behind it."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_LETTER.match(text, end) or (at and _LETTER.match(text, at - 1))):
            return True
        at = text.find(word, at + 1)
    return False


def hidden(element: HtmlElement) -> bool:
    """Whether an element is there for machines and screen readers only."""
    for node in (element, element.getparent()):
        if node is None or node.tag == "body":
            break
        if node.get("hidden") is not None or _HIDDEN_STYLE.search(node.get("style") or ""):
            return True
        if (classes := node.get("class")) and _HIDDEN_CLASS.search(classes[:200]):
            return True
    return False


def standing(heading: HtmlElement, address: str) -> Iterator[str]:
    """Yield what a heading's classes, its first link and the elements around it say of it; `address` is the page's."""
    if hidden(heading):
        yield "hidden"
    own = _class_and_id(heading)
    if _TITLE_CLASS.search(own):
        yield "title-class"
    if _SITE_CLASS.search(own):
        yield "site-class"
    for depth, ancestor in enumerate(islice(heading.iterancestors(), 13)):
        if ancestor.tag in _APART:
            yield "apart"
        elif ancestor.tag in ("main", "article"):
            yield "in-main"
        elif depth < 2 and _SITE_CLASS.search(_class_and_id(ancestor)):
            yield "site-class"
    # The site's name is an h1 on many pages, and links to the front page.
    link = next(heading.iter("a"), None)
    if heading.tag == "h1" and link is not None and link.get("href") in ("/", "./", "#", address):
        yield "home-link"


def _class_and_id(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how far two sets of words agree: 1 where they are the same."""
    both = len(one & other)
    return 2 * both / (len(one) + len(other)) if both else 0.0


def compare(wordings: Sequence[Candidate], whole: str, dom: Dom, metadata: Declared, shape: dict[str, float]) -> None:
    """Add to each wording what it shares with the others, with the address, the breadcrumb and the summary."""
    words = [frozenset(_WORD.findall(w.raw.casefold())) for w in wordings]
    anchors: dict[str, int] = {}
    for name, wanted in _ANCHORS.items():
        for fact in wanted:
            at = next((i for i, w in enumerate(wordings) if fact in w.facts), None)
            if at is not None:
                anchors[name] = at
                break
    path = urlsplit(dom.url).path
    slug = squeezed(unquote(path))
    last = frozenset(w for w in _WORD.findall(unquote(path.rstrip("/").rsplit("/", 1)[-1]).casefold()) if len(w) > 2)
    summary = frozenset(
        w
        for key in ("description", "og:description")
        for v in metadata.metas.get(key, ())[:1]
        for w in _WORD.findall(v.casefold())
    )
    crumb = _crumb(metadata)
    page = {**shape, **_together(wordings, words, anchors)}
    best = 0.0
    for wording, own in zip(wordings, words, strict=True):
        facts = wording.facts
        long = [w for w in own if len(w) > 2]
        facts["slug"] = sum(w in slug for w in long) / len(long) if long and len(slug) > 3 else 0.0
        facts["slug-told"] = (
            sum(any(w in o or o in w for o in long) for w in last) / len(last) if last and long else 0.0
        )
        facts["summary"] = len(own & summary) / len(own) if own else 0.0
        best = max(best, facts["slug"] + facts["slug-told"])
        facts["crumb"] = alike(own, crumb)
        for name, at in anchors.items():
            facts[f"like:{name}"] = alike(own, words[at])
        facts |= _look(wording.raw)
    for wording in wordings:
        wording.facts["slug-best"] = wording.facts["slug"] + wording.facts["slug-told"] - best
    for name in ("h1", "core", "og"):
        if name in anchors:
            facts = wordings[anchors[name]].facts
            page[f"w:{name}-slug"] = facts["slug"] + facts["slug-told"]
            page[f"w:{name}-summary"] = facts["summary"]
    for wording in wordings:
        wording.facts.update(page)


def _together(wordings: Sequence[Candidate], words: list[frozenset[str]], anchors: dict[str, int]) -> dict[str, float]:
    """Return what the chief wordings say of each other, the same for all candidates."""
    found: dict[str, float] = {}
    for name in ("h1", "core", "og", "ld"):
        found[f"w:{name}"] = float(name in anchors)
        if name in anchors:
            found[f"w:{name}-words"] = min(len(words[anchors[name]]), 20) / 20
    for one, other in (
        ("h1", "core"),
        ("h1", "og"),
        ("h1", "ld"),
        ("h1", "first"),
        ("h1", "rest"),
        ("core", "og"),
        ("core", "ld"),
    ):
        if one in anchors and other in anchors:
            mine, its = words[anchors[one]], words[anchors[other]]
            found[f"w:{one}-{other}"] = alike(mine, its)
            found[f"w:{one}<{other}"] = float(mine < its)
            found[f"w:{one}>{other}"] = float(mine > its)
    if "h1" in anchors:
        facts = wordings[anchors["h1"]].facts
        for fact in (
            "in-text",
            "h1:only",
            "h1:apart",
            "h1:in-main",
            "h1:site-class",
            "h1:title-class",
            "h1:where",
            "h1:hidden",
            "generic",
            "is-site",
            "holds-site",
        ):
            found[f"w:{fact}"] = facts.get(fact, 0.0)
    found["w:pieces"] = sum("t:head" in w.facts or "t:head-last" in w.facts for w in wordings) / 4
    return found


def _look(text: str) -> dict[str, float]:
    """Return how a wording looks: its marks, figures and capitals."""
    parts = text.split()
    capitals = sum(p[0].isupper() for p in parts) / len(parts) if parts else 0.0
    return {
        "digits": float(any(c.isdigit() for c in text)),
        "year": float(_YEAR.search(text) is not None),
        "colon": float(": " in text),
        "asks": float(text.endswith(("?", "？"))),
        "calls": float(text.endswith("!")),
        "ends": float(text.endswith((".", "…", "。"))),
        "comma": float(", " in text),
        "capitals": capitals,
        "upper": float(text.isupper()),
        "lower": float(text[:1].islower()),
        "size": min(len(text), 120) / 120,
    }


def _crumb(metadata: Declared) -> frozenset[str]:
    """Return the words of the last step of the page's breadcrumb."""
    for node in metadata.graph.others[:20]:
        if "breadcrumblist" not in jsonld.types(node):
            continue
        steps = node.get("itemListElement")
        if isinstance(steps, list) and steps and isinstance(step := steps[-1], dict):
            names = jsonld.strings(step.get("name")) or jsonld.strings(step.get("item"))
            if names:
                return frozenset(_WORD.findall(names[0][:300].casefold()))
    return frozenset()
