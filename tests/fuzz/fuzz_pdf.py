"""Read mutated PDFs in a limited child process: each must end in text, in a named failure, or within the limits.

    python -m tests.fuzz.fuzz_pdf [--minutes 5] [--seed 0] [--keep FOLDER]

The made files of `tests/pdfs` are mutated; run N of a seed is always the same file. An error that is none of the
program's own, or a reading that does not end, is a finding: it is printed with its number, and the exit code is 1. A
child that the limits end (or that pdfium brings down) is counted and replaced, as the pipeline does.
"""

from __future__ import annotations

import random
import re

from scrapers.base import Rules
from tests.fuzz.harness import run
from tests.pdfs.child import page_of
from tests.pdfs.odd import ODD_FILES
from tests.pdfs.reports import reports
from tests.pdfs.tables import made

NUMBER = re.compile(rb"(?<=[ /\[])\d{1,7}(?=[ /\]>\r\n])")
WORDS = (
    b"/Kids", b"/Count", b"/Length", b"/Filter", b"/FlateDecode", b"/ASCII85Decode", b"/LZWDecode", b"/Parent", b"null",
    b"/Contents", b"/ToUnicode", b"endobj", b"endstream", b"stream", b"obj", b"xref", b"trailer", b"startxref", b"true",
    b"<<", b">>", b"[", b"]", b"(", b")",
)  # fmt: skip
NUMBERS = (b"0", b"-1", b"1", b"4294967295", b"2147483648", b"999999999999", b"1e400", b"-2147483649", b"65536")


def seeds() -> list[bytes]:
    """Return the files that are mutated."""
    files = [content for make in ODD_FILES.values() if 100 < len(content := make().content) < 200_000]
    files += [report.content for report in reports().values()]
    return files + [made(kind, n)[0] for kind in ("ruled", "borderless") for n in range(3)]


def mutated(files: list[bytes], chance: random.Random) -> bytes:
    """Return one of the files with a few things changed."""
    content = bytearray(chance.choice(files))
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 20))):
        if not content:
            break
        at = chance.randrange(len(content))
        match chance.randrange(8):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                content[at] ^= 1 << chance.randrange(8)
            case 2:
                del content[at : at + chance.choice((1, 2, 16, 256, 4096))]
            case 3:
                piece = content[at : at + chance.choice((4, 64, 1024))]
                where = chance.randrange(len(content) + 1)
                content[where:where] = piece
            case 4:
                numbers = list(NUMBER.finditer(content))
                if numbers:
                    number = chance.choice(numbers)
                    content[number.start() : number.end()] = chance.choice(NUMBERS)
            case 5:
                word = chance.choice(WORDS)
                places = [found.start() for found in re.finditer(re.escape(word), content)]
                if places:
                    place = chance.choice(places)
                    content[place : place + len(word)] = chance.choice(WORDS)
            case 6:
                other = chance.choice(files)
                start = chance.randrange(len(other))
                content[at:at] = other[start : start + chance.choice((16, 512, 4096))]
            case _:
                del content[at:]
    return bytes(content)


def read(content: bytes) -> None:
    """Read one file."""
    from scrapers.pdf.reader import read as read_pdf

    read_pdf(page_of(content), Rules(ocr="off"))


if __name__ == "__main__":
    run(__doc__, seeds(), mutated, read, ".pdf")
