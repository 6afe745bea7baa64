"""The second engine (pdfminer, through pdfplumber): for files that pdfium refuses and pages whose letters it loses."""

from __future__ import annotations

import io
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from scrapers.pdf.engine.page import SMALLEST, PdfPage, TextRun

MAX_CALLS = 10_000_000
"""Calls that opening a file, or reading one of its pages, may take: an ordinary page takes a million."""

UNMAPPED = re.compile(r"\(cid:\d+\)")


class SecondEngineError(Exception):
    """The second engine could not read it either."""


FAULTS = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError, ArithmeticError,
    OSError, EOFError,
)  # fmt: skip
"""What pdfminer raises on damaged files, beside its own exceptions."""


@contextmanager
def second_opened(content: bytes) -> Iterator[Any]:
    """Give the document as pdfplumber opens it, or raise SecondEngineError."""
    import pdfplumber
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    with _quiet():
        try:
            with _counted():
                document = pdfplumber.open(io.BytesIO(content))
                pages = len(document.pages)
        except (*FAULTS, PSException, PdfminerException, MalformedPDFException, SecondEngineError) as error:
            raise SecondEngineError(str(error)) from error
        try:
            if not pages:
                raise SecondEngineError("no pages")
            yield document
        finally:
            document.close()


@contextmanager
def _counted() -> Iterator[None]:
    """End endless readings, by counting calls: pdfminer follows a reference to itself for ever."""
    left = MAX_CALLS
    before = sys.getprofile()

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise SecondEngineError("reading it does not end")

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence pdfminer's log of each fault of a file: the notes of the reading say what matters."""
    loggers = [logging.getLogger(name) for name in ("pdfminer", "pdfplumber")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def second_leaf(document: Any, index: int) -> PdfPage | None:
    """Return a page as fragments, or None where this engine has no text of it, or no letters."""
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    try:
        page = document.pages[index]
    except IndexError:
        return None
    try:
        with _counted():
            words = page.extract_words(use_text_flow=True, keep_blank_chars=False, extra_attrs=["size", "fontname"])
        width, height = float(page.width), float(page.height)
    except (*FAULTS, PSException, PdfminerException, MalformedPDFException, SecondEngineError):
        return None
    finally:
        page.close()
    leaf = PdfPage(number=index + 1, width=width, height=height, fragments=[])
    for word in words[:50_000]:
        text = UNMAPPED.sub("\ufffd", str(word["text"]))
        box = float(word["x0"]), float(word["top"]), float(word["x1"]), float(word["bottom"])
        name = str(word["fontname"]).lower()
        fragment = TextRun(text, *box, max(SMALLEST, round(float(word["size"]), 1)), "bold" in name, plain=text)
        last = leaf.fragments[-1] if leaf.fragments else None
        if (
            last
            and abs(last.bottom - fragment.bottom) < 0.3 * fragment.height
            and -1 < fragment.left - last.right < fragment.height
        ):
            last.text = last.plain = f"{last.text} {text}"
            last.right = fragment.right
            last.top, last.bottom = min(last.top, fragment.top), max(last.bottom, fragment.bottom)
        else:
            leaf.fragments.append(fragment)
        leaf.characters += len(text)
        leaf.lost += text.count("\ufffd")
    return leaf if leaf.characters else None
