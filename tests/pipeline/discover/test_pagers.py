"""Pagers that call no page next: ranges, scripts, numbers in addresses; several on one page; and where they end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.pipeline.discover.led import Led, found_on

PAGERS: dict[str, tuple[str, tuple[int, ...], Callable[[int, str], str]]] = {
    "ranges": ("?start={}", (0, 5, 10), lambda at, way: f"<a href='{way}'>{at + 1}-{at + 5}</a>"),
    "ranges in words": (
        "?from={}",
        (0, 5, 10),
        lambda at, way: f"<i><a href='/library{way}'>{at + 1} to {at + 5}</a></i>",
    ),
    "the last alone": (
        "?page={}",
        (1, 2, 3),
        lambda at, way: f"<p class='pager'><a href='{way}'>»»</a></p>" * (at == 3),
    ),
    "an arrow without words": ("?pg={}", (1, 2, 3), lambda at, way: f"<a href='{way}'><img src='r.gif' alt=''></a>"),
}


@pytest.mark.parametrize("name", PAGERS)
def test_pagers_that_call_no_page_next_are_followed(name: str) -> None:
    address, numbers, link = PAGERS[name]
    pager = [link(number, address.format(number)) for number in numbers]
    shown = ["".join(pager)] * 3 if "arrow" not in name else [pager[1], pager[2], ""]
    lists = [f"{part}{ways}" for part, ways in zip(("[first]", "[second]", "[third]"), shown, strict=True)]
    pages = {f"/library{address.format(number)}": markup for number, markup in zip(numbers, lists, strict=True)}
    count, found = found_on(Led({"/library": lists[0], **pages}))
    assert (count, found.gaps, found.complete) == (15, (), True)


def ranges(here: int, first: int, offset: str) -> str:
    """Return a pager by ranges of five, of which the one that is shown is no link."""
    return " ".join(
        f"<b>{at + 1}-{at + 5}</b>" if at == here else f"<a href='?{offset}={at + first}'>{at + 1}-{at + 5}</a>"
        for at in (0, 5, 10)
    )


@pytest.mark.parametrize(("offset", "first"), [("start", 0), ("b_start", 1)])
def test_the_range_that_is_shown_need_not_be_a_link(offset: str, first: int) -> None:
    parts = dict(zip((0, 5, 10), ("[first]", "[second]", "[third]"), strict=True))
    pages = {f"/library?{offset}={at + first}": part + ranges(at, first, offset) for at, part in parts.items()}
    assert found_on(Led({"/library": "[first]" + ranges(0, first, offset), **pages}))[0] == 15


@pytest.mark.parametrize("first", [0, 1])
def test_no_page_is_passed_over_on_the_way_to_the_last(first: int) -> None:
    ends = f"<p class='pager'><a href='?page={first}'>First</a> <a href='?page={first + 2}'>Last</a></p>"
    parts = ("[first]", "[second]", "[third]")
    pages = {f"/library?page={first + number}": part + ends for number, part in enumerate(parts)}
    assert found_on(Led({"/library": "[first]" + ends, **pages}))[0] == 15


def test_a_list_of_two_ranges_is_read_whole() -> None:
    onward = "<b>1-5</b> <a href='?from=5'>6-15</a>"
    site = Led({"/library": f"[first]{onward}", "/library?from=5": "[second][third]"})
    assert found_on(site)[0] == 15


SCRIPTED = {
    "an address with escapes": (
        "<a href='#' onclick=\"go(event, '/library?Paged=TRUE\\u0026p_ID={0}');\"><img alt='Next' src='n.gif'></a>",
        "/library?Paged=TRUE&p_ID={0}",
    ),
    "a call that writes the pager": (
        "<script>createPageHTML(3, {1}, 'library', 'html');</script>",
        "/library_{1}.html",
    ),
    "a call with the place of the pager": (
        "<script>createPageHTML('pages', 3, {0}, 'library', 'html', 15);</script>",
        "/library_{1}.html",
    ),
}


@pytest.mark.parametrize("name", SCRIPTED)
def test_what_a_script_writes_is_followed(name: str) -> None:
    pager, address = SCRIPTED[name]
    here = [pager.format(number + 1, number) for number in (1, 2)]
    pages = {"/library": f"[first]{pager.format(2, 1)}"}
    pages[address.format(2, 1)] = f"[second]{here[1]}"
    pages[address.format(3, 2)] = "[third]"
    count, found = found_on(Led(pages))
    assert (count, found.gaps, found.complete) == (15, (), True)


@pytest.mark.parametrize(
    "link",
    [
        "<a href='?s={}0'>[{}]</a> <a href='/library'>[1]</a>",
        "<a href='/library/strona/{}'>Starsze wpisy</a>",
        "<a href='?p={}'>suivants &gt;&gt;</a>",
        "<a href='?blk={}'>Next 5 »</a>",
        "<a href='?page={}'>Vorwärts im Text</a>",
    ],
)
def test_a_link_with_the_next_number_is_followed_whatever_it_is_called(link: str) -> None:
    address = link.partition("'")[2].partition("'")[0]
    ways = [address.format(number, number) for number in (2, 3)]
    ways = [way if way.startswith("/") else f"/library{way}" for way in ways]
    pages = dict(zip(ways, ("[second]" + link.format(3, 3), "[third]"), strict=True))
    assert found_on(Led({"/library": "[first]" + link.format(2, 2), **pages}))[0] == 15


CALLS = {
    "an address put together": ("", "function go(n) {{ location.href = '/library?pageIndex=' + n; }}"),
    "a form filled in": (
        "<form name='f' action='/library'><input type='hidden' name='pageIndex'></form>",
        "function go(no) {{ document.f.pageIndex.value = no; document.f.submit(); }}",
    ),
    "the same by jQuery": (
        "<form name='f' action='/library'><input type='hidden' name='pageIndex'></form>",
        "var go = function (no) {{ $('#pageIndex').val(no); document.f.submit(); }};",
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_pager_that_calls_a_function_is_followed_as_the_function_goes(name: str) -> None:
    form, script = CALLS[name]
    link = f"<div class='paging'><a href='javascript:go({{}})'>{{}}</a></div>{form}<script>{script}</script>"
    pages = {"/library?pageIndex=2": "[second]" + link.format(3, 3), "/library?pageIndex=3": "[third]"}
    assert found_on(Led({"/library": "[first]" + link.format(2, 2), **pages}))[0] == 15


def test_facetwp_has_a_parameter_of_its_own() -> None:
    pager = "<div class='facetwp-pager'>" + "".join(
        f"<a class='facetwp-page' data-page='{n}'>{n}</a>" for n in (1, 2, 3)
    )
    lists = zip((1, 2, 3), ("[first]", "[second]", "[third]"), strict=True)
    pages = {f"/library?_paged={number}": f"{part}{pager}</div>" for number, part in lists}
    assert found_on(Led({"/library": f"[first]{pager}</div>", **pages}))[0] == 15


@pytest.mark.parametrize("address", ["?month={}", "/library/{}"])
def test_the_months_before_are_followed_where_no_more_are_linked(address: str) -> None:
    months = ("2021-05", "2021-04", "2021-02")
    ways = [address.format(month.replace("-", "/") if address[0] == "/" else month) for month in months]
    pages = {
        way if way[0] == "/" else f"/library{way}": part for way, part in zip(ways, ("[first]", "", ""), strict=True)
    }
    pages[list(pages)[1]] = f"[second]<a href='{ways[2]}'>« February</a> <a href='{ways[0]}'>May »</a>"
    pages[list(pages)[2]] = f"[third]<a href='{ways[1]}'>April »</a>"
    assert found_on(Led({**pages, "/library": f"[first]<a href='{ways[1]}'>« April</a>"}))[0] == 15


def test_a_next_without_address_beside_a_link_back_is_the_end() -> None:
    back = "<a href='/library'>Previous</a> <a href='javascript:;'>Next</a>"
    onward = "<a href='javascript:;'>Previous</a> <a href='?part=2'>Next</a>"
    count, found = found_on(
        Led({"/library": f"[first]<p>{onward}</p>", "/library?part=2": f"[second][third]<p>{back}</p>"})
    )
    assert (count, found.gaps, found.complete) == (15, (), True)


@pytest.mark.parametrize("held", ["<div data-max-pages='3'></div>", '<script>var more = {"max_page": "3"};</script>'])
def test_more_pages_than_can_be_turned_are_told(held: str) -> None:
    count, found = found_on(Led({"/library": f"[first]{held}"}))
    assert (count, found.complete) == (5, False)
    assert "behind a button" in found.gaps[0]


@pytest.mark.parametrize("kept", ["", "&{}=1"])
def test_each_of_several_pagers_is_followed(kept: str) -> None:
    """`kept` is how a pager names the page of the other list."""

    def part(name: str, other: str, lists: tuple[str, ...], number: int) -> str:
        ways = " ".join(
            f"<a href='?{name}={n}{kept.format(other)}'>{n}</a>" if n != number else f"<b>{n}</b>" for n in (1, 2)
        )
        return f"<h2>{name}</h2>{lists[number - 1]}<p class='pager'>{ways}</p>"

    def page(reports: int, letters: int) -> str:
        return part("reports", "letters", ("[first]", "[second]"), reports) + part(
            "letters", "reports", ("[third]", "[fourth]"), letters
        )

    class Two(Led):
        count = 20

    pages = {"/library": page(1, 1)}
    pages["/library?reports=2" + kept.format("letters")] = page(2, 1)
    pages["/library?letters=2" + kept.format("reports")] = page(1, 2)
    count, found = found_on(Two(pages))
    assert (count, found.gaps, found.complete) == (20, (), True)
