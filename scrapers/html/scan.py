"""One walk over a page for what is visible: dates, labels, bylines, and where on the page they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from scrapers.html.dom import Dom
from scrapers.values.bylines import BY, BY_HEADS
from scrapers.values.labels import field_by_word, label_at_start, labelled
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST = 400
DEPTH = 60

TIMES = ("datetime", "ts", "timestamp")
"""Attributes in which `time` and custom elements (`relative-time`) hold their moment."""

_SKIP = frozenset(["script", "style", "noscript", "template", "svg", "textarea", "option", "select"])
YEAR = re.compile(
    r"(?<!\d)(?:19|20|1[34]|25)\d\d(?!\d)|年|[^\D0-9]{4}|년|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)"
    r"|(?<!\d)1[01]\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
)
"""What may be a year, or the day of one."""
YEAR_IN_ASCII = re.compile(
    r"[0-9](?<![0-9][0-9])(?:(?:(?<=1)[349]|(?<=2)[05])[0-9]{2}(?![0-9])|[0-9]?[./-][0-9]{1,2}[./-][0-9]{2}(?![0-9])"
    r"|(?<=1)[01][0-9][./-][0-9]{1,2}[./-][0-9]{1,2}(?![0-9]))"
)
"""The same for texts of ASCII alone. As it begins with a digit, the search passes over all else at once."""
_KIND_CLASS = re.compile(
    r"(?:^|[\s_-])(?:content|document|doc|resource|publication|item|post|article|page|media|asset|node)[-_]{0,2}(?:type|kind|format)"
    r"(?:[-_]{0,2}(?:label|name|tag))?(?:$|\s)|tag-value--format|(?:^|\s)(?:eyebrow|kicker)[-_]?(?:type|label)(?:$|\s)",
    re.IGNORECASE,
)

# What the words of classes and ids around a place say of it; a place inherits what its ancestors say.
_AROUND: dict[str, str] = {
    "comment": r"comment|disqus|^repl(?:y|ies)$|respond",
    "related": r"related|recommend|popular|latest|trending|recent|upcoming|similar|teaser|carousel|slider|^next$",
    "card": r"^cards?$|^tiles?$|^grid$|^lists?$|^items?$|^feed$|^archive$|^loop$|^query$|cardlist|listitem",
    "side": r"sidebar|widget|^aside$|^rail$|sidecol",
    "foot": r"foot|copyright|legal|colophon",
    "nav": r"^nav|^menu|breadcrumb|topbar|banner|cookie|modal|popup|toolbar",
    "meta": r"meta|byline|posted|publish|dateline|^info$|^details$",
    "head": r"header|hero|headline|title|masthead|intro",
    "bio": r"^bio$|biograph|bio$|^about$",
    "review": r"review|medical|factcheck|editor",
    "event": r"event|calendar|countdown",
    "product": r"product|price|cart|^shop|rating|testimonial|quote",
    "content": r"content|^body$|richtext|prose|^text$",
    "author": r"author|byline|writer|^vcard$|^autor|auteur|journalist|contributor|creator",
    "date": r"date|^time|time$|publish|posted|timestamp|^datum|fecha",
    "updated": r"updat|modif|revis|^lastedit",
    "published": r"publish|posted|created|pubdate",
    "post": r"^posts?$|^messages?$|^topic|^thread|postbit",
    "user": r"user|member|poster|profile|account",
    "attached": r"attach|download|^files?$|^documents?$|bitstream",
    "frame": r"^nav|^menu|footer|breadcrumb|^share|sharing|^social|sidebar|cookie|paginat|^pager$",
    "languages": r"^languages?$|^lang$|translation|^locale",
    "name": r"^username$|^by$|^written$",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _AROUND.items()}
_TAGS = {
    "footer": "foot", "aside": "side", "nav": "nav", "header": "head", "article": "article", "main": "main",
    "blockquote": "quote", "li": "li", "td": "cell", "form": "nav", "table": "table", "dialog": "nav", "p": "p",
    "time": "time", "a": "a", "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading",
    "figcaption": "caption", "figure": "caption", "pre": "code", "code": "code",
}  # fmt: skip
NAMES = tuple(dict.fromkeys([*_AROUND, *_TAGS.values()]))
BITS = {name: 1 << i for i, name in enumerate(NAMES)}


_NAMED = BITS["author"] | BITS["name"]
_DATED = BITS["date"] | BITS["meta"]
_KIND = 1 << len(NAMES)
"""A further bit beside those of `BITS`: the classes name the kind of document."""
_CLASS_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}")


@lru_cache(maxsize=50_000)
def _word(word: str) -> int:
    """Return what one word of a class says, as bits."""
    bits = 0
    for name, pattern in _PATTERNS.items():
        if pattern.search(word):
            bits |= BITS[name]
    return bits


@lru_cache(maxsize=16_384)
def _says(classes: str) -> int:
    """Return what class names or an id say, as bits; of long lists (utility classes) the beginning counts."""
    classes = classes[:200]
    bits = 0
    for word in _CLASS_WORD.findall(classes):
        bits |= _word(word.lower())
    if ("type" in classes or "format" in classes or "kind" in classes) and _KIND_CLASS.search(classes):
        bits |= _KIND
    if "user" in classes and _USER_NAME.search(classes):
        bits |= BITS["name"]
    return bits


_USER_NAME = re.compile(r"(?:^|[\s_-])user[-_]?[Nn]ame(?:$|[\s_-])")


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
    kinds: list[HtmlElement] = field(default_factory=list)
    """Elements whose class speaks of the kind of document."""
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
    title: HtmlElement | None = None
    """The element of the title, where one is known."""
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
            bits |= self.own(node)
            self.bits[node] = bits
        return bits

    def own(self, node: HtmlElement) -> int:
        """Return the bits of what an element alone says, whatever stands around it."""
        bits = 0
        tag = node.tag
        if tag in ("body", "html"):
            return 0
        if (name := _TAGS.get(str(tag))) is not None:
            bits |= BITS[name]
        classes, ident = node.get("class"), node.get("id")
        if classes or ident:
            if classes:
                bits |= _says(classes)
            if ident:
                bits |= _says(ident)
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
        self.title = element
        if element is None:
            element = self.headings[0][0] if self.headings else None
        self.near = {}
        self.bits = {}
        self.title_index = next((i for e, i in self.headings if e is element), None)
        down = 0
        while element is not None and down < 14 and element.tag not in ("body", "html"):
            self.near[element] = down
            element = element.getparent()
            down += 1


RECURRING, SHORT = 10_000, 100
"""How many short texts and addresses are remembered with what they say, and how many characters such a text has."""

_TITLE_CLASS = re.compile(
    r"(?:entry|post|article|page|node|story|content|document)[-_]{0,2}title|headline", re.IGNORECASE
)
PROFILE = re.compile(
    r"/(?:authors?|autor(?:e[ns]?|i)?|auteurs?|people|person|profiles?|users?|members?|staff|contributors?|writers?|editors|reporters?|team|by|u)/[^/?#]{2,}|\?author=|&author=|member\.php"
)
"""Addresses of people, in lower case. Each choice begins with a character of its own, which makes the search quick."""


def scan(dom: Dom) -> Scan:
    """Walk over the page once."""
    found = Scan(elements=len(dom.elements))
    hooks = _hooks(dom)
    for index, element in enumerate(dom.elements, 1):
        tag = element.tag
        if tag not in _SKIP:
            classes = element.get("class")
            if hooks and element in hooks:
                classes = f"{classes or ''} {hooks[element]}"
            if classes:
                _classes(found, classes, element, index)
            if tag in _TELLING or "-" in tag:
                _tag(found, tag, element, index)
            if (text := element.text) and not text.isspace():
                _text(found, text, element, index, None)
        if (tail := element.tail) and not tail.isspace():
            parent = element.getparent()
            if parent is not None and parent.tag not in _SKIP:
                _text(found, tail, parent, index, element)
    return found


_OF_THEIR_OWN = ("byline", "author")
"""Tags that name what they hold, which are none of HTML's."""


def _hooks(dom: Dom) -> dict[HtmlElement, str]:
    """Return the elements that a builder's attribute, or a tag of its own, names for an author, with that name."""
    elements = dom.elements if dom.hooks else []
    names = {element: name for key in dom.hooks for element in elements if (name := element.get(key))}
    names |= {element: str(element.tag) for element in dom.tagged(*_OF_THEIR_OWN)}
    return {element: name for element, name in names.items() if _says(name) & _NAMED}


def _classes(found: Scan, classes: str, element: HtmlElement, index: int) -> None:
    """Keep an element whose class names say what it holds."""
    bits = _says(classes)
    if not bits:
        return
    if bits & _KIND and len(found.kinds) < 20:
        found.kinds.append(element)
    if bits & _NAMED and len(found.authors) < MOST:
        found.authors.append((element, index))
    if bits & BITS["comment"] and "omment" in classes:
        found.comments += 1
    if bits & _DATED and len(found.dates) < MOST and (shown := element.get("title")) and YEAR.search(shown[:100]):
        found.dates.append(Spot(shown[:100], element, index))


_TELLING = frozenset(["a", "article", "h1", "h2", "h3", "p", "time"])
"""Tags that say something by themselves; custom elements, with a hyphen in their names, may hold times."""


def _tag(found: Scan, tag: str, element: HtmlElement, index: int) -> None:
    """Keep, or count, an element for what its tag is."""
    if tag == "a":
        if len(found.authors) < MOST and _leads_to_person(element):
            found.authors.append((element, index))
    elif tag == "p":
        found.paragraphs += 1
        if (text := element.text) and len(text) > 60:
            found.prose += len(text)
    elif tag == "article":
        found.articles += 1
    elif tag in ("h1", "h2") or (tag == "h3" and _TITLE_CLASS.search(element.get("class") or "")):
        if len(found.headings) < MOST:
            found.headings.append((element, index))
    elif (tag == "time" or ("-" in tag and any(element.get(name) for name in TIMES))) and len(found.times) < MOST:
        found.times.append((element, index))


def _leads_to_person(link: HtmlElement) -> bool:
    """Whether a link is to the page of an author, by its address or its `rel`."""
    href = link.get("href")
    return bool(href and _is_profile(href)) or link.get("rel") == "author"


@lru_cache(maxsize=RECURRING)
def _is_profile(address: str) -> bool:
    return bool(PROFILE.search(address.lower()))


def _text(found: Scan, text: str, element: HtmlElement, index: int, before: HtmlElement | None) -> None:
    """Keep a text that holds a year or begins with a label."""
    holds_year, labels = _says_kept(text) if len(text) <= SHORT else _says_text(text)
    if holds_year and len(found.dates) < MOST:
        found.dates.append(Spot(text[:400], element, index, before))
    if labels and len(found.labels) < MOST:
        for kept, name, label, rest in labels:
            found.labels.append((Spot(text[:kept], element, index, before), name, label, rest))


def _says_text(text: str) -> tuple[bool, tuple[tuple[int, str, str, str], ...]]:
    """Return whether a text holds a year, and its labels, of which a long text has none."""
    years = YEAR_IN_ASCII if text.isascii() else YEAR
    holds_year = _may_hold_year(text) and years.search(text[:400]) is not None
    return holds_year, tuple(_labels(text)) if len(text) <= 600 else ()


_says_kept = lru_cache(maxsize=RECURRING)(_says_text)
"""The same, kept for short texts: most of them are those of menus, which recur on every page of a site."""


def _may_hold_year(text: str) -> bool:
    """Whether a search for years is worth its time; most texts of a page are of letters alone."""
    return "20" in text or "19" in text or (len(text) < 40 and ("/" in text or "." in text)) or not text.isascii()


def _labels(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield (characters to keep, field, label, rest) for the labels and the byline of a text."""
    size = len(text)
    head = text[:60].strip(" \t\r\n\xa0|·•")
    if size <= 40 and (name := field_by_word().get(head.rstrip(":： ").lower())) is not None:
        yield size, name, clean_line(head), ""
    elif size <= 40 and (by := _BY_LAST.fullmatch(head)):
        yield size, "authors", by[1], ""
    elif (":" in head or "：" in head) and label_at_start(_DAY_FIRST.sub("", line := clean_line(text[:300]))):
        for name, label, rest in labelled(line):
            yield 300, name, label, rest
    elif size < 200 and _DIGIT.search(text) and (by := _BY_AFTER_DAY.search(text)):
        yield size, "authors", by[1], clean_line(text[by.end() :])
    elif size < 300 and (":" in head or "：" in head) and not (size < 200 and _MARK.search(text)):
        yield from _byline(text, head)
    elif size < 200 and _MARK.search(text) and len(parts := _PARTED.split(text)) > 1:
        yield from _labels_of_parts(parts, size)
    elif size < 300 and (head[:2].lower() in BY_HEADS or not text.isascii()):
        yield from _byline(text, head)


def _labels_of_parts(parts: list[str], size: int) -> Iterator[tuple[int, str, str, str]]:
    """Yield what is labelled in the parts of a line: `27 April 2015 | Author: A | 5 min read`."""
    for part in parts:
        yield from ((size, name, label, rest) for _, name, label, rest in _labels(part) if rest)


_MARK = re.compile("[|｜·•]")
_PARTED = re.compile(r"\s*[|｜·•]\s*")
_DIGIT = re.compile(r"\d")


def _byline(text: str, head: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield what follows the word `by` at the beginning of a text, in any of some languages."""
    if by := _BY.match(head):
        word = by[0].strip()
        yield len(text), "authors", word, clean_line(text)[len(word) :].strip()


_BY = re.compile(
    rf"\s*(?:{BY}|بقلم|كتب|文|作者|著者|저자|기자명|글쓴이|작성자|글|автор|автори?ы?)\b",
    re.IGNORECASE,
)
_BY_AFTER_DAY = re.compile(
    r"(?:\d[^|·•–—]{0,20}\s*[|·•–—/-]\s*|(?:(?:19|20)\d\d|\d[:.]\d\d(?:\s?(?:uhr|h|[ap]m))?),?\s)"
    r"(by|von|par|por|di|door|af|av|oleh)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
"""A byline behind its day or hour: `March 4, 2024 | By ...`, `06.11.2023 13:30 von ...`."""
_BY_LAST = re.compile(
    r"(?!.*\b(?:powered|hosted|designed|developed|built|maintained|managed|operated|sponsored|optimi[sz]ed|provided"
    r"|brought to you) by$)[^\W\d_][\w\s]{1,28}\s(by|von|par|por|door|oleh)",
    re.IGNORECASE,
)
"""Words that end in `by` before an element with the name: `An article by <b>...`; those of a site's makers are none."""
_DAY_FIRST = re.compile(r"^[\d年月日./: -]{6,24}(?=[^\W\d])")
"""A day before the labels of a line: `2019-08-05 来源：A 作者：B`."""
