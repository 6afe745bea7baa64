"""Edit a configuration file, whole or not at all; comments and everything else in it stay as they are.

Each edit is made on the text and then checked: the file must say what it said before, apart from the one thing that was
to change. If it does not (an inline table, a key in quotes), the file is left alone and a person is asked to edit it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from models.errors import ConfigError
from models.whole_file import whole_file
from pipeline.config import parse

Tables = dict[str, Any]


def append_source(path: Path, name: str, block: str) -> None:
    """Append the block of a source; raises ConfigError for a name that the file has already."""

    def edit(before: str) -> str:
        if name in tomllib.loads(before).get("sources", {}):
            raise ConfigError(f"{path}: there is a source {name!r} already; choose another with --name, or edit it")
        return before + ("" if not before or before.endswith("\n") else "\n") + ("\n" if before else "") + block

    def expected(tables: Tables) -> None:
        tables.setdefault("sources", {})[name] = tomllib.loads(block)["sources"][name]

    _edit(path, edit, expected, f"add to it:\n{block}")


def set_key(path: Path, table: tuple[str, ...], key: str, value: str | bool) -> None:
    """Set a key of a table that may be missing; raises ConfigError."""

    def expected(tables: Tables) -> None:
        for part in table:
            tables = tables.setdefault(part, {})
        tables[key] = value

    by_hand = f"write `{key} = {_toml(value)}` under [{'.'.join(table)}]"
    _edit(path, lambda before: with_key(before, table, key, value), expected, by_hand)


def with_key(text: str, table: tuple[str, ...], key: str, value: str | bool) -> str:
    """Return the text of a configuration with a key set; the comment behind the value keeps its column."""
    line = f"{key} = {_toml(value)}"
    lines = text.splitlines(keepends=True)
    start = next((number for number, found in enumerate(lines) if _header(found) == table), None)
    if start is None:
        return f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}\n[{'.'.join(table)}]\n{line}\n"
    end = next((n for n in range(start + 1, len(lines)) if _header(lines[n]) is not None), len(lines))
    held = re.compile(rf"""\s*{re.escape(key)}\s*=\s*("[^"\\]*"|'[^']*'|true|false)\s*?( *)(?=#|[\r\n]|$)""")
    for number in range(start + 1, end):
        if found := held.match(lines[number]):
            rest = lines[number][found.end() :]
            room = max(1, found.end() - len(line)) if rest.startswith("#") else 0
            lines[number] = line + " " * room + rest
            return "".join(lines)
    if not lines[start].endswith("\n"):
        lines[start] += "\n"
    lines.insert(start + 1, line + "\n")
    return "".join(lines)


def remove_source(path: Path, name: str) -> None:
    """Remove the block of a source with its sub-tables; raises ConfigError."""

    def expected(tables: Tables) -> None:
        tables.get("sources", {}).pop(name, None)
        if not tables.get("sources"):
            tables.pop("sources", None)

    _edit(path, lambda before: _without(before, name), expected, f"remove [sources.{name}]")


def _without(text: str, source: str) -> str:
    """Return the text without a source's tables and the comments directly above and in them."""
    lines = text.splitlines(keepends=True)
    headers = [number for number, line in enumerate(lines) if _header(line) is not None]
    dropped: set[int] = set()
    for start, end in zip(headers, [*headers[1:], len(lines)], strict=True):
        if (_header(lines[start]) or ())[:2] != ("sources", source):
            continue
        last = max(n for n in range(start, end) if lines[n].strip() and not lines[n].lstrip().startswith("#"))
        while start and lines[start - 1].startswith("#"):
            start -= 1
        while last + 1 < end and lines[last + 1].startswith("#"):
            last += 1
        while last + 1 < end and not lines[last + 1].strip():
            last += 1
        dropped |= set(range(start, last + 1))
    return "".join(line for number, line in enumerate(lines) if number not in dropped).rstrip("\n") + "\n"


def _edit(path: Path, edit: Callable[[str], str], expected: Callable[[Tables], None], by_hand: str) -> None:
    """Replace the file's text by `edit(text)`, if the result says what `expected` makes of the old tables."""
    name, path = str(path), path.resolve()
    try:
        before = path.read_bytes().decode("utf-8")
        tables = tomllib.loads(before)
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{name}: cannot be edited: {error}") from error
    after = edit(before)
    wanted = deepcopy(tables)
    expected(wanted)
    try:
        found = tomllib.loads(after)
    except tomllib.TOMLDecodeError:
        found = None
    if found != wanted:
        raise ConfigError(f"{name}: is written in a way that cannot be edited safely; {by_hand}")
    parse(deepcopy(wanted), path.parent, name)  # the result must be a valid configuration
    try:
        with whole_file(path) as part:
            part.write_text(after, "utf-8", newline="")
            part.chmod(mode & 0o7777)
    except OSError as error:
        raise ConfigError(f"{name}: cannot be written: {error.strerror or error}") from error


def _header(line: str) -> tuple[str, ...] | None:
    """Return the parts of a table's header, or None for another line."""
    match = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(#.*)?$", line.rstrip("\r\n"))
    return tuple(part.strip().strip("\"'") for part in match[1].split(".")) if match else None


def _toml(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
