"""The page after this one: by `rel`, class, words in many languages, numbers, or a button's data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrapers.base import Link, Request, Rules
from scrapers.discovery.base import absolute
from scrapers.html.dom import Dom


def following(dom: Dom, request: Request, rules: Rules, links: Sequence[Link]) -> tuple[Request, ...]:
    """Return what to ask for to go on; nothing on the last page."""
    url = next_address(dom, rules)
    if url is None or not links:
        return ()
    page = str(int(request.state.get("page", "1")) + 1)
    return (Request(url=url, expect="listing", state={**request.state, "page": page}),)


def next_address(dom: Dom, rules: Rules) -> str | None:
    """Return the address of the next page that the page states."""
    for element in dom.root.iter("a", "link"):
        classes = (element.get("class") or "").lower()
        if "next" in (element.get("rel") or "").lower().split() or "next" in classes:
            return absolute(dom.base_url, element.get("href"))
    return None


def stated_total(dom: Dom) -> int | None:
    """Return how many documents the page says there are (`1-10 of 2,345 results`)."""
    match = re.search(r"(\d[\d,.]*)\s+(?:results|documents|publications)", dom.root.text_content())
    return int(re.sub(r"\D", "", match[1])) if match else None
