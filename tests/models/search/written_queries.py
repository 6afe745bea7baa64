"""Written queries with what they mean: words of five scripts x fields x operators x slips and faults.

The trees are put together here from those of their parts, without the reader of queries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A query and what it means, as `tests.models.search.trees.written` writes a tree."""

    text: str
    tree: str | None
    """None where it has a fault, and so no answer."""
    notes: tuple[str, ...] = ()
    faults: tuple[int, ...] = ()
    """Where each begins."""


SCRIPTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Latin": (
        ("Économie", "economie"),
        ('"droits humains"', "'droits+humains'"),
        ("respons*", "respons*"),
        ("title:Économie", "title/economie"),
        ('title:"droits humains"', "title/'droits+humains'"),
        ('author:"Aminata Diallo"', "author=aminata diallo"),
    ),
    "Cyrillic": (
        ("Права", "права"),
        ("«право человека»", "'право+человека'"),
        ("ответ*", "ответ*"),
        ("title:Права", "title/права"),
        ("title:«право человека»", "title/'право+человека'"),
        ('author:"Иван Петров"', "author=иван петров"),
    ),
    "Greek": (
        ("Εργασία", "εργασια"),
        ('"δικαίωμα εργασίας"', "'δικαιωμα+εργασιασ'"),
        ("εργασ*", "εργασ*"),
        ("title:Εργασία", "title/εργασια"),
        ('title:"δικαίωμα εργασίας"', "title/'δικαιωμα+εργασιασ'"),
        ('author:"Άννα Παππά"', "author=αννα παππα"),
    ),
    "Arabic": (
        ("الحقوق", "حقوق"),
        ('"حقوق الانسان"', "'حقوق+انسان'"),
        ("مسؤول*", "مسوول*"),
        ("title:الحقوق", "title/حقوق"),
        ('title:"حقوق الانسان"', "title/'حقوق+انسان'"),
        ('author:"محمد علي"', "author=محمد علي"),
    ),
    "Han": (
        ("人权", "人权"),
        ("“企业责任”", "'企业+业责+责任'"),
        ("企业*", "企业"),
        ("title：人权", "title/人权"),
        ("title:“企业责任”", "title/'企业+业责+责任'"),
        ("author:张伟", "author=张伟 伟"),
    ),
}
"""Words, a phrase, a beginning, and the same in fields, each with its tree."""

FIELDS = (
    ("source:acme", "source=acme"),
    ("language:fr", "language=fr"),
    ("lang:pt-BR", "language=pt-br"),
    ("format:pdf", "format=pdf"),
    ('kind:"press release"', "kind=press release"),
    ("kind:press*", "kind=press*"),
    ("STATUS:Gone", "status=gone"),
    ("origin:label", "origin=label"),
    ("origin:date=label", "origin=date=label"),
    ("url:/news/", "url=/news/"),
    ("has:doi", "has=doi"),
    ("has:attachments", "has=attachment"),
    ("no:date", "(not has=date_published)"),
    ("no:author", "(not has=author)"),
    ("date:2019", "date 2019..2019"),
    ("date:2019-05", "date 2019-05..2019-05"),
    ("date:2019-05-23", "date 2019-05-23..2019-05-23"),
    ("date:2019..2020", "date 2019..2020"),
    ("date:..2019-12", "date ..2019-12"),
    ("date:>=2019-05", "date 2019-05.."),
    ("date:<2019", "date ..2018"),
    ("seen:>2026-02", "seen 2026-03.."),
    ("changed:2026", "changed 2026..2026"),
    ("sure:<0.7", "sure(any) ..0.7"),
    ("sure:date>=0.9", "sure(date_published) 0.9.."),
    ("sure:title<70%", "sure(title) ..0.7"),
)

ONLY_WITHOUT = "It only says what must not occur: all other documents are shown."

SLIPS = (
    ("{} OR", "{}", "OR needs a word on both sides; it was left out."),
    ("OR {}", "{}", "OR needs a word on both sides; it was left out."),
    ("{} NOT", "{}", "NOT needs a word after it; it was left out."),
    ("{} )", "{}", "A closing bracket has no opening one; it was left out."),
    ("({}", "{}", "A bracket was never closed; it was closed at the end."),
    ("{} date:2021..2019", "(and {} date 2019..2021)", "2021..2019 runs backwards; it was read as 2019..2021."),
    ("{} date:2019-5", "(and {} date 2019-05..2019-05)", "2019-5 was read as 2019-05."),
    ("{} x*", "(and {} x)", "“x*” is too short to search for beginnings; it was searched as a word."),
)
"""What is read otherwise than written: a frame for a term, that for its tree, and the note."""

FAULTS = (
    *("date:20x9", "date:2019-13", "date:2019-02-30", "seen:yesterday", "changed:>", "date:.."),
    *("status:open", "sure:high", "sure:<7", "sure:colour<0.7", "has:nothing", "no:zzz", "author:", "source:"),
)


def written_queries() -> Iterator[Written]:
    """Yield more than a thousand queries, each once."""
    for terms in SCRIPTS.values():
        for term, tree in terms:
            yield Written(text=term, tree=tree)
            yield Written(text=f"-{term}", tree=_no(tree), notes=(ONLY_WITHOUT,))
            for frame, around, note in SLIPS:
                yield Written(text=frame.format(term), tree=around.format(tree), notes=(note,))
            for fault in FAULTS:
                yield Written(text=f"{term} {fault}", tree=None, faults=(len(term) + 1,))
            for field, meant in FIELDS:
                yield Written(text=f"{term} {field}", tree=f"(and {tree} {meant})")
        for (term, tree), (field, meant) in zip(terms * 5, FIELDS, strict=False):
            yield Written(text=f"{term} OR {field}", tree=f"(or {tree} {meant})")
            yield Written(text=f"{term} NOT {field}", tree=f"(and {tree} {_no(meant)})")
            notes = (ONLY_WITHOUT,) if meant.startswith("(not ") else ()
            yield Written(text=f"{field} -({term} zebra)", tree=f"(and {meant} (not (and {tree} zebra)))", notes=notes)
            yield Written(text=f"({term} OR {field}) zebra", tree=f"(and (or {tree} {meant}) zebra)")


def _no(tree: str) -> str:
    return tree[len("(not ") : -1] if tree.startswith("(not ") else f"(not {tree})"
