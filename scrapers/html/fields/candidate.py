"""A candidate for a field of a web page: it stands in an element."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapers.choice import chooser

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(slots=True, kw_only=True)
class Candidate(chooser.Candidate):
    """A value that a page may mean for a field, and the element that it was read from."""

    element: HtmlElement | None = None

    def place(self) -> str | None:
        """Return a short CSS path to the element."""
        return place(self.element)


def place(element: HtmlElement | None) -> str | None:
    """Return a short CSS path to an element: up to three steps, from the nearest id or class that tells."""
    if element is None:
        return None
    steps: list[str] = []
    node: HtmlElement | None = element
    while node is not None and isinstance(node.tag, str) and len(steps) < 3:
        ident = node.get("id")
        classes = (node.get("class") or "").split()
        if ident and len(ident) <= 40 and " " not in ident:
            steps.append(f"{node.tag}#{ident}")
            break
        steps.append(f"{node.tag}.{classes[0]}" if classes and len(classes[0]) <= 40 else node.tag)
        node = node.getparent()
    return " > ".join(reversed(steps))
