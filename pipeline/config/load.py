"""Read the configuration of a file and the environment: all faults are told at once, with the nearest known keys."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from models.errors import ConfigError
from pipeline.config.checks import command_for
from pipeline.config.tables import Alert, Config, Source

OURS = {"base", "file"}
"""Fields of `Config` that are no keys of the file."""


def load(path: Path, environment: Mapping[str, str] | None = None) -> Config:
    """Return the configuration of a file and the environment; raises ConfigError that lists every fault."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; {_remedy(path)}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 (at byte {error.start}); save it with that encoding") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; --config FILE names another") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    return parse(data, path.absolute().parent, str(path), os.environ if environment is None else environment)


def parse(data: dict[str, Any], base: Path, name: str, environment: Mapping[str, str] | None = None) -> Config:
    """Return the checked configuration of a TOML document, or raise ConfigError; messages call the document `name`."""
    overridden: dict[tuple[str, ...], str] = {}
    for keys, text in _overrides(environment or {}):
        overridden[tuple(keys)] = f"INGEST_{'__'.join(keys).upper()}"
        table = data
        for key in keys[:-1]:
            table = table.setdefault(key, {})
            if not isinstance(table, dict):
                raise ConfigError(f"INGEST_{'__'.join(keys).upper()}: {key!r} is not a table of the configuration")
        table[keys[-1]] = _typed(text)
    data = dict(data)
    faults = []
    for field in sorted(OURS & data.keys()):
        del data[field]
        faults.append(f"{field}: unknown key")
    try:
        config = Config.model_validate({**data, "base": base, "file": name})
    except ValidationError as error:
        found = error.errors(include_url=False)
        faults += [_fault(fault) for fault in found if _variable(fault, overridden) is None]
        variables = [f"{_variable(f, overridden)}: {_fault(f)}" for f in found if _variable(f, overridden)]
    else:
        variables = []
    if faults or variables:
        raise ConfigError("\n".join([*(f"{name}: {fault}" for fault in faults), *variables]))
    return config


def _variable(fault: Any, overridden: Mapping[tuple[str, ...], str]) -> str | None:
    """Return the environment variable that a fault came from, or None where it stands in the file."""
    where = tuple(str(part) for part in fault["loc"])
    pairs = overridden.items()
    return next((name for keys, name in pairs if keys[: len(where)] == where or where[: len(keys)] == keys), None)


def _overrides(environment: Mapping[str, str]) -> Iterator[tuple[list[str], str]]:
    for variable, text in sorted(environment.items()):
        keys = variable.removeprefix("INGEST_").lower().split("__")
        if variable.startswith("INGEST_") and len(keys) > 1:
            yield keys, text


def _typed(text: str) -> Any:
    """Read a variable's text as TOML where it is a number, a boolean or a list; else it is a string."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _fault(fault: Any) -> str:
    where = [str(part) for part in fault["loc"]]
    key = ".".join(where)
    if fault["type"] == "extra_forbidden":
        near = difflib.get_close_matches(where[-1], _known(where[:-1]), 1, 0.5)
        return f"{key}: unknown key" + (f"; did you mean {near[0]!r}?" if near else "")
    if fault["type"] == "missing":
        return f"{key}: is missing"
    if fault["type"] == "tuple_type":
        return f"{key}: must be a string or a list of strings"
    return f"{key}: {fault['msg'].removeprefix('Value error, ').replace('Input should be', 'must be')}"


def _known(where: list[str]) -> list[str]:
    """Return the keys that a table may have."""
    model: type[BaseModel] = Config
    for part in where:
        annotation = model.model_fields[part].annotation if part in model.model_fields else None
        if annotation is not None and isinstance(annotation, type) and issubclass(annotation, BaseModel):
            model = annotation
        elif part in ("sources", "alerts"):
            model = Source if part == "sources" else Alert
        elif arguments := get_args(annotation):
            model = next((a for a in arguments if isinstance(a, type) and issubclass(a, BaseModel)), model)
    return [key for key in model.model_fields if key not in OURS]


def _remedy(path: Path) -> str:
    """Return what to do where the configuration is missing; the folders beside it may hold one."""
    sample = path.parent / "demo" / path.name
    also = f", --config {sample} is that of `ingest demo`" if sample.is_file() else ""
    return f"`{command_for('init', str(path))}` writes one, --config FILE names another{also}"
