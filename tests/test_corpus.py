"""Every saved page is read as it was accepted, field by field; every source that is shipped has one."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import load
from pipeline.extract.corpus import Corpus

ROOT = Path(__file__).parent.parent
CONFIG = load(ROOT / "config.toml", {})
CORPUS = Corpus(ROOT / "tests" / "corpus")
SAVED = CORPUS.slugs()


@cache
def read(slug: str) -> Any:
    record = CORPUS.read(CORPUS.page(slug), CORPUS.rules(slug, CONFIG))
    return json.loads(json.dumps(record))


@cache
def expected(slug: str) -> Any:
    return CORPUS.expected(slug)


@pytest.mark.parametrize(
    ("slug", "field"), [pytest.param(slug, name, id=f"{slug}/{name}") for slug in SAVED for name in expected(slug)]
)
def test_a_saved_page_says_what_was_accepted(slug: str, field: str) -> None:
    assert read(slug).get(field) == expected(slug)[field]


@pytest.mark.parametrize("slug", SAVED)
def test_a_saved_page_says_nothing_else(slug: str) -> None:
    assert set(read(slug)) == set(expected(slug))


@pytest.mark.parametrize("name", CONFIG.sources)
def test_a_source_that_is_shipped_has_a_saved_page(name: str) -> None:
    pages = [slug for slug in SAVED if slug.partition("/")[0] == name]
    assert pages, f"save one: ingest accept --corpus tests/corpus --source {name} URL"


@pytest.mark.parametrize("name", sorted({slug.partition("/")[0] for slug in SAVED}))
def test_a_saved_page_belongs_to_a_source_that_is_shipped(name: str) -> None:
    assert name in CONFIG.sources


@pytest.mark.parametrize(
    ("name", "field", "key"),
    [
        (name, field, key)
        for name, source in CONFIG.sources.items()
        for field, key in (("title", "title"), ("authors", "author"), ("date_published", "date"), ("body", "body"))
        if getattr(source, key)
    ],
)
def test_a_selector_that_is_shipped_matches_on_a_saved_page(name: str, field: str, key: str) -> None:
    origins = [expected(slug).get("origins", {}).get(field) for slug in SAVED if slug.startswith(f"{name}/")]
    assert f"selector:{getattr(CONFIG.sources[name], key)}" in origins
