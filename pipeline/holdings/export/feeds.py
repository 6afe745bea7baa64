"""Documents as an Atom feed (RFC 4287) and as FollowTheMoney entities, which OpenAleph takes in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from scrapers.record import Record

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SUMMARY = 600
"""Characters of a text that stand for a summary."""


def atom(
    file: IO[bytes], _columns: Mapping[str, str], rows: Iterable[Record], *, title: str = "Documents",
    identity: str = "documents", contents: Mapping[int, str] | None = None,
) -> int:  # fmt: skip
    """Write an entry for each document, the latest to be stored first.

    Args:
        file: What is written to.
        rows: The documents.
        title: The feed's title.
        identity: What tells this feed from others.
        contents: What stands in the entry of a document, by id: the difference of a changed one.
    """
    entries = sorted(rows, key=lambda row: (row["first_seen_at"], row["id"]), reverse=True)
    updated = max((_updated(row) for row in entries), default="1970-01-01T00:00:00Z")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_text(title)}</title>",
        f"<id>tag:ingest,2026:{hashlib.sha256(identity.encode('utf-8', 'replace')).hexdigest()[:16]}</id>",
        f"<updated>{updated}</updated>",
        "<author><name>ingest</name></author>",
    ]
    for row in entries:
        summary = (contents or {}).get(row["id"]) or row["description"] or (row["body"] or "")[:SUMMARY]
        lines += [
            "<entry>",
            f"<title>{_text(row['title'] or 'No title')}</title>",
            f"<id>tag:ingest,2026:{hashlib.sha256(row['canonical_url'].encode()).hexdigest()[:24]}:{row['revision']}</id>",
            f"<link href={quoteattr(NO_XML.sub('', row['url']))}/>",
            f"<updated>{_updated(row)}</updated>",
            *(f"<author><name>{_text(author['name'])}</name></author>" for author in row["authors"]),
            f"<category term={quoteattr(row['source'])}/>",
            f'<summary type="text">{_text(summary)}</summary>',
            "</entry>",
        ]
    lines += ["</feed>", ""]
    file.write("\n".join(lines).encode())
    return len(entries)


def _updated(row: Record) -> str:
    return str(row["retrieved_at"] if row["revision"] > 1 else row["first_seen_at"])


def _text(text: str) -> str:
    return escape(NO_XML.sub("", text))


def followthemoney(file: IO[bytes], _columns: Mapping[str, str], rows: Iterable[Record]) -> int:
    """Write an entity a document, one a line: HyperText for a web page, Pages for a PDF, Document for others."""
    schemas = {"text/html": "HyperText", "application/xhtml+xml": "HyperText", "application/pdf": "Pages"}
    count = 0
    for row in rows:
        properties = {
            "title": [row["title"]],
            "author": [author["name"] for author in row["authors"]],
            "date": [row["date_published"]],
            "publishedAt": [row["date_published"]],
            "publisher": [row["publisher"]],
            "summary": [row["description"]],
            "bodyText": [row["body"]],
            "language": [_three_letters(row["language"])],
            "sourceUrl": [row["url"]],
            "mimeType": [row["media_type"]],
            "retrievedAt": [row["retrieved_at"]],
        }
        entity = {
            "id": hashlib.sha1(row["canonical_url"].encode()).hexdigest(),
            "schema": schemas.get(row["media_type"], "Document"),
            "properties": {name: kept for name, values in properties.items() if (kept := [v for v in values if v])},
        }
        file.write(json.dumps(entity, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


_CODES = """
en:eng fr:fra es:spa de:deu pt:por it:ita nl:nld ru:rus ar:ara zh:zho ja:jpn ko:kor tr:tur pl:pol uk:ukr sv:swe da:dan
fi:fin no:nor nb:nor cs:ces sk:slk hu:hun ro:ron bg:bul el:ell he:heb fa:fas hi:hin bn:ben id:ind ms:msa th:tha vi:vie
sw:swa ca:cat hr:hrv sr:srp sl:slv lt:lit lv:lav et:est ka:kat hy:hye az:aze kk:kaz uz:uzb km:khm my:mya lo:lao ne:nep
si:sin ta:tam te:tel ur:urd sq:sqi mk:mkd bs:bos is:isl ga:gle cy:cym eu:eus gl:glg mt:mlt am:amh so:som ha:hau yo:yor
ig:ibo zu:zul xh:xho af:afr tl:tgl mn:mon
"""
THREE_LETTERS = dict(pair.split(":") for pair in _CODES.split())
"""ISO 639-3 codes, which FollowTheMoney asks for, by those of two letters."""


def _three_letters(language: str | None) -> str | None:
    return THREE_LETTERS.get((language or "").lower().split("-")[0])
