"""Edits of a configuration file: one thing changes, everything else stays, and what is unclear is left to a person."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from models.errors import ConfigError
from pipeline.commands.configure.config_file import append_source, remove_source, set_key, with_key

BLOCK = '[sources.acme]\nstart = "https://acme.org/"\n'
TWO = """\
[http]
contact = ""   # whom they reach
# delay_seconds = 1.0

# the first
[sources.one]
start = "https://one.test/"
enabled = true

[sources.one.headers]
Accept = "text/html"

# the second
[sources.two]
start = ["https://two.test/",
  "https://two.test/more"]
"""


def test_a_block_is_appended_whole_and_the_rest_stays_as_it_is(tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    real.write_text("# mine\n[http]\ndelay_seconds = 2   # slow", "utf-8")
    real.chmod(0o640)
    link = tmp_path / "config.toml"
    link.symlink_to(real)
    append_source(link, "acme", BLOCK)
    assert real.read_text("utf-8") == (
        '# mine\n[http]\ndelay_seconds = 2   # slow\n\n[sources.acme]\nstart = "https://acme.org/"\n'
    )
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path)) == ["config.toml", "real.toml"]


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ('[sources.acme]\nstart = "https://acme.org/"\n', "already"),
        ("[sources\n", "cannot be edited"),
        ("sources = { }\n", "cannot be edited safely"),
    ],
)
def test_a_file_that_cannot_be_extended_is_left_alone(tmp_path: Path, before: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(before, "utf-8")
    with pytest.raises(ConfigError, match=said):
        append_source(path, "acme", BLOCK)
    assert path.read_text("utf-8") == before
    assert os.listdir(tmp_path) == ["config.toml"]


@pytest.mark.parametrize(
    ("text", "table", "key", "value", "line"),
    [
        (TWO, ("http",), "contact", "a@b.org", 'contact = "a@b.org" # whom they reach'),
        (TWO, ("sources", "one"), "enabled", False, "enabled = false"),
        (TWO, ("sources", "two"), "enabled", False, "enabled = false"),
        ("", ("http",), "contact", "a@b.org", 'contact = "a@b.org"'),
        ("[http]", ("http",), "contact", 'a"b@c', 'contact = "a\\"b@c"'),
        ("[http]\r\ncontact = 'x'\r\n", ("http",), "contact", "y", 'contact = "y"'),
    ],
)
def test_a_key_is_set_in_its_table(text: str, table: tuple[str, ...], key: str, value: str | bool, line: str) -> None:
    after = with_key(text, table, key, value)
    assert line in after.splitlines()
    held = tomllib.loads(after)
    for part in table:
        held = held[part]
    assert held[key] == value
    assert [line for line in text.splitlines() if line not in after.splitlines()] in ([], _lines_of(text, key))


def _lines_of(text: str, key: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(f"{key} =")]


def test_a_source_is_removed_with_its_tables_and_the_comments_of_the_next_stay(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(TWO, "utf-8")
    remove_source(path, "one")
    assert path.read_text("utf-8") == TWO[: TWO.index("# the first")] + TWO[TWO.index("# the second") :]
    remove_source(path, "two")
    assert tomllib.loads(path.read_text("utf-8")) == {"http": {"contact": ""}}


@pytest.mark.parametrize(
    "text",
    [
        'http = { contact = "" }\n',
        '[http]\n"contact" = ""\n',
        'http.contact = ""\n',
        '[http]\ncontact = """\n"""\n',
    ],
)
def test_what_cannot_be_edited_safely_is_said_with_what_to_write(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r'write `contact = "a@b.org"` under \[http\]'):
        set_key(path, ("http",), "contact", "a@b.org")
    assert path.read_text("utf-8") == text
