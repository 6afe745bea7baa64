"""Which day is that of publication, among those that a page gives. The chooser may decide that it has none."""

from __future__ import annotations

from scrapers.choice.chooser import Chooser
from scrapers.html.fields.candidate import Candidate
from scrapers.html.fields.dates.dates import DateGatherer
from scrapers.html.fields.trust import Trust, is_stated, trust


def choose(reader: DateGatherer, chooser: Chooser) -> tuple[list[Candidate], list[Candidate], list[str]]:
    """Return the candidates for the dates of publication and of change, the likeliest first, and what was refused.

    The first list is empty where it is likelier that the page has no date of publication.
    """
    reader.gather()
    ranked = _agreed_first(chooser.rank("date_published", reader.described()))
    days = [c for c in ranked if len(c.value) == 10]
    if not chooser.likely("date_published", days):
        days = [c for c in days if is_stated(c)]
    partial = [c for c in ranked if len(c.value) < 10 and _STATED & c.facts.keys()]
    if not partial and not days:
        # A month in the lines about the document: `Working Paper No. 12, May 2005`; a year alone may be of anything.
        partial = [c for c in ranked if len(c.value) == 7 and trust("date_published", c) == Trust.HEADING]
    if partial and not any(day.value.startswith(partial[0].value) for day in days):
        # A month that the page states for its document stands over a day that it only prints somewhere.
        scholarly = "meta:scholarly" in partial[0].facts
        days = [*partial, *days] if scholarly or not days else [*days, *partial]
    if not days and len(reader.decided.found) == 1:
        days = list(reader.decided.found.values())
    changed = sorted(reader.modified.found.values(), key=lambda c: c.facts["trust"])
    return days, changed, reader.notes


def _agreed_first(ranked: list[Candidate]) -> list[Candidate]:
    """Return the candidates, first the one day in a catalogue's metadata that is also printed with its label.

    A journal's system declares the day of the issue beside that of the article.
    """
    catalogued = [c for c in ranked if "meta:scholarly" in c.facts]
    agreed = [c for c in catalogued if "label:date_published" in c.facts]
    if len(agreed) != 1 or ranked[0] is not catalogued[0]:
        return ranked
    return [*agreed, *(c for c in ranked if c is not agreed[0])]


_STATED = frozenset(["meta:scholarly", "meta:article", "meta:date", "ld:published", "prop", "label:date_published"])
