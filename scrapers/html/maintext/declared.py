"""Text that a page holds for machines only: the article or the posts in its JSON-LD.

Pages that are drawn by script often carry their text there and nowhere else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scrapers.html.blocks import blocks
from scrapers.html.maintext.plain import render
from scrapers.values.text import clean_block

if TYPE_CHECKING:
    from scrapers.html.dom import Dom

BODIES = ("articleBody", "reviewBody", "text")
ANSWERS = ("acceptedAnswer", "suggestedAnswer", "comment", "mainEntity")
MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|li|ul|ol|table)\b[^>]{0,1000}>", re.I)
MAX_POSTS = 2000


def declared_text(dom: Dom) -> tuple[str, str] | None:
    """Return the longest text of a page's JSON-LD with its origin, or None where it has none."""
    scripts = [
        script.text
        for script in dom.tagged("script")
        if script.text
        and "ld+json" in (script.get("type") or "")
        and any(f'"{name}"' in script.text for name in BODIES)
    ]
    if not scripts:
        return None
    from scrapers.html import jsonld

    graph = jsonld.read(iter(scripts))
    best: tuple[str, str] | None = None
    for node in (*graph.content, *graph.pages):
        texts: list[str] = []
        origin = _texts(node, texts, 0)
        body = "\n\n".join(texts)
        if origin and (best is None or len(body) > len(best[0])):
            best = body, f"json-ld:{origin}"
    return best


def _texts(node: Any, texts: list[str], depth: int) -> str | None:
    """Collect a node's own text and that of the posts below it; return the property that the first came from."""
    origin = None
    if isinstance(node, list):
        for one in node:
            found = _texts(one, texts, depth)
            origin = origin or found
        return origin
    if not isinstance(node, dict) or depth > 4 or len(texts) >= MAX_POSTS:
        return None
    for name in BODIES:
        if isinstance(value := node.get(name), str) and (text := _plain(value)):
            texts.append(text)
            origin = name
            break
    for name in ANSWERS:
        if name in node:
            below = _texts(node[name], texts, depth + 1)
            origin = origin or below
    return origin


def _plain(value: str) -> str:
    """Return a declared text as plain text: it may be markup, or lines."""
    if MARKUP.search(value):
        from lxml import html

        page = blocks(html.fragment_fromstring(value, create_parent="div"))
        return render(page, list(range(len(page.texts))))
    lines = (" ".join(line.split()) for line in value.splitlines())
    return clean_block("\n\n".join(filter(None, lines)))
