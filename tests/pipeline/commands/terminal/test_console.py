"""Nothing that a page says reaches the terminal as a control sequence, and JSON stays JSON."""

from __future__ import annotations

import json

import pytest

from pipeline.commands.terminal.console import plain, print_data, print_json, print_message

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
