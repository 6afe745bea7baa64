"""One walk over a page for what is visible: dates, labels, bylines, and where on the page they stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from scrapers.html.dom import Dom
from scrapers.values.labels import label_at_start
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST = 400
DEPTH = 60

_SKIP = frozenset(["script", "style", "noscript", "template", "svg", "textarea", "option", "select"])
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|年|[٠-٩۰-۹०-९０-９]{4}|년|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)")
_AUTHOR_CLASS = re.compile(
    r"author|byline|by-line|(?:^|[\s_-])(?:writer|writers|creator|contributors?|posted-?by|written-?by|username|user-?name|vcard|autor|auteur|poster|journalist)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dates|datum|fecha|time|timestamp|datetime|published|pubdate|posted-?on|meta|byline|updated|modified)(?:$|[\s_-])|date|publish|posted|byline|[a-z]Date|timestamp",
)

# What the classes and tags around a place say of it; a place inherits what its ancestors say.
_AROUND: dict[str, re.Pattern[str]] = {
    "comment": re.compile(r"comment|discussion-?repl|disqus|(?:^|[\s_-])repl(?:y|ies)(?:$|[\s_-])", re.IGNORECASE),
    "related": re.compile(r"related|recommend|popular|latest|trending|recent|you-?may|more-?(?:posts|stories|articles|from)|read-?next|read-?more|upcoming|similar|teaser|carousel|slider", re.IGNORECASE),
    "card": re.compile(r"(?:^|[\s_-])(?:card|cards|tile|grid|list|items?|feed|archive|loop|query)(?:$|[\s_-])|post-?list|(?:list|grid|card)-?item", re.IGNORECASE),
    "side": re.compile(r"sidebar|widget|(?:^|[\s_-])aside(?:$|[\s_-])|rail(?:$|[\s_-])", re.IGNORECASE),
    "foot": re.compile(r"foot|copyright|legal|colophon", re.IGNORECASE),
    "nav": re.compile(r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|topbar|banner|cookie|modal|popup)(?:$|[\s_-])", re.IGNORECASE),
    "meta": re.compile(r"meta|byline|by-?line|posted|publish|entry-?(?:date|header)|post-?(?:date|info|header)|article-?(?:info|header|date)|dateline|(?:^|[\s_-])info(?:$|[\s_-])", re.IGNORECASE),
    "head": re.compile(r"header|hero|headline|title|masthead|intro", re.IGNORECASE),
    "bio": re.compile(r"(?:^|[\s_-])bio|biograph|about-?(?:the-?)?author|author-?(?:bio|box|info|card|block|desc|about)", re.IGNORECASE),
    "review": re.compile(r"review(?:ed)?|medical|fact-?check|edited|editor", re.IGNORECASE),
    "event": re.compile(r"event|calendar|countdown", re.IGNORECASE),
    "product": re.compile(r"product|price|cart|shop|rating|testimonial|quote", re.IGNORECASE),
    "content": re.compile(r"(?:entry|post|article|main|page|story|body|text)-?_?(?:content|body|text)|richtext|prose|(?:^|[\s_-])content(?:$|[\s_-])", re.IGNORECASE),
    "author": re.compile(r"author|byline|writer|(?:^|[\s_-])vcard", re.IGNORECASE),
    "date": re.compile(r"date|time|publish|posted", re.IGNORECASE),
    "updated": re.compile(r"updat|modif|revis|last-?edit", re.IGNORECASE),
    "published": re.compile(r"publish|posted|created|pubdate|entry-?date", re.IGNORECASE),
    "post": re.compile(r"(?:^|[\s_-])(?:post|message|topic|thread|messages)(?:$|[\s_-])|message-|post-\d|postbit", re.IGNORECASE),
    "user": re.compile(r"user|member|poster|profile|account", re.IGNORECASE),
}
_TAGS = {"footer": "foot", "aside": "side", "nav": "nav", "header": "head", "article": "article", "main": "main", "blockquote": "quote", "li": "li", "td": "cell", "form": "nav",
         "table": "table", "dialog": "nav", "p": "p", "time": "time", "a": "a", "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "figcaption": "caption", "figure": "caption", "pre": "code", "code": "code"}
NAMES = tuple(dict.fromkeys([*_AROUND, *_TAGS.values()]))
BITS = {name: 1 << i for i, name in enumerate(NAMES)}


@lru_cache(maxsize=8192)
def _says(classes: str) -> int:
    """Return what class names and an id say, as bits."""
    bits = 0
    for name, pattern in _AROUND.items():
        if pattern.search(classes):
            bits |= BITS[name]
    return bits


@lru_cache(maxsize=8192)
def _hints(classes: str) -> tuple[bool, bool]:
    """Return whether class names speak of an author, of a date."""
    return bool(_AUTHOR_CLASS.search(classes)), bool(_DATE_CLASS.search(classes))


@dataclass(slots=True)
class Spot:
    """A piece of text on the page: an element's own text, or the text after it."""

    text: str
    element: HtmlElement
    """The element that holds the text."""
    index: int
    """How many elements begin before it."""
    before: HtmlElement | None = None
    """Where the text follows a child: that child."""


@dataclass(slots=True)
class Scan:
    """What one walk over the page found."""

    dates: list[Spot] = field(default_factory=list)
    labels: list[tuple[Spot, str, str, str]] = field(default_factory=list)
    """Texts that begin with a label: spot, field, label, rest."""
    authors: list[tuple[HtmlElement, int]] = field(default_factory=list)
    """Elements whose class or link speaks of an author."""
    times: list[tuple[HtmlElement, int]] = field(default_factory=list)
    headings: list[tuple[HtmlElement, int]] = field(default_factory=list)
    elements: int = 0
    paragraphs: int = 0
    prose: int = 0
    """Characters in paragraphs of some length."""
    articles: int = 0
    comments: int = 0
    bits: dict[HtmlElement, int] = field(default_factory=dict)
    near: dict[HtmlElement, int] = field(default_factory=dict)
    """Ancestors of the title's element, with their distance from it."""
    title_index: int | None = None
    by_class: Counter[str] = field(default_factory=Counter)

    def around(self, element: HtmlElement) -> int:
        """Return the bits of what stands around an element: what it and its ancestors say."""
        path: list[HtmlElement] = []
        node: HtmlElement | None = element
        bits = 0
        for _ in range(DEPTH):
            if node is None:
                break
            known = self.bits.get(node)
            if known is not None:
                bits = known
                break
            path.append(node)
            node = node.getparent()
        for node in reversed(path):
            bits |= self._own(node)
            self.bits[node] = bits
        return bits

    def _own(self, node: HtmlElement) -> int:
        bits = 0
        tag = node.tag
        if tag in ("body", "html"):
            return 0
        if (name := _TAGS.get(str(tag))) is not None:
            bits |= BITS[name]
        classes, ident = node.get("class"), node.get("id")
        if classes or ident:
            bits |= _says(f"{classes or ''} {ident or ''}"[:300])
        return bits

    def distance(self, element: HtmlElement) -> int:
        """Return how many steps up and down the tree lie between an element and the title; 20 for far."""
        node: HtmlElement | None = element
        for up in range(20):
            if node is None:
                break
            down = self.near.get(node)
            if down is not None:
                return up + down
            node = node.getparent()
        return 20

    def set_title(self, element: HtmlElement | None) -> None:
        """Take the element of the title as the point from which distances count."""
        if element is None:
            element = self.headings[0][0] if self.headings else None
        self.near = {}
        self.title_index = next((i for e, i in self.headings if e is element), None)
        down = 0
        while element is not None and down < 14 and element.tag not in ("body", "html"):
            self.near[element] = down
            element = element.getparent()
            down += 1


def scan(dom: Dom) -> Scan:
    """Walk over the page once."""
    found = Scan()
    index = 0
    skip: HtmlElement | None = None
    for element in dom.root.iter():
        index += 1
        tag = element.tag
        if type(tag) is not str:
            continue
        if tag in _SKIP:
            text = None
            skip = element
        else:
            text = element.text
            classes = element.get("class")
            if classes:
                author, date = _hints(classes[:200])
                if author and len(found.authors) < MOST:
                    found.authors.append((element, index))
                if "omment" in classes:
                    found.comments += 1
                if date and (shown := element.get("title")) and len(found.dates) < MOST and _YEAR.search(shown[:100]):
                    found.dates.append(Spot(shown[:100], element, index))
            if "-" in tag and element.get("datetime") and len(found.times) < MOST:  # <relative-time datetime>
                found.times.append((element, index))
            if tag == "a":
                href = element.get("href")
                if (element.get("rel") == "author" or (href and _PROFILE.search(href[:300]))) and len(found.authors) < MOST:
                    found.authors.append((element, index))
            elif tag == "time":
                if len(found.times) < MOST:
                    found.times.append((element, index))
            elif tag == "p":
                found.paragraphs += 1
                if text and len(text) > 60:
                    found.prose += len(text)
            elif tag == "article":
                found.articles += 1
            elif tag in ("h1", "h2") and len(found.headings) < MOST:
                found.headings.append((element, index))
        if text and len(text) > 1:
            _text(found, text, element, index, None)
        tail = element.tail
        if tail and len(tail) > 1:
            parent = element.getparent()
            if parent is not None and parent.tag not in _SKIP:
                _text(found, tail, parent, index, element)
    found.elements = index
    return found


_PROFILE = re.compile(r"/(?:authors?|autor|auteur|people|person|profiles?|users?|members?|staff|contributors?|writers?|team|by|u)/[^/?#]{2,}|[?&]author=|member\.php", re.IGNORECASE)
_BY = re.compile(r"\s*(?:by|written by|posted by|von|par|por|di|door|af|av|oleh|بقلم|كتب|文|作者|著者|저자|글|автор|автори?ы?)\b", re.IGNORECASE)


def _text(found: Scan, text: str, element: HtmlElement, index: int, before: HtmlElement | None) -> None:
    """Keep a text that bears a year or begins with a label."""
    if ("20" in text or "19" in text or not text.isascii() or "/" in text or "." in text) and len(found.dates) < MOST and _YEAR.search(text if len(text) < 400 else text[:400]):
        found.dates.append(Spot(text if len(text) < 400 else text[:400], element, index, before))
    if len(found.labels) < MOST:
        head = text[:60].strip() if len(text) < 600 else ""
        if head and (":" in head or "：" in head or _BY.match(head) or len(head) <= 16):
            label = label_at_start(clean_line(text[:300]))
            if label is None and (by := _BY.match(head)) and len(text) < 300:
                whole = clean_line(text)
                label = ("authors", by[0].strip(), whole[len(by[0].strip()) :].strip())
            if label is not None:
                found.labels.append((Spot(text[:300], element, index, before), *label))
