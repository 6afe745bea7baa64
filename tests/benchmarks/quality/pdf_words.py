"""Count the words of PDFs' bodies against the text that pdfium and pdfplumber give, and say why a file differs.

    python -m tests.benchmarks.quality.pdf_words FOLDER [--pages 12] [--above 0.03] [--only STEM ...]

FOLDER holds PDFs, at any depth. Of each the first pages are read, without OCR. A word is missing where an engine gives
it more often than the body has it, and added where the body has it more often; accents, capitals and marks aside. A
file is listed where both are more than the share `--above` of the engine's words, with what accounts for them:

- `heads`: running heads and page numbers, which a body leaves out;
- `broken`: words that a hyphen parts at the end of a line, which a body mends;
- `parted`: the same letters in a row, parted into words otherwise;
- `turned`: words of right-to-left scripts, whose letters an engine gives in the order of drawing;
- `numbers`: of lines and notes, which stand before a line or above a word;
- `unmapped`: characters for which the file names no letter;
- `twice`: letters that the file draws twice at one place, for a shadow;
- `other`: what nothing of this explains, with the words seen most.
"""

from __future__ import annotations

import argparse
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from models.errors import UnreadablePdf
from scrapers.base import Rules
from scrapers.pdf.engine.document import opened
from scrapers.pdf.layout.running_heads import sheets_of
from scrapers.pdf.pages import Pages
from scrapers.pdf.reader import read
from tests.pdfs.child import page_of

RULES = Rules(tables=False, ocr="off")
WORD = re.compile(r"\w+")
BROKEN = re.compile(r"(?<=\w)[-\u00ad\u2010\x02\ufffe]\s*\n\s*(?=\w)")
NUMBER = re.compile(r"\d{1,4}")
UNMAPPED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
MOST_PARTS = 12
"""Parts of a word that are tried."""

Words = Counter[str]


@dataclass
class Difference:
    """The words by which a body and an engine's text differ, and what accounts for some of them."""

    total: int
    missing: Words
    added: Words
    reasons: dict[str, int] = field(default_factory=dict)
    """How many words each reason accounts for, missing and added together."""

    def take(self, reason: str, missing: Words, added: Words | None = None) -> None:
        """Count words as explained."""
        gone, come = self.missing & missing, self.added & (added or Counter())
        self.missing -= gone
        self.added -= come
        if count := gone.total() + come.total():
            self.reasons[reason] = self.reasons.get(reason, 0) + count

    def share(self) -> float:
        """Return the share of the engine's words that differ, explained or not."""
        return (self.missing.total() + self.added.total() + sum(self.reasons.values())) / max(1, self.total)

    def said(self) -> str:
        """Return the reasons as shares of the engine's words."""
        left = self.missing.total() + self.added.total()
        shares = [*sorted(self.reasons.items(), key=lambda item: -item[1]), ("other", left)]
        told = ", ".join(f"{reason} {count / max(1, self.total):.1%}" for reason, count in shares if count)
        if left <= 0.01 * self.total:
            return told
        seen = [f"-{word}" for word, _ in self.missing.most_common(5)]
        return f"{told} ({' '.join([*seen, *(f'+{word}' for word, _ in self.added.most_common(5))])})"


def words_of(text: str) -> Words:
    """Return the words of a text, folded."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("\u00ad", ""))
    return Counter(WORD.findall("".join(c for c in plain if not unicodedata.combining(c) and c not in "\u200b\u0640")))


def difference(body: str, text: str, heads: str, shadowless: str | None = None) -> Difference:
    """Return how a body differs from an engine's text.

    Args:
        body: what the reader gives.
        text: what the engine gives.
        heads: the running heads that the reader took out.
        shadowless: the engine's text without letters drawn twice, where it can tell.
    """
    ours, theirs = words_of(body), words_of(UNMAPPED.sub(" ", text))
    found = Difference(total=theirs.total(), missing=theirs - ours, added=ours - theirs)
    found.take("heads", words_of(heads))
    if shadowless is not None:
        single = words_of(UNMAPPED.sub(" ", shadowless))
        found.take("twice", theirs - single, single - theirs)
    mended = words_of(BROKEN.sub("", UNMAPPED.sub(" ", text)))
    found.take("broken", theirs - mended, mended - theirs)
    for whole, parts in ((found.added, found.missing), (found.missing, found.added)):
        for word in [word for word in whole if len(word) > 1]:
            made = _parts(word, parts)
            if made and whole is found.added:
                found.take("parted", made, Counter({word: 1}))
            elif made:
                found.take("parted", Counter({word: 1}), made)
    found.take("numbers", Counter({word: n for word, n in found.missing.items() if NUMBER.fullmatch(word)}))
    turned = Counter({word: count for word, count in found.missing.items() if word[::-1] in found.added})
    found.take("turned", turned, Counter({word[::-1]: count for word, count in turned.items()}))
    if UNMAPPED.search(text):
        found.take("unmapped", Counter({word: n for word, n in found.missing.items() if len(word) < 3}))
    return found


def _parts(word: str, parts: Words) -> Words | None:
    """Return words that make up a longer one in their order, or None."""
    made: list[str] = []
    while word and len(made) < MOST_PARTS:
        part = next((word[:end] for end in range(len(word), 0, -1) if word[:end] in parts), None)
        if part is None:
            return None
        made.append(part)
        word = word[len(part) :]
    return Counter(made) if len(made) > 1 and not word else None


def compared(path: Path, pages: int, above: float) -> Iterator[tuple[str, Difference]]:
    """Yield how a file's body differs from the text of each engine; raise UnreadablePdf where it has none.

    Letters drawn twice are looked for where more than a share (`above`) of the words differs: that takes long.
    """
    import pdfplumber

    content = path.read_bytes()
    extracted = read(page_of(content), RULES, range(pages))
    body = extracted.body.value if extracted.body else ""
    with opened(content, path.name) as document:
        numbers = range(min(pages, len(document)))
        sheets = sheets_of(Pages(document, content, numbers, RULES, None))
        heads = "\n".join(line.text for sheet in sheets for line in sheet.running)
        text = "\n".join(document[number].get_textpage().get_text_range() for number in numbers)
    yield "pdfium", difference(body, text.replace("\r\n", "\n"), heads)
    with pdfplumber.open(io.BytesIO(content)) as file:
        leaves = file.pages[:pages]
        text = "\n".join(leaf.extract_text() for leaf in leaves)
        found = difference(body, text, heads)
        if found.share() > above:
            shadowless = "\n".join(leaf.dedupe_chars().extract_text() for leaf in leaves)
            found = difference(body, text, heads, shadowless)
    yield "pdfplumber", found


def main() -> None:
    """Print the files that differ, with the reasons, and how many do."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--pages", type=int, default=12)
    options.add_argument("--above", type=float, default=0.03)
    options.add_argument("--only", nargs="*", help="files to look at, by their names without .pdf")
    args = options.parse_args()
    files = 0
    differing: Counter[str] = Counter()
    for path in sorted(args.folder.rglob("*.pdf")):
        if args.only and path.stem not in args.only:
            continue
        try:
            for engine, found in compared(path, args.pages, args.above):
                if found.share() > args.above:
                    differing[engine] += 1
                    left = found.missing.total() + found.added.total()
                    differing[f"{engine}, unexplained"] += left > args.above * found.total
                    print(f"{path.stem}  {engine}: {found.said()}", flush=True)
            files += 1
        except UnreadablePdf as error:
            print(f"{path.stem}  {error.reason}", flush=True)
    print(f"{files} files with text; {dict(differing)}")


if __name__ == "__main__":
    main()
