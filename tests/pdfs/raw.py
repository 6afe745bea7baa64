"""Writes PDFs object by object: text in any script without a font file, and what a library would refuse to write."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

A4 = (595, 842)


@dataclass
class Line:
    """A line of text at a place: points from the lower left corner, as PDF counts."""

    x: float
    y: float
    text: str
    size: float = 11
    matrix: tuple[float, float, float, float] = (1, 0, 0, 1)
    """How it is turned."""
    width: float = 0.5
    """Of each character, as part of the size."""
    bold: bool = False


@dataclass
class Pdf:
    """Objects by number; `data` gives the file."""

    objects: dict[int, bytes] = field(default_factory=dict)
    trailer: bytes = b""

    def add(self, content: bytes, number: int | None = None) -> int:
        number = number or max(self.objects, default=0) + 1
        self.objects[number] = content
        return number

    def stream(self, content: bytes, head: bytes = b"", number: int | None = None, compress: bool = True) -> int:
        if compress:
            content, head = zlib.compress(content, 6), head + b"/Filter/FlateDecode"
        return self.add(b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(content), content), number)

    def data(self, root: int = 1) -> bytes:
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = {}
        for number, content in self.objects.items():
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        start = len(out)
        size = max(self.objects) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for number in range(1, size):
            out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
        out += b"trailer<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, self.trailer, start)
        return bytes(out)


def document(
    pages: Iterable[Sequence[Line]],
    *,
    info: dict[str, str] | None = None,
    mapped: bool = True,
    rotate: int = 0,
    size: tuple[int, int] = A4,
    ink: Sequence[bytes] = (),
    crop: tuple[int, int, int, int] | None = None,
    meaning: dict[str, str] | None = None,
    values: Sequence[tuple[tuple[int, int, int, int], str]] = (),
) -> bytes:
    """Return a file of those pages; `mapped` False leaves out what says which letters its codes are.

    `ink` is drawn on each page besides (operators of a content stream). `crop` is
    the part of the sheet that is shown. `meaning` says what some characters stand for. `values` are what a person wrote
    into fields of the first page: box and text.
    """
    pdf = Pdf()
    pdf.add(b"", 1)
    pdf.add(b"", 2)
    font, bold = pdf.add(b"", 3), pdf.add(b"", 4)
    kids: list[int] = []
    codes: dict[str, int] = {}
    fields = [
        pdf.add(
            b"<</Type/Annot/Subtype/Widget/FT/Tx/T(field %d)/Rect[%d %d %d %d]/V<feff%s>>>"
            % (number, *box, text.encode("utf-16-be").hex().encode())
        )
        for number, (box, text) in enumerate(values)
    ]
    written = b"/Annots[%s]" % b" ".join(b"%d 0 R" % field for field in fields) if fields else b""
    for lines in pages:
        content = bytearray(b"\n".join(ink) + b"\n")
        for line in lines:
            hexed = b"".join(b"%04x" % codes.setdefault(c, len(codes) + 1) for c in line.text)
            a, b, c, d = line.matrix
            spacing = (line.width - 0.5) * line.size
            content += b"BT /F%d %g Tf %g Tc %g %g %g %g %g %g Tm <%s> Tj ET\n" % (
                2 if line.bold else 1, line.size, spacing, a, b, c, d, line.x, line.y, hexed,
            )  # fmt: skip
        stream = pdf.stream(bytes(content))
        kids.append(
            pdf.add(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents %d 0 R%s%s"
                b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>"
                % (*size, rotate, stream, b"/CropBox[%d %d %d %d]" % crop if crop else b"", b"" if kids else written)
            )
        )
    pdf.objects[1] = b"<</Type/Catalog/Pages 2 0 R>>"
    pdf.objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    mapping = b"/ToUnicode %d 0 R" % pdf.stream(_to_unicode(codes, meaning or {})) if mapped else b""
    for number, name in ((font, b"Made"), (bold, b"Made-Bold")):
        descriptor = pdf.add(
            b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[0 -200 1000 800]/ItalicAngle 0/Ascent 800"
            b"/Descent -200/CapHeight 700/StemV 80>>" % name
        )
        child = pdf.add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/DW 500/FontDescriptor %d 0 R"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>" % (name, descriptor)
        )
        pdf.objects[number] = (
            b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]%s>>"
            % (name, child, mapping)
        )
    if info:
        pairs = b"".join(
            b"/%s<feff%s>" % (key.encode(), value.encode("utf-16-be").hex().encode()) for key, value in info.items()
        )
        pdf.trailer = b"/Info %d 0 R" % pdf.add(b"<<%s>>" % pairs)
    return pdf.data()


def _to_unicode(codes: dict[str, int], meaning: dict[str, str]) -> bytes:
    rows = [b"<%04x><%s>" % (code, meaning.get(c, c).encode("utf-16-be").hex().encode()) for c, code in codes.items()]
    blocks = b"".join(
        b"%d beginbfchar\n%s\nendbfchar\n" % (len(rows[i : i + 100]), b"\n".join(rows[i : i + 100]))
        for i in range(0, len(rows), 100)
    )
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 2 def\n"
        b"1 begincodespacerange <0000><ffff> endcodespacerange\n" + blocks + b"endcmap end end"
    )


def paragraph(
    text: str, *, x: float = 72, y: float = 720, size: float = 11, across: int = 80, step: float = 14
) -> list[Line]:
    """Return a text wrapped into lines of at most that many characters."""
    lines: list[Line] = []
    current = ""
    for word in text.split():
        if current and len(current) + 1 + len(word) > across:
            lines.append(Line(x, y - step * len(lines), current, size))
            current = word
        else:
            current = f"{current} {word}".strip()
    return [*lines, Line(x, y - step * len(lines), current, size)]
