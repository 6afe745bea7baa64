"""A page as a tree, parsed once: character set, limits, base address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

from models.errors import ExtractError
from scrapers.base import Page
from scrapers.sniff.charset import charset_of, codec
from scrapers.values.addresses import same_site

__all__ = ["Dom", "charset_of", "dom_of", "parse"]

MAX_BYTES = 50_000_000
MAX_TAGS = 600_000
"""Start and end tags, comments: a tree of these takes about 150 MB."""
MAX_ATTRIBUTES = 20_000
"""On one element: libxml2 compares each with all before it, 100,000 take it ten seconds."""
TOO_DEEP = 2048
"""Where libxml2 gives up on a document."""
ENDS = re.compile(rb"</(?:body|html)\b[^<>]*>", re.I)
"""Left out: what stands after them is the page's as well (HTML, 13.2.6.4.19 and 22), but libxml2 would drop it."""
FLATTENED = (
    (re.compile(rb"</?(?:a|b|big|center|em|font|i|ins|s|small|span|strike|strong|tt|u)\b[^<>]*>", re.I), b""),
    (re.compile(rb"</?(?!(?:p|br|script|style|head|title|meta)\b)[a-z][^<>]*>", re.I), b"<p>"),
)
"""What is done to a page that is nested too deep: first without its inline tags, then without all but paragraphs."""
IN_HEAD = frozenset(["title", "meta", "link", "script", "style", "base", "noscript", "template", "bgsound", "basefont"])
ITEMS: Mapping[str, frozenset[str]] = {
    "li": frozenset(["li"]),
    "dt": frozenset(["dt", "dd"]),
    "dd": frozenset(["dt", "dd"]),
}
"""The item of a list that ends where another begins (HTML, 13.2.6.4.7)."""
_LEFT_OPEN = "a abbr address b big cite code div em font i label mark nobr p s small span strike strong tt u"
LEFT_OPEN = frozenset(_LEFT_OPEN.split())
"""What ends with such an item, although its own end tag is missing."""
SECTIONS = frozenset(["tbody", "thead", "tfoot"])
TABLE_PARTS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "td": (frozenset(["td", "th"]), frozenset(["table", "tr"])),
    "th": (frozenset(["td", "th"]), frozenset(["table", "tr"])),
    "tr": (frozenset(["tr"]), SECTIONS | {"table"}),
    **dict.fromkeys(SECTIONS, (SECTIONS, frozenset(["table"]))),
}
"""The part of a table that ends where another begins, with all that is open in it (13 to 15); where a part stands."""
USUAL = frozenset(["ul", "ol", "dl", "tr", "table"]) | SECTIONS
"""What nearly all of them stand in."""
NON_CHARACTERS = re.compile("[\x00\ufffe\uffff]")
TAG = re.compile(
    rb"<[a-zA-Z][^\s>/]*+((?:[\s/]++(?:[^\s=>/][^\s=>/]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+)?+)*+)"
)
ATTRIBUTE = re.compile(rb"[\s/]++[^\s=>/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+")


HOOKS = ("data-hook", "data-testid", "data-automation-id", "data-qa")
"""Attributes by which site builders name what an element holds, where its classes are made by a machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dom:
    """A parsed page."""

    root: lxml_html.HtmlElement
    url: str
    """The page's final address."""
    base_url: str
    """What relative links are resolved against: `<base href>` on the same site, else the page's address."""
    elements: list[lxml_html.HtmlElement] = field(repr=False)
    """All of them in their order. Kept, as lxml makes a new object for an element that nobody refers to."""
    cut: str | None = None
    """Which limit the page went over, where only its beginning was read."""
    hooks: tuple[str, ...] = ()
    """Those of `HOOKS` that the page uses."""
    _tagged: dict[str, list[int]] = field(default_factory=dict, repr=False, compare=False)
    """The places in `elements` of those with a tag, by tag; made when a tag is first asked for."""

    def tagged(self, *tags: str) -> list[lxml_html.HtmlElement]:
        """Return the elements with one of the tags, in their order."""
        if not self._tagged:
            places_by_tag = defaultdict(list)
            for place, element in enumerate(self.elements):
                places_by_tag[element.tag].append(place)
            self._tagged.update(places_by_tag)
        places = [place for tag in tags for place in self._tagged.get(tag, ())]
        return [self.elements[place] for place in (sorted(places) if len(tags) > 1 else places)]


@lru_cache(maxsize=1)
def _parse_once(content: bytes, content_type: str | None, url: str) -> Dom:
    return parse(content, content_type, url)


def dom_of(page: Page) -> Dom:
    """Return the tree of a page; the last one is kept, so that a site's own methods share it with the reader."""
    return _parse_once(page.content, page.header("content-type"), page.final_url)


def parse(content: bytes, content_type: str | None, url: str, *, any_base: bool = False) -> Dom:
    """Return the page's tree; raises ExtractError for what cannot be parsed within the limits.

    Its `<base>` counts only where it leads to the page's own site; with `any_base` always, as in browsers.
    """
    if len(content) > MAX_BYTES:
        raise ExtractError(url, f"the page is {len(content):,} bytes long; at most {MAX_BYTES:,} are read")
    content = _as_utf8(content, content_type)
    if not content.strip():
        raise ExtractError(url, "the page is empty")
    _check_attributes(content, url)
    content, cut = _within(ENDS.sub(b"", content))
    root, too_deep = _tree(content, url)
    if too_deep:
        cut = f"elements are nested more than {TOO_DEEP:,} deep; their nesting was ignored"
        for tags, instead in FLATTENED:
            root, too_deep = _tree(tags.sub(instead, content), url)
            if not too_deep:
                break
    elements = list(root.iter(etree.Element))
    hooks = tuple(name for name in HOOKS if name.encode() in content)
    return Dom(root=root, url=url, base_url=_base(root, url, any_base), elements=elements, cut=cut, hooks=hooks)


@cache
def _classes() -> etree.ElementDefaultClassLookup:
    """Return one class for all elements: lxml.html would choose it in Python, element by element."""
    return etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement)


def _tree(content: bytes, url: str) -> tuple[lxml_html.HtmlElement, bool]:
    """Return a tree, and whether the parser gave up on it half-way because of its depth."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_classes())
    try:
        root = etree.fromstring(content, parser)
    except etree.LxmlError as error:
        raise ExtractError(url, f"the page can't be parsed as HTML: {error}") from error
    if root is None:
        raise ExtractError(url, "the page is empty")
    _settle(root)
    _unnest(root)
    return root, any("depth" in entry.message for entry in parser.error_log.filter_from_fatals())


def _settle(root: lxml_html.HtmlElement) -> None:
    """Move what stands in the head and does not belong there into the body, as browsers do (HTML, 13.2.6.4.4).

    libxml2 keeps elements that are newer than itself, `<article>` or `<main>`, in the head of a page without `<body>`.
    """
    head = root.find("head")
    strays = [child for child in head if child.tag not in IN_HEAD] if head is not None else []
    if not strays:
        return
    body = root.find("body")
    if body is None:
        body = root.makeelement("body")
        root.append(body)
    body[:0] = strays


def _unnest(root: lxml_html.HtmlElement) -> None:
    """Put items, rows and cells that stand within the one before them behind it, as browsers do.

    libxml2 leaves an item open while another element in it is: `<td><font>one<tr><td><font>two` has a row in a row.
    """
    first: dict[etree._Element, etree._Element] = {}
    last: dict[etree._Element, etree._Element] = {}
    tails: dict[etree._Element, str] = {}
    for element in [e for e in root.iter(*ITEMS, *TABLE_PARTS) if (p := e.getparent()) is None or p.tag not in USUAL]:
        around = _left_open(element)
        if around is None:
            continue
        start = first.setdefault(around, around)
        if start not in last:
            tails[start], start.tail = start.tail or "", None
        _insert_after(last.get(start, start), element)
        first[element], last[start] = start, element
    for start, tail in tails.items():
        last[start].tail = f"{last[start].tail or ''}{tail}"


def _left_open(element: etree._Element) -> etree._Element | None:
    """Return the element around one that ends where this begins; None where it stands where it may."""
    tag = str(element.tag)
    ends, within = TABLE_PARTS.get(tag) or (ITEMS[tag], frozenset())
    for around in element.iterancestors():
        if around.tag in ends:
            return around
        if around.tag in within or (tag in ITEMS and around.tag not in LEFT_OPEN):
            return None
    return None


def _insert_after(before: etree._Element, element: etree._Element) -> None:
    """Move an element, with the text after it, behind another and the text after that."""
    parent = before.getparent()
    if parent is not None and before.tail and before.tail.strip():
        parent.insert(parent.index(before) + 1, element)
    else:
        before.addnext(element)


def _as_utf8(content: bytes, content_type: str | None) -> bytes:
    """Return the bytes in valid UTF-8 without NULs, which is all that the parser is ever given."""
    name = charset_of(content, content_type)
    if name == "utf-8":
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            content = content.decode("utf-8", "replace").encode()
        return content.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf")
    text = NON_CHARACTERS.sub("", content.decode(codec(name), "replace"))
    return text.removeprefix("\ufeff").encode("utf-8", "replace")


def _within(content: bytes) -> tuple[bytes, str | None]:
    """Return the beginning of the page that the limit on tags allows, and what to say of the rest."""
    if content.count(b"<") <= MAX_TAGS:
        return content, None
    *_, rest = content.split(b"<", MAX_TAGS)
    return content[: len(content) - len(rest) - 1], f"the page has more than {MAX_TAGS:,} tags; the rest was not read"


def _check_attributes(content: bytes, url: str) -> None:
    """Raise ExtractError if an element has so many attributes that the parser would stall."""
    if content.count(b"=") < MAX_ATTRIBUTES and not _long_tag(content):
        return
    for tag in TAG.finditer(content):
        inside = tag[1]
        if len(inside) > 2 * MAX_ATTRIBUTES and len(ATTRIBUTE.findall(inside)) > MAX_ATTRIBUTES:
            raise ExtractError(url, f"an element has more than {MAX_ATTRIBUTES:,} attributes")


def _long_tag(content: bytes) -> bool:
    """Whether some stretch without `>` is long and broken enough to hold that many attributes without values."""
    return _has_long_stretch(content) and any(
        len(piece) > 2 * MAX_ATTRIBUTES and len(piece.split(None, MAX_ATTRIBUTES)) > MAX_ATTRIBUTES
        for piece in content.split(b">")
    )


def _has_long_stretch(content: bytes) -> bool:
    """Whether somewhere more bytes than twice `MAX_ATTRIBUTES` come without `>`."""
    at = 0
    while len(content) - at > 2 * MAX_ATTRIBUTES:
        last = content.rfind(b">", at, at + 2 * MAX_ATTRIBUTES + 1)
        if last < 0:
            return True
        at = last + 1
    return False


def _base(root: lxml_html.HtmlElement, url: str, anywhere: bool) -> str:
    """Return the base address: the first `<base>` with an address (HTML, 4.2.3), if it counts here."""
    for base in root.iter("base"):
        if href := (base.get("href") or "").strip():
            try:
                resolved: str = urljoin(url, href)
                own = anywhere or _host(resolved) == _host(url) or same_site(resolved, url)
                if urlsplit(resolved).scheme in ("http", "https") and own:
                    return resolved
            except ValueError:
                pass
            break
    return url


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
