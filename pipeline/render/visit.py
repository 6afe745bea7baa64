"""One page in the browser: its scripts run until they rest, then its list is unrolled, then its markup is taken.

Time in the page is virtual: it stands still while an answer is awaited, and else runs as fast as the scripts do. So a
timer costs nothing, and a page that is made twice shows the same day.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from models.errors import Attempt, FetchError
from pipeline.fetch.settings import Fetched
from pipeline.render.buttons import leading_on, next_button
from pipeline.render.permission import answer_headers, refusal, request_headers
from pipeline.render.settings import Rendered, RenderSettings
from scrapers.base import Page, Request
from scrapers.sniff.mediatype import PAGES
from scrapers.values.addresses import without_anchor

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, JSHandle, Route
    from playwright.async_api import Page as Tab

T = TypeVar("T")
Ask = Callable[[Request], Awaitable[Fetched]]

STEP = 5_000
"""Milliseconds of the page's time in which its scripts must rest."""
MOST_STEPS = 12
"""Scripts that ask for something in this many steps are taken to do so for ever."""
MOST_NAVIGATIONS = 5
LONGEST_MARKUP = 20_000_000
FEWEST_WORDS = 100
"""Characters below which a page counts as empty."""
LONGEST_FRAME = 1.0
STEPS_A_ROUND = 10
"""Screens that count as one round in a list that holds only what is in view."""
_LOOK = 0.2


class ScriptsDoNotEnd(Exception):
    """The page's scripts ran for longer than they may."""


class Visit:
    """A page in a tab.

    Args:
        tab: an empty tab.
        answer: the page as the site sent it.
        address: where the tab goes: the page's final address, with the route that was asked for.
        ask: returns the answer to a request that the page makes; raises FetchError.
        hosts: hosts beside the page's own site that it may ask.
        settings: the limits.
    """

    def __init__(
        self, tab: Tab, answer: Page, address: str, *, ask: Ask, hosts: tuple[str, ...], settings: RenderSettings
    ) -> None:
        self._tab, self._answer, self._address = tab, answer, address
        self._ask, self._hosts, self._settings = ask, hosts, settings
        self._known: dict[str, Page] = {answer.final_url: answer}
        """Documents that the tab may go to and that were fetched already, by final address."""
        self._answers: dict[str, Fetched] = {}
        self._refused: dict[str, None] = {}
        self._asked = self._waiting = self._navigations = 0
        self._page_number = 1
        """The page of the list, counted by the buttons that were pressed."""
        self._begun = self._settled = self._restless = self._cut = False
        self._scripts_ran = 0.0
        self._rested = asyncio.Event()

    async def render(self, *, is_list: bool) -> Rendered:
        """Return what the page's scripts make of it; of a list, all that it shows when it is scrolled and turned.

        Raises:
            ScriptsDoNotEnd: the scripts run on; the browser must be ended.
            FetchError: the page stays empty, as an answer that its scripts need was refused or failed.
        """
        await self._open()
        await self._rest()
        self._settled = True
        url = self._tab.url
        incomplete = await self._unroll() if is_list else None
        state = await self._state()
        words = await self._bounded(state.evaluate("state => state.words()"))
        if len(words) < FEWEST_WORDS and self._refused:
            raise FetchError(self._answer.url, f"its scripts leave it empty: {next(iter(self._refused))}")
        html = await self._bounded(state.evaluate("(state, most) => state.markup(most)", LONGEST_MARKUP))
        if html is None:
            raise FetchError(self._answer.url, f"its scripts make it longer than {LONGEST_MARKUP:,} characters")
        return Rendered(
            html=html,
            url=without_anchor(url),
            answers=tuple(self._answers.values()),
            incomplete=incomplete,
        )

    async def _open(self) -> None:
        context = self._tab.context
        await context.route("**/*", self._route)
        await context.route_web_socket("**/*", lambda socket: socket.close())
        context.on("page", lambda other: asyncio.ensure_future(other.close()))
        self._tab.on("dialog", lambda dialog: asyncio.ensure_future(dialog.dismiss()))
        await self._tab.add_init_script(_OPEN_SHADOWS)
        self._devtools: CDPSession = await context.new_cdp_session(self._tab)
        self._devtools.on("Emulation.virtualTimeBudgetExpired", lambda _: self._rested.set())
        began = self._answer.retrieved_at.timestamp()
        await self._devtools.send("Emulation.setVirtualTimePolicy", {"policy": "pause", "initialVirtualTime": began})
        await self._bounded(self._tab.goto(self._address, wait_until="commit"))

    async def _rest(self) -> None:
        """Let the scripts run until they have asked for nothing during a step of the page's time, or for too much."""
        for _ in range(MOST_STEPS):
            asked, begun = self._asked, self._begun
            if begun:
                await self._draw()
            self._begun = True
            self._rested.clear()
            if self._restless:
                return
            policy = {"policy": "pauseIfNetworkFetchesPending", "budget": STEP}
            await self._bounded(self._devtools.send("Emulation.setVirtualTimePolicy", policy))
            await self._bounded(self._rested.wait())
            await self._bounded(self._answered())
            if (self._asked == asked and begun) or self._restless:
                return

    async def _draw(self) -> None:
        """Have the page drawn, so that its scripts learn what has come into view: the browser draws only when asked."""
        with suppress(TimeoutError):
            await self._bounded(asyncio.wait_for(self._tab.evaluate(_TWO_FRAMES), LONGEST_FRAME))

    async def _answered(self) -> None:
        """Wait until no request is open: those of workers do not stop the page's time."""
        while self._waiting:
            await asyncio.sleep(_LOOK)

    async def _bounded(self, awaitable: Awaitable[T]) -> T:
        """Return the result of what waits for the page's scripts; raises ScriptsDoNotEnd after their time is over."""
        task = asyncio.ensure_future(awaitable)
        try:
            while True:
                done, _ = await asyncio.wait([task], timeout=_LOOK)
                if done:
                    return task.result()
                if not self._waiting:
                    self._scripts_ran += _LOOK
                if self._scripts_ran > self._settings.max_seconds:
                    raise ScriptsDoNotEnd
        finally:
            task.cancel()

    async def _state(self) -> JSHandle:
        if self._handle is None:
            self._handle = await self._bounded(self._tab.evaluate_handle(_script()))
        return self._handle

    _handle: JSHandle | None = None

    async def _unroll(self) -> str | None:
        """Scroll and turn a list until it shows no more; return why it may go on, where a limit of ours ended that."""
        state = await self._state()
        try:
            return await self._until_no_more(state)
        finally:
            # What led on has been followed to its end: nobody need look where it leads.
            buttons = await self._bounded(state.evaluate("state => state.buttons()"))
            await self._bounded(state.evaluate("(state, indices) => state.remove(indices)", leading_on(buttons)))

    async def _until_no_more(self, state: JSHandle) -> str | None:
        shown = await self._bounded(state.evaluate("state => state.look()"))
        for _ in range(self._settings.max_rounds):
            more = await self._more(state, shown)
            if self._restless:
                return f"its scripts ask for more than {self._asked} things (render.max_requests): its list may go on"
            if self._cut:
                break
            if more == shown:
                return None
            shown = more
        return f"its list goes on after it was scrolled or turned {self._settings.max_rounds} times (render.max_rounds)"

    async def _more(self, state: JSHandle, shown: int) -> int:
        """Scroll a list and, where that shows nothing new, press its button; return how many addresses it has shown."""
        for turn in (self._scroll, self._press):
            if await turn(state):
                await self._rest()
                more = await self._bounded(state.evaluate("state => state.look()"))
                if more > shown or self._restless:
                    return int(more)
        return shown

    async def _scroll(self, state: JSHandle) -> bool:
        """Scroll to the end; step by step where the list holds only what is in view."""
        await self._bounded(state.evaluate("state => state.toEnd()"))
        await self._draw()
        if self._page_number == 1 and await self._bounded(state.evaluate("state => state.lost()")):
            await self._bounded(state.evaluate("state => state.toTop()"))
            for _ in range(STEPS_A_ROUND * self._settings.max_rounds):
                await self._draw()
                await self._bounded(state.evaluate("state => state.look()"))
                if not await self._bounded(state.evaluate("state => state.step()")):
                    break
            else:
                self._cut = True
        return True

    async def _press(self, state: JSHandle) -> bool:
        """Press the button that shows more of a list, or its next page; return whether there is one."""
        index = next_button(await self._bounded(state.evaluate("state => state.buttons()")), self._page_number)
        if index is None:
            return False
        self._page_number += 1
        await self._bounded(state.evaluate("(state, index) => state.press(index)", index))
        return True

    async def _route(self, route: Route) -> None:
        """Answer a request of the page, or refuse it."""
        from playwright.async_api import Error

        self._waiting += 1
        try:
            await self._reply(route)
        except Error:
            return  # the tab was closed, or has left the page that asked
        finally:
            self._waiting -= 1

    async def _reply(self, route: Route) -> None:
        asked = route.request
        is_document = asked.is_navigation_request()
        in_frame = is_document and asked.frame.parent_frame is not None
        if is_document and not in_frame and (self._settled or self._navigations >= MOST_NAVIGATIONS):
            await route.abort("aborted")
            return
        if is_document and not in_frame:
            self._navigations += 1
            if (known := self._known.get(without_anchor(asked.url))) is not None:
                await route.fulfill(status=200, headers=answer_headers(known.headers), body=known.content)
                return
        body = asked.post_data_buffer
        reason = refusal(
            asked.url,
            asked.method,
            asked.resource_type,
            body,
            in_frame=in_frame,
            site=self._answer.final_url,
            hosts=self._hosts,
        )
        if reason is not None:
            if asked.resource_type in ("script", "xhr", "fetch"):
                self._refused[f"{asked.url.partition('?')[0]}: {reason}"] = None
            await route.abort("aborted" if is_document else "blockedbyclient")
            return
        if self._asked >= self._settings.max_requests:
            self._restless = True
            self._rested.set()
            return  # left without an answer: refused, it would be asked for again at once, and for ever
        self._asked += 1
        request = Request(
            url=asked.url,
            expect="resource",
            headers=request_headers(asked.headers),
            body=body if asked.method == "POST" else None,
        )
        try:
            fetched = await self._ask(request)
        except FetchError as error:
            self._refused[f"{asked.url.partition('?')[0]}: {error.reason}"] = None
            if (status := _status(error.attempts)) is not None and not is_document:
                await route.fulfill(status=status, body=b"")
            else:
                await route.abort("aborted" if is_document else "failed")
            return
        await self._show(route, fetched, is_document=is_document)

    async def _show(self, route: Route, fetched: Fetched, *, is_document: bool) -> None:
        page = fetched.page
        if page is None or (is_document and page.media_type not in PAGES):
            await route.abort("aborted")  # a download
            return
        self._answers.setdefault(f"{page.sha256} {page.final_url}", fetched)
        if is_document and page.final_url != without_anchor(route.request.url):
            self._known[page.final_url] = page
            await route.fulfill(status=200, content_type="text/html", body=_forward(page.final_url))
            return
        await route.fulfill(status=page.status, headers=answer_headers(page.headers), body=page.content)


_TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))"
_OPEN_SHADOWS = """
(() => {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) { return attach.call(this, {...options, mode: "open"}); };
})();
"""
"""Shadow roots that a page keeps closed hold text as well."""


def _script() -> str:
    return Path(__file__).with_name("in_page.js").read_text("utf-8")


def _forward(url: str) -> str:
    """Return a page that forwards to an address: it replaces a redirect, whose target the browser must see."""
    import json

    return f"<script>location.replace({json.dumps(url).replace('<', '%3C')} + location.hash)</script>"


def _status(attempts: tuple[Attempt, ...]) -> int | None:
    """Return the status that an answer of failure had."""
    return next((attempt.status for attempt in reversed(attempts) if attempt.status and attempt.status >= 400), None)
