"""What the warm process loads before its first fork: all that a command would otherwise load anew."""

from __future__ import annotations

import gc
import importlib
import threading
from multiprocessing import resource_tracker
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests import statements
from tests.crash.fork_server import ForkServer

MODULES = (
    *("alembic.command", "alembic.config", "argparse", "backports.zstd", "cssselect", "encodings.idna"),
    "models.tables",
    *("models.database.postgres", "models.database.sqlite", "models.database.store", "models.migrations"),
    *("models.search.stems", "multiprocessing.forkserver", "multiprocessing.popen_forkserver"),
    *("multiprocessing.synchronize", "pipeline.cli", "pipeline.commands.running.dry_run"),
    *("pipeline.commands.terminal.notify", "pipeline.commands.terminal.progress", "pipeline.commands.terminal.status"),
    *("pipeline.commands.terminal.temporary", "pipeline.extract.pool", "pipeline.fetch.client"),
    *("pipeline.holdings.compact", "pipeline.holdings.export", "pipeline.holdings.health", "pipeline.holdings.known"),
    *("pipeline.holdings.lost", "pipeline.holdings.queries", "pipeline.render.client", "pipeline.run.machines.host"),
    *("pipeline.run.machines.lead", "pipeline.run.machines.worker", "pipeline.run.rerun", "pipeline.run.run"),
    *("procrastinate", "psycopg", "publicsuffixlist", "pydantic.type_adapter", "scrapers.discovery.auto"),
    *("scrapers.pdf.reader", "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite.pysqlite"),
    *("Stemmer", "stringprep"),
)
LISTING = b"<html><h1>Reports</h1><ul>%s</ul></html>" % b"".join(
    b'<li><a href="/reports/%d">Report number %d</a> 3 May 2019</li>' % (number, number) for number in range(9)
)
UNCOMMON = "Zog mepru tilka vosten dramil ketos, bruna felig hastor minde pola grinte sabelu tramek vido."
"""A sentence whose language its words don't tell, so that the model is asked."""


def load() -> None:
    """Load what a command needs: modules, the classes' mapping, the command line, and what reading needs."""
    from sqlalchemy.orm import configure_mappers

    for name in MODULES:
        importlib.import_module(name)
    from pipeline.commands import parser

    statements.share()
    configure_mappers()
    parser()
    resource_tracker.ensure_running()  # else each command starts one, which is a new interpreter
    load_reading()
    rehearse()
    keep()


def rehearse() -> None:
    """Run over a small site and export it, so that the statements of a command are compiled already."""
    from tests.pipeline.run.in_process import configured, documents, run
    from tests.sites import ListingSite, serve

    site = ListingSite()
    site.items = site.items[:2]
    ForkServer().stand_in()
    with TemporaryDirectory() as folder, serve(site):
        source = {"start": f"{site.url}/resources", "follow": "h3 a"}
        config = configured(Path(folder), {"extract": {"workers": 1, "pdf": False}, "sources": {"acme": source}})
        for full in (False, True):
            run(config, full=full)
        documents(config)
    forkserver: Any = importlib.import_module("multiprocessing.forkserver")
    forkserver._forkserver._stop()  # each command has one of its own
    assert threading.active_count() == 1, threading.enumerate()


def load_reading() -> None:
    """Load what a reading process needs, by reading a listing, a page, a file and a sentence once."""
    from pipeline.commands import demo
    from pipeline.extract import worker
    from scrapers.base import Request, Rules
    from scrapers.values.addresses import registered_domain
    from scrapers.values.language import language_of

    address = "https://www.library.example/reports"
    page = worker.page_of(LISTING, address)
    worker.listing(worker.Shipment(page=page), Request(url=address, expect="auto"), Rules(start=(address,)))
    worker.warm_up()
    file = Path(demo.__file__).with_name("files") / "minutes-of-the-first-meeting.pdf"
    worker.document(worker.Shipment(page=worker.page_of(file.read_bytes(), f"{address}.pdf")), Rules())
    language_of(UNCOMMON)
    registered_domain(address)
    keep()


def keep() -> None:
    """Take what was loaded out of the garbage collection: else each fork's first would copy all of this memory."""
    gc.collect()
    gc.freeze()
