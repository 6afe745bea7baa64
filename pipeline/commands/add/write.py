"""Appending a source to the configuration: whole or not at all."""

from __future__ import annotations

import os
import tempfile
import tomllib
from pathlib import Path

from models.errors import ConfigError
from pipeline.config import parse


def append(path: Path, name: str, text: str) -> None:
    """Append a block to a configuration by way of a temporary file; refuses a name that it has already."""
    path = path.resolve()  # a link stays one
    try:
        before = path.read_bytes().decode("utf-8")
        if name in tomllib.loads(before).get("sources", {}):
            raise ConfigError(f"{path}: there is a source {name!r} already; choose another with --name, or edit it")
        after = before + ("" if not before or before.endswith("\n") else "\n") + ("\n" if before else "") + text
        parse(tomllib.loads(after), path.parent, str(path))  # what was asked for must leave the file sound
        mode = path.stat().st_mode
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be extended: {error}") from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(after.encode())
            file.flush()
            os.fchmod(file.fileno(), mode & 0o7777)
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error}") from error
    finally:
        Path(temporary).unlink(missing_ok=True)
