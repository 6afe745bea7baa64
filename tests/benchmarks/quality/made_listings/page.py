"""A whole made page of a listing, with what must be found on it."""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.quality.made_listings.around import ABOVE, BELOW, BESIDE, Part, menu
from tests.benchmarks.quality.made_listings.items import SITE, Wanted, items_of
from tests.benchmarks.quality.made_listings.layouts import LAYOUTS
from tests.benchmarks.quality.made_listings.others import OTHERS
from tests.benchmarks.quality.templates.draw import Draw
from tests.benchmarks.quality.templates.languages import LANGUAGES
from tests.benchmarks.quality.templates.unseen import UNSEEN

URL = f"{SITE}/publications"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeListing:
    """A page with what must be found on it."""

    html: str
    layout: str
    language: str
    wanted: tuple[Wanted, ...]


def made_listing(number: int, *, seed: str = "look", apart: bool = False) -> MadeListing:
    """Return the page of that number; those apart have other layouts, and some are in other languages."""
    layouts, languages = (OTHERS, (*LANGUAGES, *UNSEEN)) if apart else (LAYOUTS, LANGUAGES)
    draw = Draw(f"listing {seed} {number}", languages[number // len(layouts) % len(languages)], unseen=apart)
    layout = layouts[number % len(layouts)]
    most = len(draw.language.titles) * len(draw.language.places) - 12
    items = items_of(draw, min(draw.random.choice((3, 5, 8, 10, 12, 20, 25, 40)), most))
    listed, wanted = layout(draw, items)
    return MadeListing(
        html=_page(draw, listed), layout=layout.__name__, language=draw.language.code, wanted=tuple(wanted)
    )


def _page(draw: Draw, listed: str) -> str:
    """Return a page around a list: a menu above or beside it, and parts before, beside and after it."""
    title = "Publications"
    top = _some(draw, ABOVE, 2)
    main = f"<h1>{title}</h1>{top}{listed}{_some(draw, BELOW[:1], 1)}"
    wrapped = draw.random.choice(
        (f"<main>{main}</main>", f"<div{draw.classes('content')}>{main}</div>", f"<div id='main'><div>{main}</div></div>", main)
    )  # fmt: skip
    side = _some(draw, BESIDE, 3)
    beside = draw.random.choice((f"<aside>{side}</aside>", f"<div{draw.classes('column')}>{side}</div>", side))
    columns = beside + wrapped if draw.chance(0.4) else wrapped + beside
    names = menu(draw)
    head = draw.random.choice((f"<nav>{names}</nav>", f"<div{draw.classes('top')}>{names}</div>", names))
    foot = _some(draw, BELOW[1:], 2) + names * draw.chance(0.3)
    end = draw.random.choice((f"<footer>{foot}</footer>", f"<div{draw.classes('bottom')}>{foot}</div>"))
    return (
        f"<!DOCTYPE html><html lang={draw.language.code}><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body>{head}<div{draw.classes('row')}>{columns}</div>{end}</body></html>"
    )


def _some(draw: Draw, parts: tuple[Part, ...], most: int) -> str:
    chosen = draw.random.sample(parts, draw.random.randint(0, min(most, len(parts))))
    return "".join(part(draw) for part in chosen)
