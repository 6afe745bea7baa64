"""The wordings of a page that may be its title, each with the places that have it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scrapers.html.fields.title_facts import squeezed
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST = 500
"""Most characters of a title."""
PERMALINK = re.compile(r"\s*[¶#§🔗]+\s*$")
"""The mark of a link to the heading itself, at its end."""


@dataclass(slots=True)
class Wording:
    """A wording that may be the title, with what is known of the places that have it."""

    text: str
    origin: str
    trust: int
    element: HtmlElement | None = None
    facts: dict[str, float] = field(default_factory=dict)


_TRUST = {
    "meta:citation_title": 0,
    "json-ld": 1,
    "microdata": 2,
    "rdfa": 2,
    "h1": 3,
    "meta:og:title": 4,
    "meta": 5,
    "title": 6,
}
"""Which place gives its name as the origin where several have the same words: the one with the least number."""


class Wordings:
    """Gathers wordings and the facts about them."""

    def __init__(self) -> None:
        self.groups: dict[str, Wording] = {}

    def add(self, text: str, origin: str, fact: str, element: HtmlElement | None = None, strength: float = 1.0) -> None:
        """Add a wording, or another place of one; `fact` says what place it is, `strength` how far it holds."""
        text = PERMALINK.sub("", clean_line(text))[:LONGEST]
        key = squeezed(text)
        if not key or not any(c.isalpha() for c in text):
            return
        trust = _TRUST.get(origin, _TRUST.get(origin.split(":")[0], 7))
        group = self.groups.get(key)
        if group is None:
            if len(self.groups) >= 60:
                return
            group = self.groups[key] = Wording(text, origin, trust, element)
        elif trust < group.trust:
            # A heading may be printed in capitals by the page itself; the declared wording then stands.
            if not (text.isupper() and not group.text.isupper()):
                group.text = text
            group.origin, group.trust, group.element = origin, trust, element if element is not None else group.element
        group.facts[fact] = max(group.facts.get(fact, 0.0), strength)
