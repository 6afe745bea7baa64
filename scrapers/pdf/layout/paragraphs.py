"""Joins lines into paragraphs, headings, items of lists and rows of tables, and mends words that were broken."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scrapers.pdf.engine.page import TextRun

SEAM = "\x02"
"""Stands where a word was broken at the end of a line, until the document's words say how to mend it."""

Kind = Literal["text", "heading", "item", "row"]

ITEM = re.compile(
    r"(?:[•●○◦▪▫■□◆◇►▶➢➤✓✔❖\uf000-\uf0ff]|[–—*·-](?=\s)|o(?=\s)|\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-zA-Z])[.)](?=\s))\s*(?=\S)"
)
NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}\.?\s+\S")
ENTRY = re.compile(r"[^\W\d_].*\t\s*(?:\d{1,4}|[ivxlc]{1,7})$")
"""An entry of a table of contents: words, and the number of a page after the dots."""

ENDS = frozenset(".!?:;。！？：；؟۔।…")
CLOSING = "\"'”’»)]0123456789"
HYPHENS = frozenset("-\u00ad\u2010")
CJK = re.compile(r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "Ĳ": "IJ", "ĳ": "ij"}


BULLETS = re.compile(r"(?m)^[\uf000-\uf0ff]\s*")
SYMBOLS = re.compile(r"[\ue000-\uf8ff]")
"""The private characters of symbol fonts: bullets where a line begins, else nothing that can be read."""


@dataclass(slots=True)
class Paragraph:
    """A stretch of text that belongs together."""

    kind: Kind
    text: str
    size: float
    page: int
    open: bool = False
    """Whether the text may go on in the next column or on the next page."""


def paragraphs_of(lines: list[TextRun], page: int, body_size: float) -> list[Paragraph]:
    """Return the page's paragraphs; `body_size` is the size of the document's running text."""
    found: list[Paragraph] = []
    columns: dict[int, list[TextRun]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    for column in columns.values():
        blocks = _blocks(column, body_size)
        for number, block in enumerate(blocks):
            paragraph = _paragraph(block, page, body_size)
            if paragraph is None:
                continue
            if number == 0 and found and _flows(found[-1], paragraph):
                found[-1] = _merged(found[-1], paragraph)
            else:
                found.append(paragraph)
    return found


def body_size_of(lines: Iterable[TextRun]) -> Counter[float]:
    """Count the letters of each size."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes


def _blocks(lines: list[TextRun], body_size: float) -> list[list[TextRun]]:
    """Part the lines of a column where one paragraph ends and another begins."""
    steps = [b.bottom - a.bottom for a, b in itertools.pairwise(lines) if 0 < b.bottom - a.bottom < 3 * a.height]
    step = statistics.median_low(steps) if steps else 0.0
    spaced = _spaced(lines)
    right = max(line.right for line in lines)
    blocks: list[list[TextRun]] = []
    for place, line in enumerate(lines):
        # Most lines are full: only for others do the lines around them matter.
        full = not blocks or blocks[-1][-1].right > right - 2 * line.size
        near = [] if full else lines[max(0, place - 8) : place + 8]
        if not blocks or _parts(blocks[-1], line, step, spaced, near, body_size):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def _spaced(lines: list[TextRun]) -> float:
    """Return the step from line to line of a text that is set with wide gaps, 0 for any other."""
    steps = [b.bottom - a.bottom for a, b in itertools.pairwise(lines) if 0 < b.bottom - a.bottom < 4 * a.height]
    if len(steps) < 4:
        return 0.0
    step = statistics.median_low(steps)
    regular = sum(abs(other - step) < 0.06 * step for other in steps)
    return step if regular > 0.6 * len(steps) and step > 1.8 * statistics.median(line.height for line in lines) else 0.0


def _parts(
    block: list[TextRun], line: TextRun, step: float, spaced: float, near: list[TextRun], body_size: float
) -> bool:
    above = block[-1]
    if above.row or line.row:
        return above.row != line.row or line.top - above.bottom > 2 * above.height
    if abs(line.size - above.size) > 0.1 * max(line.size, above.size) and not (
        abs(line.bottom - above.bottom) < 0.5 * above.height
    ):
        return True
    if same_line := abs(line.bottom - above.bottom) < 0.3 * above.height:
        return not same_line
    heading = _stands_out(above, body_size)
    if above.bold != line.bold and (heading or _stands_out(line, body_size)) and not broken(above.text):
        return True
    distance = line.bottom - above.bottom
    first = 1.3 * above.height if above.size > 1.12 * body_size else min(step or 9e9, 1.45 * above.height)
    usual = block[-1].bottom - block[-2].bottom if len(block) > 1 else first
    if spaced and above.size < 1.12 * body_size:
        if distance > 1.25 * spaced + 0.5:
            return True
    elif distance > 1.25 * usual + 0.5 or distance > 2.2 * above.height:
        return True
    if ENTRY.search(above.text) and "\t" not in line.text[:3]:
        return True
    if ITEM.match(line.text) and not _inside_sentence(above, line):
        return True
    if heading:
        return bool(NUMBERED.match(line.text))
    if broken(above.text):
        return False
    indent = line.left - above.left
    if ITEM.match(block[0].text) and len(block) == 1:
        indent = min(indent, 0)
    if 0.8 * line.size < indent < 6 * line.size and (
        len(block) == 1 or abs(above.left - block[-2].left) < 2 or _short(above, line, near)
    ):
        return ended(above.text) or _short(above, line, near)
    if len(block) > 1 and ITEM.match(block[0].text) and indent < -0.8 * line.size:
        return True
    return _short(above, line, near, 1.0 if ended(above.text) else 0.75) and (
        ended(above.text) or not (line.text[:1].islower() or above.text.endswith(","))
    )


def _inside_sentence(above: TextRun, line: TextRun) -> bool:
    """Return whether what looks like an item belongs to a sentence that wraps there (`in section / 4. of it`)."""
    if not line.text[:1].isalnum():
        return False
    return abs(line.left - above.left) < 2 and not ended(above.text) and above.text[-1:].islower()


def _short(above: TextRun, line: TextRun, near: list[TextRun], fill: float = 1.0) -> bool:
    """Return whether the first word of a line would have had room in the line above: the break was meant."""
    reach = [other for other in near if abs(other.left - above.left) < 5 * above.size]
    if not reach:
        return False
    left, right = min(other.left for other in reach), max(other.right for other in reach)
    width = (line.right - line.left) / max(1, len(line.text))
    first = line.text.split(maxsplit=1)[0] if not CJK.match(line.text) else line.text[:2]
    return above.right + (len(first) + 1.5) * width < right and above.right - left <= fill * (right - left)


def ended(text: str) -> bool:
    """Return whether a line ends a sentence."""
    return text[-1:] in ENDS or text.rstrip(CLOSING)[-1:] in ENDS


def broken(text: str) -> bool:
    """Return whether a line ends within a word."""
    return text[-1:] in HYPHENS and text[-2:-1].isalnum()


def _stands_out(line: TextRun, body_size: float) -> bool:
    return line.size > 1.12 * body_size or (line.bold and len(line.text) < 160 and not ended(line.text))


def _paragraph(block: list[TextRun], page: int, body_size: float) -> Paragraph | None:
    first = block[0]
    if first.row:
        return Paragraph("row", "\n".join(line.text for line in block), first.size, page)
    text = first.text
    for line in block[1:]:
        text = _spliced(text, line.text)
    text = text.strip()
    if not text:
        return None
    if all(_stands_out(line, body_size) for line in block) and len(text) < 300:
        return Paragraph("heading", text, first.size, page)
    return Paragraph("item" if ITEM.match(text) else "text", text, first.size, page, open=not ended(text))


def _spliced(text: str, line: str) -> str:
    """Return two lines as one stretch of text."""
    if broken(text) and line[:1].isalpha():
        if "://" in (last := text.rsplit(" ", 1)[-1]) or last.startswith("www."):
            return text + line
        return text[:-1] + SEAM + text[-1] + line
    if text and line and CJK.match(text[-1]) and CJK.match(line[0]):
        return text + line
    if text.endswith(("/", "—")) and "://" in text.rsplit(" ", 1)[-1]:
        return text + line
    return f"{text} {line}"


def _flows(last: Paragraph, following: Paragraph) -> bool:
    """Return whether a paragraph goes on in the next column or on the next page."""
    if (
        not last.open
        or last.kind not in ("text", "item")
        or following.kind != "text"
        or abs(last.size - following.size) > 0.6
    ):
        return False
    if broken(last.text):
        return following.text[:1].isalpha()
    return following.text[:1].islower() or bool(CJK.match(last.text[-1]) and CJK.match(following.text))


def _merged(last: Paragraph, following: Paragraph) -> Paragraph:
    return Paragraph(last.kind, _spliced(last.text, following.text), last.size, last.page, following.open)


def flow(pages: Iterable[list[Paragraph]]) -> list[Paragraph]:
    """Return all pages' paragraphs, those that go on over a page's end joined, past the notes at its foot."""
    flowing: list[Paragraph] = []
    for paragraphs in pages:
        rest = paragraphs
        if paragraphs and flowing:
            place = _open_end(flowing)
            if place is not None and _flows(flowing[place], paragraphs[0]):
                flowing[place] = _merged(flowing[place], paragraphs[0])
                rest = paragraphs[1:]
        flowing += rest
    return flowing


def _open_end(flowing: list[Paragraph]) -> int | None:
    """Return the place of the paragraph that the next page may go on with: the last that is no footnote."""
    size = 0.0
    for back in range(1, min(8, len(flowing)) + 1):
        paragraph = flowing[-back]
        if paragraph.page != flowing[-1].page:
            return None
        if paragraph.kind in ("heading", "row"):
            return None
        if back > 1 and paragraph.size <= size * 1.08:
            return None
        size = max(size, paragraph.size)
        if paragraph.open:
            return len(flowing) - back
    return None


def body_of(paragraphs: Iterable[Paragraph]) -> str:
    """Return the text: a blank line between paragraphs, items and rows on their own lines."""
    parts: list[str] = []
    previous: Paragraph | None = None
    for paragraph in paragraphs:
        if previous is not None:
            close = previous.kind == paragraph.kind == "item"
            parts.append("\n" if close else "\n\n")
        parts.append(paragraph.text)
        previous = paragraph
    text = "".join(parts)
    if SYMBOLS.search(text):
        text = SYMBOLS.sub("", BULLETS.sub("• ", text))
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    return mended(text)


CONJUNCTIONS = frozenset(
    [
        "and",
        "or",
        "und",
        "oder",
        "bzw",
        "sowie",
        "et",
        "ou",
        "y",
        "o",
        "e",
        "en",
        "of",
        "och",
        "eller",
        "og",
        "i",
        "oraz",
        "и",
    ]
)
"""What goes on after a word that is left open (`land- und forstwirtschaftlich`): the hyphen and a blank stay."""

STRETCH = 200_000
"""Characters whose words are counted at a time, so that memory stays flat."""

SEAMED = re.compile(rf"{SEAM}([\u00ad\u2010-])([^\W_]+)")
BETWEEN = re.compile(r"[\W_]+")
WORDS = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")


def mended(text: str) -> str:
    """Return the text with each word that was broken at a line's end as the document writes it elsewhere."""
    if SEAM not in text:
        return text
    seams = [(_before(seam), *seam.groups()) for seam in SEAMED.finditer(text)]
    asked = {word for left, _, right in seams for word in _ways(left, right)}
    counts: Counter[str] = Counter()
    begun: Counter[str] = Counter()
    for start in range(0, len(text), STRETCH):
        # Cut anywhere: a word in two is one of thousands.
        for token, times in Counter(text[start : start + STRETCH].casefold().replace("\u2010", "-").split()).items():
            for word in (token,) if token in asked else WORDS.findall(token):
                if word in asked:
                    counts[word] += times
                if "-" in word and (first := word.partition("-")[0]) in asked:
                    begun[first] += times
    # A file whose typesetter breaks words with another hyphen, or never, has typed those that end its lines.
    soft = any(mark != "-" for _, mark, _ in seams)
    whole = sum(counts[(left + right).casefold()] > 0 for left, _, right in seams)
    parted = sum(counts[f"{left}-{right}".casefold()] > 0 for left, _, right in seams)
    typed = soft or parted > whole

    def mend(match: re.Match[str]) -> str:
        left, (mark, right) = _before(match), match.groups()
        if not left:
            return match.group()
        whole, compound, a, b = _ways(left, right)
        if b in CONJUNCTIONS:
            return f"- {right}"
        if counts[whole] > counts[compound]:
            return right
        if counts[compound] > counts[whole] or right[:1].isupper() or left.isdigit() or right[:1].isdigit():
            return f"-{right}"
        if mark == "-" and (typed or begun[a] > 1 or (min(len(a), len(b)) > 2 and counts[a] > 1 and counts[b] > 1)):
            return f"-{right}"
        return right

    return SEAMED.sub(mend, text).replace(SEAM, "")


def _before(seam: re.Match[str]) -> str:
    """Return the first part of a word that was broken."""
    return BETWEEN.split(seam.string[max(0, seam.start() - 40) : seam.start()])[-1]


def _ways(left: str, right: str) -> tuple[str, str, str, str]:
    a, b = left.casefold(), right.casefold()
    return a + b, f"{a}-{b}", a, b
