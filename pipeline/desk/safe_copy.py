"""An archived web page as a harmless copy: its words and structure, without scripts, links, addresses, images, forms.

Runs in a reading process. The copy is built anew from what is allowed; nothing of the page is passed through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_KEPT = """
abbr address article aside bdi bdo blockquote body br caption cite code col colgroup dd del details dfn div dl dt em
figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i b ins kbd li main nav ol p pre q rp rt ruby s samp section
small span strong sub summary sup table tbody td tfoot th thead time tr u ul var
"""
KEPT = frozenset(_KEPT.split())
"""Elements that are kept, with the attributes of `_attributes`; of others only the content is."""

_DROPPED = """
applet audio button canvas datalist dialog frameset head iframe map math noscript object optgroup option portal script
select style svg template textarea title video
"""
DROPPED = frozenset(_DROPPED.split())
"""Elements of which nothing is kept."""

EMPTY = frozenset({"br", "hr", "col"})
SPANS = re.compile(r"[1-9]\d?")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
LARGEST = 2_000_000
"""Of a page of this many bytes or more only the text is shown."""
DEEPEST = 200
"""Elements within elements; deeper ones are flattened."""

STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.55 Georgia,serif;margin:1.2rem;max-width:46rem;overflow-wrap:anywhere}
table{border-collapse:collapse;display:block;overflow-x:auto}
td,th{padding:.15rem .5rem;border:1px solid #8886;text-align:start}
mark{background:#ffe48a;color:#1c1b19;padding:0 .1em;box-decoration-break:clone;-webkit-box-decoration-break:clone}
mark[data-field]{outline:2px solid #b3541e;background:#ffd9b8}
mark[data-field]::after{content:" " attr(data-field);
font:600 11px/1 system-ui,sans-serif;color:#8a3a0e;vertical-align:super;white-space:nowrap}
.image{font:.8em system-ui,sans-serif;opacity:.65;border:1px dashed #8888;padding:.1em .4em}
.note{font:.85em system-ui,sans-serif;opacity:.75}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A value as it was printed, to be marked."""

    field: str
    raw: str
    place: str | None


def safe_copy(content: bytes, content_type: str | None, printed: Sequence[Printed]) -> str:
    """Return the copy as a whole HTML document, with the printed values marked."""
    from lxml import html

    from scrapers.sniff.charset import decode

    text = decode(content[:LARGEST], content_type)
    note = "" if len(content) <= LARGEST else "This page is too large to be shown whole; this is its beginning."
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    tree = html.document_fromstring((text.strip() or "<p></p>").encode("utf-8", "replace"), parser=parser)
    places = _places(tree, printed)
    parts = [part for part in _written(tree, places, 0)]
    head = f'<p class="note">{escape(note)}</p>' if note else ""
    language = tree.get("lang") or ""
    known = f' lang="{language}"' if LANGUAGE.fullmatch(language) else ""
    direction = ' dir="rtl"' if (tree.get("dir") or "").lower() == "rtl" else ""
    return _whole(head + "".join(parts), known + direction)


def notice(text: str) -> str:
    """Return a page that says something in the place of a copy."""
    return _whole(f'<p class="note">{escape(text)}</p>')


def _whole(body: str, attributes: str = ' lang="en"') -> str:
    return (
        f"<!doctype html><html{attributes}><head><meta charset=utf-8><title>Archived copy</title>"
        f"<style>{STYLE}</style></head><body>{body}</body></html>"
    )


def _places(tree: HtmlElement, printed: Sequence[Printed]) -> dict[HtmlElement, list[Printed]]:
    """Return the elements in which printed values stand, the smallest that holds each."""
    found: dict[HtmlElement, list[Printed]] = {}
    for value in printed:
        wanted = " ".join(value.raw.split())
        if not wanted or len(wanted) > 500:
            continue
        for within in _candidates(tree, value.place):
            if (element := _smallest(within, wanted)) is not None:
                found.setdefault(element, []).append(value)
                break
    return found


def _candidates(tree: HtmlElement, place: str | None) -> Iterator[HtmlElement]:
    from cssselect import SelectorError

    if place:
        with suppress(SelectorError, ValueError):
            yield from tree.cssselect(place)[:50]
    yield from tree.iter("body")


def _smallest(element: HtmlElement, wanted: str) -> HtmlElement | None:
    if not isinstance(element.tag, str) or wanted not in " ".join(element.text_content().split()):
        return None
    for _ in range(DEEPEST):
        inner = next(
            (
                child
                for child in element
                if isinstance(child.tag, str)
                and child.tag not in DROPPED
                and wanted in " ".join(child.text_content().split())
            ),
            None,
        )
        if inner is None:
            return element
        element = inner
    return element


def _written(element: HtmlElement, places: dict[HtmlElement, list[Printed]], depth: int) -> Iterator[str]:
    tag = element.tag
    if not isinstance(tag, str) or tag in DROPPED:
        return
    if tag == "img":
        if alt := " ".join((element.get("alt") or "").split())[:200]:
            yield f'<span class="image">image: {escape(alt)}</span>'
        return
    shown = tag if tag in KEPT and tag != "body" and depth < DEEPEST else None
    if shown:
        yield f"<{shown}{_attributes(element)}>"
        if shown in EMPTY:
            return
    marks = places.get(element, ())
    yield _text(element.text, marks)
    for child in element:
        if depth < 3 * DEEPEST:
            yield from _written(child, places, depth + 1)
        yield _text(child.tail, marks)
    if shown:
        yield f"</{shown}>"


def _attributes(element: HtmlElement) -> str:
    kept = []
    for name in ("colspan", "rowspan"):
        if SPANS.fullmatch(value := element.get(name) or ""):
            kept.append(f' {name}="{value}"')
    if LANGUAGE.fullmatch(language := element.get("lang") or ""):
        kept.append(f' lang="{language}"')
    if (direction := (element.get("dir") or "").lower()) in ("ltr", "rtl", "auto"):
        kept.append(f' dir="{direction}"')
    return "".join(kept)


def _text(text: str | None, marks: Sequence[Printed]) -> str:
    """Return a text, escaped, with the printed values that stand in it marked."""
    if not text:
        return ""
    for value in marks:
        pattern = r"\s+".join(re.escape(word) for word in value.raw.split())
        if pattern and (match := re.search(pattern, text)):
            before, inner, after = text[: match.start()], match[0], text[match.end() :]
            marked = f'<mark data-field="{escape(value.field, quote=True)}">{escape(inner)}</mark>'
            return escape(before) + marked + escape(after)
    return escape(text)
