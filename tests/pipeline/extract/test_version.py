"""The digest of what a document's rows are made from: alike on both databases, another for whatever counts."""

from __future__ import annotations

from sqlalchemy import select, update

from models.ledger import Source
from pipeline.extract.version import PublishedAs, code_basis, fingerprint
from pipeline.extract.worker import Shipment as Given
from pipeline.extract.worker import again, document, page_of
from scrapers.base import Rules
from scrapers.record import ValuesRecord
from tests.made import opened

PAGE = """<!DOCTYPE html><html lang="fr"><title>L’eau — №&nbsp;5 | Site</title><main><h1>L’eau — №&nbsp;5</h1>
<p>Par Ann Lee, publié le 3 mai 2019</p><p>Le fleuve monte; \U0001f30a rien ne l’arrête, nul ne le dit à la ville.</p>
<table><tr><td>1.50</td><td>2e3</td></tr><tr><td>ا</td><td>水</td></tr></table><a href="/f.pdf">Le rapport</a></main>"""
GIVEN = Given(page=page_of(PAGE.encode(), "https://acme.org/eau"))
CLAIMS: ValuesRecord = {"publisher": {"value": "Acmé", "raw": "Acmé", "origin": "feed:publisher"}}


def test_a_reading_keeps_its_digest_in_a_database(store_url: str) -> None:
    store = opened(store_url)
    reading = document(GIVEN, Rules())
    with store.begin() as connection:
        connection.execute(update(Source).values(state=reading, config=CLAIMS))
        row = connection.execute(select(Source.state, Source.config)).one()
    assert fingerprint("by", row.config, row.state) == fingerprint("by", CLAIMS, reading)
    store.close()


def test_whatever_counts_makes_another_digest() -> None:
    reading = document(GIVEN, Rules())
    own = fingerprint(code_basis(Rules()), CLAIMS, reading)
    assert own == fingerprint(
        code_basis(Rules(title="h1")), CLAIMS, reading
    )  # what it reads otherwise would show in the reading
    assert own != fingerprint(code_basis(Rules(exclude=("*/f.pdf",))), CLAIMS, reading)
    assert own != fingerprint(code_basis(Rules(file_hosts=("files.acme.org",))), CLAIMS, reading)
    assert own != fingerprint(code_basis(Rules()), {}, reading)
    assert own != fingerprint(code_basis(Rules()), CLAIMS, {**reading, "notes": ["seen"]})


def test_read_again_only_what_differs_comes_back() -> None:
    published = PublishedAs(claims=CLAIMS, fingerprint=fingerprint("by", CLAIMS, document(GIVEN, Rules())))
    assert again(GIVEN, Rules(), "by", published) is None
    assert again(GIVEN, Rules(), "by other code", published) == document(GIVEN, Rules())
    changed = again(GIVEN, Rules(title="title"), "by", published)
    assert changed is not None
    assert changed["values"]["title"]["origin"].startswith("selector:")


HOSTILE = rb"""<title>Water</title><meta name="citation_author" content="Ann Lee"><script type="application/ld+json">
{"@type": "Article", "headline": "Water \u0000 rises", "author": {"name": "Ann \ud800 Lee"},
"description": "Long enough \u0000 a description of what the page says."}</script><h1>Water rises</h1>
<p>The river rises, and nobody tells the town of it.</p><a href="/f.pdf" title="\ud800">Report</a>"""


def test_what_no_database_can_hold_is_left_out_of_a_reading(store_url: str) -> None:
    store = opened(store_url)
    reading = document(Given(page=page_of(HOSTILE, "https://acme.org/water")), Rules())
    assert reading["values"]["description"]["raw"] == "Long enough  a description of what the page says."
    with store.begin() as connection:
        connection.execute(update(Source).values(state=reading))
        assert connection.execute(select(Source.state)).scalar() == reading
    store.close()
