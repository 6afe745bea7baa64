"""`ingest demo`: serve the sample on loopback, run the whole pipeline over it, and report the result."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.terminal.console import print_data, print_message
from pipeline.config import Config, parse
from pipeline.config import Store as StoreTable

if TYPE_CHECKING:
    from models.database.store import Store
    from pipeline.run.report import Report
    from scrapers.record import Record

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


def show(config: Config, *, quiet: bool) -> int:
    """Ingest the sample and report the result; return 0 where exactly the intended failures occurred.

    The sample goes into the configured store where that holds nothing else, or else into a store of its own.
    """
    from pipeline.commands.demo.config import configuration
    from pipeline.commands.demo.server import SampleServer
    from pipeline.commands.options import opened
    from pipeline.commands.runner import ingest
    from pipeline.run.incremental import Incremental

    with SampleServer() as server:
        tables = configuration(server.resolve)
        tables["store"] = store_for(config, list(tables["sources"])).model_dump()
        sample = parse(tables, config.base, "the sample's configuration")
        if not quiet:
            print_message(f"The sample resource centre is served on {server.address}; nothing leaves this machine.\n")
        with opened(sample, write=True) as store:
            code, reports = ingest(sample, store, [], Incremental(), quiet=quiet)
            must_fail = server.must_fail()
            unexpected = differences(store, must_fail)
            if not quiet:
                print_data("\n".join(report_lines(store, reports, config, sample)))
    if code not in (0, 3):
        return code
    for line in unexpected:
        print_message(line)
    return 3 if unexpected else 0


def store_for(config: Config, names: list[str]) -> StoreTable:
    """Return the sample's store: the configured one, or one beside it where that holds real documents."""
    from models.database.store import open_store, sqlite_path
    from pipeline.holdings.queries import source_health

    path = sqlite_path(config.store.database, config.base)
    if path is None or not path.exists():
        return config.store
    store = open_store(config.store.database, base=config.base)
    try:
        with store.read() as connection:
            others = [s["source"] for s in source_health(connection) if s["source"] not in names and s["last_run"]]
    finally:
        store.close()
    if not others:
        return config.store
    return config.store.model_copy(
        update={"database": str(path.with_name("demo.db")), "archive": str(config.archive.with_name("demo-archive"))}
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


def report_lines(store: Store, reports: list[Report], config: Config, sample: Config) -> list[str]:
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
    lines += ["", *where, "", *_next(held, config, sample)]
    return lines


def _counted(title: str, counts: Counter[str]) -> list[str]:
    widest = max(map(len, counts), default=0)
    return [
        f"  {title if number == 0 else '':12} {name:{widest}} {count:4}"
        for number, (name, count) in enumerate(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    ] + [""]


def _is_pdf(document: Record) -> bool:
    return bool(document["media_type"] == "application/pdf")


def _next(held: list[Record], config: Config, sample: Config) -> list[str]:
    elsewhere = sample.store != config.store
    given = f"INGEST_STORE__DATABASE={sample.store.database} " if elsewhere else ""
    shown = next((document["canonical_url"] for document in held if document["authors"]), "1")
    return [
        "Three commands to try next:",
        f"  {given}{_command()} search water",
        f"  {given}{_command()} show {shown}",
        f"  {given}{_command()} export sample.jsonl",
    ]


def _command() -> str:
    """Return the command as it can be typed here."""
    import shutil
    import sys

    found = shutil.which("ingest")
    here = Path(sys.argv[0])
    if found is not None and Path(found).resolve() == here.resolve():
        return "ingest"
    return str(here.relative_to(Path.cwd()) if here.is_relative_to(Path.cwd()) else here)
