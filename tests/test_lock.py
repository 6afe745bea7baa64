"""The lock of exact versions can be installed with every Python that pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.specifiers import SpecifierSet

TOP = Path(__file__).parents[1]


def test_no_locked_version_needs_a_newer_python_than_the_project() -> None:
    """Debian 12 has Python 3.11.2: a lock that asks for 3.11.5 ends `make demo` there."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    lowest = re.search(r">=\s*([\d.]+)", project["requires-python"])
    assert lowest is not None
    locked = re.findall(r"(?m)^([\w.-]+)==(\S+)", (TOP / ".ci" / "constraints.txt").read_text("utf-8"))
    assert len(locked) > 50
    wrong = [one for one in locked if not SpecifierSet(_needed_python(*one)).contains(f"{lowest[1]}.0")]
    assert wrong == []


def _needed_python(name: str, version: str) -> str:
    """Return what a distribution says of Python; an empty text where it is not installed in that version."""
    try:
        installed = metadata(name)
    except PackageNotFoundError:
        return ""
    return (installed["Requires-Python"] or "") if installed["Version"] == version else ""
