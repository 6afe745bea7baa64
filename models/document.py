"""Documents, their revisions, and where each value was read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, Ordered, Word
from models.statuses import DocumentStatus


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index of the rows that meet a condition.

    The migrations make it so. Stated here as an option of each database, it would load both their dialects, which costs
    every command a tenth of a second.
    """
    return Index(name, *columns, unique=unique, info={"where": where})


def _where_set(column: str) -> Index:
    """Return an index of the rows in which a column is set: `IS NULL` would make SQLite read an index of all rows."""
    return _partial(f"ix_document_{column}", column, where=f"{column} IS NOT NULL")


def _nulls_last(column: str) -> Index:
    """Return an index in the order `column IS NULL, column`, which SQLite does not find in one of the column alone."""
    return Index(f"ix_document_{column}", text(f"({column} IS NULL)"), column)


class Document(Base):
    """A page or a file that we hold."""

    __tablename__ = "document"
    __table_args__ = (
        _partial("uq_document_canonical_url", "canonical_url", where="merged_into_id IS NULL", unique=True),
        _where_set("landing_page_id"),
        _where_set("merged_into_id"),
        _nulls_last("title_key"),
        _nulls_last("least_sure"),
        # What documents are counted by, so that their rows need not be read.
        Index("ix_document_counted", "source_id", "merged_into_id", "status", "media_type", "revision", "id"),
    )

    id: Mapped[Key] = mapped_column(primary_key=True)
    canonical_url: Mapped[str] = mapped_column(Ordered)
    """The address at which the current content was read; unique among documents that are not merged."""
    identity: Mapped[str] = mapped_column(index=True)
    """The identity of `canonical_url` (`scrapers.values.addresses.identity`)."""
    variant: Mapped[bool] = mapped_column(default=False)
    """Whether it names another address as canonical or lies under another language's path; other twins go before it."""
    source_id: Mapped[Key] = mapped_column(ForeignKey("source.id"))
    media_type: Mapped[str]
    status: Mapped[DocumentStatus] = mapped_column(Word(DocumentStatus), default=DocumentStatus.LIVE)
    gone_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    """The number of the current revision."""
    title_key: Mapped[str | None] = mapped_column(Ordered)
    """What the current title is sorted by (`models.search.words.sort_key`); None without a title."""
    least_sure: Mapped[float | None]
    """The lowest confidence of the current values; None where nothing estimated any."""
    landing_page_id: Mapped[Key | None] = mapped_column(ForeignKey("document.id", ondelete="SET NULL"))
    """For a file: the earliest dated page that links it, on a tie the one with the lowest canonical address."""
    first_seen_at: Mapped[datetime]
    merged_into_id: Mapped[Key | None] = mapped_column(ForeignKey("document.id", ondelete="SET NULL"))
    """The document that this one proved to duplicate; this one keeps its revisions, is gone and stands in no list."""
    retrieved_at: Mapped[datetime]
    """When the current content was last fetched."""


class DocumentAlias(Base):
    """An address that leads to a document, keyed by its identity."""

    __tablename__ = "document_alias"

    identity: Mapped[str] = mapped_column(primary_key=True)
    """The identity of `url` (`scrapers.values.addresses.identity`)."""
    document_id: Mapped[Key] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    url: Mapped[str]
    reason: Mapped[str]
    """`final`: the current content was read at this address; `claimed`: a twin of the document was; `requested`,
    `redirect`: this address led to the document when last fetched."""
    seen_at: Mapped[datetime]
    """When the answer that shows this was fetched; the newest answer wins."""


class DocumentClaim(Base):
    """An address that a page names as canonical, or a key that twins share: no proof, but documents to compare."""

    __tablename__ = "document_claim"

    identity: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[Key] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Revision(Base):
    """The content of a document at one time; written only where it differs from the previous revision."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        # What documents are counted by and sorted by, so that their texts need not be read.
        Index("ix_revision_counted", "document_id", "number", "date_published", "language", "kind", "id"),
        Index(None, "date_published"),
        Index(None, "content_hash"),
    )

    id: Mapped[Key] = mapped_column(primary_key=True)
    document_id: Mapped[Key] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str | None]
    author_raw: Mapped[str | None]
    date_published: Mapped[str | None] = mapped_column(Ordered)
    """`2019`, `2019-05` or `2019-05-23`: as text these sort by date."""
    date_precision: Mapped[str | None]
    date_modified: Mapped[str | None]
    language: Mapped[str | None]
    kind: Mapped[str | None]
    publisher: Mapped[str | None]
    description: Mapped[str | None]
    identifiers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    body: Mapped[str | None]
    tables: Mapped[list[Any]] = mapped_column(default=list)
    notes: Mapped[list[Any]] = mapped_column(default=list)
    content_hash: Mapped[str]
    """SHA-256 over the values above, authors included: equal hashes are equal content."""
    reading: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The reading of the page or file (`said`), and the normalised values before a file borrows from its landing page
    (`own`); without body, tables and notes, which have columns."""
    capture_id: Mapped[Key | None] = mapped_column(ForeignKey("capture.id", ondelete="SET NULL"), index=True)
    run_id: Mapped[Key | None] = mapped_column(ForeignKey("run.id", ondelete="SET NULL"), index=True)
    reader_version: Mapped[str]
    created_at: Mapped[datetime]

    authors: Mapped[list[RevisionAuthor]] = relationship(order_by="RevisionAuthor.position", viewonly=True)
    provenance: Mapped[list[Provenance]] = relationship(order_by="Provenance.field", viewonly=True)


class Author(Base):
    """A person or an organisation; one row for each name and kind."""

    __tablename__ = "author"
    __table_args__ = (UniqueConstraint("name", "kind"),)

    id: Mapped[Key] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")
    """person, organisation, or empty where it is not known."""
    folded: Mapped[str]
    """The name's words, folded by `models.search.words`; look-ups by name compare these on both databases."""


class RevisionAuthor(Base):
    """The authors of a revision, in order."""

    __tablename__ = "revision_author"

    revision_id: Mapped[Key] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[Key] = mapped_column(ForeignKey("author.id"), index=True)

    author: Mapped[Author] = relationship(viewonly=True)


class Provenance(Base):
    """The origin of a field's value, the value as printed, its confidence, and the other candidates."""

    __tablename__ = "provenance"
    __table_args__ = (
        # The least sure values, the first of which are a page of the desk.
        _partial("ix_provenance_confidence", "confidence", "field", "revision_id", where="confidence IS NOT NULL"),
    )

    revision_id: Mapped[Key] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str]
    raw: Mapped[str]
    place: Mapped[str | None]
    confidence: Mapped[float | None]
    """The calibrated probability that the value is right, 0 to 1; None where nothing estimated it."""
    runners_up: Mapped[list[Any]] = mapped_column(default=list)


class TextMark(Base):
    """A mark of a document's text (`models.search.likeness`); nearly equal texts share most of their marks."""

    __tablename__ = "text_mark"

    document_id: Mapped[Key] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, index=True)


class WordStem(Base):
    """A word that documents of a language have, with its stem (`models.search.stems`)."""

    __tablename__ = "word_stem"
    __table_args__ = (Index(None, "stem", "language", "word"),)

    id: Mapped[Key] = mapped_column(primary_key=True)
    language: Mapped[str]
    stem: Mapped[str]
    word: Mapped[str]


class Attachment(Base):
    """A page's link to a file or another document; the target is found by identity, so it may be loaded later."""

    __tablename__ = "attachment"
    __table_args__ = (Index(None, "target_identity"),)

    page_document_id: Mapped[Key] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    target_identity: Mapped[str] = mapped_column(primary_key=True)
    target_url: Mapped[str]
    relation: Mapped[str]
    """attachment, translation, related."""
    text: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
