"""Kinds of listings: how the next page is reached, and a cap on the pages."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.pipeline.discover.kinds.site import Answering, Asked, Kind, day_of, path_of, paths, title_of
from tests.sites.pages import frame
from tests.sites.server import NOT_FOUND, Answer

COUNT, EACH, LAST = 12, 4, 3
START = "/publications"
Pager = Callable[[int], str]
"""Returns the markup of the pager on a page of the list."""


def cards(number: int) -> str:
    """Return the entries of a page of the list."""
    shown = range(EACH * (number - 1) + 1, EACH * number + 1)
    return "".join(
        f"<article class='card'><h3><a href='{path_of(n)}'>{title_of(n)}</a></h3><p>{day_of(n)}</p></article>"
        for n in shown
    )


def paged(pager: Pager, *, parameter: str = "page", first: int = 1, total: str = "", fragments: str = "") -> Answering:
    """Return a list of three pages, by a parameter of the query or the form; `fragments`: the path of later pages."""

    def answer(asked: Asked) -> Answer | None:
        if asked.path not in (START, fragments):
            return None
        given = {**asked.query, **(asked.form or {})}
        number = int(given.get(parameter, str(first)).rpartition("$")[2]) - first + 1
        if not 1 <= number <= LAST:
            return NOT_FOUND
        inner = f"{total}<div class='list'>{cards(number)}</div>{pager(number)}"
        return Answer(inner if asked.path == fragments else frame("Publications", f"<h1>Publications</h1>{inner}"))

    return answer


def after(number: int, markup: str) -> str:
    """Return markup with the next page's number for `*`; nothing on the last page."""
    return markup.replace("*", str(number + 1)) if number < LAST else ""


def each(markup: str, around: str = "<div class='pagination'>{}</div>", onward: str = "") -> Pager:
    """Return a pager that has markup for each page, its number for `*`, and perhaps one for the next."""

    def pager(number: int) -> str:
        return around.format(" ".join(markup.replace("*", str(n)) for n in range(1, LAST + 1)) + after(number, onward))

    return pager


def onward(markup: str) -> Pager:
    """Return a pager that leads to the next page alone."""
    return lambda number: after(number, markup)


def by_path(asked: Asked) -> Answer | None:
    """Answer with pages that have paths of their own."""
    number = int(asked.path.removeprefix(f"{START}/page/").strip("/")) if "/page/" in asked.path else 1
    if asked.path != START and (not asked.path.startswith(f"{START}/page/") or number > LAST):
        return None
    return Answer(
        frame("Publications", cards(number) + after(number, f"<a class='next' href='{START}/page/*/'>Next</a>"))
    )


def posted(pager: str, total: str) -> Answering:
    """Return a list whose pages come by sending its form back, with the state that it carries (ASP.NET)."""
    state = "<input type='hidden' name='__VIEWSTATE' value='dDwt'><input type='hidden' name='__EVENTTARGET'><input type='hidden' name='__EVENTARGUMENT'>"
    inner = each(pager) if "each" not in pager else onward(pager.replace("each", ""))

    def answer(asked: Asked) -> Answer | None:
        if asked.path != START or (asked.form is not None and asked.form.get("__VIEWSTATE") != "dDwt"):
            return None
        number = int((asked.form or {}).get("__EVENTARGUMENT", "Page$1").rpartition("$")[2])
        whole = f"{total}<div>{cards(number)}</div>{inner(number)}"
        return Answer(frame("Publications", f"<form method='post' action='.{START}' id='f'>{state}{whole}</form>"))

    return answer


def loaded(data: str, button: str) -> Answering:
    """Return a list of which WordPress's own endpoint gives more, by offset or by page."""
    script = f'<script>var ajaxurl = "/wp-admin/admin-ajax.php"; jQuery.post(ajaxurl, {{{data}}}, show);</script>'

    def answer(asked: Asked) -> Answer | None:
        if asked.path == START:
            return Answer(frame("Publications", f"<p>Showing 4 of 12</p><div>{cards(1)}</div>{button}{script}"))
        if asked.path != "/wp-admin/admin-ajax.php" or asked.form is None:
            return None
        offset = asked.form.get("offset")
        number = int(offset) // EACH + 1 if offset is not None else int(asked.form.get("page", "1"))
        return Answer(cards(number) if number <= LAST else "")

    return answer


def _select(options: str, attributes: str, around: str = "{}") -> Pager:
    def pager(number: int) -> str:
        listed = "".join(
            f"<option value='{options.replace('*', str(n))}'{' selected' if n == number else ''}>Page {n} of 3</option>"
            for n in range(1, LAST + 1)
        )
        return around.format(f"<select {attributes}>{listed}</select>")

    return pager


NUMBERS = each("<a href='?page=*'>*</a>", onward="<a class='next' href='?page=*'>Next</a>")
POSTBACK = "<a href=\"javascript:__doPostBack('grid','Page$*')\">*</a>"
ICON = "each<a title='Next page' href=\"javascript:__doPostBack('grid','Page$*')\"><img src='/r.gif' alt=''></a>"
WORD = "each<a class='next' href=\"javascript:__doPostBack('grid','Page$*')\">Next</a>"
FORM = "<form method='get' action='/publications'>{}</form>"
BUTTON = '<button class="load-more" data-offset="4" data-nonce="a1b2">Load more</button>'

PAGERS: dict[str, Mapping[str, Answering]] = {
    "plain pages": {
        "numbers and a next link": paged(NUMBERS),
        "a next link, counted from 0": paged(lambda n: after(n - 1, "<a href='?page=*'>Next ›</a>") if n < LAST else "", first=0),
        "pages with paths of their own": by_path,
    },
    "postback": {name: posted(way, "<p>Showing 1-4 of 12 documents</p>") for name, way in (("numbers", POSTBACK), ("an icon", ICON), ("a word", WORD))},
    "postback without a total": {name: posted(way, "") for name, way in (("numbers", POSTBACK), ("an icon", ICON), ("a word", WORD))},
    "a sentinel": {
        "a div": paged(onward("<div class='js-sentinel' data-next-url='/more?chunk=*'></div>"), parameter="chunk", fragments="/more"),
        "a span of another name": paged(onward("<span data-next-page-url='/more?chunk=*'></span>"), parameter="chunk", fragments="/more"),
        "an element of htmx": paged(onward("<div class='load-more' hx-get='/more?chunk=*' hx-trigger='revealed'></div>"), parameter="chunk", fragments="/more"),
    },
    "a button without an address": {
        "by its class": paged(onward("<button class='load-more'>Load more</button>")),
        "by its words": paged(onward("<button>Show more</button>")),
        "in German": paged(onward("<button type='button'>Mehr laden</button>")),
    },
    "a button that posts": {
        "an offset": loaded('action: "load_more_posts", offset: 4, nonce: "a1b2"', BUTTON),
        "a page": loaded('action: "load_posts", page: 1', BUTTON),
        "names in quotes": loaded('"action": "my_more_items", "offset": "4", "security": "a1b2"', BUTTON),
    },
    "a select": {
        "of addresses": paged(_select("/publications?page=*", "onchange='location=this.value'")),
        "in a form": paged(_select("*", "name='page'", FORM)),
        "with a script": paged(_select("*", "onchange=\"location.href='/publications?page='+this.value\"")),
    },
    "buttons of a form": {
        "numbers": paged(each("<button name='page' value='*'>*</button>", FORM)),
        "inputs": paged(onward(FORM.format("<input type='hidden' name='page' value='*'><input type='submit' class='next' value='Next'>"))),
        "the next one": paged(onward(FORM.format("<button name='page' value='*'>Next</button>"))),
    },
    "addresses in scripts": {
        "numbers": paged(each("<a href='#' onclick=\"location.href='/publications?page=*';return false\">*</a>")),
        "the next one": paged(onward("<a href='#' class='next' onclick=\"location.href='/publications?page=*'\">Next</a>")),
        "a window": paged(onward("<button type='button' onclick=\"window.open('/publications?page=*','_self')\">Next page</button>")),
    },
}  # fmt: skip

CAPPED: Mapping[str, Answering] = {
    "numbers": paged(NUMBERS),
    "a select": PAGERS["a select"]["of addresses"],
    "a sentinel": PAGERS["a sentinel"]["a div"],
}

KINDS: dict[str, dict[str, Kind]] = {
    kind: {name: Kind(answer=answer, start=START, wanted=paths(COUNT)) for name, answer in ways.items()}
    for kind, ways in PAGERS.items()
} | {
    "more pages than max_pages": {
        name: Kind(answer=way, start=START, wanted=paths(8), code=3, says="max_pages (2)", rules={"max_pages": 2})
        for name, way in CAPPED.items()
    }
}
