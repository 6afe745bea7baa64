"""The page after this one: by `rel`, class, words in many languages, numbers, or the data of a load-more button."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from urllib.parse import urlsplit

from lxml import etree

from scrapers.discovery.base import query_value, with_query
from scrapers.discovery.listing.words import (
    ARROWS,
    LAST_WORDS,
    MORE_CLASS,
    MORE_WORDS,
    NEXT_CLASS,
    NEXT_WORDS,
    NOT_NEXT_CLASS,
    PAGER_CLASS,
    TOTALS,
)
from scrapers.discovery.xml import beginning
from scrapers.html.dom import Dom
from scrapers.values.addresses import absolute, same_site

DATA_ADDRESS = (
    "data-next",
    "data-next-url",
    "data-next-page",
    "data-url",
    "data-href",
    "data-load-url",
    "data-ajax-url",
    "hx-get",
    "data-src",
    "data-endpoint",
    "data-path",
)
PAGE_NAMES = (
    "page",
    "_paged",
    "paged",
    "p",
    "pg",
    "pagina",
    "seite",
    "pagenum",
    "page_num",
    "pageno",
    "currentpage",
    "jrec",
    "start",
    "offset",
    "from",
    "skip",
)
OFFSETS = ("start", "offset", "from", "skip", "first", "b_start", "b_start:int", "jrec", "startindex", "startrow")
"""Parameters that count documents, not pages."""
RANGE = re.compile(r"(\d{1,6})\s*(?:-|–|—|to|bis|à|a)\s*(\d{1,6})")
COUNTED = re.compile(r"\s*\d+(?:\s*[^\W\d]+)?\W*\Z")
"""How many the next page shows, behind the word for it: `Next 10`, `Próximos 20 itens`, `次の10件`."""
MONTH = re.compile(r"(?<=[=/])((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])\Z")
BESIDE_MONTH = 2
"""The months that a calendar links beside its own: the one before and the one after. More are an archive."""
DIGIT = re.compile(r"\d")
IN_SCRIPT = re.compile(
    r"""["'`](?P<url>(?:https?://|/|\?)[^"'`\s<>]{0,300}?(?:[?&](?:page|paged|offset|start|p)=|/page/))(?P<number>\d{0,6})(?P<rest>[^"'`\s<>]{0,100})["'`]"""
)
MORE_OF_ITEM = re.compile(r"#more-\d+$")
"""How WordPress (`the_content`) ends the address of an item's "read more"."""
PATH_PAGE = re.compile(
    r"(/(?:page|seite|pagina|página|p|strona|stranka|strana|stránka|sida|side|sayfa|oldal|halaman|trang|puslapis)[/-])(\d+)(?=/|$)",
    re.IGNORECASE,
)


def next_address(dom: Dom, current: int) -> str | None:
    """Return the address of the next page as the page itself states it; None on the last.

    Args:
        dom: the page.
        current: its number, counted from 1.
    """
    candidates = chain(
        _by_rel(dom),
        (element.get("href") for element in _anchors(dom) if is_next(element)),
        _by_number(dom, current),
        _by_address(dom, current),
        _by_range(dom),
        _by_month(dom),
    )
    return next((url for href in candidates if (url := _onward(dom, href)) is not None), None)


def next_links(dom: Dom, current: int) -> Iterator[str | None]:
    """Yield the addresses of all links that are called next, or by the next page's number: one of each pager."""
    return chain((a.get("href") for a in _anchors(dom) if is_next(a)), _by_number(dom, current))


def last_address(dom: Dom, following: str) -> str | None:
    """Return the address of the last page that the pager names, made as that of the following page; else None."""
    base, number = _numbered(following)
    pages = _pages(dom, base, _anchors(dom))
    last = max(pages, default=0)
    return pages[last] if number is not None and last > number else None


def load_more(dom: Dom, current: int) -> str | None:
    """Return the address that a load-more button or its script asks for; None where there is no such button."""
    buttons = [element for element in dom.root.iter("a", "button", "div", "span", "input") if _is_more(element)]
    # "Read more" under each item is called so too: a button of the listing stands there once, or says which page.
    items = {element.get("href") for element in buttons if element.tag == "a" and not _data(element)}
    if len(items) > 1 or any(MORE_OF_ITEM.search(href or "") for href in items):
        buttons = [element for element in buttons if element.tag != "a" or _data(element)]
    for element in buttons:
        for name in ("href", *DATA_ADDRESS):
            value = element.get(name)
            if value and re.search(r"[/?=]", value) and (url := _onward(dom, value)) is not None:
                return _of_page(url, element.get("data-page"), current)
    if not buttons:
        return None
    for script in dom.root.iter("script"):
        if (text := script.text) and not script.get("src"):
            for match in IN_SCRIPT.finditer(text[:200_000]):
                url = absolute(dom.base_url, f"{match['url']}{_following(match['number'], current)}{match['rest']}")
                if url and same_site(url, dom.url):
                    return url
    return plain_guess(dom, current)


def _of_page(url: str, shown: str | None, current: int) -> str:
    """Return the address behind a button, with the next page's number where the button holds a number beside it."""
    if shown is None or not shown.isdigit() or _numbered(url)[1] is not None:
        return url
    return with_query(url, {"page": str(max(int(shown), current + 1))})


def plain_guess(dom: Dom, current: int) -> str:
    """Return the address at which most sites would answer with the following page."""
    name = next((name for name in PAGE_NAMES[:9] if query_value(dom.url, name)), "page")
    if any("facetwp-page" in (anchor.get("class") or "") for anchor in dom.root.iter("a")):
        name = "_paged"  # FacetWP's own parameter, whatever facets a site has
    return with_query(dom.url, {name: str(current + 1)})


def stated_total(dom: Dom) -> int | None:
    """Return how many documents the page says there are: `1-10 of 2,345`, `2.345 Ergebnisse`, `共 60 条`."""
    for element in dom.root.iter(
        "p", "span", "div", "h1", "h2", "h3", "strong", "small", "caption", "b", "em", "label"
    ):
        if len(element) > 4:
            continue
        text = beginning(element, 80)
        if not 4 < len(text) < 80 or not DIGIT.search(text):
            continue
        for pattern in TOTALS:
            if match := pattern.search(text):
                return int(re.sub(r"\D", "", match[1]))
    return None


def _by_rel(dom: Dom) -> Iterator[str | None]:
    for element in dom.root.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split() and not is_off(element):
            yield element.get("href")


def _anchors(dom: Dom) -> Iterator[etree._Element]:
    return (element for element in dom.root.iter("a") if element.get("href"))


def is_next(anchor: etree._Element) -> bool:
    """Return whether a link is called next, by its class, its text or its label."""
    if is_off(anchor):
        return False
    texts = {_words(anchor), *(_folded(anchor.get(name) or "") for name in ("aria-label", "title"))}
    texts |= {_folded(img.get("alt") or "") for img in anchor.iter("img")}
    stripped = {re.sub(r"^[\W_]+|[\W_]+$", "", COUNTED.sub("", text)) for text in texts}
    if any(LAST_WORDS.search(text) for text in texts):
        return False
    if NEXT_WORDS & (texts | stripped - {""}):
        return True
    parent = anchor.getparent()
    names = (anchor.get("class") or "").lower()
    around = (parent.get("class") or "").lower() if parent is not None and parent.tag in ("li", "span", "div") else ""
    if NEXT_CLASS.search(names) or NEXT_CLASS.search(around):
        return True
    return bool(texts & ARROWS) and is_pager(anchor)


def _by_number(dom: Dom, current: int) -> Iterator[str | None]:
    """Yield the link whose text is the next page's number, beside others with numbers."""
    numbered: dict[etree._Element, dict[int, str]] = {}
    for anchor in _anchors(dom):
        text = _words(anchor).strip("[](){}.|· ")
        if not text.isdecimal() or len(text) > 5:
            continue
        around = anchor.getparent()
        if around is not None and around.tag in ("li", "span", "td"):
            around = around.getparent()
        if around is not None:
            numbered.setdefault(around, {})[int(text)] = anchor.get("href") or ""
    for around, pages in numbered.items():
        here = _current(around) or current
        if here + 1 in pages and (len(pages) > 1 or here == 1 or here - 1 in pages):
            yield pages[here + 1]


def _current(pager: etree._Element) -> int | None:
    """Return the number that a pager marks as that of the page itself."""
    for element in pager.iter():
        marked = element.get("aria-current") or re.search(
            r"\b(?:current|active|selected)\b", (element.get("class") or "").lower()
        )
        if marked or element.tag in ("strong", "b", "em"):
            digits = re.findall(r"\d+", beginning(element, 50))
            if len(digits) == 1:
                return int(digits[0])
    return None


def _by_address(dom: Dom, current: int) -> Iterator[str | None]:
    """Yield the next page's address by the numbers in the addresses of links, on a home page of a pager or of images.

    A home page may link documents by number (`/?p=2`).
    Where a pager links a later page alone, such as the last, its address is that one with the next page's number.
    """
    base, here = _numbered(dom.url)
    pages = _pages(dom, base, filter(is_pager, _anchors(dom)))
    first = 0 if 0 in pages else 1
    following = (first + current - 1 if here is None else here) + 1
    anywhere = _pages(dom, base, (a for a in _anchors(dom) if not is_off(a))) if urlsplit(dom.url).path != "/" else {}
    wordless = _pages(dom, base, (anchor for anchor in _anchors(dom) if not _words(anchor)))
    if following in pages or following in anywhere or following in wordless:
        yield pages.get(following) or anywhere.get(following) or wordless[following]
    elif (last := max(pages, default=0)) > following:
        yield _renumbered(pages[last], last, following)


def _pages(dom: Dom, base: str, anchors: Iterable[etree._Element]) -> dict[int, str]:
    """Return the addresses of some links that differ from `base` in the number of the page alone, by that number."""
    pages: dict[int, str] = {}
    for anchor in anchors:
        url = absolute(dom.base_url, anchor.get("href"))
        there, number = _numbered(url) if url is not None else ("", None)
        if url is not None and number is not None and there == base:
            pages.setdefault(number, url)
    return pages


def _by_range(dom: Dom) -> Iterator[str | None]:
    """Yield the nearest later link of those that are called by what they show: `11-20`, `21-30`.

    The range that the page itself shows need not be a link.
    """
    here = _offset(dom.url)
    later: dict[int, str] = {}
    for anchor in _anchors(dom):
        match = RANGE.fullmatch(_words(anchor))
        url = absolute(dom.base_url, anchor.get("href")) if match else None
        if match is None or url is None or urlsplit(url).path != urlsplit(dom.url).path:
            continue
        offset, shown = _offset(url), int(match[1])
        if offset is not None and (shown > 1 if here is None else offset > here):
            later.setdefault(offset, url)
    if later:
        yield later[min(later)]


def _by_month(dom: Dom) -> Iterator[str | None]:
    """Yield the link to the month before, of a page that links no more than the months beside its own.

    The addresses differ from the page's own in the month alone: `?month=2024-10`, `/2024/10`.
    """
    base, here = _of_month(dom.url)
    months: dict[str, str] = {}
    for anchor in _anchors(dom):
        url = absolute(dom.base_url, anchor.get("href"))
        there, month = _of_month(url) if url is not None and not is_off(anchor) else ("", "")
        if url is not None and month and there == base:
            months.setdefault(month, url)
    earlier = [month for month in months if month < here or not here]
    if earlier and len(months.keys() - {here}) <= BESIDE_MONTH:
        yield months[min(earlier) if not here else max(earlier)]


def _of_month(url: str) -> tuple[str, str]:
    """Return an address without the month that it ends with, and that month (`2024-10`), or an empty one."""
    if match := MONTH.search(url.rstrip("/")):
        return re.sub(r"[?&/]+\w*=?\Z", "", url[: match.start()]), f"{match[1]}-{match[2]}"
    return url.rstrip("/"), ""


def _offset(url: str) -> int | None:
    """Return how many documents stand before those that an address shows, as it says; None where it does not."""
    values = (query_value(url, name) for name in OFFSETS)
    return next((int(value) for value in values if value and value.isdigit()), None)


def _renumbered(url: str, number: int, wanted: int) -> str:
    """Return an address with another number of its page."""
    for name in PAGE_NAMES[:10]:
        if query_value(url, name) == str(number):
            return with_query(url, {name: str(wanted)})
    return PATH_PAGE.sub(lambda match: f"{match[1]}{wanted}", url, count=1)


def _numbered(url: str) -> tuple[str, int | None]:
    """Return an address without the number of its page, and that number."""
    for name in PAGE_NAMES[:10]:
        value = query_value(url, name)
        if value and value.isdigit():
            return with_query(url, {name: None}).rstrip("/"), int(value)
    if match := PATH_PAGE.search(urlsplit(url).path):
        return url.replace(match[0], "", 1).rstrip("/"), int(match[2])
    return url.rstrip("/"), None


def is_pager(element: etree._Element) -> bool:
    """Return whether an element stands in a block that is called a pager."""
    for ancestor in islice(element.iterancestors(), 5):
        names = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''} {ancestor.get('aria-label') or ''}".lower()
        if PAGER_CLASS.search(names):
            return True
    return False


def is_off(element: etree._Element) -> bool:
    """Return whether a link is switched off, or turns something else than pages."""
    if element.get("aria-disabled") == "true" or element.get("disabled") is not None:
        return True
    parent = element.getparent()
    names = f"{element.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}".lower()
    return NOT_NEXT_CLASS.search(names) is not None


def _is_more(element: etree._Element) -> bool:
    if element.tag in ("div", "span") and not any(element.get(name) for name in DATA_ADDRESS):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    if MORE_CLASS.search(names):
        return True
    text = element.get("value") if element.tag == "input" else beginning(element, 100)
    return MORE_WORDS.search(" ".join((text or "").split())) is not None and (
        element.tag != "a" or bool(_data(element))
    )


def _data(element: etree._Element) -> list[str]:
    href = element.get("href") or ""
    return [value for name in DATA_ADDRESS if (value := element.get(name))] + (
        [href] if re.search(r"page|offset", href) else []
    )


def _following(number: str, current: int) -> str:
    """Return the number of the next page where a script shows the first's, an offset, or none at all."""
    return str(max(int(number), current) + 1) if number and int(number) <= current else number or str(current + 1)


def _onward(dom: Dom, href: str | None) -> str | None:
    """Return a link's address where it leads to another page of the same site."""
    url = absolute(dom.base_url, href)
    return url if url and url != dom.url and same_site(url, dom.url) else None


def _words(element: etree._Element) -> str:
    return beginning(element, 100).lower()


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()


def counted_up(url: str, current: int) -> str | None:
    """Return an address with the number of its page one up; None where it holds none."""
    for name in PAGE_NAMES:
        value = query_value(url, name)
        if value and value.isdigit():
            step = int(value) // (current - 1) if name in ("start", "offset", "from", "skip") and current > 1 else 1
            return with_query(url, {name: str(int(value) + max(step, 1))})
    if match := PATH_PAGE.search(url):
        return f"{url[: match.start(2)]}{int(match[2]) + 1}{url[match.end(2) :]}"
    return None
