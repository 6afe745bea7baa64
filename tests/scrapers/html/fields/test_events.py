"""Days of meetings, hearings and courses: they are not the day on which their page was published."""

from __future__ import annotations

import pytest

from tests.scrapers.html.fields.test_fields import LD, PROSE, said, value

URL = "https://council.example/water-committee"


def page(lines: str) -> str:
    return f"<main><article><h1>Water committee</h1>{lines}<p>{PROSE}</p><p>{PROSE}</p></article></main>"


@pytest.mark.parametrize(
    "lines",
    [
        "<p>Tuesday, 30 July 2024, 9 - 11am</p>",
        "<p>Tuesday, July 30, 2024<br>3:30 - 5:30 pm</p>",
        "<h2>July 30 @ 1:30 pm - 4:00 pm</h2><p>30 July 2024</p>",
        "<h2>Date and time:</h2><p>July 30, 2024 9:00 AM - 11:00 AM</p>",
        "<p>Date: 30 July 2024</p><p>Time: 8:30 AM - 9:30 AM CST</p>",
        "<dl><dt>Datum</dt><dd>30. Juli 2024</dd><dt>Zeit</dt><dd>18:00 bis 20:00 Uhr</dd></dl>",
        "<p>Mardi 30 juillet 2024 de 18h30 à 20h00</p>",
        "<p>Martes 30 de julio de 2024, 10:00 a 12:30 h</p>",
        "<h3>Date/Time</h3><p>Date(s) - 30.07.2024<br>5:30 pm</p>",
        '<p><time datetime="2024-07-30T09:00">30 July 2024</time>, 9:00 to 11:30</p>',
    ],
)
def test_the_hours_of_a_meeting_give_its_day_away(lines: str) -> None:
    assert "date_published" not in said(page(lines), url=URL)


@pytest.mark.parametrize(
    "lines",
    [
        "<p>Posted on 23 May 2019</p><p>30 July 2024, 9 - 11am</p>",
        "<p>Posted on 23 May 2019, 10:15</p>",
        "<p>23 May 2019 | 10:15 | 5 min read</p>",
        "<p>Published: May 23, 2019 9:00 AM</p><p>Office hours: 9:00 - 17:00</p>",
    ],
)
def test_the_day_of_posting_stands_beside_hours(lines: str) -> None:
    assert value(said(page(lines), url=URL), "date_published") == "2019-05-23"


def test_an_event_by_declaration_has_no_day_but_a_declared_one() -> None:
    event = '{"@type":"BusinessEvent","name":"Water committee","startDate":"2024-07-30"%s}'
    shown = page('<p class="date">30 July 2024</p>')
    assert "date_published" not in said(shown, LD.format(event % ""), url=URL)
    declared = said(
        shown, LD.format(event % "") + '<meta property="article:published_time" content="2019-05-23">', url=URL
    )
    assert value(declared, "date_published") == "2019-05-23"


@pytest.mark.parametrize(
    "path", ["events/2024/07/30/water", "en/calendar/2024-07-30/water", "veranstaltungen/2024/07/30"]
)
def test_the_day_in_the_address_of_a_calendar_is_the_events(path: str) -> None:
    assert "date_published" not in said(page(""), url=f"https://council.example/{path}")
    assert value(said(page(""), url="https://council.example/news/2024/07/30/water"), "date_published") == "2024-07-30"


@pytest.mark.parametrize("names", ["event", "node node--type-event", "type-tribe_events tribe_events", "termin-detail"])
def test_the_day_on_the_page_of_an_event_is_the_events(names: str) -> None:
    markup = (
        f'<main class="{names}"><h1>The dam</h1><p><time datetime="2023-03-30T19:00">30 March 2023, 7 pm</time></p>'
    )
    assert value(said(f"{markup}<p>{PROSE}</p><p>{PROSE}</p></main>"), "date_published") is None
