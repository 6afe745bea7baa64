"""The only engine for the CSS selectors of a configuration, whatever the key.

Each alternative (`a, b`) may end in `::attr(name)`, which asks for an attribute, or in `::text`, which changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from models.errors import ConfigError
from scrapers.values.addresses import absolute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.html import HtmlElement

    from scrapers.html.dom import Dom


LINES = frozenset(
    ["address", "br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "li", "p", "section", "td", "th", "tr", "ul"]
)
"""Elements that stand on lines of their own."""


SEPARATORS = frozenset(" ,;|·•&/\n\t")


@dataclass(frozen=True, slots=True)
class Match:
    """An element that a selector names, and its value: the attribute asked for, else its text."""

    element: HtmlElement
    value: str
    is_attribute: bool


@dataclass(frozen=True, slots=True)
class NamedLink:
    """An element that a selector names, the element with the address (itself, or a link near it), and the address."""

    element: HtmlElement
    anchor: HtmlElement
    url: str


@lru_cache(maxsize=256)
def _compiled(css: str) -> tuple[tuple[Callable[[HtmlElement], Any], str | None], ...]:
    """Return what finds the elements of each alternative, and the attribute asked for; ConfigError if unusable."""
    from cssselect import SelectorError
    from cssselect.parser import FunctionalPseudoElement, parse
    from lxml import etree

    try:
        alternatives = []
        for selector in parse(css):
            pseudo = selector.pseudo_element
            attribute = None
            if (
                isinstance(pseudo, FunctionalPseudoElement)
                and pseudo.name == "attr"
                and pseudo.argument_types() == ["IDENT"]
            ):
                attribute = str(pseudo.arguments[0].value).lower()  # as the HTML parser writes the names of attributes
            elif pseudo not in (None, "text"):
                raise ConfigError(
                    f"{css!r} ends in a pseudo-element that is not known here; ::attr(name) gives an attribute"
                )
            alternatives.append((etree.XPath(_translator().selector_to_xpath(selector)), attribute))
        return tuple(alternatives)
    except (SelectorError, etree.XPathError) as error:
        raise ConfigError(f"{css!r} is not a CSS selector: {error}") from error


@cache
def _translator() -> Any:
    """Return what writes CSS as XPath; it refuses namespaces (`svg|a`), which trees of HTML do not have."""
    from cssselect import ExpressionError, HTMLTranslator

    class Translator(HTMLTranslator):
        def xpath_element(self, selector: Any) -> Any:
            return super().xpath_element(_without_namespace(selector))

        def xpath_attrib(self, selector: Any) -> Any:
            return super().xpath_attrib(_without_namespace(selector))

    def _without_namespace(selector: Any) -> Any:
        if selector.namespace:
            raise ExpressionError(f"there is no namespace {selector.namespace!r} in HTML")
        return selector

    return Translator()


def check_selector(css: str) -> None:
    """Raise ConfigError if a selector cannot be used, saying why."""
    _compiled(css)


def matches(dom: Dom, css: str) -> list[Match]:
    """Return the elements that a selector names and that hold a value, in the page's order.

    The value is the attribute that `::attr(name)` asks for, else the text, with or without `::text`. Of an element that
    several alternatives name, the first that gives a value counts.
    """
    from scrapers.values.text import clean_line

    found = []
    for element, attributes in _named(dom, css):
        for attribute in attributes:
            if value := clean_line(element.get(attribute) or "" if attribute else _text(element)):
                found.append(Match(element, value, attribute is not None))
                break
    return found


def links(dom: Dom, css: str) -> list[NamedLink]:
    """Return the links that a selector leads to, in the page's order.

    An address is the attribute that `::attr(name)` asks for, else the `href` of the element, of the first link within
    it, or of the link around it. Of an element that several alternatives name, the first that gives an address counts.
    """
    found = []
    for element, attributes in _named(dom, css):
        for anchor, attribute in ((near, name) for name in attributes for near in _anchors(element, name)):
            if url := absolute(dom.base_url, anchor.get(attribute or "href")):
                found.append(NamedLink(element, anchor, url))
                break
    return found


def _named(dom: Dom, css: str) -> list[tuple[HtmlElement, list[str | None]]]:
    """Return the elements that a selector names, in the page's order, each with the attributes asked for."""
    asked: dict[HtmlElement, list[str | None]] = {}
    for find, attribute in _compiled(css):
        for element in find(dom.root):
            asked.setdefault(element, []).append(attribute)
    if len(_compiled(css)) == 1:
        return list(asked.items())  # XPath gives them in the page's order
    return [(element, asked[element]) for element in dom.elements if element in asked] if asked else []


def _anchors(element: HtmlElement, attribute: str | None) -> Iterable[HtmlElement]:
    """Return the elements whose attribute may be the address: the element; where none is asked for, links near it."""
    return (element,) if attribute else chain((element,), element.iter("a", "area"), element.iterancestors("a"))


def parts_of(element: HtmlElement, value: str) -> list[str]:
    """Return the texts of the links or items in an element, if nothing but separators stands between them."""
    from scrapers.values.text import clean_line

    for tag in ("a", "li"):
        names = [name for inner in element.iter(tag) if (name := clean_line(_text(inner)))]
        rest = value
        for name in names:
            rest = rest.replace(name, "", 1)
        if names and set(rest) <= SEPARATORS:
            return names
    return []


def _text(element: HtmlElement) -> str:
    """Return an element's text, what stands on lines of its own parted by line ends (`<h1>One<br>two</h1>`)."""
    from lxml import etree

    parts = []
    for event, inner in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            parts += ["\n" if inner.tag in LINES else "", inner.text or ""]
        else:
            parts.append("\n" if inner.tag in LINES else "")
            parts.append((inner.tail or "") if inner is not element else "")
    return "".join(parts)
