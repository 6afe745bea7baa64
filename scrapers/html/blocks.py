"""A page's tree as a row of text blocks in reading order: paragraphs, headings, items, cells.

One pass over the tree. Elements that part text become nodes, each of which spans a range of blocks; inline elements
only leave their traces (links, emphasis, images) on the block that they lie in.
"""

from __future__ import annotations

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


KEEP = frozenset(["class", "id", "role", "itemprop", "data-testid", "data-component", "aria-label"])


def blocks(root: HtmlElement) -> Blocks:
    """Return the blocks of a page."""
    out = Blocks()
    texts, owners, linked, strong = out.texts, out.owners, out.linked, out.strong
    links, images, breaks, levels = out.links, out.images, out.breaks, out.levels
    elements, tags, keys = out.node_elements, out.node_tags, out.node_keys
    parents, flags_of, starts, ends = out.node_parents, out.node_flags, out.node_starts, out.node_ends

    pieces: list[str] = []
    n_linked = n_strong = n_links = n_images = n_breaks = 0
    pending = False  # a br was seen and nothing since
    node = -1
    flags = 0
    level = 0
    in_link = 0
    in_strong = 0
    stack: list[Any] = [root]
    pop, push = stack.pop, stack.append

    def flush() -> None:
        nonlocal n_linked, n_strong, n_links, n_images, n_breaks, pending
        joined = "".join(pieces)
        pieces.clear()
        pending = False
        if flags & PRE:
            text = "\n".join(line.rstrip() for line in joined.split("\n")).strip("\n")
            if not text.strip():
                text = ""
        elif n_breaks:
            text = "\n".join(filter(None, (" ".join(line.split()) for line in joined.split("\n"))))
        else:
            text = " ".join(joined.split())
        if text:
            texts.append(text)
            owners.append(node)
            linked.append(min(n_linked, len(text)))
            strong.append(min(n_strong, len(text)))
            links.append(n_links)
            images.append(n_images)
            breaks.append(n_breaks)
            levels.append(level)
            n_images = 0
        n_linked = n_strong = n_links = n_breaks = 0
        if in_link:
            n_links = 1

    def add(text: str) -> None:
        nonlocal n_linked, n_strong, pending
        if text.isspace():
            if not pieces and not flags & PRE:
                return
        else:
            pending = False
            if in_link or in_strong:
                length = len(" ".join(text.split()))
                if in_link:
                    n_linked += length
                if in_strong:
                    n_strong += length
        if not flags & PRE and "\n" in text:
            text = text.replace("\n", " ")
        pieces.append(text)

    while stack:
        item = pop()
        if type(item) is tuple:  # the end of an element
            element, kind, saved = item
            if kind == 0:
                in_link, in_strong = saved
            else:
                if pieces:
                    flush()
                ends[node] = len(texts)
                node, flags, level, in_link, in_strong = saved
                n_links = 1 if in_link else 0
            if text := element.tail:
                add(text)
            continue
        element = item
        tag = element.tag
        if tag in INLINE:
            saved = (in_link, in_strong)
            if tag == "a":
                n_links += 1
                if element.get("href") is not None:
                    in_link = 1
            elif tag == "strong" or tag == "b":
                in_strong = 1
            elif tag == "img" or tag == "image":
                n_images += 1
            if text := element.text:
                add(text)
            if len(element):
                push((element, 0, saved))
                stack.extend(element[::-1])
            else:
                in_link, in_strong = saved
                if text := element.tail:
                    add(text)
            continue
        if tag == "br":
            if pending and pieces:
                flush()
            else:
                pieces.append("\n")
                n_breaks += 1
                pending = True
            if text := element.tail:
                add(text)
            continue
        if tag in SILENT or not isinstance(tag, str):
            if text := element.tail:
                add(text)
            continue
        if pieces:
            flush()
        saved_node = (node, flags, level, in_link, in_strong)
        own = flags | FLAGS.get(tag, 0)
        key = ""
        if attributes := element.items():
            words = []
            for name, value in attributes:
                if name in KEEP:
                    words.append(value if name == "class" else f"{name}={value}")
                    if name == "role":
                        own |= ROLES.get(value, 0)
                    elif name == "itemprop" and value in PROPERTIES:
                        own |= BODY_PROPERTY
                elif (
                    name == "hidden"
                    or (name == "aria-hidden" and value == "true")
                    or (name == "style" and "none" in value and "display:none" in value.replace(" ", "").lower())
                ):
                    own |= HIDDEN
                elif name == "aria-modal":
                    own |= DIALOG
            if words:
                key = " ".join(words)
        if in_link:
            own |= IN_LINK
        parents.append(node)
        node = len(elements)
        elements.append(element)
        tags.append(tag)
        keys.append(key)
        flags = own
        flags_of.append(own)
        starts.append(len(texts))
        ends.append(0)
        if tag in HEADINGS:
            level = HEADINGS[tag]
        if text := element.text:
            add(text)
        push((element, 1, saved_node))
        if len(element):
            stack.extend(element[::-1])
    return out
