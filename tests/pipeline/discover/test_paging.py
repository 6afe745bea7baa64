"""The walk over a listing's pages, made in memory: where it goes on, where it ends, and what it says is missing."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pytest

from models.errors import Gone, PageError, TemporaryFetchError
from pipeline.discover.hooks import Hooks
from pipeline.discover.paging import THE_END, ListingWalk
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.values.addresses import identity
from tests.page import page_of

Pages = Mapping[int, Listing | PageError]


def address(page: int) -> str:
    return f"https://acme.test/list?page={page}"


def listing(*documents: int, then: int | None = None, order: str = "", **more: Any) -> Listing:
    """Return a page that lists these documents, and the page that follows."""
    state = {"page": str(then), **({"order": order} if order else {})}
    following = () if then is None else (Request(url=address(then), expect="listing", state=state),)
    links = tuple(Link(url=f"https://acme.test/d/{number}") for number in documents)
    return Listing(links=links, next=following, **more)


class Walked:
    """A walk over pages in memory, from the first on, and what it asked for."""

    def __init__(self, pages: Pages, *, known: Collection[int] = (), since: str | None = None, **first: Any) -> None:
        self.pages, self.asked = pages, list[int]()
        self.keys = {identity(f"https://acme.test/d/{number}") for number in known}
        self.found: list[str] = []
        self.tokens: list[str | None] = []
        hooks = Hooks(
            fetch=self.fetch, read=self.read, known=self.known, forgotten=self.forgotten,
            save_token=self.token, found=self.keep, progress=lambda links, total: None,
        )  # fmt: skip
        rules = Rules(source="acme", start=(address(1),), max_pages=first.pop("max_pages", 50))
        self.walk = ListingWalk(rules, hooks, since, most_kept=first.pop("most_kept", None))
        self.yielded = asyncio.run(self.walk.run([Request(url=address(1), expect="listing", state=first)]))
        self.documents = [int(link.url.rsplit("/", 1)[1]) for link in self.walk.links.values() if link is not None]

    async def forgotten(self, identities: Collection[str]) -> set[str]:
        return set()

    async def fetch(self, request: Request) -> Page:
        number = int(request.url.rsplit("=", 1)[1])
        self.asked.append(number)
        answer = self.pages.get(number, Gone(request.url, "the answer is 404", 404))
        if isinstance(answer, PageError):
            raise answer
        return page_of(request.url, str(number).encode())

    async def read(self, page: Page, request: Request, rules: Rules) -> Listing:
        answer = self.pages[int(page.content)]
        assert isinstance(answer, Listing)
        return answer

    async def known(self, keys: Collection[str]) -> set[str]:
        return self.keys & set(keys)

    async def keep(self, links: Sequence[Link]) -> None:
        self.found += [link.url for link in links]

    async def token(self, token: str | None) -> None:
        self.tokens.append(token)


def test_each_document_once_in_the_order_found() -> None:
    walked = Walked({1: listing(1, 2, then=2), 2: listing(2, 3, then=3), 3: listing(4)})
    assert (walked.documents, walked.asked, walked.yielded) == ([1, 2, 3, 4], [1, 2, 3], True)
    assert len(walked.found) == 4
    assert (walked.walk.complete, walked.walk.finished, walked.walk.stopped_because) == (True, True, THE_END)


def test_of_links_that_are_stored_elsewhere_few_are_kept_and_all_are_counted() -> None:
    links = [Link(url=f"https://acme.test/d/{n}", modified=f"2026-0{n}-01") for n in (5, 9, 1, 7)]
    pages = {1: Listing(links=(*links[:3], links[1]), next=listing(then=2).next), 2: Listing(links=(*links[1:],))}
    walked = Walked(pages, most_kept=2)
    assert (walked.documents, len(walked.walk.links)) == ([5, 9], 4)
    assert walked.found == [link.url for link in links]
    assert walked.walk.newest == "2026-09-01"


def test_a_page_after_the_last_that_is_gone_is_the_end() -> None:
    walked = Walked({1: listing(1, then=2), 2: listing(2, then=3)})
    assert (walked.documents, walked.walk.complete, walked.walk.failures) == ([1, 2], True, [])


def test_a_page_that_fails_for_now_leaves_the_listing_unfinished() -> None:
    walked = Walked({1: listing(1, then=2), 2: TemporaryFetchError(address(2), "the answer is 503")})
    assert (walked.documents, walked.walk.complete, walked.walk.finished) == ([1], False, False)
    assert walked.walk.stopped_because == f"{address(2)}: the answer is 503"


@pytest.mark.parametrize("repeated", [1, 2])
def test_pages_that_repeat_end_it(repeated: int) -> None:
    pages = {1: listing(1, 2, then=2), 2: listing(3, 4, then=3)}
    walked = Walked({**pages, **{n: listing(*[(1, 2), (3, 4)][repeated - 1], then=n + 1) for n in range(3, 99)}})
    assert (walked.documents, walked.asked[-1] <= 4) == ([1, 2, 3, 4], True)
    assert walked.walk.stopped_because == "the pages began to repeat"


def test_one_page_of_featured_documents_ends_nothing() -> None:
    walked = Walked({1: listing(1, 2, then=2), 2: listing(2, 1, 1, then=3), 3: listing(3)})
    assert walked.documents == [1, 2, 3]


def test_a_cap_of_ours_is_a_gap_that_names_where_it_goes_on() -> None:
    walked = Walked({n: listing(n, then=n + 1) for n in range(1, 9)}, max_pages=3)
    assert walked.documents == [1, 2, 3]
    assert list(walked.walk.gaps) == [f"max_pages (3) was reached, and the listing goes on at {address(4)}"]
    assert (walked.walk.complete, walked.walk.ended) == (False, False)


def test_a_total_that_was_not_reached_is_a_gap() -> None:
    walked = Walked({1: listing(1, 2, then=2, total=9), 2: listing(3, total=9)})
    assert walked.walk.total == 9
    assert [gap for gap in walked.walk.gaps if "9 documents are stated, 3 were listed" in gap] != []


def test_a_total_that_shrinks_means_that_items_moved_so_it_is_read_again() -> None:
    walked = Walked({1: listing(1, 2, then=2, total=4), 2: listing(3, total=3)})
    assert walked.asked == [1, 2, 1, 2]
    assert walked.documents == [1, 2, 3]


def test_what_a_page_says_is_missing_is_said_once_for_all_its_pages() -> None:
    pages = {n: listing(n, then=n + 1, incomplete="a script turns the page") for n in (1, 2)}
    walked = Walked({**pages, 3: listing(3)})
    assert [gap for gap in walked.walk.gaps if gap.count("a script turns the page") == 1] != []
    assert (walked.walk.complete, walked.walk.finished) == (False, False)


def test_a_listing_in_order_of_time_ends_where_everything_is_known() -> None:
    pages = {n: listing(2 * n, 2 * n + 1, then=n + 1, order="newest") for n in range(1, 20)}
    walked = Walked(pages, known=range(6, 99), since="2026-01-01", order="newest")
    assert walked.asked == [1, 2, 3]
    assert (walked.walk.complete, walked.walk.finished) == (False, True)
    assert walked.walk.stopped_because == "everything on a page is known"


def test_without_an_order_it_is_read_whole_however_much_is_known() -> None:
    pages = {n: listing(n, then=n + 1) for n in range(1, 6)}
    walked = Walked(pages, known=range(1, 99), since="2026-01-01")
    assert walked.asked[:5] == [1, 2, 3, 4, 5]
    assert walked.walk.complete


def test_what_was_deleted_is_told_and_does_not_count_for_the_total() -> None:
    walked = Walked({1: listing(1, 2, total=3, removed=("https://acme.test/d/7",), entries=("1", "2", "7"))})
    assert (list(walked.walk.removed), walked.walk.total, walked.walk.complete) == (["https://acme.test/d/7"], 2, True)


def test_a_token_is_saved_after_the_documents_of_its_page() -> None:
    walked = Walked({1: listing(1, then=2, token="after 1"), 2: listing(2, token="")})
    assert walked.tokens == ["after 1", ""]


def test_a_first_page_that_fails_yields_nothing() -> None:
    walked = Walked({1: TemporaryFetchError(address(1), "the answer is 503")})
    assert (walked.yielded, walked.documents) == (False, [])
