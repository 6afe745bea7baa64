"""Serves the sample on one port of 127.0.0.1: hosts by the Host header, validators, counts of requests."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from pipeline.commands.demo.site import HOSTS, Site

PORT = 18744
"""Fixed, so that a person can look at the sample twice at the same address."""


class SampleServer:
    """The sample, served while the context lasts: `with SampleServer() as server: server.resolve`."""

    def __init__(self, site: Site | None = None, port: int | None = None) -> None:
        self.site = site if site is not None else Site()
        self.requests: Counter[tuple[str, str]] = Counter()
        """How often each (host, target) was requested, whatever the answer."""
        self.statuses: Counter[int] = Counter()
        self._changed: dict[tuple[str, str], tuple[str, float]] = {}
        self._lock = threading.Lock()
        self._server = _listen(PORT if port is None else port, self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> SampleServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        """Where it listens: `127.0.0.1:18744`."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def resolve(self) -> dict[str, str]:
        """The sample's host names with the server's address: the value of `[http] resolve`."""
        return {host: self.address for host in HOSTS}

    def must_fail(self) -> dict[str, str]:
        """Return the addresses that must fail, each with words of the reason."""
        from pipeline.commands.demo.expected import must_fail

        return must_fail()

    def validators(self, key: tuple[str, str], content: bytes) -> tuple[str, float]:
        """Return the ETag and the time of last change of an answer, which is later whenever the bytes differ."""
        etag = '"' + hashlib.sha256(content).hexdigest()[:20] + '"'
        with self._lock:
            known = self._changed.get(key)
            if known is None or known[0] != etag:
                # The first content has a fixed time, so that two demos exchange the same headers.
                known = (etag, FIRST_CHANGE if known is None else known[1] + 3600)
                self._changed[key] = known
            return known

    def note(self, host: str, target: str, status: int) -> None:
        """Count a request."""
        with self._lock:
            self.requests[host, target] += 1
            self.statuses[status] += 1


FIRST_CHANGE = 1_700_000_000.0


def _listen(port: int, owner: SampleServer) -> ThreadingHTTPServer:
    handler = type("SampleHandler", (_Handler,), {"owner": owner})
    try:
        return _Server(("127.0.0.1", port), handler)
    except OSError:  # taken: any free port will do, as the sample's addresses have no port
        return _Server(("127.0.0.1", 0), handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: SampleServer

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        answer = self.owner.site.answer(host, self.path)
        status, content = answer.status, answer.content
        headers = {"Content-Type": answer.media_type, **answer.headers}
        if status == 200:
            etag, changed = self.owner.validators((host, self.path), content)
            headers |= {"ETag": etag, "Last-Modified": formatdate(changed, usegmt=True)}
            if self._unchanged(etag, headers["Last-Modified"]):
                status, content = 304, b""
        self.owner.note(host, self.path, status)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_HEAD = do_GET  # noqa: N815

    def _unchanged(self, etag: str, last_modified: str) -> bool:
        asked = self.headers.get("If-None-Match")
        if asked is not None:  # RFC 9110, 13.1.3: it wins over If-Modified-Since
            return etag in [tag.strip().removeprefix("W/") for tag in asked.split(",")]
        return self.headers.get("If-Modified-Since") == last_modified

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: requests are counted instead."""
