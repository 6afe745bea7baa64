"""The flow: discover, fetch, archive, extract, normalise, load. One address can be followed from top to bottom here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.errors import IngestError, Locked, SourceError
from models.statuses import FailureStage, RunStatus
from pipeline import VERSION
from pipeline.archive import Archive
from pipeline.archive.replay import Replay
from pipeline.config import Config, Source
from pipeline.discover.discover import Discovery, discover
from pipeline.drift.judge import judge
from pipeline.extract.pool import Readers, sweep
from pipeline.extract.version import code_basis, reader_version
from pipeline.fetch.client import Client
from pipeline.fetch.settings import SourceHttp
from pipeline.ledger import addresses, failures, runs
from pipeline.ledger.due import Due, Result
from pipeline.ledger.lock import hold
from pipeline.ledger.writer import Writer, repair
from pipeline.load.publish import publish
from pipeline.run.crawl import Crawl
from pipeline.run.report import Options, Progress, Report
from pipeline.run.rerun import restage
from pipeline.run.settings import open_client, open_readers, source_http, utc_now
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.values.addresses import matches

if TYPE_CHECKING:
    from models.database.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What all sources of one process share."""

    config: Config
    store: Store
    client: Client | Replay
    readers: Readers
    writer: Writer
    in_memory: asyncio.Semaphore
    options: Options
    progress: Progress
    now: Callable[[], datetime]


async def run_sources(
    config: Config, store: Store, names: list[str], options: Options, progress: Progress
) -> list[Report]:
    """Run the named sources side by side (all enabled ones, where none is named); one report each, in order."""
    chosen = config.chosen(names)
    folder = config.archive
    for line in repair(store, folder):
        # What a killed run left is put right here; what is lost concerns a person.
        log.log(logging.INFO if "cut back" in line else logging.WARNING, "archive: %s", line)
    sweep(folder)
    async with AsyncExitStack() as stack:
        readers = await stack.enter_async_context(open_readers(config, spool=folder))
        client: Client | Replay = Replay(store, folder)
        if options.selection is None or options.selection.fetch:
            client = await stack.enter_async_context(open_client(config, readers))
        archive = stack.enter_context(Archive(folder, software=f"ingest/{VERSION}"))
        work = Work(
            config=config,
            store=store,
            client=client,
            readers=readers,
            writer=await stack.enter_async_context(Writer(store, archive, utc_now)),
            in_memory=asyncio.Semaphore(2 * readers.workers + 2),
            options=options,
            progress=progress,
            now=utc_now,
        )
        return await asyncio.gather(*(run_source(work, name, source) for name, source in chosen.items()))


async def run_source(work: Work, name: str, source: Source) -> Report:
    """Run one source from its listing to the store; a fault of the source is its report's, not the other sources'."""
    report = Report(source=name)
    began = asyncio.get_running_loop().time()
    try:
        with hold(work.config.archive / "locks", name):
            await _run_locked(work, name, source, report)
    except Locked as error:
        report.status, report.reasons = RunStatus.LOCKED, [str(error)]
    report.seconds = asyncio.get_running_loop().time() - began
    work.progress.finished(report)
    told = {"run": report.run_key, "reasons": report.reasons, "seconds": round(report.seconds, 1), **report.counts()}
    log.info("source %s: %s", name, report.status, extra={"fields": told})
    return report


async def _run_locked(work: Work, name: str, source: Source, report: Report) -> None:
    store, now, options = work.store, work.now, work.options
    rules = source.rules(name, work.config.extract)
    http = source_http(name, source)
    with store.begin() as connection:
        run = runs.start(connection, name, source.model_dump(mode="json"), options.command, options.given(), now())
    report.run_key = run.run_key
    status = RunStatus.INTERRUPTED
    try:
        # discover: the listing's pages, to links; each page's are kept before the next is asked for
        listed = None
        if options.selection is None:
            listed = await _discover(work, run, rules, http, report)
        # fetch, archive, extract: each due address, and the files that the pages link
        with store.begin() as connection:
            if options.selection is None:
                due = addresses.due(connection, run, now(), full=options.full)[: options.limit]
            else:
                due = options.selection.due(connection, run)
        work.progress.planned(name, len(due))
        work.readers.expect(len(due))
        if isinstance(work.client, Replay):
            work.client.expect(due)
        version = reader_version(rules)

        async def keep(result: Result) -> list[Due]:
            _count(report, result)
            work.progress.done(name, result)
            if result.unchanged:
                return []
            return await work.writer.put(
                run,
                result,
                reader_version=version,
                revisit_days=source.revisit_days,
                keep=_recent(result, options.since),
            )

        restaged = options.selection is not None and options.selection.stage == "normalise"
        if restaged:
            with store.begin() as connection:
                report.requested = restage(connection, run, due, now())
        else:
            crawl = Crawl(rules, work.client, work.readers, http, keep, in_memory=work.in_memory)
            await crawl.work(due)
        # normalise, load: what was staged, once it is judged to be what this source usually gives
        with store.begin() as connection:
            verdict = judge(connection, run, rules, listed)
        if verdict.held:
            status = RunStatus.HELD
            report.reasons += verdict.held
        else:
            own = None if restaged or run.resumed else code_basis(rules)
            report.published = publish(store, run, revisit_days=source.revisit_days, now=now, basis=own)
            status = RunStatus.DONE
    except* SourceError as group:
        status, report.reasons = RunStatus.FAILED, [str(error) for error in _leaves(group)]
    finally:
        report.status = status
        with store.begin() as connection:
            if status is RunStatus.INTERRUPTED:
                status = RunStatus.RUNNING  # the next run of this source takes its staged results over
            elif options.selection is None and status in (RunStatus.DONE, RunStatus.FAILED):
                failures.fail_source(connection, run, source.start[0], report.reasons, now())
            report.failed = failures.failures_of(connection, run)
            runs.finish(connection, run, status, report.counts(), report.reasons, now())


async def _discover(work: Work, run: runs.Started, rules: Rules, http: SourceHttp, report: Report) -> Discovery:
    store, options, state = work.store, work.options, dict(run.state)

    async def fetch(request: Request) -> Page | None:
        return (await work.client.fetch(request, overrides=http)).page

    async def read(page: Page, request: Request, rules: Rules) -> Listing:
        return await work.readers.listing(page, request, rules)

    async def known(identities: object) -> set[str]:
        with store.read() as connection:
            return addresses.answered(connection, identities)  # type: ignore[arg-type]

    async def found(links: object) -> None:
        with store.begin() as connection:
            addresses.add_links(connection, run.source_id, _wanted(links, rules), "document", work.now())  # type: ignore[arg-type]

    async def save_token(token: str | None) -> None:
        state["token"] = token
        with store.begin() as connection:
            runs.save_state(connection, run.source_id, state)

    began = work.now()
    listed = await discover(
        rules,
        fetch=fetch,
        read=read,
        known=known,
        full=options.full or addresses.is_stale(state.get("full_at"), began),
        since=addresses.not_ahead(state.get("since"), work.now()),
        token=state.get("token"),
        before=state.get("mechanism"),
        save_token=save_token,
        found=found,
        progress=lambda found, total: work.progress.discovered(run.source, found, total),
    )
    report.discovered = len(listed.links)
    report.reasons += listed.gaps
    at_least = work.config.sources[run.source].at_least
    whole = listed.complete and options.limit is None and options.since is None
    if whole and len(listed.links) < at_least:
        raise SourceError(f"source {run.source}: {len(listed.links)} documents found, at_least = {at_least}")
    if listed.links:
        state["mechanism"] = listed.mechanism
    if listed.finished:
        state["since"] = listed.next_since(run.since.isoformat(), state.get("since"))
        state["token"] = None
    if whole:
        state["full_at"] = began.isoformat()
    with store.begin() as connection:
        if whole:
            addresses.ask_unlisted(connection, run.source_id, began)
        for error in listed.failures:
            failures.fail(connection, run, FailureStage.DISCOVER, error.url, error.reason, 1, None, work.now())
        addresses.ask_again(connection, run.source_id, listed.removed, work.now())
        runs.save_state(connection, run.source_id, state)
    return listed


def _wanted(links: list[Link], rules: Rules) -> list[Link]:
    return [
        link
        for link in links
        if (not rules.include or matches(link.url, rules.include)) and not matches(link.url, rules.exclude)
    ]


def _recent(result: Result, since: str | None) -> bool:
    """Whether a document is as new as `--since` asks; one without a date is."""
    if since is None or result.reading is None:
        return True
    date = result.reading["values"].get("date_published")
    return date is None or date["value"] >= since[: len(date["value"])]


def _count(report: Report, result: Result) -> None:
    report.requested += 1
    report.unchanged += result.unchanged
    if result.error is not None:
        log.info("%s of %s failed: %s", result.stage, result.due.request.url, result.error.reason)
    if result.fetched is not None and result.fetched.not_modified:
        report.not_modified += 1


def _leaves(group: BaseExceptionGroup[IngestError] | IngestError) -> list[BaseException]:
    if isinstance(group, BaseExceptionGroup):
        return [leaf for error in group.exceptions for leaf in _leaves(error)]
    return [group]


__all__ = ["Work", "run_source", "run_sources"]
