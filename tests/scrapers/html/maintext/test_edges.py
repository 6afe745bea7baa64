"""What is left out of a choice of blocks at its beginning and its end."""

from __future__ import annotations

import pytest

from scrapers.html.blocks import blocks
from scrapers.html.dom import parse
from scrapers.html.maintext.edges import trimmed

TEXT = (
    "<p>The committee measured the springs of the lower valley in three years, and found less water each time.</p>" * 3
)


def kept(markup: str) -> list[str]:
    """Return the blocks of a page that stay where all below its heading are chosen."""
    page = blocks(parse(f"<body><h1>Springs</h1>{markup}</body>".encode(), None, "https://centre.example/r").root)
    return [page.texts[number] for number in trimmed(page, list(range(1, len(page.texts))))]


@pytest.mark.parametrize("mark", [" | ", " · ", " > ", " / ", " – ", "|"])
def test_a_line_of_links_before_the_text_is_a_menu_whatever_stands_between_them(mark: str) -> None:
    line = mark.join(f'<a href="/{word}">{word}</a>' for word in ("NEW SEARCH", "HOME", "HELP"))
    assert len(kept(f"<div>{line}</div>{TEXT}")) == 3


def test_a_line_with_words_of_its_own_is_text() -> None:
    assert len(kept(f'<div>Read first: <a href="/a">what a spring is</a> | see the map below</div>{TEXT}')) == 4
