"""The filters that search and export share: options of the command line, as terms of the query language."""

from __future__ import annotations

from dataclasses import dataclass

from models.search.terms import Is, Node, Within, both, either
from models.search.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which documents to select; a filter that is None does not restrict them."""

    source: str | tuple[str, ...] | None = None
    """The source's name; of several, any."""
    author: str | None = None
    """Any part of an author's name, whatever its case and diacritics."""
    since: str | None = None
    """The earliest date of publication, `2019`, `2019-05` or `2019-05-23`; a less precise stored date matches where
    it overlaps."""
    until: str | None = None
    """The latest, likewise."""
    language: str | None = None
    """A code; `pt` finds `pt-BR` too."""
    kind: str | None = None
    """The site's own label."""
    seen_since: str | None = None
    """A day: only documents that were first stored on it or later."""
    changed_since: str | None = None
    """A day: only documents that are new, have other content or are gone since then."""
    query: str | None = None
    """A query (`models.search.query`)."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the sources; empty where they are not restricted."""
        return (self.source,) if isinstance(self.source, str) else self.source or ()

    def tree(self, asked: Node) -> Node:
        """Return what a query asks for, restricted by these filters; their own `query` is not looked at."""
        terms: list[Node] = [asked]
        if self.sources:
            terms.append(either([Is("source", name.casefold()) for name in self.sources]))
        for name in ("language", "kind"):
            if (value := getattr(self, name)) is not None:
                terms.append(Is(name, value.casefold()))
        if self.author is not None:
            terms.append(Is("author", " ".join(words(self.author))))
        if self.since is not None or self.until is not None:
            terms.append(Within("date", self.since, self.until))
        if self.seen_since is not None:
            terms.append(Within("seen", self.seen_since, None))
        if self.changed_since is not None:
            terms.append(Within("changed", self.changed_since, None))
        return both(terms)
