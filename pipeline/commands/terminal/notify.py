"""Report a run: to a file, and to a configured command when something is wrong."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from models.errors import ConfigError
from models.whole_file import whole_file
from pipeline.commands.terminal.console import print_message

SECONDS = 60
"""How long the command may take."""


def write_report(path: Path, report: dict[str, Any]) -> None:
    """Write the report, whole or not at all; raises ConfigError where the file cannot be written."""
    try:
        with whole_file(path, wait=True) as part:
            part.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as error:
        raise ConfigError(f"--report {path}: cannot be written: {error.strerror}") from error


def notify(command: tuple[str, ...], report: dict[str, Any]) -> None:
    """Run the configured command with the report on its stdin; if it fails, that is printed and nothing else."""
    if not command:
        return
    try:
        done = subprocess.run(
            command, input=json.dumps(report).encode("ascii"), capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print_message(f"notify.command: {error}")
        return
    if done.returncode:
        said = done.stderr.decode("utf-8", "backslashreplace").strip()[:500]
        print_message(f"notify.command: {command[0]} ended with {done.returncode}: {said}")
