from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from models.database.store import Store
from models.errors import ConfigError
from models.search.filters import Filters
from models.search.matching import count
from models.search.query import parse
from models.search.search import MOST_RANKED, SORTS, Hit, Sort, matching_ids, search
from models.search.snippets import snippet, sought
from pipeline.load.load import publish
from tests.made import day, made, new_store, opened, text
from tests.made_store import fill

DOCUMENTS = [
    made("https://acme.org/en", title="Water", body="Human rights due diligence in the economy. " + text("en")),
    made("https://acme.org/fr", title="Économie sociale", body="Droits humains à l'œuvre.", language="fr", date="2019"),
    made("https://acme.org/zh", title="工商企业与人权", body="指导原则要求企业尊重人权，建立申诉机制。", language="zh"),
    made("https://acme.org/ja", title="ビジネスと人権", body="人権を尊重する企業の責任について。", language="ja"),
    made("https://acme.org/ko", title="기업과 인권", body="기업은 인권을 존중하여야 한다.", language="ko"),
    made("https://acme.org/ar", title="الأعمال وحقوق الإنسان", body="مسؤولية الشركات عن احترام الحُقوق", language="ar"),
    made("https://acme.org/ru", title="Права человека", body="Ответственность, ещё раз", language="ru", date="2020-05"),
    made("https://acme.org/th", title="ธุรกิจกับสิทธิมนุษยชน", body="หลักการชี้แนะ", language="th"),
    made("https://acme.org/hi", title="मानव अधिकार", body="व्यापार और मानव अधिकार", language="hi"),
    made("https://acme.org/title", title="Diligence", body="Nothing else.", authors=["Ann Bee"], date="2021-05-02"),
]  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all searches, as they write nothing."""
    if request.param == "sqlite":
        store = opened(str(tmp_path_factory.mktemp("search") / "ingest.db"))
    else:
        store = opened(request.getfixturevalue("postgres_searched"))
    with store.begin() as connection:
        publish(connection, DOCUMENTS, run_id=None, now=day(0))
    yield store
    store.close()


def hits(store: Store, query: str, **filters: Any) -> list[Hit]:
    with store.read() as connection:
        return search(connection, query, **filters)


def names(store: Store, query: str, **filters: str) -> set[str]:
    return {hit.canonical_url.removeprefix("https://acme.org/") for hit in hits(store, query, **filters)}


@pytest.mark.parametrize("most", [1, 2, 100])
@pytest.mark.parametrize("filters", [{}, {"source": "acme"}, {"language": "en"}])
def test_however_few_are_ranked_all_are_found_once(
    store: Store, most: int, filters: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST_RANKED, store.dialect, most)
    tree = Filters(**filters).tree(parse("diligence OR humains OR nothing OR economie").tree)
    with store.read() as connection:
        pages = [matching_ids(connection, tree, limit=1, offset=at)[0] for at in range(count(connection, tree))]
        assert pages == matching_ids(connection, tree)
        assert len(pages) == len(set(pages)) == (2 if "language" in filters else 3)


@pytest.mark.parametrize("ahead", [1, 100])
def test_many_matches_stand_in_the_order_of_few(store: Store, ahead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = parse("diligence OR rights OR economie OR nothing").tree
    for sort in SORTS:
        with store.read() as connection, monkeypatch.context() as patch:
            few = matching_ids(connection, tree, sort=sort)
            patch.setattr("models.search.search.MANY", 0)
            patch.setattr("models.search.search.AHEAD", ahead)
            assert [matching_ids(connection, tree, sort=sort, limit=1, offset=at)[0] for at in range(3)] == few, sort
            assert matching_ids(connection, tree, sort=sort, limit=2, offset=2) == few[2:], sort


def test_words_of_a_long_document_are_found_together_and_passed_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL indexes a long document in parts: a word in one and a word in another are of the same document."""
    monkeypatch.setattr("models.search.index.PART_WORDS", 8)
    monkeypatch.setattr("models.search.index.PART_OVERLAP", 2)
    long = made(
        "https://acme.org/long", title="Alpha", body="beta " * 10 + "gamma " * 10 + "delta " * 10 + "gamma zeta"
    )
    expected = {
        "alpha zeta": 1,
        "beta gamma delta": 1,
        "beta -zeta": 0,
        "(beta epsilon) OR (beta zeta)": 1,
        "beta (epsilon OR (gamma -delta))": 0,
        "beta -(gamma epsilon)": 1,
        "gamma": 1,
        '"gamma zeta"': 1,
        "language:en (beta OR (zeta gamma))": 1,
    }
    with store.begin() as connection:
        publish(connection, [long], run_id=None, now=day(0))
        for query, number in expected.items():
            tree = parse(query).tree
            assert count(connection, tree) == len(matching_ids(connection, tree)) == number, query
        connection.rollback()


def test_the_latest_are_ranked_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    best = [hit.canonical_url for hit in hits(store, "water OR nothing")]
    monkeypatch.setitem(MOST_RANKED, store.dialect, 1)
    found = [hit.canonical_url for hit in hits(store, "water OR nothing")]
    assert found == ["https://acme.org/title", "https://acme.org/en"]
    assert sorted(best) == sorted(found)
    assert (best == found) == (store.dialect == "sqlite")  # the measures differ: bm25 and ts_rank


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("diligence", "en title"),
        ("DILIGENCE rights", "en"),
        ("economie", "fr"),
        ("ECONOMY", "en"),
        ("oeuvre", "fr"),
        ("droits-humains", "fr"),
        ("diligence -rights", "title"),
        ('diligence -"human rights"', "title"),
        ('"human rights due"', "en"),
        ('"rights human"', ""),
        ("dilig*", "en title"),
        ("dilig", "en title"),  # the stem itself
        ("dili", ""),
        ("人权", "zh"),
        ("人権", "ja"),
        ("权", "zh"),
        ("人", "zh ja"),
        ("申诉机制", "zh"),
        ("企业尊重人权", "zh"),
        ("人权企业尊重", ""),
        ("企业 申诉", "zh"),
        ("企业 -申诉", ""),
        ("ビジネス", "ja"),
        ("ﾋﾞｼﾞﾈｽ", "ja"),
        ("인권", "ko"),
        ("الاعمال", "ar"),
        ("الحقوق", "ar"),
        ("حقوق", "ar"),
        ("ПРАВА", "ru"),
        ("еще", "ru"),
        ("สิทธิ", "th"),
        ("अधिकार", "hi"),
        ("ann bee", "title"),
        ("zebra", ""),
    ],
)
def test_words_are_found_in_every_language(store: Store, query: str, expected: str) -> None:
    assert names(store, query) == set(expected.split())


def test_the_title_counts_most(store: Store) -> None:
    assert hits(store, "diligence")[0].canonical_url == "https://acme.org/title"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"language": "fr"}, "fr"),
        ({"since": "2020"}, "ru title"),
        ({"since": "2020-06"}, "title"),
        ({"until": "2020"}, "fr ru"),
        ({"since": "2019-03", "until": "2020-05-31"}, "fr ru"),
        ({"source": "acme", "author": "bee"}, "title"),
        ({"source": "other"}, ""),
    ],
)
def test_filters(store: Store, filters: dict[str, str], expected: str) -> None:
    found = set().union(*(names(store, query, **filters) for query in ("diligence", "economie", "права")))
    assert found == set(expected.split())


def test_what_was_found_is_marked(store: Store) -> None:
    (hit,) = hits(store, '"human rights" econom*')
    marked = [hit.snippet.text[start:end] for start, end in hit.snippet.places]
    assert marked == ["Human rights", "economy"]
    (hit,) = hits(store, "尊重人权")
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.places] == ["尊重人权"]
    (hit,) = hits(store, "economie")
    assert [hit.title.text[start:end] for start, end in hit.title.places] == ["Économie"]


def test_a_snippet_shows_the_passage_of_a_long_text(store: Store) -> None:
    body = text("filler", 9000) + " here stands the needle at last " + text("more", 50)
    with store.begin() as connection:
        publish(connection, [made("https://acme.org/long", title="Long", body=body)], run_id=None, now=day(0))
    (hit,) = hits(store, "needle filler0")
    assert "needle" in hit.snippet.text
    assert hit.snippet.text.startswith("… ")
    assert len(hit.snippet.text) < 300
    assert names(store, '"the needle at last"') == {"long"}


@pytest.mark.parametrize(
    ("filling", "written", "query"),
    [
        ("L'été, les délégués ont étudié. ", "l'Économie nationale", "economie"),
        ("Grün ist die Wiese im Mai. ", "die große Straße", "strasse"),
        ("Новые правила приняты. ", "Ещё раз: ОТВЕТСТВЕННОСТЬ", "ответственность"),
        ("قواعد جديدة للشركات ", "الحُقوق", "حقوق"),
        ("本年度报告已经发布。", "ＡＢＣ企业的责任", "责任"),
        ("本年度报告已经发布。", "ＡＢＣ企业的责任", "abc"),
        ("Ordføreren sa det på møtet. ", "ÅRSBERETNINGEN", "arsberetningen"),
        ("Ὁ λόγος οὗτος. ", "Ἀλήθεια", "αληθεια"),
    ],
)
def test_the_passage_of_a_long_text_is_found_however_it_is_written(filling: str, written: str, query: str) -> None:
    body = filling * (40_000 // len(filling)) + f" {written} " + filling * 2_000
    found = snippet(body, sought(parse(query).tree))
    assert written in found.text
    assert found.places
    assert len(found.text) < 300


def test_titles_are_sorted_by_their_words_whatever_the_accents(store: Store) -> None:
    found = [hit.canonical_url.removeprefix("https://acme.org/") for hit in hits(store, "", sort="title")]
    assert [name for name in found if name in ("en", "fr", "title")] == ["title", "fr", "en"]


def test_a_list_in_a_stored_order_reads_no_more_than_it_shows(tmp_path: Path) -> None:
    store = new_store(tmp_path / "ingest.db")
    fill(store, 50)
    told: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *given: told.append(given[2]))
    orders: tuple[Sort, ...] = ("title", "doubtful")
    with store.read() as connection:
        for sort in orders:
            told.clear()
            matching_ids(connection, parse("").tree, sort=sort, limit=5)
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {told[-1]}", (5, 0)).all()
            assert not [row.detail for row in plan if row.detail.endswith("USE TEMP B-TREE FOR ORDER BY")], sort
    store.close()


def test_the_index_follows_the_revision(store: Store) -> None:
    for number, title in enumerate(("Giraffe", "Elephant")):
        with store.begin() as connection:
            publish(connection, [made("https://acme.org/changing", title=title, at=number)], run_id=None, now=day(0))
    assert names(store, "giraffe") == set()
    assert names(store, "elephant") == {"changing"}


@pytest.mark.parametrize(
    "query",
    [
        *("", "   ", '"', '""', "-", "*", "-diligence", "AND", "NEAR(a b)", "a:b", "title:x", "(", "\\", "^a", "{a}"),
        *("'; DROP TABLE document; --", "\x00", "a\x00b", "&|!<->", "人*", '-"', "\ud800", "a" * 5000, "b " * 5000),
    ],
)
def test_no_query_is_an_error(store: Store, query: str) -> None:
    assert isinstance(hits(store, query), list)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(query=st.text(st.sampled_from("ab人权 '\"\\*-:&|!()<>^\x00ы\u0301حं٢_\u200dก") | st.characters(), max_size=20))
def test_no_text_is_an_error(store: Store, query: str) -> None:
    with contextlib.suppress(ConfigError):
        hits(store, query)


@pytest.mark.parametrize("size", [10_000, 30_000])
def test_a_very_long_text_is_found_whole(store: Store, size: int) -> None:
    body = " ".join(f"w{number}" for number in range(size))
    with store.begin() as connection:
        publish(connection, [made("https://acme.org/book", title="Book", body=body, at=size)], run_id=None, now=day(0))
    for at in (0, 3_999, 4_000, 7_990, size - 2):
        assert "book" in names(store, f'"w{at} w{at + 1}"')
    assert "book" in names(store, f"w0 w{size - 1}")
    assert names(store, f"w0 -w{size - 1} book") == set()
