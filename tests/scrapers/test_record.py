"""What was read, as JSON and back: nothing is lost, and what an earlier version wrote is still read."""

from __future__ import annotations

import json

from scrapers.base import Author, Found, Link, Table
from scrapers.fields import Extracted
from scrapers.record import ReadingRecord, from_record, to_record

EARLIER: ReadingRecord = {
    "media_type": "text/html",
    "values": {
        "title": {"value": "Water", "raw": "Water", "origin": "h1", "place": "main > h1"},
        "authors": {
            "value": [{"name": "Ann Lee", "kind": "person"}, {"name": "The Press", "kind": None}],
            "raw": "By Ann Lee, The Press",
            "origin": "text",
        },
        "identifiers": {"value": {"doi": "10.1/a"}, "raw": "10.1/a", "origin": "meta:citation_doi"},
    },
    "links": [
        {
            "url": "https://acme.example/a.pdf",
            "text": "Report",
            "rel": "attachment",
            "media_type": "application/pdf",
            "said": {"kind": {"value": "report", "raw": "Report", "origin": "api:type"}},
        }
    ],
    "tables": [{"rows": [["a", "b"]], "place": "p1 1,2,3,4"}],
    "notes": ["page 3 could not be read"],
    "runners_up": {"title": [{"value": "Home", "raw": "Home", "origin": "title"}]},
}
"""As it was stored before values had a confidence."""


def read_all() -> Extracted:
    """Return a reading in which everything is given."""
    return Extracted(
        media_type="text/html",
        title=Found(value="Water", raw="Water", origin="h1", place="main > h1", confidence=0.98),
        authors=Found(value=(Author(name="Ann Lee", kind="person"),), raw="By Ann Lee", origin="text", confidence=0.0),
        date_published=Found(value="2019-05", raw="May 2019", origin="text"),
        links=(Link(url="https://acme.example/b", claims={"title": Found(value="B", raw="B", origin="feed:title")}),),
        tables=(Table(rows=(("a", "b"),)),),
        notes=("a note",),
        runners_up={"title": (Found(value="Home", raw="Home", origin="title", confidence=0.01),)},
    )


def test_a_reading_survives_json() -> None:
    assert from_record(json.loads(json.dumps(to_record(read_all())))) == read_all()


def test_a_reading_that_an_earlier_version_stored_is_still_read() -> None:
    reading = from_record(EARLIER)
    assert reading.title == Found(value="Water", raw="Water", origin="h1", place="main > h1")
    assert reading.title.confidence is None
    assert reading.authors is not None
    assert reading.authors.value == (Author(name="Ann Lee", kind="person"), Author(name="The Press"))
    assert reading.identifiers is not None
    assert reading.identifiers.value == {"doi": "10.1/a"}
    assert reading.links[0].claims["kind"].value == "report"
    assert reading.runners_up["title"][0].value == "Home"
    assert to_record(reading) == EARLIER
