"""A library of made pages and PDFs on loopback, served by a process of its own, for measuring throughput.

Every page has a title, a byline, a date, a text of about 10 kB, menus and related items; every tenth links a PDF of
four pages. Fifty pages are listed on a page of the listing.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from multiprocessing.connection import Connection
from typing import Any

from tests.pdfs.raw import Line, document, paragraph
from tests.sites import documents

PER_PAGE = 50
FILE_PAGES = 4
SELECTORS: dict[str, Any] = {
    "title": "h1",
    "author": ".byline a",
    "date": "time",
    "body": "div.text",
    "attachment": "a.file",
}
FOLLOW, NEXT_PAGE = "h3 a", "a.next"


@contextmanager
def served(pages: int, files: int) -> Iterator[str]:
    """Serve a library until the block ends; yield its host and port. The first `files` tenths link a PDF."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, pages, files), daemon=True)
    process.start()
    theirs.close()  # so that its end is noticed
    try:
        yield f"127.0.0.1:{ours.recv()}"
    finally:
        process.kill()
        process.join()


def answers(pages: int, files: int) -> dict[str, tuple[str, bytes]]:
    """Return every answer of the library: by path, its media type and content."""
    found = {"/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /private\n")}
    with_file = range(0, files * (pages // files), pages // files) if files else range(0)
    for number in range(pages):
        found[f"/d/{number}"] = ("text/html; charset=utf-8", _page(number, number in with_file))
    for number in with_file:
        found[f"/f/{number}.pdf"] = ("application/pdf", _file(number))
    for first in range(0, pages, PER_PAGE):
        number = first // PER_PAGE + 1
        cards = "".join(
            f"<article><h3><a href='/d/{n}'>{escape(documents.document(n + 1).title)}</a></h3></article>"
            for n in range(first, min(first + PER_PAGE, pages))
        )
        onward = f"<a class='next' href='/list/{number + 1}'>Next</a>" if first + PER_PAGE < pages else ""
        listing = f"<!DOCTYPE html><html><body><main><h1>All reports</h1>{cards}{onward}</main></body></html>"
        found[f"/list/{number}"] = ("text/html; charset=utf-8", listing.encode())
    return found


def _page(number: int, with_file: bool) -> bytes:
    item = documents.document(number + 1)
    menu = "".join(f"<li><a href='/topics/{n}'>Topic {n} and its places</a></li>" for n in range(40))
    text = "".join(f"<p>{escape(words)} ({part}.{number})</p>" for part in range(6) for words in item.paragraphs)
    related = "".join(f"<li><a href='/d/{other}'>Another report, number {other}</a></li>" for other in range(12))
    byline = ", ".join(f"<a href='/people/{escape(name)}'>{escape(name)}</a>" for name in item.authors)
    file = f"<p><a class='file' href='/f/{number}.pdf'>Download the report (PDF)</a></p>" if with_file else ""
    return (
        f"<!DOCTYPE html><html lang='{item.language}'><head><meta charset='utf-8'><title>{escape(item.title)} | Library"
        f"</title></head><body><header><a href='/'>Library</a><nav><ul>{menu}</ul></nav></header><main><article><h1>"
        f"{escape(item.title)}</h1><p class='byline'>By {byline}</p><p><time datetime='{item.date}'>"
        f"{documents.english_date(item.date)}</time></p><div class='text'>{text}</div>{file}</article></main>"
        f"<aside><ul>{related}</ul></aside><footer><ul>{menu}</ul></footer></body></html>"
    ).encode()


def _file(number: int) -> bytes:
    item = documents.document(number + 1)
    front = [
        Line(72, 760, item.title[:70], 18),
        Line(72, 730, "By " + ", ".join(item.authors), 11),
        Line(72, 712, documents.english_date(item.date), 11),
    ]
    text = " ".join(f"{words} ({part}.{number})" for part in range(3) for words in item.paragraphs)
    pages = [[*(front if part == 0 else ()), *paragraph(f"{part}. {text}", y=680)] for part in range(FILE_PAGES)]
    return document(pages, info={"Title": item.title})


def _serve(answer: Connection, pages: int, files: int) -> None:
    asyncio.run(_listen(answer, answers(pages, files)))


async def _listen(answer: Connection, held: dict[str, tuple[str, bytes]]) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            kind, content = held.get(head.split(b" ", 2)[1].decode(), ("", b""))
            status = "200 OK" if kind else "404 Not Found"
            lines = (
                f"HTTP/1.1 {status}\r\nContent-Type: {kind or 'text/plain'}\r\nContent-Length: {len(content)}\r\n\r\n"
            )
            writer.write(lines.encode() + content)
            await writer.drain()

    def quiet(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        """A client that ends its connection is no fault."""

    asyncio.get_running_loop().set_exception_handler(quiet)
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    answer.send(server.sockets[0].getsockname()[1])
    async with server:
        await server.serve_forever()
