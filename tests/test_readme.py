"""What the README and config.toml say is true: commands, options, keys, defaults, exit codes."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from models import errors
from pipeline.commands import parser
from pipeline.commands.configure.init import STARTER
from pipeline.commands.demo.expected import expected
from pipeline.config import Config, Source, load, parse
from pipeline.config.tables import Alert

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)


def blocks(kind: str) -> list[str]:
    return [text for name, text in BLOCKS if name == kind]


def commands() -> list[str]:
    """Return every `ingest ...` that the README shows, whatever stands before and behind it."""
    found = [line.partition("ingest ")[2] for text in blocks("console") for line in text.splitlines()]
    found += [
        line.partition("ingest ")[2] for line in README.splitlines() if re.match(r"(ExecStart=|\d+ \d+ \* )", line)
    ]
    found += re.findall(r"`ingest ([^`]+)`", README)
    return [re.sub(r"^.*?bin/ingest ", "", line).partition(" #")[0].strip() for line in found if line]


@pytest.mark.parametrize("line", commands())
def test_a_command_of_the_readme_exists_with_its_options(line: str) -> None:
    words = shlex.split(line.replace("...", ""))
    words = words[2:] if words[0] == "--config" else words
    command: Any = parser()
    while words and hasattr(command, "commands"):
        assert words[0] in command.commands, f"ingest {line}"
        command = command.commands[words.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_first_commands_find_what_the_demo_loaded() -> None:
    first = [line.partition(" #")[0] for line in blocks("console")[0].splitlines() if "--config demo" in line]
    words = [shlex.split(line.removeprefix("$ ")) for line in first]
    found, shown = ([line[-1] for line in words if line[3] == name] for name in ("search", "show"))
    documents = {document["canonical_url"]: document for document in expected()}
    assert set(shown) <= set(documents)
    assert all(any(word in document["title"].lower() for document in documents.values()) for word in found)
    assert found
    assert shown


def test_there_are_commands_to_check() -> None:
    assert len(commands()) >= 10


@pytest.mark.parametrize("text", blocks("toml"))
def test_a_configuration_of_the_readme_is_accepted(text: str) -> None:
    config = parse(tomllib.loads(text), ROOT, "README.md")
    assert config.sources
    assert all(len(table) <= 3 for table in tomllib.loads(text)["sources"].values())


def test_the_exit_codes_of_the_readme_are_those_of_the_errors() -> None:
    told = {int(code) for row in re.findall(r"^\| ([\d, ]+) \|", README, re.MULTILINE) for code in row.split(",")}
    raised = {
        kind.exit_code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.IngestError)
    }
    assert raised <= told
    assert told == {0, 1, 2, 3, 4, 75, 130, 143}


def test_the_two_commands_are_targets() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {"demo", "test"} <= set(targets)
    assert re.findall(r"^    make (\w+)", README, re.MULTILINE) == ["demo", "test"]


def test_the_shipped_configuration_works_as_it_is() -> None:
    config = load(ROOT / "config.toml", {})
    enabled = [name for name, source in config.sources.items() if source.enabled]
    assert enabled == ["business-humanrights"]


def test_what_init_writes_is_the_shipped_configuration_with_no_source_enabled() -> None:
    shipped = (ROOT / "config.toml").read_text("utf-8")
    one = 'file_hosts = ["media.business-humanrights.org"]\n'
    assert STARTER.read_text("utf-8") == shipped.replace(one, one + "enabled = false\n")
    assert not any(source.enabled for source in load(STARTER, {}).sources.values())


def test_each_key_that_is_commented_out_shows_its_default() -> None:
    text = (ROOT / "config.toml").read_text("utf-8")
    shown: dict[str, dict[str, Any]] = {}
    section = ""
    for line in text.splitlines():
        if header := re.match(r"(?:# )?\[(\w+)", line):
            section = header[1]
        elif default := re.match(r"# (\w+ = .*)", line):
            shown.setdefault(section, {}).update(tomllib.loads(default[1]))
    defaults = Config().model_dump()
    for name, keys in shown.items():
        if name == "alerts":
            continue  # an example
        for key, value in keys.items():
            held = defaults[name][key]
            if held is None:
                continue  # TOML cannot write that: an example is shown
            assert (list(held) if isinstance(held, tuple) else held) == value, f"{name}.{key}"
    assert sum(map(len, shown.values())) >= 10


def test_every_key_of_the_configuration_is_told() -> None:
    text = (ROOT / "config.toml").read_text("utf-8")
    for name, field in Config.model_fields.items():
        if name == "sources" or field.exclude:
            continue
        table = Alert if name == "alerts" else field.annotation
        assert isinstance(table, type)
        for key in table.model_fields:
            assert re.search(rf"^(# )?{key} = ", text, re.MULTILINE), f"config.toml does not tell of {name}.{key}"
    for key in Source.model_fields:
        assert re.search(rf"\b{key}\b", text), f"config.toml does not tell of sources.*.{key}"
