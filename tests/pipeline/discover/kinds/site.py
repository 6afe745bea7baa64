"""A site of numbered documents, and what else it answers as a function says: one kind of oddity each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import Any

from models.errors import SourceError
from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import harvest, rules_of
from tests.sites import Site, serve
from tests.sites.pages import frame
from tests.sites.server import NOT_FOUND, Answer

WHAT = ("river", "dam", "union", "port", "clinic", "wage", "forest", "quarry", "court", "school", "valley", "ferry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to the site."""

    path: str
    query: Mapping[str, str]
    form: Mapping[str, str] | None
    """What a POST sends."""
    root: str
    """Scheme and host of the site."""
    before: int
    """How often the same was asked before."""


Answering = Callable[[Asked], Answer | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """An oddity, and what comes of it."""

    answer: Answering
    start: str
    wanted: tuple[str, ...]
    """The paths of the documents that must be found, and no others."""
    code: int = 0
    """The exit code that a run would have: 3 where the listing is not whole, 1 where nothing could be found."""
    says: str = ""
    """A part of the reason that is given where the code is not 0."""
    rules: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was found of a kind."""

    found: frozenset[str]
    requests: int
    code: int
    reasons: str


class OddSite(Site):
    """Answers as its function says; where that says nothing, with a document's page."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind, self.start = kind, kind.start  # type: ignore[misc]
        self.seen: Counter[str] = Counter()

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        return self.answered(path, query, None)

    def posted(self, path: str, form: Mapping[str, str]) -> Answer:
        return self.answered(path, {}, form)

    def answered(self, path: str, query: Mapping[str, str], form: Mapping[str, str] | None) -> Answer:
        key = f"{path} {query} {form}"
        asked = Asked(path=path, query=query, form=form, root=self.url, before=self.seen[key])
        self.seen[key] += 1
        if (answer := self.kind.answer(asked)) is not None:
            return answer
        number = path.rstrip("/").rpartition("-")[2]
        if not path.startswith("/publications/report-") or not number.isdigit():
            return NOT_FOUND
        title = title_of(int(number))
        return Answer(frame(title, f"<article><h1>{escape(title)}</h1><p>What the hearing was told.</p></article>"))


def harvested(kind: Kind) -> Outcome:
    """Return what discovery finds on a site of a kind."""
    with serve(OddSite(kind)) as site:
        try:
            found = harvest(site, rules=rules_of(site, True, **kind.rules))
        except SourceError as error:
            return Outcome(found=frozenset(), requests=len(site.asked), code=1, reasons=str(error))
        reasons = " / ".join([*found.gaps, *map(str, found.failures)])
        paths = frozenset(identity(link.url).removeprefix(identity(site.url)) for link in found.links)
        whole = found.complete and not reasons
        return Outcome(found=paths, requests=len(site.asked), code=0 if whole else 3, reasons=reasons)


def title_of(number: int) -> str:
    return f"How the {WHAT[number % len(WHAT)]} of the east has changed: report {number}"


def day_of(number: int) -> str:
    return f"20{14 + number % 9}-{1 + number % 12:02}-{1 + number % 28:02}"


def path_of(number: int) -> str:
    return f"/publications/report-{number}"


def paths(count: int) -> tuple[str, ...]:
    """Return the paths of the first documents."""
    return tuple(path_of(number) for number in range(1, count + 1))
