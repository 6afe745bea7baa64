"""Draws the PDFs of the sample resource centre (`pipeline/demo/files`), the same bytes each time: run it by hand.

    python -m tests.make_demo_files
"""

from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

from pipeline.demo import __file__ as demo

DEMO = Path(demo).parent
MONTHS = "January February March April May June July August September October November December".split()


def main() -> None:
    for entry in tomllib.loads((DEMO / "content" / "files.toml").read_text("utf-8"))["file"]:
        (DEMO / "files" / entry["name"]).write_bytes(text_pdf(entry))


def text_pdf(entry: dict[str, Any]) -> bytes:
    """Return a PDF of text: what the cover bears at the top of the first page, then the text."""
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=15, spaceAfter=9)
    story: list[Any] = []
    cover = entry["cover"]
    if "title" in cover:
        story.append(Paragraph(_xml(entry["title"]), ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=22, leading=27)))
        story.append(Spacer(1, 14))
    if "authors" in cover:
        names = ", ".join(name for name, _ in entry["authors"])
        story += [Paragraph(_xml(names), ParagraphStyle("authors", fontName="Helvetica", fontSize=13, leading=17)), Spacer(1, 8)]
    if "date" in cover:
        story += [Paragraph(printed(entry["date"]), body), Spacer(1, 22)]
    for number, page in enumerate(entry["pages"]):
        if number:
            story.append(PageBreak())
        story += [Paragraph(_xml(paragraph.replace("\n", " ")), body) for paragraph in page.strip().split("\n\n")]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, leftMargin=72, rightMargin=72, topMargin=72, bottomMargin=72, invariant=1).build(story)
    return out.getvalue()


def printed(date: str) -> str:
    """Return a date as a cover prints it: `April 2019`."""
    year, *rest = date.split("-")
    words = [MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*([str(int(rest[1]))] if len(rest) > 1 else []), *words, year])


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


if __name__ == "__main__":
    main()
