"""Which links of a listing lead to its documents, where no selector says so."""

from __future__ import annotations

from collections.abc import Iterator

from scrapers.base import Link, Rules
from scrapers.discovery.base import absolute, is_file
from scrapers.html.dom import Dom

ASIDE = frozenset({"nav", "footer", "header", "aside", "form"})


def document_links(dom: Dom, rules: Rules) -> Iterator[Link]:
    """Yield the links that stand in headings or lead to files, outside of navigation."""
    for anchor in dom.root.iter("a"):
        url = absolute(dom.base_url, anchor.get("href"))
        if url is None or any(ancestor.tag in ASIDE for ancestor in anchor.iterancestors()):
            continue
        near = [anchor, *anchor.iterancestors(), *anchor.iterdescendants()]
        if is_file(url) or any(element.tag in ("h2", "h3", "h4", "article", "li") for element in near):
            yield Link(url=url, text=" ".join(anchor.text_content().split()), origin="listing")
