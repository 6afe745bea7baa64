"""What speaks for and against each organisation: its place, its words, labels, how the text names it, agreement."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from scrapers.pdf.fields.front import flat
from scrapers.pdf.fields.names_facts import Surroundings, labels_of
from scrapers.pdf.fields.organisations.candidates import OrganisationCandidate, domains_of, initials_of, owns
from scrapers.pdf.fields.organisations.named import ORGANISED, WITH_LEGAL_END
from scrapers.pdf.fields.people import PUBLIC_BODY, SMALL, is_organisation
from scrapers.pdf.fields.title.facts import likeness
from scrapers.pdf.fields.words import COMPANY, KIND, LETTERHEAD, OPEN, ORGANISATION, WEIGHTY
from scrapers.values.authors import kind_of

ADDRESS = re.compile(
    r"\b\d{4,6}\b|\b(?:street|road|avenue|rue|straße|strasse|str\.|calle|rua|via|p\.?o\.? box|bp|tel|phone|fax)\b",
    re.IGNORECASE,
)
DONE_BY = re.compile(r"\b(?:by|par|por|von|door|known as|adopted|shall|notice|only|use)\b", re.IGNORECASE)


def _wording(name: str) -> dict[str, float]:
    """Return the facts of how a name is written: a heading or part of a sentence is written otherwise than a name."""
    words = name.split()
    head = ORGANISED.search(name)
    return {
        "digits": float(any(map(str.isdigit, name))),
        "stop-within": float(bool(re.search(r"\w{3,}[.:;] +\S", name))),
        "small": sum(word[:1].islower() and word.casefold() not in SMALL for word in words) / max(1, len(words)),
        "open-end": float(bool(words) and words[-1].casefold() in OPEN),
        "open-start": float(bool(words) and (words[0][:1].islower() or words[0].casefold() in OPEN)),
        "long": max(0.0, len(name) - 45) / 40,
        "one-word": float(len(words) == 1),
        "head-first": float(head is not None and head.start() == 0),
        "head-last": float(head is not None and any(m.end() == len(name) for m in ORGANISED.finditer(name))),
        "done-by": float(bool(DONE_BY.search(name))),
    }


def describe(around: Surroundings, found: Sequence[OrganisationCandidate]) -> None:
    """Give each candidate its facts."""
    front = around.front
    domains = domains_of(front)
    opening = f" {' '.join(flat(front.body[:1500]))} "
    titled = f" {' '.join(flat(around.title.value))} " if around.title else ""
    for order, candidate in enumerate(found):
        name, facts = candidate.value.name, candidate.facts
        words = flat(name)
        initials = initials_of(name)
        if candidate.lines:
            facts |= around.place_of(candidate.lines[0])
            facts |= labels_of(candidate.label, candidate.lines[0])
            below = candidate.lines[-1].below
            facts["address-below"] = float(below is not None and bool(ADDRESS.search(below.text)))
            facts["gap-below"] = min(5.0, candidate.lines[-1].gap(below)) if below is not None else 5.0
            facts["whole-line"] = float(len(name) > 0.85 * len(candidate.lines[0].text))
            facts["first-line"] = float(candidate.lines[0] in candidate.lines[0].page.lines[:2])
            facts["later-line"] = float(candidate.lines[0] in candidate.lines[0].page.lines[-4:])
        facts |= around.agreement(name)
        facts[candidate.origin] = 1.0
        facts["letterhead"] = float(bool(LETTERHEAD.search(name)))
        facts["kind"] = float(bool(KIND.match(name)))
        facts["in-opening"] = math.log1p(opening.count(f" {' '.join(words)} "))
        facts["in-title"] = max(facts.get("in-title", 0.0), float(bool(words) and f" {' '.join(words)} " in titled))
        facts |= _wording(name)
        facts["as-title"] = likeness(words, flat(around.title.value)) if around.title else 0.0
        facts["rights"] = float(candidate.rights)
        facts["labelled-publisher"] = float(candidate.label == "publisher")
        facts["is-organisation"] = float(is_organisation(name))
        facts["public-body"] = float(bool(PUBLIC_BODY.fullmatch(name)))
        facts["company"] = float(bool(COMPANY.search(name) or WITH_LEGAL_END.fullmatch(name)))
        facts["organisation-word"] = float(bool(ORGANISATION.search(name)))
        facts["weighty"] = float(bool(WEIGHTY.search(name)))
        facts["kind-person"] = float(kind_of(name) == "person")
        facts["domain"] = float(owns(name, domains))
        facts["domain-initials"] = float(len(initials) > 2 and initials in domains)
        facts["acronym"] = float(len(words) == 1 and name.isupper())
        facts["upper"] = float(name.isupper())
        facts["words"] = math.log1p(len(words))
        facts |= front.mentions.of(name)
        facts["common"] = sum(word.casefold() in front.vocabulary for word in words) / max(1, len(words))
        facts["order"] = math.log1p(order)
        facts["many"] = math.log1p(len(found))
    _compare(found)


def _compare(found: Sequence[OrganisationCandidate]) -> None:
    """Tell which of the candidates stands first, and which the text names most."""
    first = next((c for c in found if c.facts["is-organisation"]), None)
    most = max((c.facts.get("in-text", 0.0) for c in found), default=0.0)
    for candidate in found:
        candidate.facts["first-organisation"] = float(candidate is first)
        candidate.facts["most-in-text"] = float(most > 0 and candidate.facts.get("in-text", 0.0) >= most)
