"""Captures of a served site, as different programs write them: warcio, wget, Common Crawl."""

from __future__ import annotations

import gzip
import hashlib
import uuid
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2026-01-05T10:00:00Z"


@dataclass(frozen=True)
class Answered:
    """One answer, as it came."""

    url: str
    body: bytes
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    date: str = DATE


class Writer(WARCWriter):  # type: ignore[misc]
    """warcio's writer, which else leaves its temporary files to the garbage collector."""

    @classmethod
    def _create_temp_file(cls) -> BytesIO:
        return BytesIO()


def warcio(answers: Iterable[Answered], *, packed: bool = True, version: str = "1.1") -> bytes:
    file = BytesIO()
    writer = Writer(file, gzip=packed, warc_version=version)
    writer.write_record(writer.create_warcinfo_record("captures.warc.gz", {"software": "a test"}))
    for item in answers:
        headers = [("Content-Type", item.kind), ("Content-Length", str(len(item.body))), *item.headers]
        head = StatusAndHeaders(f"{item.status} OK", headers, protocol="HTTP/1.1")
        dated = {"WARC-Date": item.date}
        record = writer.create_warc_record(
            item.url, "response", payload=BytesIO(item.body), http_headers=head, warc_headers_dict=dated
        )
        sent = StatusAndHeaders("GET / HTTP/1.1", [("Host", "a.test")], is_http_request=True)
        request = writer.create_warc_record(item.url, "request", http_headers=sent, warc_headers_dict=dated)
        writer.write_request_response_pair(request, record)
    return file.getvalue()


def chunked(body: bytes, size: int = 1000) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\nDigest: none\r\n\r\n"


def record(kind: str, url: str, block: bytes, fields: Iterable[str] = (), date: str = DATE) -> bytes:
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url + kind + date)}>",
        f"WARC-Date: {date}",
        *([f"WARC-Target-URI: {url}"] if url else []),
        *fields,
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + block + b"\r\n\r\n"


def http(item: Answered, body: bytes | None = None, extra: Iterable[str] = ()) -> bytes:
    lines = [f"HTTP/1.1 {item.status} OK", f"Content-Type: {item.kind}", *extra]
    lines += [f"{name}: {value}" for name, value in item.headers]
    return "\r\n".join([*lines, "", ""]).encode() + (item.body if body is None else body)


def wget(answers: Iterable[Answered], *, packed: bool = True) -> list[bytes]:
    """Return records as wget writes them: angle brackets, requests first, sha1 of the block, the body as it came."""
    info = b"software: Wget/1.21.3 (linux-gnu)\r\nformat: WARC File Format 1.0\r\nrobots: classic\r\n\r\n"
    records = [record("warcinfo", "", info, ["Content-Type: application/warc-fields", "WARC-Filename: w.warc.gz"])]
    for number, item in enumerate(answers):
        request = b"GET / HTTP/1.1\r\nUser-Agent: Wget/1.21.3\r\nAccept: */*\r\n\r\n"
        kind = "Content-Type: application/http;msgtype="
        records.append(record("request", f"<{item.url}>", request, [f"{kind}request"], item.date))
        folded = ["X-Folded: a value\r\n that goes on,\r\n\tand on", "Server: made"]
        if number % 3 == 0:
            block = http(item, chunked(item.body), ["Transfer-Encoding: chunked", *folded])
        elif number % 3 == 1:
            packed_body = gzip.compress(item.body)
            block = http(item, packed_body, ["Content-Encoding: gzip", f"Content-Length: {len(packed_body)}", *folded])
        else:
            block = http(item, item.body, [f"Content-Length: {len(item.body)}", *folded])
        digest = b32encode(hashlib.sha1(block).digest()).decode()
        fields = ["WARC-IP-Address: 127.0.0.1", f"WARC-Block-Digest: sha1:{digest}", f"{kind}response"]
        records.append(record("response", f"<{item.url}>", block, fields, item.date))
    return [gzip.compress(one) if packed else one for one in records]


def common_crawl(answers: Iterable[Answered]) -> bytes:
    """Return records as Common Crawl writes them: bodies decoded, the headers of the transfer renamed."""
    records = []
    for item in answers:
        extra = ["X-Crawl-Content-Encoding: gzip", "X-Crawl-Transfer-Encoding: chunked"]
        block = http(item, None, [*extra, f"Content-Length: {len(item.body)}"])
        payload = b32encode(hashlib.sha1(item.body).digest()).decode()
        kind = "Content-Type: application/http; msgtype="
        records += [
            record("request", item.url, b"GET / HTTP/1.1\r\n\r\n", [f"{kind}request"], item.date),
            record("response", item.url, block, [f"{kind}response", f"WARC-Payload-Digest: sha1:{payload}"], item.date),
            record("metadata", item.url, b"fetchTimeMs: 17\r\n", ["Content-Type: application/warc-fields"], item.date),
            record("conversion", item.url, b"plain text", ["Content-Type: text/plain"], item.date),
        ]
    return b"".join(map(gzip.compress, records))
