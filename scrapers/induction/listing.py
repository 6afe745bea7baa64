"""What a listing's page says of its documents beside their addresses, and which selector names their links."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from scrapers.base import Rules
from scrapers.discovery.base import admitted
from scrapers.discovery.listing.documents import document_links
from scrapers.discovery.xml import beginning
from scrapers.html import selectors
from scrapers.induction.selectors import candidates, lasting
from scrapers.induction.values import visible
from scrapers.values.addresses import absolute, identity, same_site
from scrapers.values.dates import find_dates
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml import etree

    from scrapers.html.dom import Dom

MORE = 12
"""Letters that a link's text has when it is a title, at the least; in Chinese, Japanese and Korean a third of it."""
LIBRARY = re.compile(
    r"(?i)\b(?:publications?|resources?(?: cent(?:re|er))?|library|documents?|reports?|research|briefings?|papers?|"
    r"archives?|evidence|latest[ -]news|news|articles|insights|repository|"
    r"ressources?|bibliothèque|rapports?|études|actualités|publicaciones|recursos|documentos|informes|biblioteca|noticias|"
    r"publikationen|veröffentlichungen|berichte|dokumente|bibliothek|aktuelles|publicações|relatórios|notícias|"
    r"pubblicazioni|rapporti|documenti|publicaties|rapporten|publikacje|raporty)\b"
    r"|публикации|документы|доклады|отчеты|библиотека|новости|出版|报告|資料|资源|文献|报告|レポート|자료|보고서|منشورات|تقارير|مكتبة|موارد"
)
"""What sites call the page that lists their documents."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a listing shows of one document."""

    title: str | None
    dates: tuple[str, ...]
    text: str


def follow(doms: Sequence[Dom], rules: Rules) -> str | None:
    """Return the selector that names the very links that were found on each page of a listing without one."""
    places: tuple[str, ...] = ()
    wanted = []
    for dom in doms:
        links, places = document_links(dom, rules, places)
        listed = [link for link in links if admitted(link.url, rules, dom.url)]
        pages = [link for link in listed if link.rel != "attachment"]  # they lead to the files beside them as well
        wanted.append({identity(link.url) for link in pages or listed})
    return _naming(doms, wanted, rules)


def _naming(doms: Sequence[Dom], wanted: Sequence[set[str]], rules: Rules) -> str | None:
    """Return the selector that names just the wanted links of each page."""
    tried: list[tuple[float, str]] = []
    anchors = list(islice(_anchors(doms[0], wanted[0]), 200))
    titles = _titles(anchors)
    for anchor in sorted(anchors, key=lambda anchor: anchor not in titles)[:12]:
        untitled = 0.0 if anchor in titles else 4.0  # the image of a card, `Read more`
        tried += [(cost + untitled + (0.0 if " " in css or "." in css else 1.0), css) for cost, css in _of_link(anchor)]
    for css in list(dict.fromkeys(css for _, css in sorted(tried)))[:300]:
        if all(_links(dom, css, rules) == urls for dom, urls in zip(doms, wanted, strict=True)):
            return css
    return None


def places(dom: Dom, rules: Rules) -> list[str]:
    """Return selectors of links that repeat on a page and read like titles, the likeliest first."""
    shown = set(visible(dom))
    groups: dict[tuple[str, ...], dict[str, int]] = {}
    for anchor in islice(dom.root.iter("a"), 5000):
        url = absolute(dom.base_url, anchor.get("href"))
        if (
            url is None
            or anchor not in shown
            or not admitted(url, rules, dom.url)
            or identity(url) == identity(dom.url)
        ):
            continue
        around = (anchor, *islice(anchor.iterancestors(), 2))
        key = tuple(f"{element.tag} {lasting(element.get('class') or '')}" for element in around)
        length = len(clean_line(beginning(anchor, 60)))
        group = groups.setdefault(key, {})
        group[identity(url)] = max(length, group.get(identity(url), 0))
    likely = sorted(
        (group for group in groups.values() if len(group) >= 3 and sum(group.values()) >= 20 * len(group)),
        key=lambda group: -(min(len(group), 30) ** 0.7) * sum(group.values()) / len(group),
    )
    found = (_naming([dom], [set(group)], rules) for group in likely[:4])
    return [css for css in found if css]


def _anchors(dom: Dom, wanted: Collection[str]) -> Iterator[etree._Element]:
    for anchor in dom.root.iter("a"):
        url = absolute(dom.base_url, anchor.get("href"))
        if url and identity(url) in wanted:
            yield anchor


def _of_link(anchor: etree._Element) -> Iterator[tuple[float, str]]:
    """Yield selectors that may match links like this one too: none by a label or a position, which single it out."""
    for cost, css in candidates(anchor):
        if ":" not in css and " + " not in css and cost < 6:
            yield cost, css
    for ancestor in islice(anchor.iterancestors(), 4):
        tag = str(ancestor.tag)
        if re.fullmatch(r"h[1-6]|article|li|td|dt", tag):
            yield 2.4, f"{tag} a"
            for around in islice(ancestor.iterancestors(), 4):
                if around.tag in ("article", "main"):
                    yield 2.6, f"{around.tag} {tag} a"
                yield from ((cost, f"{css} {tag} a") for cost, css in candidates(around) if ":" not in css and cost < 2)


def _links(dom: Dom, css: str, rules: Rules) -> set[str]:
    return {identity(link.url) for link in selectors.links(dom, css) if admitted(link.url, rules, dom.url)}


def cards(dom: Dom, urls: Collection[str]) -> dict[str, Card]:
    """Return, by identity, what the page shows of the addresses; those that it does not link are left out."""
    wanted = {identity(url) for url in urls}
    at: dict[etree._Element, str] = {}
    for anchor in _anchors(dom, wanted):
        url = absolute(dom.base_url, anchor.get("href"))
        if url:
            at[anchor] = identity(url)
    holds: dict[etree._Element, set[str]] = {}
    for anchor, key in at.items():
        for element in islice(anchor.iterancestors(), 15):
            holds.setdefault(element, set()).add(key)
    titles = _titles(at)
    found: dict[str, Card] = {}
    for anchor, key in at.items():
        card = anchor
        for element in islice(anchor.iterancestors(), 15):
            if len(holds[element]) > 1 or element.tag in ("body", "main", "html"):
                break
            card = element
        title = titles.get(anchor)
        before = found.get(key)
        if before is None or (title and len(title) > len(before.title or "")):
            found[key] = _card(card, title or (before.title if before else None))
    return found


def _card(card: etree._Element, title: str | None) -> Card:
    text = clean_line(beginning(card, 1500))
    outside = text.replace(title, " ", 1) if title else text
    dates = [match.value for match in find_dates(outside)]
    for element in card.iter("time"):
        if not dates and (moment := element.get("datetime") or ""):
            dates += re.findall(r"\A\d{4}-\d\d-\d\d", moment)
    return Card(title=title, dates=tuple(dict.fromkeys(dates)), text=text)


def _titles(anchors: Iterable[etree._Element]) -> dict[etree._Element, str]:
    """Return the texts of the links that may be titles of documents and that differ from document to document."""
    texts = {anchor: text for anchor in anchors if (text := _title(anchor))}
    said: dict[str, set[str]] = {}
    for anchor, text in texts.items():
        said.setdefault(text, set()).add(anchor.get("href") or "")
    return {anchor: text for anchor, text in texts.items() if len(said[text]) * 4 <= len(said) or len(said[text]) < 3}


def _title(anchor: etree._Element) -> str | None:
    """Return the link's text where it may be a title, or the heading within it."""
    heading = next((e for e in islice(anchor.iter(), 50) if e.tag in ("h1", "h2", "h3", "h4", "h5", "h6")), None)
    text = clean_line(beginning(heading if heading is not None else anchor, 500))
    weight = sum(3 if "\u2e80" <= c <= "\ud7ff" else 1 for c in text)
    if weight < MORE or (
        heading is None and any(e.tag in ("p", "div", "time", "ul") for e in anchor.iterdescendants())
    ):
        return None  # `Read more`, or a whole card within the link
    return text


def entrances(dom: Dom) -> list[str]:
    """Return the pages that a home page calls its library, its publications and the like, the best first."""
    found: dict[str, float] = {}
    for anchor in islice(dom.root.iter("a"), 2000):
        url = absolute(dom.base_url, anchor.get("href"))
        text = clean_line(beginning(anchor, 80))
        if url is None or len(text) > 60 or not same_site(url, dom.url) or identity(url) == identity(dom.url):
            continue
        match = LIBRARY.search(text)
        if match:
            weak = re.search(r"(?i)news|actualit|noticias|notícias|aktuell|новости", match[0]) is not None
            found.setdefault(url, len(text) + (40 if weak else 0) + 5 * url.count("/"))
    return sorted(found, key=lambda url: found[url])[:6]
