"""The captures in the files of an import: pages with their addresses, times and places."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

from models.errors import PageError
from pipeline.archive.record import SOURCE, ways_of
from pipeline.extract.pool import Readers
from pipeline.extract.worker import Shipment
from pipeline.run.importing import answers, saved
from pipeline.run.importing.answers import Raw, moment, status_of
from pipeline.run.importing.inputs import Input
from pipeline.run.importing.records import Fault, WarcRecord, agrees, records
from scrapers.base import Page
from scrapers.values.addresses import canonical

HEAD = 16_384
"""Bytes of an answer that the survey reads: its status, and where it redirects."""
HOPS, LED = 10, 100
REDIRECTS = frozenset({301, 302, 303, 307, 308})
UNCHANGED = "server-not-modified"


Earlier = Callable[[str], Iterable[Page]]
"""A function that returns the stored pages of an address, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """One page or PDF, whole."""

    url: str
    """Canonical."""
    page: Page
    name: str
    offset: int
    source: str = ""
    """The source for which it was fetched, in a file of our own archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A record that cannot be imported."""

    subject: str
    """Its address, or file and offset."""
    reason: str


@dataclass(slots=True, kw_only=True)
class Survey:
    """What a first pass over all files finds."""

    candidates: int = 0
    leading: dict[str, list[str]] = field(default_factory=dict)
    """Address -> the addresses that redirected to it."""
    repeated: set[tuple[str, ...]] = field(default_factory=set)
    """The keys of records to which revisit records refer."""
    made: set[str] = field(default_factory=set)
    """The ids of answers that a browser made a page of; a conversion record holds that page."""

    def led(self, url: str) -> tuple[str, ...]:
        """Return the addresses that redirected to `url`, over several hops too."""
        found: dict[str, None] = {}
        level = [url]
        for _ in range(HOPS):
            level = [
                before for at in level for before in self.leading.get(at, ()) if before not in found and before != url
            ]
            found.update(dict.fromkeys(level))
        return tuple(sorted(found)[:LED])


def survey(inputs: Iterable[Input]) -> Survey:
    """Find redirects and the references of revisits in all files, so that the order of records does not matter."""
    found = Survey()
    for item in inputs:
        if item.kind == "saved":
            found.candidates += 1
            continue
        for record in records(item.path, lambda fields: HEAD if _is_answer(fields) else 0, HEAD):
            if isinstance(record, Fault) or not _is_answer(record.fields):
                continue
            status = status_of(record.block)
            if record.get("warc-type") == "revisit":
                found.repeated.update(references(record))
            elif record.get("warc-type") == "conversion":
                found.made.add(record.get("warc-refers-to"))
            elif status in REDIRECTS:
                _note_redirect(found, record)
            found.candidates += status == 200 or record.get("warc-type") == "resource"
    return found


def _is_answer(fields: dict[str, str]) -> bool:
    kind = fields.get("warc-type", "").lower()
    if kind == "revisit":
        return UNCHANGED not in fields.get("warc-profile", "")
    if kind == "response":
        return "http" in fields.get("content-type", "application/http").lower()
    if kind == "conversion" and not (fields.get("warc-refers-to") and "html" in fields.get("content-type", "").lower()):
        return False  # a text that was taken out of a page, not a page that a browser made
    is_web = fields.get("warc-target-uri", "").lstrip(" <").lower().startswith(("http:", "https:"))
    return kind in ("resource", "conversion") and is_web


def _note_redirect(found: Survey, record: WarcRecord) -> None:
    _, headers, _ = answers.message(record.block)
    try:
        here = canonical(record.target)
        there = canonical(urljoin(record.target, answers.field(headers, "location")))
    except ValueError:
        return
    known = found.leading.setdefault(there, [])
    if here != there and here not in known and len(known) < LED:
        known.append(here)


def references(record: WarcRecord) -> list[tuple[str, ...]]:
    """Return the keys by which a revisit refers to a record, the most reliable first."""
    uri, date = record.get("warc-refers-to-target-uri").strip("<> "), record.get("warc-refers-to-date")
    return [
        *([("id", name)] if (name := record.get("warc-refers-to")) else []),
        *([("at", uri, date)] if uri and date else []),
        *([("digest", digest)] if (digest := record.get("warc-payload-digest")) else []),
    ]


def names(record: WarcRecord) -> list[tuple[str, ...]]:
    """Return the keys by which revisits may refer to a record."""
    return [
        ("id", record.get("warc-record-id")),
        ("at", record.target, record.get("warc-date")),
        ("digest", record.get("warc-payload-digest")),
    ]


async def captures(
    inputs: Iterable[Input], known: Survey, readers: Readers, earlier: Earlier, *, source: str, max_bytes: int
) -> AsyncIterator[Captured | Failed]:
    """Yield every page and PDF of the files, and what failed, in order; the revisits last.

    `earlier` returns what was captured of an address before this import, for revisits that refer to it.
    """
    with TemporaryDirectory() as folder:
        kept = _Kept(Path(folder), known.repeated, earlier)
        for item in inputs:
            if item.kind == "saved":
                if (one := await _saved(item, readers, source, max_bytes)) is not None:
                    yield one
                continue
            async for one in _of_warc(item, known, readers, kept, max_bytes):
                yield one
        for name, record in kept.waiting:
            if (again := kept.repeated(name, record, known)) is not None:
                yield again


class _Kept:
    """The answers that revisits refer to, on disk while the import lasts."""

    def __init__(self, folder: Path, wanted: set[tuple[str, ...]], earlier: Earlier) -> None:
        self._folder, self._wanted, self._earlier = folder, wanted, earlier
        self._pages: dict[tuple[str, ...], Page | None] = {}
        self._paths: dict[str, Path] = {}
        self.waiting: list[tuple[str, WarcRecord]] = []

    def keep(self, record: WarcRecord, page: Page | None) -> None:
        """Keep an answer to which a revisit refers; `page` is None where it is no page or PDF."""
        keys = [key for key in names(record) if key in self._wanted and key not in self._pages]
        if not keys:
            return
        if page is not None and page.sha256 not in self._paths:
            self._paths[page.sha256] = self._folder / page.sha256
            self._paths[page.sha256].write_bytes(page.content)
        self._pages |= dict.fromkeys(keys, replace(page, content=b"") if page is not None else None)

    def repeated(self, name: str, record: WarcRecord, known: Survey) -> Captured | Failed | None:
        """Return the capture that a revisit stands for; None where that is no page or PDF."""
        key = next((key for key in references(record) if key in self._pages), None)
        page = self._pages[key] if key is not None else self._of_earlier(record)
        if page is None and key is None:
            reason = "it refers to a record that neither the import nor the archive holds"
            return Failed(subject=_subject(name, record), reason=reason)
        if page is None:
            return None
        if key is not None:
            page = replace(page, content=self._paths[page.sha256].read_bytes())
        _, headers, _ = answers.message(record.block)
        return _captured(name, record, replace(page, headers=headers or page.headers), known)

    def _of_earlier(self, record: WarcRecord) -> Page | None:
        """Return the stored page to which a revisit refers, by address and time, or by digest; or None."""
        uri = record.get("warc-refers-to-target-uri").strip("<> ") or record.target
        for page in self._earlier(uri):
            with suppress(ValueError):
                if page.retrieved_at == moment(record.get("warc-refers-to-date")):
                    return page
            if agrees(page.content, record.get("warc-payload-digest")):
                return page
        return None


async def _of_warc(
    item: Input, known: Survey, readers: Readers, kept: _Kept, max_bytes: int
) -> AsyncIterator[Captured | Failed]:
    found = records(item.path, lambda fields: None if _is_answer(fields) else 0, max_bytes + HEAD)
    while (record := await asyncio.to_thread(next, found, None)) is not None:
        if isinstance(record, Fault):
            where = f"{item.name} at {record.offset}"
            yield Failed(subject=f"{where} ({record.target})" if record.target else where, reason=record.reason)
        elif not _is_answer(record.fields):
            continue
        elif record.get("warc-type") == "revisit":
            kept.waiting.append((item.name, record))
        elif record.get("warc-record-id") in known.made:
            continue
        elif record.get("warc-type") in ("resource", "conversion") or status_of(record.block) == 200:
            try:
                page = await _page(record, readers, max_bytes)
            except PageError as error:
                yield Failed(subject=_subject(item.name, record), reason=error.reason)
                continue
            kept.keep(record, page)
            if page is not None:
                yield _captured(item.name, record, page, known)


async def _page(record: WarcRecord, readers: Readers, max_bytes: int) -> Page | None:
    """Return the page of a record, decoded in a reading process; None where it is no page or PDF."""
    try:
        at = moment(record.get("warc-date"))
    except ValueError:
        raise PageError(record.target, f"its WARC-Date {record.get('warc-date')[:40]!r} is no date and time") from None
    raw = Raw(url=record.target, retrieved_at=at, http=record.get("warc-type") == "response")
    with readers.spare() as block, readers.spare() as spare:
        if len(record.block) < answers.BY_PATH:
            raw = replace(raw, block=record.block)
        else:
            block.write_bytes(record.block)
            raw = replace(raw, path=block)
        content: Shipment | None = await readers.call(answers.answer, record.target, raw, max_bytes, spare)
        return content.load() if content is not None else None


async def _saved(item: Input, readers: Readers, source: str, max_bytes: int) -> Captured | Failed | None:
    try:
        with readers.spare() as spare:
            content = await readers.call(saved.saved, item.name, item.path, item.name, source, max_bytes, spare)
            page = content.load() if content is not None else None
    except PageError as error:
        return Failed(subject=f"{item.name} at 0", reason=error.reason)
    return Captured(url=page.url, page=page, name=item.name, offset=0) if page is not None else None


def _captured(name: str, record: WarcRecord, page: Page, known: Survey) -> Captured | Failed:
    try:
        requested, redirects = ways_of(record.fields, record.target)  # of a file of our own archive
        url, final_url = canonical(requested), canonical(record.target)
        at = moment(record.get("warc-date"))
    except ValueError:
        return Failed(subject=_subject(name, record), reason="it has no address to be fetched, or no date and time")
    page = replace(page, url=url, final_url=final_url, retrieved_at=at, redirects=redirects or known.led(url))
    return Captured(url=url, page=page, name=name, offset=record.offset, source=record.get(SOURCE.lower()))


def _subject(name: str, record: WarcRecord) -> str:
    return f"{name} at {record.offset}" + (f" ({record.target[:500]})" if record.target else "")
