"""Words that share a stem: `worker` finds `workers` as well, by the rules of the language (Snowball).

The index of full-text search holds words as they are spelt, so that a phrase is found exactly. The table `word_stem`
holds, for each language, the words that its documents have with their stems. A word of a query that is no phrase stands
for every word that has its stem in one of these languages: in those whose documents have the word itself, if there are
any, so that the French `economie` does not find the English `economy`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, column, insert, select, table, text

from models.document import Document, Revision, WordStem
from models.search.terms import All, Either, Node, Not, Words, either
from models.upsert import chunks, table_of

ALGORITHMS: Mapping[str, str] = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""The algorithm of each language that has one, by the language's code."""

SHORTEST = 3
"""Letters of a word that has a stem."""

MOST = 64
"""Most words that one word of a query stands for."""

AT_ONCE = 200
"""Documents of an older store whose words are learned together."""


def learn(connection: Connection, texts: Iterable[tuple[str | None, Iterable[str]]]) -> None:
    """Store the stems of the words of documents, given as pairs of language and folded words.

    A word that is known is left alone. No constraint keeps two writers from storing the same word twice, which does no
    harm; with one, each would wait for the other's transaction.
    """
    words: dict[str, set[str]] = {}
    for code, found in texts:
        if (language := _language(code)) is not None:
            words.setdefault(language, set()).update(found)
    row = table_of(WordStem)
    for language, spelt in words.items():
        stems = _stems(language, sorted(filter(_has_stem, spelt)))
        for some in chunks(stems):
            known = connection.execute(
                select(row.c.word).where(
                    row.c.language == language, row.c.stem.in_({stems[word] for word in some}), row.c.word.in_(some)
                )
            )
            fresh = sorted(set(some) - set(known.scalars()))
            if fresh:
                rows = [{"language": language, "stem": stems[word], "word": word} for word in fresh]
                connection.execute(insert(row), rows)


def learn_indexed(connection: Connection) -> None:
    """Store the stems of all words that are indexed: of a store that was made before stems were kept."""
    sqlite = connection.dialect.name == "sqlite"
    document, revision = table_of(Document), table_of(Revision)
    rows = connection.execute(
        select(document.c.id, revision.c.language)
        .join(revision, (revision.c.document_id == document.c.id) & (revision.c.number == document.c.revision))
        .order_by(document.c.id)
    ).all()
    languages = {row.id: row.language for row in rows if _language(row.language) is not None}
    index = table("search_index", *(column(name) for name in ("rowid", "title", "body", "document_id")))
    key = index.c.rowid if sqlite else index.c.document_id
    held: Any = (index.c.title, index.c.body) if sqlite else (text("tsvector_to_array(words) AS words"),)
    for some in chunks(languages, AT_ONCE):
        found = connection.execute(select(key.label("id"), *held).where(key.in_(some)))
        learn(
            connection,
            [(languages[row.id], f"{row.title} {row.body}".split() if sqlite else row.words) for row in found],
        )


def drop_unused(connection: Connection) -> None:
    """Remove the words that no indexed document has any more: what is forgotten leaves no word behind."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab(main, search_index, row)"))
        connection.execute(text("DELETE FROM word_stem WHERE word NOT IN (SELECT term FROM temp.indexed)"))
        connection.execute(text("DROP TABLE temp.indexed"))
    else:
        indexed = "SELECT word FROM ts_stat('SELECT words FROM search_index')"
        connection.execute(text(f"DELETE FROM word_stem WHERE word NOT IN ({indexed})"))


def widened(connection: Connection, tree: Node) -> Node:
    """Return a tree in which a word stands for all words of its stem; a phrase and a beginning stay as they are."""
    asked = {leaf.words[0] for leaf in _leaves(tree) if _is_widened(leaf)}
    if not asked:
        return tree
    stems: dict[tuple[str, str], set[str]] = {}
    for language in ALGORITHMS:
        for word, stem in _stems(language, sorted(asked)).items():
            stems.setdefault((language, stem), set()).add(word)
    row = table_of(WordStem)
    rows = connection.execute(
        select(row.c.language, row.c.stem, row.c.word).where(row.c.stem.in_({stem for _, stem in stems})).distinct()
    )
    same: dict[str, dict[str, set[str]]] = {word: {} for word in asked}
    for language, stem, word in rows:
        for one in stems.get((language, stem), ()):
            same[one].setdefault(language, set()).add(word)
    return _replaced(tree, {word: _of_its_languages(word, found) for word, found in same.items()})


def _of_its_languages(word: str, found: Mapping[str, set[str]]) -> set[str]:
    """Return the words of a stem, given by language: of the languages that have the word itself, else of all."""
    own = [words for words in found.values() if word in words]
    return set().union(*(own or found.values()))


def _replaced(node: Node, same: Mapping[str, set[str]]) -> Node:
    if isinstance(node, Not):
        return Not(_replaced(node.node, same))
    if isinstance(node, All):
        return All(tuple(_replaced(part, same) for part in node.nodes))
    if isinstance(node, Either):
        return either([_replaced(part, same) for part in node.nodes])
    if not isinstance(node, Words) or not _is_widened(node):
        return node
    (word,) = node.words
    others = sorted(same[word] - {word})[: MOST - 1]
    return either([replace(node, words=(one,), exact=True) for one in (word, *others)]) if others else node


def _leaves(node: Node) -> list[Words]:
    if isinstance(node, Words):
        return [node]
    if isinstance(node, Not):
        return _leaves(node.node)
    return [leaf for part in node.nodes for leaf in _leaves(part)] if isinstance(node, All | Either) else []


def _is_widened(leaf: Words) -> bool:
    return not leaf.exact and not leaf.prefix and len(leaf.words) == 1 and _has_stem(leaf.words[0])


def _has_stem(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _language(code: str | None) -> str | None:
    """Return the language of a code such as `pt-BR` where it has an algorithm, or None."""
    language = (code or "").lower().partition("-")[0]
    return language if language in ALGORITHMS else None


def _stems(language: str, words: list[str]) -> dict[str, str]:
    """Return the stem of each word. The algorithms get folded words, as both documents and queries have them."""
    import Stemmer

    given = [_with_short_i(word) for word in words] if language == "ru" else words
    stems: list[str] = Stemmer.Stemmer(ALGORITHMS[language], 0).stemWords(given)
    return dict(zip(words, stems, strict=True))


def _with_short_i(word: str) -> str:
    """Return a Russian word with the й at its end that folding made an и, by which adjectives are known."""
    return word[:-1] + "й" if word.endswith(("ыи", "ои", "еи", "ии")) else word
