"""The client of sources with `render = true`: it fetches as the other does, and has a browser make the page.

    page of a site -> a tab of the browser -> its scripts' requests -> this same client -> the page as made

So robots.txt, pacing, checked addresses and limits hold for what scripts ask as for any other request.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from models.errors import FetchError
from pipeline.fetch.client import Client
from pipeline.fetch.settings import Fetched, HttpSettings, SourceHttp
from pipeline.render.browser import Browser
from pipeline.render.settings import Rendered, RenderSettings
from pipeline.render.visit import ScriptsDoNotEnd, Visit
from scrapers.base import Page, Request
from scrapers.sniff.mediatype import PAGES
from scrapers.values.addresses import route_of

KEPT_BYTES = 64_000_000
"""Scripts and styles that are kept for the pages that follow."""
_OF_THE_ANSWER = frozenset(
    {"content-type", "content-encoding", "content-length", "transfer-encoding", "etag", "last-modified"}
)
"""Headers that tell of an answer's bytes, and nothing of the page that scripts make of it."""
LISTS = frozenset({"listing", "auto"})
"""What is expected to list documents, and so is scrolled to its end."""


class RenderingClient(Client):
    """A client whose web pages are made by a browser where the source asks for that.

    Args:
        settings: as for `Client`, and so are further options.
        render: the limits of making a page.
        browser: by default one of its own; `aclose` ends it.
    """

    def __init__(
        self, settings: HttpSettings, render: RenderSettings, *, browser: Browser | None = None, **options: Any
    ) -> None:
        super().__init__(settings, **options)
        self._render = render
        self._browser = browser or Browser(render, settings.user_agent)
        self._kept: dict[str, Fetched] = {}
        self._kept_bytes = 0
        self._archived: set[str] = set()
        """Keys of `_kept` that a page has taken to the archive."""

    async def aclose(self) -> None:
        """End the browser and drop every connection."""
        await self._browser.aclose()
        await super().aclose()

    async def fetch(self, request: Request, *, overrides: SourceHttp | None = None) -> Fetched:
        """Return the answer, a web page as its scripts make it where the source says `render`; raises as `Client`.

        Raises:
            FetchError: also where the page's scripts do not end, or leave it empty as an answer failed.
            SourceError: no browser can be started.
        """
        if overrides is None or not overrides.render or request.expect == "file" or request.form is not None:
            return await super().fetch(request, overrides=overrides)
        self._browser.check()
        # Validators are those of the answer, which may stay the same while the data behind it change.
        fetched = await super().fetch(replace(request, etag=None, last_modified=None), overrides=overrides)
        if fetched.page is None or fetched.page.media_type not in PAGES:
            return fetched
        rendered = await self._visit(request, fetched.page, overrides)
        answers = rendered.answers
        if request.expect not in LISTS:  # pages of a listing are not archived
            answers = tuple(answer for answer in answers if answer.url not in self._archived)
            self._archived |= {answer.url for answer in answers if answer.url in self._kept}
        return replace(
            fetched,
            final_url=rendered.url,
            page=_page(fetched.page, rendered),
            answer=fetched.page,
            asked_by_scripts=answers,
        )

    async def _visit(self, request: Request, page: Page, overrides: SourceHttp) -> Rendered:
        """Render a page in a tab of its own; once more where the browser broke down meanwhile."""
        from playwright.async_api import Error

        async def ask(asked: Request) -> Fetched:
            return await self._asked(asked, overrides)

        address = page.final_url + route_of(request.url)
        for last in (False, True):
            try:
                async with self._browser.tab() as tab:
                    visit = Visit(tab, page, address, ask=ask, hosts=overrides.render_hosts, settings=self._render)
                    try:
                        return await visit.render(is_list=request.expect in LISTS)
                    except ScriptsDoNotEnd:
                        self._browser.end()
                        seconds = f"{self._render.max_seconds:g}"
                        reason = f"its scripts ran for more than {seconds} seconds (render.max_seconds)"
                        raise FetchError(request.url, reason) from None
            except Error as error:
                if last:
                    first = str(error).strip().partition("\n")[0]
                    raise FetchError(request.url, f"the browser broke down while it made the page: {first}") from error
        raise AssertionError("unreachable")

    async def _asked(self, request: Request, overrides: SourceHttp) -> Fetched:
        """Return the answer to a request of a page's scripts; scripts and styles are asked for once a run."""
        if request.body is None and (kept := self._kept.get(request.url)) is not None:
            return kept
        fetched = await super().fetch(request, overrides=overrides)
        page = fetched.page
        if page is not None and request.body is None and _is_part(page):
            self._kept_bytes += len(page.content)
            if self._kept_bytes <= KEPT_BYTES:
                self._kept[request.url] = fetched
        return fetched


def _page(answer: Page, rendered: Rendered) -> Page:
    """Return the page as its scripts made it, with the headers of the answer that are true of it as well."""
    content = rendered.html.encode("utf-8", "replace")
    kept = [(name, value) for name, value in answer.headers if name.lower() not in _OF_THE_ANSWER]
    moved = rendered.url != answer.final_url and route_of(rendered.url) == ""
    return replace(
        answer,
        final_url=rendered.url,
        headers=(("Content-Type", "text/html; charset=utf-8"), *kept),
        media_type="text/html",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        redirects=(*answer.redirects, answer.final_url) if moved else answer.redirects,
        incomplete=rendered.incomplete,
    )


def _is_part(page: Page) -> bool:
    """Return whether an answer is a script or a style, by what its server says."""
    declared = (page.header("content-type") or "").lower()
    return "javascript" in declared or "ecmascript" in declared or "text/css" in declared
