"""A page of either generation, taken apart: what stands around the title, the text, and the links that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scrapers.html.dom import Dom
from scrapers.sites.business_humanrights import words
from scrapers.sites.business_humanrights.languages import shown_in
from scrapers.sites.business_humanrights.lines import Line, lines_of
from scrapers.sites.business_humanrights.marks import (
    LONGEST_AUTHORS,
    SAYS,
    SEPARATORS,
    Mark,
    could_be_authors,
    marks_of,
)
from scrapers.sites.business_humanrights.title import title_at

BANNER_LINES = 24
BEFORE_TITLE = 16
UNKNOWN_BEFORE_TITLE = 4
TAGS_WITHIN = 40


@dataclass(slots=True)
class Header:
    """What the lines around the title say."""

    title: Line | None = None
    kind: Mark | None = None
    date: Mark | None = None
    author: Mark | None = None
    authors: list[str] = field(default_factory=list)
    """The values of a list of authors, where each stands in an element of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page's lines, sorted."""

    header: Header
    body: tuple[Line, ...]
    """The candidates for text, before what belongs to the frame is dropped from their end."""
    after: tuple[Line, ...]
    """From the first line that ends the text (`Timeline`, `Latest news`) on."""
    notices: tuple[Line, ...]
    """Languages, redirects: lines around the text whose links matter."""
    shown_in: str | None
    """The language in which the page is displayed for lack of a translation."""


def read(dom: Dom) -> Reading:
    """Return the page's parts."""
    lines = without_banner(lines_of(dom.root))
    at = title_at(lines, dom)
    header, start = read_header(lines, at)
    end = next((i for i in range(start, len(lines)) if ends(lines[i])), len(lines))
    notices = tuple(
        line for line in lines[:end] if any(mark.what in ("languages", "redirect") for mark in marks_of(line))
    )
    shown = next((code for line in lines[: max(start, 1) + 3] if (code := shown_in(line.text))), None)
    return Reading(
        header=header, body=tuple(lines[start:end]), after=tuple(lines[end:]), notices=notices, shown_in=shown
    )


def without_banner(lines: list[Line]) -> list[Line]:
    """Return the lines without the donation or platform box: from its first `hide message` or heading to its last."""
    kept: list[Line] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        if not (words.pattern("banner_edge").search(line.text) or words.pattern("banner_opening").search(line.text)):
            kept.append(line)
            i += 1
            continue
        box = lines[i : i + BANNER_LINES]
        last = max(
            (k for k, other in enumerate(box) if words.pattern("banner_edge").search(other.text) or _signs(other.text)),
            default=0,
        )
        sure = any(
            words.pattern("banner_opening").search(other.text) or _signs(other.text) for other in box[: last + 1]
        )
        i += last + 1 if sure else 1
    return kept


def _signs(text: str) -> bool:
    return len(text) <= 120 and words.pattern("banner_words").search(text) is not None


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


def read_header(lines: Sequence[Line], at: int | None) -> tuple[Header, int]:
    """Return what the lines around the title say, and the index of the first line of the text."""
    if at is None:
        return Header(), 0
    header = Header(title=lines[at])
    state = _State(header)
    for line in _above(lines, at):
        for mark in marks_of(line) or [Mark(what="unknown", text=line.text)]:
            state.take_above(mark, line)
    state.expecting = None
    return header, _below(lines, at, state)


def _above(lines: Sequence[Line], at: int) -> Sequence[Line]:
    """Return the lines over the title, from the first that belongs to it on."""
    first, unknown = at, 0
    for i in range(at - 1, max(-1, at - 1 - BEFORE_TITLE), -1):
        marks = marks_of(lines[i])
        if any(mark.what in SAYS for mark in marks):
            first = i
        elif not marks:
            unknown += 1
            if unknown > UNKNOWN_BEFORE_TITLE or len(lines[i].text) > LONGEST_AUTHORS:
                break
    return lines[first:at]


def _below(lines: Sequence[Line], at: int, state: _State) -> int:
    """Read the lines under the title as long as they belong to it; return the index of the first that does not."""
    tags = next(
        (i for i in range(at + 1, min(len(lines), at + TAGS_WITHIN)) if words.pattern("tags").search(lines[i].text)), at
    )
    i = at + 1
    while i < len(lines):
        line = lines[i]
        if ends(line) and not state.expects_type(line.text):
            break
        marks = marks_of(line)
        if (
            (marks and all(state.take_below(mark, line) for mark in marks))
            or (marks and marks[0].what not in SAYS)
            or (not marks and state.take_unknown_below(line, lines[i + 1] if i + 1 < len(lines) else None))
        ):
            i += 1
        elif (i < tags or (tags > at and i == tags + 1)) and line.only_links and len(line.text) <= 120:
            tags = max(tags, i) if i > tags else tags
            i += 1
        elif _same(line.text, lines[at].text):
            i += 1
        else:
            break
    return i


@dataclass(slots=True)
class _State:
    """What has been read around a title so far, and what the last label leads to expect."""

    header: Header
    expecting: str | None = None
    dated_below: bool = False
    last: Line | None = None

    def expects_type(self, text: str) -> bool:
        return self.header.kind is None and text.casefold() in words.whole("types")

    def take_above(self, mark: Mark, line: Line) -> None:
        header = self.header
        if mark.what == "unknown":
            if self.expecting == "author" and header.author:
                header.author = Mark(what="author", text=mark.text.strip(SEPARATORS), label=header.author.label)
            elif self.expecting == "type":
                header.kind = Mark(what="type", text=mark.text)
            elif header.date and not header.author and could_be_authors(mark.text):
                header.author = Mark(what="author", text=mark.text.strip(SEPARATORS))
            self.expecting = None
        else:
            self._take(mark)

    def take_below(self, mark: Mark, line: Line) -> bool:
        """Take a mark under the title; False where it cannot belong to it any more."""
        header = self.header
        if mark.what == "date":
            if header.date and self.expecting != "date":
                return False
            self.dated_below = True
        if mark.what == "type" and header.kind and header.kind.text != mark.text:
            return False
        if mark.what == "unknown":
            self.take_above(mark, line)
            return True
        if mark.what == "author" and header.author and header.author.text and not _same(header.author.text, mark.text):
            return False
        self._take(mark)
        return True

    def take_unknown_below(self, line: Line, following: Line | None) -> bool:
        header = self.header
        text = line.text.strip(SEPARATORS)
        if self.expecting == "author" and header.author:
            header.author = Mark(what="author", text=text, label=header.author.label)
            self.expecting, self.last = None, line
            return True
        if self.expecting == "type":
            header.kind = Mark(what="type", text=text)
            self.expecting = None
            return True
        if header.author and _same(header.author.text, text):
            return True
        if self.dated_below and not header.author and could_be_authors(line.text):
            twice = following is not None and _same(following.text, line.text)
            if twice or line.text.rstrip().endswith(",") or (not line.heading and names_somebody(text)):
                header.author = Mark(what="author", text=text)
                return True
        return False

    def _take(self, mark: Mark) -> None:
        header = self.header
        match mark.what:
            case "author":
                if not header.author or not header.author.text:
                    header.author = mark
            case "author-label":
                if not header.author:
                    header.author = Mark(what="author", text="", label=mark.label)
                self.expecting = "author"
                return
            case "date":
                header.date = header.date or mark
            case "date-label":
                self.expecting = "date"
                return
            case "type":
                header.kind = header.kind or mark
            case "type-label":
                self.expecting = "type"
                return
        self.expecting = None


def names_somebody(text: str) -> bool:
    """Return whether a line without a label reads as names of people or organisations, each of a kind that is known."""
    from scrapers.values.authors import read_authors

    authors = read_authors(text)
    return bool(authors) and all(author.kind for author in authors)


def _same(one: str, other: str) -> bool:
    return words.bare(one) == words.bare(other) != ""
