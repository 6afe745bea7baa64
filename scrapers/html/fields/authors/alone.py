"""Names that stand alone under the document's heading, with no label, class or link that says whose they are.

They are told by shape, place and neighbourhood, alike for names of every origin: a line of the heading's zone that is
nothing but names, none of whose words the page uses as a common word, beside a day, a role, an affiliation, an address
or a link to the person's page. No list of names is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from scrapers.base import Author
from scrapers.html.fields.authors.declared import folded, is_noise
from scrapers.html.metadata import text_of
from scrapers.html.regions.words import Region
from scrapers.html.scan import PROFILE
from scrapers.values.authors import kind_of, read_authors
from scrapers.values.bylines import is_role
from scrapers.values.dates import find_dates
from scrapers.values.labels import KINDS, field_of, label_at_start, label_before
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.page import HtmlPage

LONGEST = 160
"""Most characters of a line of names."""
MOST = 12
"""Most names that may stand alone under a document's heading."""
NEAR = 2
"""Most blocks between a name and the day that stands beside it."""
SMALL = 0.75
"""Share of the words of sentences that begin small where nouns do."""
_MARKS = re.compile(r"[\s\d*†‡§¶,]+$|(?<=[^\W\d_])[\d*†‡§¶]+(?=[,;\s]|$)")
"""Marks of footnotes and affiliations behind a name."""
_MAIL = re.compile(r"\S+\s?(?:@|[\[(](?:at|@)[\])])\s?\S+\.\w+", re.IGNORECASE)
_AROUND = " .,;:!?()[]«»“”\"'‘’،؛。、"
"""What stands around words."""
_PERSON = re.compile(
    r"/(?:experts?|fellows?|researchers?|scholars?|faculty|bios?|personen|mitarbeiter|equipe|perfil)/[^/?#]"
)
"""Addresses of persons' pages besides `PROFILE`."""
_JOINED = re.compile(r"\w{4,}[a-z][A-Z][a-z]")
"""Words that a page sets beside each other without a space: `OrganizationOffice`; FitzGerald is a name."""
_WORKS = (
    "post|article|essay|report|study|paper|analysis|commentary|briefing|story|text|blog|interview|column|op-ed"
    "|étude|rapport|texte|billet|tribune|entretien|analyse|informe|estudio|artículo|texto|columna|entrevista|reportaje"
    "|relatório|artigo|reportagem|bericht|studie|beitrag|gastbeitrag|kommentar|gespräch|reportage|rapporto|articolo|testo"
    "|intervista|доклад|статья|интервью|исследование"
)
_DONE = (
    "written|prepared|compiled|authored|coordinated|conducted|coordonnée?|rédigée?|réalisée?|élaborée?|établie?|dirigée?"
    "|elaborad[oa]|preparad[oa]|coordinad[oa]|realizad[oa]|coordenad[oa]|verfasst|erstellt|redatto|curat[oa]|coordinat[oa]"
)
_WORK = re.compile(
    rf"^(?:\w+\s){{0,3}}(?:(?:{_WORKS})(?:\s(?:{_DONE}))?|{_DONE})(?:\s(?:by|par|por|von|da|di|de)\s|\s?:\s)(?=[^\W\d_])",
    re.IGNORECASE,
)
"""A work and who made it: `A guest post by ...`, `Étude coordonnée par ...`, `Interview: ...`."""
_WITH = re.compile(
    r",?\s\b(?:avec la (?:collaboration|participation)|with (?:contributions?|support|help)"
    r"|con la colaboraci[óo]n|mit (?:unterstützung|beiträgen))\b.*$",
    re.IGNORECASE,
)
"""Who helped, behind the names."""
_TAKE_PART = re.compile(r"(?:avec|with|mit|con|com|met|med|z|с|со|featuring|invités?|guests?)\s", re.IGNORECASE)
"""How a line begins that names those who take part in an event or a talk."""
_HOUR = re.compile(r"[\s,]*\d{1,2}[:.h]\d\d\b")
"""An hour behind a day."""
_PARTED = re.compile(r"\s*[|｜·•–—]\s*|\s+-\s+")


_NO_HEADING = (0, 5, 6)
"""Levels of blocks that head no section: no heading, and those that are used for small letters."""


class NamesAlone:
    """Looks for names among the lines about one page's document."""

    def __init__(self, page: HtmlPage, sites: set[str]) -> None:
        self.page, self.sites = page, sites
        self.blocks, self.regions = page.blocks, page.regions

    def found(self) -> tuple[tuple[Author, ...], str, HtmlElement] | None:
        """Return the names, the lines in which they are printed, and the element of the first; None where none is."""
        names: dict[str, Author] = {}
        raw: list[str] = []
        element: HtmlElement | None = None
        lines = list(self._lines())
        goes_on = True
        for place, (number, line) in enumerate(lines):
            following = lines[place + 1][1] if place + 1 < len(lines) else ""
            read = () if self._is_other_line(number) else self._pieces(number, line) or self._names(line)
            if read and goes_on and (names or self._supported(number, line, following, read)):
                names.update((author.name.casefold(), author) for author in read)
                raw.append(line)
                element = self._element(number) if element is None else element
            elif names:
                # Lines between names tell of who was named: institutions, addresses.
                goes_on = _describes(line)
        if element is None or len(names) > MOST:
            return None
        return tuple(names.values()), "; ".join(raw), element

    def _lines(self) -> Iterator[tuple[int, str]]:
        """Yield the lines about the document below its heading, each with the number of its block."""
        first, last = self.regions.zone
        for number in range(max(first, self.regions.heading + 1), last):
            if self.regions.tree.is_prose[number] or self.blocks.levels[number] == 1:
                break
            if self.regions.of_block(number) is not Region.OWN:
                continue
            for line in self.blocks.texts[number].split("\n"):
                if line := clean_line(line):
                    yield number, line

    def _is_other_line(self, number: int) -> bool:
        """Return whether a line is a heading, unless it leads to a person's page, or the value of a label beside it."""
        element = self._element(number)
        if element.tag == "dd" or (element.tag == "td" and element.getprevious() is not None):
            return True
        if self.blocks.levels[number] in _NO_HEADING or _WORK.match(self.blocks.texts[number]):
            return False
        return not any(map(_leads_to_person, element.iter("a")))

    def _pieces(self, number: int, line: str) -> tuple[Author, ...]:
        """Return the names among the elements that part a line with a day: `<i>Jane Doe</i> <i>3 May 2021</i>`."""
        children = list(islice(self._element(number), MOST))
        texts = [clean_line(text_of(child, LONGEST)) for child in children]
        if len(texts) < 2 or "".join(texts).replace(" ", "") != line.replace(" ", ""):
            return ()
        days = [text for text in texts if next(find_dates(text), None) is not None]
        people = [text for text, child in zip(texts, children, strict=True) if text not in days and _may_name(child)]
        return tuple(author for text in people if days for author in self._names(text))

    def _element(self, number: int) -> HtmlElement:
        return self.blocks.node_elements[self.blocks.owners[number]]

    def _names(self, line: str) -> tuple[Author, ...]:
        """Return the names of a line that holds nothing else than names, a day, what a person does, and marks."""
        bare = _WORK.sub("", line, count=1)
        line = line if bare == line else _WITH.sub("", bare)
        if (
            len(line) > LONGEST
            or _TAKE_PART.match(line)
            or label_at_start(line)
            or field_of(line)
            or "?" in line
            or _is_credit(line)
        ):
            return ()
        found = next(find_dates(line), None)
        if found is not None:
            if line[: found.start].rstrip().endswith((",", "،", "，")) and not line[found.end :].strip(" ."):
                return ()  # a dateline: `Addis Ababa, 3 May 2021`
            line = f"{line[: found.start]} | {line[found.end :]}"
        parts = (part for part in _PARTED.split(line) if label_before(part) is None and not _HOUR.match(part))
        pieces = [piece for part in parts if (piece := _MARKS.sub("", part.strip(" ,;()")))]
        if any(":" in piece for piece in pieces) or not pieces or len(pieces) > 3 or any(map(field_of, pieces)):
            return ()
        head, _, rest = pieces[0].partition(",")
        read = read_authors(head if is_role(rest) or _is_affiliation(rest) else pieces[0])
        if not read or not all(self._is_personal(author.name) for author in read):
            return ()
        return read

    def _is_personal(self, name: str) -> bool:
        """Return whether a name is shaped as a person's, and no word of it is a common word of the page."""
        if (
            is_noise(name)
            or _JOINED.search(name)
            or folded(name) in self._elsewhere
            or not (kind_of(name) == "person" or _is_caseless(name))
        ):
            return False
        return not any(self._is_common(word) or word.casefold() in KINDS for word in _words(name))

    def _is_common(self, word: str) -> bool:
        """Return whether the page uses a word in its sentences: in small letters where its script has capitals."""
        return len(word) > 2 and not word.islower() and word.casefold() in self._common

    @cached_property
    def _common(self) -> frozenset[str]:
        """The words that the page prints in small letters, and all words without capitals of its sentences."""
        texts = (text for number, text in enumerate(self.blocks.texts) if self.regions.tree.is_prose[number])
        small = (word for text in texts for word in _words(text))
        lines = (line for text in self.blocks.texts for line in text.split("\n") if not _MAIL.search(line))
        short = (word for line in lines for word in _words(line) if word.islower())
        return frozenset(word for word in (*small, *short) if word == word.casefold())

    @cached_property
    def _elsewhere(self) -> frozenset[str]:
        """What stands by itself in menus and other parts of the page, or is the title."""
        others = (
            text
            for number, text in enumerate(self.blocks.texts)
            if len(text) <= 60 and self.regions.of_block(number) > Region.ASIDE
        )
        return frozenset(map(folded, [*others, *self.regions.titles, *self.sites]))

    def _supported(self, number: int, line: str, following: str, names: Sequence[Author]) -> bool:
        """Return whether what stands beside names speaks for their being the document's authors."""
        if _WORK.match(line):
            return True
        if links := [a for a in self._element(number).iter("a") if _holds(a, names)]:
            return any(map(_leads_to_person, links))
        return (
            len(names) > 1
            or any(map(_describes, (*line.split(",")[1:], following)))
            or self._has_day(number, NEAR if self._capitals_tell else 0)
        )

    @cached_property
    def _capitals_tell(self) -> bool:
        """Return whether a capital tells a name from a common word: not in German, nor in scripts without capitals."""
        prose = (text for number, text in enumerate(self.blocks.texts) if self.regions.tree.is_prose[number])
        words = [word for text in prose for word in _words(text)]
        return sum(word.islower() for word in words) > SMALL * len(words)

    def _has_day(self, number: int, near: int) -> bool:
        """Return whether a day stands in the block, or that many blocks from it with no heading between."""
        above = range(number - 1, max(self.regions.zone[0], number - near) - 1, -1)
        below = range(number + 1, min(number + near + 1, len(self.blocks.texts)))
        around = [number, *self._until_heading(above), *self._until_heading(below)]
        return any(
            len(self.blocks.texts[n]) <= LONGEST and next(find_dates(self.blocks.texts[n]), None) is not None
            for n in around
        )

    def _until_heading(self, numbers: range) -> Iterator[int]:
        """Yield blocks up to the first heading."""
        return takewhile(lambda number: not self.blocks.levels[number] and number != self.regions.heading, numbers)


def _is_credit(line: str) -> bool:
    """Return whether a line begins with what else than writing somebody did: `Photographs Tom Farrow`."""
    words = line.split()
    return any(field_of(" ".join(words[:count])) == "editor" for count in (1, 2))


def _may_name(element: HtmlElement) -> bool:
    """Return whether an element may hold a person's name: its links, if it has any, lead to a person's page."""
    links = list(element.iter("a"))
    return not links or any(map(_leads_to_person, links))


def _holds(link: HtmlElement, names: Sequence[Author]) -> bool:
    """Return whether a link's words are one of the names, or a part of one: a list of subjects may read as a name."""
    text = clean_line(text_of(link, LONGEST))
    return any(author.name in text or (text and text in author.name) for author in names)


def _leads_to_person(link: HtmlElement) -> bool:
    """Return whether a link is to a person's page or mailbox; others name subjects and sections."""
    address = (link.get("href") or "").casefold()
    return address.startswith("mailto:") or bool(PROFILE.search(address) or _PERSON.search(address))


def _describes(line: str) -> bool:
    """Return whether a line is an institution, an address or what a person does."""
    return len(line) <= LONGEST and (
        bool(_MAIL.search(line)) or is_role(line) or any(kind_of(part) == "organisation" for part in line.split(","))
    )


def _is_affiliation(rest: str) -> bool:
    """Return whether what follows a name after its comma begins with an institution: `University of Accra, Ghana`."""
    return kind_of(rest.split(",")[0].strip()) == "organisation"


def _words(text: str) -> list[str]:
    return [bare for word in text.split() if (bare := word.strip(_AROUND))]


def _is_caseless(name: str) -> bool:
    """Return whether a name is of two to four words of a script without capitals that parts words by spaces."""
    words = name.split()
    return 2 <= len(words) <= 4 and all(
        unicodedata.category(word[0]) == "Lo" and not "\u2e80" <= word[0] <= "\ud7ff" for word in words
    )
