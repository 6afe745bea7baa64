# ruff: noqa: E501 - a table
"""Reads pictures of text with Tesseract where that is installed: one page at a time, within limits of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from functools import lru_cache
from typing import Any

from scrapers.pdf.leaf import Fragment, Leaf
from scrapers.values.language import language_of

MAX_PAGES = 20
"""Pages of one document that are read so."""

PAGE_SECONDS, DOCUMENT_SECONDS = 20.0, 40.0
"""How long one page, and all pages of a document, may take: less than the reading of a document may."""

DPI, MAX_PIXELS = 200, 9_000_000
SURE = 30
"""Words of which Tesseract is less sure (of 100) are left out: specks, and parts of photographs."""

TEXT = 60
"""How sure it must be of the middle one of a page's words: else what it reads is no text."""

NAMES = {
    "ar": "ara", "bg": "bul", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "et": "est",
    "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "id": "ind", "it": "ita", "ja": "jpn",
    "ko": "kor", "lt": "lit", "lv": "lav", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk",
    "sl": "slv", "sr": "srp", "sv": "swe", "th": "tha", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "chi_sim",
    "zh-Hans": "chi_sim", "zh-Hant": "chi_tra",
}  # fmt: skip
"""Tesseract's name of each language (ISO 639-2)."""


@lru_cache(maxsize=1)
def installed() -> frozenset[str]:
    """Return the languages that Tesseract reads here; none where it is not installed."""
    program = shutil.which("tesseract")
    if not program:
        return frozenset()
    try:
        answer = subprocess.run([program, "--list-langs"], capture_output=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(answer.stdout.decode("utf-8", "replace").split("\n")[1:]) - {"", "osd"}


class Reader:
    """Reads the pictured pages of one document, until its limits are reached."""

    def __init__(self, language: str | None) -> None:
        self.language = language
        self.pages = 0
        self.seconds = 0.0

    @property
    def spent(self) -> bool:
        """Return whether the document may have no more of its pages read."""
        return self.pages >= MAX_PAGES or self.seconds >= DOCUMENT_SECONDS

    def wanting(self) -> str | None:
        """Return why no page can be read so, or None where it can."""
        languages = installed()
        if not languages:
            return "Tesseract is not installed"
        if self.spent:
            return f"at most {MAX_PAGES} pages and {DOCUMENT_SECONDS:.0f} seconds a document are given to OCR"
        if self.language and not self._model(self.language):
            return f"Tesseract has no model for {self.language} here"
        return None

    def read(self, document: Any, index: int) -> Leaf | None:
        """Return the page as fragments, or None where Tesseract finds no text, or fails."""
        began = time.monotonic()
        self.pages += 1
        picture, scale, size = _picture(document, index)
        rows = _recognised(picture, self._models())
        if self.language is None and rows:
            # The first page says which language the file is in.
            self.language = language_of(" ".join(word[11] for row in rows for word in row)) or None
            if self.language and self.language[:2] != "en" and self._model(self.language):
                rows = _recognised(picture, self._models())
        self.seconds += time.monotonic() - began
        leaf = Leaf(number=index + 1, width=size[0], height=size[1], fragments=[])
        certain = sorted(float(word[10]) for row in rows for word in row)
        if not certain or certain[len(certain) // 2] < TEXT:
            return None
        leaf.fragments = [fragment for row in rows if (fragment := _fragment(row, scale))]
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


def _picture(document: Any, index: int) -> tuple[bytes, float, tuple[float, float]]:
    """Return the page as a PGM picture (Netpbm), points per pixel, and its size in points."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            pixels = bitmap.to_numpy()
            rows, columns = pixels.shape[:2]
            picture = b"P5 %d %d 255\n" % (columns, rows) + pixels.reshape(rows, columns).tobytes()
        finally:
            bitmap.close()
    finally:
        page.close()
    return picture, 1 / scale, (width, height)


def _recognised(picture: bytes, languages: str) -> list[list[list[str]]]:
    """Return Tesseract's words (the columns of its TSV), line by line."""
    command = [shutil.which("tesseract") or "tesseract", "stdin", "stdout", "-l", languages, "--dpi", str(DPI), "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        answer = subprocess.run(
            command, input=picture, capture_output=True, timeout=PAGE_SECONDS, check=True, env=environment
        )
    except (OSError, subprocess.SubprocessError):
        return []
    lines: dict[tuple[str, ...], list[list[str]]] = {}
    for row in answer.stdout.decode("utf-8", "replace").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip() and float(cells[10]) >= SURE:
            lines.setdefault(tuple(cells[1:5]), []).append(cells)
    return list(lines.values())


def _fragment(words: list[list[str]], scale: float) -> Fragment | None:
    boxes = [[int(cell) * scale for cell in word[6:10]] for word in words]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    heights = sorted(box[3] for box in boxes)
    text = " ".join(word[11].strip() for word in words)
    # The height of a word with ascenders and descenders is about nine tenths of its font's size.
    return (
        Fragment(text, left, top, right, bottom, round(heights[len(heights) // 2] / 0.9), plain=text) if text else None
    )
