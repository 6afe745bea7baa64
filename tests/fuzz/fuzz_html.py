"""Read mutated pages in a limited child process: each must end in values, in a named failure, or within the limits.

    python -m tests.fuzz.fuzz_html [--minutes 5] [--seed 0] [--keep FOLDER]

The pages of the sample and of the corpus are mutated; run N of a seed is always the same page. An error that is none of
the program's own, or a reading that does not end, is a finding: it is printed with its number, and the exit code is 1.
"""

from __future__ import annotations

import random
from pathlib import Path

from scrapers.base import Rules
from tests.fuzz.harness import run
from tests.page import page_of

CORPUS = Path(__file__).parent.parent / "corpus"
PIECES = (
    "<", ">", "</", "<!--", "-->", "<![CDATA[", "<!doctype html>", "<script>", "</script>", "<template>",
    "<base href=//x>", "<table><tr><td>", "<svg><title>", "<p", "</p></div>", "<h1>",
    '<meta name=author content="', '<time datetime="',
    '<script type="application/ld+json">{"@graph":[', '{"@id":"#a","author":{"@id":"#a"}}', "&#x110000;", "&#0;",
    "&nbsp;",
    "\u202e", "\x00", "\ufeff", "Author: ", "Published on: ", "31 February 2019", "2019-13-45", "0000-00-00",
    "<a href=\"http://[::1\">", "<a href='javascript:x'>", "<link rel=canonical href=//y>", "a" * 5000, "<div>" * 300,
    "<b " + "x=y " * 400 + ">", "，、。", "مايو ٢٠١٩", "\ud7ff\U0010ffff",
)  # fmt: skip


def seeds() -> list[bytes]:
    """Return the pages that are mutated."""
    from pipeline.commands.demo.documents import documents
    from pipeline.commands.demo.site import Site

    site = Site()
    drawn = [site.answer(document.host, document.path).content for document in documents()]
    saved = [path.read_bytes() for path in sorted(CORPUS.glob("*/*/*.html"))]
    return [page for page in drawn + saved if 200 < len(page) < 200_000]


def mutated(pages: list[bytes], chance: random.Random) -> bytes:
    """Return one of the pages with a few things changed."""
    content = bytearray(chance.choice(pages))
    for _ in range(chance.choice((1, 2, 3, 5, 8, 20))):
        at = chance.randrange(len(content) + 1)
        match chance.randrange(6):
            case 0:
                content[at:at] = bytes([chance.randrange(256)])
            case 1:
                del content[at : at + chance.choice((1, 2, 16, 256, 4096))]
            case 2:
                content[at:at] = chance.choice(PIECES).encode("utf-8", "surrogatepass")
            case 3:
                piece = content[at : at + chance.choice((8, 64, 1024))]
                content[at:at] = piece * chance.choice((1, 2, 50))
            case 4:
                other = chance.choice(pages)
                start = chance.randrange(len(other))
                content[at:at] = other[start : start + chance.choice((16, 512, 4096))]
            case _:
                content = bytearray(
                    bytes(content).decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")
                )
    return bytes(content)


ENCODINGS = ("utf-16", "utf-16-le", "windows-1252", "shift_jis", "gb18030", "utf-7", "koi8-r", "utf-8")


def read(content: bytes) -> None:
    """Read one page by the generic reader and by the first site's own."""
    from scrapers.sites import scraper_for

    page = page_of("https://fuzz.test/en/report", content)
    scraper_for(Rules()).extract(page)
    scraper_for(Rules(scraper="business_humanrights")).extract(page)


if __name__ == "__main__":
    run(__doc__, seeds(), mutated, read, ".html")
