"""Score the HTML reader on made pages: a document in the middle, others' titles, names and days around it.

    python -m tests.benchmarks.quality.made_pages [--pages 400] [--seed held-out] [--look] [--peer] [--wrong N]

By default the pages come from templates, and some of them are in languages, that nothing is trained or chosen on;
`--look` takes the other half. `--peer` adds trafilatura's row where it is installed. `--wrong` lists that many faults.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scrapers.base import Page, Rules
from scrapers.html.reader import read
from tests.benchmarks.quality.templates.page import Made, made

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a program says of a page."""

    title: str | None
    authors: tuple[str, ...]
    day: str | None
    body: str


def ours(page: Made) -> Reading:
    """Return what this reader says."""
    content = page.html.encode()
    digest = hashlib.sha256(content).hexdigest()
    found = read(Page(url=page.url, final_url=page.url, content=content, retrieved_at=NOW, sha256=digest), Rules())
    return Reading(
        title=found.title.value if found.title else None,
        authors=tuple(author.name for author in found.authors.value) if found.authors else (),
        day=found.date_published.value if found.date_published else None,
        body=found.body.value if found.body else "",
    )


def theirs(page: Made) -> Reading:
    """Return what trafilatura says with its defaults."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(page.html, url=page.url, with_metadata=True)
    told = found.as_dict() if found else {}
    names = [name.strip() for name in (told.get("author") or "").split(";")]
    return Reading(
        title=told.get("title"),
        authors=tuple(filter(None, names)),
        day=told.get("date"),
        body=told.get("text") or "",
    )


def plain(text: str) -> str:
    """Return a text as texts are compared: without white space and in lower case."""
    return "".join(text.split()).casefold()


def marks(page: Made, reading: Reading) -> dict[str, bool]:
    """Return what is right of a reading, by figure; figures that do not apply to the page are left out."""
    body = plain(reading.body)
    found = {
        "title": plain(reading.title or "") == plain(page.title),
        "body": all(plain(text) in body for text in page.paragraphs)
        and not any(plain(text) in body for text in page.foreign),
    }
    found["day" if page.day else "undated"] = reading.day == page.day
    names = {plain(name) for name in reading.authors}
    found["authors" if page.authors else "unsigned"] = names == {plain(name) for name in page.authors}
    return found


def table(rows: dict[str, dict[str, list[bool]]]) -> str:
    """Return the shares as a Markdown table: a row a system and group, a column a figure."""
    figures = ("title", "day", "undated", "authors", "unsigned", "body")
    lines = ["| pages | " + " | ".join(figures) + " |", "| --- |" + " --- |" * len(figures)]
    for name, told in rows.items():
        cells = [
            f"{sum(values) / len(values):.3f} ({len(values)})" if (values := told.get(figure)) else ""
            for figure in figures
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=400)
    options.add_argument("--seed", default="held-out")
    options.add_argument("--look", action="store_true", help="the half of the templates that may be looked at")
    options.add_argument("--peer", action="store_true")
    options.add_argument("--wrong", type=int, default=0)
    args = options.parse_args()

    systems: dict[str, Callable[[Made], Reading]] = {"this reader": ours}
    if args.peer:
        systems["trafilatura"] = theirs
    rows: dict[str, dict[str, list[bool]]] = {}
    wrong: list[str] = []
    for number in range(args.pages):
        page = made(number, seed=args.seed, unseen=not args.look)
        for system, run in systems.items():
            reading = run(page)
            for figure, right in marks(page, reading).items():
                groups = [system]
                if figure in ("day", "undated"):
                    groups.append(f"{system}, day by {page.dated}")
                elif figure in ("authors", "unsigned"):
                    groups.append(f"{system}, authors by {page.signed}")
                groups.append(f"{system}, {page.language}")
                for group in groups:
                    rows.setdefault(group, {}).setdefault(figure, []).append(right)
                if not right and system == "this reader":
                    wrong.append(
                        f"{number} {page.language} {figure} ({page.dated}, {page.signed}): {reading} not {page}"
                    )
    print(table(dict(sorted(rows.items()))))
    for line in wrong[: args.wrong]:
        print(line[:1500])


if __name__ == "__main__":
    main()
