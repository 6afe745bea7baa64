"""Removing a source: what came from it goes, what came from others stays as it was."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert

from models.ledger import Source
from models.search.search import search
from pipeline.archive import Archive
from pipeline.holdings.queries import one_document
from pipeline.holdings.remove import held_of, remove_source
from pipeline.load.load import publish
from tests.made import MOMENT, day, made, opened, text


def test_the_documents_of_others_stay_and_lose_what_was_lent(tmp_path: Path, store_url: str) -> None:
    store = opened(store_url)
    with store.begin() as connection:
        connection.execute(insert(Source).values(name="other", config={}, state={}, created_at=MOMENT))
    page, file, own = "https://acme.org/report", "https://files.org/report.pdf", "https://files.org/page"
    for number, document in enumerate(
        (
            made(page, title="Who Lends a Title", body=text("water"), authors=["Ana Sol"], files=[(file, "Download")]),
            made(file, title=None, body=text("steel"), media_type="application/pdf", source_id=2),
            made(own, title="Of its own", body=text("copper"), authors=["Bo Li"], source_id=2),
        )
    ):
        with store.begin() as connection:
            publish(connection, [document], run_id=None, now=day(number))
    with store.read() as connection:
        held = held_of(connection, "acme")
        assert held is not None
        assert held.documents == 1
        lent = one_document(connection, file)
        assert lent is not None
        assert lent["title"] == "Who Lends a Title"
    with Archive(tmp_path, software="test") as archive:
        for _ in range(2):  # repeating it is harmless
            remove_source(store, archive, tmp_path, "acme", now=day(4))
    with store.read() as connection:
        assert held_of(connection, "acme") is None
        assert one_document(connection, page) is None
        assert search(connection, "water0") == []
        kept = one_document(connection, file)
        assert kept is not None
        assert (kept["title"], kept["landing_page"]) == (None, None)
        other = one_document(connection, own)
        assert other is not None
        assert [author["name"] for author in other["authors"]] == ["Bo Li"]
    store.close()
