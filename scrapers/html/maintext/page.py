"""What a page says of itself as a whole, as far as it helps to tell content from the rest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapers.html.maintext.words import bucket, names_of, page_buckets

if TYPE_CHECKING:
    from scrapers.html.blocks import Blocks
    from scrapers.html.dom import Dom

TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"([A-Za-z]{2,40})"')
LETTERS = re.compile("[a-z]+")
LONG = 5000
"""Characters of a title or of descriptions that are looked at."""
SCRIPT = 300_000
"""Characters of a JSON-LD script in which types are looked for."""
COUNTED = (
    "article", "blockquote", "button", "dl", "figure", "form", "h2", "h3", "li", "p", "pre", "section", "table",
    "td", "ul",
)  # fmt: skip
"""Elements whose number, to a power of two, helps to tell a manual from a shop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A page as a whole."""

    title: str = ""
    told: str = ""
    """Its descriptions."""
    buckets: tuple[int, ...] = ()
    """Hashed words from its address, its metadata and the names of its elements."""


def about(dom: Dom, page: Blocks) -> About:
    """Return what a page says of itself."""
    title = next((element.text or "" for element in dom.tagged("title")), "")
    told: list[str] = []
    words: set[str] = _address_words(dom.url)
    for meta in dom.tagged("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        content = meta.get("content") or ""
        if name == "og:title":
            title = content or title
        elif name in ("og:description", "description"):
            told.append(content)
        if name == "og:type":
            words.add(f"o:{content[:30].lower()}")
        elif name == "generator":
            words.add(f"g:{content[:30].split(' ')[0].lower()}")
        elif name:
            words.add(f"m:{name[:30]}")
    for script in dom.tagged("script"):
        if "ld+json" in (script.get("type") or ""):
            words.update(f"j:{kind}" for kind in TYPE.findall((script.text or "")[:SCRIPT]))
    counts = Counter(page.node_tags)
    words.update(f"n:{tag}:{counts[tag].bit_length()}" for tag in COUNTED)
    names = set(chain.from_iterable(map(names_of, set(page.node_keys))))
    buckets = {*map(bucket, words), *chain.from_iterable(map(page_buckets, names))}
    return About(title=title[:LONG], told=" ".join(told)[:LONG], buckets=tuple(sorted(buckets)))


def _address_words(url: str) -> set[str]:
    try:
        parts = urlsplit(url.lower())
        host = parts.hostname or ""
    except ValueError:
        return set()
    steps = [step for step in parts.path.split("/") if step]
    words = {f"depth:{min(len(steps), 5)}"}
    words.update(f"u:{step[:30]}" for step in steps[:-1][:4])
    words.update(f"p:{word}" for word in LETTERS.findall(parts.path[:500]))
    words.update(f"h:{label}" for label in host.split(".")[:-1])
    if steps:
        last = steps[-1]
        words.add("last:number" if last.isdigit() else "last:slug" if last.count("-") >= 3 else "last:short")
    if parts.query:
        words.add("query")
    return words
