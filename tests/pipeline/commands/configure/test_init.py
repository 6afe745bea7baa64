"""`ingest init`, and what is said where no configuration or no contact is there."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from pipeline.cli import missing
from pipeline.config import load
from tests.pipeline.workplace import INGEST, Workplace


def test_init_writes_a_configuration_with_the_contact_given(tmp_path: Path) -> None:
    place = Workplace(tmp_path)
    said = place.ingest("init", "--contact", "you@example.org").stderr
    assert "no source is enabled" in said
    assert "ingest add " in said
    config = load(place.config, {})
    assert config.http.contact == "you@example.org"
    assert config.chosen([]) == {}


def test_a_configuration_that_is_there_is_left_alone_but_for_the_contact(tmp_path: Path) -> None:
    place = Workplace(tmp_path)
    assert "init --contact you@example.org" in place.ingest("init").stderr
    before = place.config.read_text("utf-8")
    assert "is there already" in place.ingest("init", code=2).stderr
    assert place.config.read_text("utf-8") == before
    place.ingest("init", "--contact", "https://example.org/us")
    changed = set(place.config.read_text("utf-8").splitlines()) - set(before.splitlines())
    assert [line.partition("#")[0].strip() for line in changed] == ['contact = "https://example.org/us"']


def test_a_wrong_contact_writes_nothing(tmp_path: Path) -> None:
    place = Workplace(tmp_path)
    assert "http.contact: must be an e-mail address" in place.ingest("init", "--contact", "me", code=2).stderr
    assert not place.config.exists()


def test_a_person_at_a_terminal_is_asked_until_the_answer_is_right(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = subprocess.Popen([*INGEST, "init"], cwd=tmp_path, stdin=theirs, stderr=theirs, stdout=theirs)
    os.close(theirs)
    os.write(ours, b"nobody\nyou@example.org\n")
    code = command.wait(30)
    assert code == 0, os.read(ours, 10_000)
    os.close(ours)
    assert load(tmp_path / "config.toml", {}).http.contact == "you@example.org"


def test_a_missing_file_or_contact_is_said_with_the_command_that_mends_it(tmp_path: Path) -> None:
    place = Workplace(tmp_path)
    assert "config.toml: there is no such file; `ingest init` writes one" in place.ingest("status", code=2).stderr
    place.config.write_text('[sources.acme]\nstart = "https://acme.example/"\n', "utf-8")
    for arguments in (("run",), ("check",), ("add", "https://acme.example/library")):
        said = place.ingest(*arguments, code=2).stderr
        assert "config.toml: http.contact is needed" in said
        assert "ingest init --contact you@example.org" in said


@pytest.mark.parametrize(
    ("version", "platform", "said"),
    [
        ((3, 10), "linux", "needs Python 3.11 or later, and this is 3.10"),
        ((3, 12), "win32", "WSL"),
        ((3, 11), "linux", None),
        ((3, 14), "darwin", None),
    ],
)
def test_what_a_machine_lacks_is_said_first(version: tuple[int, ...], platform: str, said: str | None) -> None:
    found = missing(version, platform)
    assert found is None if said is None else said in (found or "")
