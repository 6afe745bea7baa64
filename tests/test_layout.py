"""The direction of imports, who may import which library, and the size of files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

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


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_one_way(path: Path) -> None:
    rank = ORDER.index(path.relative_to(ROOT).parts[0])
    above = {module for module in imports(path) if module.split(".")[0] in ORDER[rank + 1 :]}
    assert not above


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_each_library_has_its_owner(path: Path) -> None:
    for module in imports(path):
        owners = OWNERS.get(module.split(".")[0])
        assert owners is None or name(path).startswith(owners), f"{name(path)} imports {module}"


@pytest.mark.parametrize("path", [p for p in MODULES if name(p).startswith("scrapers/")], ids=name)
def test_scrapers_take_bytes_and_give_values(path: Path) -> None:
    assert not imports(path) & NO_INPUT_OUTPUT


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_file_has_two_subjects(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 450
    assert path.stem not in ("util", "utils", "helper", "helpers", "common", "misc")


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
    import subprocess

    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split("/")[0] for line in tracked.splitlines()} <= allowed


def test_commands_alone_print() -> None:
    found = []
    for path in MODULES:
        if name(path).startswith("pipeline/commands/"):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        streams = {
            node.attr
            for node in ast.walk(tree)
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


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_holds_a_dozen_things(folder: str) -> None:
    assert len(structure.rooms(folder)) <= 14


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_rooms_import_each_other_in_a_circle(folder: str) -> None:
    assert structure.circles(structure.rooms(folder)) == []


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
