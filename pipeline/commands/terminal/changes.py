"""Print what a rerun would change: old and new value of each field of each document."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pipeline.commands.terminal.colours import BAD, GOOD
from pipeline.commands.terminal.console import plain, print_json_line, print_lines, terminal_width
from pipeline.commands.terminal.wrapping import hanging
from pipeline.holdings.difference import Change, Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


SHOWN = 200
"""Characters of a value that are shown; on a narrow terminal two lines of it."""


COLOURS = {r"\A    -": BAD, r"\A    \+": GOOD}
BEFORE = 40
"""How many of these precede the first difference."""


def print_differences(changes: Callable[[], Iterator[Change]], *, as_json: bool) -> None:
    """Print a summary of each field, then each change: document, field, old and new value with their origins."""
    if as_json:
        for change in changes():
            print_json_line(json.dumps(asdict(change), ensure_ascii=False))
        return
    counts = Summary()
    for change in changes():  # read twice, so that only one batch is in memory
        counts.add(change)
    documents = len(counts.documents)
    print_lines(f"{documents} document{'' if documents == 1 else 's'} would differ")
    for field, gained, lost, changed in counts.rows():
        print_lines(f"  {field:16} {gained:6} gained {lost:6} lost {changed:6} changed")
    url = None
    for change in changes():
        if change.url != url:
            url = change.url
            print_lines(f"\n{url}")
        _print_change(change)


def print_changes(changes: list[Change], *, as_json: bool) -> None:
    """Print what differs between two revisions of one document."""
    if not as_json and not changes:
        print_lines("the two revisions say the same")
    for change in changes:
        if as_json:
            print_json_line(json.dumps(asdict(change), ensure_ascii=False))
        else:
            _print_change(change)


def _print_change(change: Change) -> None:
    old, new = _text(change.old), _text(change.new)
    same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    print_lines(f"  {change.field}")
    for sign, text, origin in (("-", old, change.old_origin), ("+", new, change.new_origin)):
        value = _shown(text, same) + (f"   [{origin}]" if origin else "")
        print_lines("\n".join(hanging(f"    {sign} ", value, terminal_width())), COLOURS)


def _text(value: Any) -> str:
    if value is None:
        return "(none)"
    return plain(", ".join(map(str, value)) if isinstance(value, list) else str(value)).replace("\n", " ")


def _shown(text: str, same: int) -> str:
    """Return a text; of a long one, the part around the first difference."""
    most = min(SHOWN, 2 * (terminal_width() or SHOWN))
    if len(text) <= most:
        return text
    start = max(0, min(same - BEFORE, len(text) - most))
    end = "…" if start + most < len(text) else ""
    return f"{'…' if start else ''}{text[start : start + most]}{end} ({len(text)} characters)"
