"""Documents as a folder of Markdown files with front matter, in one .zip: for note programs and language models."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import IO, Any

from scrapers.record import Record

MARKS = re.compile(r"^(\s*)([#>+=-]|\d+[.)])", re.MULTILINE)
"""What begins a heading, a quotation, a list or a rule in Markdown."""
FRONT = (
    "title", "authors", "date_published", "date_modified", "language", "kind", "publisher", "description",
    "identifiers", "url", "source", "media_type", "status", "retrieved_at", "first_seen_at",
)  # fmt: skip


def markdown(file: IO[bytes], _columns: Mapping[str, str], rows: Iterable[Record]) -> int:
    """Write a file a document, named by its id and title: front matter in YAML, the title, the text."""
    count = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in rows:
            # With a fixed time, equal documents make equal files.
            entry = zipfile.ZipInfo(f"documents/{row['id']:07}-{_name(row['title'])}.md", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, _page(row).encode("utf-8", "replace"))
            count += 1
    return count


def _page(row: Record) -> str:
    front = "".join(f"{name}: {_yaml(row[name])}\n" for name in FRONT if row[name] not in (None, [], {}))
    title = " ".join((row["title"] or "").split())
    # The text is plain: what would be Markdown by chance is escaped at the beginnings of lines, where it matters.
    text = MARKS.sub(r"\1\\\2", row["body"] or "")
    return f"---\n{front}---\n\n" + (f"# {title}\n\n" if title else "") + (f"{text}\n" if text else "")


def _yaml(value: Any) -> str:
    """Return a value in YAML, of which JSON is a part; characters that YAML does not allow are written as escapes."""
    if isinstance(value, list):
        value = [item["name"] if isinstance(item, dict) else item for item in value]
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]", lambda char: f"\\u{ord(char[0]):04x}", text)


def _name(title: str | None) -> str:
    """Return a title as part of a file's name, which every system allows."""
    name = "-".join(re.findall(r"[^\W_]+", (title or "").lower()))
    return name.encode("utf-8", "ignore")[:80].decode("utf-8", "ignore").strip("-") or "untitled"
