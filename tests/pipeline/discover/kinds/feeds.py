"""Kinds of feeds: links of Atom, and XML that is broken as it is out there, each in RSS, Atom and RDF."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from tests.pipeline.discover.kinds.site import Answering, Asked, Kind, day_of, path_of, paths, title_of
from tests.sites.pages import frame
from tests.sites.server import Answer

COUNT = 4
START = "/feed.xml"
CYRILLIC = "Доклад о положении горняков, номер"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """What is wrong with a feed."""

    title: Callable[[int], str] = title_of
    link: Callable[[int], str] = path_of
    more: str = ""
    """A further element of each item."""
    declaration: str = '<?xml version="1.0" encoding="utf-8"?>'
    before: str = ""
    behind: str = ""
    codec: str = "utf-8"
    kind: str = "application/xml"


def rss(root: str, broken: Broken) -> str:
    items = "".join(
        f"<item><title>{broken.title(n)}</title><link>{root}{broken.link(n)}</link>{broken.more}<pubDate>{day_of(n)}</pubDate></item>"
        for n in range(1, COUNT + 1)
    )
    return f'<rss version="2.0"><channel><title>C</title><link>{root}/</link><description>d</description>{items}</channel></rss>'


def atom(root: str, broken: Broken) -> str:
    entries = "".join(
        f'<entry><id>tag:c,{n}</id><title>{broken.title(n)}</title><link href="{root}{broken.link(n)}"/>{broken.more}<published>{day_of(n)}T00:00:00Z</published></entry>'
        for n in range(1, COUNT + 1)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title>{entries}</feed>'


def rdf(root: str, broken: Broken) -> str:
    items = "".join(
        f'<item rdf:about="{root}/about/{n}"><title>{broken.title(n)}</title><link>{root}{broken.link(n)}</link>{broken.more}<dc:date>{day_of(n)}</dc:date></item>'
        for n in range(1, COUNT + 1)
    )
    spaces = 'xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return (
        f'<rdf:RDF {spaces}><channel rdf:about="{root}"><title>C</title><link>{root}</link></channel>{items}</rdf:RDF>'
    )


DIALECTS: Mapping[str, Callable[[str, Broken], str]] = {"rss": rss, "atom": atom, "rdf": rdf}


def fed(dialect: Callable[[str, Broken], str], broken: Broken) -> Answering:
    def answer(asked: Asked) -> Answer | None:
        if asked.path == "/doc":
            return Answer(frame("A", "<h1>A</h1>"), status=200 if asked.query.get("lang") == "en" else 404)
        if asked.path != START:
            return None
        whole = f"{broken.before}{broken.declaration}{dialect(asked.root, broken)}{broken.behind}"
        return Answer(whole.encode(broken.codec), broken.kind)

    return answer


def _cyrillic(number: int) -> str:
    return f"{CYRILLIC} {number}"


WARNING = "\n<br />\n<b>Warning</b>: Undefined index: x in <b>/var/www/feed.php</b> on line <b>3</b><br />\n"
BROKEN = {
    "a bare ampersand": Broken(title=lambda n: f"Coal & steel {n}", link=lambda n: f"/doc?id={n}&lang=en"),
    "control characters": Broken(title=lambda n: f"{title_of(n)} \x08\x0b part"),
    "undeclared prefixes": Broken(more="<itunes:subtitle>x</itunes:subtitle><media:credit>Ana Ruiz</media:credit>"),
    "entities of HTML": Broken(title=lambda n: f"Fa&ccedil;ade &nbsp;&ndash; {n}"),
    "a document type": Broken(declaration='<?xml version="1.0"?><!DOCTYPE x [<!ENTITY nbsp "&#160;">]>', title=lambda n: f"Wells&nbsp;{n}"),
    "a character set in the header alone": Broken(declaration='<?xml version="1.0"?>', codec="cp1251", kind="text/xml; charset=windows-1251", title=_cyrillic),
    "a character set that the header denies": Broken(declaration='<?xml version="1.0" encoding="windows-1251"?>', codec="cp1251", kind="text/xml; charset=utf-8", title=_cyrillic),
    "a character set that the bytes deny": Broken(declaration='<?xml version="1.0" encoding="windows-1251"?>', kind="text/xml", title=_cyrillic),
    "a warning before it": Broken(before=WARNING),
    "a script behind it": Broken(behind="<!-- cached --><script>stats()</script>" + " " * 3000),
}  # fmt: skip

ENTRIES = {
    1: '<link rel="replies" href="report-1/comments"/><link rel="edit" href="/edit/1"/><link href="report-1"/>',
    2: '<link rel="self" href="/api/2.atom"/><link rel="alternate" type="application/json" href="/api/2.json"/><link rel="alternate" type="text/html" href="report-2"/>',
    3: '<link rel="http://www.iana.org/assignments/relation/alternate" href="report-3"/>',
    4: '<link rel="via" href="https://else.example/x"/><link rel="related" href="report-1"/><link rel="alternate" href="report-4#top"/>',
}


def linked(feed: str, entry: str, prefix: str = "") -> Answering:
    """Return an Atom feed of several links an entry; `feed` and `entry` are the attributes with their bases."""

    def answer(asked: Asked) -> Answer | None:
        if asked.path != START:
            return None
        entries = "".join(
            f"<entry{entry}><id>tag:c,{n}</id><title>{escape(title_of(n))}</title>{links}<published>{day_of(n)}T00:30:00+05:00</published></entry>"
            for n, links in ENTRIES.items()
        )
        whole = f'<feed xmlns="http://www.w3.org/2005/Atom"{feed}><title>C</title><link rel="self" href="/feed.xml"/>{entries}</feed>'
        if prefix:
            whole = whole.replace("</", "</@").replace("<", f"<{prefix}:").replace(f"<{prefix}:/@", f"</{prefix}:")
            whole = whole.replace("xmlns=", f"xmlns:{prefix}=")
        return Answer(whole.replace("[root]", asked.root), "application/atom+xml")

    return answer


LINKED = {
    "a base on each entry": linked("", ' xml:base="/publications/"'),
    "a base on the feed": linked(' xml:base="[root]/publications/x"', ""),
    "one upon the other, with a prefix": linked(' xml:base="[root]/"', ' xml:base="publications/"', "a"),
}

WANTED = {"a bare ampersand": tuple(f"/doc?id={n}&lang=en" for n in range(1, COUNT + 1))}
KINDS: dict[str, dict[str, Kind]] = {
    "links of Atom": {name: Kind(answer=way, start=START, wanted=paths(COUNT)) for name, way in LINKED.items()}
} | {
    kind: {
        name: Kind(answer=fed(dialect, broken), start=START, wanted=WANTED.get(kind, paths(COUNT)))
        for name, dialect in DIALECTS.items()
    }
    for kind, broken in BROKEN.items()
}
