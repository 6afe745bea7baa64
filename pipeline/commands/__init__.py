"""The commands, one module a subject; each command imports what it needs when it runs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from models.errors import IngestError
from pipeline.commands import alerts, extract, import_, links, maintain, query, serve
from pipeline.commands.add import command
from pipeline.commands.configure import check, init, source
from pipeline.commands.demo import register as demo
from pipeline.commands.options import choose_config, forget_config
from pipeline.commands.running import run, worker
from pipeline.commands.terminal.console import flush_data, plain, print_data, print_message
from pipeline.commands.terminal.help import Commands

app = Commands(
    name="ingest",
    help="Ingests resource centres: title, authors, date and text of every page and PDF, into a relational store.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
HALF = re.compile("[\ud800-\udfff]")
MODULES = (
    *(init, command, source, run, worker, demo, query, alerts, serve),
    *(import_, extract, links, maintain, check),
)
for module in MODULES:
    module.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        import platform
        import sqlite3

        from pipeline import VERSION

        print_data(f"ingest {VERSION} (Python {platform.python_version()}, SQLite {sqlite3.sqlite_version})")
        raise typer.Exit


@app.callback()
def options(
    config: Annotated[
        Path | None, typer.Option("--config", help="The configuration.", metavar="FILE", show_default="config.toml")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Ingests resource centres: title, authors, date and text of every page and PDF, into a relational store."""
    forget_config()
    choose_config(config)


@cache
def parser() -> TyperGroup:
    """Return the parser of the command line; it is made once a process, of the functions of all commands."""
    return typer.main.get_group(app)


def run_command_line(arguments: list[str]) -> int:
    """Run one command and return its exit code; an IngestError becomes a message, not a traceback."""
    try:
        code = parser().main(arguments, prog_name="ingest", standalone_mode=False)
        flush_data()
        return code if isinstance(code, int) else 0
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "ingest"
        told = (error.format_message() or "a command is missing").replace("Input should be", "must be")
        print_message(f"ingest: {told.partition(', unable to parse')[0]} (`{path} --help` tells more)")
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except UnicodeEncodeError:
        # Of a byte that is no letter Python makes half a letter: in a file's name it may stand, in a text it may not.
        odd = [plain(argument) for argument in arguments if HALF.search(argument)]
        if not odd:
            raise
        print_message(f"{odd[0]}: holds bytes that are no letters in UTF-8; type it again in that encoding")
        return 2
    except BrokenPipeError:
        return 0  # the reader of our output (`| head`) has had enough
    except IngestError as error:
        print_message(error)
        return error.exit_code
    except BaseExceptionGroup as group:
        known, _ = group.split(IngestError)
        if known is None:
            raise
        first: BaseException = known
        while isinstance(first, BaseExceptionGroup):
            first = first.exceptions[0]
        assert isinstance(first, IngestError)
        print_message(first)
        return first.exit_code
