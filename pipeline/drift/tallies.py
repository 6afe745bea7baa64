"""Counts of what a run found of each field: new documents by themselves, known ones beside their earlier values."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import floor, log2
from typing import Any, TypeVar

from pipeline.drift.chances import Count
from scrapers.base import Found
from scrapers.fields import FIELDS, why_ignored

ATTACHMENTS, GONE, LISTING = "attachments", "gone", "listing"
"""Counted like fields: whether a page links a file, whether a known address is gone, how much the listing holds."""

UNMATCHED = "unmatched"
"""Aspect of a field with a configured selector: pages on which the selector did not give the value."""

SELECTOR = "selector:"
"""Prefix of the origin of a value that a configured selector gave."""

MOST_VALUES, MOST_EXAMPLES, VALUE_LENGTH = 30, 3, 80
RECENT_DAYS = 31
"""Documents younger than this may share a date."""
PARTS = {"length": 4, "age": 2}
"""Number of bins for each doubling of the value."""
NONE = Count(0, 0)
"""No document of none."""

K = TypeVar("K")
V = TypeVar("V")


def _made(held: dict[K, V], key: K, make: Callable[[], V]) -> V:
    """Return the value of a key, made where there is none yet; `setdefault` would make one for every document."""
    if (value := held.get(key)) is None:
        value = held[key] = make()
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """The values of a document at one time, as far as they are counted."""

    values: Mapping[str, str]
    """By field; the body as a hash."""
    origins: Mapping[str, str] = field(default_factory=dict)
    body_length: int = 0
    reader_version: str | None = None
    notes: Sequence[str] = ()
    """Why a selector that matched gave no value, among other things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A document that a run has read and that waits to be judged."""

    url: str
    media: str
    """page or file."""
    fetched_in: int | None
    """The run that fetched it; held and interrupted runs leave their results to the next one."""
    now: Observed
    before: Observed | None = None
    """What the store holds of it; None: it is new."""
    age_days: float | None = None
    """Days from its date of publication to the day on which it was read."""


@dataclass(slots=True)
class Tally:
    """The figures of one field: a row of `field_statistic`."""

    documents: int = 0
    filled: int = 0
    odd: dict[str, Count] = field(default_factory=dict)
    """By aspect (`missing`, `lost`, `changed`, `shrunk`, `unmatched`): how many documents show it, of how many."""
    values: dict[str, Counter[str]] = field(default_factory=dict)
    """By group (`all`, `new`, `past`: new with an old date): documents by value; of a stored run, frequent values."""
    held: Counter[str] = field(default_factory=Counter)
    """By group: how many documents hold a value."""
    alike: Counter[str] = field(default_factory=Counter)
    """By group: how many pairs of documents hold the same value."""
    again: Counter[str] = field(default_factory=Counter)
    """By value: how many known documents hold it as they did before; they are among those of `all`."""
    holders: dict[str, list[str]] = field(default_factory=dict)
    """By value: addresses of some documents that hold it; for the current run only."""
    bins: dict[str, Counter[int]] = field(default_factory=dict)
    """`length`, `age` of new documents, `known length`, `known age`: number of documents by the bin of `bin_of`."""
    origins: Counter[str] = field(default_factory=Counter)
    selector: str | None = None
    """The configured selector, if any; only runs with the same selector are compared."""
    ignored: str = ""
    """Why the selector gave no value where it matched, on the first such page; for the current run only."""
    examples: dict[str, list[str]] = field(default_factory=dict)
    accepted: bool = False
    """True for an earlier run that was held and that a person accepted."""
    count: dict[str, Any] = field(default_factory=dict)
    """For the listing: `links`, `new` (how many of these are), `pages`, `complete`, `mechanism`."""

    def note(self, what: str, odd: bool, url: str) -> None:
        """Count one document for an aspect."""
        before = self.odd.get(what, NONE)
        self.odd[what] = Count(before.odd + odd, before.of + 1)
        if odd and len(self.examples.setdefault(what, [])) < MOST_EXAMPLES:
            self.examples[what].append(url)

    def bin(self, kind: str, number: float, url: str) -> None:
        """Count one document by its length or age."""
        _made(self.bins, kind, Counter)[bin_of(kind.removeprefix("known "), number)] += 1
        if len(self.examples.setdefault(kind, [])) < MOST_EXAMPLES:
            self.examples[kind].append(url)

    def accept(self) -> None:
        """Count known documents among new ones too: a person has accepted that this is the source's usual state now."""
        self.accepted = True
        if "lost" in self.odd:
            self.odd["missing"] = self.odd.get("missing", NONE) + self.odd["lost"]
        for group in ("new", "past"):
            if "all" in self.values:
                self.values[group] = self.values["all"]
                self.held[group], self.alike[group] = self.held["all"], self.alike["all"]
        for kind in PARTS:
            self.bins[kind] = self.bins.get(kind, Counter()) + self.bins.get(f"known {kind}", Counter())

    def figures(self) -> dict[str, Any]:
        """Return all but the two totals as JSON."""
        record: dict[str, Any] = {
            "odd": {what: [round(count.odd), round(count.of)] for what, count in self.odd.items()},
            "values": {group: dict(values.most_common(MOST_VALUES)) for group, values in self.values.items()},
            "held": dict(self.held),
            "alike": dict(self.alike),
            "again": dict(self.again.most_common(MOST_VALUES)),
            "bins": {kind: {str(key): n for key, n in sorted(bins.items())} for kind, bins in self.bins.items()},
            "origins": dict(self.origins.most_common(MOST_VALUES)),
            "selector": self.selector,
            "examples": self.examples,
            "count": self.count,
        }
        return {key: value for key, value in record.items() if value}


def tally_from(documents: int, filled: int, figures: Mapping[str, Any]) -> Tally:
    """Return the tally of a stored row."""
    return Tally(
        documents=documents,
        filled=filled,
        odd={what: Count(*count) for what, count in figures.get("odd", {}).items()},
        values={group: Counter(values) for group, values in figures.get("values", {}).items()},
        held=Counter(figures.get("held", {})),
        alike=Counter(figures.get("alike", {})),
        again=Counter(figures.get("again", {})),
        bins={
            kind: Counter({int(key): n for key, n in bins.items()}) for kind, bins in figures.get("bins", {}).items()
        },
        origins=Counter(figures.get("origins", {})),
        selector=figures.get("selector"),
        examples={what: list(urls) for what, urls in figures.get("examples", {}).items()},
        count=dict(figures.get("count", {})),
    )


Tallies = dict[tuple[str, str], Tally]
"""By media (page, file) and field."""


def add(tallies: Tallies, sighting: Sighting, selectors: Mapping[str, str]) -> None:
    """Count a document; `selectors` are the configured ones, by the field that they are for."""
    for name in (*FIELDS.watched, ATTACHMENTS):
        if name == ATTACHMENTS and sighting.media == "file":
            continue
        tally = _made(tallies, (sighting.media, name), Tally)
        _count(tally, name, sighting, selectors.get(name) if sighting.media == "page" else None)


def _count(tally: Tally, name: str, sighting: Sighting, selector: str | None) -> None:
    now, before, url = sighting.now, sighting.before, sighting.url
    value = now.values.get(name)
    tally.documents += 1
    tally.filled += value is not None
    if value is not None and name in now.origins:
        tally.origins[now.origins[name]] += 1
    if selector is not None:
        tally.selector = selector
        tally.note(UNMATCHED, not now.origins.get(name, "").startswith(SELECTOR), url)
        tally.ignored = tally.ignored or why_ignored(now.notes, FIELDS.selected.get(name, name), selector)
    if before is None:
        tally.note("missing", value is None, url)
    elif name in before.values:
        tally.note("lost", value is None, url)
        # A changed reader may change values on an unchanged site, so only values that it no longer finds count.
        if value is not None and name in FIELDS.changing and now.reader_version == before.reader_version:
            tally.note("changed", value != before.values[name], url)
        if name == "body" and before.body_length >= 200:
            tally.note("shrunk", now.body_length * 2 < before.body_length, url)
    if value is None:
        return
    if name in FIELDS.repeating:
        for group in _groups(sighting):
            values = _made(tally.values, group, Counter)
            tally.held[group] += 1
            tally.alike[group] += values[value]
            values[value] += 1
        if _says_it_again(sighting, name, value):
            tally.again[value] += 1
        if len(holders := tally.holders.setdefault(value, [])) < MOST_EXAMPLES:
            holders.append(url)
    known = "" if before is None else "known "
    if name == "body":
        tally.bin(f"{known}length", now.body_length, url)
    if name == "date_published" and sighting.age_days is not None:
        tally.bin(f"{known}age", sighting.age_days, url)


def _says_it_again(sighting: Sighting, name: str, value: str) -> bool:
    """Return whether a known document says what it said before; of a stored body only the length is known."""
    if sighting.before is None:
        return False
    if name == "body":
        return 0 < sighting.before.body_length == sighting.now.body_length
    return sighting.before.values.get(name) == value


def add_unchanged(tallies: Tallies, documents: Mapping[tuple[str, str], int]) -> None:
    """Count known documents that the site answered with 304; `documents` holds their number by media and field.

    Without them only documents that did change would be counted.
    """
    for (media, name), number in documents.items():
        aspects = ["lost"]
        if name in FIELDS.changing:
            aspects.append("changed")
        if name == "body":
            aspects.append("shrunk")
        tally = _made(tallies, (media, name), Tally)
        for aspect in aspects:
            tally.odd[aspect] = tally.odd.get(aspect, NONE) + Count(0, number)


def _groups(sighting: Sighting) -> tuple[str, ...]:
    if sighting.before is not None:
        return ("all",)
    if sighting.age_days is None or sighting.age_days <= RECENT_DAYS:
        return ("all", "new")
    return ("all", "new", "past")


def bin_of(kind: str, number: float) -> int:
    """Return the bin of a length in characters or an age in days; bins grow with the value."""
    return floor(PARTS[kind] * log2(1 + max(number, 0)))


def number_of(kind: str, bin_number: int) -> int:
    """Return the number in the middle of a bin."""
    return max(round(2 ** ((bin_number + 0.5) / PARTS[kind]) - 1), 0)


def observed(
    values: Mapping[str, Found[Any]],
    *,
    attachments: Sequence[str],
    body_length: int | None = None,
    reader_version: str | None,
    notes: Sequence[str] = (),
) -> Observed:
    """Return the values of a reading in the form in which they are counted.

    Args:
        values: By field.
        attachments: The origins of the links to its files.
        body_length: In characters, where the body itself is not among the values.
        reader_version: The version of the code that read it.
        notes: The notes of the reading.
    """
    kept = {
        name: _key(name, values[name].value)
        for name in FIELDS.watched
        if name != "body" and name in values and values[name].value
    }
    body = str(values["body"].value or "") if "body" in values else ""
    length = len(body) if body_length is None else body_length
    if length:
        kept["body"] = _fingerprint(body) if body else ""
    origins = {name: found.origin for name, found in values.items() if name in kept}
    if attachments:
        kept[ATTACHMENTS] = "yes"
        origins[ATTACHMENTS] = next((one for one in attachments if one.startswith(SELECTOR)), attachments[0])
    origins = {name: origin[:VALUE_LENGTH] for name, origin in origins.items()}
    return Observed(values=kept, origins=origins, body_length=length, reader_version=reader_version, notes=notes)


def _key(name: str, value: Any) -> str:
    """Return a value as it is compared and shown."""
    if name == "authors":
        value = ", ".join(author.name for author in value)
    if name not in FIELDS.repeating:
        return "yes"
    text = " ".join(str(value).split())
    return text if len(text) <= VALUE_LENGTH else f"{text[: VALUE_LENGTH - 10]}… {_hash(text)[:8]}"


def _fingerprint(body: str) -> str:
    return _hash(" ".join(body[:100_000].split()).casefold())[:12]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
