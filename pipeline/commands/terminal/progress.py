"""Progress of a run: bars on a terminal, else a line a source; with `--quiet` nothing when all is well."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from textwrap import indent
from typing import TYPE_CHECKING

from models.statuses import RunStatus
from pipeline.commands.terminal.colours import BAD, BARS, DOUBTFUL, GOOD
from pipeline.commands.terminal.console import plain, print_message
from pipeline.commands.terminal.formatting import held_lines
from pipeline.config import command_for

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from pipeline.ledger.due import Result
    from pipeline.run.report import Report


SUMMARY_COLOURS = {
    r"(?m)^[\w-]+: done": GOOD,
    r"(?m)^[\w-]+: (?:FAILED|HELD BACK)": BAD,
    r"(?m)^[\w-]+: (?:busy|interrupted)": DOUBTFUL,
    r"\b[1-9]\d* failed\b": BAD,
}
"""The colours of a source's outcome."""


class Lines:
    """Prints a line to stderr for each finished source; with `quiet` only where something is wrong."""

    def __init__(self, *, quiet: bool, file: str | None) -> None:
        self._quiet = quiet
        self._file = file

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def discovered(self, source: str, found: int, total: int | None) -> None:
        """Print nothing."""

    def planned(self, source: str, addresses: int) -> None:
        """Print nothing."""

    def done(self, source: str, result: Result) -> None:
        """Print nothing."""

    def fetched(self, source: str, addresses: int, total: int) -> None:
        """Print nothing."""

    def waits(self, source: str, why: str) -> None:
        """Print which run is waited for."""
        if not self._quiet:
            print_message(f"{why}; this run begins when that one has ended")

    def finished(self, report: Report) -> None:
        """Print the outcome of a source."""
        if not self._quiet or report.status is not RunStatus.DONE or report.failed:
            print_message(summary(report, self._file), SUMMARY_COLOURS)


class BarLines(Lines):
    """Progress bars, on a terminal."""

    def __enter__(self) -> BarLines:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.theme import Theme

        self._bars: Bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True, theme=Theme(BARS)),
            refresh_per_second=4,  # drawn in this process, beside the work
            transient=True,
        )
        self._tasks: dict[str, TaskID] = {}
        self._totals: dict[str, int] = {}
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def _task(self, source: str) -> TaskID:
        if source not in self._tasks:
            self._tasks[source] = self._bars.add_task(source, total=None)
        return self._tasks[source]

    def discovered(self, source: str, found: int, total: int | None) -> None:
        """Show how much is listed so far."""
        self._bars.update(self._task(source), description=f"{source}: listing, {found} found", completed=0)

    def planned(self, source: str, addresses: int) -> None:
        """Show how much is to be done."""
        self._totals[source] = addresses
        self._bars.update(self._task(source), description=source, total=addresses)

    def done(self, source: str, result: Result) -> None:
        """Count one address as done, and the files that its page links as work to do."""
        from pipeline.ledger.due import FromSite

        more = len(result.files) if isinstance(result.due.where, FromSite) else 0
        self._totals[source] = self._totals.get(source, 0) + more
        self._bars.update(self._task(source), advance=1, total=self._totals[source])

    def fetched(self, source: str, addresses: int, total: int) -> None:
        """Show how many addresses all processes have fetched."""
        self._bars.update(self._task(source), completed=addresses, total=total)

    def finished(self, report: Report) -> None:
        """Remove the bar and print the line."""
        self._bars.remove_task(self._task(report.source))
        super().finished(report)


def progress(*, quiet: bool, file: str | None, bars: bool = True) -> Lines:
    """Return bars on a terminal if wanted, else lines; `file` is that of `summary`."""
    return (BarLines if bars and sys.stderr.isatty() and not quiet else Lines)(quiet=quiet, file=file)


@contextmanager
def counting(what: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how many of how many are done."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress
    from rich.theme import Theme

    with Progress(console=Console(stderr=True, theme=Theme(BARS)), transient=True) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def summary(report: Report, file: str | None = "config.toml") -> str:
    """Return the outcome of a source in one line, a line for each reason, the first failures and where all are.

    Args:
        report: The outcome.
        file: The configuration, as messages call it; None where the run is in no ledger.
    """
    loaded = report.published
    words = {
        RunStatus.DONE: "done",
        RunStatus.FAILED: "FAILED",
        RunStatus.HELD: "HELD BACK",
        RunStatus.LOCKED: "busy",
        RunStatus.INTERRUPTED: "interrupted",
    }[report.status]
    figures = [
        f"{report.discovered} listed",
        f"{report.requested} requested",
        f"{loaded.new} new",
        f"{loaded.changed} changed",
    ]
    figures += [f"{report.not_modified} not modified"] if report.not_modified else []
    figures += [f"{loaded.gone} gone"] if loaded.gone else []
    figures += [f"{report.failed} failed"] if report.failed else []
    line = f"{report.source}: {words}" + (
        ""
        if report.status in (RunStatus.LOCKED, RunStatus.FAILED) and not report.requested
        else f", {', '.join(figures)}"
    )
    lines = [line, *(indent(reason, "  ") for reason in report.reasons)]
    told = [(url, reason) for url, reason in report.first_failures if not any(why in reason for why in report.reasons)]
    for url, reason in told:
        lines += [f"  {url}", f"      {reason}"]
    if report.failed > len(report.first_failures) and report.run_key and file:
        lines.append(f"  all {report.failed}:  {command_for(f'runs {report.run_key}', file)}")
    if report.status is RunStatus.HELD and report.run_key and file:
        lines += [f"  {words}" for words in held_lines(report.run_key, file)]
    return plain("\n".join(lines))
