"""`ingest import`: run the flow over captures of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import ConfigFile, Json, Quiet, choose_config, opened, read_config
from pipeline.commands.terminal.console import print_json, print_message

if TYPE_CHECKING:
    from pipeline.config import Config, Source
    from pipeline.run.importing.inputs import Input
    from pipeline.run.report import Report


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command("import")(import_files)


def import_files(
    path: Annotated[Path, typer.Argument(metavar="FILE.warc.gz|DIR|LIST.csv|LIST.jsonl", help="What to import.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            help="The source it belongs to; of an archive of this program its own, else `import-` and the file's name.",
            metavar="NAME",
        ),
    ] = None,
    config: ConfigFile = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> int:
    """Load captured pages and PDFs (WARC files, saved files) instead of fetching them, or fetch a list of addresses."""
    from pipeline.run.importing.inputs import is_list, source_name
    from pipeline.run.report import report_record

    choose_config(config)
    settings = read_config()
    if is_list(path):
        code, reports = _fetch(settings, path, source or source_name(path), quiet)
    else:
        code, reports = _load(settings, path, source, quiet)
    if as_json:
        print_json([report_record(report) for report in reports])
    return code


def _load(settings: Config, path: Path, source: str | None, quiet: bool) -> tuple[int, list[Report]]:
    from pipeline.commands.running.runner import ingest
    from pipeline.config import Imported
    from pipeline.run.importing.files import Files
    from pipeline.run.importing.inputs import inputs, source_name
    from pipeline.run.importing.restore import is_ours

    found = inputs(path)
    lost = path.resolve().is_relative_to(settings.archive.resolve())  # a lost store is made anew out of its archive
    if source is None and is_ours(found):
        return _restore(settings, found, quiet, lost=lost)
    name = source or source_name(path)
    settings = _with(settings, name, Imported())
    with opened(settings, write=True, lost=lost) as store:
        return ingest(settings, store, [name], Files(inputs=tuple(found)), quiet=quiet)


def _restore(settings: Config, found: list[Input], quiet: bool, *, lost: bool) -> tuple[int, list[Report]]:
    import asyncio

    from models.statuses import RunStatus
    from pipeline.commands.running.runner import ended, until_signal
    from pipeline.commands.terminal.progress import progress
    from pipeline.config import Imported, check_name, command_for
    from pipeline.run.importing.inputs import RESTORED
    from pipeline.run.importing.restore import restore, set_aside, sources_of

    names = sources_of(found)
    sources = {check_name(name): settings.sources.get(name, Imported()) for name in names}
    with opened(settings, write=True, lost=lost) as store, progress(quiet=quiet, file=settings.file) as shown:
        reports, signal = asyncio.run(until_signal(restore(settings, store, found, sources, shown)))
        if signal:
            print_message("interrupted; the same command goes on from here")
            return 128 + signal, []
        assert reports is not None
        whole = all(report.status in (RunStatus.DONE, RunStatus.HELD) for report in reports)
        aside = set_aside(store, found) if lost and whole else []
        code = ended(settings, store, reports)
    if aside and not quiet:
        size = sum(file.stat().st_size for file in aside) / 1_000_000
        print_message(
            f"what {settings.archive} held is archived anew; its old files ({size:,.1f} MB) are now *{RESTORED}, "
            f"and may be removed once `{command_for('archive verify', settings.file)}` finds no fault"
        )
    return code, reports


def _fetch(settings: Config, path: Path, name: str, quiet: bool) -> tuple[int, list[Report]]:
    from pipeline.commands.running.runner import ingest
    from pipeline.config import Source, check_contact
    from pipeline.run.importing.addresses import Addresses
    from pipeline.run.importing.inputs import addresses

    task = Addresses(file=path.name, urls=tuple(addresses(path)))
    settings = _with(settings, name, Source(start=task.origins()))
    check_contact(settings, [name])
    with opened(settings, write=True) as store:
        return ingest(settings, store, [name], task, quiet=quiet)


def _with(settings: Config, name: str, source: Source) -> Config:
    """Return the configuration with `source` under that name, unless one is configured already."""
    from pipeline.config import check_name

    return settings.model_copy(update={"sources": {check_name(name): source, **settings.sources}})
