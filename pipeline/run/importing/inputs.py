"""What the argument of `ingest import` names: WARC files, saved pages, or a list of addresses."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from models.errors import ConfigError
from scrapers.values.addresses import canonical

WARC = re.compile(r"\.warc(?:\.gz|\.zst|\.zstd)?(?:\.open)?\Z", re.IGNORECASE)
ARC = re.compile(r"\.arc(?:\.gz)?\Z", re.IGNORECASE)
"""The format before WARC, which is not read."""
LIST = re.compile(r"\.(?:csv|tsv|jsonl|ndjson)\Z", re.IGNORECASE)
BESIDE = (".url", ".warc.cdx", ".cdx", ".cdxj", ".ds_store", ".tmp", ".part")
"""Suffixes of files that are not saved pages but stand beside them."""
RESTORED = ".restored"
"""What the files of a lost store are called behind their names, once they are archived anew."""
OF_ARCHIVE = (".lock", ".holder", ".uncommitted", RESTORED, "alerts.json")
"""The same of what stands beside the files of our own archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file to import."""

    path: Path
    name: str
    """Its name in provenance: its path in the given folder, which begins with the folder's name."""
    kind: Literal["warc", "saved"]


def inputs(path: Path) -> list[Input]:
    """Return the files of an argument in order; raises ConfigError where there is none."""
    if path.is_dir():
        folder = Path(os.path.abspath(path))  # of `.` and `..` too
        found = [
            Input(
                path=file,
                name=Path(folder.name, file.relative_to(path)).as_posix(),
                kind="warc" if WARC.search(file.name) else "saved",
            )
            for file in sorted(path.rglob("*"))
            if file.is_file()
            and not file.name.startswith(".")
            and not file.name.lower().endswith((*BESIDE, *OF_ARCHIVE))
        ]
        if not found:
            raise ConfigError(f"{path}: the folder holds no files")
        for item in found:
            _check_not_arc(item.path)
        return found
    if not path.is_file():
        raise ConfigError(f"{path}: there is no such file or folder")
    _check_not_arc(path)
    return [Input(path=path, name=path.name, kind="warc" if _is_warc(path) else "saved")]


def _check_not_arc(path: Path) -> None:
    with path.open("rb") as file:
        is_arc = ARC.search(path.name) or file.read(11) == b"filedesc://"
    if is_arc:
        stem = re.sub(r"\.arc(\.gz)?$", "", path.name, flags=re.IGNORECASE)
        raise ConfigError(
            f"{path}: an ARC file, the format before WARC, is not read; make a WARC file of it first, "
            f"for instance with `warcio recompress {path.name} {stem}.warc.gz`"
        )


def is_list(path: Path) -> bool:
    """Return whether an argument is a list of addresses."""
    return path.is_file() and LIST.search(path.name) is not None


def source_name(path: Path) -> str:
    """Return the default name of the source: `import-` and the file's name, in the characters that a name may have."""
    stem = LIST.sub("", WARC.sub("", path.absolute().name))
    words = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-")
    return f"import-{words or 'files'}"[:64].rstrip("-")


def addresses(path: Path) -> list[str]:
    """Return the addresses of a list, each once, in order; raises ConfigError that names the line of a wrong one."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = _json_rows(file) if path.suffix.lower() in (".jsonl", ".ndjson") else _table_rows(file, path)
            found: dict[str, None] = {}
            for line, text in rows:
                try:
                    found[canonical(text)] = None
                except ValueError:
                    raise ConfigError(f"{path}, line {line}: {text[:100]!r} is no http(s) address") from None
    except (OSError, UnicodeDecodeError, csv.Error, json.JSONDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    if not found:
        raise ConfigError(f"{path}: the list holds no address")
    return list(found)


def _json_rows(file: Any) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(file, 1):
        if line.strip():
            item = json.loads(line)
            yield number, str(item.get("url", "") if isinstance(item, dict) else item)


def _table_rows(file: Any, path: Path) -> Iterator[tuple[int, str]]:
    """Yield the column that is headed `url`, else the first one that holds an address."""
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    column: int | None = None
    reader = csv.reader(file, delimiter=delimiter)
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if column is None:
            heads = [cell.lower() for cell in cells]
            named = next((heads.index(name) for name in ("url", "address", "link", "href") if name in heads), None)
            if named is not None:
                column = named
                continue
            column = next((n for n, cell in enumerate(heads) if cell.startswith(("http://", "https://"))), None)
            if column is None:
                raise ConfigError(f"{path}: no column is headed `url`, and the first line holds no address")
        if column < len(cells) and cells[column]:
            yield reader.line_num, cells[column]


def _is_warc(path: Path) -> bool:
    """Return whether a file is a WARC, by its name or, whatever it is called, its first bytes."""
    if WARC.search(path.name):
        return True
    with path.open("rb") as file:
        head = file.read(1024)
    if head[:3] == b"\x1f\x8b\x08":
        import zlib

        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 5)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")
