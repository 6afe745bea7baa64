"""Three resource centres that workers share, with files on a common host and documents that have moved to another."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.pipeline.workplace import Workplace
from tests.sites.documents import document
from tests.sites.keyed import small_pdf
from tests.sites.server import NOT_FOUND, Answer

CENTRES = ("one.test", "two.test", "three.test")
FILES, MOVED = "files.test", "moved.test"
SHARED_FILE = f"http://{FILES}/files/shared.pdf"
DOCUMENTS = 5
PAGES_OF_LISTING = 2
DELAY = 0.05
ANSWER_SECONDS = 0.02
"""How long each answer takes, so that two requests at once are seen."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and when it came and was answered."""

    host: str
    path: str
    began: float
    ended: float


class Sites:
    """The hosts, on one port of 127.0.0.1; every request is kept.

    Of the five documents of each centre, the first links a file of its own on the host of files, the second a file of
    its own centre, the third a file that all centres link; the fourth has moved to another host.
    """

    def __init__(self) -> None:
        self.log: list[Asked] = []
        sites = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                began = time.monotonic()
                host = self.headers["Host"]
                answer = sites.answer(host, self.path)
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                time.sleep(ANSWER_SECONDS)
                sites.log.append(Asked(host, self.path, began, time.monotonic()))
                with suppress(BrokenPipeError, ConnectionResetError):  # the client may have been killed
                    self.send_response(answer.status)
                    for name, value in {"Content-Type": answer.kind, **answer.headers}.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.address = f"127.0.0.1:{self.http.server_address[1]}"

    def answer(self, host: str, path: str) -> Answer:
        """Return what a host answers to a request."""
        parts = urlsplit(path)
        kind, _, rest = parts.path.strip("/").partition("/")
        if kind == "library" and host in CENTRES:
            return _listing(int(parts.query.partition("=")[2] or 1))
        if kind == "files":
            return Answer(small_pdf(sum(rest.encode())), "application/pdf")
        if kind == "documents":
            number = int(rest.rpartition("/")[2])
            if number == 4 and host in CENTRES:
                return Answer(status=302, headers={"Location": f"http://{MOVED}/documents/{host}/4"})
            return _page(host, number, salt=rest)
        return NOT_FOUND

    def documents(self) -> Counter[tuple[str, str]]:
        """Return the documents that were asked for, and how often."""
        return Counter(
            (asked.host, asked.path)
            for asked in self.log
            if not asked.path.startswith(("/library", "/robots.txt", "/favicon"))
        )

    def impolite(self) -> list[str]:
        """Return in words the pairs of requests to one host that overlapped, or came closer than the delay."""
        return [
            f"{later.host} was asked for {later.path} {later.began - earlier.ended:.3f} s after {earlier.path}"
            for earlier, later in self._pairs()
            if later.began - earlier.ended < DELAY * 0.95
        ]

    def longest_pause(self) -> float:
        """Return the longest time between two requests to a host, in seconds."""
        return max((later.began - earlier.ended for earlier, later in self._pairs()), default=0.0)

    def _pairs(self) -> Iterator[tuple[Asked, Asked]]:
        for host in {asked.host for asked in self.log}:
            yield from pairwise(sorted((a for a in self.log if a.host == host), key=lambda asked: asked.began))


def _listing(number: int) -> Answer:
    numbers = range(1 + (number - 1) * 3, min(number * 3, DOCUMENTS) + 1)
    cards = "".join(f"<li><h3><a href='/documents/{n}'>{document(n).title}</a></h3></li>" for n in numbers)
    more = f"<a rel='next' href='?page={number + 1}'>Next</a>" if number < PAGES_OF_LISTING else ""
    return Answer(f"<html lang='en'><head><title>Library</title></head><body><ul>{cards}</ul>{more}</body></html>")


def _page(host: str, number: int, salt: str) -> Answer:
    """Return a document: no two have the same text."""
    item = document(number)
    files = {1: f"http://{FILES}/files/{host}/1.pdf", 2: "/files/2.pdf", 3: SHARED_FILE}
    link = f"<p><a href='{files[number]}'>Download the report (PDF)</a></p>" if number in files else ""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in (*item.paragraphs, f"Kept at {host} as {salt}."))
    return Answer(
        f"<html><head><title>{item.title}</title></head><body><article><h1>{item.title}</h1>"
        f"<p>Published on: {item.date}</p>{text}{link}</article></body></html>"
    )


@contextmanager
def served() -> Iterator[Sites]:
    """Serve the sites while the block runs."""
    sites = Sites()
    thread = threading.Thread(target=sites.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield sites
    finally:
        sites.http.shutdown()
        sites.http.server_close()
        thread.join()


def place(folder: Path, sites: Sites, database: str, *, lease_seconds: float) -> Workplace:
    """Return a new folder with the configuration of all three centres; folders beside each other share an archive."""
    folder.mkdir()
    shared = {"archive": "../archive"} if database.startswith("postgresql") else {}
    tables: dict[str, Any] = {
        "store": {"database": database, **shared},
        "http": {
            "contact": "a@b.example",
            "delay_seconds": DELAY,
            "allow_addresses": ["127.0.0.1"],
            "resolve": dict.fromkeys((*CENTRES, FILES, MOVED), sites.address),
            "timeout_seconds": lease_seconds,
        },
        "extract": {"workers": 1, "ocr": "off"},
        "workers": {"lease_seconds": lease_seconds},
        "sources": {
            name.partition(".")[0]: {"start": f"http://{name}/library", "file_hosts": [FILES]} for name in CENTRES
        },
    }
    return Workplace(folder, tables)
