"""A candidate for a field of a PDF: it stands in lines of a page, or in the file's properties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scrapers.choice import chooser
from scrapers.pdf.fields.front import FrontLine


@dataclass(slots=True, kw_only=True)
class Candidate(chooser.Candidate):
    """A value that a PDF may mean for a field, and the lines that it was read from."""

    lines: Sequence[FrontLine] = ()

    def place(self) -> str | None:
        """Return page and box (`p1 72,90,310,120`)."""
        if not self.lines:
            return None
        page = self.lines[0].page
        runs = [line.run for line in self.lines]
        left, right = min(run.left for run in runs), max(run.right for run in runs)
        if page.mirrored:
            left, right = page.width - right, page.width - left
        top, bottom = min(run.top for run in runs), max(run.bottom for run in runs)
        return f"p{page.number} {left:.0f},{top:.0f},{right:.0f},{bottom:.0f}"
