"""Draws the PDFs of the sample resource centre (`pipeline/demo/files`), the same bytes each time: run it by hand.

python -m tests.pipeline.commands.demo.make_files
"""

from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import Any

from pipeline.commands.demo import __file__ as demo
from pipeline.commands.demo.documents import frames

DEMO = Path(demo).parent


def main() -> None:
    makers = {"text": text_pdf, "scan": scan_pdf, "encrypted": encrypted_pdf, "html": error_page}
    for entry in tomllib.loads((DEMO / "content" / "files.toml").read_text("utf-8"))["file"]:
        (DEMO / "files" / entry["name"]).write_bytes(makers[entry.get("made", "text")](entry))


def text_pdf(entry: dict[str, Any], **options: Any) -> bytes:
    """Return a PDF of text: what the cover bears at the top of the first page, then the text."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    body = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=15, spaceAfter=9)
    heading = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=22, leading=27)
    byline = ParagraphStyle("authors", fontName="Helvetica", fontSize=13, leading=17)
    story: list[Any] = []
    cover = entry.get("cover", [])
    if "title" in cover:
        story += [Paragraph(_xml(entry["title"]), heading), Spacer(1, 14)]
    if "authors" in cover:
        story += [Paragraph(_xml(", ".join(name for name, _ in entry["authors"])), byline), Spacer(1, 8)]
    if "date" in cover:
        story += [Paragraph(printed(entry["date"], entry["language"]), body), Spacer(1, 22)]
    for number, page in enumerate(entry["pages"]):
        if number:
            story.append(PageBreak())
        story += [Paragraph(_xml(paragraph.replace("\n", " ")), body) for paragraph in page.strip().split("\n\n")]
    out = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 72)
    SimpleDocTemplate(out, pagesize=A4, invariant=1, **margins, **options).build(story)
    return out.getvalue()


def scan_pdf(entry: dict[str, Any]) -> bytes:
    """Return a PDF whose page is a picture of text, slightly askew."""
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    picture = Image.new("L", (620, 877), 244)
    ImageDraw.Draw(picture).multiline_text(
        (70, 90), entry["pages"][0].strip(), fill=40, font=ImageFont.load_default(15), spacing=9
    )
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.drawImage(ImageReader(picture.rotate(0.6, fillcolor=244)), 0, 0, 595, 842)
    canvas.save()
    return out.getvalue()


def encrypted_pdf(entry: dict[str, Any]) -> bytes:
    """Return a PDF that opens with a password only."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    return text_pdf(entry, encrypt=StandardEncryption("a password", strength=128))


def error_page(entry: dict[str, Any]) -> bytes:
    """Return what some servers send with status 200 in place of a file."""
    text = entry["pages"][0]
    return f"<!DOCTYPE html><html><head><title>Error</title></head><body><p>{text}</p></body></html>\n".encode()


def printed(date: str, language: str) -> str:
    """Return a date as a cover prints it: `April 2019`."""
    year, *rest = date.split("-")
    month = frames()[language]["full_months"][int(rest[0]) - 1] if rest else ""
    day = str(int(rest[1])) if len(rest) > 1 else ""
    between = " de " if language == "es" and month else " "
    return between.join(filter(None, [day, month, year]))


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


if __name__ == "__main__":
    main()
