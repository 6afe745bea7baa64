"""The health of the sources as lines: as many columns as the terminal has room for, bad news below the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.commands.terminal.colours import BAD, DOUBTFUL, GOOD
from pipeline.commands.terminal.formatting import fitting, held_lines, minute
from pipeline.holdings.health import used

if TYPE_CHECKING:
    from pipeline.holdings.health import Health
    from scrapers.record import Record

HEAD = ("source", "health", "documents", "failures", "last run (UTC)", "last good (UTC)", "next due (UTC)")
LEAST = 2
"""Columns that are printed however narrow the terminal is."""
COLOURS = {
    r"HELD BACK|(?:ALL )?FAILED(?: \(\d+ in a row\))?": BAD,
    r"\bstale\b|\binterrupted\b": DOUBTFUL,
    r"\bwell\b": GOOD,
}
"""The colour of each word of health."""


def status_lines(told: Sequence[tuple[Record, Health]], width: int | None, file: str) -> list[str]:
    """Return the sources with health and last run.

    Args:
        told: The sources, each with its health.
        width: Columns of the terminal; None where there is none.
        file: The configuration, as messages call it.
    """
    from pipeline.config import command_for

    if not told:
        return [f"no sources: `{command_for('add URL --write', file)}` makes one"]
    rows: list[list[object]] = []
    for source, health in told:
        if not used(source):
            continue
        last = source["last_run"]
        moments = (last and last["started_at"], source["last_good_at"], source["next_due_at"])
        counts = (source["documents"], source["failures"])
        rows.append([source["source"], health.word, *counts, *map(minute, moments)])
    lines = fitting(list(HEAD), rows, width, LEAST) if rows else []
    for source, health in told:
        name = source["source"]
        if used(source):
            lines += [f"{name}: {reason.removeprefix(f'{name}: ')}" for reason in health.reasons]
        if source["holder"]:
            lines.append(f"{name}: held by {source['holder']}")
        if source["held"]:
            lines += [f"{name}: run {source['held']} is held back", *held_lines(source["held"], file)]
    unused = [source["source"] for source, _ in told if not used(source)]
    if unused:
        names = ", ".join(unused[:4]) + (", ..." if len(unused) > 4 else "")
        lines.append(f"not used: {len(unused)} ({names}); `{command_for('source enable NAME', file)}`")
    return lines


def check_lines(told: Sequence[tuple[Record, Health]]) -> tuple[list[str], bool]:
    """Return a line a source that is not well, or one line where all are; and whether all are."""
    bad = [(source, health) for source, health in told if not health.well]
    if not bad:
        count = sum(health.word in ("well", "running") for _, health in told)
        return [f"all is well: {count} source{'' if count == 1 else 's'}"], True
    return [_in_one_line(source["source"], health) for source, health in bad], False


def _in_one_line(name: str, health: Health) -> str:
    """Return a source's health with the first line of the first reason."""
    first = [reason.partition("\n")[0].removeprefix(f"{name}: ") for reason in health.reasons[:1]]
    return ": ".join([name, health.word, *first])
