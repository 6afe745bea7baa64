"""Lists that show a year or a letter at a time: the other parts, as links or a menu beside the list lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from lxml import etree

from scrapers.base import Link
from scrapers.discovery.base import with_query
from scrapers.discovery.xml import beginning
from scrapers.html.dom import Dom
from scrapers.values.addresses import absolute, identity, same_site
from scrapers.values.suffixes import stem_of

Kind = Literal["year", "letter"]

NAMES: dict[Kind, re.Pattern[str]] = {
    "year": re.compile(r"((?:19|20)\d\d)(?:\s*[(\[]\s*\d+\s*[)\]])?"),
    "letter": re.compile(r"([^\W\d_])(?:\s*[(\[]\s*\d+\s*[)\]])?"),
}
"""The whole text of a link to a part; a count of documents may follow: `2019`, `2019 (14)`, `B`."""
LEAST: dict[Kind, int] = {"year": 2, "letter": 4}
"""The fewest other parts by which a list is taken for a divided one."""
ENOUGH = 3
"""The fewest titles, all beginning with one letter, by which a page is taken for the part of that letter."""
MOST = 120
"""The most parts of a list that are followed."""
ONCHANGE = re.compile(r"\bsubmit\s*\(|\blocation\b")


def names_part(text: str) -> bool:
    """Return whether the text of a link is no more than the name of a part: a year, a letter."""
    return any(pattern.fullmatch(text.strip()) for pattern in NAMES.values())


def part_shown(links: Sequence[Link]) -> str | None:
    """Return the part that a page shows, `year 2019` or `letter b`, where all of its documents are of one; else None.

    A list that shows several years has its years as a filter, and is whole without them.
    """
    days = [str(link.claims["date_published"].value) for link in links if "date_published" in link.claims]
    years = {day[:4] for day in days}
    if len(years) == 1 and 2 * len(days) > len(links):
        return f"year {years.pop()}"
    titles = [str(found.value) for link in links if (found := link.claims.get("title"))]
    letters = {next((c for c in title if c.isalpha()), "").casefold() for title in titles}
    return f"letter {letters.pop()}" if len(letters) == 1 and len(titles) >= ENOUGH else None


def other_parts(dom: Dom, shown: str) -> tuple[str, ...]:
    """Return the addresses of the other parts of a list: of links that differ in nothing else, or of a menu."""
    kind: Kind = "year" if shown.startswith("year ") else "letter"
    parts = {name: url for name, url in _parts(dom, kind) if f"{kind} {name}" != shown}
    return tuple(dict.fromkeys(parts.values()))[:MOST] if len(parts) >= LEAST[kind] else ()


def _parts(dom: Dom, kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield name and address of each part that the page leads to: links alike but for that name, or a menu.

    Their addresses begin as the list's own (of `/reports`: `/reports/2019`, `/reports-2019.html`, `/reports?y=2019`),
    or differ from it in the name alone: else they are another list's years.
    """
    here = identity(dom.url)
    alike: dict[str, dict[str, str]] = {}
    for anchor in dom.tagged("a"):
        name = _name(beginning(anchor, 20), kind)
        url = absolute(dom.base_url, anchor.get("href")) if name else None
        if name is None or url is None or not same_site(url, dom.url) or (key := identity(url)) == here:
            continue
        shape, found = re.subn(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", "*", key, flags=re.IGNORECASE)
        if found and (key.startswith(stem_of(here)) or _differ_in_one_piece(shape, here)):
            alike.setdefault(shape, {}).setdefault(name, url)
    yield from max(alike.values(), key=len, default={}).items()
    for select in dom.tagged("select"):
        yield from _chosen(dom, select, kind)


def _differ_in_one_piece(shape: str, here: str) -> bool:
    """Return whether an address with `*` in place of a name stands for another, that has a name of its own there."""
    before, _, after = shape.partition("*")
    return here.startswith(before) and here.endswith(after) and len(before) + len(after) < len(here)


def _chosen(dom: Dom, select: etree._Element, kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield the parts of a menu that asks for the page anew once one is chosen."""
    here = identity(dom.url)
    form = next(select.iterancestors("form"), None)
    if form is None or (form.get("method") or "get").lower() != "get" or not select.get("name"):
        return
    sends = any(form.iter("button")) or any(e.get("type") in ("submit", "image") for e in form.iter("input"))
    if not sends and not ONCHANGE.search(select.get("onchange") or ""):
        return
    action = absolute(dom.base_url, form.get("action") or dom.url)
    kept = [e for e in form.iter("input") if e.get("type") == "hidden" and e.get("name")]
    hidden = {str(e.get("name")): e.get("value") or "" for e in kept}
    for option in select.iter("option"):
        name = _name(beginning(option, 20), kind)
        value = option.get("value") or beginning(option, 20).strip()
        if name and action and identity(action).startswith(stem_of(here)):
            yield name, with_query(action.partition("?")[0], {**hidden, str(select.get("name")): value})


def _name(text: str, kind: Kind) -> str | None:
    match = NAMES[kind].fullmatch(text.strip())
    return match[1].casefold() if match else None
