"""Who wrote what when: for each field the candidates, the learned choice among them, and how probable it is.

Title, date and organisation are a choice of one among all candidates. People are judged one by one, as a document may
have many authors. Authors are the people who wrote the document; the body that issues it is the publisher, and stands
for the author where no person is named.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from scrapers.base import Author, Found, Rules
from scrapers.choice.chooser import Chooser, shares, shipped
from scrapers.pdf.fields import dates, dates_facts, names, names_facts
from scrapers.pdf.fields.candidate import Candidate
from scrapers.pdf.fields.front import Front, flat
from scrapers.pdf.fields.organisations import candidates as organisations
from scrapers.pdf.fields.organisations import facts as organisations_facts
from scrapers.pdf.fields.people import is_organisation
from scrapers.pdf.fields.title import candidates as title
from scrapers.pdf.fields.title import facts as title_facts

FLOOR = {"title": 0.0, "people": 0.5, "organisations": 0.5, "date_published": 0.55}
"""How probable a value must be to be given."""

DOUBTFUL = 0.1
"""How probable a name must be to be kept among those that lost."""

MOST_AUTHORS = 60

SENTENCE_END = re.compile(r"\w{3,}[.!?] +\w{2,}")

C = TypeVar("C", bound=Candidate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What the front of a document says, and the candidates that lost."""

    title: Found[str] | None
    authors: Found[tuple[Author, ...]] | None
    date_published: Found[str] | None
    publisher: Found[str] | None
    runners_up: dict[str, tuple[Found[object], ...]]


def read(front: Front, rules: Rules, languages: Sequence[str], chooser: Chooser | None = None) -> Fields:
    """Return title, authors, date and publisher; `chooser` stands in for the package's own."""
    chooser = chooser or shipped("scrapers.pdf")
    titles = title.candidates(front)
    title_facts.describe(front, titles)
    titles = chooser.rank("title", titles)
    chances = shares([c.score for c in titles], none=False)
    best = titles[0] if titles and chances[0] > FLOOR["title"] else None
    if best is not None and _of_text(best):
        best = None  # a paragraph or its beginning: the document has no title of its own

    around = names_facts.Surroundings(front, best)
    people = names.candidates(front)
    names_facts.describe(around, people)
    people = chooser.rank("people", people)
    bodies = organisations.candidates(front, best)
    organisations_facts.describe(around, bodies)
    bodies = chooser.rank("organisations", bodies)
    days = dates.candidates(front, rules, languages)
    dates_facts.describe(around, days)
    days = chooser.rank("date_published", days)

    day, other_days = _date(days)
    return Fields(
        title=_title(best, chances[0], front) if best else None,
        authors=_people(people) or _body(bodies),
        date_published=day,
        publisher=_publisher(bodies),
        runners_up={
            "title": _others(titles, best),
            "authors": _other_names([*people, *bodies]),
            "date_published": other_days,
        },
    )


def chance(candidate: Candidate) -> float:
    """Return the probability of a candidate that is judged by itself: its score is the logarithm of its odds."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, candidate.score))))


def _rounded(chance: float) -> float:
    return round(chance, 3)


def _title(best: Candidate, chance: float, front: Front) -> Found[str]:
    """Return the title; where it is printed in capitals and declared in small letters, as it is declared."""
    found: Found[str] = replace(best.found(), confidence=_rounded(chance))
    if found.value.isupper():
        for declared in (front.declared.title, front.declared.xmp_title):
            if not declared.isupper() and flat(declared) == flat(found.value):
                return replace(found, value=declared)
    return found


def _of_text(title: Candidate) -> bool:
    """Return whether a wording is of a running text: a sentence ends within, and it is a paragraph or cut from one."""
    if not SENTENCE_END.search(title.value):
        return False
    if title.value.endswith(".") and len(title.lines) > 1:
        return True
    below = title.lines[-1].below if title.lines else None
    if below is None or below.text[:1].isupper():
        return False
    return abs(below.run.size - title.lines[-1].run.size) < 0.1 * below.run.size


def _others(ranked: Sequence[Candidate], best: Candidate | None) -> tuple[Found[object], ...]:
    """Return the next candidates, each wording once."""
    others: dict[str, Found[object]] = {}
    for candidate in ranked[:12]:
        if best is None or candidate.value not in best.value:
            others.setdefault(candidate.value, candidate.found())
    return tuple(others.values())[:3]


def _other_names(found: Sequence[Candidate]) -> tuple[Found[object], ...]:
    """Return the likeliest names."""
    likely = [c for c in sorted(found, key=lambda c: -c.score) if chance(c) > DOUBTFUL]
    others: dict[str, Found[object]] = {}
    for c in likely:
        found_one: Found[object] = Found(
            value=(c.value,), raw=c.raw, origin=c.origin, place=c.place(), confidence=_rounded(chance(c))
        )
        others.setdefault(c.value.name, found_one)
    return tuple(others.values())[:3]


def _people(ranked: Sequence[names.NameCandidate]) -> Found[tuple[Author, ...]] | None:
    """Return the people who are likely authors, in the order in which the document names them."""
    likely: dict[str, names.NameCandidate] = {}
    for candidate in ranked:
        if chance(candidate) > FLOOR["people"]:
            likely.setdefault(" ".join(sorted(flat(candidate.value.name))), candidate)
    chosen = sorted(likely.values(), key=lambda c: c.position)[:MOST_AUTHORS]
    if not chosen:
        return None
    raws = dict.fromkeys(c.raw for c in chosen)
    return Found(
        value=tuple(c.value for c in chosen),
        raw="; ".join(raws),
        origin=chosen[0].origin,
        place=chosen[0].place(),
        confidence=_rounded(sum(map(chance, chosen)) / len(chosen)),
    )


def _body(ranked: Sequence[Candidate]) -> Found[tuple[Author, ...]] | None:
    """Return the organisation, or the organisations of one line, that stand for the author where no person does."""
    bodies = _bodies(ranked)
    if not bodies or bodies[0][1] <= FLOOR["organisations"]:
        return None
    best, share = bodies[0]
    parts = [part.strip() for part in best.value.name.split(",")]
    value: tuple[Author, ...] = (best.value,)
    if len(parts) > 1 and all(map(is_organisation, parts)):
        value = tuple(Author(name=part, kind="organisation") for part in parts)
    return Found(value=value, raw=best.raw, origin=best.origin, place=best.place(), confidence=_rounded(share))


def _publisher(ranked: Sequence[organisations.OrganisationCandidate]) -> Found[str] | None:
    """Return the organisation that issues the document: as its imprint says, else the likeliest."""
    bodies = _bodies(ranked)
    stated = next((body for body in bodies if body[0].label == "publisher"), None)
    stated = stated or next((body for body in bodies if body[0].rights), None)
    if stated is None and bodies and bodies[0][1] > FLOOR["organisations"]:
        stated = bodies[0]
    if stated is None:
        return None
    best, share = stated
    return Found(
        value=best.value.name, raw=best.raw, origin=best.origin, place=best.place(), confidence=_rounded(share)
    )


def _bodies(ranked: Sequence[C]) -> list[tuple[C, float]]:
    """Return each organisation with its probability.

    Of several that issue a document each is right: it lies between a name's share of all and its odds against none.
    """
    return [(body, (share + share / (share + none)) / 2) for body, share, none in _weighed(ranked)]


def _date(ranked: Sequence[dates.DateCandidate]) -> tuple[Found[str] | None, tuple[Found[object], ...]]:
    """Return the likeliest date, and the next ones."""
    days = _weighed(ranked)
    found: list[Found[Any]] = [replace(day.found(), confidence=_rounded(share)) for day, share, _ in days[:4]]
    if not found or 1 - days[0][2] <= FLOOR["date_published"]:
        return None, tuple(found[:3])
    return found[0], tuple(found[1:])


def _weighed(ranked: Sequence[C]) -> list[tuple[C, float, float]]:
    """Return each value with its probability, all places where it stands taken together, and that of none at all.

    The likeliest comes first; of its places, the likeliest stands for it.
    """
    chances: dict[str, float] = {}
    places: dict[str, C] = {}
    for candidate, share in zip(ranked, shares([c.score for c in ranked], none=True), strict=True):
        value = candidate.value
        key = value if isinstance(value, str) else " ".join(flat(value.name))
        chances[key] = chances.get(key, 0.0) + share
        places.setdefault(key, candidate)
    order = sorted(chances, key=lambda key: -chances[key])
    none = 1 - sum(chances.values())
    return [(places[key], chances[key], none) for key in order]
