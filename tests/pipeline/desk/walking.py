"""Walk the desk with Chromium: no error, no request elsewhere, no scrolling sideways, nothing that axe objects to.

    python -m tests.pipeline.desk.walking STORE [--archive FOLDER] [--pictures FOLDER]

Every kind of page of a store is opened at 1280 and 360 px, light and dark. What is wrong is printed, a line each; the
exit code is 1 then. With `--pictures`, each page is stored as a PNG, to be looked at.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python

from models.database.store import Store, open_store
from pipeline.render.installed import chromium
from tests.pipeline.desk.conftest import served

VIEWS = [(width, scheme) for width in (1280, 360) for scheme in ("light", "dark")]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
"""Deque's checks of accessibility: contrast, names, headings, landmarks, languages."""
CHECKED = """axe.run({resultTypes: ["violations"], iframes: false})
.then(found => found.violations.map(one => `${one.id} ${one.nodes[0].html}`))"""
OWN_LINE = re.compile("Failed to load resource: the server responded with a status of (404|422)")
"""What the browser says by itself of a page that is not there, or of a copy that cannot be made."""
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def walk(
    browser: Any,
    port: int,
    paths: Sequence[str],
    *,
    width: int,
    scheme: str = "light",
    axe: bool = False,
    pictures: Path | None = None,
) -> list[str]:
    """Open each page, and return what is wrong with it."""
    own = f"http://127.0.0.1:{port}"
    wrong: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    here = ""

    def told(text: str) -> None:
        wrong.append(f"{here} at {width} px, {scheme}: {text}")

    page.on("console", lambda said: told(said.text) if said.type == "error" and not OWN_LINE.match(said.text) else None)
    page.on("request", lambda one: None if one.url.startswith((f"{own}/", "data:")) else told(f"asks for {one.url}"))
    for path in paths:
        here = path
        page.goto(own + path, wait_until="load")
        if (over := page.evaluate(OVER)) > 0:
            told(f"scrolls {over} px sideways")
        if page.locator("h1").count() != 1 or page.locator("main").count() != 1:
            told("has not one heading and one main part")
        if axe:
            page.evaluate(AXE)
            wrong += [f"{path} at {width} px, {scheme}: {text}" for text in page.evaluate(CHECKED)]
        if pictures is not None:
            name = "".join(char if char.isalnum() else "-" for char in path).strip("-") or "list"
            page.screenshot(path=str(pictures / f"{name}-{width}-{scheme}.png"), full_page=True)
    page.close()
    return wrong


def paths_of(store: Store) -> list[str]:
    """Return an address of every kind of page that a store has."""
    with store.read() as connection:

        def first(statement: str) -> Any:
            return connection.exec_driver_sql(statement + " ORDER BY id LIMIT 1").scalar()

        documents = "SELECT id FROM document WHERE merged_into_id IS NULL AND media_type = "
        page, pdf = first(documents + "'text/html'"), first(documents + "'application/pdf'")
        changed = first("SELECT id FROM document WHERE revision > 1")
        source, run = first("SELECT name FROM source"), first("SELECT id FROM run")
    found = ["/", "/?q=zzz+date:2019", "/?q=date:20x9", "/doubtful", "/sources", "/help", "/nowhere"]
    found += [f"/documents/{key}" for key in (page, pdf) if key]
    if page:
        found += [f"/documents/{page}?show=text", "/?q=report", "/?page=2", "/?sort=title"]
    found += [f"/documents/{changed}?diff=1..2"] if changed else []
    found += [f"/sources/{source}"] if source else []
    return found + ([f"/runs/{run}"] if run else [])


@contextmanager
def launching() -> Iterator[Callable[..., Any]]:
    """Give what launches Chromium, with further arguments."""
    from playwright.sync_api import sync_playwright

    program = chromium()
    assert program is not None, "Chromium is needed: apt-get install chromium-headless-shell"
    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox", *more])


def main() -> int:
    """Walk a store, and print what is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("store")
    parser.add_argument("--archive", type=Path, default=Path("archive"))
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args()
    store = open_store(given.store, base=Path(), write=False)
    if given.pictures is not None:
        given.pictures.mkdir(parents=True, exist_ok=True)
    paths = paths_of(store)
    wrong: list[str] = []
    with served(store, given.archive) as port, launching() as launch:
        browser = launch()
        for width, scheme in VIEWS:
            wrong += walk(browser, port, paths, width=width, scheme=scheme, axe=True, pictures=given.pictures)
        browser.close()
    store.close()
    print(*wrong, f"{len(paths)} pages at {len(VIEWS)} views, {len(wrong)} wrong", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
