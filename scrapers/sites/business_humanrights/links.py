"""The links of a page that matter: its files and translations, the story that it answers, the post that it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urljoin, urlsplit

from scrapers.base import Link, Relation
from scrapers.html.dom import Dom
from scrapers.sites.business_humanrights import words
from scrapers.sites.business_humanrights.languages import language_named
from scrapers.sites.business_humanrights.lines import Anchor, Line
from scrapers.sites.business_humanrights.reading import Reading
from scrapers.values.addresses import canonical, same_site

FILE = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|odt|rtf|epub)$", re.IGNORECASE)
LANGUAGE_SEGMENT = re.compile(r"[a-z]{2}(-[a-z]{2,4})?")
FEED = re.compile(r"\brss\b", re.IGNORECASE)


def links_of(reading: Reading, dom: Dom, body: Sequence[Line]) -> tuple[Link, ...]:
    """Return each address once, under the strongest of its relations."""
    found: dict[str, Link] = {}
    for link in (
        *_files(reading, dom),
        *_translations(reading, dom),
        *_related(reading, dom),
        *_others(reading, dom, body),
    ):
        found.setdefault(link.url, link)
    found.pop(_absolute(dom, dom.url) or "", None)
    return tuple(found.values())


def _files(reading: Reading, dom: Dom) -> Iterator[Link]:
    for line in reading.body:
        for anchor in line.anchors:
            url = _absolute(dom, anchor.href)
            if url and is_file(url, anchor, line):
                yield _link(url, anchor, "attachment")


def is_file(url: str, anchor: Anchor, line: Line) -> bool:
    """Return whether a link gives a file: by its suffix, type or host, or by what it says of itself."""
    parts = urlsplit(url)
    if FILE.search(unquote(parts.path)) or (anchor.media_type or "").startswith("application/pdf"):
        return True
    if parts.hostname and parts.hostname.startswith("media.") and "/documents/" in parts.path:
        return True
    said = anchor.text if len(anchor.text) > 4 else line.text
    return len(said) <= 110 and words.pattern("download").search(said) is not None


def _translations(reading: Reading, dom: Dom) -> Iterator[Link]:
    for what, line in reading.notices:
        if what != "languages":
            continue
        for anchor in line.anchors:
            url = _absolute(dom, anchor.href)
            language = anchor.language or language_named(anchor.text)
            if url and language and same_site(url, dom.url):
                yield _link(url, anchor, "translation", language)


def _related(reading: Reading, dom: Dom) -> Iterator[Link]:
    for what, line in reading.notices:
        if what == "redirect":
            yield from _documents(line, dom)
    answered = next((i for i, line in enumerate(reading.after) if words.pattern("response_to").search(line.text)), None)
    if answered is not None:
        near = [link for line in reading.after[answered : answered + 3] for link in _documents(line, dom)]
        yield from near[:1]
    for line in reading.after:
        if words.pattern("further_news").search(line.text):
            break
        if (line.heading and not FEED.search(line.text)) or any(
            "card" in (line.element.get("class") or "") for _ in line.anchors
        ):
            yield from _documents(line, dom)


def _documents(line: Line, dom: Dom) -> Iterator[Link]:
    for anchor in line.anchors:
        url = _absolute(dom, anchor.href)
        if url and same_site(url, dom.url) and LANGUAGE_SEGMENT.fullmatch(urlsplit(url).path.strip("/").split("/")[0]):
            yield _link(url, anchor, "related")


def _others(reading: Reading, dom: Dom, body: Sequence[Line]) -> Iterator[Link]:
    text = set(body)
    for line in reading.body:
        for anchor in line.anchors:
            url = _absolute(dom, anchor.href)
            if url and (
                line in text
                or words.pattern("outside").search(anchor.text)
                or words.pattern("outside").search(line.text)
            ):
                yield _link(url, anchor, "link")


def _link(url: str, anchor: Anchor, rel: Relation, language: str | None = None) -> Link:
    return Link(
        url=url,
        text=anchor.text,
        rel=rel,
        media_type=anchor.media_type,
        language=language,
        origin=f"text:{anchor.text[:80]}",
    )


def _absolute(dom: Dom, href: str) -> str | None:
    if href.startswith("#"):
        return None
    try:
        return canonical(urljoin(dom.base_url, href.strip()))
    except ValueError:
        return None
