"""What stands around the title: type, date and authors, above it or below it, with a label or by their place alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from scrapers.sites.business_humanrights import words
from scrapers.sites.business_humanrights.lines import Line
from scrapers.sites.business_humanrights.marks import (
    LONGEST_AUTHORS,
    QUOTES,
    SAYS,
    SEPARATORS,
    Mark,
    could_be_authors,
    ends,
    marks_of,
)

BEFORE_TITLE = 16
UNKNOWN_BEFORE_TITLE = 4
TAGS_WITHIN = 40
LONGEST_TAGS = 400


@dataclass(slots=True)
class Header:
    """What the lines around the title say."""

    title: Line | None = None
    kind: Mark | None = None
    date: Mark | None = None
    author: Mark | None = None
    authors: list[str] = field(default_factory=list)
    """The names, where each stands in an element of its own: the evidence to part them."""


def read_header(lines: Sequence[Line], at: int | None) -> tuple[Header, int]:
    """Return what the lines around the title say, and the index of the first line of the text."""
    if at is None:
        return Header(), 0
    reader = _Reader(Header(title=lines[at]))
    for i in range(_first_above(lines, at), at):
        reader.take_above(lines[i], lines[i + 1])
    reader.expecting = reader.named_in = None
    return reader.header, _below(lines, at, reader)


def _first_above(lines: Sequence[Line], at: int) -> int:
    """Return the index of the first line over the title that belongs to it."""
    first, unknown = at, 0
    for i in range(at - 1, max(-1, at - 1 - BEFORE_TITLE), -1):
        marks = marks_of(lines[i])
        if any(mark.what in SAYS for mark in marks):
            first = i
        elif not marks:
            unknown += 1
            if unknown > UNKNOWN_BEFORE_TITLE or len(lines[i].text) > LONGEST_AUTHORS:
                break
    return first


def _below(lines: Sequence[Line], at: int, reader: _Reader) -> int:
    """Read the lines under the title as long as they belong to it; return the index of the first that does not."""
    near = range(at + 1, min(len(lines), at + TAGS_WITHIN))
    tags = next((i for i in near if words.pattern("tags").search(lines[i].text)), at)
    i = at + 1
    while i < len(lines):
        line = lines[i]
        following = lines[i + 1] if i + 1 < len(lines) else None
        if ends(line) and not reader.lacks_type(line.text):
            break
        if reader.take_below(line, following) or (
            _same(line.text, lines[at].text) and not line.text.startswith(QUOTES)
        ):
            i += 1
        elif line.only_links and len(line.text) <= LONGEST_TAGS and at < tags and i <= tags + 1:
            tags = max(tags, i)
            i += 1
        else:
            break
    return i


@dataclass(slots=True)
class _Reader:
    """What has been read so far, and what the last label leads to expect."""

    header: Header
    expecting: str | None = None
    label: str | None = None
    """The label that stood alone before this line."""
    dated: bool = False
    """Whether a date stands on this side of the title: authors without a label follow it."""
    named_in: Line | None = None
    """The line of the last author, where each may have one."""

    def lacks_type(self, text: str) -> bool:
        """Return whether a line gives the type that is not known yet, though it has the words of an ending."""
        return self.header.kind is None and text.casefold() in words.whole("types")

    def take_above(self, line: Line, following: Line | None) -> None:
        """Read a line over the title."""
        marks = marks_of(line)
        for mark in marks:
            self._take(mark, line)
        if not marks:
            self._take_unknown(line, following)
            self.expecting = None

    def take_below(self, line: Line, following: Line | None) -> bool:
        """Read a line under the title; False where it does not belong to it any more."""
        marks = marks_of(line)
        if not marks:
            return self._take_unknown(line, following)
        if any(self._contradicts(mark) for mark in marks):
            return False
        for mark in marks:
            self._take(mark, line)
        return True

    def _contradicts(self, mark: Mark) -> bool:
        """Return whether a mark would be a second date, type or author line."""
        header = self.header
        match mark.what:
            case "date":
                return header.date is not None and self.expecting != "date"
            case "type":
                return header.kind is not None and header.kind.text != mark.text
            case "author":
                known = header.author.text if header.author else ""
                return bool(known) and not _same(known, mark.text)
        return False

    def _take(self, mark: Mark, line: Line) -> None:
        header = self.header
        expecting, self.expecting = self.expecting, None
        match mark.what:
            case "author":
                if not header.author or not header.author.text:
                    header.author = mark
                    header.authors = names_apart(line, mark.text)
                    self.named_in = line
            case "author-label":
                header.author = header.author or Mark(what="author", text="", label=mark.label)
                self.expecting = "author"
            case "date":
                label = self.label if expecting == "date" else None
                header.date = header.date or (replace(mark, label=label) if label else mark)
                self.dated = True
            case "date-label":
                self.expecting, self.label = "date", mark.label
            case "type":
                header.kind = header.kind or mark
            case "type-label":
                self.expecting = "type"
            case "unknown":
                self._value(expecting, mark.text, line)

    def _value(self, expecting: str | None, text: str, line: Line) -> bool:
        """Take the value of the label before it, or authors that follow a date in the same line."""
        header = self.header
        text = text.strip(SEPARATORS)
        if expecting == "author" and header.author and not header.author.text:
            header.author = Mark(what="author", text=text, label=header.author.label)
            header.authors = names_apart(line, text)
            self.named_in = line
        elif expecting == "type":
            header.kind = Mark(what="type", text=text)
        elif expecting is None and header.date and not header.author and names_somebody(text):
            header.author = Mark(what="author", text=text)
        else:
            return False
        return True

    def _take_unknown(self, line: Line, following: Line | None) -> bool:
        """Read a line that says nothing by itself: a label's value, one more author, or authors without a label."""
        header = self.header
        expecting, self.expecting = self.expecting, None
        if expecting in ("author", "type") and self._value(expecting, line.text, line):
            return True
        if header.author and _same(header.author.text, line.text):
            return True
        if header.author and self.named_in and _beside(self.named_in, line):
            names = header.authors or [header.author.text]
            header.authors = [*names, line.text.strip(SEPARATORS)]
            header.author = Mark(what="author", text=", ".join(header.authors), label=header.author.label)
            self.named_in = line
            return True
        if self.dated and not header.author and could_be_authors(line.text):
            twice = following is not None and _same(following.text, line.text)
            if twice or line.text.endswith((",", "，")) or (not line.heading and names_somebody(line.text)):
                header.author = Mark(what="author", text=line.text.strip(SEPARATORS))
                header.authors = names_apart(line, line.text)
                return True
        return False


def _beside(one: Line, other: Line) -> bool:
    """Return whether two lines are items of one list or values of one term."""
    return (
        one.element.tag == other.element.tag
        and one.element.tag in ("li", "dd")
        and one.element.getparent() is other.element.getparent()
    )


def names_apart(line: Line, value: str) -> list[str]:
    """Return the names of an author line, if each stands in an element of its own and only separators between."""
    names: list[str] = []
    rest = value
    for piece in line.pieces:
        name = " ".join(piece.split()).strip(SEPARATORS)
        if not name or name not in rest:
            continue
        before, _, after = rest.partition(name)
        if before.strip(SEPARATORS + "&") not in ("", "and"):
            return []
        names.append(name)
        rest = after
    return names if len(names) > 1 and not rest.strip(SEPARATORS) else []


def names_somebody(text: str) -> bool:
    """Return whether a line without a label reads as names of people or organisations, each of a kind that is known."""
    from scrapers.values.authors import read_authors

    authors = read_authors(text)
    return bool(authors) and all(author.kind for author in authors)


def _same(one: str, other: str) -> bool:
    return words.bare(one) == words.bare(other) != ""
