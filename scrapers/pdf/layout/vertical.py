"""Text that runs from top to bottom, its columns from right to left, as Japanese and Chinese are set in books."""

from __future__ import annotations

from scrapers.pdf.engine.page import PdfPage, TextRun

LONG = 4
"""The shape of a run of this many characters tells how it is set."""


def turn_vertical(leaf: PdfPage) -> None:
    """Turn a page whose text is set from top to bottom, so that its columns are lines and follow each other down."""
    long = [fragment for fragment in leaf.fragments if fragment.angle == 0 and len(fragment.text) >= LONG]
    upright = [fragment for fragment in long if _is_vertical(fragment)]
    if not upright or 2 * sum(len(f.text) for f in upright) < sum(len(f.text) for f in long):
        return
    width = leaf.width
    for run in leaf.fragments:
        run.left, run.top, run.right, run.bottom = run.top, width - run.right, run.bottom, width - run.left
    leaf.words = [(text, top, width - right, bottom, width - left) for text, left, top, right, bottom in leaf.words]
    leaf.edges = [(top, width - right, bottom, width - left) for left, top, right, bottom in leaf.edges]
    leaf.width, leaf.height = leaf.height, leaf.width
    leaf.fragments.sort(key=lambda run: (round(run.top), run.left))


def _is_vertical(run: TextRun) -> bool:
    dense = sum("\u3000" < c < "\uff00" for c in run.text)
    return 2 * dense > len(run.text) and run.bottom - run.top > 2.5 * (run.right - run.left)
