"""The CSS selectors that could name an element, the most lasting first.

What a person gave a name (an id, a class, a label) outlives a redesign of what stands around it; a position does not,
and a name that a build tool made up lasts until the next build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from lxml import etree

from scrapers.discovery.xml import beginning

IDENTIFIER = re.compile(r"-?[^\W\d][\w-]{0,60}\Z")
GENERATED = re.compile(
    r"(?:^|[-_])(?:css|sc|jss|jsx|emotion|svelte|astro|ng|v|data-v|chakra|mui|styled)-|\d[a-z]+\d|[a-z]\d+[a-z]|__\w*\d\w*\Z"
    r"|\A[a-z]?[A-Z][a-z]?[A-Z]\w{2,6}\Z|\A[^aeiouyAEIOUY\W]{5,}\Z"
)
"""Names that build tools and style libraries make up."""
ONE_PAGE = re.compile(
    r"\d{2,}|^(?:odd|even|first|last|active|current|featured)$|^(?:is|has|js|wow|lang|tag|category|term)-"
)
"""Names that tell a page, a place in a list or a state, and not what an element is."""
UTILITY = re.compile(
    r"^(?:(?:sm|md|lg|xl|hover|focus|dark):|(?:col|row|flex|grid|text|font|bg|border|rounded|shadow|float|align|justify|items|"
    r"gap|container|wrapper|inner|clearfix|block|inline|hidden|d|w|h|m|p|[mp][trblxy]|my|mx|py|px|pull|small|large|span|uk|u)"
    r"(?:[-_:]|\d|\Z))"
)
"""Names of how an element looks."""
LANDMARKS = frozenset({"main", "article", "header", "h1"})
TAGS = {"h1": 1.0, "time": 1.6, "address": 2.0, "h2": 2.2, "h3": 2.6}
"""Elements that a page holds one or few of, and what naming them costs."""
PLAIN = 3.5
UP = 6


def candidates(element: etree._Element) -> list[tuple[float, str]]:
    """Return selectors that match the element, with what each costs, the cheapest first."""
    found: dict[str, float] = {}
    for css, cost in (*_own(element), *_with_siblings(element), *_within(element)):
        if css == element.tag and cost == PLAIN:
            cost += 3.0  # `p` alone names whatever comes first
        if cost < found.get(css, 100.0):
            found[css] = cost
    return sorted((cost, css) for css, cost in found.items())


def lasting(classes: str) -> str:
    """Return the classes that do not tell one card or page from the next."""
    return " ".join(name for name in classes.split() if not re.search(r"\d", name) and not ONE_PAGE.search(name))


def _own(element: etree._Element) -> Iterator[tuple[str, float]]:
    """Yield selectors that look at the element alone."""
    yield from _named(element)
    tag = str(element.tag)
    if IDENTIFIER.match(tag):
        yield tag, TAGS.get(tag, PLAIN)


def _named(element: etree._Element) -> Iterator[tuple[str, float]]:
    """Yield selectors by the element's own names."""
    tag = str(element.tag)
    if (name := element.get("id") or "") and IDENTIFIER.match(name):
        yield f"#{name}", 1.0 + _doubt(name)
    for attribute in ("itemprop", "data-testid", "rel", "property"):
        if (value := element.get(attribute) or "") and re.fullmatch(r"[\w:-]{2,40}", value):
            yield f'{tag}[{attribute}="{value}"]', 1.2
    classes = [name for name in (element.get("class") or "").split()[:12] if IDENTIFIER.match(name)]
    for name in classes:
        yield f".{name}", 1.2 + _doubt(name)
        yield f"{tag}.{name}", 1.4 + _doubt(name)
    for one, other in pairwise(classes):
        yield f".{one}.{other}", 1.9 + max(_doubt(one), _doubt(other))


def _doubt(name: str) -> float:
    """Return how much the look of a name speaks against its outliving a redesign."""
    if ONE_PAGE.search(name):
        return 5.0
    if GENERATED.search(name):
        return 4.0
    return 2.0 if UTILITY.match(name) else 0.0


def _with_siblings(element: etree._Element) -> Iterator[tuple[str, float]]:
    """Yield selectors by a label before the element or at its beginning, or by its place among its like."""
    tag = str(element.tag)
    if label := _label(beginning(element, 60)):
        for css, cost in ((tag, 1.6), *(pair for pair in _named(element) if pair[1] < 3)):
            yield f"{css}:contains({label})", cost + 0.8
    before = element.getprevious()
    if before is not None and isinstance(before.tag, str):
        text = beginning(before, 40)
        if 2 <= len(text) <= 30 and not any(c.isdigit() for c in text) and (quoted := _quoted(text)):
            yield f"{before.tag}:contains({quoted}) + {tag}", 2.6
        for css, cost in _own(before):
            yield f"{css} + {tag}", cost + 1.8
    alike = [sibling for sibling in element.itersiblings(tag, preceding=True)]
    yield f"{tag}:nth-of-type({len(alike) + 1})", 6.0


def _label(text: str) -> str | None:
    """Return the label at the beginning of a text, quoted: `Published on:`."""
    match = re.match(r"\s*([^\d:：]{2,30})[:：]", text)
    return _quoted(match[1].strip()) if match else None


def _quoted(text: str) -> str | None:
    if "\\" in text or "\n" in text or ('"' in text and "'" in text):
        return None
    return f'"{text}"' if "'" in text else f"'{text}'"  # easier to read within TOML's own quotes


def _within(element: etree._Element) -> Iterator[tuple[str, float]]:
    """Yield selectors that name an element around it as well."""
    own = [*_own(element), *_with_siblings(element)]
    own = sorted(own, key=lambda pair: pair[1])[:10] + [pair for pair in own if pair[0] == element.tag]
    for level, ancestor in enumerate(islice(element.iterancestors(), UP)):
        around = [pair for pair in _named(ancestor) if pair[1] < 5]
        if ancestor.tag in LANDMARKS:
            around.append((str(ancestor.tag), 1.8))
        for outer, outer_cost in around[:6]:
            for inner, cost in own:
                total = 0.5 + 0.6 * outer_cost + cost + 0.1 * level
                yield f"{outer} {inner}", total
                if level == 0:
                    yield f"{outer} > {inner}", total + 0.05
