"""`ingest demo`: the sample served on loopback, the whole pipeline over it, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.config import Config, parse
from pipeline.console import give, say

if TYPE_CHECKING:
    from models.store import Store


def show(config: Config, *, quiet: bool) -> int:
    """Ingest the sample into the configured store and tell what came of it; 0 when just what was made to fail failed."""
    from pipeline.commands.running import ingest
    from pipeline.commands.settings import opened
    from pipeline.demo.config import configuration
    from pipeline.demo.server import SampleServer
    from pipeline.run import Options

    with SampleServer() as server:
        tables = configuration(server.resolve)
        tables["store"] = config.store.model_dump()
        sample = parse(tables, config.base, "the sample's configuration")
        if not quiet:
            say(f"The sample resource centre is served at {server.address}; nothing leaves this machine.\n")
        with opened(sample, write=True) as store:
            code, reports = ingest(sample, store, [], Options(), quiet=quiet)
    give(code)
    for r in reports:
        give(r)
    return code
