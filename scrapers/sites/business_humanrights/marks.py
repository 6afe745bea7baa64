"""What a line is, judged by its words alone: a date, an author line, a type label, a notice, or none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from scrapers.sites.business_humanrights import words
from scrapers.sites.business_humanrights.languages import is_notice, language_named
from scrapers.sites.business_humanrights.lines import Line
from scrapers.values.dates import find_dates
from scrapers.values.labels import field_of
from scrapers.values.text import clean_line

What = Literal[
    "author", "author-label", "date", "date-label", "type", "type-label", "unknown",
    "notice", "redirect", "languages", "language-label", "tags", "sharing", "credit",
]  # fmt: skip
SAYS: frozenset[What] = frozenset(["author", "author-label", "date", "date-label", "type", "type-label"])
"""What only stands beside a title."""
SEPARATORS = " ,;|·•、，–—-"
LONGEST_BYLINE = 600
LONGEST_LINE = 2000
LONGEST_AUTHORS = 200
SENTENCE_ENDS = tuple(".!?…。！？؟")
QUOTES = tuple("\"'“”‘’«»„「『《")
SENTENCE = re.compile(r"[.!?…。！？؟:;][\"'”’»)\]]*$")
LONG_LINE = 80
LONGEST_CREDIT = 140
DATE_EDGES = re.compile(r"[\s,.;:|·•、，()\[\]–—-]*")
STROKE = re.compile(r"\s[|·•/–—]\s|\s*\|\s*")
LANGUAGE_LABEL = re.compile(
    r"(languages?|sprachen?|idiomas?|langues?|lingu[ae]|язык|语言|語言|言語|언어|اللغة)\s*[:：].{0,60}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A piece of what stands around a title."""

    what: What
    text: str
    """The value as printed: author line, date, label of the type."""
    date: str | None = None
    """ISO 8601, of a date."""
    label: str | None = None
    """The word that named the value."""


def whole_date(text: str) -> str | None:
    """Return the date that a text is, with nothing else beside it."""
    if len(text) > 60 or not any(character.isdigit() for character in text):
        return None
    found = next(find_dates(text), None)
    if found is None or len(found.value) < 7:
        return None
    rest = text[: found.start] + " " + text[found.end :]
    return found.value if DATE_EDGES.fullmatch(rest) else None


def marks_of(line: Line) -> list[Mark]:
    """Return what a line says around a title, one mark after the other; empty for a line of another kind.

    Label, value, type and date may stand in one line, parted by elements or by strokes.
    """
    if len(line.text) > LONGEST_LINE:
        return []
    whole = _marks(line.text, line)
    if len(whole) > 1 or len(line.text) > LONGEST_BYLINE:
        return whole
    if whole and whole[0].what not in ("author", "date", "author-label"):
        return whole
    return _apart(_chunks(line.pieces)) or whole or _apart(STROKE.split(line.text)) or _apart(line.text.split(", "))


def _chunks(pieces: tuple[str, ...]) -> list[str]:
    """Return the pieces of a line; those between two that say something are one again."""
    chunks: list[str] = []
    unknown = ""
    for piece in pieces:
        text = clean_line(piece)
        if text and _marks(text, None):
            chunks += [clean_line(unknown), text]
            unknown = ""
        else:
            unknown += piece
    return [chunk for chunk in [*chunks, clean_line(unknown)] if chunk.strip(SEPARATORS)]


def _apart(chunks: list[str]) -> list[Mark]:
    """Return the marks of several chunks, if they are marks and nothing but the values of labels stands between."""
    marks: list[Mark] = []
    for chunk in chunks if len(chunks) > 1 else []:
        found = _marks(chunk.strip(SEPARATORS), None)
        if not found:
            before = marks[-1].what if marks else None
            if before not in ("author-label", "type-label", "date"):
                return []
            found = [Mark(what="unknown", text=chunk.strip(SEPARATORS))]
        marks += found
    return marks if any(mark.what in SAYS for mark in marks) else []


def _marks(text: str, line: Line | None) -> list[Mark]:
    if notice := _notice(text, line):
        return [notice]
    text = text.lstrip(SEPARATORS)
    if found := words.author_line().match(text):
        return _byline(found["label"], found["value"])
    if found := words.published_label().match(text):
        return _dateline(found["label"], text[found.end() :])
    if date := whole_date(text):
        return [Mark(what="date", text=text.strip(SEPARATORS), date=date)]
    if len(text) <= 40:
        if text.casefold() in words.whole("types"):
            return [Mark(what="type", text=text)]
        match field_of(text):
            case "authors":
                return [Mark(what="author-label", text=text, label=text)]
            case "date_published":
                return [Mark(what="date-label", text=text, label=text)]
            case "kind":
                return [Mark(what="type-label", text=text, label=text)]
        head, colon, rest = text.partition(":")
        if colon and field_of(head) == "kind":
            return [Mark(what="type", text=rest.strip(), label=head + colon)]
    return []


def _notice(text: str, line: Line | None) -> Mark | None:
    if is_notice(text):
        return Mark(what="notice", text=text)
    if words.pattern("redirected").search(text) and len(text) < 400:
        return Mark(what="redirect", text=text)
    if (words.pattern("also_in").search(text) and len(text) < 400) or (line is not None and _names_languages(line)):
        return Mark(what="languages", text=text)
    if LANGUAGE_LABEL.fullmatch(text):
        return Mark(what="language-label", text=text)
    if words.pattern("tags").search(text):
        return Mark(what="tags", text=text)
    if words.pattern("sharing").search(text):
        return Mark(what="sharing", text=text)
    if len(text) <= LONGEST_CREDIT and words.pattern("credit").search(text) and not words.author_line().match(text):
        return Mark(what="credit", text=text)
    return None


def _names_languages(line: Line) -> bool:
    return bool(line.anchors) and line.only_links and all(language_named(anchor.text) for anchor in line.anchors)


def _byline(label: str, value: str) -> list[Mark]:
    """Read `A, B, Published on: 23 May 2019`, the label of the author taken off."""
    published = words.published_label().search(value)
    if not published:
        value = value.strip(SEPARATORS)
        what: What = "author" if value else "author-label"
        return [Mark(what=what, text=value or label, label=label)]
    marks = (
        [Mark(what="author", text=author, label=label)]
        if (author := value[: published.start()].strip(SEPARATORS))
        else []
    )
    return marks + _dateline(published["label"], value[published.end() :])


def _dateline(label: str, value: str) -> list[Mark]:
    """Read `23 May 2019`, or `23 May 2019, Author: A, B`, the label of the date taken off."""
    value = value.strip()
    if not value:
        return [Mark(what="date-label", text=label, label=label)]
    if date := whole_date(value):
        return [Mark(what="date", text=value.strip(SEPARATORS), date=date, label=label)]
    found = next(find_dates(value), None)
    if found is None or value[: found.start].strip(SEPARATORS):
        return []
    date_mark = Mark(what="date", text=found.raw, date=found.value, label=label)
    rest = value[found.end :].strip(SEPARATORS)
    author = words.author_line().match(rest)
    return (
        [date_mark, *_byline(author["label"], author["value"])] if author else ([] if len(rest) > 40 else [date_mark])
    )


def ends(line: Line) -> bool:
    """Return whether a page's text ends before this line."""
    text = line.text
    if len(text) <= 90 and words.pattern("ending").search(text):
        return True
    if words.pattern("related_companies").search(text) and (line.anchors or len(text) <= 300):
        return True
    if words.pattern("response_to").search(text):  # the words alone, the rest of the line a link
        for anchor in line.anchors:
            text = text.replace(anchor.text, "")
        return len(text.strip(SEPARATORS + ":：")) <= 40
    return False


def could_be_authors(text: str) -> bool:
    """Return whether a line may name authors: short, no sentence, no quotation, no address."""
    text = text.strip()
    return (
        len(text) <= LONGEST_AUTHORS
        and not text.startswith(QUOTES)
        and not text.endswith(SENTENCE_ENDS)
        and any(character.isalpha() for character in text)
        and "://" not in text
        and "@" not in text
    )


def is_prose(line: Line) -> bool:
    """Return whether a line reads as a sentence and not as a label or a menu."""
    if line.only_links:
        return False
    wide = sum(1 for character in line.text if character >= "\u2e80")
    return len(line.text) + 2 * wide >= LONG_LINE or (
        len(line.text) + wide >= 25 and SENTENCE.search(line.text) is not None
    )
