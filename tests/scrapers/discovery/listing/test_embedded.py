"""Lists that a page holds as data for its scripts are read without running them."""

from __future__ import annotations

import json
from html import escape

import pytest

from pipeline.extract.worker import Shipment, listing, page_of
from scrapers.base import Request, Rules

TITLES = ("Water and work in the Oru valley", "Who repairs the nets of Nivala", "Cobalt and the long road to Tessia")
ITEMS = [{"title": title, "url": f"/reports/{n}", "date": f"2021-0{n}-11"} for n, title in enumerate(TITLES, 1)]
STATE = {"list": {"items": ITEMS}}


@pytest.mark.parametrize(
    "data",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": STATE})}</script>',
        f"<script>window.__STATE__ = {json.dumps(STATE)};</script>",
        f"<script>window.__STATE__ = JSON.parse({json.dumps(json.dumps(STATE))});</script>",
        f"<script>window.__STATE__ = JSON.parse('{json.dumps(STATE)}');</script>",
        f"<script>self.__next_f.push([1, {json.dumps('5:' + json.dumps(['$', 'div', None, STATE]))}])</script>",
        f'<div id="app" data-page="{escape(json.dumps({"props": STATE}))}"></div>',
    ],
    ids=["next", "state", "parsed string", "parsed in single quotes", "streamed", "attribute"],
)
def test_data_of_a_framework_is_read(data: str) -> None:
    page = page_of(f'<html><body><div id="root"></div>{data}<script src="/a.js"></script></body></html>'.encode(), BASE)
    found = listing(Shipment(page=page), Request(url=BASE, expect="listing", state={"page": "1"}), Rules(start=(BASE,)))
    assert [(link.url, link.text) for link in found.links] == [
        (f"https://a.example/reports/{n}", title) for n, title in enumerate(TITLES, 1)
    ]
    assert [link.claims["date_published"].value for link in found.links] == [f"2021-0{n}-11" for n in (1, 2, 3)]


BASE = "https://a.example/reports"


def test_a_list_in_a_noscript_is_read() -> None:
    rows = "".join(f'<li><a href="{item["url"]}">{item["title"]}</a> {item["date"]}</li>' for item in ITEMS)
    shell = f'<html><body><div id="root"></div><noscript><ul>{rows}</ul></noscript><script src="/a.js"></script></body>'
    found = listing(
        Shipment(page=page_of(shell.encode(), BASE)),
        Request(url=BASE, expect="listing", state={"page": "1"}),
        Rules(start=(BASE,)),
    )
    assert [link.text for link in found.links] == list(TITLES)
