"""Statuses: which are a document, which are tried again, which say that a document is gone."""

from __future__ import annotations

from models.errors import FetchError, Forbidden, Gone, TemporaryFetchError
from tests.hostile.fault import DOCUMENT, HEALTHY, Fault
from tests.hostile.server import Close, Endless, answer


def _status(status: str, error: type[FetchError], tries: int) -> Fault:
    """A status with a page of words, as servers send it."""
    number = status.split()[0]
    page = answer("<h1>Something</h1><p>went wrong</p>", status=status)
    return Fault(name=f"status-{number}", sends=page, error=error, reason=number, tries=tries)


_ONCE = (
    ("400 Bad Request", FetchError),
    ("401 Unauthorized", Forbidden),
    ("402 Payment Required", Forbidden),
    ("403 Forbidden", Forbidden),
    ("404 Not Found", Gone),
    ("405 Method Not Allowed", FetchError),
    ("406 Not Acceptable", FetchError),
    ("407 Proxy Authentication Required", Forbidden),
    ("409 Conflict", FetchError),
    ("410 Gone", Gone),
    ("414 URI Too Long", FetchError),
    ("418 I'm a Teapot", FetchError),
    ("451 Unavailable For Legal Reasons", Forbidden),
    ("501 Not Implemented", FetchError),
    ("505 HTTP Version Not Supported", FetchError),
    ("999 Request denied", FetchError),
)
_TWICE = (
    "408 Request Timeout",
    "425 Too Early",
    "429 Too Many Requests",
    "500 Internal Server Error",
    "502 Bad Gateway",
    "503 Service Unavailable",
    "504 Gateway Timeout",
    "520 Web Server Returned an Unknown Error",
    "524 A Timeout Occurred",
)

FAULTS = (
    *(_status(status, error, 1) for status, error in _ONCE),
    *(_status(status, TemporaryFetchError, 2) for status in _TWICE),
    Fault(name="no-content", sends=b"HTTP/1.1 204 No Content\r\n\r\n", error=FetchError, reason="204 No Content"),
    Fault(name="reset-content", sends=answer("", status="205 Reset Content"), error=FetchError, reason="205"),
    Fault(
        name="accepted-with-nothing", sends=answer("", status="202 Accepted"), error=FetchError, reason="without any"
    ),
    Fault(name="empty-body", sends=answer(""), error=FetchError, reason="200 OK without any content"),
    Fault(
        name="empty-chunked",
        sends=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        error=FetchError,
        reason="without any content",
    ),
    Fault(
        name="a-part-unasked",
        sends=answer(DOCUMENT[:100], "Content-Range: bytes 0-99/5000", status="206 Partial Content"),
        error=FetchError,
        reason="a part",
    ),
    Fault(
        name="not-modified-unasked",
        sends=b"HTTP/1.1 304 Not Modified\r\n\r\n",
        error=FetchError,
        reason="no condition",
    ),
    Fault(
        name="choices", sends=answer("<a href=/1>1</a>", status="300 Multiple Choices"), error=FetchError, reason="300"
    ),
    Fault(name="second-try-mends-500", sends=[answer("", status="500 Oops"), HEALTHY], error=None, tries=2),
    Fault(name="second-try-mends-reset", sends=[(b"HTTP/1.1 200", Close(hard=True)), HEALTHY], error=None, tries=2),
    Fault(
        name="retry-after-a-second",
        sends=[answer("", "Retry-After: 1", status="429 Too Many Requests"), HEALTHY],
        error=None,
        tries=2,
    ),
    Fault(
        name="retry-after-yesterday",
        sends=[answer("", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT", status="503 Service Unavailable"), HEALTHY],
        error=None,
        tries=2,
    ),
    Fault(
        name="retry-after-years",
        sends=answer("", "Retry-After: 315360000", status="503 Service Unavailable"),
        error=TemporaryFetchError,
        reason="503",
        tries=1,
    ),
    Fault(
        name="retry-after-the-year-9999",
        sends=answer("", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", status="429 Too Many Requests"),
        error=TemporaryFetchError,
        reason="429",
        tries=1,
    ),
    Fault(
        name="retry-after-beyond-all-numbers",
        sends=answer("", "Retry-After: " + "9" * 400, status="503 Service Unavailable"),
        error=TemporaryFetchError,
        reason="503",
    ),
    Fault(
        name="retry-after-in-words",
        sends=answer("", "Retry-After: soon, we hope", status="503 Service Unavailable"),
        error=TemporaryFetchError,
        reason="503",
        tries=2,
    ),
    Fault(
        name="retry-after-negative",
        sends=[answer("", "Retry-After: -5", status="503 Service Unavailable"), HEALTHY],
        error=None,
        tries=2,
    ),
    Fault(
        name="challenge-403",
        sends=answer("<title>Just a moment...</title>", "cf-mitigated: challenge", status="403 Forbidden"),
        error=Forbidden,
        reason="bot challenge",
        tries=1,
    ),
    Fault(
        name="challenge-503",
        sends=answer("<title>Just a moment...</title>", "cf-mitigated: challenge", status="503 Service Unavailable"),
        error=Forbidden,
        reason="bot challenge",
        tries=1,
    ),
    Fault(
        name="challenge-202",
        sends=answer("", "x-amzn-waf-action: challenge", status="202 Accepted"),
        error=Forbidden,
        reason="bot challenge",
        tries=1,
    ),
    Fault(
        name="early-hints-before-the-answer",
        sends=b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" + HEALTHY,
        error=None,
    ),
    Fault(
        name="endless-provisional-answers",
        sends=(Endless(b"HTTP/1.1 100 Continue\r\n\r\n"),),
        error=FetchError,
        reason="provisional",
    ),
    Fault(
        name="switching-protocols-unasked",
        sends=b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        error=FetchError,
        reason="no valid HTTP",
    ),
)
