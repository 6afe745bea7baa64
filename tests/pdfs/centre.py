"""A made resource centre: reports of ten kinds, each with its landing page; the front page of every other one misleads.

What misleads: the name of a series in the largest type over the title, which the file's properties bear as well; the
day of printing; the name of who designed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from random import Random

from models.database.store import Store
from models.search.filters import Filters
from pipeline.holdings.export_records import documents as exported
from pipeline.load.load import publish
from pipeline.load.normalise import Document, document
from scrapers.base import Page, Rules
from scrapers.html import reader as html
from scrapers.pdf import reader as pdf
from tests.pdfs.drafts import Paper
from tests.pdfs.layouts import paper

SITE = "https://acme.example"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
LAYOUTS = (
    "report", "brief", "letter", "memo", "decision", "press release", "law", "thesis", "slides", "newsletter",
)  # fmt: skip
TEXT = (
    "The records of the district were asked for in spring, and what was found in them is told here for the first time. "
    "It begins with the wells, goes on to the roads that lead to them, and ends with those who pay for both. "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report, and the page from which it is linked."""

    paper: Paper
    number: int
    misleading: bool

    @property
    def file(self) -> str:
        """The address of the file."""
        return f"{SITE}/files/{self.number}.pdf"

    @property
    def page(self) -> str:
        """The address of its landing page."""
        return f"{SITE}/reports/{self.number}"

    def html(self) -> str:
        """Return the landing page, in one of three designs."""
        one, rng = self.paper, Random(f"landing page {self.number}")
        day = f'<time datetime="{one.date}">{one.date}</time>' if one.date else ""
        by = f"By {escape(' and '.join(one.people))}" if one.people else ""
        lines = {
            0: f'<p class="byline">{by}</p><p class="date">{day}</p>',
            1: f"<p>Published: {day}</p>" + (f"<p>Author: {escape(', '.join(one.people))}</p>" if by else ""),
            2: f"<dl><dt>Date</dt><dd>{day}</dd>"
            + (f"<dt>Authors</dt><dd>{escape('; '.join(one.people))}</dd>" if by else "")
            + "</dl>",
        }[rng.randrange(3)]
        return (
            f'<html lang="{one.language}"><head><title>{escape(one.title)} | Acme</title></head><body>'
            f"<header><nav><a href='/'>Home</a> <a href='/reports'>Reports</a></nav></header><main><article>"
            f"<h1>{escape(one.title)}</h1>{lines}<p>{TEXT}</p><p>{TEXT}</p>"
            f'<p><a href="{self.file}">Download the report (PDF)</a></p></article></main>'
            "<footer><p>© Acme</p></footer></body></html>"
        )


def reports(count: int, first: int = 0) -> Iterator[Report]:
    """Yield that many reports; the same for the same numbers."""
    for number in range(first, first + count):
        misleading = number % 2 == 1
        kind = LAYOUTS[number // 2 % len(LAYOUTS)]
        yield Report(paper=paper(kind, 900 + number, misleading=misleading), number=number, misleading=misleading)


def documents(report: Report) -> tuple[Document, Document]:
    """Return the landing page and the file as they are loaded."""
    page, file = _page(report.page, report.html().encode()), _page(report.file, report.paper.content)
    read = html.read(page, Rules()), pdf.read(file, Rules(ocr="off", tables=False))
    landing, attached = (
        document(
            extracted,
            {},
            source_id=1,
            url=of.url,
            redirects=(),
            final_url=of.url,
            capture_id=None,
            reader_version="1",
            retrieved_at=NOW,
        )
        for extracted, of in zip(read, (page, file), strict=True)
    )
    return landing, attached


def _page(url: str, content: bytes) -> Page:
    return Page(url=url, final_url=url, content=content, retrieved_at=NOW, sha256="")


def stored_faults(store: Store, made: Sequence[Report]) -> list[tuple[Report, str]]:
    """Load the reports and their pages into an empty store; return what is wrong of what it then holds of the files."""
    with store.begin() as connection:
        publish(connection, [one for report in made for one in documents(report)], run_id=None, now=NOW)
    with store.read() as connection:
        held = {record["url"]: record for record in exported(connection, Filters())}
    return [(report, fault) for report in made for fault in faults(report, held[report.file])]


def faults(report: Report, record: dict[str, object]) -> list[str]:
    """Return which of a stored file's values are wrong, or have no origin."""
    one, origins = report.paper, record["origins"]
    assert isinstance(origins, dict)
    people = [a["name"] for a in _list(record["authors"]) if a["kind"] == "person"]
    day = str(record["date_published"] or "")
    wrong = []
    if _folded(str(record["title"])) != _folded(one.title):
        wrong.append(f"title {record['title']!r} for {one.title!r} ({origins.get('title')})")
    if sorted(map(_folded, people)) != sorted(map(_folded, one.people)):
        wrong.append(f"people {people} for {one.people} ({origins.get('authors')})")
    if one.date and not day.startswith(one.date):
        wrong.append(f"date {day!r} for {one.date} ({origins.get('date_published')})")
    wrong += [
        f"{name} without an origin"
        for name in ("title", "authors", "date_published")
        if record[name] and not origins.get(name)
    ]
    return wrong


def _list(value: object) -> list[dict[str, str]]:
    return value if isinstance(value, list) else []


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace(":", " ").split())
