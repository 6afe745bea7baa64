"""Candidates for the title of a document: lines of its first pages that may belong together, and what declares one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scrapers.pdf.fields.candidate import Candidate
from scrapers.pdf.fields.front import Front, FrontLine, flat, joined
from scrapers.pdf.fields.title.wording import lists_people
from scrapers.pdf.fields.words import SUBJECTS, TOOL_TITLES

PREFIX = re.compile(r"^(?:microsoft (?:word|powerpoint|excel) - )", re.IGNORECASE)
SUFFIX = re.compile(
    r"\.(?:docx?|pdf|indd|qxp|qxd|pptx?|xlsx?|rtf|odt|tex|dvi|ps|p65|pub|pages|numbers|key|cdr|sla|md|csv)$",
    re.IGNORECASE,
)
LABEL = re.compile(r"(?P<label>[^\W\d][\w .'’/()-]{0,28}?)\s*[:：]\s*(?=\S)|(?P<cell>[^\t]{2,30})\t(?=[^\t]{8,}$)")
"""What may stand before a title on its line: the label of a form or a letter, or the first cell of a row."""

LABEL_CELL = re.compile(r"[:：]\s*\t")
"""The end of a label that is a cell of its own (`Reçu le :` in the margin): no title holds it."""

SUBJECT_WORD = re.compile(r"(?P<word>[^\W\d_]{3,}) +(?=\S+ \S)")

WEB = re.compile(r"www\.|https?://|\S@\S+\.\w", re.IGNORECASE)
"""What no line of a title holds."""

STARTS = (50, 30, 20)
"""Lines of the first, second and third page with which a title may begin."""

SUBTITLE = 0.9
"""The size of a subtitle's line, at most, as a share of the line above it."""

MAX_SPAN = 8
"""Lines of a title."""

MAX_LENGTH = 330
MAX_CANDIDATES = 400


@dataclass(slots=True, kw_only=True)
class TitleCandidate(Candidate):
    """A wording that may be the title."""

    texts: tuple[str, ...]
    """Its lines as they are printed, the first without its label."""
    label: str = ""
    """The label before it on its first line, folded."""


def candidates(front: Front) -> list[TitleCandidate]:
    """Return what may be the title: stretches of lines, running heads, bookmarks and the file's properties."""
    found = []
    for page, starts in zip(front.opening(3), STARTS, strict=False):
        for line in page.lines[:starts]:
            if not line.prose:
                found += list(_from(line))
    return [*found[:MAX_CANDIDATES], *_unprinted(front)]


def _from(start: FrontLine) -> Iterator[TitleCandidate]:
    """Yield the stretches of lines that begin with a line, with and without a label before them."""
    if not _possible(start):
        return
    lines = [start]
    label = LABEL.match(start.run.text) or _subject(start.run.text)
    while True:
        text = titled(lines)
        if len(text) > MAX_LENGTH:
            return
        if sum(map(str.isalpha, text)) > 2:
            if not (label and LABEL_CELL.search(label.group())):
                yield _printed(lines, text, start.text)
            if label:
                bare = joined([start.run.text[label.end() :]])
                yield _printed(lines, titled(lines, label.end()), bare, label=label.group())
        below = lines[-1].below
        if below is None or len(lines) == MAX_SPAN or not _goes_on(lines[-1], below):
            return
        lines.append(below)


def _subject(text: str) -> re.Match[str] | None:
    """Return the label of a subject line that no mark parts from it (`tema Noul model`): it is set in other letters."""
    match = SUBJECT_WORD.match(text)
    if match is None or match["word"].casefold() not in SUBJECTS:
        return None
    word, rest = match["word"], text[match.end() :]
    return match if (word.islower() or (word.isupper() and not rest.isupper())) and rest[:1].isupper() else None


def _printed(lines: list[FrontLine], text: str, first: str, label: str = "") -> TitleCandidate:
    return TitleCandidate(
        value=text,
        raw=titled(lines) if label else text,
        origin="pdf:front-matter",
        lines=tuple(lines),
        texts=(first, *(line.text for line in lines[1:])),
        label=" ".join(flat(label)),
    )


def _possible(line: FrontLine) -> bool:
    """Return whether a line can be part of a title."""
    return any(map(str.isalnum, line.text)) and not WEB.search(line.text)


def _goes_on(above: FrontLine, below: FrontLine) -> bool:
    """Return whether a title that has one line may have the other; a smaller list of people are its authors."""
    if below.prose or below.run.row or not _possible(below):
        return False
    if below.run.size < SUBTITLE * above.run.size and lists_people(below.text):
        return False
    return -0.8 < above.gap(below) < 1.9 and 0.4 < below.run.size / max(above.run.size, 1.0) < 2.2


def titled(lines: list[FrontLine] | tuple[FrontLine, ...], start: int = 0) -> str:
    """Return lines as a title: a colon parts what is printed smaller under it, the subtitle."""
    texts = [line.run.text for line in lines]
    texts[0] = texts[0][start:]
    parts = [[texts[0]]]
    for above, below, text in zip(lines, lines[1:], texts[1:], strict=False):
        if below.run.size < SUBTITLE * above.run.size and len(parts) == 1:
            parts.append([text])
        else:
            parts[-1].append(text)
    head, *rest = (joined(part) for part in parts)
    if not rest:
        return head
    return f"{head} {rest[0]}" if head[-1:] in ":–—-?!.,;" or rest[0][:1].islower() else f"{head}: {rest[0]}"


def _unprinted(front: Front) -> Iterator[TitleCandidate]:
    """Yield running heads, bookmarks and declared titles."""
    declared = front.declared
    for origin, values in (
        ("pdf:info", (declared.title,)),
        ("pdf:xmp", (declared.xmp_title,)),
        ("pdf:outline", declared.outline[:1]),
        ("pdf:running-head", tuple(front.running.values())[:12]),
    ):
        for value in values:
            cleaned = clean_title(value)
            if cleaned and sum(map(str.isalpha, cleaned)) > 2:
                yield TitleCandidate(value=cleaned, raw=value, origin=origin, texts=(cleaned,), facts={origin: 1.0})


def clean_title(value: str) -> str:
    """Return a declared title without what tools put around it, or nothing where a tool or a file's name gave it."""
    text = SUFFIX.sub("", PREFIX.sub("", value)).strip(" -_")
    if SUFFIX.search(value) and (" " not in text or "_" in text):
        return ""
    return "" if TOOL_TITLES.search(text) or len(text) < 4 or len(text) > 400 else text
