"""The command `ingest demo`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import ConfigFile, Quiet, choose_config, config_path


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command()(demo)


def demo(
    config: ConfigFile = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove what the demo made.")] = False,
    quiet: Quiet = False,
) -> int:
    """Serve the bundled sample resource centre on loopback and ingest it into a folder of its own, `demo`."""
    from pipeline.commands.demo import command

    choose_config(config)
    folder = config_path().parent / "demo"
    return command.remove(folder, quiet=quiet) if remove else command.show(folder, quiet=quiet)
