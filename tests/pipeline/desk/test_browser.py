"""A browser walks the desk: no error, no request elsewhere, no scrolling sideways, on a small screen in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.desk.safe_copy import safe_copy
from pipeline.render.installed import chromium

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = chromium()
    if program is None:
        pytest.fail("Chromium is needed: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_every_kind_of_page(browser: Any, desk: int, width: int, scheme: str) -> None:
    own = f"http://127.0.0.1:{desk}/"
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: told.append(request.url) if not request.url.startswith((own, "data:")) else None)
    for path in PAGES:
        page.goto(own + path.removeprefix("/"), wait_until="load")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, path
        assert page.locator("h1").count() == 1 or path.startswith("/?q=date"), path
        assert page.locator("main").count() == 1, path
    page.close()
    assert told == []


def test_a_copy_of_a_page_with_every_way_out_leads_nowhere(browser: Any) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(safe_copy(WAYS_OUT, "text/html; charset=utf-8", ()), wait_until="load")
    assert page.locator("a, form, script, img, iframe, link").count() == 0
    assert asked == []
    page.close()
