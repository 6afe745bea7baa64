"""Data to stdout, messages to stderr; no text of a page reaches the terminal as a control sequence."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from models.errors import OutputError
from pipeline.commands.terminal.wrapping import wrapped

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""C0 and C1 controls but tab and line feed, bidirectional overrides, lone surrogates."""


NONE: Mapping[str, str] = {}
USUAL = 80
"""Columns of a terminal that does not say how many it has."""


def plain(text: object) -> str:
    """Return a text with control characters and bidirectional overrides as visible escapes."""
    return CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", str(text))


def open_streams() -> None:
    """Make stdout and stderr take every letter, as visible escapes where need be; a closed one takes all and is silent.

    Others print as well: the help, the bars of a run.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        getattr(sys, name).reconfigure(errors="backslashreplace")


def close_streams() -> None:
    """Drop what cannot be written: Python would try again at its end, complain, and change the exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def writing() -> Iterator[None]:
    """Raise OutputError where stdout cannot be written to; the end of a pipe's reader passes as BrokenPipeError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"what is printed cannot be written: {error.strerror}; print it elsewhere") from error


def flush_data() -> None:
    """Write out what was printed to stdout; raises OutputError."""
    with writing():
        sys.stdout.flush()


def print_message(text: object, colours: Mapping[str, str] = NONE) -> None:
    """Print a message to stderr, as `print_lines` does to stdout.

    Where stderr cannot be written to, what is under way goes on all the same.
    """
    with suppress(OSError):
        _print_lines(text, colours, sys.stderr)


def print_data(text: object = "") -> None:
    """Print data to stdout; letters that its encoding lacks become visible escapes."""
    with writing():
        print(_encodable(plain(text), sys.stdout))


def print_bytes(content: bytes) -> None:
    """Print bytes to stdout as they are."""
    with writing():
        sys.stdout.buffer.write(content)


def print_lines(text: object, colours: Mapping[str, str] = NONE) -> None:
    """Print lines to stdout for people.

    On a terminal, they are divided between words, and what matches a pattern has its colour (unless `NO_COLOR` is set).
    """
    with writing():
        _print_lines(text, colours, sys.stdout)


def _print_lines(text: object, colours: Mapping[str, str], stream: TextIO) -> None:
    lines = _encodable(wrapped(plain(text), terminal_width(stream)), stream)
    if not colours or not stream.isatty() or os.environ.get("NO_COLOR"):
        print(lines, file=stream)
        return
    from rich.console import Console
    from rich.text import Text

    coloured = Text(lines)
    for pattern, style in colours.items():
        coloured.highlight_regex(pattern, style)
    Console(file=stream, soft_wrap=True, highlight=False).print(coloured)


def terminal_width(stream: TextIO | None = None) -> int | None:
    """Return the columns of the terminal that a stream, by default stdout, is; None where it is none."""
    stream = stream or sys.stdout
    if not stream.isatty():
        return None
    try:
        return int(os.environ.get("COLUMNS", "0")) or os.get_terminal_size(stream.fileno()).columns or USUAL
    except (OSError, ValueError):
        return USUAL


def ask(question: str, fault: Callable[[str], str | None]) -> str | None:
    """Return a person's answer, asked again while `fault` finds one; None where nobody sits at the terminal."""
    if not sys.stdin.isatty() or not sys.stderr.isatty():
        return None
    while True:
        print(question, end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            return None
        if not (found := fault(line.strip())):
            return line.strip()
        print_message(found)


def print_json(data: Any) -> None:
    """Print data to stdout as JSON: one line when another program reads it, indented for a person."""
    text = json.dumps(data, ensure_ascii=not _is_utf8(), indent=2 if sys.stdout.isatty() else None, default=str)
    print_json_line(text)


def print_json_line(text: str) -> None:
    """Print JSON to stdout; controls within its strings become JSON's own escapes."""
    text = CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    if not _is_utf8():  # JSON has escapes of its own for what another encoding lacks
        text = re.sub(r"[^\x00-\x7f]", lambda match: json.dumps(match[0])[1:-1], text)
    with writing():
        print(text, flush=True)


def _is_utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _encodable(text: str, stream: TextIO) -> str:
    """Return a text with escapes for the letters that the stream's encoding lacks."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
