"""A page as its fields are read from it: tree, blocks, what it declares, what is visible, whose each part is."""

from __future__ import annotations

from dataclasses import dataclass

from scrapers.html.blocks import Blocks, blocks
from scrapers.html.dom import Dom
from scrapers.html.metadata import Declared, canonical, declared
from scrapers.html.regions.heading import page_titles
from scrapers.html.regions.main_entity import own_nodes
from scrapers.html.regions.regions import Regions
from scrapers.html.scan import Scan, scan


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """What is known of a page before any of its fields is read."""

    dom: Dom
    blocks: Blocks
    metadata: Declared
    seen: Scan
    regions: Regions


def html_page(dom: Dom) -> HtmlPage:
    """Return a parsed page with all that its fields are read from."""
    metadata, seen, parts = declared(dom), scan(dom), blocks(dom.root)
    metadata.graph.content = own_nodes(
        metadata.graph.content, page_titles(dom, metadata), [dom.url, *canonical(metadata)]
    )
    return HtmlPage(dom=dom, blocks=parts, metadata=metadata, seen=seen, regions=Regions(dom, parts, metadata, seen))
