"""Whether a run's results are what this source usually gives; a suspect run is held back, not loaded."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from models.ledger import Run
from models.web import Staged
from pipeline.discover import Discovery
from pipeline.drift import Suspicion, suspicions
from pipeline.ledger import Started
from pipeline.seen import gone, history, listed, seen, unchanged, write
from pipeline.statistics import Tallies, add, add_unchanged
from scrapers.base import Rules

SELECTED = {
    "title": "title",
    "authors": "author",
    "date_published": "date",
    "body": "body",
    "attachments": "attachment",
}
"""The key of the configuration that holds a field's selector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was judged."""

    held: tuple[str, ...] = ()
    """Why the run is held back, a sentence each that names field, before, now and examples; empty: it is loaded."""
    suspicions: tuple[Suspicion, ...] = ()
    """The same as data, and what else is odd about the same fields."""
    judged: bool = True
    """False with `--limit` and `--since`, which choose what is seen."""


def judge(connection: Connection, run: Started, rules: Rules, discovery: Discovery | None) -> Verdict:
    """Return whether the staged results of a run may be published; writes the run's statistics.

    What earlier runs of the source were held back with goes over to this run, and is judged with it and by itself. A
    rerun takes over only what it has read again, and is judged only where there is such.

    Args:
        connection: An open transaction that may write.
        run: The run, its results staged.
        rules: Of the source: its selectors must match.
        discovery: What the source lists; None for a rerun.
    """
    command, options = connection.execute(select(Run.command, Run.options).where(Run.id == run.run_id)).one()
    if options.get("limit") is not None or len(options.get("since") or "") in (4, 7, 10):  # not a resumed run's moment
        return Verdict(judged=False)
    if not _take_over(connection, run, only_read_again=command == "rerun") and command == "rerun" and not run.resumed:
        return Verdict(judged=False)  # chosen by a person, who was shown the difference
    selectors = {field: css for field, key in SELECTED.items() if (css := getattr(rules, key))}
    figures: Tallies = {}
    parts: dict[int, Tallies] = {}
    for sighting in seen(connection, run.run_id):
        add(figures, sighting, selectors)
        if sighting.fetched_in not in (None, run.run_id):
            add(parts.setdefault(sighting.fetched_in, {}), sighting, selectors)
    for run_id, tallies in [(run.run_id, figures), *parts.items()]:
        answered = unchanged(connection, [run_id])
        add_unchanged(tallies, answered)
        if tallies is not figures:
            add_unchanged(figures, answered)
    figures |= gone(connection, [run.run_id, *parts])
    if discovery is not None:
        figures |= listed(connection, run, discovery)
    write(connection, run.run_id, figures)
    found = suspicions([figures, *parts.values()], history(connection, run.source_id, before=run.run_id))
    surest: dict[tuple[str, str], Suspicion] = {}
    for one in found:
        surest.setdefault((one.media, one.field), one)
    return Verdict(held=tuple(_sentence(run.source, one) for one in surest.values()), suspicions=tuple(found))


def _take_over(connection: Connection, run: Started, *, only_read_again: bool) -> bool:
    """Settle what earlier runs were held back with; return whether there was anything for this run in it."""
    held = list(connection.scalars(select(Run.id).where(Run.source_id == run.source_id, Run.status == "held")))
    if not held:
        return False
    read_again = select(Staged.url_id).where(Staged.run_id == run.run_id)
    old = delete(Staged).where(Staged.run_id.in_(held), Staged.url_id.in_(read_again.scalar_subquery()))
    taken = connection.execute(old).rowcount > 0
    if not only_read_again:
        connection.execute(update(Staged).where(Staged.run_id.in_(held)).values(run_id=run.run_id))
        taken = True
    if taken:
        left = select(Staged.id).where(Staged.run_id == Run.id).exists()
        settled = update(Run).where(Run.id.in_(held), ~left)
        connection.execute(settled.values(status="interrupted"))  # its results are this run's now
    return taken


def _sentence(source: str, one: Suspicion) -> str:
    examples = f"; see {', '.join(one.examples)}" if one.examples else ""
    return f"{source}: {one.sentence}{examples}"
