"""The direction of imports, who may import which library, and the size of files."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

from tests import structure

ROOT = Path(__file__).parent.parent
ORDER = ("models", "scrapers", "pipeline")
MODULES = sorted(path for folder in ORDER for path in (ROOT / folder).rglob("*.py"))

OWNERS = {
    "httpx": ("pipeline/fetch/",),
    "httpcore": ("pipeline/fetch/",),
    "sqlalchemy": ("models/", "pipeline/"),
    "alembic": ("models/",),
    "pdfplumber": ("scrapers/pdf/",),
    "pypdfium2": ("scrapers/pdf/",),
    "bs4": ("scrapers/soup.py", "scrapers/base.py", "scrapers/sites/"),
    "pebble": ("pipeline/extract/",),
    "typer": ("pipeline/commands/",),
    "starlette": ("pipeline/desk/",),
    "uvicorn": ("pipeline/desk/",),
    "jinja2": ("pipeline/desk/",),
    "playwright": ("pipeline/render/",),
}
NO_INPUT_OUTPUT = {"socket", "sqlite3", "urllib.request", "http.client", "asyncio", "random", "secrets"}


@cache
def imports(path: Path) -> frozenset[str]:
    found = set()
    for node in structure.statements(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return frozenset(found)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_point_one_way() -> None:
    above = {package: ORDER[rank + 1 :] for rank, package in enumerate(ORDER)}
    found = [(name(path), module) for path in MODULES for module in imports(path)]
    assert [pair for pair in found if pair[1].split(".")[0] in above[pair[0].split("/")[0]]] == []


def test_each_library_has_its_owner() -> None:
    found = [(name(path), module) for path in MODULES for module in imports(path)]
    assert [pair for pair in found if not pair[0].startswith(OWNERS.get(pair[1].split(".")[0], ""))] == []


def test_scrapers_take_bytes_and_give_values() -> None:
    scrapers = [path for path in MODULES if name(path).startswith("scrapers/")]
    assert [name(path) for path in scrapers if imports(path) & NO_INPUT_OUTPUT] == []


def test_no_file_has_two_subjects() -> None:
    assert [name(path) for path in MODULES if len(path.read_text("utf-8").splitlines()) > 450] == []
    nameless = ("util", "utils", "helper", "helpers", "common", "misc")
    assert [name(path) for path in MODULES if path.stem in nameless] == []


def test_the_top_level_holds_what_every_project_has() -> None:
    allowed = {
        *ORDER,
        "tests",
        "docs",
        "config.toml",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Makefile",
        "Dockerfile",
        ".dockerignore",
        ".ci",
        ".gitignore",
    }
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split("/")[0] for line in tracked.splitlines()} <= allowed


PRINTING = re.compile(r"\b(?:print|input|stdout|stderr|rich|pipeline\.commands)\b")
"""Words of which a file that prints must hold one."""


def test_commands_alone_print() -> None:
    found = []
    for path in MODULES:
        if name(path).startswith("pipeline/commands/"):
            continue
        text = path.read_text("utf-8")
        if not PRINTING.search(text):
            continue
        nodes = list(ast.walk(ast.parse(text)))
        called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        streams = {
            node.attr
            for node in nodes
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sys"
        }
        printing = called & {"print", "input"} | streams & {"stdout", "stderr"}
        printing |= {module for module in imports(path) if module.split(".")[0] == "rich"}
        if name(path) != "pipeline/cli.py":  # the entry point
            printing |= {module for module in imports(path) if module.startswith("pipeline.commands")}
        found += [f"{name(path)}: {thing}" for thing in sorted(printing)]
    assert found == []


FOLDERS = sorted({".".join(path.relative_to(ROOT).parts[:-1]) for path in MODULES if path.parent.name != "versions"})


def test_no_files_import_each_other_in_a_circle() -> None:
    assert structure.circles(structure.files()) == []


def test_a_folder_holds_a_dozen_things() -> None:
    assert [folder for folder in FOLDERS if len(structure.rooms(folder)) > 14] == []


def test_no_rooms_import_each_other_in_a_circle() -> None:
    assert [circle for folder in FOLDERS for circle in structure.circles(structure.rooms(folder))] == []


FLOORS = (
    {"config", "discover", "fetch"},
    {"archive", "extract", "render"},
    {"ledger"},
    {"load"},
    {"drift", "holdings"},
    {"run"},
    {"desk"},
    {"commands"},
    {"cli"},
)
"""The rooms of `pipeline`, the lowest first: a room imports from lower floors alone."""


def test_rooms_of_the_pipeline_import_from_lower_floors() -> None:
    floor = {f"pipeline.{room}": number for number, rooms in enumerate(FLOORS) for room in rooms}
    graph = structure.rooms("pipeline")
    assert set(graph) == set(floor)
    upward = [f"{room} -> {other}" for room, others in graph.items() for other in others if floor[other] >= floor[room]]
    assert upward == []
