"""Nothing that a page says reaches the terminal as a control sequence, and JSON stays JSON."""

from __future__ import annotations

import io
import json
import re

import pytest

from pipeline.commands.terminal.console import (
    plain,
    print_data,
    print_json,
    print_json_line,
    print_lines,
    print_message,
)

HOSTILE = "a\x1b[2Jb\u202ec\x07d\x9be\ud800f"


def test_controls_are_shown_and_not_sent(capsys: pytest.CaptureFixture[str]) -> None:
    print_data(HOSTILE)
    print_message(HOSTILE)
    told = capsys.readouterr()
    for text in told:
        assert text.rstrip("\n").isprintable()
        assert "\\x1b[2J" in text
    assert plain("line\nline\ttab é 漢") == "line\nline\ttab é 漢"


def test_json_with_controls_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"title": HOSTILE})
    out = capsys.readouterr().out
    assert out.rstrip("\n").isprintable()
    assert json.loads(out) == {"title": HOSTILE}


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "cp437"])
def test_letters_that_an_encoding_lacks_are_escaped(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    text = "café → 漢字 😀"
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr("sys.stdout", out)
    print_data(text)
    print_json({"title": text})
    print_json_line(json.dumps({"title": text}, ensure_ascii=False))
    out.seek(0)
    printed, *lines = out.read().splitlines()
    assert "\\u6f22\\u5b57 \\U0001f600" in printed
    assert [json.loads(line) for line in lines] == [{"title": text}] * 2


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


TOLD = "acme: HELD BACK, since title was found on 2 of 12 new pages, before on 300 of 300"


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_terminal_gets_the_same_words_with_colours_or_without(monkeypatch: pytest.MonkeyPatch, no_color: str) -> None:
    out = Terminal()
    monkeypatch.setattr("sys.stdout", out)
    for name, value in {"NO_COLOR": no_color, "COLUMNS": "40", "TERM": "xterm-256color"}.items():
        monkeypatch.setenv(name, value)
    print_lines(TOLD, {"HELD BACK": "bold color(196)"})
    printed = out.getvalue()
    assert ("\x1b[" in printed) is (not no_color)
    lines = re.sub(r"\x1b\[[\d;]*m", "", printed).splitlines()
    assert max(map(len, lines)) <= 40
    assert " ".join(" ".join(lines).split()) == TOLD


def test_what_is_no_terminal_gets_whole_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    print_lines(TOLD, {"HELD BACK": "bold color(196)"})
    assert capsys.readouterr().out == TOLD + "\n"
