"""How a text writes a name: how often, with capitals or without, and whether it is only a part of a longer name."""

from __future__ import annotations

import math
import re
from collections import defaultdict

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
JOINED = re.compile(r"[ \t\u00a0&,'’\"“”„«»().-]{0,3}")
"""What may stand between two words of one name."""

SENTENCE = re.compile(r"[.!?:;\n•]")
"""What stands before a word that is written with a capital wherever it comes from."""

LINKS = frozenset(
    "of for on and de la le les du des del der die das für und y e do da dos di van het en voor og och i".split()  # noqa: SIM905
)
"""Small words that stand within names."""

BRACKET = re.compile(r"(?<=[\w”»“\"’']\s)\(\s?[„“«\"']?(?P<short>[^\W\d_](?:\.?[\w&/-]){1,11}\.?)[”»“\"']?\s?\)")
"""An abbreviation in brackets."""

PART_END = re.compile(r"[()\n.;:!?]")
BEFORE = 160
"""Characters before the bracket in which the name is looked for."""

MOST = 60
"""Abbreviations of a text that are looked at."""

MOST_WORDS = 12
"""Of a name."""

Facts = dict[str, float]


class Mentions:
    """The words of a text, and where each of them stands."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.capital: list[bool] = []
        self.begins: list[bool] = []
        """Whether a sentence or a line begins with the word."""
        self.joined: list[bool] = []
        """Whether the word may belong to one name with the word before it."""
        self.places: dict[str, list[int]] = defaultdict(list)
        end = 0
        for match in WORD.finditer(text):
            between = text[end : match.start()]
            word = match.group()
            self.places[word.casefold()].append(len(self.words))
            self.words.append(word.casefold())
            self.capital.append(word[0].isupper() or not word[0].islower())
            self.begins.append(not self.begins or bool(SENTENCE.search(between)))
            self.joined.append(JOINED.fullmatch(between) is not None)
            end = match.end()

    def of(self, name: str) -> Facts:
        """Return how the text writes a name."""
        sought = [match.group().casefold() for match in WORD.finditer(name)]
        if not sought:
            return {}
        found = [place for place in self.places.get(sought[0], ()) if self.words[place : place + len(sought)] == sought]
        within = [place for place in found if not self.begins[place] and self.capital[place]]
        count = len(found) or 1
        return {
            "in-text": math.log1p(len(found)),
            "in-sentences": math.log1p(len(within)),
            "in-small-letters": sum(not self.capital[place] for place in found) / count,
            "cut-left": sum(self._goes_on_before(place) for place in found) / count,
            "cut-right": sum(self._goes_on_after(place + len(sought)) for place in found) / count,
        }

    def _goes_on_before(self, place: int) -> bool:
        """Return whether the word before belongs to the same name."""
        before = place - 1
        if before < 0 or not self.joined[place] or self.begins[place]:
            return False
        if self.words[before] in LINKS:
            return before > 0 and self.joined[before] and self.capital[before - 1] and not self.begins[before - 1]
        return self.capital[before] and not self.begins[before]

    def _goes_on_after(self, after: int) -> bool:
        """Return whether the word at this place belongs to the name before it."""
        if after >= len(self.words) or not self.joined[after] or self.begins[after]:
            return False
        if self.words[after] in LINKS and not self.capital[after]:
            following = after + 1
            while following < len(self.words) and self.words[following] in LINKS and self.joined[following]:
                following += 1
            return following < len(self.words) and self.joined[following] and self.capital[following]
        return self.capital[after]


def abbreviated(text: str) -> dict[str, str]:
    """Return the names that a text abbreviates (`World Health Organization (WHO)`), by their abbreviations."""
    found: dict[str, str] = {}
    for number, match in enumerate(BRACKET.finditer(text)):
        if number >= MOST:
            break
        short = match["short"].replace(".", "")
        before = PART_END.split(text[max(0, match.start() - BEFORE) : match.start()])[-1].rstrip()
        if sum(map(str.isupper, short)) > 1 and short not in found and (name := _long_form(before, short)):
            found[short] = name
    return found


def _long_form(words: str, short: str) -> str:
    """Return the end of a text that has the letters of an abbreviation; nothing where that is no name.

    The letters are looked for from right to left, the first of them at the beginning of a word (Schwartz and Hearst,
    2003).
    """
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    folded = words.casefold()
    place = len(folded)
    for number, letter in enumerate(reversed(letters)):
        first = number == len(letters) - 1
        place -= 1
        while place >= 0 and (folded[place] != letter or (first and place and folded[place - 1].isalnum())):
            place -= 1
        if place < 0:
            return ""
    name = " ".join(words[place:].split()).strip(" ,\"'„“”«»")
    count = len(name.split())
    return name if name[:1].isupper() and 2 <= count <= min(MOST_WORDS, 2 * len(letters) + 2) else ""
