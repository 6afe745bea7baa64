"""The help says of an option what it takes: a flag takes nothing."""

from __future__ import annotations

import pytest

from pipeline.commands import run_command_line


@pytest.mark.parametrize("command", ["run", "rerun", "search", "source remove", "archive prune", "db move", "add", ""])
def test_no_flag_seems_to_take_a_value(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run_command_line([*command.split(), "--help"]) == 0
    told = capsys.readouterr().out
    assert "--help" in told
    assert "bool" not in told.lower()
