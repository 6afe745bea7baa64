"""The words around names in a byline: those for `by`, what a person does, what stands in brackets behind a name."""

from __future__ import annotations

import re

from scrapers.values.names import (
    CHINESE_DOUBLE_SURNAMES,
    CHINESE_SURNAMES,
    JAPANESE_SURNAMES,
    ROLE_NOUNS,
    ROLES,
)

_VERBS = {
    "by": "written posted published reported tabled submitted prepared authored contributed compiled created",
    "von": "geschrieben verfasst veröffentlicht eingestellt erstellt eingereicht vorgelegt gespeichert",
    "par": "écrite? publiée? rédigée? postée? proposée? soumise? présentée?s? déposée?s?",
    "por": "escrit[oa] publicad[oa] elaborad[oa] redactad[oa] enviad[oa] presentad[oa] apresentad[oa] submetid[oa]",
    "da": "scritt[oa] pubblicat[oa] inviat[oa] presentat[oa]",
    "door": "geschreven geplaatst gepubliceerd ingediend",
    "av": "skriven skrevet publicerad publisert inlagd",
    "af": "skrevet udgivet indsendt",
    "oleh": "ditulis",
    "przez": "dodan[aey] opublikowan[aey] napisan[aey] zamieszczon[aey]",
    "από": "υποβλήθηκε δημοσιεύτηκε δημοσιεύθηκε αναρτήθηκε γράφτηκε",
}
"""By the word for `by`: the verbs that may stand before it."""
_ALONE = (
    "by", "von", "par", "por", "di", "door", "af", "av", "oleh", "przez", "per", "автором", "tarafından", "bởi", "από",
    "द्वारा",
)  # fmt: skip
"""Words for `by` that begin a byline without a verb."""
_WITH_VERB = "|".join(rf"(?:{'|'.join(verbs.split())})\s{word}" for word, verbs in _VERBS.items())
BY = rf"(?:{_WITH_VERB}|{'|'.join(_ALONE)})"
"""A pattern for the words at the beginning of a byline, in languages whose words are parted by spaces."""
BY_HEADS = frozenset(word[:2] for words in (*_VERBS.values(), " ".join(_ALONE)) for word in words.split())
"""The first two letters of all that `BY` matches."""

_BRACKET = re.compile(r"\s*[(（［\[]([^()（）［］\[\]]{1,40})[)）］\]]$")
_EDITS = re.compile(
    r"(?:co-?)?(?:eds?|editors?|hrsg|hg|dirs?|coords?|comps?|orgs?|trad|transl|(?:lead |corresponding )?authors?"
    r"|coord(?:inat(?:eur|rice|or|ora)|inador[ae]?s?)|directeur|directrice|autor[ae]?|ред|сост|编|編|主编|主編|編著|著)\.?",
    re.IGNORECASE,
)
"""What a person did for a work, in brackets behind the name: `(ed.)`, `(coord.)`."""
_HAN_ROLE = re.compile(r"[\u3040-\u9fff・]*(?:員|员|長|长|授|師|师|者|官|士|家|任|表|生|学|學|部|社)")
"""How roles and institutions end in Chinese and Japanese: `主任研究員`, `東京大学`."""
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_HAN_NAME_PARTED = re.compile(r"[\u4e00-\u9fff]{1,3}[ \u3000][\u4e00-\u9fff\u3041-\u30ff]{1,4}|[\u4e00-\u9fff]{2,4}")
"""The same, or a Japanese name with a space between surname and given name."""


def without_role(name: str) -> str:
    """Return a name without the role that stands in brackets behind it."""
    found = _BRACKET.search(name)
    if found is None:
        return name
    role, before = found[1].strip(), name[: found.start()]
    is_of_han = _HAN_ROLE.fullmatch(role) is not None and _HAN_NAME_PARTED.fullmatch(before) is not None
    return before if _EDITS.fullmatch(role) or is_of_han or (" " in before and is_role(role)) else name


def han_names(piece: str) -> list[str]:
    """Return the Chinese names that spaces part: two to four characters each, the first a surname; none where not.

    Japanese names have a space between surname and given name, so a Japanese surname parts nothing.
    """
    names = piece.split()
    apart = len(names) > 1 and all(
        _HAN_NAME.fullmatch(name) and begins_as_chinese(name) and name[:2] not in JAPANESE_SURNAMES for name in names
    )
    return names if apart else []


def begins_as_chinese(name: str) -> bool:
    """Return whether a name begins with a Chinese surname, of one character or of two."""
    return name[0] in CHINESE_SURNAMES or name[:2] in CHINESE_DOUBLE_SURNAMES


def is_role(part: str) -> bool:
    """Whether a part of a line says what a person does: `Staff Writer`, `CEO of Acme`, `Sr. Director of Operations`."""
    folded = part.casefold().strip(" .")
    words = [w.strip(".") for w in folded.split()]
    if folded in ROLES or (words and words[0] in ROLES):
        return True
    before_of = words[: words.index("of")] if "of" in words else words
    if not 1 <= len(before_of) <= 5 or (len(before_of) == 2 and before_of[1] in _ALSO_NAMES and "of" not in words):
        return before_of[:1] != [] and before_of[0] in _RANKS and len(before_of) <= 5
    return before_of[-1] in ROLE_NOUNS or (len(before_of) > 1 and before_of[0] in _RANKS)


_RANKS = frozenset((
    "senior", "junior", "chief", "lead", "head", "deputy", "assistant", "associate", "principal", "managing",
    "executive", "acting", "interim", "former", "visiting", "adjunct", "emeritus", "vice",
))  # fmt: skip
"""What begins a role after a comma: `Senior Hydrologist`."""
_ALSO_NAMES = frozenset(("head", "fellow", "chair", "lead", "president", "associate"))
"""Nouns of roles that are surnames as well."""
