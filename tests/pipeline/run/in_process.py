"""Runs of a configuration within this process: a store, its sources' reports, and what was loaded."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.database.store import open_store, sqlite_path
from pipeline.config import Config, parse
from pipeline.holdings.export import export_documents
from pipeline.run.incremental import Incremental
from pipeline.run.report import Report
from pipeline.run.run import run_sources
from tests.made import new_store


class Quiet:
    """Shows nothing of how a run goes on."""

    def discovered(self, source: str, found: int, total: int | None) -> None: ...
    def planned(self, source: str, addresses: int) -> None: ...
    def done(self, source: str, result: object) -> None: ...
    def fetched(self, source: str, addresses: int, total: int) -> None: ...
    def waits(self, source: str, why: str) -> None: ...
    def finished(self, report: Report) -> None: ...


def configured(folder: Path, tables: Mapping[str, Any]) -> Config:
    """Return a configuration of a folder, for sites on loopback unless it says otherwise."""
    http = {"delay_seconds": 0, "allow_addresses": ["127.0.0.1"], **tables.get("http", {})}
    config = parse({"extract": {"workers": 2}, **tables, "http": http}, folder, "config.toml")
    path = sqlite_path(config.store.database, config.base)
    if path is not None and not path.exists():
        new_store(path).close()  # quicker than the migrations, which have tests of their own
    return config


def run(config: Config, **options: Any) -> dict[str, Report]:
    """Run all sources once and return their reports by name."""
    store = open_store(config.store.database, base=config.base)
    try:
        reports = asyncio.run(run_sources(config, store, [], Incremental(**options), Quiet()))
    finally:
        store.close()
    return {report.source: report for report in reports}


def documents(config: Config) -> dict[str, list[dict[str, Any]]]:
    """Return what the store holds, by source."""
    store = open_store(config.store.database, base=config.base)
    path = config.base / "documents.jsonl"
    try:
        export_documents(store, path)
    finally:
        store.close()
    held: dict[str, list[dict[str, Any]]] = {}
    for line in path.read_text("utf-8").split("\n")[:-1]:
        record = json.loads(line)
        held.setdefault(record["source"], []).append(record)
    return held
