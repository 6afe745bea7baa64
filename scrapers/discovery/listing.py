"""A web page that lists documents, and the pages that follow it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from models.errors import ExtractError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery.base import absolute, admitted, is_file, once, start_sites
from scrapers.discovery.cards import document_links
from scrapers.discovery.pagination import following, stated_total
from scrapers.html.dom import Dom, parse


def first(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for the start pages."""
    return tuple(
        Request(url=url, expect="listing", state={"order": "newest", "page": "1"}) for url, _ in start_sites(rules)
    )


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return the documents that the page lists, and the page after it."""
    dom = parse(page.content, page.header("content-type"), page.final_url)
    found = selected(dom, rules.follow) if rules.follow else document_links(dom, rules)
    links = once(link for link in found if admitted(link.url, rules, page.final_url))
    return Listing(links=links, next=following(dom, request, rules, links), total=stated_total(dom))


def selected(dom: Dom, selectors: tuple[str, ...]) -> Iterator[Link]:
    """Yield the links that the configuration's selectors name, in the page's order."""
    chosen = {element: attribute for css in selectors for element, attribute in select(dom, css)}
    for element in dom.root.iter() if chosen else ():
        if element not in chosen:
            continue
        attribute = chosen[element]
        anchor = element if attribute or element.get("href") else next(element.iter("a"), None)
        if anchor is None:
            anchor = next(element.iterancestors("a"), None)
        url = absolute(dom.base_url, anchor.get(attribute or "href")) if anchor is not None else None
        if url and anchor is not None:
            text = " ".join(anchor.text_content().split())
            yield Link(url=url, text=text, rel="attachment" if is_file(url) else "link", origin=f"listing:{anchor.tag}")


def select(dom: Dom, css: str) -> list[tuple[etree._Element, str | None]]:
    """Return the elements that a selector matches, with the attribute that its `::attr(name)` asks for."""
    from cssselect import GenericTranslator, SelectorError

    selector, _, attribute = css.partition("::attr(")
    try:
        path = GenericTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise ExtractError(dom.url, f"{css!r} is no CSS selector: {error}") from error
    return [(element, attribute.rstrip(") ") or None) for element in dom.root.xpath(path)]
