"""What stands on pages besides their document: others' titles, names and days, furniture and dialogs.

Each template draws from a page and returns markup; nothing of its text belongs to the document.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.benchmarks.quality.templates.draw import Draw, link

Template = Callable[[Draw], str]


def _item(draw: Draw) -> tuple[str, str, str, str]:
    """Return address, title, printed day and name of another document."""
    title = draw.title()
    return draw.address(title), title, draw.printed(draw.day()), draw.name()


def related_list(draw: Draw) -> str:
    """Return a section with a heading and a list of links with days."""
    items = "".join(
        f"<li>{link(address, title)} <span{draw.classes('date')}>{day}</span></li>"
        for address, title, day, _ in (_item(draw) for _ in range(draw.random.randint(2, 5)))
    )
    heading = draw.random.choice(draw.language.related)
    return f"<section{draw.classes('related')}><h2>{heading}</h2><ul>{items}</ul></section>"


def related_cards(draw: Draw) -> str:
    """Return cards with an image, a heading that is a link, a day and a name."""
    cards = ""
    for _ in range(draw.random.randint(2, 4)):
        address, title, day, name = _item(draw)
        cards += (
            f'<div{draw.classes("card")}><img src="/i.jpg" alt=""><h3>{link(address, title)}</h3>'
            f"<p>{draw.language.by[0]} {name}</p><p>{day}</p><p>{draw.paragraph()}</p></div>"
        )
    return f"<div{draw.classes('recommended')}><div>{draw.random.choice(draw.language.related)}</div>{cards}</div>"


def river(draw: Draw) -> str:
    """Return a river of articles, each with its own heading, time and byline."""
    posts = ""
    for _ in range(draw.random.randint(2, 4)):
        address, title, day, name = _item(draw)
        posts += (
            f"<article{draw.classes('post')}><h2>{link(address, title)}</h2>"
            f'<time datetime="{draw.day().isoformat()}">{day}</time> <span>{name}</span>'
            f"<p>{draw.paragraph()}</p></article>"
        )
    return f"<div{draw.classes('latest')}><h2>{draw.random.choice(draw.language.popular)}</h2>{posts}</div>"


def popular(draw: Draw) -> str:
    """Return an ordered list in a side column."""
    items = ""
    for _ in range(draw.random.randint(3, 6)):
        address, title, day, _ = _item(draw)
        items += f"<li><span>{day}</span> {link(address, title)}</li>"
    return (
        f"<aside{draw.classes('sidebar')}><h3>{draw.random.choice(draw.language.popular)}</h3><ol>{items}</ol></aside>"
    )


def teaser_tables(draw: Draw) -> str:
    """Return a table whose rows are other documents."""
    rows = ""
    for _ in range(draw.random.randint(3, 5)):
        address, title, day, name = _item(draw)
        rows += f"<tr><td>{day}</td><td>{link(address, title)}</td><td>{name}</td></tr>"
    return f"<div{draw.classes('more')}><h3>{draw.random.choice(draw.language.popular)}</h3><table>{rows}</table></div>"


def definition_teasers(draw: Draw) -> str:
    """Return a definition list of links and days."""
    rows = ""
    for _ in range(draw.random.randint(2, 4)):
        address, title, day, name = _item(draw)
        rows += f"<dt>{link(address, title)}</dt><dd>{day} · {name}</dd>"
    return f"<div{draw.classes('see-also')}><h4>{draw.random.choice(draw.language.related)}</h4><dl>{rows}</dl></div>"


def comments(draw: Draw) -> str:
    """Return comments with names and days."""
    posts = "".join(
        f"<div{draw.classes('comment')}><b>{draw.name()}</b> <span>{draw.printed(draw.day())}</span>"
        f"<p>{draw.paragraph()}</p></div>"
        for _ in range(draw.random.randint(2, 4))
    )
    return (
        f"<section{draw.classes('comments')}><h3>{draw.random.choice(draw.language.comments)}</h3>{posts}"
        "<form><textarea></textarea></form></section>"
    )


def comment_list(draw: Draw) -> str:
    """Return comments as a list with machine-readable times."""
    posts = "".join(
        f"<li><article><footer>{draw.name()} <time datetime='{(day := draw.day()).isoformat()}T10:00'>"
        f"{draw.printed(day)}</time></footer><p>{draw.paragraph()}</p></article></li>"
        for _ in range(draw.random.randint(2, 4))
    )
    heading = draw.random.choice(draw.language.comments)
    return f"<div{draw.classes('discussion')}><h2>{heading}</h2><ol>{posts}</ol></div>"


def events(draw: Draw) -> str:
    """Return coming events."""
    items = "".join(
        f"<li><strong>{draw.printed(draw.day())}</strong> {link('/e/1', draw.title())}</li>"
        for _ in range(draw.random.randint(2, 4))
    )
    heading = draw.random.choice(draw.language.events)
    return f"<section{draw.classes('events')}><h3>{heading}</h3><ul>{items}</ul></section>"


def calendar(draw: Draw) -> str:
    """Return a month's calendar."""
    day = draw.day()
    weeks = "".join("<tr>" + "".join(f"<td>{week * 7 + n + 1}</td>" for n in range(7)) + "</tr>" for week in range(4))
    month = f"{draw.language.months[day.month - 1]} {day.year}"
    return f"<div{draw.classes('calendar')}><table><caption>{month}</caption>{weeks}</table></div>"


def people(draw: Draw) -> str:
    """Return a box of people, none of whom wrote the document."""
    items = "".join(
        f"<div{draw.classes('person')}><h4>{draw.name()}</h4><p>{draw.title()[:30]}</p></div>"
        for _ in range(draw.random.randint(2, 3))
    )
    return f"<div{draw.classes('team')}><h3>{draw.random.choice(draw.language.people)}</h3>{items}</div>"


def people_list(draw: Draw) -> str:
    """Return a list of people with links to their pages."""
    items = "".join(
        f"<li>{link('/people/' + str(draw.random.randrange(99)), draw.name())}</li>"
        for _ in range(draw.random.randint(2, 4))
    )
    return f"<aside{draw.classes('staff')}><h3>{draw.random.choice(draw.language.people)}</h3><ul>{items}</ul></aside>"


def pager(draw: Draw) -> str:
    """Return links to the previous and the next document, with their days."""
    (a, one, day, _), (b, other, later, _) = _item(draw), _item(draw)
    before, after = draw.language.older
    return (
        f"<div{draw.classes('pager')}><div><span>{before}</span> {link(a, one)} <small>{day}</small></div>"
        f"<div><span>{after}</span> {link(b, other)} <small>{later}</small></div></div>"
    )


def pager_arrows(draw: Draw) -> str:
    """Return links with arrows to the previous and the next document."""
    (a, one, _, _), (b, other, _, _) = _item(draw), _item(draw)
    return f"<nav{draw.classes('post-nav')}>{link(a, '« ' + one)} {link(b, other + ' »')}</nav>"


def dialog(draw: Draw) -> str:
    """Return a notice that asks for consent."""
    text = escape(draw.language.notice)
    return f"<div{draw.classes('cookie-banner')} role='dialog'><p>{text}</p><button>OK</button></div>"


def newsletter(draw: Draw) -> str:
    """Return a box that asks for an address."""
    return (
        f"<div{draw.classes('newsletter')}><h4>{draw.language.newsletter}</h4>"
        "<form><input type='email'><button>OK</button></form></div>"
    )


def hidden_teaser(draw: Draw) -> str:
    """Return another document's heading, name and day that no reader sees."""
    address, title, day, name = _item(draw)
    return f"<div style='display: none'><h1>{link(address, title)}</h1><p>{draw.language.by[0]} {name}, {day}</p></div>"


def hidden_template(draw: Draw) -> str:
    """Return a hidden copy of a card."""
    _, title, day, name = _item(draw)
    return f"<div hidden><h2>{escape(title)}</h2><span>{day}</span><span>{name}</span></div>"


def tagged(draw: Draw) -> str:
    """Return one teaser without any heading over it."""
    address, title, day, _ = _item(draw)
    return f"<div{draw.classes('promo')}>{link(address, title)}<br><small>{day}</small></div>"


def inline_teaser(draw: Draw) -> str:
    """Return a link to another document between two paragraphs."""
    address, title, day, _ = _item(draw)
    label = draw.random.choice(draw.language.related)
    return f"<p{draw.classes('readmore')}><strong>{label}:</strong> {link(address, title)} ({day})</p>"


AROUND: tuple[Template, ...] = (
    related_list, related_cards, river, popular, teaser_tables, definition_teasers, comments, comment_list,
    events, calendar, people, people_list, pager, pager_arrows, dialog, newsletter, hidden_teaser, hidden_template,
)  # fmt: skip
"""What may stand before, beside and after a document; neighbours are of a kind, in two ways of markup."""
WITHIN: tuple[Template, ...] = (inline_teaser, tagged, newsletter, related_list)
"""What may stand within its text."""
