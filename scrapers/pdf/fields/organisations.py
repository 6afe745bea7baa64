"""Candidates for the organisation that issues a document: lines of its first pages, imprint and running heads."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scrapers.base import Author
from scrapers.pdf.fields.candidate import Candidate
from scrapers.pdf.fields.front import Block, Front, FrontLine, flat, joined
from scrapers.pdf.fields.names import MAX_LINES, label_of, read_pages
from scrapers.pdf.fields.names_facts import Surroundings, labels_of
from scrapers.pdf.fields.people import PUBLIC_BODY, SMALL, is_organisation, plain_names
from scrapers.pdf.fields.title_facts import likeness
from scrapers.pdf.fields.words import (
    COMPANY,
    HOST,
    KIND,
    LETTERHEAD,
    OPEN,
    ORGANISATION,
    PUBLISHED_BY,
    RIGHTS,
    SECTIONS,
    SERIES,
    WEIGHTY,
)
from scrapers.values.authors import kind_of

MAX_ORGANISATIONS = 80
CELLS = re.compile(r"\t|\s[|•·]\s")
YEAR = re.compile(r"\(?\b(?:19|20)\d\d\b[a-z]?\)?")
DOMAIN = re.compile(r"(?:@|www\.|://)(?:[\w-]+\.)*?([\w-]{3,})\.(?:[a-z]{2,3}\.)?[a-z]{2,6}\b", re.IGNORECASE)
ADDRESS = re.compile(
    r"\b\d{4,6}\b|\b(?:street|road|avenue|rue|straße|strasse|str\.|calle|rua|via|p\.?o\.? box|bp|tel|phone|fax)\b",
    re.IGNORECASE,
)


CAPITAL = r"[„“«\"]?[^\W\d_a-zß-öø-ÿа-яёіїєґ][\w’'&.-]*[”»“\"]?"
MENTION = re.compile(
    rf"{CAPITAL}(?:\s+(?:(?:of|for|and|on|to|in|the|de|la|le|les|du|des|et|pour|del|los|las|y|e|do|da|dos|das|der|die|für|und"
    rf"|van|het|en|voor|di|della|dei|av|och|w|i|на|по|та|и)\s+){{0,3}}{CAPITAL}){{1,10}}"
)
"""Words with capitals that follow one another, small words between them: a name, or the beginning of a sentence."""

ORGANISED = re.compile(f"(?i:{ORGANISATION.pattern})|(?i:{LETTERHEAD.pattern})")
DONE_BY = re.compile(r"\b(?:by|par|por|von|door|known as|adopted|shall|notice|only|use)\b", re.IGNORECASE)
FIRST_ARTICLE = re.compile(r"^(?:The|Le|La|Les|El|Los|Las|Die|Der|Das|De|Het|O|A|Os|As|Il|An?)\s+")
MAX_MENTIONED = 16
"""Organisations that sentences name, of those looked at."""


@dataclass(slots=True, kw_only=True)
class OrganisationCandidate(Candidate):
    """A name of an organisation, and how it was met."""

    label: str = ""
    rights: bool = False
    """Whether the holder of the rights."""


def candidates(front: Front, title: Candidate | None) -> list[OrganisationCandidate]:
    """Return what may name the organisation that issues the document."""
    domains = domains_of(front)
    found = [
        candidate
        for page in read_pages(front)
        for line in page.lines[:MAX_LINES]
        for candidate in _on_line(line)
        if is_organisation(candidate.value.name)
        or kind_of(candidate.value.name) == "organisation"
        or _owns(candidate.value.name, domains)
        or (LETTERHEAD.search(candidate.value.name) and not KIND.match(candidate.value.name))
    ]
    found += _mentioned(front)
    for page in [*front.opening(2), *front.imprints]:
        for block in [*page.blocks, *page.running]:
            found += _holders(block)
    for head in list(front.running.values())[:12]:
        for part in CELLS.split(head):
            if _possible(part.strip()):
                found.append(_candidate(part.strip(), head, "pdf:running-head"))
    declared = front.declared
    for value, origin in (
        (declared.author, "pdf:info"),
        *((a, "pdf:xmp") for a in declared.xmp_authors),
        (declared.xmp_publisher, "pdf:xmp"),
    ):
        if kind_of(value) == "organisation" and len(value) < 100:
            found.append(_candidate(value, value, origin))
    if title:
        for part in re.split(
            r"\s(?:of|der|des|du|de|del|van|av|af)\s(?:the |la |les |los |die |het )?|\s[-–—|]\s|:\s", title.value
        )[1:]:
            if is_organisation(part):
                found.append(_candidate(part, title.raw, title.origin, title.lines))
        own = flat(title.value)
        found = [candidate for candidate in found if flat(candidate.value.name) != own]
    return found[:MAX_ORGANISATIONS]


def _candidate(
    name: str, raw: str, origin: str, lines: Sequence[FrontLine] = (), label: str = "", rights: bool = False
) -> OrganisationCandidate:
    return OrganisationCandidate(
        value=Author(name=name, kind="organisation"), raw=raw, origin=origin, lines=lines, label=label, rights=rights
    )


def _on_line(line: FrontLine) -> Iterator[OrganisationCandidate]:
    if line.prose or len(line.text) > 160:
        return
    origin = "pdf:front-matter" if line.page.number <= 3 else "pdf:imprint"
    label, rest = label_of(line.plain)
    for part in CELLS.split(rest):
        name = plain_names(part).strip(" .,;:–—-")
        if _possible(name):
            yield _candidate(name, line.text, origin, (line,), label)
    below = line.below
    if (
        below is not None
        and not (below.prose or below.run.row or line.run.row)
        and line.gap(below) < 0.9
        and abs(below.run.size - line.run.size) < 0.1 * line.run.size
    ):
        name = joined([rest, below.plain]).strip(" .,;:")
        if (
            len(name) < 130
            and "\t" not in name
            and (_possible(rest) or _possible(below.plain))
            and is_organisation(name)
        ):
            yield _candidate(name, name, origin, (line, below), label)


def _mentioned(front: Front) -> Iterator[OrganisationCandidate]:
    """Yield the organisations that sentences and titles of the first pages name; those first that are named often."""
    named: dict[str, tuple[str, Block]] = {}
    for page in front.opening(2):
        for block in page.blocks[:MAX_LINES]:
            for match in MENTION.finditer(block.text[:2000]):
                name = FIRST_ARTICLE.sub("", match.group())
                if 1 < len(name.split()) <= 12 and ORGANISED.search(name) and not KIND.match(name):
                    named.setdefault(" ".join(flat(name)), (name, block))
    body = f" {' '.join(flat(front.body[:40_000]))} "
    often = sorted(named, key=lambda key: -body.count(f" {key} "))
    for key in often[:MAX_MENTIONED]:
        name, block = named[key]
        candidate = _candidate(name, block.text[:200], "pdf:text")
        candidate.facts["mentioned"] = 1.0
        yield candidate


def _possible(text: str) -> bool:
    """Return whether a text may name an organisation: short, with capitals, and no address."""
    words = text.split()
    if sum(map(str.isdigit, text)) > 4:
        return False
    if not 1 <= len(words) <= 14 or len(text) < 3 or not text[0].isalpha() or HOST.search(text):
        return False
    if text.casefold().strip(" .:") in SECTIONS or SERIES.fullmatch(text):
        return False
    small = sum(word[:1].islower() and word.casefold() not in SMALL for word in words)
    return is_organisation(text) or (small <= len(words) // 3 and text[0].isupper() and len(words) <= 8)


def _holders(block: Block) -> Iterator[OrganisationCandidate]:
    """Yield who is named as publisher or as holder of the rights."""
    for number, run in enumerate(block.lines):
        for pattern in (PUBLISHED_BY, RIGHTS):
            match = pattern.match(run.text) if pattern is PUBLISHED_BY else pattern.search(run.text)
            if match is None:
                continue
            rest = run.text[match.end() :] or (block.lines[number + 1].text if number + 1 < len(block.lines) else "")
            if name := holder(rest):
                label = "publisher" if pattern is PUBLISHED_BY else ""
                yield _candidate(name, run.text, "pdf:imprint", label=label, rights=pattern is RIGHTS)


def holder(text: str) -> str:
    """Return the name in `2019 World Resources Institute. All rights reserved.`, or nothing."""
    text = YEAR.sub(" ", text)
    end = r"\.\s|[,;|(]|all rights|tous droits|todos los|alle rechte|\bunder\b|\band/or\b|licen[cs]e|\bby\b"
    text = re.split(end, text, maxsplit=1, flags=re.IGNORECASE)[0].strip(" .,:;-–—©&/")
    words = text.split()
    if not 0 < len(words) <= 10 or not text[0].isupper() or HOST.search(text):
        return ""
    kind = kind_of(text)
    known = kind == "organisation" or (len(words) > 1 and kind is None and text.istitle()) or text.isupper()
    return text if known else ""


def domains_of(front: Front) -> set[str]:
    """Return the names of sites that the first pages, the imprint and the end print, without their endings."""
    domains = {
        match[1].casefold() for page in [*front.opening(3), *front.imprints] for match in DOMAIN.finditer(page.text)
    }
    return domains | {match[1].casefold() for match in DOMAIN.finditer(front.body[-3000:])}


def _owns(name: str, domains: set[str]) -> bool:
    """Return whether a site has the name, or its longest word, or its initials."""
    words = flat(name)
    return (
        "".join(words) in domains
        or any(word in domains for word in words if len(word) > 4)
        or _initials(name) in domains
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper()).casefold()


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
    body = f" {' '.join(flat(front.body[:20000]))} "
    opening = body[:1500]
    titled = f" {' '.join(flat(around.title.value))} " if around.title else ""
    for order, candidate in enumerate(found):
        name, facts = candidate.value.name, candidate.facts
        words = flat(name)
        initials = _initials(name)
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
        facts["company"] = float(bool(COMPANY.search(name)))
        facts["organisation-word"] = float(bool(ORGANISATION.search(name)))
        facts["weighty"] = float(bool(WEIGHTY.search(name)))
        facts["kind-person"] = float(kind_of(name) == "person")
        facts["domain"] = float(_owns(name, domains))
        facts["domain-initials"] = float(len(initials) > 2 and initials in domains)
        facts["acronym"] = float(len(words) == 1 and name.isupper())
        facts["upper"] = float(name.isupper())
        facts["words"] = math.log1p(len(words))
        facts["in-body"] = math.log1p(body.count(f" {' '.join(words)} "))
        facts["common"] = sum(word.casefold() in front.vocabulary for word in words) / max(1, len(words))
        facts["order"] = math.log1p(order)
        facts["many"] = math.log1p(len(found))
    _compare(found)


def _compare(found: Sequence[OrganisationCandidate]) -> None:
    """Tell which of the candidates stands first, and which the text names most."""
    first = next((c for c in found if c.facts["is-organisation"]), None)
    most = max((c.facts["in-body"] for c in found), default=0.0)
    for candidate in found:
        candidate.facts["first-organisation"] = float(candidate is first)
        candidate.facts["most-in-body"] = float(most > 0 and candidate.facts["in-body"] >= most)
