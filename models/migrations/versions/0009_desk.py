"""What search and desk need at 100,000 documents: covering indexes, stems; and a view for those who write SQL."""

import sqlalchemy as sa
from alembic import op

from models.search.stems import learn_indexed

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = (
    ("document", ("source_id", "merged_into_id", "status", "media_type", "revision", "id")),
    ("revision", ("document_id", "number", "date_published", "language", "kind", "id")),
)
AUTHORS = {
    "sqlite": (
        "SELECT group_concat(name, '; ') FROM (SELECT author.name FROM revision_author AS line "
        "JOIN author ON author.id = line.author_id WHERE line.revision_id = revision.id ORDER BY line.position)"
    ),
    "postgresql": (
        "SELECT string_agg(author.name, '; ' ORDER BY line.position) FROM revision_author AS line "
        "JOIN author ON author.id = line.author_id WHERE line.revision_id = revision.id"
    ),
}
VIEW = (
    "CREATE VIEW document_now AS SELECT document.id, source.name AS source, document.canonical_url AS url, "
    "revision.title, ({authors}) AS authors, revision.author_raw, revision.date_published, revision.date_precision, "
    "revision.date_modified, revision.language, revision.kind, revision.publisher, revision.description, "
    "revision.identifiers, document.media_type, document.status, document.gone_at, document.revision, "
    "landing.canonical_url AS landing_page, document.first_seen_at, document.retrieved_at, revision.body "
    "FROM document JOIN revision ON revision.document_id = document.id AND revision.number = document.revision "
    "JOIN source ON source.id = document.source_id "
    "LEFT JOIN document AS landing ON landing.id = document.landing_page_id "
    "WHERE document.merged_into_id IS NULL"
)
"""A later migration that changes one of these tables drops the view first, and makes it again at its end."""


def upgrade() -> None:
    op.drop_index(op.f("ix_document_source_id"), "document")
    for table, columns in INDEXES:
        op.create_index(op.f(f"ix_{table}_counted"), table, list(columns))
    op.create_table(
        "word_stem",
        sa.Column("id", KEY, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("stem", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_stem")),
    )
    op.create_index(op.f("ix_word_stem_stem_language_word"), "word_stem", ["stem", "language", "word"])
    op.execute(VIEW.format(authors=AUTHORS[op.get_bind().dialect.name]))
    learn_indexed(op.get_bind())
