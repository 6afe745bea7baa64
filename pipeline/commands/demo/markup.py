"""Plain text to the HTML that all three sites of the sample share."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import quote


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
        elif block.startswith("| "):
            html.append(f"<table>{''.join(_row(line) for line in block.split(chr(10)))}</table>")
        else:
            html.append(f"<p>{escape(block, quote=False)}</p>")
    return "\n".join(html)


def _row(line: str) -> str:
    cells = [escape(cell.strip(), quote=False) for cell in line.strip("| ").split("|")]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def printed_date(iso: str, words: Mapping[str, Any], *, in_full: bool = False) -> str:
    """Return a date as the frame prints it, the name of the month in full or short."""
    year, number, day = (int(part) for part in iso.split("-"))
    names = words.get("months")
    if in_full:
        names = words.get("full_months", names)
    return str(words["date"]).format(year=year, number=number, day=day, month=names[number - 1] if names else "")


def page(title: str, body: str, *, language: str, head: str = "") -> bytes:
    """Return a whole page."""
    direction = ' dir="rtl"' if language == "ar" else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"{direction}><head><meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n{head}</head>\n<body>\n{body}\n</body></html>\n"
    ).encode()
