"""A site on loopback: what it answers is a method of its class, what it was asked is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, TypeVar
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

from tests.sites.documents import Item, document, pdf


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes | str = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


NOT_FOUND = Answer("<html><head><title>Not found</title></head><body><h1>404</h1></body></html>", status=404)


class Site:
    """A resource centre of 60 documents, the newest first; subclasses say how it tells of them."""

    mechanism: ClassVar[str] = ""
    start: ClassVar[str] = "/"
    """Where its three-line source starts."""
    keys: ClassVar[Mapping[str, str]] = {}
    """What else that source says, one line."""
    count = 60

    def __init__(self) -> None:
        self.items: list[Item] = [document(number) for number in range(self.count, 0, -1)]
        self.gone: dict[int, Item] = {}
        self.url = ""
        self.asked: list[str] = []
        self.today = "2026-01-01"

    def add(self, count: int) -> list[Item]:
        """Publish further documents."""
        self.today = "2026-02-02"
        newest = max([item.number for item in self.items] + list(self.gone))
        added = [document(number) for number in range(newest + count, newest, -1)]
        self.items = added + self.items
        return added

    def remove(self, *numbers: int) -> list[Item]:
        """Withdraw documents: their pages answer with 404 from now on."""
        self.today = "2026-02-02"
        removed = [item for item in self.items if item.number in numbers]
        self.items = [item for item in self.items if item.number not in numbers]
        self.gone.update({item.number: item for item in removed})
        return removed

    def modified(self, item: Item) -> str:
        """Return when an item was last changed in the site's own system: those added later, when they were added."""
        return f"{self.today}T08:00:00Z" if item.number > self.count else item.modified

    def address(self, item: Item) -> str:
        """Return the canonical address of a document."""
        return f"{self.url}/resources/{item.slug}"

    def file_address(self, item: Item) -> str:
        return f"{self.url}/files/{item.number}/{item.slug}.pdf"

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        """Return the answer to a GET of a decoded path."""
        raise NotImplementedError

    def posted(self, path: str, form: Mapping[str, str]) -> Answer:
        """Return the answer to a form that is sent by POST."""
        return NOT_FOUND

    def file(self, path: str) -> Answer | None:
        """Return the PDF at a path, where there is one."""
        for item in self.items:
            if item.has_pdf and urlsplit(self.file_address(item)).path == path:
                return Answer(pdf(item.number), "application/pdf")
        return None

    def item_at(self, path: str) -> Item | None:
        return next((item for item in self.items if unquote(urlsplit(self.address(item)).path) == path), None)


S = TypeVar("S", bound=Site)


@contextmanager
def serve(site: S) -> Iterator[S]:
    """Serve a site on a free port of 127.0.0.1 while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            site.asked.append(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            length = int(self.headers.get("Content-Length") or 0)
            form = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
            posted = self.command == "POST"
            answer = site.posted(unquote(parts.path), form) if posted else site.answer(unquote(parts.path), query)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            self.send_response(answer.status)
            for name, value in {
                "Content-Type": answer.kind,
                **answer.headers,
                "Content-Length": str(len(body)),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
