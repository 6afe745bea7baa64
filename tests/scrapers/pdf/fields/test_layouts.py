"""Papers of seventeen kinds, drawn at random: their title, people and day, on numbers that nothing was learned from."""

from __future__ import annotations

from functools import cache

import pytest

from scrapers.base import Rules
from scrapers.pdf.reader import read
from tests.pdfs.child import page_of
from tests.pdfs.drafts import Paper
from tests.pdfs.layouts import KINDS, paper

NUMBERS = range(500, 503)
TITLES, DAYS, PEOPLE, FALSE = 0.85, 0.95, 0.9, 0.05


@cache
def read_papers() -> list[tuple[Paper, str | None, list[str], str | None]]:
    """Return the papers with the title, the people and the date that were read of each."""
    found = []
    for kind in KINDS:
        for number in NUMBERS:
            one = paper(kind, number)
            said = read(page_of(one.content), Rules(ocr="off", tables=False))
            people = [a.name for a in said.authors.value if a.kind == "person"] if said.authors else []
            title = said.title.value if said.title else None
            found.append((one, title, people, said.date_published.value if said.date_published else None))
    return found


def folded(text: str | None) -> str:
    return " ".join(word.strip(":;,.") for word in (text or "").casefold().split())


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_titles() -> None:
    assert share([folded(title) == folded(one.title) for one, title, _, _ in read_papers()]) >= TITLES


def test_days() -> None:
    papers = [(one, day) for one, _, _, day in read_papers() if one.date]
    assert share([day is not None and day.startswith(one.date or "") for one, day in papers]) >= DAYS


def test_people() -> None:
    named = [(set(map(folded, one.people)), set(map(folded, people))) for one, _, people, _ in read_papers()]
    right = sum(len(true & given) for true, given in named)
    assert 2 * right / sum(len(true) + len(given) for true, given in named) >= PEOPLE


def test_nobody_is_named_who_did_not_write() -> None:
    false = [bool(set(map(folded, people)) - set(map(folded, one.people))) for one, _, people, _ in read_papers()]
    assert share(false) <= FALSE


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_gives_the_same_paper(kind: str) -> None:
    assert paper(kind, 7).content == paper(kind, 7).content
