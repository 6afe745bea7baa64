"""A browser walks the desk: no error, no request elsewhere, no scrolling sideways, nothing that axe objects to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from pipeline.load.load import publish
from pipeline.render.installed import chromium
from tests.made import day, made, opened
from tests.pipeline.desk.conftest import served
from tests.pipeline.holdings.archived import SITE, captured

WAYS_OUT = (Path(__file__).parent / "ways_out.html").read_bytes()
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
"""Deque's checks of accessibility: contrast, names, headings, landmarks, languages."""
CHECKED = """axe.run({resultTypes: ["violations"], iframes: false})
.then(found => found.violations.map(one => [one.id, one.nodes[0].html]))"""
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


@pytest.fixture(scope="module")
def chrome() -> Iterator[Callable[..., Any]]:
    """Give what launches Chromium, with further arguments."""
    from playwright.sync_api import sync_playwright

    program = chromium()
    if program is None:
        pytest.fail("Chromium is needed: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox", *more])


@pytest.fixture(scope="module")
def browser(chrome: Callable[..., Any]) -> Iterator[Any]:
    browser = chrome()
    yield browser
    browser.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_every_kind_of_page(browser: Any, desk: int, width: int, scheme: str) -> None:
    walk(browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme), desk, PAGES)


@pytest.mark.nightly
def test_axe_objects_to_nothing(browser: Any, desk: int) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
    for path in (*PAGES, "/?q=zzz+date:2019", "/sources/sample-reports", "/runs/1", "/nowhere"):
        page.goto(f"http://127.0.0.1:{desk}{path}", wait_until="load")
        page.evaluate(AXE)
        assert page.evaluate(CHECKED) == [], path
    page.close()


def test_an_empty_store(browser: Any, tmp_path: Path) -> None:
    store = opened(str(tmp_path / "ingest.db"), with_source=False)
    with served(store, tmp_path / "archive") as port:
        page = browser.new_page(viewport={"width": 360, "height": 800})
        walk(page, port, ("/", "/?q=cobalt", "/sources", "/doubtful", "/help"))
    store.close()


def test_titles_of_other_scripts_stand_in_their_direction(browser: Any, tmp_path: Path) -> None:
    store = opened(str(tmp_path / "ingest.db"))
    documents = [
        made("https://acme.org/ar", title="الأعمال وحقوق الإنسان " * 9, body="مسؤولية الشركات", language="ar"),
        made("https://acme.org/zh", title="工商企业与人权指导原则" * 12, body="企业尊重人权。" * 90, language="zh"),
        made(f"https://acme.org/{'x' * 400}", title="Donaudampfschifffahrtsgesellschaft" * 6, language="de"),
    ]
    with store.begin() as connection:
        publish(connection, documents, run_id=None, now=day(0))
    with served(store, tmp_path / "archive") as port:
        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.goto(f"http://127.0.0.1:{port}/?q=language:ar", wait_until="load")
        assert page.locator("h2[dir=rtl] a").inner_text().startswith("الأعمال")
        page.goto(f"http://127.0.0.1:{port}/?q=人权", wait_until="load")
        assert "人权" in page.locator("mark").all_inner_texts()
        walk(page, port, ("/", "/?q=人权", "/documents/1", "/documents/2", "/documents/3", "/doubtful", "/sources"))
    store.close()


def walk(page: Any, port: int, paths: Sequence[str]) -> None:
    """Open each page: no error on the console, no request elsewhere, no scrolling sideways, one heading."""
    own = f"http://127.0.0.1:{port}/"
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: told.append(request.url) if not request.url.startswith((own, "data:")) else None)
    for path in paths:
        page.goto(own + path.removeprefix("/"), wait_until="load")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, path
        assert page.locator("h1").count() == 1 or path.startswith("/?q=date"), path
        assert page.locator("main").count() == 1, path
    page.close()
    assert told == []


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
