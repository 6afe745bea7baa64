from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from models.database.store import Store
from models.search.matching import Found, count
from models.search.query import parse
from models.search.search import SORTS, matching_ids, results
from models.search.stems import widened
from models.search.terms import All, Either, Is, Node, Not, Sure, Within, Words
from models.search.words import words
from pipeline.load.load import publish
from tests.made import day, made, opened
from tests.models.search.written_queries import written_queries

SUBJECTS = (
    "Économie et droits humains",
    "Права и ответственность",
    "Εργασία και δικαίωμα εργασίας",
    "مسؤولية الشركات عن حقوق الانسان",
    "企业责任",
    "cobalt mine",
    "lithium mining",
    "water rights",
    "forced labour",
    "human rights due diligence",
    "人权 report",
)
PEOPLE = (
    ("Aminata Diallo",),
    ("Ann Bee", "Aminata Diallo"),
    ("张伟",),
    (),
    ("Иван Петров", "محمد علي"),
    ("Άννα Παππά",),
)
DATES = (None, "2019", "2019-05", "2019-05-23", "2020-02-29", "2021-12-31")
LANGUAGES = ("en", "fr", "pt-BR", None)


def documents() -> list[Any]:
    chance = random.Random(5)
    found = []
    for number in range(60):
        further: dict[str, Any] = {"kind": "press release"} if number % 4 == 0 else {}
        if number % 5 == 0:
            further["identifiers"] = {"doi": f"10.1/{number}"}
        item = made(
            f"https://acme.org/{'news' if number % 3 else 'reports'}/{number}",
            title=chance.choice(SUBJECTS),
            body=" ".join(chance.sample(SUBJECTS, 2)),
            authors=chance.choice(PEOPLE),
            date=chance.choice(DATES),
            language=chance.choice(LANGUAGES),
            media_type=chance.choice(("text/html", "application/pdf")),
            at=number % 7,
            **further,
        )
        sure = replace(item.values["title"], confidence=round(chance.random(), 2))
        found.append(replace(item, values={**item.values, "title": sure}))
    return found


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory, postgres_searched: str) -> Iterator[list[Store]]:
    stores = [opened(str(tmp_path_factory.mktemp("search") / "ingest.db")), opened(postgres_searched)]
    for store in stores:
        with store.begin() as connection:
            publish(connection, documents(), run_id=None, now=day(0))
    yield stores
    for store in stores:
        store.close()


TERMS = [
    *(
        "cobalt",
        "mine",
        "mini*",
        '"water rights"',
        '"due diligence"',
        "人权",
        "人",
        "title:rights",
        'title:"human rights"',
    ),
    *(
        "author:diallo",
        'author:"ann bee"',
        "author:张",
        "language:pt",
        "language:en",
        "format:pdf",
        'kind:"press release"',
    ),
    *("kind:press*", "source:acme", "source:other", "status:live", "status:gone", "url:/news/", "origin:label"),
    *(
        "origin:date=label",
        "has:doi",
        "has:author",
        "no:date",
        "no:kind",
        "has:attachment",
        "date:2019",
        "date:2019-05",
    ),
    *("date:>=2020", "date:<2019-06", "date:2019-05-23", "date:2019..2020", "sure:<0.5", "sure:title>=0.5"),
    *("seen:2026-03", "seen:<2026-03", "changed:>=2026-03-01", "diallo"),
]


def queries() -> list[str]:
    chance = random.Random(11)
    found = list(TERMS)
    for _ in range(70):
        a, b, c = chance.sample(TERMS, 3)
        found.append(
            chance.choice(
                [
                    f"{a} {b}",
                    f"{a} OR {b}",
                    f"{a} -{b}",
                    f"-{a} -{b}",
                    f"({a} OR {b}) {c}",
                    f"{a} OR -{b}",
                    f"{a} -({b} {c})",
                ]
            )
        )
    return found


def compare(stores: Sequence[Store], texts: Iterable[str]) -> None:
    """Ask two stores the queries, and check that both give the documents that the trees mean."""
    held = {item.canonical_url: item for item in documents()}
    with stores[0].read() as one, stores[1].read() as two:
        addresses = [address_of(connection) for connection in (one, two)]
        for text in texts:
            query = parse(text)
            assert not query.faults, text
            tree = widened(one, query.tree)
            assert widened(two, query.tree) == tree, text
            expected = {url for url, item in held.items() if holds(tree, item)}
            for connection, urls in zip((one, two), addresses, strict=True):
                ids = matching_ids(connection, query.tree)
                assert {urls[key] for key in ids} == expected, (connection.dialect.name, text)
                assert count(connection, query.tree) == len(ids) == len(expected), text


def test_both_databases_find_what_the_tree_means(stores: list[Store]) -> None:
    compare(stores, queries()[::2])


def test_both_databases_find_the_same_in_five_scripts(stores: list[Store]) -> None:
    """`python -m tests.models.search.test_conditions` asks all of the written queries."""
    compare(stores, [asked.text for asked in written_queries() if asked.tree is not None][::29])


def test_the_order_is_the_same_on_both_databases(stores: list[Store]) -> None:
    with stores[0].read() as one, stores[1].read() as two:
        for sort, text in itertools.product(SORTS, ("", "language:en", "cobalt", "cobalt -lithium")):
            if sort == "best" and "cobalt" in text:
                continue  # the measures differ: bm25 and ts_rank
            ordered = [
                [address_of(connection)[key] for key in matching_ids(connection, parse(text).tree, sort=sort)]
                for connection in (one, two)
            ]
            assert ordered[0] == ordered[1], (sort, text)


def test_pages_of_results_are_parts_of_the_whole(stores: list[Store]) -> None:
    for store in stores:
        with store.read() as connection:
            for text in ("cobalt", "language:en", "cobalt language:en"):
                query = parse(text)
                whole = matching_ids(connection, query.tree)
                pages = [results(Found(connection), query, limit=7, offset=at) for at in range(0, len(whole) + 7, 7)]
                assert [hit.document_id for page in pages for hit in page.hits] == whole
                assert {page.total for page in pages} == {len(whole)}


def address_of(connection: Any) -> dict[int, str]:
    return dict(connection.exec_driver_sql("SELECT id, canonical_url FROM document").all())


def holds(node: Node, item: Any) -> bool:
    """Evaluate a tree as its definition reads, over a document as it was made."""
    value = {name: found.value for name, found in item.values.items()}
    title, body = value.get("title") or "", value.get("body") or ""
    names = [author.name for author in value.get("authors") or ()]
    if isinstance(node, Not):
        return not holds(node.node, item)
    if isinstance(node, All):
        return all(holds(inner, item) for inner in node.nodes)
    if isinstance(node, Either):
        return any(holds(inner, item) for inner in node.nodes)
    if isinstance(node, Words):
        return any(_occurs(node, words(text)) for text in ((title,) if node.title else (title, body, *names)))
    if isinstance(node, Sure):
        known = [found.confidence for name, found in item.values.items() if node.field in (None, name)]
        known = [one for one in known if one is not None]
        return any(one < node.below for one in known) if node.below else bool(known) and min(known) >= (node.least or 0)
    if isinstance(node, Within):
        date = value.get("date_published") if node.field == "date" else "2026-03-01"
        if date is None:
            return False
        first, last = node.first or "", node.last or "9999"
        return bool(date >= first[: len(date)] and date[: len(last)] <= last)
    return _is(node, item, value, names)


def _occurs(node: Words, text: list[str]) -> bool:
    size = len(node.words)
    for at in range(len(text) - size + 1):
        run = tuple(text[at : at + size])
        last = run[-1].startswith(node.words[-1]) if node.prefix else run[-1] == node.words[-1]
        if run[:-1] == node.words[:-1] and last:
            return True
    return False


def _is(node: Is, item: Any, value: dict[str, Any], names: list[str]) -> bool:
    wanted = node.value
    kind = value.get("kind") or ""
    answers: Mapping[str, Callable[[], bool]] = {
        "author": lambda: any(wanted in " ".join(words(name)) for name in names),
        "language": lambda: ((value.get("language") or "").lower() + "-").startswith(wanted + "-"),
        "format": lambda: wanted in item.media_type,
        "kind": lambda: kind.startswith(wanted[:-1]) if wanted.endswith("*") else kind == wanted,
        "source": lambda: wanted == "acme",
        "status": lambda: wanted == "live",
        "url": lambda: wanted in item.canonical_url,
        "origin": lambda: "date_published" in value if "=" in wanted else True,
        "has": lambda: bool(names) if wanted == "author" else bool(value.get(wanted)),
    }
    if wanted == "doi":
        return "doi" in (value.get("identifiers") or {})
    return answers[node.field]()


def _main() -> None:
    from tests.conftest import serve_postgres

    with TemporaryDirectory() as folder, serve_postgres() as address:
        stores = [opened(f"{folder}/ingest.db"), opened(address)]
        for store in stores:
            with store.begin() as connection:
                publish(connection, documents(), run_id=None, now=day(0))
        texts = [asked.text for asked in written_queries() if asked.tree is not None]
        compare(stores, texts)
        print(f"{len(texts):,} queries: both databases give the same documents, those that the trees mean")
        for store in stores:
            store.close()


if __name__ == "__main__":
    _main()
