"""Divide lines that are too long for a terminal between words: addresses and commands can still be copied whole."""

from __future__ import annotations

import re

UNBROKEN = re.compile(r"`[^`\n]*`\S*|\S+")
"""What is never divided: a word, an address, a command between backquotes."""
COLUMNS = re.compile(r"\S {2,}\S")
"""Two spaces within a line: it is a row of a table, or a command behind its name, and stays as it is."""
FURTHER = "  "
"""How much further in the rest of a divided line stands."""


def wrapped(text: str, width: int | None) -> str:
    """Return a text whose prose has no line of more than `width` columns, as far as words allow.

    Args:
        text: Lines; what stands further in, stays so.
        width: Columns of the terminal; None where there is none: then the lines are as they were.
    """
    if width is None:
        return text
    return "\n".join(part for line in text.split("\n") for part in _parts(line, width))


def hanging(start: str, text: str, width: int | None) -> list[str]:
    """Return a text behind its start; where it is divided, further lines stand as far in as the first one's text."""
    if width is None or len(start) + len(text) <= width:
        return [start + text]
    return _divided(start, " " * len(start), text, width)


def _parts(line: str, width: int) -> list[str]:
    if len(line) <= width or COLUMNS.search(line):
        return [line]
    start = line[: len(line) - len(line.lstrip())]
    return _divided(start, start + FURTHER, line, width)


def _divided(first: str, further: str, text: str, width: int) -> list[str]:
    lines = [first]
    for word in UNBROKEN.findall(text):
        last = lines[-1]
        if last in (first, further):
            lines[-1] = last + word
        elif len(last) + 1 + len(word) <= width:
            lines[-1] = f"{last} {word}"
        else:
            lines.append(further + word)
    return lines
