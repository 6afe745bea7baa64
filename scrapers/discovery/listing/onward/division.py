"""Lists that show a year, month or letter at a time: the other parts, as links or a menu beside it lead to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from lxml import etree

from scrapers.base import Link
from scrapers.discovery.base import with_query
from scrapers.discovery.xml import beginning
from scrapers.html.dom import Dom
from scrapers.html.links import pressed
from scrapers.values.addresses import absolute, identity, same_site
from scrapers.values.dates import read_date
from scrapers.values.suffixes import stem_of

Kind = Literal["year", "month", "letter"]

COUNT = r"(?:\s*[(\[]\s*\d+\s*[)\]])?"
"""How many documents a part has, behind its name: `2019 (14)`."""
NAMES: dict[Kind, re.Pattern[str]] = {
    "year": re.compile(rf"((?:19|20)\d\d){COUNT}"),
    "month": re.compile(rf"((?=[^(\[]*(?:19|20)\d\d)[^(\[]{{6,24}}?){COUNT}"),
    "letter": re.compile(rf"([^\W\d_]){COUNT}"),
}
"""The whole text of a link to a part: `2019`, `November 2019`, `B`."""
YEARS = re.compile(rf"(?:19|20)\d\d\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d){COUNT}")
"""The name of a year that begins in one and ends in the next, as those of schools and parliaments: `2023-24`."""
MONTH = len("2019-11")
LEAST: dict[Kind, int] = {"year": 2, "month": 2, "letter": 4}
"""The fewest parts by which a list is taken for a divided one: others, and the year or month that is shown if named."""
ENOUGH = 3
"""The fewest titles, all beginning with one letter, by which a page is taken for the part of that letter."""
MOST = 120
"""The most parts of a list that are followed."""
ONCHANGE = re.compile(r"\bsubmit\s*\(|\blocation\b")
PUT_TOGETHER = re.compile(r"""["']([^"'\s<>]{1,300}[=/])["']\s*\+\s*(?:this|e\.target|event\.target)\b""")
"""An address that a menu's script puts together of its beginning and the value that is chosen."""


def names_part(text: str) -> bool:
    """Return whether the text of a link is no more than the name of a part: a year, a letter."""
    return any(pattern.fullmatch(text.strip()) for pattern in (NAMES["year"], NAMES["letter"], YEARS))


def parts_shown(links: Sequence[Link]) -> list[str]:
    """Return the parts that a page shows, `year 2019`, `month 2019-11`, `letter b`, if all of its documents are of one.

    A list that shows several years has its years as a filter, and is whole without them.
    """
    shown = []
    days = [str(link.claims["date_published"].value) for link in links if "date_published" in link.claims]
    if 2 * len(days) > len(links):
        years, months = {day[:4] for day in days}, {day[:MONTH] for day in days}
        shown += [f"year {years.pop()}"] if len(years) == 1 else []
        shown += [f"month {month}" for month in months if len(months) == 1 and len(month) == MONTH]
    titles = [str(found.value) for link in links if (found := link.claims.get("title"))]
    letters = {next((c for c in title if c.isalpha()), "").casefold() for title in titles}
    return shown + ([f"letter {letters.pop()}"] if len(letters) == 1 and len(titles) >= ENOUGH else [])


def other_parts(dom: Dom, shown: str) -> tuple[str, ...]:
    """Return the addresses of the other parts of a list: of links that differ in nothing else, or of a menu."""
    kind = next(kind for kind in NAMES if shown.startswith(f"{kind} "))
    parts = {name: url for name, url in _parts(dom, kind) if f"{kind} {name}" != shown}
    enough = len(parts) + (kind != "letter" and _is_named(dom, shown, kind)) >= LEAST[kind]
    return tuple(dict.fromkeys(parts.values()))[:MOST] if enough else ()


def parts_by_script(dom: Dom, shown: str) -> list[str]:
    """Return the names of the other parts of a list that have links or buttons without an address: a script turns."""
    kind = next(kind for kind in NAMES if shown.startswith(f"{kind} "))
    names = {
        name: None
        for element in dom.tagged("a", "button")
        if (name := _name(beginning(element, 30), kind)) and f"{kind} {name}" != shown and not _address(dom, element)
    }
    return list(names) if len(names) + _is_named(dom, shown, kind) >= LEAST[kind] else []


def _address(dom: Dom, element: etree._Element) -> str | None:
    """Return the address that a link or button leads to; None where that is the page itself, or known to a script."""
    url = absolute(dom.base_url, element.get("href") or pressed(element))
    return url if url is not None and identity(url) != identity(dom.url) else None


def _is_named(dom: Dom, shown: str, kind: Kind) -> bool:
    """Return whether a page names the part that it shows, as those beside it are: as the current one of a menu."""
    names = (_name(beginning(e, 30), kind) for e in dom.tagged("a", "button", "span", "strong", "b", "li", "option"))
    return any(f"{kind} {name}" == shown for name in names if name)


def _parts(dom: Dom, kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield name and address of each part that the page leads to: links alike but for that name, or a menu.

    Their addresses begin as the list's own (of `/reports`: `/reports/2019`, `/reports-2019.html`, `/reports?y=2019`),
    or differ from it in the name alone: else they are another list's years.
    """
    here = identity(dom.url)
    alike: dict[str, dict[str, str]] = {}
    for anchor in dom.tagged("a", "button"):
        name = _name(beginning(anchor, 30), kind)
        url = absolute(dom.base_url, anchor.get("href") or pressed(anchor)) if name else None
        if name is None or url is None or not same_site(url, dom.url) or (key := identity(url)) == here:
            continue
        shape, found = re.subn(_written(name, kind), "*", key, flags=re.IGNORECASE)
        if found and (key.startswith(stem_of(here)) or _differ_in_one_piece(shape, here)):
            alike.setdefault(shape, {}).setdefault(name, url)
    yield from max(alike.values(), key=len, default={}).items()
    for select in dom.tagged("select"):
        yield from _chosen(dom, select, kind)


def _differ_in_one_piece(shape: str, here: str) -> bool:
    """Return whether an address with `*` in place of a name stands for another, that has a name of its own there."""
    before, _, after = shape.partition("*")
    return here.startswith(before) and here.endswith(after) and len(before) + len(after) < len(here)


def _written(name: str, kind: Kind) -> str:
    """Return the pattern by which an address writes the name of a part: a month as `2019/11`, `2019-11`, `201911`."""
    if kind == "month":
        year, month = name.split("-")
        return rf"(?<!\d){year}(?:\D{{0,10}})0?{int(month)}(?!\d)"
    return rf"(?<![^\W_]){re.escape(name)}(?![^\W_])"


def _chosen(dom: Dom, select: etree._Element, kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield the parts of a menu that asks for the page anew once one is chosen."""
    here = stem_of(identity(dom.url))
    ask = _asked_by(dom, select)
    for option in select.iter("option") if ask else ():
        name = _name(beginning(option, 30), kind)
        value = option.get("value") or beginning(option, 30).strip()
        url = ask(value) if name and ask else None
        if name and url and same_site(url, dom.url) and identity(url).startswith(here):
            yield name, url


def _asked_by(dom: Dom, select: etree._Element) -> Callable[[str], str | None] | None:
    """Return how the address is made of what is chosen in a menu: by its script, or its form; None where by neither."""
    script = select.get("onchange") or ""
    if match := PUT_TOGETHER.search(script):
        return lambda value: absolute(dom.base_url, match[1] + value)
    values = [option.get("value") or "" for option in select.iter("option")]
    if script and sum("/" in value for value in values) > len(values) // 2:
        return lambda value: absolute(dom.base_url, value) if "/" in value else None
    form = next(select.iterancestors("form"), None)
    if form is None or (form.get("method") or "get").lower() != "get" or not select.get("name"):
        return None
    sends = any(form.iter("button")) or any(e.get("type") in ("submit", "image") for e in form.iter("input"))
    if not sends and not ONCHANGE.search(script):
        return None
    action = absolute(dom.base_url, form.get("action") or dom.url)
    kept = [e for e in form.iter("input") if e.get("type") == "hidden" and e.get("name")]
    hidden = {str(e.get("name")): e.get("value") or "" for e in kept}
    name = str(select.get("name"))
    return (lambda value: with_query(action.partition("?")[0], {**hidden, name: value})) if action else None


def _name(text: str, kind: Kind) -> str | None:
    """Return the name of a part in one form, `2019`, `2019-11`, `b`; None where a text is none."""
    match = NAMES[kind].fullmatch(text.strip())
    if match is None or kind != "month":
        return match[1].casefold() if match else None
    month = read_date(match[1].strip())
    return month if month and len(month) == MONTH else None
