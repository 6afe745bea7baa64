"""CSS selectors of a source's configuration, with `::attr(name)` at the end of each alternative for an attribute."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from models.errors import ConfigError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.dom import Dom


LINES = frozenset(
    ["address", "br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "li", "p", "section", "td", "th", "tr", "ul"]
)
"""Elements that stand on lines of their own."""


SEPARATORS = frozenset(" ,;|·•&/\n\t")


@dataclass(frozen=True, slots=True)
class _Selector:
    """A selector, and per alternative (`a, b`) the attribute that it asks for."""

    alternatives: tuple[tuple[str, str | None], ...]
    """XPath and attribute."""


@dataclass(frozen=True, slots=True)
class Match:
    """An element that a selector names, and its value: the attribute asked for, else its text."""

    element: HtmlElement
    value: str
    is_attribute: bool


@lru_cache(maxsize=256)
def _compiled(css: str) -> _Selector:
    from cssselect import HTMLTranslator, SelectorError
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
                attribute = str(pseudo.arguments[0].value)
            elif pseudo not in (None, "text"):
                raise ConfigError(
                    f"{css!r} ends in a pseudo-element that is not known here; ::attr(name) gives an attribute"
                )
            path = HTMLTranslator().selector_to_xpath(selector)
            etree.XPath(path)
            alternatives.append((path, attribute))
        return _Selector(tuple(alternatives))
    except (SelectorError, etree.XPathError) as error:
        raise ConfigError(f"{css!r} is not a CSS selector: {error}") from error


def check_selector(css: str) -> None:
    """Raise ConfigError if a selector cannot be used, saying why."""
    _compiled(css)


def matches(dom: Dom, css: str) -> list[Match]:
    """Return what a selector names on a page and what is not empty there, in the page's order."""
    from scrapers.values.text import clean_line

    chosen: dict[Any, str | None] = {}
    for path, attribute in _compiled(css).alternatives:
        for element in dom.root.xpath(path):
            chosen.setdefault(element, attribute)
    found = []
    for element in dom.root.iter() if chosen else ():
        if element in chosen:
            attribute = chosen[element]
            value = clean_line(element.get(attribute) or "" if attribute else _text(element))
            if value:
                found.append(Match(element, value, attribute is not None))
    return found


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
