"""Puts the fragments of a page into lines, and the lines into the order in which a person reads them.

The order in which the file draws is right for most files, so it stands wherever the places do not speak against it:
marks drawn apart from their lines, columns drawn row by row, and boxes drawn late are put where they belong.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from scrapers.pdf.engine.page import RIGHT_TO_LEFT, PdfPage, TextRun, mirror
from scrapers.pdf.layout.vertical import turn_vertical

MARK = re.compile(r"[•●○◦▪▫■□◆◇►▶➢➤✓✔❖–—*·-]|\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-zA-Z])[.)]|[\uf000-\uf0ff]")
"""What stands before an item of a list, alone."""

FOOT = 0.85
"""Where the foot of a page begins, as a part of its height."""

LINE_NUMBER = re.compile(r"(\d{1,3})(?:\s+|\t)(?=\S)")
LEAST_NUMBERED = 5
HEIGHT_TO_SIZE = 0.86
"""What part of a line's height its size usually is."""

LISTED = re.compile(r"\(?\d{1,3}[.)]\s")

LEADING = re.compile(r"\.\.\.\.|\. \. \.|…|____")
LEADERS = re.compile(r"\s*(?:\.[ \u00a0]?){4,}\s*|\s*…{2,}\s*|\s*_{6,}\s*")
"""The dots between a heading and its page in a table of contents, the line of a form."""


def lines_of(leaf: PdfPage) -> list[TextRun]:
    """Return the page's lines in reading order."""
    if not leaf.mirrored and _rightward(leaf):
        mirror(leaf)
    turn_vertical(leaf)
    level = _once([fragment for fragment in leaf.fragments if fragment.angle == 0])
    # What stands along the margin is read last; what is stamped across the page (`DRAFT`) is no part of its text.
    turned = [fragment for fragment in leaf.fragments if fragment.angle in (90, 180, 270)]
    if not level:
        turned = [fragment for fragment in leaf.fragments if fragment.angle]
    rows = [line for line in _rows(_with_marks(level)) if line.text.strip()]
    return _without_line_numbers(_in_order(_foot_last(rows, leaf.height))) + _margins(turned)


def _without_line_numbers(lines: list[TextRun]) -> list[TextRun]:
    """Take the numbers from lines that are counted down the margin, as in bills and transcripts."""
    numbered = [(line, match) for line in lines if (match := LINE_NUMBER.match(line.text))]
    if len(numbered) < LEAST_NUMBERED or len(numbered) < 0.7 * len(lines):
        return lines
    numbers = [int(match[1]) for _, match in numbered]
    if sum(b - a == 1 for a, b in itertools.pairwise(numbers)) < 0.9 * (len(numbers) - 1):
        return lines
    for line, match in numbered:
        line.text = line.text[match.end() :]
        line.plain = LINE_NUMBER.sub("", line.plain, count=1)
        line.row = line.row and "\t" in line.text
        line.size = round(HEIGHT_TO_SIZE * line.height, 1)  # known of the first character alone, the number
    return lines


def _foot_last(lines: list[TextRun], height: float) -> list[TextRun]:
    """Put the lines that the file draws first at the end where they stand under all others: the foot of the page."""
    for count in range(1, min(4, len(lines))):
        first, rest = lines[:count], lines[count:]
        lowest = max(line.bottom for line in rest)
        if all(line.top >= max(lowest, FOOT * height) for line in first):
            return rest + first
    return lines


def _rightward(leaf: PdfPage) -> bool:
    text = "".join(fragment.text for fragment in leaf.fragments[:60])
    return not text.isascii() and 3 * len(RIGHT_TO_LEFT.findall(text)) > 0.4 * len(text)


def _margins(fragments: list[TextRun]) -> list[TextRun]:
    """Join the words of lines that stand on their side."""
    lines: list[list[TextRun]] = []
    for fragment in fragments:
        last = lines[-1][-1] if lines else None
        if (
            last
            and last.angle == fragment.angle
            and min(last.right, fragment.right) - max(last.left, fragment.left) > 0
        ):
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    joined = [_joined(line) for line in lines]
    for number, line in enumerate(joined):
        line.column = 10_000 + number
    return joined


def _once(fragments: list[TextRun]) -> list[TextRun]:
    """Drop what is drawn again in the same place: a shadow, or a layer that comes twice."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for fragment in fragments:
        mark = (fragment.text, round(fragment.left / 4), round(fragment.top / 4))
        if mark not in seen:
            seen.add(mark)
            kept.append(fragment)
    return kept


def same_row(a: TextRun, b: TextRun) -> bool:
    """Return whether two fragments stand on one line, superscripts included."""
    # Asked several times for each line of a document, and so without calls.
    top, bottom, under, below = a.top, a.bottom, b.top, b.bottom
    tall, high = bottom - top, below - under
    shared = (bottom if bottom < below else below) - (top if top > under else under)
    return shared > 0.5 * (tall if tall < high else high)


def _with_marks(fragments: list[TextRun]) -> list[TextRun]:
    """Put each bullet or number that was drawn apart in front of the fragment that it belongs to."""
    marks = [(i, f) for i, f in enumerate(fragments) if len(f.text) <= 6 and MARK.fullmatch(f.text)]
    if not marks or len(marks) == len(fragments):
        return fragments
    alone = {i for i, _ in marks}
    owner: dict[int, list[TextRun]] = {}
    for i, mark in marks:
        best: tuple[float, int] | None = None
        for j, fragment in enumerate(fragments):
            if j in alone or not -1 < fragment.left - mark.right < 6 * mark.size or not same_row(mark, fragment):
                continue
            if best is None or fragment.left < best[0]:
                best = (fragment.left, j)
        if best is None:
            alone.discard(i)
        else:
            owner.setdefault(best[1], []).append(mark)
    kept: list[TextRun] = []
    for i, fragment in enumerate(fragments):
        if i in alone:
            continue
        if i in owner:
            kept.append(_joined([*sorted(owner[i], key=lambda m: m.left), fragment]))
        else:
            kept.append(fragment)
    return kept


def _joined(fragments: Sequence[TextRun], between: str = " ") -> TextRun:
    """Return one line of fragments that stand side by side."""
    if len(fragments) == 1 and not LEADING.search(fragments[0].text):
        return fragments[0]
    widest = max(fragments, key=lambda f: len(f.text))
    dropped = _drop_cap(fragments)
    text = (fragments[0].text if dropped else "") + between.join(f.text for f in fragments[dropped:])
    if LEADING.search(text):
        text = LEADERS.sub("\t", text).strip()
    return TextRun(
        text,
        min(f.left for f in fragments),
        min(f.top for f in fragments),
        max(f.right for f in fragments),
        max(f.bottom for f in fragments),
        widest.size,
        widest.bold,
        widest.angle,
        plain=between.join(f.plain for f in fragments),
    )


def _drop_cap(fragments: Sequence[TextRun]) -> bool:
    """Return whether the first fragment is a large letter with which the first word of the others begins."""
    if len(fragments) < 2:
        return False
    first, second = fragments[:2]
    large = len(first.text) == 1 and first.text.isupper() and first.size > 1.6 * second.size
    return large and second.text[:1].islower() and second.left - first.right < 0.4 * first.size


def _rows(fragments: list[TextRun]) -> list[TextRun]:
    """Join what was drawn side by side into lines, rows of tables, or columns that were drawn row by row."""
    rows: list[list[TextRun]] = []
    for fragment in fragments:
        if rows and same_row(rows[-1][-1], fragment) and fragment.left >= rows[-1][-1].right - 1:
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    lines: list[TextRun] = []
    i = 0
    while i < len(rows):
        if len(rows[i]) == 1:
            lines.append(_joined(rows[i]))
            i += 1
            continue
        end = _side_by_side(rows, i)
        gutter = _gutter(rows[i:end])
        if gutter is not None:
            lines += _column(rows[i:end], 0, gutter) + _column(rows[i:end], gutter, 1e9)
        else:
            lines += [_row(row) for row in rows[i:end]]
        i = end
    return lines


def _side_by_side(rows: list[list[TextRun]], start: int) -> int:
    """Return where a stretch of rows of several fragments ends; single fragments between two of them belong to it."""
    end = start + 1
    while end < len(rows) and end <= start + 400:
        if len(rows[end]) > 1:
            end += 1
        elif end + 1 < len(rows) and len(rows[end + 1]) > 1 and rows[end + 1][0].top > rows[end][0].top:
            end += 2
        else:
            break
    return end


def _gutter(rows: list[list[TextRun]]) -> float | None:
    """Return where two columns of prose that were drawn row by row part, or None for a table and for a single line."""
    if sum(len(row) > 1 for row in rows) < 4:
        return None
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    fragments = [fragment for row in rows for fragment in row]
    words = sum(len(fragment.text.split()) or 1 for fragment in fragments) / len(fragments)
    letters = sum(len(fragment.text) for fragment in fragments) / len(fragments)
    if words < 3.5 and letters < 18:
        return None
    best, free = None, 0.0
    edges = sorted(
        {round(f.right) for f in fragments if left + 0.2 * (right - left) < f.right < right - 0.2 * (right - left)}
    )
    for edge in edges:
        crossing = sum(f.left < edge + 1 < f.right - 1 for f in fragments)
        beyond = min((f.left for f in fragments if f.left > edge), default=edge)
        if crossing <= 0.04 * len(fragments) and beyond - edge > free:
            best, free = (edge + beyond) / 2, beyond - edge
    if best is None or free < 6:
        return None
    if sum(LISTED.match(row[0].text) is not None for row in rows) > 0.7 * len(rows):
        return None  # a list, what stands beside each item belongs to it
    # Prose fills its column; the cells of a table do not.
    sides = [[f for f in fragments if f.right < best], [f for f in fragments if f.left > best]]
    for side in sides:
        if len(side) < 4:
            return None
        width = max(f.right for f in side) - min(f.left for f in side)
        if sum(f.right - f.left for f in side) < 0.6 * width * len(side):
            return None
    return best


def _column(rows: list[list[TextRun]], left: float, right: float) -> list[TextRun]:
    lines = []
    for row in rows:
        inside = [f for f in row if left <= (f.left + f.right) / 2 < right]
        if inside:
            lines.append(_joined(inside))
    return lines


def _row(row: list[TextRun]) -> TextRun:
    """Return fragments on one line as a line of text, or as cells where they stand far apart."""
    if len(row) == 1:
        return _joined(row)
    gaps = [b.left - a.right for a, b in itertools.pairwise(row)]
    size = max(f.size for f in row)
    if MARK.fullmatch(row[0].text) and len(row) == 2:
        return _joined(row)
    if max(gaps) < 2.2 * size:
        return _joined(row)
    line = _joined(row, "\t")
    line.row = True
    return line


def _in_order(lines: list[TextRun]) -> list[TextRun]:
    """Return the lines in reading order: as drawn, except stretches that stand above what was drawn before them."""
    runs: list[list[TextRun]] = []
    for line in lines:
        if runs and _goes_on(runs[-1][-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    ordered: list[list[TextRun]] = []
    for run in runs:
        _insert(ordered, run)
    for number, run in enumerate(ordered):
        for line in run:
            line.column = number
    return [line for run in ordered for line in run]


def _goes_on(above: TextRun, below: TextRun) -> bool:
    """Return whether a line stands under another, or goes on in its row."""
    if same_row(above, below):
        return below.left >= above.right - 1
    return below.top >= above.top and min(above.right, below.right) > max(above.left, below.left)


def _insert(ordered: list[list[TextRun]], run: list[TextRun]) -> None:
    """Put a run after all that was drawn before it, or before the first line of these that stands under it."""
    left, right = min(line.left for line in run), max(line.right for line in run)
    last = run[-1]
    for number, earlier in enumerate(ordered):
        for place, line in enumerate(earlier):
            # Under the whole run, and in its column.
            if line.top >= last.bottom - 0.3 * last.height and min(right, line.right) - max(
                left, line.left
            ) > 0.3 * min(right - left, line.right - line.left):
                tail = earlier[place:]
                del earlier[place:]
                ordered[number + 1 : number + 1] = [run, tail] if earlier else []
                if not earlier:
                    ordered[number : number + 1] = [run, tail]
                return
    ordered.append(run)
