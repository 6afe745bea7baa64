"""Templates and what they use: escaped by default, and an error where a name is missing."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from models.search.snippets import Marked
from pipeline.desk import plots

HERE = Path(__file__).parent
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "yi", "dv", "ug", "sd", "ckb")


@cache
def environment() -> Environment:
    """Return the templates' environment."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "marks": marks,
        "number": lambda value: f"{value:,}",
        "percent": lambda value: f"{value:.0%}",
        "minute": lambda value: str(value)[:16].replace("T", " ") if value else "–",
        "day": lambda value: str(value)[:10] if value else "–",
        "plain": plain,
        "shell": lambda text: shlex.quote(str(text)),
        "host": lambda url: urlsplit(url).hostname or url,
    }
    found.globals |= {"link": link, "web": web, "direction": direction, "plots": plots, "coins": coins}
    return found


def render(name: str, **values: Any) -> str:
    """Return a template with values."""
    return environment().get_template(name).render(**values)


def link(path: str, **parameters: Any) -> str:
    """Return an address of the desk; a parameter that is None or empty is left out."""
    kept = {name: str(value) for name, value in parameters.items() if value not in (None, "")}
    return quote(path, safe="/") + (f"?{urlencode(kept)}" if kept else "")


def web(url: str | None) -> str | None:
    """Return an address that may be linked, which is one of the web, or None."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None


def direction(language: str | None) -> str:
    """Return in which direction a language is written, for the attribute `dir`."""
    return "rtl" if (language or "").lower().split("-")[0] in RIGHT_TO_LEFT else "auto"


def marks(text: Marked) -> Markup:
    """Return a text with what was found in `<mark>`."""
    parts, at = [], 0
    for start, end in text.places:
        parts += [escape(text.text[at:start]), Markup("<mark>"), escape(text.text[start:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*parts, escape(text.text[at:])])


def plain(value: Any) -> str:
    """Return a field's value as a line: names, identifiers, or the value itself."""
    if isinstance(value, list):
        return "; ".join(str(item["name"] if isinstance(item, dict) else item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {item}" for name, item in value.items())
    return "" if value is None else str(value)


def coins(record: Mapping[str, Any]) -> str:
    """Return a document as COinS (Z39.88), by which reference managers know it in a list."""
    pairs = [("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc")]
    pairs += [("rft.title", record["title"] or ""), ("rft.identifier", record["url"])]
    pairs += [(f"rft.{name}", record[key]) for name, key in (("date", "date_published"), ("language", "language"))]
    pairs += [("rft.creator", name) for name in record["authors"]]
    return urlencode([(name, value) for name, value in pairs if value])
