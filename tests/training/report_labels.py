"""Labelled PDFs: what is known of each, and whether a value that was read of it is right."""

from __future__ import annotations

import difflib
import json
import pickle
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.errors import UnreadablePdf
from scrapers.base import Page, Rules
from scrapers.pdf.fields.front import Front
from scrapers.pdf.reader import front_of
from scrapers.values.authors import kind_of
from tests.pdfs.layouts import KINDS, paper
from tests.pdfs.occasions import occasions
from tests.pdfs.reports import reports

MADE = 8
"""Papers of each made kind."""

PAPER_WEIGHT = 2
"""How often each of them counts."""

FETCHED = datetime(2026, 12, 1, tzinfo=UTC)
"""The day on which the files count as fetched, always the same: no day after it is a file's, so it bears on what is
learned."""

RULES = Rules(tables=False, ocr="off")
"""Only printed text is learned from: what OCR reads depends on the machine, and reading it takes hours."""

WEIGHT = 8
"""How often each of the made reports counts: there is one of its kind, and it must be read right."""

Label = Mapping[str, Any]


@dataclass(frozen=True)
class Document:
    """A file's front, and what is known of it."""

    label: Label
    front: Front
    weight: int = 1
    """How often it counts."""


def fold(text: str | None) -> str:
    """Return a text as it is compared: words without accents, case and punctuation."""
    plain = unicodedata.normalize("NFKD", (text or "").casefold().replace("ı", "i"))
    return " ".join(re.sub(r"[^\w]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).split())


def alike(given: str, right: str, share: float = 0.85) -> bool:
    """Return whether two folded texts differ in little."""
    return given == right or difflib.SequenceMatcher(None, given, right).ratio() >= share


def flat(values: Iterable[Any] | None) -> list[str]:
    """Return names that are listed or listed in lists."""
    return [name for value in values or () for name in (value if isinstance(value, list) else [value])]


def same_person(given: str, right: str) -> bool:
    """Return whether a name is that of a person, titles and the order of its words aside."""
    a, b = fold(given), fold(right)
    if not a or not b:
        return False
    return alike(a, b) or sorted(a.split()) == sorted(b.split()) or f" {b} " in f" {a} " or f" {a} " in f" {b} "


def same_body(given: str, right: str) -> bool:
    """Return whether a name is that of an organisation, or most of it."""
    a, b = fold(given), fold(right)
    if not a or not b:
        return False
    if alike(a, b, 0.82) or (len(a) > 2 and a == "".join(word[0] for word in b.split())):
        return True
    return (f" {b} " in f" {a} " and len(a) < 1.5 * len(b) + 4) or (f" {a} " in f" {b} " and len(a) > 0.5 * len(b))


def same_date(given: str, label: Label) -> bool:
    """Return whether a date is the labelled one or finer, or an accepted other one."""
    wanted = [label.get("date"), *(label.get("date_alt") or ())]
    return any(want and (given == want or given.startswith(f"{want}-")) for want in wanted)


def titles_of(label: Label) -> list[str]:
    """Return the wordings of the title that are right, folded."""
    main = [label["title"], *(label.get("title_alt") or ())] if label.get("title") else []
    return [fold(text) for text in main + [f"{text} {label['subtitle']}" for text in main if label.get("subtitle")]]


def page_of(content: bytes, name: str) -> Page:
    """Return a file as it would have been fetched on `FETCHED`."""
    url = f"https://example.org/{name}.pdf"
    return Page(url=url, final_url=url, media_type="application/pdf", content=content, retrieved_at=FETCHED, sha256="")


def read_labels(path: Path) -> list[Label]:
    """Return the labels of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def file_of(label: Label, folder: Path) -> Path:
    """Return where a labelled file is: `<id>.pdf`, or `<the first 16 digits of its SHA-256>.pdf`.

    Raise FileNotFoundError where the folder has neither.
    """
    names = [f"{label['id']}.pdf", *([f"{label['sha256'][:16]}.pdf"] if label.get("sha256") else [])]
    found = next((folder / name for name in names if (folder / name).exists()), None)
    if found is None:
        raise FileNotFoundError(
            f"{folder} has no {' and no '.join(names)}, which the labels name: add the file, or remove its label"
        )
    return found


def read_front(label: Label, folder: Path, cache: Path | None) -> Front | None:
    """Return a labelled file's front, None where it has no text."""
    kept = cache / f"{label['id']}.pickle" if cache else None
    if kept and kept.exists():
        front: Front | None = pickle.loads(kept.read_bytes())
        return front
    try:
        front = front_of(page_of(file_of(label, folder).read_bytes(), "file"), RULES)
    except UnreadablePdf:
        front = None
    if kept:
        kept.write_bytes(pickle.dumps(front))
    return front


def made_documents() -> list[Document]:
    """Return the papers that the tests make."""
    found = []
    for kind in KINDS:
        for number in range(MADE):
            one = paper(kind, number)
            label = {
                "id": f"{kind} {number}",
                "title": one.title,
                "authors": one.people,
                "orgs": [one.organisation] if one.organisation else [],
                "date": one.date,
                "kind": kind,
            }
            found.append(Document(label, front_of(page_of(one.content, kind), RULES), PAPER_WEIGHT))
    for name, report in {**reports(), **occasions()}.items():
        bodies = [author for author in report.authors if kind_of(author) == "organisation"]
        label = {
            "id": name,
            "title": report.title,
            "authors": list(report.authors),
            "orgs": bodies,
            "date": report.date,
        }
        found.append(Document(label, front_of(page_of(report.content, name), RULES), WEIGHT))
    return found
