"""Reading author lines: who is named, in order, and whether a name is a person's or an organisation's.

A line is split only where something speaks for it: a semicolon or line break, or commas and `and` between parts that
each stand alone as a name. `&` never separates. A line left whole is better than a wrong split.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from scrapers.base import Author, AuthorKind
from scrapers.values.bylines import BY, begins_as_chinese, han_names, is_role, without_role
from scrapers.values.labels import label_at_start
from scrapers.values.names import (
    COMPOUND_ENDINGS,
    DEGREES,
    HAN_SUBJECTS,
    JAPANESE_SURNAMES,
    KOREAN_SURNAMES,
    NOBODY,
    ORGANISATION,
    ORGANISATION_ENDINGS,
    OUTLETS,
    PARTICLES,
    ROLES,
)
from scrapers.values.text import clean_line

_LONGEST_LINE = 4000
_MOST = 100

_HARD = re.compile(
    r"\s*[;；|｜\n•·／]\s*|\s+/\s+|\s*、\s*"
    r"|\s+(?:本报|本報|特约|特約|实习|實習|见习)?(?:记者|記者|通讯员|通訊員|实习生)\s*[:：]?\s*(?=[\u4e00-\u9fff]{2,4}(?:\s|$))"
)
"""What parts names in any case; Chinese bylines set what each did between them: `记者 A 通讯员 B`."""
_COMMA = re.compile(r"\s*[,，،]\s*")
_AND = re.compile(
    r"\s+(?:and|und|et|y|e|en|och|og|i|и|та|và|dan|ve|with)\s+|\s+و\s*(?=\S{2})|\s*[和与與]\s*", re.IGNORECASE
)
_LEADING_AND = re.compile(r"^(?:and|und|et|y|e|и|و)\s+", re.IGNORECASE)
_BY = re.compile(
    rf"^(?:(?:story|article|words|text|report|edited|reviewed|created) by|{BY})\b[\s:]*"
    r"|^(?:του|της|των|بقلم|كتب|文[/／丨|●]|撰文[/／:：]?|作者[:：]?|(?:本报|本報|特约|特約|见习|見習)?(?:记者|記者)|通讯员|通訊員|取材[・･]文[/／]?|文[:：])\s*",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^(?:our|the|notre|unsere?r?|nuestr[oa]|nosso|nossa|il nostro)?\s*(?:\w+\s){0,2}?"
    r"(?:correspondent|reporter|writer|columnist|contributor|editor|envoyée? spéciale?|correspondante?"
    r"|korrespondent(?:in)?|corresponsal|enviad[oa] especial|inviat[oa])\s+(?=[A-Z]\w+ )",
    re.IGNORECASE,
)
"""What a byline says of a person before the name: `our correspondent ...`."""
_TITLE = re.compile(
    r"^(?:Rep|Sen|Hon|Mr|Mrs|Ms|Mme|Mlle|Herr|Frau|Sra?|Dña?|Sig|Sig\.ra|Cllr|Councillor|Vereadora?|Deputad[oa]|Diputad[oa]"
    r"|Senadora?|Députée?|Abg|Abgeordneter?|Onorevole)\.?\s+(?=[A-ZÀ-Ž][\w'-]+)"
)
_TAIL = re.compile(
    r"(?:\s+|\s*[-–—,|]\s*)(?:published|posted|updated|last updated|on)(?:\s+on|\s+at)?\s*:?\s*$"
    r"|\s+(?:기자|특파원|记者|記者|さん|氏|著|編|訳|監訳|監修)$|(?<=[^\W\d_]{3})(?<!\b(?:inc|ltd|esq|etc))(?<!\b(?:corp|bros|prof|univ|dept|inst))\.$|\s*[-–—:|]+$",
    re.IGNORECASE,
)
_DEGREE_AND = re.compile(r"((?:,\s*|\s)(?:ph\.?d|m\.?d|jr|sr|mph|rdn?|msc|mba|esq)\.?)\s+and\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.|\S+@\S+\.\S+|^@|\.(?:com|org|net)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’.\-‐][^\W\d_]+)*\.?|[^\W\d_]\.?")
_INITIALS = re.compile("(?:[^\\W\\d_\u2e80-\ud7ff]\\.?[\\s-]?){1,4}")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]{2,4}")
_CASELESS = re.compile(r"[\u0590-\u06ff\u0900-\u0dff\u1200-\u137f]")
"""Letters of scripts without capitals whose words are parted by spaces: Hebrew, Arabic, those of India, Ethiopic."""

# Words at the head of a part of an institution (`Department of`), which its whole may follow after a comma.
_PART_OF = re.compile(
    r"^(?:the\s+)?(?:[\w'-]+\s+){0,5}?(?:department|faculty|school|institute|centre|center|division|laboratory|lab|college|unit|programme|program|office"
    r"|departamento|facultad|faculdade|instituto|département|faculté|institut|dipartimento|facoltà|fakultät|fachbereich|факультет|институт|кафедра|كلية|معهد|مركز)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:universit\w*|universid\w*|università|hochschule|college|університет|университет|جامعة|academy of)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:of|for|on|de|del|des|du|da|do|für|по|der)\s", re.IGNORECASE)
# Nouns that make an organisation of the words around them, where `energy` or `rights` alone would not.
_HEADS = re.compile(
    r"\b(?:universit\w*|institut\w*|cent(?:re|er|ro)|council|commission|committee|ministry|agency|foundation|association|society|union|network|alliance"
    r"|coalition|group|international|nations|university|organi[sz]ation|company|inc|ltd|gmbh|times|post|news|watch|initiative|helpdesk|fund|bank)\b",
    re.IGNORECASE,
)
_ALSO_SURNAMES = frozenset(
    [
        "church",
        "bank",
        "post",
        "board",
        "court",
        "day",
        "young",
        "mirror",
        "coal",
        "front",
        "lake",
        "aid",
        "watch",
        "club",
        "forum",
        "press",
        "gap",
        "shell",
        "vale",
        "price",
        "love",
        "court",
    ]
)


def kind_of(name: str) -> AuthorKind | None:
    """Return whether a name is a person's or an organisation's; None where its words don't tell."""
    name = clean_line(name)
    low = name.casefold()
    if not name or low in NOBODY or _ADDRESS.search(name):
        return None
    if low in OUTLETS or (low.startswith("the ") and len(low) > 6):
        return "organisation"
    bare = re.sub(r"\s*[(（][^()（）]{1,60}[)）]$", "", name)
    if bare and bare != name:
        return _kind_before_bracket(bare, name[len(bare) :])
    if (kind := _east_asian(name)) is not None:
        return kind
    words = [w for w in name.replace(",", " ").split() if w.casefold() not in DEGREES] or name.split()
    if name.count(",") > 1 and all(map(_acronym, words)):
        return "organisation"
    if len(words) > 1 and ("&" in words or "+" in words):
        return "organisation"
    if any(_speaks_of_organisation(w) for w in words):
        open_ = len(words) == 2 and words[1].casefold() in _ALSO_SURNAMES and not _speaks_of_organisation(words[0])
        return None if open_ else "organisation"
    if len(words) == 1:
        word = words[0]
        return "organisation" if word.isupper() and 2 <= len(word) <= 8 and word.isalpha() and word.isascii() else None
    if not name.isupper() and any(_acronym(w) for w in words[1:] if w.casefold() not in PARTICLES):
        return "organisation"
    if len(words[0]) > 2 and _acronym(words[0]) and not name.isupper():
        return "organisation"
    return "person" if _person_shaped(words) else None


def _speaks_of_organisation(word: str) -> bool:
    folded = word.strip(".,:'’()").casefold().removesuffix("'s").removesuffix("’s")
    return (
        folded in ORGANISATION
        or (folded.startswith("ال") and folded[2:] in ORGANISATION)
        or (len(folded) > 6 and folded.endswith(COMPOUND_ENDINGS) and folded not in COMPOUND_ENDINGS)
    )


def _acronym(word: str) -> bool:
    letters = word.strip(".,()")
    return len(letters) >= 2 and letters.isupper() and letters.isalpha() and letters.isascii() and "." not in letters


def _kind_before_bracket(name: str, bracket: str) -> AuthorKind | None:
    """Return the kind of a name before a bracket: `Jane Doe (she/her)`, `Norte Verde (Peru)`, `River Watch (RW)`.

    A place in a bracket stands behind the names of firms as well as of people: the kind is left open.
    """
    if kind_of(name) != "person" or _abbreviates(bracket, name):
        return "organisation"
    words = re.findall(r"[^\W\d_]+", bracket)
    place = all(word[0].isupper() and not _speaks_of_organisation(word) and not _acronym(word) for word in words)
    return None if place else "person"


def _abbreviates(bracket: str, name: str) -> bool:
    """Whether what stands in brackets behind a name is its initials: `River Watch (RW)`."""
    letters = re.sub(r"\W", "", bracket)
    return len(letters) > 1 and letters.isupper() and letters[0] == name[0].upper()


def _east_asian(name: str) -> AuthorKind | None:
    """Return the kind of a Chinese, Japanese or Korean name, None for others and where it is open."""
    if name.isascii() or not ("\u3040" <= name[0] <= "\u9fff" or "\uac00" <= name[0] <= "\ud7a3"):
        return None
    if len(name) > 2 and name.endswith(ORGANISATION_ENDINGS):
        return "organisation"
    squeezed = name.replace(" ", "").replace("\u3000", "")
    if _HANGUL.fullmatch(squeezed):
        return "person" if squeezed[0] in KOREAN_SURNAMES and 2 <= len(squeezed) <= 4 and " " not in name[2:] else None
    if _HAN.fullmatch(squeezed) and (begins_as_chinese(squeezed) or squeezed[:2] in JAPANESE_SURNAMES):
        return "person"
    if squeezed[:2] in JAPANESE_SURNAMES and len(squeezed) <= 8:
        return "person"
    if len(squeezed) > 8 or (len(squeezed) > 4 and any(word in squeezed for word in HAN_SUBJECTS)):
        return "organisation"
    return None


_JOINED_PARTICLE = re.compile(r"^(?:al|el|ul|ad|an|as|at|az|ash|ed|bin|ben|d|l)['’‐-](?=[^\W\d_])")
"""A particle that is joined to the name: `al-Rahman`, `d’Arcy`."""


def _person_shaped(words: Sequence[str]) -> bool:
    """Whether two to five words are written as a person's name is: capitals, initials, particles."""
    if not 2 <= len(words) <= 6:
        return False
    names = 0
    for word in words:
        if word.casefold() in PARTICLES:
            continue
        letters = word = "".join(c for c in word if unicodedata.category(c)[0] != "M") if not word.isascii() else word
        letters = letters.strip(".,'’\"“”()")
        if not letters or not _WORD.fullmatch(word.strip(',"“”()')):
            return False
        letters = _JOINED_PARTICLE.sub("", letters)
        if letters[0].islower() or (
            letters[0].isalpha() and unicodedata.category(letters[0]) == "Lo" and not _CASELESS.match(letters)
        ):
            return False
        names += len(letters) > 1
    return names >= 1 and words[0].casefold() not in ("the", "our", "your", "my", "new", "all", "how", "why", "about")


def read_authors(line: str, *, parts: Sequence[str] = (), one: bool = False) -> tuple[Author, ...]:
    """Return the authors that a line names, in order, each once.

    Args:
        line: as printed, with or without a label before it.
        parts: the names where the page itself parts them (links, elements, list items): the evidence to split on.
        one: the value is of one author by its format (Highwire, Dublin Core, JSON-LD), so `Family, Given` stays whole.
    """
    names: list[str] = []
    if len(parts) > 1:
        for part in parts[:_MOST]:
            names += _names(part, one=True)
    else:
        names = _names(line[:_LONGEST_LINE], one=one)
    authors: dict[str, Author] = {}
    for name in names[:_MOST]:
        authors.setdefault(name.casefold(), Author(name=name, kind=kind_of(name)))
    return tuple(authors.values())


def _names(line: str, *, one: bool) -> list[str]:
    names: list[str] = []
    for piece in _HARD.split(line):
        piece = _stripped(piece)
        if not piece:
            continue
        names += _pieces(piece, one=one)
    return [bare for name in names if is_name(bare := without_role(name))]


def _stripped(piece: str) -> str:
    """Return a piece of a line without label, `By`, and what stands before a date."""
    piece = clean_line(piece)
    if (label := label_at_start(piece)) and label[0] == "authors" and label[2]:
        piece = label[2]
    piece = _BEFORE.sub("", _BY.sub("", piece, count=1), count=1)
    return _TITLE.sub("", _TAIL.sub("", piece).strip(' ,，،:;-–—"“”*《》【】「」『』'), count=1)


def is_name(name: str) -> bool:
    """Whether a string can be an author's name at all: not an account, an address, a number or a sentence."""
    folded = name.casefold()
    letters = sum(c.isalpha() for c in name)
    return (
        letters >= 2
        and len(name) <= 160
        and folded not in NOBODY
        and folded not in ROLES
        and not _ADDRESS.search(name)
        and letters * 2 > len(name.replace(" ", ""))
        and len(name.split()) <= 18
    )


def _pieces(piece: str, *, one: bool) -> list[str]:
    """Return the names of a piece in which only commas and `and` can separate."""
    parts = _with_degrees([p for p in _COMMA.split(_DEGREE_AND.sub(r"\1, ", piece)) if p])
    if len(parts) == 1:
        return han_names(parts[0]) or _and(parts[0])
    if len(parts) == 2 and (one or _family_given(parts)):
        return [piece] if _person_shaped(piece.replace(",", " ").split()) or one else _and(piece)
    if len(parts) > 2 and all(map(_acronym, piece.replace(",", " ").split())):
        return [piece]  # US EPA, OAR, OAP: an agency and its offices
    if len(parts) % 2 == 0 and all(map(_are_initials, parts[1::2])):  # Smith, J., Doe, A. B.
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    names: list[str] = []
    described = False
    for i, part in enumerate(parts):
        part = _LEADING_AND.sub("", part) if i else part
        if i and names and is_role(part) and kind_of(names[-1]) == "person":
            described = True
            continue
        if described and kind_of(part) != "person":
            continue  # Jane Doe, Senior Director, Policy, Acme Institute: all of it describes her
        described = False
        names += _and(part)
    joined = _joined(names)
    return joined if joined and all(_stands(n, joined[i - 1] if i else "") for i, n in enumerate(joined)) else [piece]


def _with_degrees(parts: list[str]) -> list[str]:
    """Join `Jane Doe`, `PhD` again: a degree or `Jr.` after a comma is no name."""
    joined: list[str] = []
    for part in parts:
        if joined and all(word.strip("()").casefold() in DEGREES for word in part.split()):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def _family_given(parts: list[str]) -> bool:
    family, given = parts
    single = len(family.split()) == 1 and len(given.split()) == 1
    return (single and kind_of(family) is None and kind_of(given) is None) or _are_initials(given)


def _are_initials(part: str) -> bool:
    """Return whether what stands behind a comma are the initials of given names, and no agency: `J. B.`, not `dpa`."""
    return _INITIALS.fullmatch(part) is not None and part.casefold() not in OUTLETS


def _and(part: str) -> list[str]:
    """Split `A and B` where both are persons, or a person and an organisation."""
    sides = [_without_place(s) for s in _AND.split(part) if s]
    if len(sides) > 1:
        kinds = [kind_of(s) if len(s.split()) > 1 or _HAN.fullmatch(s) else None for s in sides]
        if all(k == "person" for k in kinds[:-1]) and kinds[-1] is not None and kinds[0] == "person":
            return [s.strip() for s in sides]
    return [_without_place(part)]


def _without_place(name: str) -> str:
    """Return a person's name without the place or the paper that a byline gives: `Jane Doe in Geneva`."""
    cut = re.split(r"\s+(?:for|in|at|from)\s+(?=[A-Z])", name, maxsplit=1)
    return cut[0] if len(cut) == 2 and kind_of(cut[0]) == "person" else name


def _joined(names: Iterable[str]) -> list[str]:
    """Join a part of an institution with the institution that follows it: `Faculty of Law, University of X` is one."""
    joined: list[str] = []
    for name in names:
        if joined and _PART_OF.match(joined[-1]) and _WHOLE.search(name) and kind_of(name) == "organisation":
            joined[-1] = f"{joined[-1]}, {name}"
        else:
            joined.append(name)
    return [n for n in joined if n]


def _stands(name: str, before: str) -> bool:
    """Whether a part between commas is a whole name by itself."""
    kind = kind_of(name)
    if kind == "organisation" and before and _OF.search(before) and kind_of(before) == "organisation":
        # Ministry of Trade, Industry and Energy
        return bool(_HEADS.search(name)) or _acronym(name.split()[0]) or name.casefold() in OUTLETS
    return kind is not None
