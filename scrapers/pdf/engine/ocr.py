# ruff: noqa: E501 - a table
"""Reads pictures of text with Tesseract where that is installed: one page at a time, within limits of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from functools import lru_cache
from typing import Any

from scrapers.pdf.engine.page import PdfPage, TextRun
from scrapers.values.language import language_of

MAX_PAGES = 20
"""Pages of one document that are read by OCR."""

PAGE_SECONDS, DOCUMENT_SECONDS = 20.0, 40.0
"""How long one page, and all pages of a document, may take: less than the reading of a document may."""

LATE = f"more than {PAGE_SECONDS:.0f} seconds"
"""In words, how long OCR takes where it is not waited for."""

DPI, PIXELS, MAX_PIXELS = 200, 3_900_000, 9_000_000
"""The resolution, and the least (that of A4) and the greatest number of pixels."""
SURE = 30
"""Words of which Tesseract is less sure (of 100) are left out: specks, and parts of photographs."""

TEXT = 60
"""How sure it must be of the middle one of a page's words: else what it reads is no text."""

UPRIGHT = 85
"""How sure it is of the middle one of a page's words where the page is not upside down or on its side."""

ASCENDING, DESCENDING = frozenset("bdfhijklt\"'()[]{}!?/|&%$#@"), frozenset("gjpqy,;()[]{}|Q")
OTHER_SCRIPTS = frozenset(
    [
        "am",
        "ar",
        "bg",
        "bn",
        "el",
        "fa",
        "he",
        "hi",
        "hy",
        "ja",
        "ka",
        "km",
        "ko",
        "lo",
        "my",
        "ru",
        "si",
        "sr",
        "ta",
        "te",
        "th",
        "uk",
        "ur",
        "zh",
    ]
)
"""Languages that no model for another can stand in for."""

Rows = list[list[list[str]]]

NAMES = {
    "ar": "ara", "bg": "bul", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "et": "est",
    "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "id": "ind", "it": "ita", "ja": "jpn",
    "ko": "kor", "lt": "lit", "lv": "lav", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk",
    "sl": "slv", "sr": "srp", "sv": "swe", "th": "tha", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "chi_sim",
    "zh-Hans": "chi_sim", "zh-Hant": "chi_tra",
}  # fmt: skip
"""Tesseract's name of each language (ISO 639-2)."""


def installed() -> frozenset[str]:
    """Return the languages that Tesseract reads here; none where it is not installed."""
    return models() - {"osd"}


@lru_cache(maxsize=1)
def models() -> frozenset[str]:
    """Return all that Tesseract has here: a model for each language, and `osd`, which tells which way up a page is.

    It has none where it is not installed, or does not answer.
    """
    program = shutil.which("tesseract")
    if not program:
        return frozenset()
    try:
        answer = subprocess.run([program, "--list-langs"], capture_output=True, timeout=PAGE_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(answer.stdout.decode("utf-8", "replace").split("\n")[1:]) - {""}


class Tesseract:
    """Reads the pictured pages of one document, until its limits are reached."""

    def __init__(self, language: str | None) -> None:
        self.language = language
        self.pages = 0
        self.seconds = 0.0
        self.late = False
        """Whether Tesseract took too long for the page that was read last."""
        self.quarters = 0
        """How the pages are turned, in quarters: whole documents are fed to a scanner on their side."""

    @property
    def spent(self) -> bool:
        """Return whether the document's limits are reached, so that no more of its pages are read."""
        return self.pages >= MAX_PAGES or self.seconds >= DOCUMENT_SECONDS

    def wanting(self) -> str | None:
        """Return why no page can be read by OCR, or None where it can."""
        if not installed():
            return "Tesseract does not answer" if shutil.which("tesseract") else "Tesseract is not installed"
        if self.spent:
            return f"at most {MAX_PAGES} pages and {DOCUMENT_SECONDS:.0f} seconds a document are given to OCR"
        if self.language and self.language.split("-")[0] in OTHER_SCRIPTS and not self._model(self.language):
            return f"Tesseract has no model for {self.language} here"
        return None

    def substituted(self) -> str | None:
        """Return what a person should know of the models: that the language's own is missing; else None."""
        if self.language and not self._model(self.language):
            return f"OCR had no model for {self.language} here: accents may be wrong"
        return None

    def read(self, document: Any, index: int) -> PdfPage | None:
        """Return the page as fragments, or None where Tesseract finds no text, fails, or takes too long (`late`)."""
        began = time.monotonic()
        self.pages += 1
        try:
            self.late = False
            return self._read(document, index)
        except subprocess.TimeoutExpired:
            self.late = True
            return None
        finally:
            self.seconds += time.monotonic() - began

    def _read(self, document: Any, index: int) -> PdfPage | None:
        picture, scale = _picture(document, index)
        quarters = self.quarters
        rows = _recognised(_turned(picture, quarters), self._models())
        if _sureness(rows) < UPRIGHT:
            for turn in _ways_up(picture, quarters):
                others = _recognised(_turned(picture, turn), self._models())
                if _sureness(others) > _sureness(rows):
                    rows, quarters = others, turn
        if _sureness(rows) >= UPRIGHT:
            self.quarters = quarters
            if self.language is None:
                # The first page that is surely read says which language the file is in.
                self.language = language_of(" ".join(word[11] for row in rows for word in row)) or None
                if self.language and self.language[:2] != "en" and self._model(self.language):
                    rows = _recognised(_turned(picture, quarters), self._models())
        if _sureness(rows) < TEXT:
            return None
        height, width = _turned(picture, quarters).shape
        leaf = PdfPage(number=index + 1, width=width * scale, height=height * scale, fragments=_fragments(rows, scale))
        leaf.characters = sum(len(fragment.text) for fragment in leaf.fragments)
        return leaf if leaf.characters else None

    def _model(self, language: str) -> str | None:
        name = NAMES.get(language) or NAMES.get(language.split("-")[0])
        return name if name in installed() else None

    def _models(self) -> str:
        """Return the models to read with: the document's language, and English, whose words stand in all."""
        own = self._model(self.language) if self.language else None
        names = [name for name in (own, "eng") if name in installed()] or sorted(installed())[:1]
        return "+".join(dict.fromkeys(filter(None, names)))


def _picture(document: Any, index: int) -> tuple[Any, float]:
    """Return the page as an array of grey pixels, and points per pixel."""
    page = document[index]
    try:
        width, height = page.get_size()
        area = max(1.0, width * height)
        # Small pages are mostly larger ones that a scanner mislabelled.
        scale = min(max(DPI / 72, (PIXELS / area) ** 0.5), (MAX_PIXELS / area) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            pixels = bitmap.to_numpy()
            return pixels.reshape(pixels.shape[:2]).copy(), 1 / scale
        finally:
            bitmap.close()
    finally:
        page.close()


def _turned(picture: Any, quarters: int) -> Any:
    """Return the picture turned anticlockwise by that many quarters."""
    import numpy as np

    return np.rot90(picture, quarters)


def _ways_up(picture: Any, tried: int) -> list[int]:
    """Return by how many quarters the picture is to be turned, where Tesseract can tell; a blank one is not asked."""
    if "osd" not in models() or picture.min() > 128:
        return []
    answer = _answer(_turned(picture, tried), "--psm", "0", "-l", "osd")
    found = re.search(r"Orientation in degrees: (90|180|270)\b", answer)
    return [(tried + int(found[1]) // 90) % 4] if found else []


def _answer(picture: Any, *options: str) -> str:
    """Return what Tesseract says of a picture, nothing where it fails; raises TimeoutExpired where it takes too long."""
    rows, columns = picture.shape
    netpbm = b"P5 %d %d 255\n" % (columns, rows) + picture.tobytes()
    command = [shutil.which("tesseract") or "tesseract", "stdin", "stdout", "--dpi", str(DPI), *options]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        answer = subprocess.run(
            command, input=netpbm, capture_output=True, timeout=PAGE_SECONDS, check=True, env=environment
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return str(answer.stdout, "utf-8", "replace")


def _recognised(picture: Any, languages: str) -> Rows:
    """Return Tesseract's words (the columns of its TSV), line by line."""
    lines: dict[tuple[str, ...], list[list[str]]] = {}
    for row in _answer(picture, "-l", languages, "tsv").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip() and float(cells[10]) >= SURE:
            lines.setdefault(tuple(cells[1:5]), []).append(cells)
    return list(lines.values())


def _sureness(rows: Rows) -> float:
    """Return how sure Tesseract is of the middle one of a page's words, of 100."""
    certain = sorted(float(word[10]) for row in rows for word in row)
    return certain[len(certain) // 2] if certain else 0.0


def _fragments(rows: Rows, scale: float) -> list[TextRun]:
    """Return the lines as fragments; sizes that differ by no more than measuring does are one."""
    fragments = []
    for row in rows:
        boxes = [[int(cell) * scale for cell in word[6:10]] for word in row]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
        sizes = sorted(box[3] / _height(word[11]) for word, box in zip(row, boxes, strict=True))
        text = " ".join(word[11].strip() for word in row)
        fragments.append(TextRun(text, left, top, right, bottom, sizes[len(sizes) // 2], plain=text))
    known: list[float] = []
    for fragment in sorted(fragments, key=lambda fragment: -len(fragment.text)):
        size = next((size for size in known if abs(size - fragment.size) < 0.15 * size), None)
        if size is None:
            size = float(round(fragment.size))
            known.append(size)
        fragment.size = size
    return fragments


def _height(word: str) -> float:
    """Return how high a word is drawn, as part of its font's size: `more` is lower than `Lords`, `pay` hangs down."""
    tall = any(c.isupper() or c.isdigit() or c in ASCENDING or not c.isascii() for c in word)
    return (0.72 if tall else 0.52) + (0.2 if any(c in DESCENDING for c in word) else 0.0)
