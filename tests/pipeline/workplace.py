"""A folder with a configuration, and the command `ingest` run in it: in a fork of a warm process, or as a user does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.crash.launcher import Started, shared

INGEST = (sys.executable, "-m", "pipeline.cli")
SECONDS = 120
"""After which a command is taken to hang."""


def toml(tables: Mapping[str, Any]) -> str:
    """Write tables of strings, numbers, lists and flat inline tables; `sources` holds a table each."""
    lines = []
    for name, table in tables.items():
        if name == "sources":
            for source, keys in table.items():
                lines += [f"[sources.{source}]", *(f"{key} = {value(item)}" for key, item in keys.items())]
        else:
            lines += [f"[{name}]", *(f"{key} = {value(item)}" for key, item in table.items())]
    return "\n".join(lines) + "\n"


def value(item: Any) -> str:
    if isinstance(item, Mapping):
        return "{ " + ", ".join(f"{json.dumps(key)} = {value(part)}" for key, part in item.items()) + " }"
    return json.dumps(list(item) if isinstance(item, tuple) else item)


class Workplace:
    """A user's folder."""

    def __init__(self, folder: Path, tables: Mapping[str, Any] | None = None) -> None:
        self.folder = folder
        self.config = folder / "config.toml"
        if tables is not None:
            self.config.write_text(toml(tables), "utf-8")
        self.environment = {**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "120"}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the command as a user would, in a process of its own."""
        return subprocess.Popen(
            [*INGEST, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def beside(self, *arguments: str, **how: Any) -> Started:
        """Start the command beside the test, in a fork of the warm process; `how` as `Launcher.start` takes it."""
        return shared().start(self.folder, *arguments, **how)

    def ingest(self, *arguments: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Run the command to its end, and return what it printed; `code` is what it must end with."""
        done = shared().run(self.folder, *arguments, kill_after=SECONDS)
        told = f"ingest {' '.join(arguments)}: {done.code}\n{done.out}\n{done.err}"
        assert not done.killed, told
        assert code is None or done.code == code, told
        return subprocess.CompletedProcess(arguments, done.code, done.out, done.err)

    def documents(self) -> list[dict[str, Any]]:
        """Return the export without what differs between two stores of equal content."""
        self.ingest("export", "export.jsonl", "--quiet")
        return [
            {key: item for key, item in json.loads(line).items() if key not in ("id", "retrieved_at", "first_seen_at")}
            for line in lines(self.folder / "export.jsonl")
        ]

    def failures(self) -> list[dict[str, Any]]:
        self.ingest("export", "failures.jsonl", "--failures", "--quiet")
        return [json.loads(line) for line in lines(self.folder / "failures.jsonl")]


def lines(path: Path) -> list[str]:
    """Return a file's lines; a line separator within a text ends none."""
    return [line for line in path.read_text("utf-8").split("\n") if line]
