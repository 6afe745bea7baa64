"""The desk: pages over the store, for a browser on this machine. They read; rereading is a command of its own."""

from __future__ import annotations

import re
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import anyio.to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from models.database.store import Store
from models.errors import ConfigError, PageError, StoreError
from models.search.filters import Filters
from models.search.query import parse
from pipeline.desk import documents, sources
from pipeline.desk.archived import Archive
from pipeline.desk.document import boxes, difference, printed, view, words_of
from pipeline.desk.holding import Holding
from pipeline.desk.rendering import link, render
from pipeline.desk.reread import Refused, Rereading, asked
from pipeline.desk.safe_copy import notice
from pipeline.desk.security import COPY_POLICY, Guard
from pipeline.holdings.export import export_documents, export_formats
from pipeline.holdings.queries import find_document, one_document

REREAD = re.compile(r"/documents/[0-9]{1,9}/reread")
"""The only path that may be posted to."""
THREADS = 8
"""Requests that are answered at once."""
STATIC = {
    name: ((Path(__file__).parent / "static" / name).read_bytes(), media)
    for name, media in (("desk.css", "text/css"), ("icon.svg", "image/svg+xml"))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the handlers need."""

    holding: Holding
    archive: Archive
    configured: tuple[str, ...]
    exporting: threading.Lock
    rereading: Rereading | None


def create_app(
    store: Store,
    archive_folder: Path,
    *,
    hosts: tuple[str, ...],
    configured: tuple[str, ...] = (),
    reopen: Callable[[], Store] | None = None,
    rereading: Rereading | None = None,
) -> Guard:
    """Return the application for an open store.

    Args:
        store: Where documents are; opened for reading.
        archive_folder: Where the captured bytes are.
        hosts: The values of the Host header that are answered, with port.
        configured: The names of the sources in the configuration.
        reopen: Opens the store again, where its file was exchanged.
        rereading: Reads documents again from their pages; None allows none.
    """
    holding = Holding(store, reopen)
    archive = Archive(holding.store, archive_folder)
    desk = Desk(
        holding=holding,
        archive=archive,
        configured=configured,
        exporting=threading.Lock(),
        rereading=rereading,
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        async with archive:
            yield
        holding.close()

    routes = [Route(path, _bound(handler, desk)) for path, handler in ROUTES.items()]
    if rereading is not None:
        routes.append(Route("/documents/{id}/reread", _bound(read_again, desk), methods=["GET", "POST"]))
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={404: _not_found, PageError: _unreadable, StoreError: _no_store},
    )
    return Guard(app, hosts=hosts, posts=REREAD if rereading is not None else None)


def _bound(handler: Callable[..., Any], desk: Desk) -> Callable[[Request], Any]:
    import inspect

    if inspect.iscoroutinefunction(handler):

        async def answer_later(request: Request) -> Response:
            response: Response = await handler(desk, request)
            return response

        return answer_later

    def answer(request: Request) -> Response:
        response: Response = handler(desk, request)
        return response

    return answer


def _page(parts: Iterator[str]) -> Response:
    return StreamingResponse((part.encode("utf-8", "replace") for part in parts), media_type="text/html; charset=utf-8")


def _whole(name: str, status: int = 200, **values: Any) -> Response:
    return HTMLResponse(render(name, **values).encode("utf-8", "replace"), status)


def _missing(what: str) -> Response:
    return _whole("message.html", 404, title="Not found", message=f"There is no {what} here.")


async def _not_found(request: Request, _error: Exception) -> Response:
    return _missing("such page")


async def _unreadable(request: Request, error: Exception) -> Response:
    reason = error.reason if isinstance(error, PageError) else str(error)
    return _whole(
        "message.html", 422, title="Cannot be shown", message=f"The archived bytes cannot be shown: {reason}."
    )


async def _no_store(request: Request, error: Exception) -> Response:
    return _whole("message.html", 503, title="No store", message=str(error))


def list_documents(desk: Desk, request: Request) -> Response:
    """Documents: search, facets, years."""
    store = desk.holding.store()
    return _page(documents.list_page(store, request.query_params, desk.holding.kept()))


def least_sure(desk: Desk, request: Request) -> Response:
    """The values that a person should look at first."""
    return _page(documents.doubtful_page(desk.holding.store(), request.query_params))


def how_to_search(_desk: Desk, _request: Request) -> Response:
    """Tell the query language."""
    return _page(documents.help_page())


async def one(desk: Desk, request: Request) -> Response:
    """One document."""
    what, parameters = request.path_params["id"], request.query_params
    shown = await anyio.to_thread.run_sync(lambda: view(desk.holding.store(), what, parameters))
    if shown is None:
        return _missing("document")
    if str(shown["document"]["id"]) != what:
        return RedirectResponse(link(f"/documents/{shown['document']['id']}"), 302)
    number = _number(parameters.get("page"))
    picture, trouble = None, None
    if shown["is_pdf"] and shown["document"]["capture"] is not None:
        try:
            page = await anyio.to_thread.run_sync(desk.archive.page, shown["document"]["capture"]["id"])
            picture = await desk.archive.picture(page, number, words_of(parameters.get("q", "")))
        except PageError as error:
            trouble = error.reason
    number = min(number, picture.pages) if picture else number
    return await anyio.to_thread.run_sync(
        lambda: _whole(
            "document.html", **shown, query=parse(parameters.get("q", "")), picture=picture, trouble=trouble,
            number=number, boxes=boxes(shown["document"], number), tab=parameters.get("show", ""),
            may_reread=desk.rereading is not None,
        )
    )  # fmt: skip


async def read_again(desk: Desk, request: Request) -> Response:
    """Show what reading a document again would change, and load it when asked to."""
    rereading = desk.rereading
    record = await anyio.to_thread.run_sync(_record, desk, request)
    if rereading is None or record is None:
        return _missing("document")
    jar = f"ingest-{request.url.port}"
    form = asked(parse_qs((await request.body()).decode("utf-8", "replace")), request.cookies.get(jar))
    url = record["capture"]["url"] if record["capture"] else None
    shown: dict[str, Any] = {"record": record, "url": url, "compared": None, "trouble": None, "known": False}
    if request.method == "GET" or url is None:
        return _whole("reread.html", **{**shown, "known": jar in request.cookies})
    try:
        rereading.check(form.token)
        if form.step == "load":
            await anyio.to_thread.run_sync(rereading.load, record["id"], url)
            return RedirectResponse(link(f"/documents/{record['id']}"), 303)
        changes = await anyio.to_thread.run_sync(rereading.look, record["id"], url)
    except Refused as error:
        return _whole("reread.html", error.status, **{**shown, "trouble": str(error)})
    answer = _whole("reread.html", **{**shown, "known": True, "compared": [difference(one) for one in changes]})
    answer.set_cookie(jar, form.token.strip(), httponly=True, samesite="strict", path="/documents")
    return answer


async def copy(desk: Desk, request: Request) -> Response:
    """Show the archived page as a harmless copy, in a frame of its document's page."""
    record = await anyio.to_thread.run_sync(_record, desk, request)
    if record is None or record["capture"] is None or record["media_type"] == "application/pdf":
        return _missing("archived page")
    status = 200
    try:
        page = await anyio.to_thread.run_sync(desk.archive.page, record["capture"]["id"])
        text = await desk.archive.copy(page, printed(record))
    except PageError as error:
        status, text = 422, notice(f"The archived page cannot be shown: {error.reason}.")
    headers = {"content-security-policy": COPY_POLICY}  # of the sentence too: a frame shows no page of another policy
    return HTMLResponse(text.encode("utf-8", "replace"), status, headers)


async def picture(desk: Desk, request: Request) -> Response:
    """Show a page of a PDF as an image."""
    record = await anyio.to_thread.run_sync(_record, desk, request)
    if record is None or record["capture"] is None or record["media_type"] != "application/pdf":
        return _missing("page of a PDF")
    page = await anyio.to_thread.run_sync(desk.archive.page, record["capture"]["id"])
    words = words_of(request.query_params.get("q", ""))
    found = await desk.archive.picture(page, _number(request.path_params["number"]), words)
    return Response(found.png, media_type="image/png")


def raw(desk: Desk, request: Request) -> Response:
    """Give the archived bytes as a download, which no browser opens."""
    record = _record(desk, request)
    if record is None or record["capture"] is None:
        return _missing("archived page")
    page = desk.archive.page(record["capture"]["id"])
    name = f"document-{record['id']}.{'pdf' if record['media_type'] == 'application/pdf' else 'html'}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(page.content, media_type="application/octet-stream", headers=headers)


def list_sources(desk: Desk, _request: Request) -> Response:
    """Sources and runs."""
    return _whole("sources.html", **sources.all_sources(desk.holding.store(), desk.configured))


def one_source(desk: Desk, request: Request) -> Response:
    """One source."""
    shown = sources.one_source(desk.holding.store(), request.path_params["name"], desk.configured)
    return _missing("source of that name") if shown is None else _whole("source.html", **shown)


def one_run(desk: Desk, request: Request) -> Response:
    """One run."""
    shown = sources.one_run_view(desk.holding.store(), request.path_params["key"])
    return _missing("run") if shown is None else _whole("run.html", **shown)


def take_along(desk: Desk, request: Request) -> Response:
    """Give the documents of a query as a file, one at a time for all readers."""
    from tempfile import NamedTemporaryFile

    suffix = f".{request.path_params['suffix']}"
    if suffix not in export_formats():
        return _missing("format of that name")
    if not desk.exporting.acquire(blocking=False):
        busy = "Another export is being written; try again in a minute."
        return Response(busy, 503, {"retry-after": "60"}, media_type="text/plain")
    try:
        with NamedTemporaryFile(suffix=suffix) as file:
            export_documents(desk.holding.store(), Path(file.name), Filters(query=request.query_params.get("q", "")))
            content = Path(file.name).read_bytes()
    except ConfigError as error:
        return _whole("message.html", 400, title="Cannot be taken along", message=str(error))
    finally:
        desk.exporting.release()
    headers = {"content-disposition": f'attachment; filename="documents{suffix}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


def static(_desk: Desk, request: Request) -> Response:
    """Give style sheet and icon."""
    found = STATIC.get(request.path_params["name"])
    return _missing("such file") if found is None else Response(found[0], media_type=found[1])


def at_address(desk: Desk, request: Request) -> Response:
    """Lead from an address to the document that has it."""
    with desk.holding.store().read() as connection:
        found = find_document(connection, request.query_params.get("url", ""))
    return _missing("document at that address") if found is None else RedirectResponse(link(f"/documents/{found}"), 302)


def _record(desk: Desk, request: Request) -> Mapping[str, Any] | None:
    with desk.holding.store().read() as connection:
        return one_document(connection, request.path_params["id"])


def _number(text: str | None) -> int:
    """Return a page's number, 1 for what is none."""
    return max(1, int(text)) if text and text.isdecimal() and text.isascii() and len(text) < 7 else 1


ROUTES: Mapping[str, Callable[..., Any]] = {
    "/": list_documents,
    "/doubtful": least_sure,
    "/help": how_to_search,
    "/at": at_address,
    "/documents/{id}": one,
    "/documents/{id}/copy": copy,
    "/documents/{id}/pages/{number}.png": picture,
    "/documents/{id}/raw": raw,
    "/sources": list_sources,
    "/sources/{name}": one_source,
    "/runs/{key}": one_run,
    "/export/documents.{suffix:path}": take_along,
    "/static/{name}": static,
}
"""The pages, by path."""
