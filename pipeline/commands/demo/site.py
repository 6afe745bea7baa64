"""The sample's hosts and their answers. Tests add, remove and change documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from pipeline.commands.demo import first_generation, reports, second_generation
from pipeline.commands.demo.documents import Broken, SampleDocument, broken, documents, frames
from pipeline.commands.demo.markup import page

HOSTS = ("old.bhrrc.test", "bhrrc.test", "www.bhrrc.test", "media.bhrrc.test", "reports.test")

ROBOTS = b"User-agent: *\nDisallow: /admin/\nDisallow: /drafts/\nDisallow: /en/search\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a host answers: the server adds validators, length and date."""

    status: int = 200
    content: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


def redirect(to: str, status: int = 301) -> Answer:
    """Return a redirect."""
    return Answer(status=status, headers={"Location": quote(to, safe="/:?=&%#")})


def not_found(status: int = 404) -> Answer:
    """Return a "not found" page; with status 200, as careless servers send it, a soft 404."""
    text = "<h1>Page not found</h1><p>We can’t find the page that you are looking for. It may have been moved.</p>"
    return Answer(status=status, content=page("Page not found", text, language="en"))


class Site:
    """The sample with its present documents."""

    def __init__(self, entries: Iterable[SampleDocument] | None = None) -> None:
        self.documents = list(documents() if entries is None else entries)
        self.broken = broken()

    @cached_property
    def frames(self) -> dict[str, dict[str, Any]]:
        """The words around documents, by language."""
        return frames()

    def add(self, document: SampleDocument) -> None:
        """Publish a document: it is the first of its listing."""
        self.documents.insert(0, document)

    def remove(self, path: str) -> None:
        """Withdraw a document: it leaves its listing, its address answers 404."""
        self.documents.remove(self._known(path))

    def change(self, path: str, **changes: Any) -> None:
        """Edit a document: `change("/en/a-slug", title="Another title")`."""
        known = self._known(path)
        self.documents[self.documents.index(known)] = replace(known, **changes)

    def answer(self, host: str, target: str) -> Answer:
        """Return what a host answers to a request's target (`/path?query`)."""
        parts = urlsplit(target)
        path = unquote(parts.path)
        number = parse_qs(parts.query).get("page", [""])[0]
        page_number = int(number) if number.isdecimal() else None
        if path == "/robots.txt":
            return Answer(content=ROBOTS, media_type="text/plain")
        if host == "www.bhrrc.test":
            return redirect(f"http://bhrrc.test{path}" + (f"?{parts.query}" if parts.query else ""))
        if listed := self._listed_broken(host, path):
            return not_found(200 if listed.answer == "soft-404" else 404)
        match host:
            case "old.bhrrc.test":
                return self._first(path, page_number or 0)
            case "bhrrc.test":
                return self._second(path, page_number or 1)
            case "media.bhrrc.test":
                return _file(path.rpartition("/")[2])
            case "reports.test":
                return self._reports(path, page_number or 1)
        return not_found()

    def of(self, host: str) -> list[SampleDocument]:
        """Return a host's documents, in the order of its listing."""
        return [document for document in self.documents if document.host == host]

    def at(self, path: str) -> SampleDocument | None:
        """Return the document of a path."""
        return next((document for document in self.documents if document.path == path), None)

    def _first(self, path: str, number: int) -> Answer:
        here = self.of("old.bhrrc.test")
        if path == "/en/documents":
            entries = [(path, item.title) for item in here for path in item.listed_as or (item.path,)]
            entries += self._broken_entries("old.bhrrc.test")
            return Answer(content=first_generation.listing_page(entries, number, "en"))
        if path.startswith("/sites/default/files/"):
            return _file(path.rpartition("/")[2])
        for document in here:
            if path == document.path:
                components = [found for component in document.components if (found := self.at(component))]
                words = self.frames[document.language]
                return Answer(content=first_generation.document_page(document, words, components))
            if path in document.old_paths:
                return redirect(document.path)
        return not_found()

    def _second(self, path: str, number: int) -> Answer:
        if not path.endswith("/"):
            return redirect(path + "/")
        here = self.of("bhrrc.test")
        for frame, words in self.frames.items():
            shown = [document for document in here if frame in (document.language, *document.frames)]
            paths = [second_generation.path_in(document, frame, self.frames) for document in shown]
            if path in (f"/{frame}/{words['news']}/", f"/{frame}/latest-news/"):
                entries = [(path, document.title) for path, document in zip(paths, shown, strict=True)]
                entries += self._broken_entries("bhrrc.test") if frame == "en" else []
                listing = second_generation.listing_page(entries, number, frame, words)
                return Answer(content=listing) if listing else not_found()
            if path in paths:
                document = shown[paths.index(path)]
                content = second_generation.document_page(
                    document,
                    frame,
                    self.frames,
                    translations=[found for other in document.translations if (found := self.at(other))],
                    others=[other for other in shown if other is not document][:2],
                )
                return Answer(content=content)
        return not_found()

    def _reports(self, path: str, number: int) -> Answer:
        here = self.of("reports.test")
        if path in ("/", "/publications"):
            entries = [(document.path, document.title) for document in here] + self._broken_entries("reports.test")
            return Answer(content=reports.listing_page(entries, number))
        if path == "/feed.xml":
            return Answer(content=reports.feed(here), media_type="application/rss+xml")
        if path == "/sitemap.xml":
            return Answer(content=reports.sitemap(here), media_type="application/xml")
        if path.startswith("/files/"):
            return _file(path.rpartition("/")[2])
        document = next((document for document in here if document.path == path), None)
        return Answer(content=reports.document_page(document)) if document else not_found()

    def _broken_entries(self, host: str) -> list[tuple[str, str]]:
        here = [entry for entry in self.broken if entry.title and urlsplit(entry.url).netloc == host]
        return [(urlsplit(entry.url).path, entry.title or "") for entry in here]

    def _listed_broken(self, host: str, path: str) -> Broken | None:
        url = f"http://{host}{path}"
        return next((entry for entry in self.broken if entry.url == url and entry.answer != "file"), None)

    def _known(self, path: str) -> SampleDocument:
        document = self.at(path)
        if document is None:
            raise LookupError(f"the sample has no document at {path}")
        return document


def _file(name: str) -> Answer:
    entry = files("pipeline.commands.demo") / "files" / name.replace(" ", "-").lower()
    if not entry.is_file():
        return not_found()
    return Answer(content=entry.read_bytes(), media_type="application/pdf")
