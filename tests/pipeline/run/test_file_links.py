"""The links from pages to their files in the shapes that sites give them, each through the whole flow."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.once import Once
from tests.pipeline.workplace import Workplace
from tests.sites.documents import pdf
from tests.sites.server import NOT_FOUND, Answer, Site, serve

CENTRE, MEDIA, ELSEWHERE = "http://centre.test", "http://media.test", "http://elsewhere.test"
TEXT = "<p>" + "The clerk of the harbour wrote down every ship, and beside each name what she carried. " * 6 + "</p>"


def page(title: str, links: str, head: str = "") -> Answer:
    return Answer(
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head>"
        f"<body><main><h1>{title}</h1>{TEXT}{links}{TEXT}</main></body></html>"
    )


def a(url: str, text: str = "Download the report (PDF)", more: str = "") -> str:
    return f'<p><a href="{url}"{more}>{text}</a></p>'


def moved(to: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": to})


@dataclass(frozen=True)
class File:
    """A PDF that is made where it is asked for, not while the tests are collected."""

    number: int
    kind: str
    headers: Mapping[str, str]

    def answer(self) -> Answer:
        return Answer(pdf(self.number), self.kind, headers=self.headers)


def file(number: int, kind: str = "application/pdf", **headers: str) -> File:
    return File(number, kind, {name.replace("_", "-"): value for name, value in headers.items()})


NAME = "Résumé_報告.pdf"
ERROR_PAGE = "<html><head><title>File not found</title></head><body><h1>File not found</h1></body></html>"
REFRESH = '<html><head><meta http-equiv="refresh" content="0; url=/l/i.pdf"></head><body>One moment</body></html>'
SCRIPT = "<html><body><p>Your download begins</p><script>window.location.href = '/l/j.pdf';</script></body></html>"
DISPOSITIONS = {
    "blank": 'attachment; filename="a b.pdf"',
    "star": "attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf",
    "both": "inline; filename=x.pdf; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf",
    "latin": 'attachment; filename="r\xe9sum\xe9.pdf"',
    "path": 'attachment; filename="../../x.pdf"',
    "long": f'attachment; filename="{"x" * 300}.pdf"',
}


@dataclass(frozen=True)
class Shape:
    """A page with links, what the files answer, and what must come of it."""

    links: str
    answers: Mapping[str, Answer | File]
    """By the path and query as they are asked for."""
    files: tuple[str, ...] = ()
    """The documents that it attaches, by their final addresses."""
    failures: tuple[tuple[str, str], ...] = ()
    """Address and words of the reason."""
    never: tuple[str, ...] = ()
    """What must not be asked for."""
    head: str = ""


SHAPES = {
    "01-relative": Shape(
        a("/sites/default/files/a.pdf"),
        {"/sites/default/files/a.pdf": file(1)},
        (f"{CENTRE}/sites/default/files/a.pdf",),
    ),
    "01-base": Shape(
        a("../files/b.pdf"),
        {"/deep/files/b.pdf": file(2)},
        (f"{CENTRE}/deep/files/b.pdf",),
        head='<base href="/deep/down/">',
    ),
    "02-other-host": Shape(
        a(f"{MEDIA}/documents/c.pdf") + a(f"{ELSEWHERE}/d.pdf"),
        {"/documents/c.pdf": file(3)},
        (f"{MEDIA}/documents/c.pdf",),
        never=("/d.pdf",),
    ),
    "03-blanks": Shape(
        a("/files/FTSE%20100%20Briefing 2018%20%20x.pdf"),
        {"/files/FTSE%20100%20Briefing%202018%20%20x.pdf": file(4)},
        (f"{CENTRE}/files/FTSE%20100%20Briefing%202018%20%20x.pdf",),
    ),
    "04-unicode": Shape(
        a(f"/names/{NAME}") + a(f"/names/{quote(NAME)}"),
        {f"/names/{quote(NAME)}": file(5)},
        (f"{CENTRE}/names/{quote(NAME)}",),
    ),
    "04-decomposed": Shape(
        a(f"/forms/{unicodedata.normalize('NFD', NAME)}"),
        {f"/forms/{quote(unicodedata.normalize('NFD', NAME))}": file(6)},
        (f"{CENTRE}/forms/{quote(unicodedata.normalize('NFD', NAME))}",),
    ),
    "05-suffixes": Shape(
        a("/s/UP.PDF") + a("/s/e.pdf?sequence=1&amp;isAllowed=y") + a("/s/f.pdf#page=4") + a("/s/f.pdf"),
        {"/s/UP.PDF": file(7), "/s/e.pdf?sequence=1": file(8), "/s/e.pdf": file(8), "/s/f.pdf": file(9)},
        (f"{CENTRE}/s/UP.PDF", f"{CENTRE}/s/e.pdf?sequence=1", f"{CENTRE}/s/f.pdf"),
    ),
    "06-no-suffix": Shape(
        a("/bitstreams/6b4a1c1e-52d4-5f0e-9a57-0d8f2a3b4c5d/download", "roads (1.2 MB)")
        + a("/documents/12/g.pdf")
        + a("/download/123/", "Download PDF")
        + a("/alias/without-suffix", "Report", ' type="application/pdf; length=442400"'),
        {
            "/bitstreams/6b4a1c1e-52d4-5f0e-9a57-0d8f2a3b4c5d/download": file(10),
            "/documents/12/g.pdf": file(11),
            "/download/123/": file(12),
            "/alias/without-suffix": file(13),
        },
        (
            f"{CENTRE}/bitstreams/6b4a1c1e-52d4-5f0e-9a57-0d8f2a3b4c5d/download",
            f"{CENTRE}/documents/12/g.pdf",
            f"{CENTRE}/download/123/",
            f"{CENTRE}/alias/without-suffix",
        ),
    ),
    "07-redirects": Shape(
        a("/r/1.pdf") + a("/r/loop.pdf") + a("/r/closed.pdf"),
        {
            "/r/1.pdf": moved("/r/2.pdf", 301),
            "/r/2.pdf": moved(f"{MEDIA}/r/3.pdf"),
            "/r/3.pdf": file(14),
            "/r/loop.pdf": moved("/r/pool.pdf"),
            "/r/pool.pdf": moved("/r/loop.pdf"),
            "/r/closed.pdf": moved("/login?next=/r/closed.pdf"),
        },
        (f"{MEDIA}/r/3.pdf",),
        ((f"{CENTRE}/r/loop.pdf", "in a circle"), (f"{CENTRE}/r/closed.pdf", "sign-in")),
    ),
    "08-dispositions": Shape(
        "".join(a(f"/d/{name}.pdf") for name in DISPOSITIONS),
        {
            f"/d/{name}.pdf": file(20 + n, Content_Disposition=words)
            for n, (name, words) in enumerate(DISPOSITIONS.items())
        },
        tuple(f"{CENTRE}/d/{name}.pdf" for name in DISPOSITIONS),
    ),
    "09-types": Shape(
        a("/t/octets.pdf") + a("/t/binary.pdf") + a("/t/html.pdf"),
        {
            "/t/octets.pdf": file(30, "application/octet-stream"),
            "/t/binary.pdf": file(31, "binary/octet-stream"),
            "/t/html.pdf": file(32, "text/html"),
        },
        (f"{CENTRE}/t/octets.pdf", f"{CENTRE}/t/binary.pdf", f"{CENTRE}/t/html.pdf"),
    ),
    "10-not-files": Shape(
        a("/n/error.pdf") + a("/n/soft.pdf") + a("/n/empty.pdf") + a("/n/later.pdf"),
        {
            "/n/error.pdf": Answer(ERROR_PAGE, "application/pdf"),
            "/n/soft.pdf": Answer(ERROR_PAGE),
            "/n/empty.pdf": Answer(b"", "application/pdf"),
            "/n/later.pdf": Answer(b"", "application/pdf", 202),
        },
        (),
        (
            (f"{CENTRE}/n/error.pdf", "no such page"),
            (f"{CENTRE}/n/soft.pdf", "no such page"),
            (f"{CENTRE}/n/empty.pdf", "without any content"),
            (f"{CENTRE}/n/later.pdf", "202"),
        ),
    ),
    "11-landings": Shape(
        a("/l/button.pdf") + a("/l/refresh.pdf") + a("/l/script.pdf") + a("/l/twice.pdf"),
        {
            "/l/button.pdf": page("The report", a("/l/h.pdf", "Download PDF")),
            "/l/h.pdf": file(40),
            "/l/refresh.pdf": Answer(REFRESH),
            "/l/i.pdf": file(41),
            "/l/script.pdf": Answer(SCRIPT),
            "/l/j.pdf": file(42),
            "/l/twice.pdf": page("The first page", a("/l/second.pdf", "Download PDF")),
            "/l/second.pdf": page("The second page", a("/l/k.pdf", "Download PDF")),
            "/l/k.pdf": file(43),
        },
        (f"{CENTRE}/l/h.pdf", f"{CENTRE}/l/i.pdf", f"{CENTRE}/l/j.pdf"),
        ((f"{CENTRE}/l/twice.pdf", "a web page came where a file was expected"),),
        never=("/l/k.pdf",),
    ),
    "12-other-links": Shape(
        a("/o/report.docx")
        + a("/o/data.xlsx")
        + a("mailto:clerk@centre.test")
        + a("javascript:void(0)")
        + a("https://www.youtube.com/watch?v=x", "Watch")
        + a(f"{ELSEWHERE}/post", "Read the full post here"),
        {},
        never=("/o/report.docx", "/o/data.xlsx", "/watch?v=x", "/post"),
    ),
    "13-languages": Shape(
        a("/m/x-en.pdf", "English", ' hreflang="en"')
        + a("/m/x-fr.pdf", "Français", ' hreflang="fr"')
        + a("/m/copy.pdf"),
        {"/m/x-en.pdf": file(50), "/m/x-fr.pdf": file(51), "/m/copy.pdf": file(50)},
        (f"{CENTRE}/m/x-en.pdf", f"{CENTRE}/m/x-fr.pdf", f"{CENTRE}/m/copy.pdf"),
    ),
}


class Centre(Site):
    """A listing of one page a shape; every name is served by it."""

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        asked = self.asked[-1]
        if asked == "/":
            return Answer(
                "<main>" + "".join(f'<a class="item" href="/page/{name}">{name}</a> ' for name in SHAPES) + "</main>"
            )
        if asked.startswith("/page/"):
            shape = SHAPES[asked.removeprefix("/page/")]
            return page(f"The page of {asked.removeprefix('/page/')}", shape.links, shape.head)
        found = next((shape.answers[asked] for shape in SHAPES.values() if asked in shape.answers), NOT_FOUND)
        return found.answer() if isinstance(found, File) else found


@dataclass(frozen=True)
class Loaded:
    documents: dict[str, dict[str, Any]]
    failures: dict[str, str]
    asked: tuple[str, ...]


def workplace(folder: Path, site: Site) -> Workplace:
    here = urlsplit(site.url).netloc
    resolve = {"centre.test": here, "media.test": here, "elsewhere.test": here}
    source = {"start": f"{CENTRE}/", "follow": "a.item", "file_hosts": ["media.test"]}
    http = {"delay_seconds": 0, "retries": 0, "resolve": resolve}
    return Workplace(folder, {"http": http, "extract": {"workers": 1}, "sources": {"centre": source}})


@pytest.fixture(scope="module")
def loaded(once: Once) -> Loaded:
    return once.kept("file-links", load_all)


def load_all(folder: Path) -> Loaded:
    """Run over the site of all shapes."""
    with serve(Centre()) as site:
        place = workplace(folder, site)
        place.ingest("run", code=3)
        return Loaded(
            {document["url"]: document for document in place.documents()},
            {failure["url"]: failure["reason"] for failure in place.failures()},
            tuple(site.asked),
        )


@pytest.mark.parametrize("name", SHAPES)
def test_a_page_s_files_are_its_attachments(loaded: Loaded, name: str) -> None:
    document = loaded.documents[f"{CENTRE}/page/{name}"]
    for url in SHAPES[name].files:
        assert loaded.documents[url]["media_type"] == "application/pdf", url
        assert loaded.documents[url]["landing_page"] == document["url"], url
        assert loaded.documents[url]["body"], url


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if shape.failures])
def test_what_is_no_file_is_a_failure_with_a_reason(loaded: Loaded, name: str) -> None:
    for url, words in SHAPES[name].failures:
        assert words in loaded.failures[url]
        assert url not in loaded.documents


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if shape.never])
def test_what_is_no_file_of_the_source_is_not_asked_for(loaded: Loaded, name: str) -> None:
    assert not set(SHAPES[name].never) & set(loaded.asked)


def test_nothing_else_came(loaded: Loaded) -> None:
    pages = {f"{CENTRE}/page/{name}" for name in SHAPES}
    files = {url for shape in SHAPES.values() for url in shape.files}
    assert set(loaded.documents) == pages | files
    assert set(loaded.failures) == {url for shape in SHAPES.values() for url, _ in shape.failures}


def test_nothing_is_asked_for_twice_or_encoded_twice(loaded: Loaded) -> None:
    files = [asked for asked in loaded.asked if asked.endswith((".pdf", ".PDF"))]
    assert len(files) == len(set(files))
    assert not [asked for asked in loaded.asked if "%25" in asked]


class Renewed(Site):
    """One page with one file, whose bytes change."""

    number = 60

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/":
            return Answer('<main><a class="item" href="/page">The page</a></main>')
        return page("The page", a("/v.pdf")) if path == "/page" else file(self.number).answer()


def test_new_bytes_at_the_same_address_are_a_revision(tmp_path: Path) -> None:
    with serve(Renewed()) as site:
        place = workplace(tmp_path, site)
        place.ingest("run")
        first = {one["url"]: one for one in place.documents()}[f"{CENTRE}/v.pdf"]
        site.number = 61
        place.ingest("run", "--full")
        second = {one["url"]: one for one in place.documents()}[f"{CENTRE}/v.pdf"]
    assert (first["revision"], second["revision"]) == (1, 2)
    assert first["title"] != second["title"]
