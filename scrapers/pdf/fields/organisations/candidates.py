"""Candidates for the organisation that issues a document: lines of its first pages, imprint and running heads."""

# ruff: noqa: E501 - words of many languages
from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scrapers.base import Author
from scrapers.pdf.fields.candidate import Candidate
from scrapers.pdf.fields.front import Block, Front, FrontLine, flat, joined
from scrapers.pdf.fields.names import AND, COMMAS, MAX_LINES, label_of, named_letters, read_pages
from scrapers.pdf.fields.organisations.forms import without_article
from scrapers.pdf.fields.organisations.named import CAPITAL, LINKS, WITH_LEGAL_END, founded, named
from scrapers.pdf.fields.organisations.refusals import is_heading, is_sentence
from scrapers.pdf.fields.people import SMALL, is_organisation, plain_names
from scrapers.pdf.fields.roles import WRITES_LABELS, WROTE
from scrapers.pdf.fields.words import (
    HOST,
    KIND,
    ORGANISED,
    PUBLISHED_BY,
    RIGHTS,
    SECTIONS,
    SERIES,
)
from scrapers.values.authors import kind_of

MAX_ORGANISATIONS = 80
CELLS = re.compile(r"\t|\s[|•·●▪]\s")
YEAR = re.compile(r"\(?\b(?:19|20)\d\d\b[a-z]?\)?")
HOSTERS = frozenset(
    "gmail googlemail hotmail outlook yahoo doi creativecommons facebook twitter youtube linkedin instagram orcid github google wikipedia wikimedia medium bit zoom".split()  # noqa: SIM905
)
"""Sites that anybody writes from, or refers to."""

DOMAIN = re.compile(r"(?:@|www\.|://)(?:[\w-]+\.)*?([\w-]{3,})\.(?:[a-z]{2,3}\.)?[a-z]{2,6}\b", re.IGNORECASE)
QUOTES = " .,;:„“”«»\"'"
BRACKETED = re.compile(r"\s\([^()]{2,14}\)$")
"""The abbreviation after a name."""

OF = re.compile(
    r"\s(?:of|der|des|du|de|del|do|da|dos|das|di|della|dello|dei|delle|van|av|af|z|för|for|für|voor|te)\s(?:the |la |les |los |las |die |den |het |de |valné hromady )?"
    r"|\s(?:de l|d|dell|dall)['’]|\s[-–—|]\s|:\s",
    re.IGNORECASE,
)
"""What parts the kind of a document from whose it is, in a title."""

CAPITALS = re.compile(rf"{CAPITAL}(?:\s+(?:(?:{LINKS})\s+){{0,2}}{CAPITAL}){{0,7}}")
"""Words with capitals that follow one another."""

ACRONYM = re.compile(r"[^\W\d_a-z][\w&-]{2,9}(?<![a-z])")
"""Capitals that stand for a name."""

LINKED = re.compile(rf"(?:{LINKS})\s")
"""A small word at the beginning, which joins what follows to what is cut off."""

MOST_SMALL = 6
"""Words of a line that may name a body though all but its first word are written small."""

MAX_MENTIONED = 16
"""Organisations that sentences name, of those looked at."""

OFTEN_NAMED = 6
"""Organisations that the text names most."""

FOUNDING = 20_000
"""Characters of the text in which a founding sentence is looked for."""

PEOPLE = 0.8
"""The share of a text's letters that names of people may have, if the text names an organisation."""

OFTEN = 3
"""The sentences that must write a name with capitals before it counts as an organisation's by that alone."""


@dataclass(slots=True, kw_only=True)
class OrganisationCandidate(Candidate):
    """A name of an organisation, and how it was met."""

    label: str = ""
    rights: bool = False
    """Whether the holder of the rights."""
    full: str = ""
    """Of an abbreviation: the name that the text gives for it."""


def candidates(front: Front, title: Candidate | None) -> list[OrganisationCandidate]:
    """Return what may name the organisation that issues the document."""
    domains = domains_of(front)
    found = [
        candidate
        for page in read_pages(front)
        for line in page.lines[:MAX_LINES]
        for candidate in _on_line(line)
        if candidate.label in WRITES_LABELS
        or _speaks(candidate.value.name, domains)
        or _is_often_named(candidate.value.name, front)
    ][:MAX_ORGANISATIONS]
    found += _mentioned(front)
    found += _sited(front, domains)
    found += _told(front)
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
        found += _in_title(title)
        if KIND.match(title.value) or not is_organisation(title.value):
            own = flat(title.value)
            found = [candidate for candidate in found if flat(candidate.value.name) != own]
    long_forms = front.abbreviations
    for candidate in found:
        candidate.full = long_forms.get(candidate.value.name, "")
    found += [
        replace(candidate, value=Author(name=candidate.full, kind="organisation"), full="", facts={})
        for candidate in found
        if candidate.full
    ]
    return [candidate for candidate in found if _is_a_name(candidate.value.name, front.vocabulary)]


def _in_title(title: Candidate) -> Iterator[OrganisationCandidate]:
    """Yield the bodies that a title names: whose statutes, report or meeting it is."""
    parts = [_headed(title.value[match.end() :]) for match in OF.finditer(title.value)]
    if KIND.match(title.value):
        parts += [_headed(part) for match in ORGANISED.finditer(title.value) if (part := title.value[match.start() :])]
    for part in dict.fromkeys(parts):
        if is_organisation(part) or (_possible(part) and KIND.match(title.value)):
            yield _candidate(part, title.raw, title.origin, title.lines, fact="of-title")
    for text in (title.value, *parts):
        if name := _without_kind(text):
            yield _candidate(name, title.raw, title.origin, title.lines, fact="of-title")


def _headed(text: str) -> str:
    """Return the end of a title with a capital at its head (`of the association Wide Wells`)."""
    return text[:1].upper() + text[1:] if ORGANISED.match(text) else text


def _without_kind(text: str) -> str:
    """Return a line up to its last word for a body (`City Committee` of `City Committee Meeting`), or nothing."""
    ends = [match.end() for match in ORGANISED.finditer(text)]
    rest = text[ends[-1] :] if ends else ""
    if not rest[:1].isspace() or not 0 < len(rest.split()) <= 3:
        return ""
    name = text[: ends[-1]].strip()
    return name if len(name.split()) > 1 and name[0].isupper() and not KIND.match(name) else ""


def _is_a_name(text: str, vocabulary: frozenset[str]) -> bool:
    """Return whether a text may be a name.

    It is not only a common word (`Commission`), the end of a name (`of the U.S. Government`), nor a list of people
    (`Ann Dee & Carl Moor`).
    """
    if is_heading(text) or is_sentence(text) or LINKED.match(text):
        return False
    if " " not in text:
        return text.casefold() not in vocabulary and (is_organisation(text) or not ORGANISED.fullmatch(text))
    if is_organisation(text) or ORGANISED.search(text):
        return True
    several = AND.search(text) or COMMAS.search(text)
    return not several or named_letters(text) < PEOPLE * sum(map(str.isalpha, text))


def _candidate(
    name: str,
    raw: str,
    origin: str,
    lines: Sequence[FrontLine] = (),
    label: str = "",
    rights: bool = False,
    fact: str | None = None,
) -> OrganisationCandidate:
    return OrganisationCandidate(
        value=Author(name=" ".join(name.split()), kind="organisation"),
        raw=raw,
        origin=origin,
        lines=lines,
        label=label,
        rights=rights,
        facts={fact: 1.0} if fact else {},
    )


def _on_line(line: FrontLine) -> Iterator[OrganisationCandidate]:
    if line.prose or len(line.text) > 160:
        return
    origin = "pdf:front-matter" if line.page.number <= 3 else "pdf:imprint"
    label, rest = label_of(line.plain)
    for part in CELLS.split(rest):
        name = BRACKETED.sub("", plain_names(part)).strip(" .,;:–—-")
        if WITH_LEGAL_END.fullmatch(f"{name}."):
            name += "."
        if _possible(name):
            yield _candidate(name, line.text, origin, (line,), label)
        if shorter := _without_kind(name):
            yield _candidate(shorter, line.text, origin, (line,), label, fact="cut")
        for piece in COMMAS.split(name)[1:]:
            if " " in piece and _possible(piece):
                yield _candidate(piece, line.text, origin, (line,), label, fact="behind-comma")
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


def _speaks(name: str, domains: set[str]) -> bool:
    """Return whether a name shows that it is an organisation's: by its words, or as a site is called so."""
    return (
        is_organisation(name)
        or kind_of(name) == "organisation"
        or owns(name, domains)
        or WITH_LEGAL_END.fullmatch(name) is not None
        or bool(ORGANISED.search(name) and not KIND.match(name))
    )


def _is_often_named(name: str, front: Front) -> bool:
    """Return whether sentences of the text write a name with capitals, and never without."""
    said = front.mentions.of(name)
    return said.get("in-sentences", 0.0) >= math.log1p(OFTEN) and not said["in-small-letters"] and not KIND.match(name)


def _mentioned(front: Front) -> Iterator[OrganisationCandidate]:
    """Yield the organisations that sentences and titles of the first pages name; those first that are named often."""
    found: dict[str, tuple[str, str]] = {}
    for page in front.opening(2):
        for block in page.blocks[:MAX_LINES]:
            for name in named(block.text[:2000]):
                if len(name.split()) <= 12 and not KIND.match(name):
                    found.setdefault(" ".join(flat(name)), (name, block.text[:200]))
    often = sorted(found, key=lambda key: -front.mentions.of(key).get("in-text", 0.0))
    for key in often[:MAX_MENTIONED]:
        yield _candidate(*found[key], "pdf:text", fact="mentioned")
    text = front.body[:FOUNDING]
    organised = (name for name in named(text) if not KIND.match(name))
    capitals = (match.group().strip(QUOTES) for match in CAPITALS.finditer(text))
    joined_up = (name for name in capitals if " " in name or ACRONYM.fullmatch(name))
    for names, fact in ((organised, "often"), (joined_up, "often-capitals")):
        for name, times in Counter(names).most_common(OFTEN_NAMED):
            if times >= OFTEN:
                yield _candidate(name, name, "pdf:text", fact=fact)
    for name in dict.fromkeys(founded(front.body[:FOUNDING])):
        yield _candidate(name, name, "pdf:text", fact="founded")
    for name in front.abbreviations.values():
        yield _candidate(name, name, "pdf:text", fact="abbreviated")


def _sited(front: Front, domains: set[str]) -> Iterator[OrganisationCandidate]:
    """Yield the names in the text that a site of the document has whole: by their letters, or by their initials."""
    found = (match.group().strip(QUOTES) for match in CAPITALS.finditer(front.body[:FOUNDING]))
    for name in dict.fromkeys(found):
        if len(name) < 100 and is_site_of(name, domains):
            yield _candidate(name, name, "pdf:text", fact="sited")


def _told(front: Front) -> Iterator[OrganisationCandidate]:
    """Yield whom the first pages and the imprint name as the maker (`a cura di`, `written by`)."""
    pages = {page.number: page for page in [*front.opening(3), *front.imprints]}
    for page in pages.values():
        for block in page.blocks[:MAX_LINES]:
            for match in WROTE.finditer(block.text[:1500]):
                if name := CAPITALS.match(block.text[match.end() :][:120].lstrip()):
                    yield _candidate(name.group().strip(QUOTES), block.text[:200], "pdf:front-matter", fact="told")


def _possible(text: str) -> bool:
    """Return whether a text may name an organisation: short, with capitals, and no address."""
    words = text.split()
    if sum(map(str.isdigit, text)) > 4:
        return False
    if not 1 <= len(words) <= 14 or len(text) < 3 or not text[0].isalpha() or HOST.search(text):
        return False
    if text.casefold().strip(" .:") in SECTIONS or SERIES.fullmatch(text) or is_heading(text) or is_sentence(text):
        return False
    if is_organisation(text):
        return True
    # Many languages write only the first word of such a name with a capital: `Jyväskylän yliopisto`.
    small = sum(word[:1].islower() and word.casefold() not in SMALL for word in words)
    telling = len(words) <= MOST_SMALL and ORGANISED.search(text)
    return not text[0].islower() and len(words) <= 8 and (small <= len(words) // 3 or bool(telling))


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
    pages = {page.number: page.text for page in [*front.opening(3), *front.imprints]}
    texts = [*pages.values(), *front.running.values(), front.body[-3000:]]
    found = {match[1].casefold() for text in texts for match in DOMAIN.finditer(text)}
    return {name.replace("-", "") for name in found} - HOSTERS | ({front.host} if front.host else set())


def owns(name: str, domains: set[str]) -> bool:
    """Return whether a site has the name, or its longest word, or its initials."""
    words = without_article(flat(name))
    return (
        "".join(words) in domains
        or any(word in domains for word in words if len(word) > 4)
        or initials_of(name) in domains
    )


def is_site_of(name: str, domains: set[str]) -> bool:
    """Return whether a site is called as the whole name is, or by the initials of three words and more of it."""
    words = without_article(flat(name))
    initials = initials_of(name.split(",")[0])
    return ("".join(words) in domains and len("".join(words)) > 3) or (len(initials) > 2 and initials in domains)


def initials_of(name: str) -> str:
    """Return the first letters of a name's words with capitals, in small letters."""
    return "".join(word[0] for word in name.split() if word[:1].isupper()).casefold()
