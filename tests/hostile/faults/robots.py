"""robots.txt: what it forbids, and when it cannot be read (RFC 9309)."""

from __future__ import annotations

import gzip

from models.errors import FetchError, Forbidden, TemporaryFetchError
from tests.hostile.fault import Fault
from tests.hostile.server import Answer, Close, Endless, Wait, answer


def _text(content: str | bytes, *headers: str) -> bytes:
    return answer(content, *headers, kind="text/plain")


def _robots(name: str, robots: Answer, error: type[FetchError] | None, reason: str = "", **more: object) -> Fault:
    return Fault(
        name=f"robots-{name}",
        stage="robots",
        also={"/robots.txt": robots, **more.pop("also", {})},  # type: ignore[dict-item]
        error=error,
        reason=reason,
        not_asked=("/document",) if error is not None else (),
        **more,  # type: ignore[arg-type]
    )


def _forbids(name: str, robots: Answer, **more: object) -> Fault:
    return _robots(name, robots, Forbidden, "robots.txt", **more)


def _allows(name: str, robots: Answer) -> Fault:
    return _robots(name, robots, None)


def _unreadable(name: str, robots: Answer, reason: str = "cannot be read", **more: object) -> Fault:
    return _robots(name, robots, TemporaryFetchError, reason, **more)


_NO = "User-agent: *\nDisallow: /document\n"

FAULTS = (
    _unreadable("500", answer("", status="500 Internal Server Error"), "500"),
    _unreadable("503", answer("", status="503 Service Unavailable"), "503"),
    _unreadable("503-for-years", answer("", "Retry-After: 99999999", status="503 Service Unavailable"), "503"),
    _unreadable("silent", (Wait(60),), "no answer within", seconds=0.4),
    _unreadable("reset", (Close(hard=True),), "closed the connection"),
    _unreadable("short", (answer(_NO, length=999), Close())),
    _unreadable("cut-gzip", _text(gzip.compress(_NO.encode())[:-9], "Content-Encoding: gzip"), "stops before"),
    _unreadable("circle", answer("", "Location: /robots.txt", status="302 Found"), "in a circle"),
    _unreadable("redirect-inside", answer("", "Location: http://127.0.0.1/", status="302 Found"), "internal address"),
    _allows("400", answer(_NO, status="400 Bad Request")),
    _allows("401", answer(_NO, status="401 Unauthorized")),
    _allows("403", answer(_NO, status="403 Forbidden")),
    _allows("404", answer(_NO, status="404 Not Found")),
    _allows("410", answer(_NO, status="410 Gone")),
    _allows("429", answer(_NO, status="429 Too Many Requests")),
    _allows("204", b"HTTP/1.1 204 No Content\r\n\r\n"),
    _allows("empty", _text("")),
    _allows("is-a-page", answer("<!doctype html><title>Not found</title><p>User-agent: nobody</p>")),
    _allows("is-noise", _text(bytes(range(256)) * 40)),
    _allows("empty-disallow", _text("User-agent: *\nDisallow:\n")),
    _allows("for-another", _text("User-agent: otherbot\nDisallow: /\n")),
    _allows("longer-allow", _text("User-agent: *\nDisallow: /\nAllow: /docu\n")),
    _allows("allow-wins-ties", _text("User-agent: *\nDisallow: /document\nAllow: /document\n")),
    _allows(
        "own-group-over-all", _text("User-agent: *\nDisallow: /\n\nUser-agent: resource-centre-ingest\nDisallow: /x\n")
    ),
    _allows("rule-without-a-group", _text("Disallow: /\n\nUser-agent: *\nDisallow: /x\n")),
    _allows("rule-beyond-500-kib", _text(b"#" * 99 + b"\n" + b"# filler\n" * 60_000 + _NO.encode())),
    _allows("star-bomb", _text("User-agent: *\nDisallow: /" + "*a" * 900 + "b$\n")),
    _allows("crawl-delay-infinite", _text("User-agent: *\nCrawl-delay: inf\n")),
    _allows("crawl-delay-negative", _text("User-agent: *\nCrawl-delay: -1\n")),
    _allows("crawl-delay-in-words", _text("User-agent: *\nCrawl-delay: slowly\n")),
    _robots("crawl-delay-of-a-day", _text("User-agent: *\nCrawl-delay: 86400\n"), Forbidden, "86400 seconds"),
    _forbids("disallows", _text(_NO)),
    _forbids("disallows-all", _text("User-agent: *\nDisallow: /\n")),
    _forbids("names-us", _text("User-agent: Resource-Centre-Ingest/0.1\nDisallow: /\n\nUser-agent: *\nAllow: /\n")),
    _forbids("with-bom", _text(b"\xef\xbb\xbf" + _NO.encode())),
    _forbids("with-cr-alone", _text(_NO.replace("\n", "\r"))),
    _forbids("in-capitals", _text("USER-AGENT: *\nDISALLOW: /document\n")),
    _forbids("with-comments", _text("User-agent: * # all\n\n# no\nDisallow: /document # really\n")),
    _forbids("in-two-groups", _text("User-agent: *\nDisallow: /x\n\nUser-agent: *\nDisallow: /document\n")),
    _forbids("by-star", _text("User-agent: *\nDisallow: /*ument$\n")),
    _forbids("percent-encoded", _text("User-agent: *\nDisallow: /%64ocument\n")),
    _forbids("without-blanks", _text("User-agent:*\nDisallow:/document")),
    _forbids("after-noise", _text(b"\x00\xff\xfe binary\n\n" + _NO.encode())),
    _forbids("without-end", (answer("", kind="text/plain", length=None), _NO.encode(), Endless(b"# more\n" * 999))),
    _forbids("gzip", _text(gzip.compress(_NO.encode()), "Content-Encoding: gzip")),
    _forbids("moved", answer("", "Location: /r", status="301 Moved Permanently"), also={"/r": _text(_NO)}),
)
