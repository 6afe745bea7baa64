"""A page as its fields are read from it: tree, blocks, what it declares, what is visible, and its regions."""

from __future__ import annotations

from functools import cached_property

from scrapers.html.blocks import Blocks, blocks
from scrapers.html.dom import Dom
from scrapers.html.metadata import Declared, canonical, declared
from scrapers.html.regions.heading import page_titles
from scrapers.html.regions.main_entity import own_nodes
from scrapers.html.regions.regions import Regions
from scrapers.html.scan import Scan, scan


class HtmlPage:
    """What is known of a page before any of its fields is read; each part is worked out when it is first asked for."""

    def __init__(self, dom: Dom) -> None:
        self.dom = dom

    @cached_property
    def metadata(self) -> Declared:
        """What the page declares of itself."""
        metadata = declared(self.dom)
        titles = page_titles(self.dom, metadata)
        metadata.graph.content = own_nodes(metadata.graph.content, titles, [self.dom.url, *canonical(metadata)])
        return metadata

    @cached_property
    def seen(self) -> Scan:
        """What is visible of it."""
        return scan(self.dom)

    @cached_property
    def blocks(self) -> Blocks:
        """Its blocks of text."""
        return blocks(self.dom.root)

    @cached_property
    def regions(self) -> Regions:
        """Its regions: the document's own, and others'."""
        return Regions(self.dom, self.blocks, self.metadata, self.seen)


def html_page(dom: Dom) -> HtmlPage:
    """Return a parsed page with all that its fields are read from."""
    return HtmlPage(dom)
