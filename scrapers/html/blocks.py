"""A page's tree as a row of text blocks in reading order: paragraphs, headings, items, cells.

One pass over the tree. Elements that part text become nodes, each of which spans a range of blocks; inline elements
only leave their traces (links, emphasis, images) on the block that they lie in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SILENT = frozenset((
    "applet", "area", "audio", "base", "canvas", "col", "colgroup", "datalist", "embed", "frame", "frameset",
    "head", "iframe", "input", "link", "map", "math", "meta", "noembed", "noframes", "object", "optgroup",
    "option", "param", "progress", "meter", "rp", "rt", "script", "select", "source", "style", "svg", "template",
    "textarea", "title", "track", "video",
))  # fmt: skip
"""Elements without text for a reader."""
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "image", "ins", "kbd", "label", "mark", "nobr", "picture", "q", "rb", "rtc", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

(
    NAV, HEADER, FOOTER, ASIDE, ARTICLE, MAIN, SECTION, FORM, LIST, ITEM, TABLE, CELL, QUOTE, PRE, FIGURE,
    DEFINITION, BUTTON, HIDDEN, NOSCRIPT, DIALOG, DETAILS, BODY_PROPERTY, PARAGRAPH, IN_LINK, CAPTION, HEADING,
) = (1 << n for n in range(26))  # fmt: skip
FLAGS = {
    "nav": NAV,
    "header": HEADER,
    "footer": FOOTER,
    "aside": ASIDE,
    "article": ARTICLE,
    "main": MAIN,
    "section": SECTION,
    "form": FORM,
    "fieldset": FORM,
    "ul": LIST,
    "ol": LIST,
    "menu": LIST,
    "li": ITEM,
    "table": TABLE,
    "td": CELL,
    "th": CELL,
    "blockquote": QUOTE,
    "pre": PRE,
    "figure": FIGURE,
    "dl": DEFINITION,
    "button": BUTTON,
    "noscript": NOSCRIPT,
    "dialog": DIALOG,
    "details": DETAILS,
    "p": PARAGRAPH,
    "figcaption": CAPTION,
    "caption": CAPTION,
    "h1": HEADING,
    "h2": HEADING,
    "h3": HEADING,
    "h4": HEADING,
    "h5": HEADING,
    "h6": HEADING,
}
ROLES = {
    "navigation": NAV,
    "menu": NAV,
    "menubar": NAV,
    "banner": HEADER,
    "contentinfo": FOOTER,
    "complementary": ASIDE,
    "article": ARTICLE,
    "main": MAIN,
    "search": FORM,
    "dialog": DIALOG,
    "alertdialog": DIALOG,
    "button": BUTTON,
    "list": LIST,
    "listitem": ITEM,
}
PROPERTIES = frozenset(["articleBody", "text", "reviewBody", "description", "mainContentOfPage"])


class Blocks:
    """The blocks of a page and the nodes that they lie in; lists in parallel, one entry a block or a node."""

    __slots__ = (
        "breaks",
        "images",
        "levels",
        "linked",
        "links",
        "node_elements",
        "node_ends",
        "node_flags",
        "node_keys",
        "node_parents",
        "node_starts",
        "node_tags",
        "owners",
        "strong",
        "texts",
    )

    def __init__(self) -> None:
        self.texts: list[str] = []
        """White space collapsed; line breaks of `br` and `pre` kept."""
        self.owners: list[int] = []
        """The node whose own text a block is."""
        self.linked: list[int] = []
        """Characters inside links."""
        self.strong: list[int] = []
        """Characters inside emphasis."""
        self.links: list[int] = []
        self.images: list[int] = []
        self.breaks: list[int] = []
        self.levels: list[int] = []
        """1 to 6 in a heading, else 0."""
        self.node_elements: list[HtmlElement] = []
        self.node_tags: list[str] = []
        self.node_keys: list[str] = []
        """Class, id, role and the like, as one string."""
        self.node_parents: list[int] = []
        self.node_flags: list[int] = []
        """What a node is or lies in."""
        self.node_starts: list[int] = []
        """The first block of a node ..."""
        self.node_ends: list[int] = []
        """... and the one after its last."""

    def part(self, begin: int, end: int) -> Blocks:
        """Return the blocks from `begin` up to `end` with the nodes that hold some of them, as a page of its own."""
        out = Blocks()
        for name in ("texts", "linked", "strong", "links", "images", "breaks", "levels"):
            setattr(out, name, getattr(self, name)[begin:end])
        kept = [n for n, last in enumerate(self.node_ends) if last > begin and self.node_starts[n] < end]
        numbers = {n: number for number, n in enumerate(kept)}
        out.owners = [numbers[owner] for owner in self.owners[begin:end]]
        out.node_parents = [numbers.get(self.node_parents[n], -1) for n in kept]
        out.node_starts = [max(self.node_starts[n], begin) - begin for n in kept]
        out.node_ends = [min(self.node_ends[n], end) - begin for n in kept]
        for name in ("node_elements", "node_tags", "node_keys", "node_flags"):
            values = getattr(self, name)
            setattr(out, name, [values[n] for n in kept])
        return out


_FOR_LISTENERS = re.compile(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text|-only)?|a11y-hidden)(?:\s|$)")
"""Classes of words that are read out and not shown: `(opens in a new window)`."""


def _hides(name: str, value: str) -> bool:
    """Whether an attribute hides its element from every reader."""
    return name == "hidden" or (
        name == "style" and "none" in value and "display:none" in value.replace(" ", "").lower()
    )


@lru_cache(maxsize=10_000)
def _is_for_listeners(classes: str) -> bool:
    return _FOR_LISTENERS.search(classes) is not None


def _is_unseen(attributes: list[tuple[str, str]]) -> bool:
    """Whether words within a line are not shown."""
    return any(_is_for_listeners(value) if name == "class" else _hides(name, value) for name, value in attributes)


KEEP = frozenset(["class", "id", "role", "itemprop", "data-testid", "data-component", "aria-label"])
"""Attributes whose values make a node's key."""


def blocks(root: HtmlElement) -> Blocks:
    """Return the blocks of a page."""
    walk = _Walk()
    elements = root.iter()
    for element in elements:
        walk.leave_up_to(element.getparent() if element is not root else None)
        tag = element.tag
        if tag in INLINE:
            if not _is_unseen(element.items()):
                walk.enter_inline(element, tag)
                continue
        elif tag == "br":
            walk.break_line()
        elif tag not in SILENT and isinstance(tag, str):
            walk.enter_node(element, tag)
            continue
        if len(element):
            for _ in element.iterdescendants():
                next(elements)
        if text := element.tail:
            walk.add(text)
    walk.leave_up_to(None)
    return walk.out


class _Walk:
    """Where a walk over the tree has come to: the block that is being gathered, and what it lies in."""

    __slots__ = (
        "break_pending",
        "breaks",
        "flags",
        "images",
        "in_link",
        "in_strong",
        "level",
        "linked",
        "links",
        "node",
        "open",
        "out",
        "pieces",
        "strong",
    )

    def __init__(self) -> None:
        self.out = Blocks()
        self.open: list[tuple[HtmlElement | None, tuple[Any, ...]]] = [(None, ())]
        """The elements that the walk is in, each with the state to restore behind it; the first stands for none."""
        self.pieces: list[str] = []
        """The text of the block so far; the counts beside it go with it."""
        self.linked = self.strong = self.links = self.images = self.breaks = 0
        self.break_pending = False
        """Whether nothing but white space came since a `br`: a second one parts the block."""
        self.node, self.flags, self.level = -1, 0, 0
        self.in_link = self.in_strong = False

    def leave_up_to(self, parent: HtmlElement | None) -> None:
        """Leave the elements that end before a child of `parent` begins, and add the text after each."""
        while self.open[-1][0] is not parent:
            element, saved = self.open.pop()
            if len(saved) == 2:
                self.in_link, self.in_strong = saved
            else:
                if self.pieces:
                    self._end_block()
                self.out.node_ends[self.node] = len(self.out.texts)
                self.in_link, self.in_strong, self.node, self.flags, self.level = saved
                self.links = int(self.in_link)
            if element is not None and (text := element.tail):
                self.add(text)

    def enter_inline(self, element: HtmlElement, tag: str) -> None:
        """Note what an inline element does to the block that it lies in."""
        self.open.append((element, (self.in_link, self.in_strong)))
        if tag == "a":
            self.links += 1
            if element.get("href") is not None:
                self.in_link = True
        elif tag == "strong" or tag == "b":
            self.in_strong = True
        elif tag == "img" or tag == "image":
            self.images += 1
        if text := element.text:
            self.add(text)

    def break_line(self) -> None:
        """Begin a line of the block, or at a second `br` in a row a block."""
        if self.break_pending and self.pieces:
            self._end_block()
        else:
            self.pieces.append("\n")
            self.breaks += 1
            self.break_pending = True

    def enter_node(self, element: HtmlElement, tag: str) -> None:
        """End the block, and begin a node."""
        if self.pieces:
            self._end_block()
        out = self.out
        self.open.append((element, (self.in_link, self.in_strong, self.node, self.flags, self.level)))
        key, own_flags = _attributes(element)
        flags = self.flags | FLAGS.get(tag, 0) | own_flags
        if self.in_link:
            flags |= IN_LINK
        out.node_parents.append(self.node)
        self.node, self.flags = len(out.node_elements), flags
        out.node_elements.append(element)
        out.node_tags.append(tag)
        out.node_keys.append(key)
        out.node_flags.append(flags)
        out.node_starts.append(len(out.texts))
        out.node_ends.append(0)
        self.level = HEADINGS.get(tag, self.level)
        if text := element.text:
            self.add(text)

    def add(self, text: str) -> None:
        """Add text to the block."""
        preformatted = self.flags & PRE
        if text.isspace():
            if not self.pieces and not preformatted:
                return
        else:
            self.break_pending = False
            if self.in_link or self.in_strong:
                length = len(" ".join(text.split()))
                if self.in_link:
                    self.linked += length
                if self.in_strong:
                    self.strong += length
        if not preformatted and "\n" in text:
            text = text.replace("\n", " ")
        self.pieces.append(text)

    def _end_block(self) -> None:
        """Write the block if it has text; else its images count for the next block."""
        if text := self._collapsed():
            out = self.out
            out.texts.append(text)
            out.owners.append(self.node)
            out.linked.append(min(self.linked, len(text)))
            out.strong.append(min(self.strong, len(text)))
            out.links.append(self.links)
            out.images.append(self.images)
            out.breaks.append(self.breaks)
            out.levels.append(self.level)
            self.images = 0
        self.linked = self.strong = self.breaks = 0
        self.links = int(self.in_link)
        self.break_pending = False
        self.pieces.clear()

    def _collapsed(self) -> str:
        joined = "".join(self.pieces)
        if self.flags & PRE:
            text = "\n".join(line.rstrip() for line in joined.split("\n")).strip("\n")
            return text if text.strip() else ""
        if self.breaks:
            return "\n".join(filter(None, (" ".join(line.split()) for line in joined.split("\n"))))
        return " ".join(joined.split())


def _attributes(element: HtmlElement) -> tuple[str, int]:
    """Return a node's key, and what its attributes make it, as flags."""
    words: list[str] = []
    flags = 0
    for name, value in element.items():
        if name in KEEP:
            words.append(value if name == "class" else f"{name}={value}")
            if name == "role":
                flags |= ROLES.get(value, 0)
            elif name == "itemprop" and value in PROPERTIES:
                flags |= BODY_PROPERTY
        elif name == "aria-modal":
            flags |= DIALOG
        elif (name == "aria-hidden" and value == "true") or _hides(name, value):
            flags |= HIDDEN
    return " ".join(words), flags
