"""Odd, broken, encrypted and hostile PDFs: each must end in text or in a failure that a person understands."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.pdfs.raw import Line, Pdf, document, paragraph

TEXT = (
    "The wells of the northern district were tested twice in the dry season, and the results are printed in the annex."
)


@dataclass(frozen=True, kw_only=True)
class Odd:
    """A file, and how its reading ends."""

    content: bytes
    text: str = ""
    """Words that are read; with none, reading fails."""
    reason: str = ""
    """Words of the failure."""
    note: str = ""
    """Words of a note beside the text."""
    may_be_killed: bool = False
    """Whether the limits may end it: the run goes on all the same."""


def good(pages: int = 3) -> bytes:
    """Return a small report."""
    return document(
        [paragraph(f"Page text {number}. {TEXT}", y=500) for number in range(1, pages + 1)], info={"Title": "Wells"}
    )


def canvas_text(encrypt: StandardEncryption | None = None) -> bytes:
    """Return one page written with reportlab."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=encrypt, invariant=True)
    canvas.drawString(72, 720, TEXT[:80])
    canvas.drawString(72, 700, TEXT[80:])
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan(*texts: str, turned: int = 0, stamp: str = "", strips: int = 1) -> bytes:
    """Return pages that are pictures of texts, turned by that many degrees, each with a stamp that is text."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    font = ImageFont.truetype(Path(reportlab.__file__).with_name("fonts") / "Vera.ttf", 36)
    for text in texts or ("The wells of the northern district\nwere tested twice in 2019.",):
        picture = Image.new("L", (1240, 1754), 255)
        draw = ImageDraw.Draw(picture)
        for number, line in enumerate(text.split("\n")):
            draw.text((120, 200 + 80 * number), line, fill=0, font=font)
        picture = picture.rotate(turned, expand=True)
        canvas.setPageSize((0.48 * picture.width, 0.48 * picture.height))
        height = -(-picture.height // strips)
        for top in range(0, picture.height, height):
            strip = picture.crop((0, top, picture.width, min(top + height, picture.height)))
            bottom = 0.48 * (picture.height - top - strip.height)
            canvas.drawImage(ImageReader(strip), 0, bottom, 0.48 * strip.width, 0.48 * strip.height)
        canvas.drawString(500, 20, stamp)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _with_pages(kids: bytes, count: int, more: dict[int, bytes] | None = None) -> bytes:
    pdf = Pdf()
    pdf.add(b"<</Type/Catalog/Pages 2 0 R>>", 1)
    pdf.add(b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids), 2)
    pdf.add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>", 3)
    pdf.stream(b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % TEXT.encode(), number=4)
    pdf.add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", 5)
    for number, content in (more or {}).items():
        pdf.add(content, number)
    return pdf.data()


def _content(stream: bytes, resources: bytes = b"", more: dict[int, bytes] | None = None) -> bytes:
    pdf = Pdf()
    pdf.add(b"<</Type/Catalog/Pages 2 0 R>>", 1)
    pdf.add(b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 2)
    pdf.add(
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>"
        % resources,
        3,
    )
    pdf.stream(stream, number=4)
    pdf.add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", 5)
    for number, content in (more or {}).items():
        pdf.add(content, number)
    return pdf.data()


def _bomb(megabytes: int) -> bytes:
    """Return a page whose content unpacks to that many megabytes of blanks."""
    blanks = b" " * (1 << 20)
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)  # refers to nothing before it: repeatable
    checksum = 1
    for _ in range(megabytes):
        checksum = zlib.adler32(blanks, checksum)
    packed = b"\x78\xda" + block * megabytes + b"\x03\0" + checksum.to_bytes(4, "big")
    pdf = Pdf()
    pdf.add(b"<</Type/Catalog/Pages 2 0 R>>", 1)
    pdf.add(b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 2)
    pdf.add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>", 3)
    pdf.stream(packed, b"/Filter/FlateDecode", number=4, compress=False)
    return pdf.data()


def _broken_page(content: bytes) -> bytes:
    """Return the file with the second page's object made unreadable, at the same length."""
    place = [at for at in range(len(content)) if content.startswith(b"/Type/Page/", at)][1]
    return content[:place] + b"/Type/Pxxx/" + content[place + 11 :]


def _form_loop() -> bytes:
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>"
    form += b"stream\n/X Do\nendstream"
    return _content(b"/X Do BT /F1 12 Tf 72 720 Td (%s) Tj ET" % TEXT.encode(), b"/XObject<</X 6 0 R>>", {6: form})


def _entities() -> bytes:
    bomb = b"<?xpacket?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
        b"<!ENTITY %c '&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;'>" % (c + 1, *[c] * 8) for c in range(97, 110)
    )
    packet = (
        bomb
        + b"]><x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:pdf='http://ns.adobe.com/pdf/1.3/'><pdf:Producer>&n;</pdf:Producer></x:xmpmeta>"
    )
    return _content(
        b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % TEXT.encode(),
        more={6: b"<</Type/Metadata/Length %d>>stream\n%s\nendstream" % (len(packet), packet)},
    )


ODD_FILES: dict[str, Callable[[], Odd]] = {
    "empty": lambda: Odd(content=b"", reason="the file is empty"),
    "blanks": lambda: Odd(content=b"\0" * 4096, reason="the file is empty"),
    "web page": lambda: Odd(content=b"<!DOCTYPE html><html><body>Not found</body></html>", reason="web page"),
    "something else": lambda: Odd(content=b"PK\3\4" + bytes(range(256)) * 8, reason="not a PDF"),
    "head only": lambda: Odd(content=b"%PDF-1.7\n", reason="damaged"),
    "cut in the first object": lambda: Odd(content=good()[:300], reason="damaged"),
    "cut before the end": lambda: Odd(
        content=good()[: len(good()) - 200], text="wells of the northern district", note="cut off"
    ),
    "garbage before": lambda: Odd(content=b"HTTP/1.1 200 OK\r\n\r\n" + good(), text="wells of the northern district"),
    "garbage after": lambda: Odd(content=good() + b"\0" * 3000 + b"<html>", text="wells of the northern district"),
    "wrong startxref": lambda: Odd(
        content=good().replace(b"startxref\n", b"startxref\n99"), text="wells of the northern district"
    ),
    "password": lambda: Odd(content=canvas_text(StandardEncryption("secret", "owner")), reason="password"),
    "empty password": lambda: Odd(
        content=canvas_text(StandardEncryption("", "owner", canPrint=0, canCopy=0)),
        text="wells of the northern district",
    ),
    "lying count": lambda: Odd(content=_with_pages(b"3 0 R", 1_000_000), text="wells of the northern district"),
    "negative count": lambda: Odd(content=_with_pages(b"3 0 R", -5), reason="damaged", text="wells"),
    "page tree loop": lambda: Odd(content=_with_pages(b"3 0 R 2 0 R", 9), text="wells of the northern district"),
    "page tree of itself": lambda: Odd(content=_with_pages(b"2 0 R", 1), text="wells", reason="damaged"),
    "page that is a reference to itself": lambda: Odd(
        content=_with_pages(b"3 0 R 6 0 R", 2, {6: b"6 0 R"}), text="wells of the northern district", note="page 2"
    ),
    "lying length": lambda: Odd(
        content=good().replace(b"/Length ", b"/Length 9", 2), text="wells of the northern district"
    ),
    "one page broken": lambda: Odd(content=_broken_page(good(5)), text="Page text 5", note=""),
    "content bomb": lambda: Odd(content=_bomb(900), reason="no text", may_be_killed=True),
    "form loop": lambda: Odd(content=_form_loop(), text="wells of the northern district"),
    "deep arrays": lambda: Odd(
        content=_content(b"[" * 200_000 + b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % TEXT.encode()),
        reason="no text",
        text="wells",
        may_be_killed=True,
    ),
    "xml bomb": lambda: Odd(content=_entities(), text="wells of the northern district"),
    "no letters said": lambda: Odd(content=document([paragraph(TEXT * 5)] * 2, mapped=False), reason="letters"),
    "blank pages": lambda: Odd(content=document([[], []]), reason="blank"),
    "scan": lambda: Odd(content=scan(), text="wells of the northern district", reason="needs OCR"),
    "many characters": lambda: Odd(
        content=document([[Line(0, 10 + n % 800, "wells of the northern district " * 40, 4) for n in range(400)]]),
        text="wells of the northern district",
    ),
    "tiny page": lambda: Odd(content=document([paragraph(TEXT)], size=(1, 1)), text="wells", reason="no text"),
    "huge page": lambda: Odd(
        content=document([paragraph(TEXT)], size=(2_000_000, 2_000_000)), text="wells of the northern district"
    ),
    "page that lies about its size": lambda: Odd(
        content=document([paragraph(TEXT)], size=(2**31, 842)), text="wells of the northern district"
    ),
}
"""By name; each is made when it is asked for, as some take a second."""
