"""Which document an address belongs to: keys of twins, hints of a page, who speaks for a document. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from pipeline.load.agreement import moved, twins
from pipeline.load.content import Content
from pipeline.load.identify import Node, Registry, rank, read, twin_key
from pipeline.load.normalise import Document
from tests.made import made, text

WATER, LAND = text("water"), text("land")


@pytest.mark.parametrize(
    ("url", "key", "language"),
    [
        ("https://acme.org/en/wells", "twin:acme.org/wells", "en"),
        ("https://acme.org/fr/wells", "twin:acme.org/wells", "fr"),
        ("https://acme.org/pt-br/wells", "twin:acme.org/wells", "pt"),
        ("https://acme.org/en", "twin:acme.org", "en"),
        ("https://acme.org/wells?lang=fr", "twin:acme.org/wells", "fr"),
        ("https://acme.org/wells?lang=fr&id=7", "twin:acme.org/wells?id=7", "fr"),
        ("https://acme.org/wells?id=7&hl=de", "twin:acme.org/wells?id=7", "de"),
        ("https://acme.org/wells", "twin:acme.org/wells", None),
        ("https://acme.org/qq/wells", "twin:acme.org/qq/wells", None),  # no language
        ("https://acme.org/reports/en/wells", "twin:acme.org/reports/en/wells", None),
        ("https://acme.org/energy/wells", "twin:acme.org/energy/wells", None),
    ],
)
def test_addresses_under_several_languages_share_a_key(url: str, key: str, language: str | None) -> None:
    assert twin_key(url) == (key, language)


def content(url: str = "https://acme.org/wells", **given: Any) -> Content:
    return read(made(url, **{"title": "Wells", "body": WATER, **given}))


AGREEMENTS: dict[str, tuple[Content, Content, bool, bool]] = {
    # one, other, twins beside each other, one document that moved
    "the same": (content(), content(), True, True),
    "capitals of the title": (content(), content(title="WELLS"), True, True),
    "another title, the same text": (content(), content(title="Walls"), False, True),
    "the same title, another text": (content(), content(body=LAND), False, True),
    "neither": (content(), content(title="Walls", body=LAND), False, False),
    "texts of which half agrees": (content(), content(title="Walls", body=WATER + " " + text("air", 60)), False, True),
    "no title on either": (content(title=None), content(title=None), False, True),
    "no text, another title": (content(body=None), content(body=None, title="Walls"), False, False),
    "no text, no title": (content(body=None), content(body=None, title=None), False, True),
    "a page and a file": (content(), content(media_type="application/pdf"), False, False),
    "two files": (
        content(media_type="application/pdf"),
        content(media_type="application/pdf"),
        False,
        True,
    ),
}


@pytest.mark.parametrize(("one", "other", "is_twin", "has_moved"), AGREEMENTS.values(), ids=list(AGREEMENTS))
def test_title_and_text_decide_where_an_address_is_no_proof(
    one: Content, other: Content, is_twin: bool, has_moved: bool
) -> None:
    assert (twins(one, other), moved(one, other)) == (is_twin, has_moved)
    assert (twins(other, one), moved(other, one)) == (is_twin, has_moved)


@pytest.mark.parametrize(
    ("url", "given", "variant"),
    [
        ("https://acme.org/wells", {}, False),
        ("https://acme.org/x/wells", {"claimed": ["https://acme.org/wells"]}, True),
        ("https://acme.org/wells", {"claimed": ["https://acme.org/wells"]}, False),  # its own address
        ("https://acme.org/wells", {"claimed": ["https://elsewhere.test/wells"]}, False),  # not for it to say
        ("https://acme.org/wells", {"claimed": ["https://acme.org/"]}, False),  # a careless rel=canonical
        ("https://acme.org/wells", {"claimed": ["https://acme.org/en/"]}, False),
        ("https://acme.org/fr/wells", {"language": "en"}, True),  # shown under another language's path
        ("https://acme.org/fr/wells", {"language": "fr"}, False),
        ("https://acme.org/fr/wells", {"language": None}, False),
        ("https://acme.org/fr/w.pdf", {"language": "en", "media_type": "application/pdf"}, False),
    ],
)
def test_a_page_that_speaks_for_another_address_is_a_variant(url: str, given: dict[str, Any], variant: bool) -> None:
    assert content(url, **given).variant == variant


def test_of_twins_the_one_that_all_name_speaks_then_https_then_the_lowest_address() -> None:
    ordered = [
        content("https://acme.org/a"),
        content("https://acme.org/b"),
        content("http://acme.org/a"),
        content("https://acme.org/0", claimed=["https://acme.org/a"]),
    ]
    assert sorted(reversed(ordered), key=rank) == ordered


def placed(documents: Sequence[Document]) -> Registry:
    registry = Registry()
    for document in documents:
        registry.add(document)
    return registry


def tops(registry: Registry) -> list[Node]:
    return list(dict.fromkeys(node.top for node in registry.nodes))


ONE_DOCUMENT = {
    "the same address twice": [made("https://acme.org/a", body=WATER), made("https://acme.org/a", body=LAND, at=1)],
    "with and without www": [made("https://acme.org/a", body=WATER), made("http://www.acme.org/a", body=LAND, at=1)],
    "a redirect from the former address": [
        made("https://acme.org/a", body=WATER),
        made("https://acme.org/b", body=WATER, through=["https://acme.org/a"], at=1),
    ],
    "a claim with the same text": [
        made("https://acme.org/a", body=WATER),
        made("https://acme.org/x/a", body=WATER, claimed=["https://acme.org/a"]),
    ],
    "an untranslated twin": [
        made("https://acme.org/en/a", body=WATER),
        made("https://acme.org/fr/a", body=WATER),
    ],
}
TWO_DOCUMENTS = {
    "the same text at two addresses": [made("https://acme.org/a", body=WATER), made("https://acme.org/b", body=WATER)],
    "a redirect to other content": [
        made("https://acme.org/a", title="Wells", body=WATER),
        made("https://acme.org/notice", title="Down for the day", body=LAND, through=["https://acme.org/a"], at=1),
    ],
    "a claim that the text contradicts": [
        made("https://acme.org/a", body=WATER),
        made("https://acme.org/b", body=LAND, claimed=["https://acme.org/a"]),
    ],
    "a true translation": [
        made("https://acme.org/en/a", title="Wells", body=WATER),
        made("https://acme.org/fr/a", title="Puits", body=text("eau"), language="fr"),
    ],
}


@pytest.mark.parametrize("documents", ONE_DOCUMENT.values(), ids=list(ONE_DOCUMENT))
@pytest.mark.parametrize("turned", [False, True], ids=["in order", "reversed"])
def test_what_proves_to_be_one_document(documents: list[Document], turned: bool) -> None:
    assert len(tops(placed(documents[::-1] if turned else documents))) == 1


@pytest.mark.parametrize("documents", TWO_DOCUMENTS.values(), ids=list(TWO_DOCUMENTS))
@pytest.mark.parametrize("turned", [False, True], ids=["in order", "reversed"])
def test_what_stays_two_documents(documents: list[Document], turned: bool) -> None:
    assert len(tops(placed(documents[::-1] if turned else documents))) == 2


def test_the_newest_answer_of_an_address_is_what_its_document_says() -> None:
    old, new = made("https://acme.org/a", body=WATER), made("https://acme.org/a", body=LAND, at=1)
    for documents in ([old, new], [new, old]):
        (node,) = tops(placed(documents))
        assert node.content.body == LAND


def test_a_document_belongs_to_the_first_of_the_sources_that_met_it() -> None:
    (node,) = tops(placed([made("https://acme.org/a", source_id=2), made("https://acme.org/a", source_id=1, at=1)]))
    assert node.source_id == 1
