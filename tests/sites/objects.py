"""Object storage on loopback: as much of S3's interface as puts, ranges, lengths and removals need."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Objects:
    """Buckets in memory; `log` has each request, as method, path and range."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.log: list[tuple[str, str, str | None]] = []
        self.down = False
        """Whether every request is refused."""
        objects = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_PUT(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                if self._refused():
                    return
                objects.held[self.path] = content
                self._answer(200, b"")

            def do_GET(self) -> None:
                if self._refused():
                    return
                content = objects.held.get(self.path)
                if "list-type=2" in self.path:  # what lies below a name; here that is never anything
                    self._answer(200, b"<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>")
                elif content is None:
                    self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
                elif found := re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", "")):
                    first, last = int(found[1]), min(int(found[2]), len(content) - 1)
                    self._answer(206, content[first : last + 1], f"bytes {first}-{last}/{len(content)}")
                else:
                    self._answer(200, content)

            def do_HEAD(self) -> None:
                self.do_GET()

            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"])).decode()
                bucket, _, wanted = self.path.partition("?")
                if self._refused():
                    return
                assert wanted == "delete", self.path
                keys = re.findall("<Key>(.*?)</Key>", content)
                for key in keys:
                    objects.held.pop(f"{bucket}/{key}", None)
                told = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
                self._answer(200, f"<DeleteResult>{told}</DeleteResult>".encode())

            def _refused(self) -> bool:
                objects.log.append((self.command, self.path, self.headers.get("Range")))
                if objects.down:
                    self._answer(403, b"<Error><Code>AccessDenied</Code></Error>")
                return objects.down

            def _answer(self, status: int, content: bytes, part: str | None = None) -> None:
                self.send_response(status)
                self.send_header("Last-Modified", formatdate(0, usegmt=True))
                self.send_header("ETag", f'"{hashlib.md5(content).hexdigest()}"')
                self.send_header("Content-Length", str(len(content)))
                if part:
                    self.send_header("Content-Range", part)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to reach it."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.http.server_address[1]}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
        }


@contextmanager
def serving() -> Iterator[Objects]:
    """Serve for the block."""
    objects = Objects()
    threading.Thread(target=objects.http.serve_forever, daemon=True).start()
    try:
        yield objects
    finally:
        objects.http.shutdown()
        objects.http.server_close()
