"""Who wrote what when: for each field the candidates, the learned choice among them, and how probable it is.

Title, date and organisation are a choice of one among all candidates. People are judged one by one, as a document may
have many authors. Authors are the people who wrote the document; the body that issues it is the publisher, and stands
for the author where no person is named.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from scrapers.base import Author, Found, Rules
from scrapers.choice.chooser import Calibration, Chooser, shares, shipped
from scrapers.pdf.fields import dates, dates_facts, names, names_facts
from scrapers.pdf.fields.candidate import Candidate
from scrapers.pdf.fields.front import Front, flat
from scrapers.pdf.fields.organisations import candidates as organisations
from scrapers.pdf.fields.organisations import facts as organisations_facts
from scrapers.pdf.fields.organisations.forms import abbreviates, within, without_article
from scrapers.pdf.fields.people import is_organisation
from scrapers.pdf.fields.title import candidates as title
from scrapers.pdf.fields.title import facts as title_facts

FLOOR = {"people": 0.76, "organisations": 0.70, "publisher": 0.53, "date_published": 0.50}
"""How probable a value must be to be given; `organisations` is for a body in the place of an author. Chosen on files of
publishers that were not learned from: of those with text, one undated file in seventeen gets a day, and one file in
twelve names somebody who did not write it. A day is given where it is likelier right than not, a title however doubtful
it is."""

DOUBTFUL = 0.1
"""How probable a name must be to be kept among those that lost."""

MOST_AUTHORS = 60

SAME_NAME = 0.4
"""The least share of an organisation's longer name that a shorter form of it must have to count as the same name."""

SENTENCE_END = re.compile(r"\w{3,}[.!?] +\w{2,}")

C = TypeVar("C", bound=Candidate)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The candidates for each field, the likeliest first, each value once, with how probable the model thinks it."""

    titles: list[tuple[title.TitleCandidate, float]]
    people: list[tuple[names.NameCandidate, float]]
    organisations: list[tuple[organisations.OrganisationCandidate, float]]
    dates: list[tuple[dates.DateCandidate, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What the front of a document says, and the candidates that lost."""

    title: Found[str] | None
    authors: Found[tuple[Author, ...]] | None
    date_published: Found[str] | None
    publisher: Found[str] | None
    runners_up: dict[str, tuple[Found[object], ...]]


def read(front: Front, rules: Rules, languages: Sequence[str]) -> Fields:
    """Return title, authors, date and publisher."""
    chooser = shipped("scrapers.pdf")
    return decided(weighed(front, rules, languages, chooser), front, chooser.calibrations)


def weighed(front: Front, rules: Rules, languages: Sequence[str], chooser: Chooser) -> Weighed:
    """Return the candidates for each field, and how probable each is; `chooser` is what was learned."""
    titles = title.candidates(front)
    title_facts.describe(front, titles)
    titles = chooser.rank("title", titles)
    if titles and _of_text(titles[0]):
        titles = []  # a paragraph or its beginning: the document has no title of its own
    best = titles[0] if titles else None
    around = names_facts.Surroundings(front, best)
    people = names.candidates(front)
    names_facts.describe(around, people)
    bodies = organisations.candidates(front, best)
    organisations_facts.describe(around, bodies)
    days = dates.candidates(front, rules, languages)
    dates_facts.describe(around, days)
    return Weighed(
        titles=list(zip(titles, shares([c.score for c in titles], none=False), strict=True)),
        people=each_once(chooser.rank("people", people)),
        organisations=bodies_together(chooser.rank("organisations", bodies)),
        dates=together(chooser.rank("date_published", days)),
    )


def decided(found: Weighed, front: Front, calibrations: Mapping[str, Calibration]) -> Fields:
    """Return the values that are likely enough, each with how often values are right of which the model is so sure."""

    def stated(said: Found[T] | None, name: str) -> Found[T] | None:
        calibration = calibrations.get(name)
        if said is None or said.confidence is None or calibration is None:
            return said
        return replace(said, confidence=calibration.confidence(said.confidence))

    def all_stated(said: Sequence[Found[object]], name: str) -> tuple[Found[object], ...]:
        return tuple(one for one in (stated(one, name) for one in said) if one is not None)

    day = found.dates[0] if found.dates and found.dates[0][1] > FLOOR["date_published"] else None
    said = authors(found.people, found.organisations)
    by_people = said is not None and said.value[0].kind == "person"
    return Fields(
        title=stated(_title(*found.titles[0], front) if found.titles else None, "title"),
        authors=stated(said, "people" if by_people else "organisations"),
        date_published=stated(_found(*day) if day else None, "date_published"),
        publisher=stated(_publisher(found.organisations), "organisations"),
        runners_up={
            "title": all_stated(_other_titles(found.titles), "title"),
            "authors": _other_names(
                [*all_stated(_names(found.people), "people"), *all_stated(_names(found.organisations), "organisations")]
            ),
            "date_published": all_stated(
                [_found(*one) for one in found.dates[1 if day else 0 :][:3]], "date_published"
            ),
        },
    )


def each_once(ranked: Sequence[names.NameCandidate]) -> list[tuple[names.NameCandidate, float]]:
    """Return each person once, at the place most likely to name an author, with the probability of that.

    The people whom one line names are authors together or not at all: each is as likely as the likeliest of them. A
    score is the logarithm of the odds.
    """
    likeliest: dict[str, names.NameCandidate] = {}
    lines: dict[str, float] = {}
    for candidate in ranked:
        likeliest.setdefault(" ".join(sorted(flat(candidate.value.name))), candidate)
        lines[candidate.raw] = max(candidate.score, lines.get(candidate.raw, candidate.score))
    forms = [flat(candidate.value.name) for candidate in likeliest.values()]
    found = [
        (c, 1 / (1 + math.exp(-max(-40.0, min(40.0, lines[c.raw])))))
        for c in likeliest.values()
        if not any(_shortens(flat(c.value.name), form) for form in forms)
    ]
    return sorted(found, key=lambda pair: -pair[1])


def _shortens(short: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether a name is another with initials for its given names (`Rodrigues, R.S.`)."""
    family = [word for word in short if len(word) > 1]
    initials = [word for word in short if len(word) == 1]
    rest = [word[0] for word in full if word not in family and len(word) > 1]
    return bool(family and initials) and set(family) <= set(full) and bool(rest) and initials[0] == rest[0]


def together(ranked: Sequence[C]) -> list[tuple[C, float]]:
    """Return each value with its probability: that of all its places. The likeliest place stands for them."""
    places, chances = _by_value(ranked, [candidate.value for candidate in ranked])
    return sorted(((places[key], chance) for key, chance in chances.items()), key=lambda pair: -pair[1])


def bodies_together(
    ranked: Sequence[organisations.OrganisationCandidate],
) -> list[tuple[organisations.OrganisationCandidate, float]]:
    """Return each body with its probability, all forms of its name and all places of each taken together.

    More than one may be right, as several bodies may issue a document: the probability lies between a name's share of
    all and its odds against none of them.
    """
    places, chances = _by_value(ranked, [" ".join(flat(candidate.value.name)) for candidate in ranked])
    none = max(1e-9, 1 - sum(chances.values()))
    found = {key: (chance + chance / (chance + none)) / 2 for key, chance in _forms_together(chances, places).items()}
    return sorted(((places[key], chance) for key, chance in found.items()), key=lambda pair: -pair[1])


def _by_value(ranked: Sequence[C], keys: Sequence[str]) -> tuple[dict[str, C], dict[str, float]]:
    """Return the likeliest candidate of each key, and the chances of all candidates with that key added."""
    places: dict[str, C] = {}
    chances: dict[str, float] = {}
    for key, candidate, share in zip(keys, ranked, shares([c.score for c in ranked], none=True), strict=True):
        chances[key] = chances.get(key, 0.0) + share
        places.setdefault(key, candidate)
    return places, chances


def _forms_together(
    chances: Mapping[str, float], places: Mapping[str, organisations.OrganisationCandidate]
) -> dict[str, float]:
    """Return the likeliest form of each name, with the chances of its other forms added."""
    names = {key: without_article(key.split()) for key in chances}
    found: dict[str, float] = {}
    for key in sorted(chances, key=lambda key: -chances[key]):
        form = next((other for other in found if _one_name(key, other, names, places)), key)
        found[form] = found.get(form, 0.0) + chances[key]
    return found


def _one_name(
    one: str,
    other: str,
    names: Mapping[str, Sequence[str]],
    places: Mapping[str, organisations.OrganisationCandidate],
) -> bool:
    """Return whether two wordings are forms of one name: one is most of the other, or abbreviates it."""
    short, long = sorted((one, other), key=lambda key: len(names[key]))
    if within(names[short], names[long]):
        return min(len(one), len(other)) > SAME_NAME * max(len(one), len(other))
    full = without_article(flat(places[short].full))
    return abbreviates(names[short], names[long]) or within(full, names[long])


def authors(
    people: Sequence[tuple[names.NameCandidate, float]],
    bodies: Sequence[tuple[organisations.OrganisationCandidate, float]],
) -> Found[tuple[Author, ...]] | None:
    """Return the people who are likely authors, in the order in which the document names them; else who issues it."""
    likely = [(person, share) for person, share in people if share > FLOOR["people"]]
    if not likely:
        return _body(bodies)
    likely = sorted(likely, key=lambda pair: pair[0].position)[:MOST_AUTHORS]
    first = likely[0][0]
    return Found(
        value=tuple(person.value for person, _ in likely),
        raw="; ".join(dict.fromkeys(person.raw for person, _ in likely)),
        origin=first.origin,
        place=first.place(),
        confidence=round(sum(share for _, share in likely) / len(likely), 3),
    )


def _body(
    bodies: Sequence[tuple[organisations.OrganisationCandidate, float]],
) -> Found[tuple[Author, ...]] | None:
    """Return the organisation, or the organisations of one line, that stand for the author where no person does."""
    if not bodies or bodies[0][1] <= FLOOR["organisations"]:
        return None
    best, share = bodies[0]
    value: tuple[Author, ...] = (best.value,)
    for text in (best.value.name, best.raw):
        parts = [part.strip() for part in text.split(",")]
        if len(parts) > 1 and best.value.name in (text, *parts) and all(map(is_organisation, parts)):
            value = tuple(Author(name=part, kind="organisation") for part in parts)
            break
    return Found(value=value, raw=best.raw, origin=best.origin, place=best.place(), confidence=round(share, 3))


def _publisher(bodies: Sequence[tuple[organisations.OrganisationCandidate, float]]) -> Found[str] | None:
    """Return the organisation that issues the document: as its imprint says, else the likeliest."""
    stated = next((body for body in bodies if body[0].label == "publisher"), None)
    stated = stated or next((body for body in bodies if body[0].rights), None)
    if stated is None and bodies and bodies[0][1] > FLOOR["publisher"]:
        stated = bodies[0]
    if stated is None:
        return None
    return replace(_found(*stated), value=stated[0].value.name)


def _title(best: title.TitleCandidate, share: float, front: Front) -> Found[str]:
    """Return the title; where it is printed in capitals and declared in small letters, as it is declared."""
    found = _found(best, share)
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


def _found(candidate: Candidate, share: float) -> Found[Any]:
    return replace(candidate.found(), confidence=round(share, 3))


def _other_titles(ranked: Sequence[tuple[title.TitleCandidate, float]]) -> tuple[Found[object], ...]:
    """Return the next candidates, each wording once."""
    others: dict[str, Found[object]] = {}
    for candidate, share in ranked[1:12]:
        if candidate.value not in ranked[0][0].value:
            others.setdefault(candidate.value, _found(candidate, share))
    return tuple(others.values())[:3]


def _names(found: Sequence[tuple[Candidate, float]]) -> list[Found[object]]:
    """Return the names that are not unlikely, each as a list of one author."""
    return [replace(_found(c, share), value=(c.value,)) for c, share in found if share > DOUBTFUL]


def _other_names(found: Sequence[Found[object]]) -> tuple[Found[object], ...]:
    """Return the likeliest three."""
    return tuple(sorted(found, key=lambda one: -(one.confidence or 0.0))[:3])
