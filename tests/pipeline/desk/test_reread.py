"""A document is read again from its page: for who has the token, from our own page, the difference first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database.store import open_store
from pipeline.desk.reread import TRIES, Rereading
from tests.pipeline.conftest import Ingested
from tests.pipeline.desk.conftest import served
from tests.pipeline.desk.test_security import OWN, raw
from tests.pipeline.workplace import Workplace

PATH = "/documents/5/reread"


@pytest.fixture
def allowing(ingested: Ingested) -> Iterator[tuple[int, Rereading]]:
    """Give a desk over the sample, which may be read again, and what knows its token; nothing gets as far as a run."""
    data = ingested.folder / "data"
    store = open_store(str(data / "ingest.db"), base=Path(), write=False)
    rereading = Rereading(ingested.folder / "no.toml")
    with served(store, data / "archive", rereading) as port:
        yield port, rereading
    store.close()


def post(port: int, body: str, *headers: str, path: str = PATH, length: int | None = None) -> tuple[int, str]:
    form = "Content-Type: application/x-www-form-urlencoded"
    head = [f"POST {path} HTTP/1.1", OWN, *headers]
    if not any(line.startswith("Content-Type") for line in headers):
        head.append(form)
    status, answered, text = raw(port, "\r\n".join([*head, f"Content-Length: {length or len(body)}"]), body)
    assert "set-cookie" not in answered
    return status, text


SAME = "Sec-Fetch-Site: same-origin"
REFUSED = [
    ((), PATH, 403),
    (("Sec-Fetch-Site: cross-site",), PATH, 403),
    (("Sec-Fetch-Site: same-site",), PATH, 403),
    (("Sec-Fetch-Site: none",), PATH, 403),
    (("Origin: null",), PATH, 403),
    (("Origin: http://evil.test",), PATH, 403),
    (("Origin: http://localhost:PORT",), PATH, 403),
    (("Origin: https://127.0.0.1:PORT",), PATH, 403),
    ((SAME, "Origin: http://evil.test"), PATH, 403),
    ((SAME, SAME), PATH, 403),
    ((SAME, "Content-Type: application/json"), PATH, 415),
    ((SAME, "Content-Type: multipart/form-data"), PATH, 415),
    ((SAME,), "/documents/5", 405),
    ((SAME,), "/documents/http:%2F%2Fevil.test/reread", 405),
    ((SAME,), "/documents/5/reread/", 405),
    ((SAME,), "/", 405),
    ((SAME,), "/documents/99999/reread", 404),
    ((SAME,), PATH, 403),
    (("Origin: http://127.0.0.1:PORT",), PATH, 403),
]
"""The last two come from our own page, and lack the token."""


def test_what_is_refused(allowing: tuple[int, Rereading]) -> None:
    port, rereading = allowing
    for headers, path, status in REFUSED:
        body = f"step=look&token={rereading.token}" if status != 403 or SAME not in headers else "step=look&token=x"
        if headers == REFUSED[-1][0]:
            body = "step=look"
        assert post(port, body, *headers, path=path)[0] == status, (headers, path)
    assert post(port, "step=look", SAME, length=5_000)[0] == 413


def test_a_desk_that_may_not_reread_has_no_such_page(desk: int) -> None:
    assert raw(desk, f"GET {PATH} HTTP/1.1\r\n{OWN}")[0] == 404
    assert post(desk, "step=look", SAME)[0] == 405
    assert "Read it again" not in raw(desk, f"GET /documents/5 HTTP/1.1\r\n{OWN}")[2]


def test_the_page_asks_for_the_token_and_is_no_get_with_effects(allowing: tuple[int, Rereading]) -> None:
    port, rereading = allowing
    status, headers, text = raw(port, f"GET {PATH}?step=load&token={rereading.token} HTTP/1.1\r\n{OWN}")
    assert status == 200
    assert 'name="token" type="password"' in text
    assert rereading.token not in text
    assert "set-cookie" not in headers
    assert "Read it again" in raw(port, f"GET /documents/5 HTTP/1.1\r\n{OWN}")[2]


def test_wrong_tokens_are_taken_a_few_times_and_nothing_is_loaded_unseen(allowing: tuple[int, Rereading]) -> None:
    port, rereading = allowing
    assert "Look at what would change first" in post(port, f"step=load&token={rereading.token}", SAME)[1]
    status, text = post(port, f"step=look&token={rereading.token}", SAME)
    assert (status, "no.toml" in text) == (409, True)  # the command was run, and its fault is shown
    for _ in range(TRIES):
        assert "not the token" in post(port, "step=look&token=wrong", SAME)[1]
    assert "Too many wrong tokens" in post(port, f"step=look&token={rereading.token}", SAME)[1]


def test_the_difference_is_shown_and_then_loaded(filled: Workplace) -> None:
    store = open_store("data/ingest.db", base=filled.folder)
    with store.begin() as connection:
        row = connection.exec_driver_sql(
            "SELECT document.id, revision.title FROM document JOIN revision ON revision.document_id = document.id "
            "WHERE media_type = 'text/html' AND revision.title IS NOT NULL LIMIT 1"
        ).one()
        connection.exec_driver_sql("UPDATE url SET last_capture_id = last_capture_id")
        connection.exec_driver_sql("UPDATE capture SET read_as = 'by-older-code'")
        connection.exec_driver_sql(
            "UPDATE revision SET title = 'A wrong title', content_hash = 'old' WHERE document_id = ?", (row.id,)
        )
    store.close()
    reading = open_store("data/ingest.db", base=filled.folder, write=False)
    rereading = Rereading(filled.folder / "config.toml")
    path = f"/documents/{row.id}/reread"
    with served(reading, filled.folder / "data" / "archive", rereading) as port:
        body = f"step=look&token={rereading.token}"
        head = f"POST {path} HTTP/1.1\r\n{OWN}\r\n{SAME}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        status, headers, text = raw(port, f"{head}Content-Length: {len(body)}", body)
        assert status == 200
        assert re.search(r"<del>A wrong.*</del>", text)
        assert re.fullmatch(rf"ingest-{port}=.+; HttpOnly; Path=/documents; SameSite=strict", headers["set-cookie"])
        cookie = headers["set-cookie"].partition(";")[0]
        assert "Revisions" not in raw(port, f"GET /documents/{row.id} HTTP/1.1\r\n{OWN}")[2]
        status, headers, text = raw(port, f"{head}Cookie: {cookie}\r\nContent-Length: 9", "step=load")
        assert (status, headers.get("location")) == (303, f"/documents/{row.id}"), text
        assert row.title in raw(port, f"GET /documents/{row.id} HTTP/1.1\r\n{OWN}")[2]
    reading.close()
