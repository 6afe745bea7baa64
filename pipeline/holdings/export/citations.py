"""Documents for reference managers: BibTeX (with biblatex's fields), RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from scrapers.record import Record

ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "%": r"\%", "&": r"\&", "#": r"\#",
    "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
"""LaTeX's special characters. BibTeX counts braces, also after a backslash: a single one would spoil the whole file."""

NAMES_LIST = re.compile(r"\b(and|others)\b", re.IGNORECASE)
"""Words that BibTeX takes for the end of a name in a list of names."""

LATIN = re.compile(r"[^\W\d_]")


def bibtex(file: IO[bytes], _columns: Mapping[str, str], rows: Iterable[Record]) -> int:
    """Write an entry a document, keyed by its id, so that a later export has the same keys."""
    count = 0
    for row in rows:
        names = [_braced(name) for name in _names(row)]
        parts = date_parts(row["date_published"])
        fields = {
            "title": f"{{{_latex(row['title'])}}}" if row["title"] else None,
            "author": " and ".join(names),
            "date": row["date_published"],
            "year": str(parts[0]) if parts else None,
            "month": str(parts[1]) if len(parts) > 1 else None,
            "institution": _latex(row["publisher"]),
            **{name: _verbatim(row["identifiers"].get(name) or "") for name in ("doi", "isbn", "issn")},
            "langid": row["language"],
            "url": _verbatim(row["url"]),
            "urldate": row["retrieved_at"][:10],
            "abstract": _latex(row["description"]),
        }
        lines = [f"  {name} = {{{_line(value)}}}," for name, value in fields.items() if value]
        kind = "techreport" if row["media_type"] == "application/pdf" else "misc"
        file.write("\n".join([f"@{kind}{{ingest-{row['id']},", *lines, "}", "", ""]).encode())
        count += 1
    return count


def ris(file: IO[bytes], _columns: Mapping[str, str], rows: Iterable[Record]) -> int:
    """Write a record a document; the lines end as the format says."""
    count = 0
    for row in rows:
        date = (
            "/".join([*(row["date_published"] or "").split("-"), "", ""][:3]) + "/" if row["date_published"] else None
        )
        lines = [("TY", "RPRT" if row["media_type"] == "application/pdf" else "ELEC"), ("TI", row["title"])]
        for author in row["authors"]:
            lines.append(("AU", _inverted(author["name"], author["kind"])))
        lines += [("PY", (row["date_published"] or "")[:4]), ("DA", date), ("PB", row["publisher"])]
        lines += [("AB", row["description"]), ("DO", row["identifiers"].get("doi"))]
        lines += [("SN", row["identifiers"].get("isbn") or row["identifiers"].get("issn")), ("LA", row["language"])]
        lines += [
            ("UR", row["url"]),
            ("Y2", row["retrieved_at"][:10].replace("-", "/") + "/"),
            ("ID", str(row["id"])),
        ]
        text = "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n\r\n"
        file.write(text.encode())
        count += 1
    return count


def csl(file: IO[bytes], _columns: Mapping[str, str], rows: Iterable[Record]) -> int:
    """Write a list of items, one a line."""
    count = 0
    file.write(b"[")
    for row in rows:
        file.write(b",\n" if count else b"\n")
        file.write(json.dumps(csl_item(row), ensure_ascii=False).encode())
        count += 1
    file.write(b"\n]\n")
    return count


def csl_item(row: Record) -> dict[str, Any]:
    """Return a document as an item of CSL-JSON."""
    parts = date_parts(row["date_published"])
    item = {
        "id": f"ingest-{row['id']}",
        "type": "report" if row["media_type"] == "application/pdf" else "webpage",
        "title": row["title"],
        "author": [_csl_name(author) for author in row["authors"]],
        "issued": {"date-parts": [parts]} if parts else None,
        "accessed": {"date-parts": [date_parts(row["retrieved_at"][:10])]},
        "publisher": row["publisher"],
        "language": row["language"],
        "genre": row["kind"],
        "abstract": row["description"],
        "DOI": row["identifiers"].get("doi"),
        "ISBN": row["identifiers"].get("isbn"),
        "ISSN": row["identifiers"].get("issn"),
        "URL": row["url"],
        "source": row["source"],
    }
    return {name: value for name, value in item.items() if value}


def date_parts(date: str | None) -> list[int]:
    """Return year, month and day of a date, as many as it has."""
    return [int(part) for part in date.split("-")] if date else []


def _split(name: str, kind: str | None) -> tuple[str, str] | None:
    """Return family and given name of a person in Latin script, else None: other names stay whole, as written."""
    if kind != "person" or " " not in name.strip() or "," in name or NAMES_LIST.search(name):
        return None
    if not all("LATIN" in unicodedata.name(char, "") for char in LATIN.findall(name)):
        return None
    given, _, family = name.strip().rpartition(" ")
    return family, given


def _csl_name(author: Mapping[str, Any]) -> dict[str, str]:
    parts = _split(author["name"], author["kind"])
    return {"family": parts[0], "given": parts[1]} if parts else {"literal": author["name"]}


def _inverted(name: str, kind: str | None) -> str:
    parts = _split(name, kind)
    return f"{parts[0]}, {parts[1]}" if parts else name


def _names(row: Record) -> Sequence[tuple[str, str | None]]:
    return [(author["name"], author["kind"]) for author in row["authors"]]


def _braced(author: tuple[str, str | None]) -> str:
    name, kind = author
    parts = _split(name, kind)
    return f"{_latex(parts[0])}, {_latex(parts[1])}" if parts else f"{{{_latex(name)}}}"


def _latex(text: str | None) -> str:
    return "".join(ESCAPES.get(char, char) for char in text or "")


def _verbatim(text: str) -> str:
    """Return an address or identifier for a field that BibTeX's readers take as it stands, apart from braces."""
    return text.replace("{", "%7B").replace("}", "%7D")


def _line(text: str) -> str:
    return " ".join(text.split())
