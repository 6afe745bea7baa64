"""What stands around a list: menus, boxes of other documents, filters, calendars. None of it is of the list.

Each part draws from a page and returns markup. Their order matters: a page draws from one half of them.
"""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.benchmarks.quality.made_listings.items import PAGES, SITE, page_address, words
from tests.benchmarks.quality.templates.draw import Draw, link

Part = Callable[[Draw], str]
MENU = (
    "Home", "About us", "Our mission", "Governance and accountability", "Publications", "Research programmes", "News",
    "Press releases", "Events", "Vacancies", "Procurement", "Regional offices", "Frequently asked questions", "Contact",
)  # fmt: skip


def menu(draw: Draw) -> str:
    """Return a menu of two levels."""
    entries = draw.random.sample(MENU, draw.random.randint(5, 12))
    lines = ""
    for entry in entries:
        path = "/" + entry.lower().replace(" ", "-")
        within = "".join(
            f"<li>{link(f'{path}/{topic.lower()}', f'{entry}: {topic}')}</li>" for topic in words(draw).topics
        )
        lines += f"<li>{link(path, entry)}{f'<ul>{within}</ul>' if draw.chance(0.4) else ''}</li>"
    return f"<ul{draw.classes('main-menu')}>{lines}</ul>"


def breadcrumbs(draw: Draw) -> str:
    """Return the way from the home page to here."""
    gap = draw.random.choice((" &gt; ", " / ", " » "))
    return f"<div{draw.classes('path')}>{gap.join((link('/', 'Home'), link('/resources', 'Resources'), 'Publications'))}</div>"


def languages(draw: Draw) -> str:
    """Return a switch between languages."""
    return "<p>" + " | ".join(link(f"/{code}/publications", name) for code, name in (("en", "English"), ("fr", "Français"), ("es", "Español"))) + "</p>"  # fmt: skip


def popular(draw: Draw) -> str:
    """Return a box of documents that are read most."""
    shape = draw.random.choice(PAGES)
    lines = ""
    for number in range(draw.random.randint(3, 6)):
        title = draw.title()
        day = f" <span>{draw.printed(draw.day())}</span>" if draw.chance(0.3) else ""
        lines += f"<li>{link(page_address(shape, title, 80 + number), title)}{day}</li>"
    return f"<div{draw.classes('box')}><h3>{draw.random.choice(draw.language.popular)}</h3><ul>{lines}</ul></div>"


def tag_cloud(draw: Draw) -> str:
    """Return topics, each a link."""
    path = draw.random.choice(("/tags/", "/topic/", "/subjects/", "?topic="))
    names = [*words(draw).topics, *draw.language.places]
    return f"<div{draw.classes('cloud')}>{' '.join(link(f'{path}{n}', name) for n, name in enumerate(names))}</div>"


def calendar(draw: Draw) -> str:
    """Return a month with links on some days."""
    days = [draw.random.choice((str(n), link(f"/calendar/2024-05-{n:02}", str(n)))) for n in range(1, 32)]
    rows = "".join(f"<tr>{''.join(f'<td>{day}</td>' for day in days[n : n + 7])}</tr>" for n in range(0, 31, 7))
    return f"<table{draw.classes('month')}><caption>{draw.language.months[4]} 2024</caption>{rows}</table>"


def events(draw: Draw) -> str:
    """Return a box of events with days."""
    lines = "".join(
        f"<div{draw.classes('event')}><span>{draw.printed(draw.day())}</span> {link(f'/events/{n}', draw.title())}</div>"
        for n in range(draw.random.randint(2, 4))
    )
    return f"<div{draw.classes('events')}><h3>{draw.random.choice(draw.language.events)}</h3>{lines}</div>"


def people(draw: Draw) -> str:
    """Return a box of people."""
    names = [draw.name() for _ in range(4)]
    lines = "".join(f"<li>{link(f'/staff/{n}', name)}</li>" for n, name in enumerate(names))
    return f"<div{draw.classes('team')}><h3>{draw.random.choice(draw.language.people)}</h3><ul>{lines}</ul></div>"


def years(draw: Draw) -> str:
    """Return the list of years, each a page of the listing."""
    shape = draw.random.choice(("/publications/{}", "?year={}", "/publications?y={}&sort=date", "/archive/{}/"))
    lines = "".join(f"<li>{link(shape.format(year), str(year))}</li>" for year in range(2024, 2012, -1))
    return f"<ul{draw.classes('years')}>{lines}</ul>"


def letters(draw: Draw) -> str:
    """Return the alphabet, each letter a page of the listing."""
    return "<p>" + " ".join(link(f"/publications/a-z/{c}", c.upper()) for c in "abcdefghijklmnoprstuvwz") + "</p>"


def forms(draw: Draw) -> str:
    """Return a box with a few files that the site offers everywhere."""
    names = ("Order form", "Style guide", "Privacy notice", "Statutes")[: draw.random.randint(1, 3)]
    lines = "".join(f"<li>{link('/assets/' + name.lower().replace(' ', '_') + '.pdf', name)}</li>" for name in names)
    return f"<div{draw.classes('help')}><ul>{lines}</ul></div>"


def introduction(draw: Draw) -> str:
    """Return a paragraph with links to pages about the library."""
    sentence = escape(draw.random.choice(draw.language.sentences))
    return (
        f"<p>{sentence} {link('/about-the-library', 'About the library')}, {link('/order', 'paper copies')}; "
        f"{link(SITE + '/guidelines/how-to-submit', 'how to submit a manuscript')}.</p>"
    )


def categories(draw: Draw) -> str:
    """Return boxes that lead to parts of the library, each with a sentence."""
    boxes = "".join(
        f"<div{draw.classes('tile')}><h4>{link(f'/library/{n}', topic)}</h4>"
        f"<p>{escape(draw.random.choice(draw.language.sentences))}</p></div>"
        for n, topic in enumerate(words(draw).topics)
    )
    return f"<div{draw.classes('tiles')}>{boxes}</div>"


def partners(draw: Draw) -> str:
    """Return links to other organisations."""
    lines = "".join(
        f"<li>{link(f'https://partner{n}.example.net/', f'{place} Foundation for Sustainable Development')}</li>"
        for n, place in enumerate(draw.language.places[:4])
    )
    return f"<div{draw.classes('partners')}><ul>{lines}</ul></div>"


def social(draw: Draw) -> str:
    """Return links to the site's accounts elsewhere, and to share the page."""
    return (
        f"<div{draw.classes('follow')}>{link('https://twitter.com/example', 'Twitter')} "
        f"{link('https://www.facebook.com/sharer.php?u=x', 'Facebook')} {link('mailto:a@example.org', 'E-mail')} "
        f"{link('/rss.xml', 'RSS')} {link('#top', 'Top of the page')}</div>"
    )


def pager(draw: Draw) -> str:
    """Return links to the other pages of the listing."""
    numbers = " ".join(link(f"?page={n}", str(n)) for n in range(2, 9))
    return f"<div{draw.classes('results-pages')}>1 {numbers} {link('?page=2', '»')}</div>"


def news(draw: Draw) -> str:
    """Return a box of news with days and headings."""
    posts = "".join(
        f"<div{draw.classes('teaser')}><h4>{link(f'/news/{n}-{draw.random.randrange(99)}', draw.title())}</h4>"
        f"<span>{draw.printed(draw.day())}</span></div>"
        for n in range(draw.random.randint(2, 4))
    )
    return f"<div{draw.classes('latest')}><h2>{draw.random.choice(draw.language.popular)}</h2>{posts}</div>"


ABOVE: tuple[Part, ...] = (breadcrumbs, languages, years, letters, introduction, categories, tag_cloud, introduction)
BESIDE: tuple[Part, ...] = (popular, news, tag_cloud, events, calendar, people, years, forms, partners, popular)
BELOW: tuple[Part, ...] = (pager, social, partners, people, forms, events, news, popular)
