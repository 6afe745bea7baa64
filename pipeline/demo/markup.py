"""Plain text to the HTML that all three sites of the sample share."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from pipeline.demo.documents import SampleDocument


def href(url: str) -> str:
    """Return an address as an attribute's value, percent-encoded once, whatever it held before."""
    return escape(quote(url, safe="/:?=&%#+~"), quote=True)


def blocks(text: str) -> str:
    """Return paragraphs, headings and lists."""
    html: list[str] = []
    for block in text.strip().split("\n\n"):
        if block.startswith("## "):
            html.append(f"<h3>{escape(block[3:], quote=False)}</h3>")
        elif block.startswith("- "):
            items = "".join(f"<li>{escape(item[2:], quote=False)}</li>" for item in block.split("\n"))
            html.append(f"<ul>{items}</ul>")
        else:
            html.append(f"<p>{escape(block, quote=False)}</p>")
    return "\n".join(html)


def printed_date(iso: str, words: Mapping[str, Any], months: list[str] | None = None) -> str:
    """Return a date as the frame prints it."""
    year, number, day = (int(part) for part in iso.split("-"))
    names = months or words.get("months")
    return str(words["date"]).format(year=year, number=number, day=day, month=names[number - 1] if names else "")


def page(title: str, body: str, *, language: str, head: str = "") -> bytes:
    """Return a whole page."""
    direction = ' dir="rtl"' if language == "ar" else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"{direction}><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f"{head}</head>\n<body>\n{body}\n</body></html>\n"
    ).encode()


def frame_of(document: SampleDocument) -> str:
    """Return the language of the words around a document on its own page."""
    return document.frame or document.language
