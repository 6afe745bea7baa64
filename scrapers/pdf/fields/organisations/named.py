"""Finds the names of organisations that a text gives them: by a founding sentence, a legal form, or their words."""

# ruff: noqa: E501 - words of many languages
from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.pdf.fields.words import ORGANISED

SMALL_LETTERS = "".join(filter(str.islower, map(chr, range(0x61, 0x530))))
"""Of the Latin, Greek and Cyrillic scripts."""

CAPITAL = rf"(?<!\w)[„“«\"]?[^\W\d_{SMALL_LETTERS}][\w’'&.-]*[”»“\"]?"
"""A whole word with a capital, or of a script without capitals."""

LINKS = (
    "of|for|and|on|to|in|the|de|la|le|les|du|des|et|pour|del|los|las|y|e|do|da|dos|das|der|die|für|und|van|het|en|voor"
    "|di|della|dei|av|och|og|w|i|на|по|та|и|a|los|&"
)
MENTION = re.compile(rf"{CAPITAL}(?:\s+(?:(?:{LINKS})\s+){{0,3}}{CAPITAL}){{1,10}}")
"""Words with capitals that follow one another, small words between them: a name, or the beginning of a sentence."""

LEGAL_END = (
    r"A\.\s?C\.|P\.\s?C\.|e\.\s?V\.|[Rr]y\b|z\.\s?s\.|o\.\s?s\.|s\.\s?r\.\s?o\.|a\.\s?s\.|o\.\s?p\.\s?s\.|Kft\.|Zrt\.|Nyrt\.|d\.\s?o\.\s?o\."
    r"|[Ss]p\. z o\.\s?o\.|ApS|A/S|S\.\s?[AL]\.|S\.A\.S\.|S\.r\.l\.|S\.p\.A\.|Ltda\.|Ltd\.?|LLC|LLP|PLC|plc|Inc\.?|GmbH|gGmbH|AG|N\.V\.|B\.V\.|VZW|ASBL|CIC|C\.I\.C\."
)
"""Letters that stand for a legal form, at the end of a name."""

WITH_LEGAL_END = re.compile(rf"{CAPITAL}(?:\s+(?:(?:{LINKS})\s+){{0,3}}{CAPITAL}){{0,9}},?\s(?:{LEGAL_END})(?!\w)")
EAST_ASIAN = re.compile(
    r"(?:社会福祉|特定非営利活動|独立行政|国立研究開発|学校|医療|宗教|(?:一般|公益)(?:社団|財団))法人\s?[^\s、。,.（()）の:：]{1,14}"
    r"|株式会社[^\s、。,.（()）の:：]{1,12}|[^\s、。,.（()）:：]{1,12}株式会社|(?:재단|사단)법인\s?[^\s,.()]{1,14}"
)
"""A Japanese or Korean body with the word for its legal form."""

SITE_NAME = re.compile(r"(?<![\w@./-])[A-Za-z][\w-]{2,}\.(?:org|net|com|info|eu|io|africa)\b(?![\w./@-]*[/@])")
"""A site that is named like a body in running text (`Weltkarte.org`)."""

FOUNDED = re.compile(
    r"\bname of (?:the|this) \w+(?: \w+)? (?:shall be|is|will be)(?: the| known as| called)?\s+|\bshall be (?:known|called)(?: as)?\s+(?:the )?"
    r"|\b(?:führt|trägt) den Namen\s*:?\s*|\bName des Vereins (?:ist|lautet)\s*:?\s*"
    r"|\b(?:a|ayant) pour (?:titre|dénomination|nom)\s*:?\s*|\b(?:dénommée?|prend la dénomination(?: de)?)\s*:?\s*"
    r"|\b(?:se denomina(?:rá)?|denominad[ao]|(?:con|bajo) la denominación(?: de)?|bajo el nombre de|sob a denominação(?: de)?|denomina-se)\s*:?\s*"
    r"|\b(?:denominat[ao]|si denomina|la denominazione(?: di)?)\s*:?\s*|\b(?:genaamd|draagt de naam)\s*:?\s*"
    r"|\b(?:navn(?:et)? er|namn är|nimi on)\s*:?\s*|\b(?:egyesület|társaság|alapítvány|szervezet) neve\s*:?\s*"
    r"|\b(?:název|názov) \w+\s*:?\s*|\b(?:nosi nazwę|o nazwie|pod nazwą)\s*:?\s*|\b(?:именуем\w+|называется)\s*:?\s*"
    r"|(?:この法人は|本会は|名称は)[、,]?\s*",
    re.IGNORECASE,
)
"""How statutes give a body its name."""

GIVEN = re.compile(
    rf"[„“«»\"]\s?(?P<quoted>[^„“”«»\"]{{3,90}}?)\s?[”»“«\"]|(?P<east>[^\s、。,.（()）:：]{{3,24}}?)(?=という|と称)|(?P<legal>{WITH_LEGAL_END.pattern})"
    r"|(?P<plain>[^\W\d_][\w’'&-]*(?:\s+(?!ja\b|und\b|mit\b)[\w’'&-]+){0,9}?)(?=\s*(?:[,.;(]|\b(?:ja|and|und|mit|et|y)\b|$))"
)
"""The name after such words."""

ARTICLE = re.compile(r"^(?:The|Le|La|Les|El|Los|Las|Die|Der|Das|De|Het|O|A|Os|As|Il|An?)\s+")


def founded(text: str) -> Iterator[str]:
    """Yield the names that a text says a body has (`Der Verein führt den Namen „Hilfe vor Ort“`)."""
    for match in FOUNDED.finditer(text):
        if given := GIVEN.match(text[match.end() : match.end() + 120].replace("\n", " ")):
            name = given["quoted"] or given["east"] or ARTICLE.sub("", given["legal"] or given["plain"])
            if name[:1].isupper() or name[:1] > "\u3000":
                yield name.strip()


def named(text: str) -> Iterator[str]:
    """Yield what a text writes as names of organisations, or may: who asks must judge by the words of each."""
    for pattern in (WITH_LEGAL_END, EAST_ASIAN, SITE_NAME):
        for match in pattern.finditer(text):
            yield ARTICLE.sub("", match.group())
    for match in MENTION.finditer(text):
        name = ARTICLE.sub("", match.group())
        if len(name.split()) > 1 and ORGANISED.search(name):
            yield name
