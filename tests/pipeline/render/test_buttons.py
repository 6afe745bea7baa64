from __future__ import annotations

import pytest

from pipeline.render.buttons import leading_on, next_button


def button(text: str, label: str = "", names: str = "") -> dict[str, str]:
    return {"text": text, "label": label, "names": names}


OTHERS = [button("Accept all cookies"), button("Search"), button("Menu"), button("Subscribe to more news")]


@pytest.mark.parametrize(
    ("buttons", "page", "pressed"),
    [
        (["Load more"], 1, "Load more"),
        (["Afficher plus de résultats"], 3, "Afficher plus de résultats"),
        (["もっと見る"], 1, "もっと見る"),
        (["Previous", "Next"], 1, "Next"),
        (["Next", "Show more"], 1, "Show more"),
        (["1", "2", "3"], 1, "2"),
        (["1", "2", "3"], 3, None),
        (["2"], 1, None),
        ([], 1, None),
    ],
)
def test_the_button_that_leads_on_in_a_list_is_pressed(buttons: list[str], page: int, pressed: str | None) -> None:
    given = [*OTHERS, *map(button, buttons)]
    index = next_button(given, page)
    assert (None if index is None else given[index]["text"]) == pressed


@pytest.mark.parametrize(
    ("one", "leads"),
    [
        (button("", "Next page"), True),
        (button("", "", "page-next pagination"), True),
        (button("›", "", "next pagination"), True),
        (button("›", "", "next carousel-control"), False),
        (button("Next", "", "slick-next slick-arrow"), False),
        (button("", "Next month", "calendar-nav"), False),
        (button("Weiter", "", ""), True),
    ],
)
def test_arrows_count_in_a_pager_alone(one: dict[str, str], leads: bool) -> None:
    assert bool(leading_on([*OTHERS, one])) is leads
