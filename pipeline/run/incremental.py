"""An incremental run: read what the source lists, then fetch what is due."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from models.errors import SourceError
from models.statuses import FailureStage
from pipeline.discover.discover import Discovery, discover
from pipeline.discover.waiting import read_back
from pipeline.drift.tallies import MOST_EXAMPLES
from pipeline.ledger import addresses, failures, runs
from pipeline.run.answers import SiteAnswers
from pipeline.run.task import Batch, Settle, SourceRun
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.values.addresses import matches

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.ledger.due import Due
    from pipeline.ledger.runs import Started

NUMBER = re.compile(r"\d+")


AT_ONCE = 5_000
"""Addresses that are in memory at once with what a request for them needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incremental:
    """Reads the listing, then fetches new documents and known ones that are due."""

    full: bool = False
    """Fetch every known document, due or not."""
    limit: int | None = None
    """Fetch that many addresses at most."""
    since: str | None = None
    """Load only documents published since then (`2019`, `2019-05`, `2019-05-23`)."""
    command: ClassVar[str] = "run"
    fetches: ClassVar[bool] = True
    discovers: ClassVar[bool] = True

    @property
    def sees_all(self) -> bool:
        """Whether no option selects documents: only then are `at_least` and unlisted documents checked."""
        return self.limit is None and self.since is None

    @classmethod
    def given_again(cls, options: Mapping[str, Any]) -> Incremental:
        """Return the task of recorded options."""
        return cls(**{name: options[name] for name in ("full", "limit", "since") if name in options})

    def again(self, connection: Connection, run: Started, ids: Collection[int]) -> list[Due]:
        """Return what to fetch for some of the addresses that a run has opened up to all processes."""
        return addresses.requests_of(connection, ids)

    def given(self) -> dict[str, Any]:
        """Return the options that the ledger records."""
        return {"full": self.full, "limit": self.limit, "since": self.since}

    async def discover(self, run: SourceRun) -> Discovery:
        """Return what the source lists; each page's links are in the ledger before the next page is fetched.

        Args:
            run: The source's run; its report counts what is found.

        Raises:
            SourceError: The listing cannot be read, lists nothing, or less than `at_least`.
        """
        shared, started, report = run.shared, run.started, run.report
        write, client = run.write, shared.client
        assert client is not None
        state = dict(started.state)

        async def fetch(request: Request) -> Page | None:
            started.fence.check_here()
            return (await client.fetch(request, overrides=run.http)).page

        async def read(page: Page, request: Request, rules: Rules) -> Listing:
            return await shared.readers.listing(page, request, rules)

        async def known(identities: Collection[str]) -> set[str]:
            return await shared.transactions.read(partial(addresses.answered, identities=identities))

        async def forgotten(identities: Collection[str]) -> set[str]:
            return await shared.transactions.read(partial(addresses.forgotten, identities=identities))

        async def found(links: Sequence[Link]) -> None:
            wanted, now = _wanted(links, run.rules), shared.now()
            await write(lambda c: addresses.add_links(c, started.source_id, wanted, "document", now))

        async def save_token(token: str | None) -> None:
            state["token"] = token
            await write(partial(runs.save_state, source_id=started.source_id, state=state))

        began = shared.now()
        left = state.pop("waiting", {})
        if self.full:
            left = {}  # the whole list is read anew
        if left and began < datetime.fromisoformat(left["until"]):
            raise SourceError(
                f"source {started.source}: the site asked not to be asked before {left['until'][:16]}; the first run "
                "after that goes on with the listing, `--full` begins it anew at once"
            )
        listed = await discover(
            run.rules,
            fetch=fetch,
            read=read,
            known=known,
            forgotten=forgotten,
            full=self.full or addresses.is_stale(state.get("full_at"), began),
            since=addresses.not_ahead(state.get("since"), began),
            token=state.get("token"),
            most_kept=MOST_EXAMPLES,
            waiting=() if state.get("token") else read_back(left.get("requests", ())),
            before=state.get("mechanism"),
            save_token=save_token,
            found=found,
            progress=lambda found, total: shared.progress.discovered(started.source, found, total),
        )
        report.discovered = listed.count
        whole = listed.complete and self.sees_all
        if whole and listed.count < run.source.at_least:
            raise SourceError(
                f"source {started.source}: {listed.count} documents found, at_least = {run.source.at_least}"
            )
        if listed.count:
            state["mechanism"] = listed.mechanism
        lasting = _note_gaps(state, listed)
        report.reasons += state["gaps"]
        walk_began = left.get("began", started.since.isoformat())
        if listed.finished or lasting:
            state["since"] = listed.next_since(walk_began, state.get("since"))
            state["token"] = None
        retry = None
        if listed.waiting:
            retry = listed.waiting.until(began)
            state["waiting"] = {"began": walk_began, "until": retry.isoformat(), "requests": listed.waiting.kept()}
        if whole or lasting:
            state["full_at"] = began.isoformat()

        def keep(connection: Connection) -> None:
            if whole:
                addresses.ask_unlisted(connection, started.source_id, began)
            for error in listed.failures:
                failures.fail(
                    connection, started, FailureStage.DISCOVER, error.url, error.reason, 1, retry, shared.now()
                )
            addresses.ask_again(connection, started.source_id, listed.removed, shared.now())
            runs.save_state(connection, started.source_id, state)

        await write(keep)
        return listed

    async def steps(self, run: SourceRun) -> AsyncIterator[Batch | Settle]:
        """Yield the due addresses, then the step that judges and loads their results."""
        run.since = self.since
        shared = run.shared
        assert shared.client is not None
        read, now = shared.transactions.read, shared.now()
        hosts = await read(partial(addresses.due_by_host, run=run.started, now=now, full=self.full, limit=self.limit))
        run.planned = sum(map(len, hosts.values()))
        answers = SiteAnswers(shared.client, run.http, run.started.fence)
        for ids in addresses.shares(hosts, AT_ONCE):
            yield Batch(due=await read(partial(addresses.requests, run=run.started, ids=ids)), answers=answers)
        yield Settle(judged=True)


def _note_gaps(state: dict[str, Any], listed: Discovery) -> bool:
    """Store what a listing is known to lack; return whether its last full reading lacked the same.

    If so, another full reading would not find it: the next runs read only the newest end, as for a listing without
    gaps. They still report what is missing, until a full reading lacks nothing.
    """
    before = state.get("gaps", [])
    if listed.complete or listed.gaps:
        state["gaps"] = list(listed.gaps)
    else:
        state.setdefault("gaps", [])
    alike = [NUMBER.sub("#", gap) for gap in before] == [NUMBER.sub("#", gap) for gap in listed.gaps]
    return bool(listed.gaps) and alike and not listed.failures


def _wanted(links: Sequence[Link], rules: Rules) -> list[Link]:
    return [
        link
        for link in links
        if (not rules.include or matches(link.url, rules.include)) and not matches(link.url, rules.exclude)
    ]
