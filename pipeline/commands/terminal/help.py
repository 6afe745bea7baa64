"""The help of the commands, in colours that any background allows, with no type behind options that take no value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from pipeline.commands.terminal.colours import HELP


class Commands(typer.Typer):
    """A group of commands whose help is that of this program."""

    def __init__(self, **options: Any) -> None:
        super().__init__(cls=_Group, no_args_is_help=True, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        """Return the decorator that makes a function a command."""
        return super().command(name, **{"cls": Command, **options})


class Command(TyperCommand):
    """One command."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help."""
        _prepare(self, ctx)
        super().format_help(ctx, formatter)


class _Group(TyperGroup):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        _prepare(self, ctx)
        super().format_help(ctx, formatter)


def _prepare(command: TyperCommand | TyperGroup, context: Any) -> None:
    """Set the colours, where Typer has its own; `<bool>` behind a flag reads as if it took a value."""
    from typer import rich_utils  # it loads Rich, which only the help needs

    for name, style in HELP.items():
        setattr(rich_utils, name, style)
    for option in command.get_params(context):
        if isinstance(option, TyperOption) and option.is_flag:
            option.metavar = ""
