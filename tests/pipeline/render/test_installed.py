from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.render.installed import chromium, missing


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_smallest_chromium_on_the_path_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium() is None
    large = program(tmp_path, "chromium")
    assert chromium() == large
    small = program(tmp_path, "chromium-headless-shell")
    assert chromium() == small
    assert chromium(str(large)) == large
    assert missing() is None


def test_what_is_missing_is_said_with_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert missing() == "no Chromium is installed: apt-get install chromium-headless-shell"
    assert missing("/opt/gone") == "render.chromium: '/opt/gone' is no program that can be run"
    monkeypatch.setattr("pipeline.render.installed.find_spec", lambda name: None)
    assert missing() == "the package playwright is not installed: pip install 'resource-centre-ingest[browser]'"
