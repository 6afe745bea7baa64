"""Whether a run's results are what this source usually gives; a suspect run is held back, not loaded."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from pipeline.discover import Discovery
from pipeline.ledger import Started
from scrapers.base import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was judged."""

    held: tuple[str, ...] = ()
    """Why the run is held back, a sentence each that names field, before, now and examples; empty: it is loaded."""


def judge(connection: Connection, run: Started, rules: Rules, discovery: Discovery) -> Verdict:
    """Return whether the staged results of a run may be published; writes the run's statistics."""
    return Verdict()
