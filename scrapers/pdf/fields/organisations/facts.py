"""What speaks for and against each organisation: its place, its words, labels, how the text names it, agreement."""

# ruff: noqa: E501 - words of many languages
from __future__ import annotations

import math
import re
from collections.abc import Sequence

from scrapers.choice.naming import liken
from scrapers.pdf.fields.front import Front, flat
from scrapers.pdf.fields.names import person_shaped
from scrapers.pdf.fields.names_facts import Surroundings, labels_of
from scrapers.pdf.fields.organisations.candidates import (
    OrganisationCandidate,
    domains_of,
    initials_of,
    is_site_of,
    owns,
)
from scrapers.pdf.fields.organisations.forms import within, without_article
from scrapers.pdf.fields.organisations.named import WITH_LEGAL_END
from scrapers.pdf.fields.organisations.refusals import is_organ
from scrapers.pdf.fields.organisations.standing import stand
from scrapers.pdf.fields.people import PUBLIC_BODY, SMALL, is_organisation
from scrapers.pdf.fields.roles import POST, WROTE
from scrapers.pdf.fields.title.facts import likeness
from scrapers.pdf.fields.words import COMPANY, KIND, LETTERHEAD, OPEN, ORGANISATION, ORGANISED, WEIGHTY
from scrapers.values.authors import kind_of

ADDRESS = re.compile(
    r"\b\d{4,6}\b|\b(?:street|road|avenue|rue|straße|strasse|str\.|calle|rua|via|p\.?o\.? box|bp|tel|phone|fax)\b",
    re.IGNORECASE,
)
DONE_BY = re.compile(r"\b(?:by|par|por|von|door|known as|adopted|shall|notice|only|use)\b", re.IGNORECASE)


HELPS = re.compile(
    r"\b(?:funded|supported|financed|sponsored|support of|funding|grant|partner\w*|collaborat\w+|cooperation|thanks? to|on behalf of|prepared for|submitted to|addressed to"
    r"|financé\w*|soutien|soutenu|partenaire\w*|collaboration|avec le concours|gefördert|förder\w+|unterstütz\w+|partner|kooperation|finanziat\w+|contributo|collaborazione"
    r"|financiad\w+|apoyo|colaboraci\w+|apoio|parceria|colaboração|steun|samenwerking|finansowan\w+|dofinansowan\w+|współprac\w+|podpor\w+|при поддержке|за підтримки)\b",
    re.IGNORECASE,
)
"""What before a name says that it pays for a document, helped with it, or is addressed by it."""

SITE_LETTERS = 5
"""Letters that the names of a site and a body must share at least."""

PARTY = re.compile(
    r"\b(?:vs?\.?|versus|contre|gegen|contra|contro|przeciwko|против|проти)\b|\.{3,}\s*(?:appellant|respondent|petitioner|plaintiff|defendant)",
    re.IGNORECASE,
)
"""What parts the parties of a case."""

MAKES = re.compile(
    r"\b(?:published by|produced by|issued by|publisher|a report (?:by|of|from)|prepared by|developed by|édité par|publié par|réalisé par|herausgeber\w*|herausgegeben|a cura d\w+|pubblicato da"
    r"|publicado por|elaborado por|editado por|uitgave van|utgiven av|udgivet af|wydawca|opracowan\w+ przez|vydal\w*|издан\w*|подготовлен\w*)\W*$",
    re.IGNORECASE,
)
"""What before a name says that it made or published a document."""


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
        "post-first": float(bool(POST.match(name))),
    }


def describe(around: Surroundings, found: Sequence[OrganisationCandidate]) -> None:
    """Give each candidate its facts."""
    front = around.front
    domains = domains_of(front)
    shorts = {" ".join(flat(long)): short for short, long in front.abbreviations.items()}
    opening = f" {' '.join(flat(front.body[:1500]))} "
    titled = f" {' '.join(flat(around.title.value))} " if around.title else ""
    for candidate, like in zip(found, liken([candidate.value.name for candidate in found]), strict=True):
        candidate.facts |= like
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
        facts["organ"] = float(is_organ(name))
        facts["person-shaped"] = float(person_shaped(name))
        facts["form-in-title"] = float(within(without_article(words), flat(titled)))
        facts["part-of-site"] = float(_is_part_of_site(words, domains))
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
        facts["site"] = float(is_site_of(name, domains))
        facts["host"] = float(bool(front.host) and is_site_of(name, {front.host}))
        facts |= _abbreviated(name, shorts, front)
        facts |= _around(candidate)
        facts["domain-initials"] = float(len(initials) > 2 and initials in domains)
        facts["acronym"] = float(len(words) == 1 and name.isupper())
        facts["upper"] = float(name.isupper())
        facts["words"] = math.log1p(len(words))
        facts |= front.mentions.of(name)
        facts["common"] = sum(word.casefold() in front.vocabulary for word in words) / max(1, len(words))
        facts["order"] = math.log1p(order)
        facts["many"] = math.log1p(len(found))
    stand(front, around.title.value if around.title else "", found)
    _compare(found)


def _is_part_of_site(words: Sequence[str], domains: set[str]) -> bool:
    """Return whether a site's name begins or ends with the letters of a name, or the other way round."""
    joined = "".join(word for word in words if word not in SMALL)
    return len(joined) >= SITE_LETTERS and any(
        len(domain) >= SITE_LETTERS
        and (
            domain.startswith(joined) or domain.endswith(joined) or joined.startswith(domain) or joined.endswith(domain)
        )
        for domain in domains
    )


def _abbreviated(name: str, shorts: dict[str, str], front: Front) -> dict[str, float]:
    """Return whether the text abbreviates a name, and how often it writes the abbreviation."""
    short = shorts.get(" ".join(flat(name)))
    if short is None:
        return {"is-abbreviation": float(name in front.abbreviations)}
    return {"abbreviated": 1.0, "short-in-text": front.mentions.of(short).get("in-text", 0.0)}


def _around(candidate: OrganisationCandidate) -> dict[str, float]:
    """Return what the words before a name say of it: that it pays, helps or is addressed, or that it made the document."""
    if candidate.lines:
        line = candidate.lines[0]
        above = line.above.text[-60:] if line.above is not None and line.above.gap(line) < 2 else ""
        text = f"{above} {line.text}"
    else:
        text = candidate.raw
    before = text.partition(candidate.value.name)[0][-70:]
    return {
        "helps": float(bool(HELPS.search(before))),
        "makes": float(bool(WROTE.search(before) or MAKES.search(before))),
        "party": float(bool(PARTY.search(before) or PARTY.match(text.partition(candidate.value.name)[2].lstrip()))),
    }


def _compare(found: Sequence[OrganisationCandidate]) -> None:
    """Tell which of the candidates stands first, and which the text names most."""
    first = next((c for c in found if c.facts["is-organisation"]), None)
    most = max((c.facts.get("in-text", 0.0) for c in found), default=0.0)
    for candidate in found:
        candidate.facts["first-organisation"] = float(candidate is first)
        candidate.facts["most-in-text"] = float(most > 0 and candidate.facts.get("in-text", 0.0) >= most)
