"""What tells the issuing body from others beside its words: where its name ends, what the text calls it, agreement."""

# ruff: noqa: E501 - words of many languages
from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from scrapers.pdf.fields.front import Front, FrontLine, flat
from scrapers.pdf.fields.organisations.candidates import FOUNDING, OrganisationCandidate
from scrapers.pdf.fields.words import DATE_LABELS, OPEN

Facts = dict[str, float]

DEFINED = re.compile(
    r"[\s,.”»\"“]*[(（]\s*(?:(?:hereinafter|hereafter|henceforth|herein|ci-après|dénommée?|im folgenden|nachfolgend|nachstehend|kurz|in der folge|en adelante|en lo sucesivo|doravante|adiante|di seguito|in seguito|hierna|verder te noemen|nedan|härefter|herefter|heretter"
    r"|dalej|dále|ďalej|a továbbiakban|denumit\w*|în continuare|bundan sonra|selanjutnya|sau đây|далее|далі|в дальнейшем|надалі|以下|이하|فيما يلي)\b"
    r"|(?:the|“|„|«|\"|'|‘|l['’]|la|le|el|o|a|der|die|das|de|het)\s*[“„«\"'‘]?[^\W\d_])",
    re.IGNORECASE,
)
"""What follows a name that the text gives a short form for its own use (`Wide Wells Ltd (hereinafter the “Company”)`)."""

GOES_ON = re.compile(r"[-–,&/(]\s*$")
"""How a line ends whose last name goes on."""

CONTACT = re.compile(
    r"\S+@\S+\.\w|https?://|\bwww\.|\b(?:tel|phone|fax|tél|telef\w*|email|e-mail|mail|тел|факс|p\.?\s?o\.? box|postfach)\b|[☎✆📞]|電話|전화|هاتف",
    re.IGNORECASE,
)
"""A telephone number, an address of mail or of a site."""

NEAR = 3
"""Lines under a name in which its address may stand."""

MENTIONS = 5
"""Mentions of a name behind which a short form is looked for."""

END = 1_500
"""Characters at the end of the text in which it is signed."""

STATUTES = re.compile(
    r"\b(?:statut\w*|by-?laws|constitution|articles of|charter|satzung|estatut\w*|statut[oi]|statuten|stadgar|vedt[æe]\w*|säännöt|stanov\w*|alapszabály\w*|tüzü\w*|anggaran dasar|устав\w*|статут\w*)\b|定款|章程|会則|규약|정관",
    re.IGNORECASE,
)
THESIS = re.compile(
    r"\b(?:thes[ie]s|dissertation|tesi[s]?|tese|dissertaç\w*|thèse|mémoire|doctora\w*|bachelor\w*|master\w*|diplom\w*|licen[cs]iat\w*|opinnäyte\w*|gradu|examensarbete|szakdolgozat|praca \w+ska|trabalho de conclusão|trabajo (?:de )?fin de|skripsi|disertasi|tez[i]?|диплом\w*|диссертац\w*|выпускная|кваліфікаційна)\b|学位论文|論文|학위논문",
    re.IGNORECASE,
)
KINDS = {
    "of-statutes": STATUTES,
    "of-thesis": THESIS,
    "of-meeting": DATE_LABELS["met"],
    "of-act": DATE_LABELS["cites"],
}
"""Kinds of documents that name their body in a place of their own."""


def stand(front: Front, title: str, found: Sequence[OrganisationCandidate]) -> None:
    """Give each candidate the facts of how its name stands in lines and text, and what the others say of it."""
    text = front.body[:FOUNDING]
    end = front.body[-END:]
    first = front.opening(1)
    head = f"{title}\n{first[0].text[:600] if first else ''}"
    kinds = {kind: float(bool(pattern.search(title))) for kind, pattern in KINDS.items() if kind != "of-thesis"}
    kinds["of-thesis"] = float(bool(THESIS.search(head)))
    said: dict[str, Facts] = {}
    for candidate in found:
        name = candidate.value.name
        if name not in said:
            said[name] = _in_text(name, text, end)
        candidate.facts |= said[name] | _cut(candidate) | kinds
        candidate.facts["contact-below"] = float(bool(candidate.lines) and _has_contact(candidate.lines[-1]))
    _agree(found)


def _in_text(name: str, text: str, end: str) -> Facts:
    """Return whether the text gives the name a short form, whether it stands at its end, and how early it comes."""
    places: list[int] = []
    while len(places) < MENTIONS and (place := text.find(name, places[-1] + 1 if places else 0)) >= 0:
        places.append(place)
    return {
        "defined": float(any(DEFINED.match(text, place + len(name)) for place in places)),
        "at-end": float(name in end),
        "early": 1 / (1 + places[0] / 300) if places else 0.0,
        "possessive": float(f"{name}’s" in text or f"{name}'s" in text),
    }


def _cut(candidate: OrganisationCandidate) -> Facts:
    """Return whether the name seems to go on in the line under it, or to have begun in the line above."""
    if not candidate.lines:
        return {}
    first, last = candidate.lines[0], candidate.lines[-1]
    name, above, below = candidate.value.name, first.above, last.below
    alike_above = above is not None and _alike(above, first)
    alike_below = below is not None and _alike(last, below)
    at_end = last.text.rstrip(" .,;:").endswith(name[-12:].rstrip(" .,;:"))
    at_start = first.text.lstrip(' .,;:“„«"').startswith(name[:12])
    goes_on = at_end and below is not None and (below.text[:1].islower() or _is_open(last.text))
    begun = at_start and above is not None and (name[:1].islower() or _is_open(above.text))
    return {
        "goes-on": float(goes_on and alike_below),
        "begun-above": float(begun and alike_above),
        "alike-above": float(alike_above),
        "alike-below": float(alike_below),
    }


def _is_open(text: str) -> bool:
    """Return whether a line ends in a small word or a mark behind which its last name goes on."""
    words = text.split()
    return (bool(words) and words[-1].casefold() in OPEN) or GOES_ON.search(text) is not None


def _alike(above: FrontLine, line: FrontLine) -> bool:
    """Return whether a line continues the one above it: as large, as bold, and close to it."""
    a, b = above.run, line.run
    return abs(a.size - b.size) < 0.06 * max(a.size, b.size) and a.bold == b.bold and above.gap(line) < 0.9


def _has_contact(line: FrontLine) -> bool:
    """Return whether one of the next lines gives an address."""
    following = line.below
    for _ in range(NEAR):
        if following is None:
            return False
        if CONTACT.search(following.text):
            return True
        following = following.below
    return False


def _agree(found: Sequence[OrganisationCandidate]) -> None:
    """Tell of each name how many candidates have it, from how many origins, and how many hold it or are held by it."""
    keys = [f" {' '.join(flat(candidate.value.name))} " for candidate in found]
    count = Counter(keys)
    origins: dict[str, set[str]] = defaultdict(set)
    for key, candidate in zip(keys, found, strict=True):
        origins[key].add(candidate.origin)
    held: dict[str, tuple[int, int]] = {}
    for key in count:
        others = [other for other in count if other != key]
        held[key] = sum(key in other for other in others), sum(other in key for other in others)
    for key, candidate in zip(keys, found, strict=True):
        within, holds = held[key]
        candidate.facts |= {
            "same-name": math.log1p(count[key] - 1),
            "origins": float(len(origins[key])),
            "within-others": math.log1p(within),
            "holds-others": math.log1p(holds),
        }
