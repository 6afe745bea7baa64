"""Reading processes and client are opened in one place, by the limits of the configuration."""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path

from pipeline.config import parse
from pipeline.run.settings import open_readers

ROOT = Path(__file__).parents[3]


def test_readers_have_the_limits_of_the_configuration(tmp_path: Path) -> None:
    extract = {"workers": 3, "max_seconds": 7, "max_memory_mb": 300}
    config = parse({"extract": extract}, tmp_path, "config.toml")

    async def opened(workers: int | None) -> tuple[int, float, int]:
        async with open_readers(config, workers=workers) as readers:
            return readers.workers, readers.max_seconds, readers.max_memory_mb

    assert asyncio.run(opened(None)) == (3, 7, 300)
    assert asyncio.run(opened(1)) == (1, 7, 300)


def test_nobody_else_opens_them() -> None:
    makers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "pipeline").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Readers", "Client")
    }
    assert makers == {"pipeline/run/settings.py", "pipeline/desk/archived.py"}, "the desk's are smaller: a person waits"
