"""Candidates for the people who wrote a document: whatever on its first and last pages has the shape of a name.

A name is known by its shape and its place; no list of given names decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from scrapers.base import Author
from scrapers.pdf.fields.candidate import Candidate
from scrapers.pdf.fields.front import Front, FrontLine, FrontPage
from scrapers.pdf.fields.people import MARKS, is_organisation, plain_names
from scrapers.pdf.fields.roles import NO_NAME, OTHERWISE_LABELS, POST, THINGS, WRITES_LABELS, WROTE
from scrapers.pdf.fields.words import LETTERHEAD, OPEN, ORGANISATION, SALUTATION, SECTIONS, SERIES
from scrapers.values.authors import read_authors
from scrapers.values.names import CHINESE_SURNAMES, DEGREES, JAPANESE_SURNAMES, KOREAN_SURNAMES, PARTICLES

MAX_NAMES = 160
MAX_LINES = 80
"""Lines of a page on which names are looked for."""

UNSEEN = re.compile(r"[\u200b-\u200f\ue000-\uf8ff]")
"""Characters without a shape, and those of private use, which icons are set in."""

PARTS = re.compile(r"\s*[;；|｜\n•·●▪■◦\t]\s*|(?<=\w)\s*:\s*$|\s+/\s+|\s*、\s*|\s{3,}")
"""What parts the names of a line, or a name from what is none."""

COMMAS = re.compile(r"\s*[,，،]\s*")
AND = re.compile(
    r"\s+(?:and|und|et|y|e|en|och|og|ja|i|a|és|și|si|ve|dan|và|και|и|та|й|&|with)\s+|\s+و\s*(?=\S{2})|\s*[和与與及]\s*",
    re.IGNORECASE,
)
AND_FIRST = re.compile(r"^(?:and|und|et|y|e|en|och|og|ja|i|és|și|ve|dan|và|και|и|та|&)\s+(?=\S+\s+\S)", re.IGNORECASE)
"""The word before the last name of a list, where a comma or the end of a line stands before it."""

LIST_GOES_ON = re.compile(
    r"(?:[,;&،、]|\b(?:and|und|et|y|e|en|och|og|ja|i|és|și|ve|dan|và|και|и|та))\W*$", re.IGNORECASE
)
"""How a line ends in the middle of a list."""

HONORIFIC = re.compile(
    r"^(?:(?:dr|prof|professor|mr|mrs|ms|miss|mme|mlle|m|sir|rev|fr|hon|cllr|cr|councillor|ing|mgr|bc|judr|mudr|phdr|rndr|doc|drs|dott|dott\.ssa"
    r"|sr|sra|srta|dra|lic|eng|arq|adv|herr|frau|dhr|mevr|pe|pr|prof\.ssa|prof\.?\s?dr|dipl\.-ing|pd|к\.ю\.н|ст|д-р)\.?\s+)+",
    re.IGNORECASE,
)
"""Titles before a name."""

ABBREVIATED = re.compile(r"^(?:[^\W\d_]{2,6}\.)(?:[^\W\d_]{1,5}\.)*-?(?:[^\W\d_]{1,5}\.)*\s*(?=\S+\s+\S)")
"""A title that is abbreviated before a name (`Prof.dr.ir.`)."""

WORD = re.compile(r"[^\W\d_]+(?:['’‘.\-‐‑][^\W\d_]*)*\.?")
INITIAL = re.compile(r"(?:[^\W\d_]\.\s?-?){1,4}|[A-Z]")
UNCASED = re.compile(r"[\u0590-\u05ff\u0600-\u06ff\u0900-\u0dff\u0e00-\u0e7f]")
HANGUL = re.compile(r"[\uac00-\ud7a3]{2,4}")
HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{2,7}")
HAN_LINE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]\s*[*∗†‡§¶⇑#]")
HAN_SET_APART = re.compile(r"[\u4e00-\u9fff]{1,3}[ \u3000][\u4e00-\u9fff]{1,3}")
"""A family name and a given name with a space between them."""

FRONT_PAGES = 3
"""Pages on which a paragraph may be a list of authors."""

MOSTLY = 0.7
"""The share of a paragraph's line that names people from which on it is part of such a list."""

ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|orcid\S*|\d{4}-\d{4}-\d{4}-\w{4}", re.IGNORECASE)

CITED_YEAR = re.compile(r"\(?\b(?:19|20)\d\d\b[a-z]?\)?")
INITIALS = re.compile(r",\s(?:[^\W\d_]\.[\s-]?)+$")
SENTENCE_END = re.compile(r"(?<!\b\w)\.\s|[;:(]\s|\bfor the\b|\bof the\b|\bunder\b|$")
LABEL_END = re.compile(r"^(?P<label>[^:：\t]{1,60}?)\s*(?:[:：]\s*|\t\s*)(?P<rest>\S.*)$")


@dataclass(slots=True, kw_only=True)
class NameCandidate(Candidate):
    """A name as it stands in a line, before it is known whose it is."""

    label: str = ""
    """The label before it on its line, folded."""
    order: int = 0
    """How many names stand before it on the line."""
    share: float = 0.0
    """Which share of its line, without the label, names people."""
    count: int = 1
    """Names on the line."""
    marked: bool = False
    """Whether the mark of a footnote or an affiliation stands on the line."""
    told: bool = False
    """Whether a sentence says that this person wrote the document."""
    titled: bool = False
    """Whether a title such as `Dr.` stands before it."""
    after: str = ""
    """What stands on the line after the name."""
    position: int = 0
    """Where among the names of the document it stands."""


def candidates(front: Front) -> list[NameCandidate]:
    """Return the names on the first and last pages and in the imprint, each where it stands."""
    found = [name for page in read_pages(front) for name in _on_page(page)]
    found += [name for text in front.citations for name in _cited(text)]
    for position, name in enumerate(found):
        name.position = position
    return found[:MAX_NAMES]


def _on_page(page: FrontPage) -> list[NameCandidate]:
    """Return the names on a page. Where a list of names goes on from line to line, its lines are one (`raw`)."""
    found: list[NameCandidate] = []
    lists: dict[int, list[NameCandidate]] = {}
    for line in page.lines[:MAX_LINES]:
        on_line = names_on(line)
        above = line.above
        if on_line and above is not None and id(above) in lists and _goes_on(above, line):
            whole = lists[id(above)] + on_line
            raw = f"{whole[0].raw} {line.text}"
            for name in whole:
                name.raw = raw
            lists[id(line)] = whole
        elif on_line:
            lists[id(line)] = on_line
        found += on_line
    return found


def _goes_on(above: FrontLine, line: FrontLine) -> bool:
    """Return whether a line is part of a list that begins above it: of one size, and a comma or an `and` between."""
    if above.gap(line) > 1 or abs(above.run.size - line.run.size) > 0.1 * line.run.size:
        return False
    return bool(LIST_GOES_ON.search(above.text) or AND_FIRST.match(line.text))


def read_pages(front: Front) -> list[FrontPage]:
    """Return the pages on which names and organisations are looked for: the first, the imprint, and the last."""
    first = front.opening(3)
    last = [page for page in front.pages[-2:] if page not in first]
    return [*first, *(page for page in front.imprints if page not in first and page not in last), *last]


def names_on(line: FrontLine) -> list[NameCandidate]:
    """Return the names on a line."""
    named = _named_in_sentence(line)
    if named or (line.prose and line.page.number > FRONT_PAGES) or SALUTATION.match(line.text):
        return named
    text = ADDRESS.sub("\t", UNSEEN.sub(" ", line.plain))
    if HAN_LINE.search(text):
        text = MARKS.sub("\t", text)
    if (is_organisation(text) and not COMMAS.search(text)) or SERIES.fullmatch(text.strip(" .:")):
        return []
    if text[:1] == "(" and text[-1:] == ")":
        text = text[1:-1]
    label, rest = label_of(text)
    if len(rest) > 400:
        return []
    found = [name for piece in PARTS.split(rest) if piece.strip() for name in _of_piece(piece)]
    found += _over_lines(line, rest, {name for name, _, _ in found})
    share = sum(sum(map(str.isalpha, name)) for name, _, _ in found) / (sum(map(str.isalpha, rest)) or 1)
    if line.prose and share < MOSTLY:
        return []
    marked = bool(MARKS.search(line.run.text)) or (line.run.plain or line.run.text) != line.run.text
    return [
        NameCandidate(
            value=Author(name=name, kind="person"),
            raw=line.text,
            origin=_origin(line.page),
            lines=(line,),
            label=label,
            order=order,
            share=share,
            count=len(found),
            marked=marked,
            titled=titled,
            after=after,
        )
        for order, (name, titled, after) in enumerate(found)
    ]


def _over_lines(line: FrontLine, rest: str, known: set[str]) -> list[tuple[str, bool, str]]:
    """Return the name that begins at the end of a line and ends on the next (`..., Jon` / `Callas, ...`)."""
    below = line.below
    if below is None or below.block is not line.block or below.prose or not COMMAS.search(rest):
        return []
    last, first = COMMAS.split(rest)[-1], COMMAS.split(below.plain)[0]
    if not 0 < len(last.split()) < 4 or not 0 < len(first.split()) < 4 or last in known:
        return []
    return [name for name in _of_piece(f"{last} {first}") if name[0] not in known]


def _named_in_sentence(line: FrontLine) -> list[NameCandidate]:
    """Return the names that a sentence of a paragraph gives as those of its authors."""
    if line.block.lines[0] is not line.run:
        return []
    found = []
    for match in WROTE.finditer(line.block.text[:3000]):
        rest = SENTENCE_END.split(line.block.text[match.end() : match.end() + 200], maxsplit=1)[0]
        found += [
            NameCandidate(
                value=Author(name=name, kind="person"),
                raw=match.group() + rest,
                origin=_origin(line.page),
                lines=(line,),
                order=order,
                told=True,
                titled=titled,
                after=after,
            )
            for order, (name, titled, after) in enumerate(_of_piece(rest))
        ]
    return found


def _cited(text: str) -> list[NameCandidate]:
    """Return the people before the year of what the document says that it should be cited as."""
    year = CITED_YEAR.search(text)
    if year is None:
        return []
    authors = read_authors(text[: year.start()].strip(" ,("))
    return [
        NameCandidate(value=author, raw=text, origin="pdf:citation", order=order, facts={"citation": 1.0})
        for order, author in enumerate(authors)
        if author.kind == "person" or INITIALS.search(author.name)
    ]


def _origin(page: FrontPage) -> str:
    return "pdf:front-matter" if page.number <= 3 else "pdf:imprint"


def named_letters(text: str) -> int:
    """Return how many letters of a line, without a label before them, are those of people's names."""
    rest = label_of(text)[1]
    named = [name for piece in PARTS.split(rest) if piece.strip() for name, _, _ in _of_piece(piece)]
    return sum(sum(map(str.isalpha, name)) for name in named)


def label_of(text: str) -> tuple[str, str]:
    """Return the label that a line begins with, folded, and the rest."""
    if match := LABEL_END.match(text):
        label = match["label"].strip(" .*•–-").casefold()
        if label in WRITES_LABELS or label in OTHERWISE_LABELS or text[len(match["label"]) :].lstrip()[:1] in ":：":
            return label, match["rest"]
    words = text.split()
    for count in range(min(5, len(words) - 1), 0, -1):
        label = " ".join(words[:count]).casefold().strip(" ./")
        if label in WRITES_LABELS or label in OTHERWISE_LABELS:
            return label, " ".join(words[count:])
    return "", text


@lru_cache(maxsize=4000)
def _of_piece(piece: str) -> tuple[tuple[str, bool, str], ...]:
    """Return the names of a piece in which only commas and `and` part them, each with what stands after it."""
    return tuple(_parted(piece))


def _parted(piece: str) -> Iterator[tuple[str, bool, str]]:
    piece = plain_names(re.sub(r"\([^()]*\)|\[[^\[\]]*\]", ",", piece)).strip(" .:–—-*&")
    if person_shaped(_bare(piece), family_first=True):
        yield _named(piece, "")
        return
    parts = [part for part in COMMAS.split(piece) if part]
    for number, part in enumerate(parts):
        after = ", ".join(parts[number + 1 :])
        for side in AND.split(AND_FIRST.sub("", part)):
            side = side.strip(" .")
            if person_shaped(_bare(side)):
                yield _named(side, after)
            else:
                head = re.split(
                    r"\s+(?:for|at|from|of|on|le|am|el|em)(?:\s+|$)|\s+[–—-]\s+|\s+(?=\d)", side, maxsplit=1
                )[0]
                if head != side and person_shaped(_bare(head)):
                    yield _named(head, side[len(head) :] + after)


def _named(text: str, after: str) -> tuple[str, bool, str]:
    bare = _bare(text).strip(" ,")
    if not re.search(r"(?:^|\s)[^\W\d_]\.$", bare):
        bare = bare.rstrip(".")
    return _cased(bare), bare != text.strip(" ,."), after


def _bare(text: str) -> str:
    """Return a name without titles before it and degrees after it."""
    text = HONORIFIC.sub("", ABBREVIATED.sub("", HONORIFIC.sub("", text)))
    words = text.split()
    while len(words) > 2 and POST.fullmatch(words[0]):
        words.pop(0)
    while len(words) > 2 and _degree(words[-1].strip(".,()"), words):
        words.pop()
    return " ".join(words)


def _degree(word: str, words: list[str]) -> bool:
    if word.casefold() in DEGREES or ("/" in word and word.isupper()) or word.casefold().replace(".", "") in DEGREES:
        return True
    return word.isupper() and len(word) > 2 and not set(word) & set("AEIOUY") and not words[0].isupper()


def _cased(name: str) -> str:
    """Return a name in capitals as names are written; others as they are."""
    letters = [word for word in name.split() if len(word.strip(".")) > 2]
    if not letters or not all(word.isupper() for word in letters) or any(len(word) < 2 for word in letters):
        return name
    return " ".join(
        word
        if len(word.strip(".")) < 2 or "." in word
        else re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), word)
        for word in name.split()
    )


@lru_cache(maxsize=4000)
def person_shaped(text: str, family_first: bool = False) -> bool:
    """Return whether a text is written as one person's name is.

    Two to five words with capitals, initials and particles; in scripts without capitals two to four words; Chinese,
    Japanese and Korean names by their length and surname. `family_first` allows `Family, Given`.
    """
    text = text.strip()
    if not 2 <= len(text) <= 60 or text.casefold() in SECTIONS:
        return False
    if ORGANISATION.search(text) or LETTERHEAD.search(text):
        return False
    squeezed = text.replace(" ", "").replace("\u3000", "")
    if HANGUL.fullmatch(squeezed):
        return squeezed[0] in KOREAN_SURNAMES and len(squeezed) > 2
    if HAN.fullmatch(squeezed):
        return (
            bool(HAN_SET_APART.fullmatch(text))
            or (squeezed[0] in CHINESE_SURNAMES and len(squeezed) < 4)
            or (squeezed[:2] in JAPANESE_SURNAMES and len(squeezed) < 7)
        )
    words = text.split()
    first, last = words[0].casefold().strip("."), words[-1].casefold()
    if first in NO_NAME or (len(first) > 3 and first in OTHERWISE_LABELS) or (last in OPEN and not words[-1].isupper()):
        return False
    if POST.search(text) or not THINGS.isdisjoint(text.casefold().split()):
        return False
    if family_first and "," in text:
        family, _, given = text.partition(",")
        if not 1 <= len(family.split()) <= 2 or not given.strip() or "," in given:
            return False
        if not INITIAL.fullmatch(given.strip()) and not (len(words) <= 3 and family.isupper() and not given.isupper()):
            return False
        words = text.replace(",", " ").split()
    if not 2 <= len(words) <= 6:
        return False
    whole = 0
    for number, word in enumerate(words):
        if number and word.casefold() in PARTICLES:
            continue
        if not WORD.fullmatch(word):
            return False
        if word[0].islower() and not (number == 0 and word.casefold() in PARTICLES):
            return False
        if (
            word[0].isalpha()
            and not word[0].isupper()
            and not UNCASED.match(word[0])
            and word.casefold() not in PARTICLES
        ):
            return False
        whole += len(word.strip(".")) > 1 and word.casefold() not in PARTICLES
    return whole >= 1 and (whole > 1 or any(INITIAL.fullmatch(word) for word in words))
