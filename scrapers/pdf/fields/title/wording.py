"""What the words of a candidate for the title say of it.

A candidate is a stretch of lines, and most lines belong to several candidates: what must be searched for in a text is
searched for once in each line, and a stretch says what one of its lines says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from scrapers.pdf.fields.front import flat
from scrapers.pdf.fields.names import AND, COMMAS, named_letters
from scrapers.pdf.fields.people import is_organisation
from scrapers.pdf.fields.words import (
    EDITED,
    HOST,
    KIND,
    KIND_NUMBER,
    LETTERHEAD,
    OPEN,
    PERIODICAL,
    PRESS,
    SALUTATION,
    SECTIONS,
    SERIES,
    SUBJECTS,
    WEIGHTY,
)
from scrapers.values.dates import find_dates

Facts = dict[str, float]

NUMBERED = re.compile(
    r"\d+(?:\.\d+)*\.?\s+\S|[IVX]+\.\s|(?:chapter|section|part|chapitre|capítulo|título|titulo|kapitel|teil|parte|глава"
    r"|annex|appendix|article|artículo|art[ií]culo|第.{1,3}[章节節])\b",
    re.IGNORECASE,
)
"""How the heading of a part begins."""

WORD_COLON = re.compile(r"[^\W\d_]{2,14}\s?[:：]\s")
PAGE_NUMBER = re.compile(r"(?:\.{3,}|…|\s)\s*\d{1,3}$")
PASSED = re.compile(
    r"\b(?:adopted|approved|revised|amended|effective|published|updated|dated|gazetted|adoptée?s?|approuvée?s?|publiée?s?|aprobad[oa]s?|publicad[oa]s?|aprovad[oa]s?|homologad[oa]|beschlossen|vastgesteld|antagn?a?|uchwalon[ay]|elfogadva|принят\w*|утвержд\w+|затверджен\w*)\b",
    re.IGNORECASE,
)
"""What is said beside a title of how and when a document was passed."""

YEAR_END = re.compile(r"(?:19|20)\d\d\W*$")
ODD = frozenset("|{}~^<>_=\\$%@€¢¬§�")
"""Marks that no title has, but what OCR reads of a picture and what a program's name for a file do."""

LONG = 200
"""Characters of a line beyond which neither names nor dates are looked for."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is searched for in a line."""

    letters: int
    named: int
    """Letters of people's names."""
    dated: int
    """Characters of dates."""
    letterhead: bool
    periodical: bool
    host: bool
    weighty: bool
    passed: bool
    numbered: bool
    """Whether the number of an act, a decision or an order stands in it."""


@lru_cache(maxsize=4000)
def line_of(text: str) -> Line:
    """Return what is searched for in a line."""
    short = len(text) <= LONG
    return Line(
        letters=sum(map(str.isalpha, text)),
        named=named_letters(text) if short else 0,
        dated=sum(date.end - date.start for date in find_dates(text)) if short else 0,
        letterhead=bool(LETTERHEAD.search(text)),
        periodical=bool(PERIODICAL.search(text)),
        host=bool(HOST.search(text)),
        weighty=bool(WEIGHTY.search(text)),
        passed=bool(PASSED.search(text)),
        numbered=bool(KIND_NUMBER.search(text)),
    )


def wording(text: str, texts: Sequence[str]) -> Facts:
    """Return the facts of a wording; `texts` are its lines."""
    lines = [line_of(line) for line in texts]
    words = flat(text)
    dense = 0 if text.isascii() else sum("\u3000" < c < "\uff00" for c in text)
    length = len(words) + dense / 2
    letters = max(1, sum(line.letters for line in lines))
    solid = len(text.replace(" ", "")) or 1
    kind = KIND.match(text)
    number = any(line.numbered for line in lines)
    dated = sum(line.dated for line in lines) / len(text) if len(text) <= LONG else 0.0
    printed = text.split()
    return {
        "words": math.log1p(length),
        "one-word": float(length < 1.5),
        "two-words": float(1.5 <= length < 2.5),
        "long": max(0.0, length - 22) / 10,
        "letters": letters / solid,
        "capitals": sum(map(str.isupper, text)) / letters,
        "upper": float(text.isupper()),
        "lower-start": float(text[:1].islower()),
        "digit-start": float(text[:1].isdigit()),
        "stop": float(text.endswith((".", "。", ";", "؟"))),
        "comma-end": float(text.endswith((",", ":"))),
        "colon-within": float(":" in text[:-1]),
        "question": float(text.endswith("?")),
        "open-end": float(is_open(text)),
        "open-start": float(bool(words) and words[0] in OPEN),
        "numbered": float(bool(NUMBERED.match(text))),
        "section": float(text.casefold().strip(" .:") in SECTIONS),
        "series": float(is_series(text)),
        "weighty": float(any(line.weighty for line in lines)),
        "organisation": float(is_body(text)),
        "letterhead": float(len(text) < 120 and any(line.letterhead for line in lines)),
        "periodical": float(any(line.periodical for line in lines)),
        "host": float(any(line.host for line in lines)),
        "kind": float(bool(kind)),
        "kind-alone": len(kind.group().strip()) / len(text) if kind else 0.0,
        "kind-number": float(bool(kind) and number),
        "number": float(number),
        "title-case": sum(word[:1].isupper() for word in printed) / max(1, len(printed)),
        "odd-marks": sum(character in ODD for character in text) / solid,
        "press": float(bool(PRESS.fullmatch(text))),
        "word-colon": float(bool(WORD_COLON.match(text))),
        "page-number": float(bool(PAGE_NUMBER.search(text[-12:]))),
        "passed": float(any(line.passed for line in lines)),
        "dated-part": float(dated > 0.1),
        "year-end": float(bool(YEAR_END.search(text[-12:]))),
        "people": float(len(text) < LONG and sum(line.named for line in lines) > 0.7 * letters),
        "by": float(bool(EDITED.match(text))),
        "salutation": float(bool(SALUTATION.match(text))),
        "dated": dated,
        "only-date": float(dated > 0.8),
        "tab": float("\t" in text),
        "brackets": float(text.count("(") != text.count(")")),
        "subject-word": float(bool(words) and words[0] in SUBJECTS and len(words) > 1),
    }


def is_open(text: str) -> bool:
    """Return whether a line must go on: it ends with a word or a mark that no title ends with."""
    words = flat(text[-40:])
    return bool(words and words[-1] in OPEN) or text.rstrip()[-1:] in (":", "–", "—", "-", "&", ",")


@lru_cache(maxsize=4000)
def is_series(text: str) -> bool:
    """Return whether a text says only of what kind or series a document is."""
    return bool(SERIES.fullmatch(text.strip(" .:")))


@lru_cache(maxsize=4000)
def is_body(text: str) -> bool:
    """Return whether a text only names an organisation."""
    return len(text) < 120 and is_organisation(text)


def is_letterhead(text: str) -> bool:
    """Return whether a line names an office, a school or a society, and no kind of document."""
    return len(text) < 120 and line_of(text).letterhead and not KIND.match(text)


def names_people(text: str) -> bool:
    """Return whether a line holds hardly anything but names of people."""
    line = line_of(text)
    return len(text) < LONG and line.named > 0.7 * (line.letters or 1)


def lists_people(text: str) -> bool:
    """Return whether a line names two people or more, and holds hardly anything else."""
    return names_people(text) and bool(COMMAS.search(text) or AND.search(text))


def dated_share(text: str) -> float:
    """Return which share of a short line is a date."""
    return line_of(text).dated / len(text) if text else 0.0


@lru_cache(maxsize=4000)
def is_beside(text: str) -> bool:
    """Return whether a line says only who issues the document, when, or of what series it is."""
    line = line_of(text)
    return (
        line.letters < 3
        or is_body(text)
        or is_series(text)
        or names_people(text)
        or dated_share(text) > 0.5
        or line.host
        or (len(text) < 120 and (line.letterhead or line.periodical) and not KIND.match(text))
    )
