"""A browser walks the desk (`tests.pipeline.desk.walking`), and looks at an archived page with ways out."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.database.store import Store
from pipeline.load.load import publish
from tests.made import day, made, new_store, opened
from tests.made_store import fill
from tests.pipeline.desk.conftest import served
from tests.pipeline.desk.walking import VIEWS, launching, paths_of, walk
from tests.pipeline.holdings.archived import SITE, captured

WAYS_OUT = (Path(__file__).parent / "ways_out.html").read_bytes()
PAGES = (
    "/",
    "/?q=workers+language:en",
    "/documents/5",
    "/documents/2?q=nets",
    "/sources",
    "/doubtful",
    "/help",
    "/?q=date:20x9",
)
SEEN_MOST = ((360, "dark"), (1280, "light"))


@pytest.fixture(scope="module")
def chrome() -> Iterator[Callable[..., Any]]:
    with launching() as launch:
        yield launch


@pytest.fixture(scope="module")
def browser(chrome: Callable[..., Any]) -> Iterator[Any]:
    browser = chrome()
    yield browser
    browser.close()


@pytest.mark.parametrize(("width", "scheme"), SEEN_MOST)
def test_every_kind_of_page(browser: Any, desk: int, width: int, scheme: str) -> None:
    assert walk(browser, desk, PAGES, width=width, scheme=scheme) == []


@pytest.mark.nightly
@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_objects_to_nothing(browser: Any, desk: int, width: int, scheme: str) -> None:
    paths = (*PAGES, "/?q=zzz+date:2019", "/sources/sample-reports", "/runs/1", "/nowhere")
    assert walk(browser, desk, paths, width=width, scheme=scheme, axe=True) == []


@pytest.mark.nightly
@pytest.mark.parametrize(("width", "scheme"), SEEN_MOST)
@pytest.mark.parametrize("holding", ["empty", "of_other_scripts", "large"])
def test_axe_objects_to_nothing_in_other_stores(
    browser: Any, tmp_path: Path, holding: str, width: int, scheme: str
) -> None:
    path = tmp_path / "ingest.db"
    if holding == "of_other_scripts":
        store = of_other_scripts(tmp_path)
    else:
        store = opened(str(path), with_source=False) if holding == "empty" else new_store(path)
    if holding == "large":
        fill(store, 3_000)
    with served(store, tmp_path / "archive") as port:
        assert walk(browser, port, paths_of(store), width=width, scheme=scheme, axe=True) == []
    store.close()


def test_an_empty_store(browser: Any, tmp_path: Path) -> None:
    store = opened(str(tmp_path / "ingest.db"), with_source=False)
    with served(store, tmp_path / "archive") as port:
        assert walk(browser, port, ("/", "/?q=cobalt", "/sources", "/doubtful", "/help"), width=360) == []
    store.close()


def of_other_scripts(folder: Path) -> Store:
    """Return a store of long titles from right to left, without blanks, and without a place to break."""
    store = opened(str(folder / "ingest.db"))
    documents = [
        made("https://acme.org/ar", title="الأعمال وحقوق الإنسان " * 9, body="مسؤولية الشركات", language="ar"),
        made("https://acme.org/zh", title="工商企业与人权指导原则" * 12, body="企业尊重人权。" * 90, language="zh"),
        made(f"https://acme.org/{'x' * 400}", title="Donaudampfschifffahrtsgesellschaft" * 6, language="de"),
    ]
    with store.begin() as connection:
        publish(connection, documents, run_id=None, now=day(0))
    return store


def test_titles_of_other_scripts_stand_in_their_direction(browser: Any, tmp_path: Path) -> None:
    store = of_other_scripts(tmp_path)
    with served(store, tmp_path / "archive") as port:
        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.goto(f"http://127.0.0.1:{port}/?q=language:ar", wait_until="load")
        assert page.locator("h2[dir=rtl] a").inner_text().startswith("الأعمال")
        page.goto(f"http://127.0.0.1:{port}/?q=人权", wait_until="load")
        assert "人权" in page.locator("mark").all_inner_texts()
        page.close()
        paths = ("/", "/?q=人权", "/documents/1", "/documents/2", "/documents/3", "/doubtful", "/sources")
        assert walk(browser, port, paths, width=360) == []
    store.close()


def test_an_archived_page_with_every_way_out_opens_no_connection(chrome: Callable[..., Any], tmp_path: Path) -> None:
    store = captured(tmp_path, {"/out": WAYS_OUT})
    with store.begin() as connection:
        publish(connection, [replace(made(f"{SITE}/out", title="Out"), capture_id=1)], run_id=None, now=day(0))
    with listening() as (port, callers), served(store, tmp_path / "archive") as desk:
        browser = chrome(f"--host-resolver-rules=MAP evil.test 127.0.0.1:{port}")
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{desk}/documents/1", wait_until="networkidle")
        page.locator("iframe").scroll_into_view_if_needed()  # which loads it
        frame = page.frame_locator("iframe")
        frame.locator("h1").wait_for()
        for element in frame.locator("body *").all():
            element.click(force=True, timeout=2_000, no_wait_after=True)
        page.goto(f"http://127.0.0.1:{desk}/documents/1/copy", wait_until="networkidle")
        assert page.locator("a, form, script, img, iframe, link").count() == 0
        assert page.url.endswith("/copy")
        assert callers == []
        browser.new_page().set_content("<img src=http://evil.test/>", wait_until="load")  # a connection would be seen
        assert callers
        browser.close()
    store.close()


@contextmanager
def listening() -> Iterator[tuple[int, list[Any]]]:
    """Listen on a free port; give it and a list of who connected, each of whom is hung up on."""
    callers: list[Any] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            with suppress(OSError):
                while True:
                    connection, caller = server.accept()
                    callers.append(caller)
                    connection.close()

        threading.Thread(target=hang_up, daemon=True).start()
        yield server.getsockname()[1], callers
        server.shutdown(socket.SHUT_RDWR)
