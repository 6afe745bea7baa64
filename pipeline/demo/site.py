"""The sample's four hosts: which address gives what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from urllib.parse import parse_qs, quote, unquote, urlsplit

from pipeline.demo import first_generation, reports, second_generation
from pipeline.demo.documents import SampleDocument, documents, frames
from pipeline.demo.markup import page

HOSTS = ("old.bhrrc.test", "bhrrc.test", "www.bhrrc.test", "media.bhrrc.test", "reports.test")

ROBOTS = b"User-agent: *\nDisallow: /admin/\nDisallow: /en/search\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a host answers: the server adds validators, length and date."""

    status: int = 200
    content: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


def redirect(to: str, status: int = 301) -> Answer:
    """Return a redirect."""
    return Answer(status=status, headers={"Location": quote(to, safe="/:?=&%#")}, content=b"")


NOT_FOUND = Answer(
    status=404, content=page("Not found", "<h1>404</h1><p>There is nothing at this address.</p>", language="en")
)


class Site:
    """The sample as it stands: tests add, remove and change documents of it."""

    def __init__(self, entries: Iterable[SampleDocument] | None = None) -> None:
        self.documents = list(documents() if entries is None else entries)

    @cached_property
    def frames(self) -> dict[str, dict[str, object]]:
        """The words around documents, by language."""
        return frames()

    def answer(self, host: str, target: str) -> Answer:
        """Return what a host answers to a request's target (`/path?query`)."""
        parts = urlsplit(target)
        path = unquote(parts.path)
        number = parse_qs(parts.query).get("page", [""])[0]
        page_number = int(number) if number.isdecimal() else None
        if path == "/robots.txt":
            return Answer(content=ROBOTS, media_type="text/plain")
        match host:
            case "old.bhrrc.test":
                return self._first(path, page_number or 0)
            case "bhrrc.test" | "www.bhrrc.test":
                return self._second(path, page_number or 1)
            case "media.bhrrc.test":
                return _file(path.rpartition("/")[2])
            case "reports.test":
                return self._reports(path, page_number or 1)
        return NOT_FOUND

    def of(self, host: str) -> list[SampleDocument]:
        """Return a host's documents, in the order of its listing."""
        return [document for document in self.documents if document.host == host]

    def at(self, path: str) -> SampleDocument | None:
        """Return the document of a path."""
        return next((document for document in self.documents if document.path == path), None)

    def _first(self, path: str, number: int) -> Answer:
        here = self.of("old.bhrrc.test")
        if path == "/en/documents":
            return Answer(content=first_generation.listing_page(here, number, "en"))
        if path.startswith("/sites/default/files/"):
            return _file(path.rpartition("/")[2])
        for document in here:
            if path == document.path:
                components = [self._known(component) for component in document.components]
                words = self.frames[document.frame or document.language]
                return Answer(content=first_generation.document_page(document, words, components))
            if path in document.old_paths:
                return redirect(document.path)
        return NOT_FOUND

    def _second(self, path: str, number: int) -> Answer:
        here = self.of("bhrrc.test")
        if not path.endswith("/"):
            return redirect(path + "/")
        for frame, words in self.frames.items():
            shown = [document for document in here if frame in (document.frame or document.language, *document.frames)]
            if path in (f"/{frame}/{words['news']}/", f"/{frame}/latest-news/"):
                listing = second_generation.listing_page(shown, number, frame, self.frames)
                return Answer(content=listing) if listing else NOT_FOUND
            for document in shown:
                if path == second_generation.path_in(document, frame, self.frames):
                    return Answer(
                        content=second_generation.document_page(
                            document,
                            frame,
                            self.frames,
                            translations=[self._known(other) for other in document.translations],
                            others=[other for other in shown if other is not document][:2],
                        )
                    )
        for document in here:
            if path.rstrip("/") in document.old_paths:
                return redirect(document.path)
        return NOT_FOUND

    def _reports(self, path: str, number: int) -> Answer:
        here = self.of("reports.test")
        if path in ("/", "/publications"):
            return Answer(content=reports.listing_page(here, number))
        if path == "/feed.xml":
            return Answer(content=reports.feed(here), media_type="application/rss+xml")
        if path == "/sitemap.xml":
            return Answer(content=reports.sitemap(here), media_type="application/xml")
        if path.startswith("/files/"):
            return _file(path.rpartition("/")[2])
        document = next((document for document in here if document.path == path), None)
        return Answer(content=reports.document_page(document)) if document else NOT_FOUND

    def _known(self, path: str) -> SampleDocument:
        document = self.at(path)
        if document is None:
            raise LookupError(f"the sample has no document at {path}")
        return document


def _file(name: str) -> Answer:
    entry = files("pipeline.demo") / "files" / name.replace(" ", "-").lower()
    if not entry.is_file():
        return NOT_FOUND
    return Answer(content=entry.read_bytes(), media_type="application/pdf")
