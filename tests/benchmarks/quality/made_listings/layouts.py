"""Ten layouts of a list, which rules may be chosen by. Each returns the list's markup and what must be found in it."""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from tests.benchmarks.quality.made_listings.items import Item, Wanted, of_files, of_pages, words
from tests.benchmarks.quality.templates.draw import Draw, link

Layout = Callable[[Draw, Sequence[Item]], tuple[str, list[Wanted]]]


def size(item: Item) -> str:
    """Return what a link says of its file's format and size."""
    return f"(PDF, {item.number}.{item.number % 7} MB)"


def table_of_pages(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return a table with a day, a title that is a link, an author, a kind; with or without a head."""
    w, cell = words(draw), draw.random.choice(("th", "td"))
    head = f"<tr><{cell}>{w.date}</{cell}><{cell}>{w.title}</{cell}><{cell}>{w.author}</{cell}><{cell}>{w.kind}</{cell}></tr>"
    author = draw.random.choice(("plain", "link"))
    rows = ""
    for item in items:
        by = item.author if author == "plain" else link(f"/people/{item.number % 5}", item.author)
        rows += (
            f"<tr><td>{item.printed}</td><td>{link(item.page, item.title)}</td><td>{by}</td><td>{w.report}</td></tr>"
        )
    return f"<table{draw.classes('data')}>{head if draw.chance(0.7) else ''}{rows}</table>", of_pages(items)


def table_of_files(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return a table with the title as text and a cell with the file."""
    w = words(draw)
    says = draw.random.choice((w.download, "PDF", w.view))
    rows = "".join(
        f"<tr><td>{item.heading}</td><td>{item.printed}</td><td>{link(item.file, says)} {size(item)}</td></tr>"
        for item in items
    )
    head = f"<tr><th>{w.title}</th><th>{w.date}</th><th>{w.file}</th></tr>" if draw.chance(0.6) else ""
    return f"<table{draw.classes('files')}><tbody>{head}{rows}</tbody></table>", of_files(items)


def meetings(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return a table of meetings with an agenda each and, for those that are over, minutes; the texts are all alike."""
    w, rows, wanted = words(draw), "", []
    for item in items:
        cells = f"<td>{item.printed}</td><td>{w.body}</td><td>{link(item.file, w.agenda)}</td>"
        wanted.append(Wanted(url=item.file, title=None, day=item.day.isoformat()))
        if item.number > 1 or len(items) == 1:
            cells += f"<td>{link(item.second, w.minutes)}</td>"
            wanted.append(Wanted(url=item.second, title=None, day=item.day.isoformat()))
        else:
            cells += "<td></td>"
        rows += f"<tr>{cells}</tr>"
    return f"<table{draw.classes('meetings')}>{rows}</table>", wanted


def cards(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return cards with a picture, a heading, a teaser, a topic and a link to read on."""
    w, tag = words(draw), draw.random.choice(("div", "article", "li"))
    out = ""
    for item in items:
        topic = link(f"/topics/{item.number % 4}", w.topics[item.number % 4])
        picture = f"<a href='{item.page}'><img src='/i/{item.number}.jpg' alt=''></a>"
        out += (
            f"<{tag}{draw.classes('card')}>{picture}<span{draw.classes('topic')}>{topic}</span>"
            f"<h3>{link(item.page, item.title)}</h3><p>{item.text}</p><p>{item.printed}</p>{link(item.page, w.more)}</{tag}>"
        )
    return f"<ul>{out}</ul>" if tag == "li" else f"<div{draw.classes('cards')}>{out}</div>", of_pages(items)


def definitions(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return a definition list: the day and then the link, or the link and then a text."""
    if draw.chance(0.5):
        rows = "".join(f"<dt>{item.printed}</dt><dd>{link(item.file, item.title)}</dd>" for item in items)
        return f"<dl>{rows}</dl>", of_files(items)
    rows = "".join(f"<dt>{link(item.page, item.title)}</dt><dd>{item.printed}. {item.text}</dd>" for item in items)
    return f"<dl{draw.classes('entries')}>{rows}</dl>", of_pages(items)


def months(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return lists below the names of months."""
    out = ""
    for (year, month), group in groupby(items, key=lambda item: (item.day.year, item.day.month)):
        lines = "".join(f"<li>{link(item.file, item.title)}</li>" for item in group)
        out += f"<h3>{draw.language.months[month - 1]} {year}</h3><ul>{lines}</ul>"
    return out, [Wanted(url=item.file, title=item.title, day=None) for item in items]


def nested(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return a list of years, each with a list of its files."""
    out = ""
    for year, group in groupby(items, key=lambda item: item.day.year):
        lines = "".join(f"<li>{link(item.file, item.title)} {size(item)}, {item.printed}</li>" for item in group)
        out += f"<li>{year}<ul>{lines}</ul></li>"
    return f"<ul{draw.classes('tree')}>{out}</ul>", of_files(items)


def builder(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return what a page builder makes: wrappers whose names hold words for furniture."""
    outer = draw.random.choice(
        ("elementor-widget-container", "wsite-not-footer", "dropdown-menu show", "related-content", "tab-pane fade in", "modal-body", "sidebar-main")
    )  # fmt: skip
    out = "".join(
        f"<div class='widget widget_text col-{item.number}'><p><span>{item.printed}</span> "
        f"<a href='{item.file}' class='menu-item-link'>{item.heading}</a></p></div>"
        for item in items
    )
    return f"<div class='{outer}'><div class='header-footer-content'>{out}</div></div>", of_files(items)


def paragraphs(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return paragraphs typed by hand: the bold mark now within the link and now around it, marks of a word processor."""
    out = ""
    for item in items:
        bold = (
            f"<strong>{link(item.page, item.title)}</strong>",
            f"<a href='{item.page}'><strong>{item.heading}</strong></a>",
            f"<span style='x'>{link(item.page, item.title)}</span>",
        )[draw.random.choice((0, 0, 1, 2))]
        out += f"<p{draw.random.choice(('', '', ' class=MsoNormal'))}>{bold}<br>{item.author}, {item.printed}</p>"
    return out, of_pages(items)


def icons(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return a list of files with icons, alternating classes and a slug as the class of each."""
    out = ""
    for item in items:
        css = f"{('odd', 'even')[item.number % 2]} item-{item.page.rsplit('/', 1)[-1][:20]}"
        mark = draw.random.choice(("<img src='/pdf.gif' alt='PDF'>", "<i class='fa fa-file-pdf-o'></i>"))
        out += f"<li class='{css}'>{mark} {link(item.file, item.title)} <small>{item.printed}</small></li>"
    return f"<ul{draw.classes('documents')}>{out}</ul>", of_files(items)


LAYOUTS: tuple[Layout, ...] = (
    table_of_pages, table_of_files, meetings, cards, definitions, months, nested, builder, paragraphs, icons,
)  # fmt: skip
