"""What the desk answers at all, and the headers of every answer.

A page on another site must neither read the store through the reader's browser (DNS rebinding, scripts) nor change it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

Scope = dict[str, Any]

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
COPY_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""For an archived page: nothing runs, nothing is loaded, nothing leads elsewhere."""

HEADERS = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "x-dns-prefetch-control": "off",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
LONGEST_BODY = 4_096


class Guard:
    """ASGI middleware: known hosts only, reading only except at `posts`, and headers that keep the pages to themselves.

    Args:
        app: What is guarded.
        hosts: The values that `Host` may have, with port; compared as they are.
        posts: What matches the paths that may be posted to, from our own pages alone; None allows none.
    """

    def __init__(self, app: Any, *, hosts: Iterable[str], posts: re.Pattern[str] | None = None) -> None:
        self.app = app
        self.hosts = frozenset(hosts)
        self.posts = posts

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        status, reason = self.verdict(scope)
        if status:
            await _refuse(send, status, reason)
            return

        async def answer(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                more = [
                    (name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in given
                ]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self.app(scope, receive, answer)

    def verdict(self, scope: Scope) -> tuple[int, str]:
        """Return status and reason of a refusal, or 0."""
        hosts = _values(scope, b"host")
        if len(hosts) != 1 or hosts[0] not in self.hosts:
            return 421, "This is not the address of this desk."
        if scope["method"] in ("GET", "HEAD"):
            return 0, ""
        if scope["method"] != "POST" or self.posts is None or not self.posts.fullmatch(scope["path"]):
            return 405, "The desk only reads."
        return self._foreign(scope, hosts[0])

    def _foreign(self, scope: Scope, host: str) -> tuple[int, str]:
        """Return the refusal of a post that one of our own pages did not send, as the browser tells."""
        site, origin = _values(scope, b"sec-fetch-site"), _values(scope, b"origin")
        own = site == ["same-origin"] if site else origin == [f"http://{host}"]
        if not own or (origin and origin != [f"http://{host}"]):
            return 403, "This was not sent by a page of this desk."
        length = _values(scope, b"content-length")
        if len(length) != 1 or not length[0].isdigit() or int(length[0]) > LONGEST_BODY:
            return 413, "That is too long."
        if _values(scope, b"content-type")[:1] != ["application/x-www-form-urlencoded"]:
            return 415, "Only a form can be posted."
        return 0, ""


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


async def _refuse(send: Any, status: int, reason: str) -> None:
    body = reason.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    headers += [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    if status == 405:
        headers.append((b"allow", b"GET, HEAD"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
