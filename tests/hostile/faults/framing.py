"""Framing: where an answer begins and ends (RFC 9112), and servers that never come to the end."""

from __future__ import annotations

from models.errors import FetchError, TemporaryFetchError, TooLarge
from tests.hostile.fault import DOCUMENT, HEALTHY, Fault
from tests.hostile.server import Answer, Close, Drip, Endless, Wait, answer

_BODY = DOCUMENT.encode()
_CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
_HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}".encode() + b"\r\n" + data + b"\r\n"


def _invalid(name: str, sends: Answer) -> Fault:
    """Bytes that are no valid HTTP: refused at the first try."""
    return Fault(name=name, sends=sends, error=FetchError, reason="no valid HTTP", tries=1)


def _broken(name: str, *sends: bytes | Wait | Close, reason: str = "closed the connection") -> Fault:
    """An answer that breaks off: another try may bring it whole."""
    return Fault(name=name, sends=(*sends, Close()), error=TemporaryFetchError, reason=reason, tries=2)


FAULTS = (
    # Asked once more than it was tried: the first try takes up a connection that the server may have closed by then.
    Fault(name="no-answer", sends=(Close(),), error=TemporaryFetchError, reason="without an answer", tries=3),
    Fault(
        name="reset-at-once", sends=(Close(hard=True),), error=TemporaryFetchError, reason="without an answer", tries=3
    ),
    _broken("half-a-status-line", b"HTTP/1.1 20"),
    _broken("half-a-head", b"HTTP/1.1 200 OK\r\nContent-Type: text/ht"),
    _broken("short-body", answer(DOCUMENT[:-10], length=len(_BODY))),
    _broken("short-body-of-one-byte", answer(DOCUMENT[:-1], length=len(_BODY))),
    _broken("no-body-at-all", answer("", length=500)),
    _broken("reset-in-the-body", answer(DOCUMENT[:99], length=len(_BODY)), Close(hard=True)),
    _broken("no-last-chunk", _CHUNKED + _chunk(_BODY)),
    _broken("half-a-chunk", _CHUNKED + b"ffff\r\n" + _BODY),
    _broken("half-a-trailer", _CHUNKED + _chunk(_BODY) + b"0\r\nX-Sum: 1"),
    Fault(
        name="silence",
        sends=(Wait(60),),
        error=TemporaryFetchError,
        reason="no answer within",
        seconds=0.4,
        tries=2,
    ),
    Fault(
        name="a-byte-at-a-time-in-the-head",
        sends=(Drip(b"HTTP/1.1 200 OK\r\n" + b"X-Wait: longer\r\n" * 500),),
        error=TemporaryFetchError,
        reason="no answer within",
        seconds=0.4,
    ),
    Fault(
        name="a-byte-at-a-time-in-the-body",
        sends=(answer("", length=len(_BODY)), Drip(_BODY)),
        error=TemporaryFetchError,
        reason="not whole within",
        seconds=0.4,
        tries=1,
    ),
    Fault(
        name="stalls-in-the-body",
        sends=(answer(DOCUMENT[:200], length=len(_BODY)), Wait(60)),
        error=TemporaryFetchError,
        reason="not whole within",
        seconds=0.4,
        tries=1,
    ),
    Fault(
        name="chunks-of-one-byte",
        sends=(_CHUNKED, Drip(b"1\r\nx\r\n" * 2000, 0.005)),
        error=TemporaryFetchError,
        reason="not whole within",
        seconds=0.4,
    ),
    Fault(
        name="a-storm-of-tiny-chunks",
        sends=(_CHUNKED, Endless(b"1\r\nx\r\n" * 1000)),
        error=FetchError,
        reason="pieces of a few bytes",
        tries=1,
    ),
    Fault(name="two-lengths", sends=answer(DOCUMENT, "Content-Length: 5"), error=FetchError, reason="no valid HTTP"),
    _invalid("two-lengths-in-one-line", answer(DOCUMENT, length=f"5, {len(_BODY)}")),
    Fault(name="the-same-length-twice", sends=answer(DOCUMENT, f"Content-Length: {len(_BODY)}"), error=None),
    _invalid("length-negative", answer(DOCUMENT, length=-7)),
    _invalid("length-with-a-plus", answer(DOCUMENT, length=f"+{len(_BODY)}")),
    _invalid("length-in-hex", answer(DOCUMENT, length=hex(len(_BODY)))),
    _invalid("length-of-a-hundred-digits", answer(DOCUMENT, length="1" * 100)),
    Fault(
        name="length-over-the-limit",
        sends=(answer("", length=10**12), Wait(60)),
        error=TooLarge,
        reason="larger than",
        tries=1,
    ),
    Fault(
        name="length-and-chunks",
        sends=answer(_chunk(_BODY) + b"0\r\n\r\n", "Transfer-Encoding: chunked"),
        error=FetchError,
        reason="in two ways",
        tries=1,
    ),
    _invalid("transfer-encoding-unknown", answer(_BODY, "Transfer-Encoding: gzip", length=None)),
    _invalid("chunked-twice", answer(_BODY, "Transfer-Encoding: chunked, chunked", length=None)),
    _invalid("chunk-size-of-letters", _CHUNKED + b"xyz\r\n" + _BODY),
    _invalid("chunk-size-negative", _CHUNKED + b"-5\r\n" + _BODY),
    _invalid("chunk-size-of-a-hundred-digits", _CHUNKED + b"f" * 100 + b"\r\n" + _BODY),
    _invalid("chunk-without-its-end", _CHUNKED + b"5\r\nhelloworld\r\n0\r\n\r\n"),
    Fault(name="endless-chunk-extension", sends=(_CHUNKED + b"5;", Endless(b"x" * 4096)), error=FetchError),
    Fault(
        name="endless-trailers",
        sends=(_CHUNKED + _chunk(_BODY) + b"0\r\n", Endless(b"X-Trailer: more and more\r\n" * 100)),
        error=FetchError,
    ),
    Fault(
        name="chunks-with-extension-and-trailer",
        sends=_CHUNKED + b"5;a=b\r\n" + _BODY[:5] + b"\r\n" + _chunk(_BODY[5:]) + b"0\r\nX-Sum: 1\r\n\r\n",
        error=None,
    ),
    Fault(name="body-until-the-end", sends=(answer(DOCUMENT, length=None), Close()), error=None),
    Fault(name="bytes-after-the-body", sends=HEALTHY + b"and more that nobody asked for", error=None),
    Fault(name="a-second-answer-unasked", sends=HEALTHY + answer("<h1>smuggled</h1>"), error=None),
    Fault(
        name="endless-body",
        sends=(answer("", length=None), Endless(b"x" * 65536)),
        error=TooLarge,
        reason="larger than",
    ),
    Fault(
        name="endless-chunks",
        sends=(_CHUNKED, Endless(_chunk(b"x" * 65536))),
        error=TooLarge,
        reason="larger than",
    ),
    Fault(
        name="endless-head", sends=(b"HTTP/1.1 200 OK\r\n", Endless(b"X-More: and more\r\n" * 100)), error=FetchError
    ),
    Fault(name="endless-header", sends=(b"HTTP/1.1 200 OK\r\nX-Long: ", Endless(b"x" * 4096)), error=FetchError),
    Fault(name="endless-status-line", sends=(b"HTTP/1.1 200 O", Endless(b"K" * 4096)), error=FetchError),
    Fault(
        name="a-thousand-headers",
        sends=answer(DOCUMENT, *(f"X-{number}: {number}" for number in range(1000))),
        error=FetchError,
        reason="headers, more than",
        tries=1,
    ),
    _invalid("header-without-colon", _HTML + b"this is no header\r\n\r\n" + _BODY),
    _invalid("header-name-with-a-blank", _HTML + b"Content-Length : 5\r\n\r\n" + _BODY),
    _invalid("header-with-a-nul", _HTML + b"X-Nul: a\x00b\r\n\r\n" + _BODY),
    Fault(
        name="folded-header",
        sends=HEALTHY.replace(b"\r\n", b"\r\nX-Folded: a\r\n  b\r\n", 1),
        error=None,
    ),
    Fault(name="bare-line-feeds", sends=HEALTHY.replace(b"\r\n", b"\n"), error=None),
    Fault(name="latin-1-in-a-header", sends=answer(DOCUMENT, "X-Name: Jos\xe9"), error=None),
    _invalid("another-protocol", (b"SSH-2.0-OpenSSH_9.9\r\n", Wait(60))),
    _invalid("http-2-frames", b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\x00" * 18 + b"\r\n\r\n"),
    _invalid("http-0-9", (_BODY, Close())),
    _invalid("binary-noise", (bytes(range(256)) * 8, Close())),
    Fault(name="http-1-0", sends=(HEALTHY.replace(b"HTTP/1.1", b"HTTP/1.0"), Close()), error=None),
)
