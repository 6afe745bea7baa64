"""Kinds of sitemaps: packed, unqualified, odd addresses, under other names, in robots.txt, in place of which a page comes."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from tests.pipeline.discover.kinds.feeds import Broken, atom, rdf, rss
from tests.pipeline.discover.kinds.site import Answering, Asked, Kind, path_of, paths
from tests.sites.pages import frame
from tests.sites.server import Answer

COUNT = 6
SPACE = ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
START = "/sitemap.xml"


def entries(numbers: Iterable[int], loc: str = "[root]{}", more: str = "") -> str:
    return "".join(f"<url><loc>{loc.format(path_of(n))}</loc>{more.replace('*', str(n))}</url>" for n in numbers)


def listed(inner: str, space: str = SPACE, before: str = "") -> str:
    return f'{before}<?xml version="1.0" encoding="UTF-8"?><urlset{space}>{inner}</urlset>'


def index(*addresses: str) -> str:
    inner = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f'<?xml version="1.0"?><sitemapindex{SPACE}>{inner}</sitemapindex>'


def whole(**keys: str) -> str:
    return listed(entries(range(1, COUNT + 1), **keys))


def text(numbers: Iterable[int], end: str = "\n") -> str:
    return end.join(f"[root]{path_of(n)}" for n in numbers)


def served(files: Mapping[str, str | bytes | Answer], packed: Mapping[str, int] = MappingProxyType({})) -> Answering:
    """Return a site of some files; `packed` says how often a file is packed with gzip."""

    def answer(asked: Asked) -> Answer | None:
        if asked.path == "/doc":
            return Answer(frame("A", "<h1>A</h1>"), status=200 if asked.query.get("lang") == "en" else 404)
        given = files.get(asked.path)
        if given is None:
            return None
        made = given if isinstance(given, Answer) else Answer(given, "application/xml")
        body = made.body.encode() if isinstance(made.body, str) else made.body
        host = asked.root.partition("//")[2]
        body = body.replace(b"[root]", asked.root.encode()).replace(b"[host]", host.encode())
        for _ in range(packed.get(asked.path, 0)):
            body = gzip.compress(body)
        return Answer(body, made.kind, made.status, made.headers)

    return answer


def named(robots: str, files: Mapping[str, str | bytes | Answer]) -> Answering:
    """Return a site whose robots.txt names its sitemap."""
    return served({"/robots.txt": Answer(robots, "text/plain"), **files})


def feed(dialect: Callable[[str, Broken], str]) -> Answering:
    robots = "User-agent: *\nDisallow: /x\nSitemap: [root]/latest\n"
    return named(robots, {"/latest": dialect("[root]", Broken())})


IMAGE = "<image:image><image:loc>/i*.jpg</image:loc></image:image>"
LANGUAGE = '<xhtml:link rel="alternate" hreflang="fr" href="[root]/fr/publications/report-*"/>'
TWO = (range(1, 4), range(4, 7))
HALVES = index("[root]/a.xml.gz", "[root]/b.xml.gz")
QUERY = "".join(f"<url><loc>[root]/doc?id={n}&lang=en</loc></url>" for n in range(1, COUNT + 1))
PAGE = frame("Sorry", "<p>Sorry, page not found</p>")

WAYS: dict[str, Mapping[str, Answering]] = {
    "packed files": {
        "as XML, and plain under a packed name": served({START: HALVES, "/a.xml.gz": Answer(listed(entries(TWO[0])), "text/xml"), "/b.xml.gz": Answer(listed(entries(TWO[1])), "application/x-gzip")}, {"/a.xml.gz": 1}),
        "twice, and under a plain name": served({START: index("[root]/a.xml.gz", "/b.xml"), "/a.xml.gz": listed(entries(TWO[0])), "/b.xml": Answer(listed(entries(TWO[1])), "gzip")}, {"/a.xml.gz": 2, "/b.xml": 1}),
        "an index within an index": served({START: index("[root]/deep.xml"), "/deep.xml": index("[root]/deeper.xml.gz"), "/deeper.xml.gz": whole()}, {"/deeper.xml.gz": 1}),
    },
    "an undeclared prefix": {
        "of images": served({START: whole(more=IMAGE)}),
        "of videos, without the namespace": served({START: listed(entries(range(1, 7), more="<video:video><video:title>x</video:title></video:video>"), "")}),
        "of news": served({START: whole(more="<news:news><news:title>x *</news:title></news:news>")}),
    },
    "an undeclared prefix behind a day": {
        "of links": served({START: whole(more=f"<lastmod>2020-01-0*</lastmod>{LANGUAGE}")}),
        "of images": served({START: whole(more=f"<lastmod>2020-01-0*T10:00:00Z</lastmod>{IMAGE}")}),
        "before it": served({START: whole(more=f"{LANGUAGE}<lastmod>2020-01-0*</lastmod>")}),
    },
    "bare ampersands": {
        "in XML": served({START: listed(QUERY)}),
        "among references": served({START: listed(QUERY.replace("id=2&", "id=2&amp;").replace("id=3&", "id=3&#38;"))}),
        "in a part of an index": served({START: index("[root]/part.xml?a=1&b=2"), "/part.xml": listed(QUERY)}),
    },
    "odd addresses": {
        "relative": served({START: listed(entries(range(1, 7), loc="{}"))}),
        "in CDATA, with a mark of the order of bytes": served({START: listed(entries(range(1, 7), loc="<![CDATA[ [root]{} ]]>"), before="\ufeff\n")}),
        "with blanks around them": served({START: listed(entries(range(1, 7), loc="\n  [root]{}\t\n"))}),
    },
    "lists of addresses": {
        "one packed": served({START: index("[root]/a.txt", "[root]/b.txt.gz"), "/a.txt": Answer("\ufeff" + text(TWO[0]), "text/plain"), "/b.txt.gz": Answer(text(TWO[1]), "application/gzip")}, {"/b.txt.gz": 1}),
        "lines of Windows": served({START: index("[root]/a.txt"), "/a.txt": Answer(text(range(1, 7), "\r\n"), "text/plain")}),
        "in place of the sitemap": served({START: Answer(text(range(1, 7)), "text/plain")}),
    },
    "a translation of each": {
        "declared": served({START: listed(entries(range(1, 7), more=LANGUAGE), f'{SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml"')}),
        "with a day behind": served({START: listed(entries(range(1, 7), more=f"{LANGUAGE}<lastmod>2020-01-0*</lastmod>"), f'{SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml"')}),
        "of several languages": served({START: listed(entries(range(1, 7), more=LANGUAGE + LANGUAGE.replace("fr", "es")), f'{SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml"')}),
    },
}  # fmt: skip

NAMED: dict[str, Mapping[str, Answering]] = {
    "a feed as the sitemap": {"rss": feed(rss), "atom": feed(atom), "rdf": feed(rdf)},
    "a line spelt otherwise": {
        "Site-map": named("User-agent: *\nDisallow: /x\nSite-map: [root]/map.xml\n", {"/map.xml": whole()}),
        "sitemaps in capitals": named("SITEMAP:[root]/map.xml", {"/map.xml": whole()}),
        "behind other groups": named("User-agent: a\nDisallow: /\n\nUser-agent: *\nDisallow:\nsitemap: [root]/map.xml # all", {"/map.xml": whole()}),
    },
    "a relative address in robots.txt": {
        "with a mark and blanks": named("\ufeffUser-agent: *\r\nDisallow: /x\r\nSITEMAP :  /map/all.xml   \r\n", {"/map/all.xml": whole()}),
        "without a slash": named("Sitemap: map.xml\n", {"/map.xml": whole()}),
        "without a scheme": named("Sitemap: //[host]/map.xml\n", {"/map.xml": whole()}),
    },
    "a page in place of the first guess": {
        "with status 200": served({START: Answer(PAGE), "/sitemap_index.xml": whole()}),
        "with status 404": served({START: Answer(PAGE, status=404), "/sitemap_index.xml": whole()}),
        "an empty answer": served({START: Answer("", "application/xml"), "/sitemap_index.xml": whole()}),
    },
}  # fmt: skip

QUERIES = tuple(f"/doc?id={n}&lang=en" for n in range(1, COUNT + 1))
KINDS: dict[str, dict[str, Kind]] = {
    kind: {
        name: Kind(answer=way, start=START, wanted=QUERIES if kind == "bare ampersands" else paths(COUNT))
        for name, way in ways.items()
    }
    for kind, ways in WAYS.items()
} | {
    kind: {
        name: Kind(answer=way, start="/", wanted=paths(4 if "feed" in kind else COUNT), rules={"discover": "sitemap"})
        for name, way in ways.items()
    }
    for kind, ways in NAMED.items()
}
