"""Judge whether a run's results are as usual for its source; a suspect run is held, not loaded."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from models.ledger import Run
from pipeline.discover.discover import Discovery
from pipeline.drift.sightings import gone, history, listed, sightings, unchanged, write
from pipeline.drift.suspicions import Suspicion, suspicions
from pipeline.drift.tallies import ATTACHMENTS, Tallies, add, add_unchanged
from pipeline.ledger.runs import Started
from scrapers.base import Rules
from scrapers.fields import FIELDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The judgement on a run."""

    held: tuple[str, ...] = ()
    """Why the run is held: a sentence each, with field, now and before, then an example a line; else empty."""
    suspicions: tuple[Suspicion, ...] = ()
    """The same as data, with further suspicions about the same fields."""
    judged: bool = True
    """False with `--limit` and `--since`, which select documents, and for a rerun that took nothing over."""


def judge(connection: Connection, run: Started, rules: Rules, discovery: Discovery | None) -> Verdict:
    """Judge whether the staged results of a run may be published; write the run's statistics.

    Results taken over from earlier runs are judged together with this run's and by themselves. Of a run with `--limit`
    or `--since` only those are judged; a rerun that took none over is not judged, nor is an import, unless it makes a
    lost store anew: it judges each run of the archive as that was judged.

    Args:
        connection: An open transaction that may write.
        run: The run, its results staged.
        rules: The source's rules, whose selectors must match.
        discovery: What the source lists; None for a rerun.
    """
    command, options = connection.execute(select(Run.command, Run.options).where(Run.id == run.run_id)).one()
    rerun = command == "rerun" or (command == "import" and not options.get("restored"))
    chosen = not rerun and (options.get("limit") is not None or options.get("since") is not None)
    if (chosen or rerun) and not run.resumed:
        return Verdict(judged=False)
    selected = {**FIELDS.selected, ATTACHMENTS: "attachment"}
    selectors = {field: css for field, key in selected.items() if (css := getattr(rules, key))}
    figures: Tallies = {}
    left = connection.scalars(select(Run.id).where(Run.run_key == run.resumed)).all()
    parts: dict[int, Tallies] = {run_id: {} for run_id in left}
    for sighting in sightings(connection, run.run_id):
        own = sighting.fetched_in in (None, run.run_id)
        if not (own and chosen):
            add(figures, sighting, selectors)
        if sighting.fetched_in is not None and not own:
            add(parts.setdefault(sighting.fetched_in, {}), sighting, selectors)
    for run_id, tallies in [(run.run_id, figures), *parts.items()]:
        answered = unchanged(connection, [run_id])
        add_unchanged(tallies, answered)
        if tallies is not figures:
            add_unchanged(figures, answered)
    figures |= gone(connection, [run.run_id, *parts])
    if discovery is not None and not chosen:
        figures |= listed(connection, run, discovery)
    write(connection, run.run_id, figures)
    found = suspicions([figures, *parts.values()], history(connection, run.source_id, before=run.run_id))
    surest: dict[tuple[str, str], Suspicion] = {}
    for one in found:
        surest.setdefault((one.media, one.field), one)
    return Verdict(held=tuple(_reason(run.source, one) for one in surest.values()), suspicions=tuple(found))


def _reason(source: str, one: Suspicion) -> str:
    """Return the source and what is odd, and under it the addresses to look at, one a line."""
    return "\n".join([f"{source}: {one.sentence}", *(f"  {url}" for url in one.examples)])
