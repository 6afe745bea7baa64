from __future__ import annotations

import itertools
import random

import pytest

from models.search.query import LONGEST, parse
from tests.models.search.trees import written
from tests.models.search.written_queries import written_queries

TREES = [
    ("", "all"),
    ("   ", "all"),
    ("cobalt", "cobalt"),
    ("Cobalt LITHIUM", "(and cobalt lithium)"),
    ("cobalt AND lithium", "(and cobalt lithium)"),
    ("cobalt OR lithium", "(or cobalt lithium)"),
    ("a1 b1 OR c1 d1", "(or (and a1 b1) (and c1 d1))"),
    ("a1 (b1 OR c1)", "(and a1 (or b1 c1))"),
    ("a1 OR b1 OR c1", "(or a1 b1 c1)"),
    ("(a1 OR b1) (c1 OR d1)", "(and (or a1 b1) (or c1 d1))"),
    ("((a1))", "a1"),
    ("a1 a1", "a1"),
    ("and or not", "(and and or not)"),
    ("ORIGIN ANDES NOTE", "(and origin andes note)"),
    ("-b1 a1", "(and (not b1) a1)"),
    ("a1 NOT b1", "(and a1 (not b1))"),
    ("a1 AND NOT b1", "(and a1 (not b1))"),
    ("a1 -(b1 OR c1)", "(and a1 (not (or b1 c1)))"),
    ("a1 NOT(b1 c1)", "(and a1 (not (and b1 c1)))"),
    ("a1 --b1", "(and a1 (not b1))"),
    ("a1 - b1", "(and a1 b1)"),
    ("a1 NOT -b1", "(and a1 b1)"),
    ("a1 OR -b1", "(or a1 (not b1))"),
    ('"human rights"', "'human+rights'"),
    ('"human rights" due', "(and 'human+rights' due)"),
    ('a1"b1 c1"', "(and a1 'b1+c1')"),
    ("“human rights”", "'human+rights'"),
    ("„Menschen rechte“", "'menschen+rechte'"),
    ("« droits humains »", "'droits+humains'"),
    ("»Menschen rechte«", "'menschen+rechte'"),
    ("＂human rights＂", "'human+rights'"),
    ('-"human rights" a1', "(and (not 'human+rights') a1)"),
    ("co-operate", "co+operate"),
    ("droits-humains*", "droits+humains*"),
    ("dilig*", "dilig*"),
    ("人权", "人权"),
    ("权", "权*"),
    ("COVID病毒", "(and covid 病毒)"),
    ("-COVID病毒 a1", "(and (not (and covid 病毒)) a1)"),
    ("article(s)", "article+s"),
    ("(see article(s) 3)", "(and see article+s 3)"),
    ("author:diallo", "author=diallo"),
    ("Author:Diallo", "author=diallo"),
    ("authors:Diallo", "author=diallo"),
    ('author:"Aminata Diallo"', "author=aminata diallo"),
    ("author:“Aminata Diallo” cobalt", "(and author=aminata diallo cobalt)"),
    ("-author:diallo", "(not author=diallo)"),
    ("author:(diallo OR bee)", "(or author=diallo author=bee)"),
    ("author：张伟", "author=张伟 伟"),
    ("title:cobalt", "title/cobalt"),
    ('title:"human rights"', "title/'human+rights'"),
    ("title:dilig*", "title/dilig*"),
    ("title:(cobalt OR lithium)", "(or title/cobalt title/lithium)"),
    ("source:acme", "source=acme"),
    ("source:ACME cobalt", "(and source=acme cobalt)"),
    ("cobalt source:acme OR source:other", "(or (and cobalt source=acme) source=other)"),
    ("cobalt (source:acme OR source:other)", "(and cobalt (or source=acme source=other))"),
    ("language:fr", "language=fr"),
    ("lang:pt-BR", "language=pt-br"),
    ('kind:"press release"', "kind=press release"),
    ("kind:press*", "kind=press*"),
    ("format:pdf", "format=pdf"),
    ("status:GONE", "status=gone"),
    ("origin:json-ld", "origin=json-ld"),
    ("origin:date_published=pdf:front-matter", "origin=date_published=pdf:front-matter"),
    ("url:/news/2019", "url=/news/2019"),
    ("url:https://acme.org/x", "url=https://acme.org/x"),
    ("has:doi", "has=doi"),
    ("has:attachments", "has=attachment"),
    ("no:date", "(not has=date_published)"),
    ("-no:date", "has=date_published"),
    ("date:2019", "date 2019..2019"),
    ("date:2019-05", "date 2019-05..2019-05"),
    ("date:2019-05-23", "date 2019-05-23..2019-05-23"),
    ("date:2019..2020", "date 2019..2020"),
    ("date:2019..", "date 2019.."),
    ("date:..2020-03", "date ..2020-03"),
    ("date:>=2019", "date 2019.."),
    ("date:>2019", "date 2020.."),
    ("date:<=2019", "date ..2019"),
    ("date:<2019", "date ..2018"),
    ("date:<2019-01", "date ..2018-12"),
    ("date:>2019-12", "date 2020-01.."),
    ("date:<2019-03-01", "date ..2019-02-28"),
    ("date:>2020-02-28", "date 2020-02-29.."),
    ("date:>2019-12-31", "date 2020-01-01.."),
    ("date:=2019", "date 2019..2019"),
    ("seen:>=2026-11-01", "seen 2026-11-01.."),
    ("changed:2026-11", "changed 2026-11..2026-11"),
    ("sure:<0.7", "sure(any) ..0.7"),
    ("sure:>=0.9", "sure(any) 0.9.."),
    ("sure:date<0.7", "sure(date_published) ..0.7"),
    ("sure:<70%", "sure(any) ..0.7"),
    ("12:30", "12+30"),
    ("https://acme.org/x", "https+acme+org+x"),
    ("Mining: the costs", "(and mining the costs)"),
    ("a1 , b1", "(and a1 b1)"),
]


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_a_query_is_read_as_it_is_written(text: str, tree: str) -> None:
    query = parse(text)
    assert written(query.tree) == tree
    assert query.faults == ()
    only_without = "It only says what must not occur: all other documents are shown."
    assert [note.text for note in query.notes if note.text != only_without] == []


PAIRS = [pair for pair in TREES if pair[1] not in ("all", "none")]
WHOLE = [pair for pair in PAIRS if not pair[1].startswith(("(or", "(and")) and " a1" not in pair[0]]


@pytest.mark.parametrize("operator", ["OR", "AND", "NOT", "group"])
def test_queries_combine_as_their_trees_do(operator: str) -> None:
    """Take every ordered pair of the table's single terms, joined in each way: some thousands of queries."""
    for (one, left), (two, right) in itertools.permutations(WHOLE, 2):
        if left == right:
            continue
        opposite = right[5:-1] if right.startswith("(not ") else f"(not {right})"
        text, tree = {
            "OR": (f"{one} OR {two}", f"(or {left} {right})"),
            "AND": (f"{one} AND {two}", f"(and {left} {right})"),
            "NOT": (f"{one} NOT {two}", f"(and {left} {opposite})"),
            "group": (f"zebra ({one} OR {two})", f"(and zebra (or {left} {right}))"),
        }[operator]
        query = parse(text)
        if left != opposite:
            assert written(query.tree) == tree, text
            assert query.faults == ()


def test_two_thousand_queries_are_read_as_they_are_meant() -> None:
    texts = set()
    for asked in written_queries():
        query = parse(asked.text)
        assert asked.tree is None or written(query.tree) == asked.tree, asked.text
        assert tuple(note.text for note in query.notes) == asked.notes, asked.text
        assert tuple(fault.start for fault in query.faults) == asked.faults, asked.text
        texts.add(asked.text)
    assert len(texts) > 2_000


NOTES = [
    ('"human rights', "'human+rights'", "The last quotation mark was never closed"),
    ("autor:Bee", "autor+bee", "There is no field “autor:”; it was searched as words. Did you mean author:Bee?"),
    ("zzz:Diallo", "zzz+diallo", "There is no field “zzz:”"),
    ("date:2021..2019", "date 2019..2021", "2021..2019 runs backwards; it was read as 2019..2021."),
    ("date:2019-5", "date 2019-05..2019-05", "2019-5 was read as 2019-05."),
    ("a*", "a", "“a*” is too short"),
    ("co*lt", "co+lt", "Only a * at a word's end"),
    ("*lt", "lt", "Only a * at a word's end"),
    ("cobalt~2", "cobalt", "no search for similar spellings"),
    ("cobalt)", "cobalt", "closing bracket has no opening one"),
    ("(cobalt lithium", "(and cobalt lithium)", "bracket was never closed"),
    ("cobalt OR", "cobalt", "OR needs a word on both sides"),
    ("OR cobalt", "cobalt", "OR needs a word on both sides"),
    ("cobalt OR OR lithium", "(or cobalt lithium)", "OR needs a word on both sides"),
    ("(OR)", "none", "OR needs a word on both sides"),
    ("cobalt NOT", "cobalt", "NOT needs a word after it"),
    ("-cobalt", "(not cobalt)", "all other documents are shown"),
    ("!!!", "none", "holds no word"),
    ('""', "none", "holds no word"),
    ("(" * 11 + "cobalt", "cobalt", "Brackets deeper than 10"),
    ("cobalt " + "x " * LONGEST, "(and cobalt x)", "Only the first 1,000 characters"),
    (" ".join(f"w{number}" for number in range(40)), "", "Only the first 32 terms"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree", "note"), NOTES)
def test_what_was_read_otherwise_than_written_is_noted(text: str, tree: str, note: str) -> None:
    query = parse(text)
    if tree:
        assert written(query.tree) == tree
    assert note in " ".join(one.text for one in query.notes)
    assert query.faults == ()


FAULTS = [
    ("date:20x9", 0, "“20x9” is no date here; write date:2019"),
    ("cobalt date:2019-13", 7, "“2019-13” is no date here"),
    ("date:2019-02-30", 0, "is no date"),
    ("date:..", 0, "is no date"),
    ("date:>", 0, "is no date"),
    ("seen:yesterday", 0, "write seen:2019"),
    ("date: 2019", 0, "date: needs a value right after the colon"),
    ("author:", 0, "author: needs a value"),
    ("(author:)", 1, "author: needs a value"),
    ('author:""', 0, "author: needs a value"),
    ("status:open", 0, "“open” is no status; write status:live or status:gone"),
    ("has:athor", 0, "did you mean has:author?"),
    ("no:zzzz", 0, "it takes title, author"),
    ("sure:high", 0, "write sure:<0.7"),
    ("sure:<7", 0, "between 0 and 1"),
    ("sure:colour<0.7", 0, "no field with a confidence"),
]


@pytest.mark.parametrize(("text", "start", "fault"), FAULTS)
def test_what_cannot_be_meant_names_its_place_and_the_remedy(text: str, start: int, fault: str) -> None:
    (found,) = parse(text).faults
    assert fault in found.text
    assert found.start == start < found.end <= len(text)


def test_no_text_raises_an_error() -> None:
    """`python -m tests.models.search.test_query` tries 50,000."""
    try_texts(1_500, seed=1)


def try_texts(number: int, seed: int) -> None:
    pieces = [
        *('"', "(", ")", "-", "*", ":", "..", ">=", "<", " ", " ", "OR", "AND", "NOT", "author:", "date:", "sure:"),
        *("has:", "title:", "2019", "2019-05", "0.7", "cobalt", "人权", "é", "“", "»", "\x00", "\ud800", "~", "\\"),
    ]  # fmt: skip
    chance = random.Random(seed)
    for _ in range(number):
        text = "".join(
            chance.choice(pieces) if chance.random() < 0.9 else chr(chance.randrange(0x3000))
            for _ in range(chance.randrange(1, 30))
        )
        query = parse(text)
        for remark in (*query.notes, *query.faults):
            assert 0 <= remark.start <= remark.end <= len(query.text), repr(text)
        for part in query.parts:
            parse(query.without(part))


def test_a_query_is_narrowed_and_widened_by_its_parts() -> None:
    query = parse('cobalt author:"Ann Bee" -draft')
    assert [query.text[part.start : part.end] for part in query.parts] == ["cobalt", 'author:"Ann Bee"', "-draft"]
    assert [query.without(part) for part in query.parts] == [
        'author:"Ann Bee" -draft',
        "cobalt -draft",
        'cobalt author:"Ann Bee"',
    ]
    assert query.narrowed("language:fr") == 'cobalt author:"Ann Bee" -draft language:fr'
    assert parse("a1 OR b1").narrowed("language:fr") == "(a1 OR b1) language:fr"
    assert parse("").narrowed("language:fr") == "language:fr"


if __name__ == "__main__":
    try_texts(50_000, seed=2)
