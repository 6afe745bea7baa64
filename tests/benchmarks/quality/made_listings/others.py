"""Ten more layouts of a list, which no rule is chosen by: they are only measured."""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tests.benchmarks.quality.made_listings.items import Item, Wanted, of_files, of_pages, words
from tests.benchmarks.quality.made_listings.layouts import Layout, size
from tests.benchmarks.quality.templates.draw import Draw, link


def layout_tables(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return a table within a table that lays out the page, its rows coloured in turn."""
    rows = "".join(
        f"<tr class='{('odd', 'even')[item.number % 2]}' bgcolor='{('#fff', '#eee')[item.number % 2]}'><td><font size=2>"
        f"{link(item.file, item.title)}</font></td><td><font size=2>{item.printed}</font></td></tr>"
        for item in items
    )
    left = "<br>".join(link(f"/sec{n}.htm", topic) for n, topic in enumerate(words(draw).topics * 2))
    return (
        f"<table width='100%'><tr><td width=120>{left}</td><td><table>{rows}</table></td></tr></table>",
        of_files(items),
    )


def accordion(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return panels, one a year, that open on a click."""
    out = ""
    for number, (year, group) in enumerate(groupby(items, key=lambda item: item.day.year)):
        lines = "".join(
            f"<p><a href='{item.file}' target=_blank>{item.heading}</a> ({item.printed})</p>" for item in group
        )
        out += (
            f"<div class='panel panel-default'><div class='panel-heading'><a data-toggle='collapse' href='#c{number}'>{year}</a>"
            f"</div><div id='c{number}' class='panel-collapse collapse {'in' if not number else ''}'>{lines}</div></div>"
        )
    return f"<div class='panel-group' id='accordion'>{out}</div>", of_files(items)


def grid_rows(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return rows of a grid: the day, the title as text, a button."""
    w = words(draw)
    out = "".join(
        f"<div class='row'><div class='col-md-2'>{item.printed}</div><div class='col-md-7'><strong>{item.heading}</strong>"
        f"<div>{item.author}</div></div><div class='col-md-3'><a class='btn btn-primary' href='{item.file}'>{w.view}</a></div></div>"
        for item in items
    )
    return f"<div class='container'>{out}</div>", of_files(items)


def headed_files(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return headings that are no links, each with two files below it."""
    w, out, wanted = words(draw), "", []
    for item in items:
        out += (
            f"<h4>{item.heading}</h4><p>{item.printed} &middot; {item.author}</p>"
            f"<p>{link(item.file, w.report)} | {link(item.second, w.summary)}</p>"
        )
        for url in (item.file, item.second):
            wanted.append(Wanted(url=url, title=item.title, day=item.day.isoformat()))
    return f"<div{draw.classes('text')}>{out}</div>", wanted


def lines(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return lines parted by breaks, the day before each link."""
    out = "<br>".join(f"{item.printed} - {link(item.page, item.title)}" for item in items)
    return f"<div{draw.classes('text')}>{out}</div>", of_pages(items)


def tiles(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return cards that are links as a whole."""
    w = words(draw)
    out = "".join(
        f"<a{draw.classes('tile')} href='{item.page}'><div{draw.classes('meta')}><span>{w.report}</span><span>{item.printed}"
        f"</span></div><div{draw.classes('name')}>{item.heading}</div><div>{item.text}</div></a>"
        for item in items
    )
    return f"<div{draw.classes('tiles')}>{out}</div>", of_pages(items)


def views(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return the rows that Drupal's views make, with links to topics and authors in fields of their own."""
    w, out = words(draw), ""
    for item in items:
        edge = " views-row-first" if item.number == 1 else ""
        topic = link(f"/taxonomy/term/{item.number % 4}", w.topics[item.number % 4])
        out += (
            f"<div class='views-row views-row-{item.number} {('odd', 'even')[item.number % 2]}{edge}'>"
            f"<div class='views-field views-field-field-topic'><span class='field-content'>{topic}</span></div>"
            f"<div class='views-field views-field-title'><span class='field-content'>{link(item.page, item.title)}</span></div>"
            f"<div class='views-field views-field-created'><span class='field-content'>{item.printed}</span></div>"
            f"<div class='views-field views-field-uid'>{link(f'/user/{item.number % 3}', item.author)}</div></div>"
        )
    return f"<div class='view view-menu-documents'><div class='view-content'>{out}</div></div>", of_pages(items)


def year_grid(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return minutes as a grid: a row a year, in it the names of months, each a file."""
    out = ""
    for year, group in groupby(items, key=lambda item: item.day.year):
        cells = "".join(
            f"<td>{link(item.file, draw.language.months[item.day.month - 1][:3])}</td>"
            for item in reversed(list(group))
        )
        out += f"<tr><th>{year}</th>{cells}</tr>"
    return f"<table{draw.classes('minutes')}>{out}</table>", [
        Wanted(url=item.file, title=None, day=None) for item in items
    ]


def two_lists(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return the newest as cards and the others as a list below a heading."""
    newest, older = items[: len(items) // 2], items[len(items) // 2 :]
    top = "".join(
        f"<div{draw.classes('report')}><h3>{link(item.page, item.title)}</h3><p>{item.printed}</p><p>{item.text}</p></div>"
        for item in newest
    )
    below = "".join(f"<li>{link(item.page, item.title)}, {item.printed}</li>" for item in older)
    return f"{top}<h2>{draw.language.older[0]}</h2><ul>{below}</ul>", of_pages(items)


def results(draw: Draw, items: Sequence[Item]) -> tuple[str, list[Wanted]]:
    """Return the hits of a search: a heading, the address as text, a snippet, a topic, the size of the file."""
    w, out = words(draw), ""
    for item in items:
        out += (
            f"<li><h4>{link(item.file, item.title)}</h4><cite>{item.file[8:60]}</cite><p>{item.printed} — {item.text}</p>"
            f"<p>{link(f'?topic={item.number % 4}', w.topics[item.number % 4])} {size(item)}</p></li>"
        )
    return f"<ol{draw.classes('hits')}>{out}</ol>", of_files(items)


OTHERS: tuple[Layout, ...] = (
    layout_tables, accordion, grid_rows, headed_files, lines, tiles, views, year_grid, two_lists, results,
)  # fmt: skip
