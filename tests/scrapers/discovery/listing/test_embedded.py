"""Lists that a page holds as data for its scripts are read without running them."""

from __future__ import annotations

import json
from html import escape

import pytest

from models.errors import ExtractError
from pipeline.extract.worker import Shipment, listing, page_of
from scrapers.base import Request, Rules
from tests.scrapers.discovery.reading import listing_of

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


def test_xml_of_a_form_of_its_own() -> None:
    rows = "".join(
        f"<doc id='{n}'><title>Report {n} on tides</title><date>2019-05-1{n}</date><url>/d/{n}</url></doc>"
        for n in range(5)
    )
    found = listing_of("listing", f"<?xml version='1.0'?><docs>{rows}</docs>")
    assert [link.url.rpartition("/")[2] for link in found.links] == ["0", "1", "2", "3", "4"]
    assert found.links[2].claims["date_published"].value == "2019-05-12"
    with pytest.raises(ExtractError, match="root is <docs>"):
        listing_of("listing", "<?xml version='1.0'?><docs><a>1</a></docs>")


def record(number: int, title: str) -> dict[str, object]:
    """Return a record as InvenioRDM gives it: its page among its links, what it says in its metadata."""
    links = {"self": f"https://a.example/api/records/{number}", "self_html": f"https://a.example/records/{number}"}
    person = {"person_or_org": {"name": "Ruiz, Ana"}}
    return {
        "links": links,
        "metadata": {"title": title, "publication_date": f"2021-0{number}-11", "creators": [person]},
    }


RECORDS = {
    "records": {
        "hits": {"hits": [record(n, title) for n, title in enumerate(TITLES, 1)], "total": 3},
        "links": {"next": "/api?page=2"},
    },
    "fields with several values": {
        "response": {
            "docs": [
                {"title": [title], "url": [f"/records/{n}"], "date": [f"2021-0{n}-11"], "author": ["Ruiz, Ana"]}
                for n, title in enumerate(TITLES, 1)
            ]
        }
    },
    "hypertext": {
        "_embedded": {
            "items": [
                {
                    "title": title,
                    "publicationDate": f"2021-0{n}-11",
                    "author": {"name": "Ruiz, Ana"},
                    "_links": {"self": {"href": f"/api/{n}"}, "html": {"href": f"/records/{n}"}},
                }
                for n, title in enumerate(TITLES, 1)
            ]
        }
    },
}


@pytest.mark.parametrize("name", RECORDS)
def test_answers_of_repositories_are_read(name: str) -> None:
    found = listing_of("listing", json.dumps(RECORDS[name]), url="https://a.example/api")
    assert [link.url for link in found.links] == [f"https://a.example/records/{n}" for n in (1, 2, 3)]
    claims = [[link.claims[name] for name in ("title", "date_published", "authors")] for link in found.links]
    assert [(str(title.value), day.value) for title, day, _ in claims] == [
        (title, f"2021-0{n}-11") for n, title in enumerate(TITLES, 1)
    ]
    assert all("Ruiz" in str(people.value) for _, _, people in claims)
