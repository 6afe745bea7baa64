"""The fields of a document, each declared here and nowhere else: a row of the table, an attribute, a site's method.

All code that treats fields alike asks `FIELDS`. A new field takes four files: this one, its column in
`models/document.py`, the migration that adds the column, and the reader that finds the value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from scrapers.base import Author, Found, Link, Page, Table

Type = Literal["line", "text", "date", "precision", "authors", "identifiers", "address"]
"""What a value is: a line of text, a text of many lines, a date with as many parts as printed, how many parts a date
has, an ordered list of people and organisations, identifiers by their kind, an address."""

EMPTY: Mapping[str, Any] = {"authors": [], "identifiers": {}}
"""What stands in JSON for an absent value of a type; null for all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A row of the table: what a field is, and what is done with it."""

    name: str
    type: Type
    about: str
    """What the JSON Schemas say of it; in brackets its names at schema.org, in Dublin Core and in Highwire's tags."""
    borrowed: bool = False
    """Whether a file that does not state it takes it from its landing page."""
    claimed: Literal["first", "added", "last", "never"] = "last"
    """Whether what a feed or API claims stands before what the page says (`first`), is added to it (`added`), is taken
    where the page says nothing (`last`), or not at all."""
    selector: str | None = None
    """The key of a source's configuration that holds a selector of it."""
    revises: Literal["always", "if given", "never"] = "if given"
    """Whether a change of it is a change of content, and makes a revision. `always` is for the fields of the first
    version, which are hashed where they are absent too; any later one is hashed only if given, so that a document
    without it keeps its hash."""
    drift: Literal["unwatched", "presence", "repetition", "change"] = "presence"
    """What drift detection watches: nothing; whether it is there; also whether many documents say the same; also
    whether a known document now says something else."""
    searched: bool = False
    """Whether full-text search looks through it."""
    exported: bool = True
    """Whether it is printed and exported as a field."""
    listed: bool = False
    """Whether `ingest links` prints what a listing, feed or API claims of it."""
    of: str | None = None
    """The field from which this one is derived; None for what is read."""
    derive: Callable[[Found[Any]], Any] | None = None
    """How it is derived."""

    def value(self, values: Mapping[str, Found[Any]]) -> Any:
        """Return its value out of the found values, None where there is none."""
        found = values.get(self.of or self.name)
        if found is None:
            return None
        return found.value if self.derive is None else self.derive(found)


def raw_of(found: Found[Any]) -> str:
    """Return a value as it was printed."""
    return found.raw


def precision_of(found: Found[Any]) -> str | None:
    """Return year, month or day: a date has just as many parts as were printed."""
    return ("year", "month", "day")[str(found.value).count("-")] if found.value else None


class Fields:
    """The table, and what can be asked of it. The order of the rows is the order in every output."""

    read: tuple[str, ...]
    """The fields that readers give; the others are derived from them."""
    borrowed: tuple[str, ...]
    """What a file that does not state it takes from its landing page."""
    selected: dict[str, str]
    """The fields that a source's configuration may name a selector for, with the key."""
    compared: tuple[str, ...]
    """The fields whose change is a change of content."""
    watched: tuple[str, ...]
    """What drift detection counts."""
    repeating: frozenset[str]
    """What drift detection compares between documents."""
    changing: frozenset[str]
    """What drift detection compares with what the same document said before."""
    exported: tuple[Field, ...]
    """What is printed and exported."""
    listed: tuple[Field, ...]
    """What `ingest links` prints of each document."""

    def __init__(self, rows: tuple[Field, ...]) -> None:
        self.rows = rows

    @property
    def rows(self) -> tuple[Field, ...]:
        """The rows. What can be asked of them is worked out once, when they are set: it is asked for every document."""
        return self._rows

    @rows.setter
    def rows(self, rows: tuple[Field, ...]) -> None:
        self._rows = rows
        self._by_name = {row.name: row for row in rows}
        self.read = tuple(row.name for row in rows if row.of is None)
        self.borrowed = tuple(row.name for row in rows if row.borrowed)
        self.selected = {row.name: row.selector for row in rows if row.selector is not None}
        self.compared = tuple(row.name for row in rows if row.of is None and row.revises != "never")
        self.watched = tuple(row.name for row in rows if row.drift != "unwatched")
        self.repeating = frozenset(row.name for row in rows if row.drift in ("repetition", "change"))
        self.changing = frozenset(row.name for row in rows if row.drift == "change")
        self.exported = tuple(row for row in rows if row.exported)
        self.listed = tuple(row for row in rows if row.listed)

    def __iter__(self) -> Iterator[Field]:
        return iter(self._rows)

    def __getitem__(self, name: str) -> Field:
        return self._by_name[name]


FIELDS = Fields(
    (
        Field(
            name="title",
            type="line",
            about="The title (name, headline; dc:title; citation_title).",
            borrowed=True,
            claimed="first",
            selector="title",
            revises="always",
            drift="repetition",
            searched=True,
            listed=True,
        ),
        Field(
            name="authors",
            type="authors",
            about="People and organisations in order, as written (author; dc:creator; citation_author).",
            borrowed=True,
            claimed="first",
            selector="author",
            revises="always",
            drift="change",
            searched=True,
            listed=True,
        ),
        Field(
            name="author_raw",
            type="line",
            about="The authors' line as it was printed.",
            of="authors",
            derive=raw_of,
            revises="always",
            drift="unwatched",
            listed=True,
        ),
        Field(
            name="date_published",
            type="date",
            about="The date of publication, in as many parts as are printed "
            "(datePublished; dcterms:issued; citation_publication_date).",
            borrowed=True,
            claimed="first",
            selector="date",
            revises="always",
            drift="change",
            listed=True,
        ),
        Field(
            name="date_precision",
            type="precision",
            about="How many parts date_published has.",
            of="date_published",
            derive=precision_of,
            revises="never",
            drift="unwatched",
            listed=True,
        ),
        Field(
            name="date_modified",
            type="date",
            about="The date of the last change (dateModified; dcterms:modified).",
            claimed="first",
            revises="always",
            drift="unwatched",
        ),
        Field(
            name="language",
            type="line",
            about="The language of the text and not of the frame around it, BCP 47 (inLanguage; dc:language).",
            borrowed=True,
            revises="always",
            drift="change",
            listed=True,
        ),
        Field(
            name="kind",
            type="line",
            about="The site's own label of this kind of document, in lower case (dc:type).",
            borrowed=True,
            claimed="first",
            revises="always",
            listed=True,
        ),
        Field(
            name="publisher",
            type="line",
            about="Who published it (publisher; dc:publisher).",
            borrowed=True,
            claimed="first",
            revises="always",
            searched=True,
        ),
        Field(
            name="description",
            type="line",
            about="A summary (description; dcterms:abstract).",
            claimed="first",
            revises="always",
            searched=True,
        ),
        Field(
            name="identifiers",
            type="identifiers",
            about="Any of DOI, ISBN, ISSN, document symbol and handle (identifier; dc:identifier).",
            claimed="added",
            revises="always",
        ),
        Field(
            name="body",
            type="text",
            about="The main text: paragraphs parted by a blank line; headings, items and table rows on lines of their "
            "own; NFC (articleBody).",
            selector="body",
            revises="always",
            drift="repetition",
            searched=True,
        ),
        Field(
            name="canonical_url",
            type="address",
            about="The address that the page itself says it has (link[rel=canonical]).",
            revises="never",
            drift="unwatched",
            exported=False,
        ),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What one page or file says, by field. A field that it does not say is None; nothing is guessed."""

    media_type: str
    title: Found[str] | None = None
    authors: Found[tuple[Author, ...]] | None = None
    date_published: Found[str] | None = None
    date_modified: Found[str] | None = None
    language: Found[str] | None = None
    kind: Found[str] | None = None
    publisher: Found[str] | None = None
    description: Found[str] | None = None
    identifiers: Found[Mapping[str, str]] | None = None
    body: Found[str] | None = None
    canonical_url: Found[str] | None = None
    links: tuple[Link, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person should know: a date refused and why, a page of a PDF that failed, a cut."""
    runners_up: Mapping[str, tuple[Found[object], ...]] = field(default_factory=dict)
    """By field: a few of the candidates that lost, the best first."""

    def found(self) -> dict[str, Found[object]]:
        """Return the fields that were found, by name."""
        return {f.name: value for f in fields(self) if isinstance(value := getattr(self, f.name), Found)}


class FieldMethods:
    """A method a field, for a site's own class to override.

    A method gets the page and returns a Found, or None where the generic reader's value stands.
    """

    def title(self, page: Page) -> Found[str] | None:
        """Return the title."""
        return None

    def authors(self, page: Page) -> Found[tuple[Author, ...]] | None:
        """Return the authors; an empty tuple says that the page names none."""
        return None

    def date_published(self, page: Page) -> Found[str] | None:
        """Return the date of publication, as precise as printed; an empty value says that the page has none."""
        return None

    def date_modified(self, page: Page) -> Found[str] | None:
        """Return the date of the last change."""
        return None

    def language(self, page: Page) -> Found[str] | None:
        """Return the language of the text."""
        return None

    def kind(self, page: Page) -> Found[str] | None:
        """Return the site's own label for this kind of document, in lower case."""
        return None

    def publisher(self, page: Page) -> Found[str] | None:
        """Return the publisher."""
        return None

    def description(self, page: Page) -> Found[str] | None:
        """Return the summary."""
        return None

    def identifiers(self, page: Page) -> Found[Mapping[str, str]] | None:
        """Return DOI, ISBN, ISSN, document symbol, handle."""
        return None

    def body(self, page: Page) -> Found[str] | None:
        """Return the main text."""
        return None

    def canonical_url(self, page: Page) -> Found[str] | None:
        """Return the address that the page says is its own."""
        return None


def why_ignored(notes: Iterable[str], key: str, css: str) -> str:
    """Return from a reading's notes what a selector matched where it gave no value: `matches no date: 'Share'`."""
    beginning = f"{key}: {css!r} "
    return next((note.removeprefix(beginning) for note in notes if note.startswith(beginning)), "")
