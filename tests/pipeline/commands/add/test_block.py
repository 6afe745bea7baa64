"""The block as TOML, its name, and appending it to the configuration."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import UTC, datetime

import pytest

from models.errors import ConfigError
from pipeline.commands.add.block import Proposal, block, name_of, report
from pipeline.commands.add.examples import Example, read_example
from pipeline.commands.add.site import Sample
from scrapers.base import Found, Link, Page


def test_values_survive_being_written() -> None:
    keys = {"start": ("https://acme.example/a",), "follow": 'a[href*="x\\"]', "include": ("*/ä/*", "*\x7f*")}
    read = tomllib.loads(block("acme", keys))["sources"]["acme"]
    assert read == {"start": "https://acme.example/a", "follow": keys["follow"], "include": list(keys["include"])}


def test_nothing_that_a_page_says_leaves_its_comment() -> None:
    hostile = 'Water\r\nrobots = false\n[http]\x0b\x1b[31m"""\u2028x\u202e\x85y'
    page = Page(
        url="https://acme.example/1",
        final_url="https://acme.example/1",
        content=b"",
        retrieved_at=datetime(2026, 1, 1, tzinfo=UTC),
        sha256=hashlib.sha256(b"").hexdigest(),
    )
    values: dict[str, Found[object]] = {"title": Found(value=hostile, raw=hostile, origin="h1")}
    sample = Sample(link=Link(url=page.url), page=page, values=values, agreeing=frozenset(), files=())
    proposal = Proposal(
        name="acme",
        keys={"start": ("https://acme.example/",)},
        samples=(sample,),
        confidence={"title": 0.9, "author": None, "date": None},
        summary="1 document",
        doubts=(hostile,),
    )
    assert tomllib.loads(report(proposal)) == {"sources": {"acme": {"start": "https://acme.example/"}}}


@pytest.mark.parametrize(
    ("url", "taken", "name"),
    [
        ("https://www.acme.org/library", [], "acme"),
        ("https://docs.acme.co.uk/", [], "acme"),
        ("https://www.acme.org/en/reports/", ["acme"], "acme-reports"),
        ("https://acme.org/", ["acme"], "acme"),
        ("http://192.0.2.7:8080/x", [], "192-0-2-7"),
    ],
)
def test_a_source_is_called_by_its_host(url: str, taken: list[str], name: str) -> None:
    assert name_of(url, taken) == name


def test_an_example_names_values_and_may_repeat_authors() -> None:
    words = ["https://acme.org/1?a=b", "title=A = B", "author=Ana Sol", "author=Bo Li", "date=3 May 2019"]
    expected = {"title": "A = B", "author": ("Ana Sol", "Bo Li"), "date": "2019-05-03"}
    assert read_example(words) == Example("https://acme.org/1?a=b", expected)


@pytest.mark.parametrize("words", [["x", "title=a"], ["https://acme.org/1", "title=a", "title=b"]])
def test_examples_that_cannot_be_meant_are_refused(words: list[str]) -> None:
    with pytest.raises(ConfigError):
        read_example(words)
