"""Append a source to the configuration, whole or not at all."""

from __future__ import annotations

import tomllib
from pathlib import Path

from models.errors import ConfigError
from models.whole_file import whole_file
from pipeline.config import parse


def append(path: Path, name: str, text: str) -> None:
    """Append a block to a configuration; raises ConfigError for a name that it has already."""
    path = path.resolve()
    try:
        before = path.read_bytes().decode("utf-8")
        if name in tomllib.loads(before).get("sources", {}):
            raise ConfigError(f"{path}: there is a source {name!r} already; choose another with --name, or edit it")
        after = before + ("" if not before or before.endswith("\n") else "\n") + ("\n" if before else "") + text
        parse(tomllib.loads(after), path.parent, str(path))  # the result must be a valid configuration
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be extended: {error}") from error
    try:
        with whole_file(path) as part:
            part.write_text(after, "utf-8", newline="")
            part.chmod(mode & 0o7777)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error}") from error
