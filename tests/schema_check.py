"""Checks a value against the part of JSON Schema that our schemas use; any other keyword is an error."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

TYPES: dict[str, Any] = {
    "string": str, "boolean": bool, "integer": int, "number": float, "object": dict, "array": list, "null": type(None),
}  # fmt: skip


def schema(name: str) -> dict[str, Any]:
    """Return a schema of the package."""
    found: dict[str, Any] = json.loads((files("pipeline.holdings") / "schemas" / f"{name}.json").read_text("utf-8"))
    return found


def faults(value: Any, rule: dict[str, Any], place: str = "$") -> Iterator[str]:
    """Yield what is wrong, and where."""
    for keyword, wanted in rule.items():
        match keyword:
            case "$schema" | "title" | "description" | "then" | "else":
                continue
            case "properties" | "additionalProperties" | "items":
                continue
            case "type":
                names = [wanted] if isinstance(wanted, str) else wanted
                if type(value) not in [TYPES[name] for name in names]:
                    yield f"{place}: {value!r} is no {wanted}"
            case "enum":
                if value not in wanted:
                    yield f"{place}: {value!r} is none of {wanted}"
            case "pattern":
                if isinstance(value, str) and not re.search(wanted, value):
                    yield f"{place}: {value!r} is not like {wanted}"
            case "minLength":
                if isinstance(value, str) and len(value) < wanted:
                    yield f"{place}: too short"
            case "minimum":
                if isinstance(value, int | float) and value < wanted:
                    yield f"{place}: {value} < {wanted}"
            case "maximum":
                if isinstance(value, int | float) and value > wanted:
                    yield f"{place}: {value} > {wanted}"
            case "required":
                yield from (f"{place}: {key} is missing" for key in wanted if key not in value)
            case "propertyNames":
                yield from (fault for key in value for fault in faults(key, wanted, f"{place}.{key}"))
            case "if":
                branch = "else" if any(faults(value, wanted, place)) else "then"
                yield from faults(value, rule.get(branch, {}), place)
            case _:
                raise ValueError(f"{keyword} is not known here")
    if isinstance(value, dict):
        known = rule.get("properties", {})
        rest = rule.get("additionalProperties", True)
        for key, item in value.items():
            if key in known:
                yield from faults(item, known[key], f"{place}.{key}")
            elif rest is False:
                yield f"{place}: {key} is not known"
            elif isinstance(rest, dict):
                yield from faults(item, rest, f"{place}.{key}")
    if isinstance(value, list) and "items" in rule:
        for number, item in enumerate(value):
            yield from faults(item, rule["items"], f"{place}[{number}]")
