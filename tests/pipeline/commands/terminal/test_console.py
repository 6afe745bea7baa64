"""Nothing that a page says reaches the terminal as a control sequence, and JSON stays JSON."""

from __future__ import annotations

import io
import json

import pytest

from pipeline.commands.terminal.console import plain, print_data, print_json, print_json_line, print_message

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
