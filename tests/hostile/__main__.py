"""Serves the whole table until interrupted: `python -m tests.hostile FOLDER`, then `ingest run` in that folder."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.hostile.mixed import configuration, sites
from tests.hostile.server import Server


async def serve(folder: Path) -> None:
    async with Server(sites()) as server:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(configuration(server), "utf-8")
        print(f"serving on port {server.port}; the configuration is {folder / 'config.toml'}", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    asyncio.run(serve(Path(sys.argv[1])))
