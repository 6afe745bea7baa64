"""`ingest serve`: the analyst's desk, pages over the store for a browser on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.options import ConfigFile, Quiet, choose_config, opened, read_config
from pipeline.commands.terminal.console import print_message

if TYPE_CHECKING:
    from models.database.store import Store


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command()(serve)


def serve(
    config: ConfigFile = None,
    host: Annotated[str, typer.Option(help="An address of loopback.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8311,
    allow_rerun: Annotated[
        bool, typer.Option("--allow-rerun", help="Documents can be read again from their pages, with a token.")
    ] = False,
    quiet: Quiet = False,
) -> int:
    """Show the store in a browser: search, one document beside its page, sources and runs."""
    from models.database.store import open_store
    from models.errors import ConfigError

    choose_config(config)
    settings = read_config()
    try:
        from pipeline.desk.app import create_app
        from pipeline.desk.reread import Rereading
        from pipeline.desk.server import hosts, listen, serve
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn", "jinja2"):
            raise
        raise ConfigError("serve needs further packages: pip install 'resource-centre-ingest[desk]'") from error
    with opened(settings) as store, listen(host, port) as listening:
        bound = listening.getsockname()[1]
        if not quiet:
            print_message(f"the desk is at http://{'[::1]' if ':' in host else '127.0.0.1'}:{bound}/ (ctrl-C ends it)")

        rereading = Rereading(settings.base / Path(settings.file).name) if allow_rerun else None
        if rereading is not None:
            print_message(f"documents may be read again; the token that their pages ask for: {rereading.token}")

        def again() -> Store:
            return open_store(settings.store.database, base=settings.base, write=False)

        def app(port: int) -> Any:
            return create_app(
                store,
                settings.archive,
                hosts=hosts(port),
                configured=tuple(settings.sources),
                reopen=again,
                rereading=rereading,
            )

        serve(app, listening)
    return 0
