"""Lists of meetings: days in titles, several files a row, films beside them, names that say little."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import pytest

from tests.scrapers.discovery.reading import urls
from tests.scrapers.discovery.test_rows import TITLES, claims, page

DAYS = ("11 July 2018", "8 August 2018", "5 September 2018", "3 October 2018", "7 November 2018")
ISO = ["2018-07-11", "2018-08-08", "2018-09-05", "2018-10-03", "2018-11-07"]


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("Minutes of the board {day}", ISO),
        ("Board of works {day} agenda for the meeting", ISO),
        ("Procès-verbal du {day} (PDF, 1.2 MB)", ISO),
        ("Accounts of the harbour for the quarter ended {day}", [None] * 5),
        ("Traffic on the river, 1 May to {day}", [None] * 5),
    ],
)
def test_a_day_that_most_titles_hold_is_the_rows(title: str, days: list[str | None]) -> None:
    items = "".join(f"<li><a href='/f/{n}.pdf'>{title.format(day=day)}</a></li>" for n, day in enumerate(DAYS))
    assert claims(page(f"<main><h1>Papers</h1><ul>{items}</ul></main>"), "date_published") == days


def test_a_day_that_one_title_of_many_holds_is_part_of_its_name() -> None:
    titles = [*TITLES, "What the flood of 3 May 2019 left behind"]
    items = "".join(f"<li><a href='/f/{n}.pdf'>{title}</a></li>" for n, title in enumerate(titles))
    assert claims(page(f"<main><ul>{items}</ul></main>"), "date_published") == [None] * 6


@pytest.mark.parametrize("text", ["Audio", "Watch the recording", "Voir la vidéo", "YouTube"])
def test_a_film_on_another_site_is_no_document_of_the_row_and_no_title(text: str) -> None:
    blocks = "".join(
        f"<h3>{day}</h3><div><p><a href='/view/{n}a7f3'>Agenda</a></p><p><a href='/view/{n}b9d2'>Minutes</a></p>"
        f"<p><a href='https://films.test/l?m={n}'>{text}</a></p></div>"
        for n, day in enumerate(DAYS)
    )
    found = page(f"<main><h1>Meetings</h1>{blocks}</main>")
    assert urls(found) == [f"/view/{n}{part}" for n in range(5) for part in ("a7f3", "b9d2")]
    assert text not in claims(found, "title")


def test_links_to_join_a_meeting_are_no_landing_pages_of_its_papers() -> None:
    rows = "".join(
        f"<p>{day}</p><p><a href='/f/{n}-a.pdf'>Agenda</a></p><p><a href='/f/{n}-m.pdf'>Minutes</a></p>"
        + (f"<p><a href='https://calls.test/j/8{n}31?pwd=q{n}'>https://calls.test/j/8{n}31?pwd=q{n}</a></p>" * (n < 3))
        for n, day in enumerate(DAYS)
    )
    found = page(f"<main><h1>Meetings</h1>{rows}</main>")
    assert urls(found) == [f"/f/{n}-{part}.pdf" for n in range(5) for part in "am"]


@pytest.mark.parametrize("text", ["Video", "Watch the meeting", "Open Video Only in Windows Media Player"])
def test_a_film_on_the_own_site_is_no_document_beside_others(text: str) -> None:
    rows = "".join(
        f"<tr><td>{title}</td><td>{day}</td><td><a href='/AgendaViewer.php?clip_id={n}7'>Agenda</a></td>"
        f"<td><a href='/MediaPlayer.php?clip_id={n}7'>{text}</a></td></tr>"
        for n, (title, day) in enumerate(zip(TITLES, DAYS, strict=True))
    )
    assert urls(page(f"<table>{rows}</table>")) == [f"/AgendaViewer.php?clip_id={n}7" for n in range(5)]


def test_films_are_the_documents_of_a_list_that_has_no_others() -> None:
    items = "".join(
        f"<li class=item><h3>{title}</h3><p>{day}</p><a href='/talks/{n}-{title.replace(' ', '-')}'>Watch</a></li>"
        for n, (title, day) in enumerate(zip(TITLES, DAYS, strict=True))
    )
    found = page(f"<main><h1>Talks</h1><ul>{items}</ul></main>")
    assert claims(found, "title") == list(TITLES)


def test_pages_on_another_host_stand_where_the_files_of_a_list_do() -> None:
    files = "".join(
        f"<p><a href='/f/{n}.pdf'>Agenda - {day}</a></p>"
        f"<p><a href='https://store.test/api/content/?id=folder-{n}7598&streamId=s-{n}7598'>Minutes - {day}</a></p>"
        for n, day in enumerate(DAYS)
    )
    several = (
        "<p>"
        + "<br>".join(f"<a href='/f/{n}-part.pdf'>Attachment {n} - {day}</a>" for n, day in enumerate(DAYS))
        + "</p>"
    )
    box = "<div class=accordion><div class=list><div class=item><div class=panel><div class=inner>{}</div></div></div></div></div>"
    found = page(f"<main><h1>Meetings</h1>{box.format(files + several)}</main>")
    assert len(found.links) == 10
    assert [link.url for link in found.elsewhere] == [
        f"https://store.test/api/content/?id=folder-{n}7598&streamId=s-{n}7598" for n in range(5)
    ]


def test_a_file_does_not_take_the_title_of_the_one_beside_it() -> None:
    def row(n: int, title: str, extra: str) -> str:
        links = "".join(
            f"<li><a href='/d.aspx?fid={n}{k}'>{text}</a></li>" for k, text in enumerate(("Plan", extra, "Letter"))
        )
        return f"<tr><td>{title}</td><td><ul>{links}</ul></td></tr>"

    extras = (
        "Map of the northern wells",
        "Plan in large print",
        "Answers of the owners",
        "Prices of a year",
        "Duty roster",
    )
    rows = "".join(row(n, title, extras[n]) for n, title in enumerate(TITLES))
    found = page(f"<table><tr><th>Place</th><th>Papers</th></tr>{rows}</table>")
    titles = dict(zip(urls(found), claims(found, "title"), strict=True))
    assert [titles[f"/d.aspx?fid={n}2"] for n in range(5)] == list(TITLES)


@pytest.mark.parametrize(
    ("text", "vague"), [("Minutes", True), ("{month}", True), ("{month} {n}, 2019 at 3 p.m.", True), ("{title}", False)]
)
def test_a_title_that_tells_a_document_from_few_others_is_doubtful(text: str, vague: bool) -> None:
    months = ("January", "February", "March", "April", "June")
    items = "".join(
        f"<li><a href='/f/{n}.pdf'>{text.format(month=months[n], n=n + 10, title=title)}</a></li>"
        for n, title in enumerate(TITLES)
    )
    found = page(f"<main><h1>Papers</h1><h2>2019</h2><ul>{items}</ul></main>")
    given = [link.claims["title"].confidence for link in found.links if "title" in link.claims]
    assert given == ([0.2] * 5 if vague else [None] * 5)


@pytest.mark.parametrize("day", ["<span>{}</span>", "({})"])
def test_a_second_list_of_documents_is_told_from_a_menu_of_the_same_markup(day: str) -> None:
    cards = "".join(
        f"<div><h3><a href='/d/a-{n}-{title.replace(' ', '-')}'>{title}</a></h3><p>{DAYS[n]}</p><p>What it is about.</p></div>"
        for n, title in enumerate(TITLES)
    )
    more = "".join(
        f"<li><a href='/d/b-{n}-{title.replace(' ', '-')}'>{title} again</a> {day.format(DAYS[n])}</li>"
        for n, title in enumerate(TITLES)
    )
    menu = "".join(f"<li><a href='/what-we-do/{n}'>What we do for the region {n}</a></li>" for n in range(20))
    found = page(
        f"<div><ul>{menu}</ul></div><div><h1>Library</h1><div>{cards}</div><h2>Older</h2><div><ul>{more}</ul></div></div>"
    )
    assert len(found.links) == 10
    assert claims(found, "date_published") == ISO * 2
