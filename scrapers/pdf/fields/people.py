"""Tells people and organisations on a cover from headings: stricter than for a line that is known to name authors."""

from __future__ import annotations

import re
from functools import lru_cache

from scrapers.pdf.fields.words import COMPANY, HOST, ORGANISATION, SECTIONS, SERIES
from scrapers.values.authors import kind_of
from scrapers.values.dates import find_dates
from scrapers.values.names import ORGANISATION as KNOWN
from scrapers.values.names import ORGANISATION_ENDINGS

MARKS = re.compile(
    r"[*∗⁎†‡§¶⇑#✉◊¹²³⁰-⁹₀-₉]+"
    r"|(?<=[^\W\d_])\d{1,2}(?:\s*,\s*\d{1,2})*(?=\s*(?:,|$|and\b|&|;))"
)
LOOSE = re.compile(r"\s+,|,(?=\s*,)|,\s*$")
PUBLIC_BODY = re.compile(
    r"(?:the )?(?:city|county|town|village|borough|state|commonwealth|government|republic|kingdom|municipality)"
    r" of [A-Z]\w+"
    r"|(?:municipalidad|municipio|ayuntamiento|gobierno|intendencia|gobernación|alcaldía|prefeitura|câmara municipal"
    r"|governo|ville|commune|mairie|région|comune|regione|stadt|gemeinde|gemeente|landkreis)"
    r"\s+(?:de |da |do |di |del |d')?[A-Z]\w+",
    re.IGNORECASE,
)


def plain_names(text: str) -> str:
    """Return a line of names without the marks of footnotes and affiliations."""
    text = MARKS.sub(" ", text)
    previous = None
    while previous != text:
        previous, text = text, LOOSE.sub(lambda match: "," if match.group().startswith(" ") else "", text)
    return " ".join(text.split()).strip(" ,;·|")


@lru_cache(maxsize=2000)
def is_organisation(text: str) -> bool:
    """Return whether a line of a cover is the name of an organisation, and nothing else."""
    words = text.split()
    if (
        not 1 <= len(words) <= 14
        or len(text) > 140
        or not text[:1].isalpha()
        or HOST.search(text)
        or (text.endswith((".", ":", "?")) and len(words) > 5)
    ):
        return False
    if SERIES.fullmatch(text.strip()) or text.casefold().strip() in SECTIONS or next(find_dates(text), None):
        return False
    if PUBLIC_BODY.fullmatch(text):
        return True
    if "\u3000" < text[0] < "\uff00":
        return text.endswith(LONG_ENDINGS) and len(text) < 26 and not re.search(r"[、。，；\d]", text)
    small = sum(word[:1].islower() and word.casefold() not in SMALL for word in words)
    acronym = (
        len(words) == 1
        and text.isupper()
        and text.isascii()
        and 3 <= len(text) <= 8
        and kind_of(text) == "organisation"
    )
    if acronym and text.casefold() not in KNOWN:
        return False
    if len(words) > 1 and GENERIC.fullmatch(words[0]) and words[1].casefold() not in SMALL:
        return False
    named = any(pattern.search(text) for pattern in (ORGANISATION, COMPOUND, COMPANY))
    return acronym or (named and small <= len(words) // 4 and len(words) > 1)


COMPOUND = re.compile(
    r"\b[A-ZÄÖÜ]\w{2,}(?:kreis|stelle|verband|verein|bund|werk|gruppe|netzwerk|initiative|institut|stiftung|bündnis"
    r"|gesellschaft|zentrum|amt|büro|kammer|anstalt|genossenschaft|gewerkschaft|ministerium)(?=\s|$)"
)
"""German words that end as the names of organisations do: Arbeitskreis, Forschungsstelle, Umweltverband."""

GENERIC = re.compile(
    r"(?:services?|organi[sz]ations?|groups?|networks?|campaigns?|initiatives?|boards?|banks?|programmes?|limited)",
    re.I,
)
"""Words that begin a heading about organisations rather than the name of one."""

LONG_ENDINGS = tuple(ending for ending in ORGANISATION_ENDINGS if len(ending) > 1)
SMALL = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "to",
        "de",
        "la",
        "le",
        "les",
        "des",
        "du",
        "et",
        "pour",
        "del",
        "los",
        "las",
        "y",
        "para",
        "der",
        "die",
        "das",
        "des",
        "für",
        "und",
        "do",
        "da",
        "dos",
        "e",
        "di",
        "della",
        "van",
        "het",
        "en",
        "voor",
        "и",
        "по",
    ]
)
