"""`ingest demo`: serve the sample on loopback, run the whole pipeline over it, and report the result."""

from __future__ import annotations

import shlex
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import ConfigError
from pipeline.commands.demo.config import MARK, toml
from pipeline.commands.terminal.console import print_data, print_message
from pipeline.config import Config, parse

if TYPE_CHECKING:
    from models.database.store import Store
    from pipeline.run.report import Report
    from scrapers.record import Record

CONFIG = "config.toml"
LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pt": "Portuguese",
    "ru": "Russian",
    "zh": "Chinese",
}


def show(folder: Path, *, quiet: bool) -> int:
    """Ingest the sample into a folder and report the result; return 0 where exactly the intended failures occurred.

    The folder gets a configuration of its own beside its store, so that every command works on it with `--config`.
    """
    from pipeline.commands.demo.config import configuration
    from pipeline.commands.demo.server import SampleServer
    from pipeline.commands.options import opened
    from pipeline.commands.running.runner import ingest
    from pipeline.run.incremental import Incremental

    with SampleServer() as server:
        tables = configuration(server.resolve)
        path = _write(folder, tables)
        sample = parse(tables, folder.absolute(), str(path))
        if not quiet:
            print_message(f"The sample resource centre is served on {server.address}; nothing leaves this machine.\n")
        with opened(sample, write=True) as store:
            code, reports = ingest(sample, store, [], Incremental(), quiet=quiet)
            must_fail = server.must_fail()
            unexpected = differences(store, must_fail)
            if not quiet:
                print_data("\n".join(report_lines(store, reports, sample, path)))
    if code not in (0, 3):
        return code
    for line in unexpected:
        print_message(line)
    return 3 if unexpected else 0


def remove(folder: Path, *, quiet: bool) -> int:
    """Remove the demo's folder; raises ConfigError for a folder that the demo did not make."""
    path = folder / CONFIG
    if not folder.exists():
        print_message(f"{folder}: there is no such folder; `ingest demo` makes it")
        return 0
    _check_ours(path)
    shutil.rmtree(folder)
    if not quiet:
        print_data(f"{folder} was removed")
    return 0


def _write(folder: Path, tables: Mapping[str, Any]) -> Path:
    """Write the demo's configuration into its folder; raises ConfigError where that is somebody else's."""
    path = folder / CONFIG
    try:
        if folder.exists() and any(folder.iterdir()):
            _check_ours(path)
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{MARK}\n\n{toml(tables)}", "utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror or error}") from error
    return path


def _check_ours(path: Path) -> None:
    try:
        ours = path.read_text("utf-8").startswith(MARK)
    except (OSError, UnicodeDecodeError):
        ours = False
    if not ours:
        raise ConfigError(
            f"{path.parent}: this folder is not the demo's and was left as it is; "
            "run the demo in another folder, or rename this one"
        )


def differences(store: Store, must_fail: dict[str, str]) -> list[str]:
    """Return a line for each address that failed and should not have, or should have and did not."""
    from pipeline.holdings.export_records import failures

    with store.read() as connection:
        failed = {failure["url"]: failure["reason"] for failure in failures(connection)}
    lines = [f"{url} failed: {reason}" for url, reason in sorted(failed.items()) if url not in must_fail]
    lines += [f"{url} was to fail ({word}), and did not" for url, word in must_fail.items() if url not in failed]
    lines += [
        f"{url} was to fail with {word!r}, and failed with: {failed[url]}"
        for url, word in must_fail.items()
        if url in failed and word not in failed[url]
    ]
    return lines


def report_lines(store: Store, reports: list[Report], sample: Config, path: Path) -> list[str]:
    """Return what was loaded, what failed and why, where the store is, and what to try next."""
    from models.search.filters import Filters
    from pipeline.holdings.export_records import documents, failures

    with store.read() as connection:
        held = list(documents(connection, Filters()))
        failed = list(failures(connection))
    new, changed = (sum(getattr(report.published, name) for report in reports) for name in ("new", "changed"))
    lines = ["", f"In the store: {len(held)} documents, {new} of them new and {changed} changed in this run.", ""]
    lines += _counted("by source", Counter(document["source"] for document in held))
    languages = Counter(LANGUAGES.get((document["language"] or "")[:2], "not known") for document in held)
    lines += _counted("by language", languages)
    lines += _counted("by kind", Counter("PDF" if _is_pdf(document) else "page" for document in held))
    for name, field in (("title", "title"), ("author", "authors"), ("date", "date_published")):
        lines.append(f"  with {name:8} {sum(bool(document[field]) for document in held):4}")
    lines += ["", f"Made to fail, and failed: {len(failed)}. Each has its reason; nothing else was lost."]
    for failure in failed:
        lines += [f"  {failure['url']}", f"      {failure['reason']}"]
    where = [f"The store:    {Path(store.name)}", f"The archive:  {sample.archive}"]
    lines += ["", *where, "", *_next(held, path)]
    return lines


def _counted(title: str, counts: Counter[str]) -> list[str]:
    widest = max(map(len, counts), default=0)
    return [
        f"  {title if number == 0 else '':12} {name:{widest}} {count:4}"
        for number, (name, count) in enumerate(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    ] + [""]


def _is_pdf(document: Record) -> bool:
    return bool(document["media_type"] == "application/pdf")


def _next(held: list[Record], path: Path) -> list[str]:
    ours = f"{_command()} --config {shlex.quote(str(path))}"
    telling = (d["canonical_url"] for d in held if d["authors"] and d["language"] == "en" and not _is_pdf(d))
    shown = next(telling, "1")
    return [
        "Three commands to try next:",
        f"  {ours} search water",
        f"  {ours} show {shown}",
        f"  {ours} export sample.csv",
        "",
        f"Remove it all: {_command()} demo --remove. Begin with a site of your own: {_command()} init",
    ]


def _command() -> str:
    """Return the command as it can be typed here."""
    import sys

    found = shutil.which("ingest")
    here = Path(sys.argv[0])
    if found is not None and Path(found).resolve() == here.resolve():
        return "ingest"
    return str(here.relative_to(Path.cwd()) if here.is_relative_to(Path.cwd()) else here)
