"""Which module imports which, circles, and floors of the rooms; `python -m tests.structure` prints them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("models", "scrapers", "pipeline")

Graph = Mapping[str, frozenset[str]]
"""Of each node, those that it imports."""


@cache
def modules() -> dict[str, Path]:
    """Return the modules by dotted name; a package is its `__init__`."""
    found = {}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if "versions" not in path.parts:
                found[".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")] = path
    return found


@cache
def statements(path: Path) -> tuple[ast.stmt, ...]:
    """Return the statements of a file, those within others included: parsed once, whatever is asked of it."""
    found: list[ast.stmt] = []
    blocks: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    while blocks:
        block = blocks.pop()
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            inner = getattr(block, name, ())
            if isinstance(inner, list):  # the body of a lambda is an expression
                blocks += inner
                found += [node for node in inner if isinstance(node, ast.stmt)]
    return tuple(found)


def imports_of(name: str) -> frozenset[str]:
    """Return our modules that a module imports, wherever in it the import stands, for types only included."""
    known = modules()
    found = set()
    for node in statements(known[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in known else node.module)
    return frozenset(found & known.keys() - {name})


@cache
def files() -> Graph:
    """Return which file imports which."""
    return {name: imports_of(name) for name in modules()}


def rooms(folder: str) -> Graph:
    """Return which thing directly in a folder (module or package) imports which other thing there."""
    depth = folder.count(".") + 1
    graph: dict[str, set[str]] = {}
    for name, imported in files().items():
        if not name.startswith(f"{folder}.") or name.count(".") < depth:
            continue
        room = ".".join(name.split(".")[: depth + 1])
        others = {".".join(other.split(".")[: depth + 1]) for other in imported if other.startswith(f"{folder}.")}
        graph.setdefault(room, set()).update(others - {room})
    return {room: frozenset(others & graph.keys()) for room, others in graph.items()}


def folders() -> list[str]:
    """Return the packages by dotted name."""
    return sorted(name for name, path in modules().items() if path.name == "__init__.py")


def circles(graph: Graph) -> list[list[str]]:
    """Return the groups of nodes that reach each other (Tarjan's strongly connected components of two or more)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(graph[node]):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            group: list[str] = []
            while not group or group[-1] != node:
                group.append(stack.pop())
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


def floors(graph: Graph) -> dict[str, int]:
    """Return the height of each node: 1 imports nothing here; a circle's members stand where the walk met them."""
    heights: dict[str, int] = {}

    def height(node: str, path: tuple[str, ...]) -> int:
        if node in path:
            return 0
        if node not in heights:
            heights[node] = 1 + max((height(other, (*path, node)) for other in graph[node]), default=0)
        return heights[node]

    for node in graph:
        height(node, ())
    return heights


def arrows(graph: Graph) -> int:
    """Return how many imports there are between nodes."""
    return sum(len(others) for others in graph.values())


def report() -> Iterable[str]:
    """Yield the lines that `python -m tests.structure` prints."""
    groups = circles(files())
    yield f"{len(files())} files, {arrows(files())} imports, {len(groups)} circles of files"
    for folder in folders():
        graph = rooms(folder)
        if graph:
            yield (
                f"{folder}: {len(graph)} things on {max(floors(graph).values())} floors, "
                f"{arrows(graph)} arrows, {len(circles(graph))} circles"
            )
    for group in [*groups, *(group for folder in folders() for group in circles(rooms(folder)))]:
        yield f"circle: {', '.join(group)}"


if __name__ == "__main__":
    print("\n".join(report()))
