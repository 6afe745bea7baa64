"""The proposal as TOML: the block of a source, and under it, as comments, what was found with it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from pipeline.commands.add.site import Sample
from scrapers.values.addresses import registered_domain
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from pipeline.commands.add.site import Sample

MAX_KEYS = 4
"""Keys of a proposed source; with its name, five lines."""
TITLE, AUTHORS = 46, 28
"""Columns of the table."""
WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]")


def name_of(url: str, taken: Sequence[str]) -> str:
    """Return a name for the source, made of the host, and of the site's section where that name is taken."""
    host = urlsplit(url).hostname or "site"
    domain = registered_domain(url)
    whole = host if re.fullmatch(r"[\d.]+|\[.*\]", host) or "." not in domain else domain.partition(".")[0]
    name = re.sub(r"[^A-Za-z0-9]+", "-", whole).strip("-")[:40] or "site"
    if name in taken:
        segments = [re.sub(r"[^A-Za-z0-9]+", "-", unquote(s)).strip("-") for s in urlsplit(url).path.split("/")]
        section = next((s for s in reversed(segments) if len(s) > 2), "")
        name = f"{name}-{section.lower()}"[:64].strip("-") if section else name
    return name


def block(name: str, keys: Mapping[str, Any]) -> str:
    """Return the block of a source."""
    return "\n".join([f"[sources.{name}]", *(f"{key} = {_value(value)}" for key, value in keys.items())]) + "\n"


def _value(value: Any) -> str:
    """Return a string, or a list of strings, as TOML; a list of one item as a string."""
    if isinstance(value, tuple):
        return _value(value[0]) if len(value) == 1 else "[" + ", ".join(map(_value, value)) + "]"
    # A basic string of TOML is a string of JSON, except that DEL must be escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def report(proposal: Proposal) -> str:
    """Return the block with the sample under it; every line is TOML."""
    lines = [block(proposal.name, proposal.keys)]
    lines += [f"# {line}".rstrip() for line in (proposal.summary, "", *_table(proposal.samples), *_sure(proposal))]
    if proposal.also:
        lines += ["#", "# also seen:"] + [f"#   {_line(other)}" for other in proposal.also]
    if proposal.doubts:
        lines += ["#", "# unsure:"] + [f"#   {_line(doubt)}" for doubt in proposal.doubts]
    return "\n".join(lines)


def _line(text: str) -> str:
    """Return a text in one line, as a comment may hold it."""
    return re.sub(r"[\x00-\x1f\x7f]", " ", clean_line(text))


def _table(samples: Sequence[Sample]) -> list[str]:
    rows = [("title", "authors", "date", "words", "PDFs")]
    for sample in samples:
        authors = ", ".join(author.name for author in sample.value("authors") or ())
        rows.append(
            (
                _line(str(sample.value("title") or "-")),
                _line(authors or "-"),
                str(sample.value("date_published") or "-"),
                str(sample.words),
                "is one" if sample.is_file else str(len(sample.files)),
            )
        )
    return [_row(row) for row in rows]


def _row(row: Sequence[str]) -> str:
    title, authors, date, words, files = row
    return f"{_fit(title, TITLE)}  {_fit(authors, AUTHORS)}  {date:<10}  {words:>6}  {files:>6}"


def _fit(text: str, width: int) -> str:
    """Return a text cut or filled to a width on the terminal, where Chinese letters take two columns."""
    out, used = "", 0
    for c in text:
        size = 2 if WIDE.match(c) else 1
        if used + size > width - 1 and len(out) < len(text) - 1:
            out, used = out + "…", used + 1
            break
        out, used = out + c, used + size
    return out + " " * (width - used)


def _sure(proposal: Proposal) -> list[str]:
    def words(key: str) -> str:
        sure = proposal.confidence[key]
        return "not found" if sure is None else of_twenty(sure)

    return [f"{_fit(words('title'), TITLE)}  {_fit(words('author'), AUTHORS)}  {words('date')}"]


def of_twenty(sure: float) -> str:
    """Return a probability as people say it: `19 of 20 right`."""
    return f"{min(19, max(1, round(20 * sure)))} of 20 right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A source that is not in the configuration yet."""

    name: str
    keys: Mapping[str, Any]
    samples: tuple[Sample, ...]
    confidence: Mapping[str, float | None]
    """By key: title, author, date."""
    summary: str
    doubts: tuple[str, ...]
    also: tuple[str, ...] = ()
    """Other lists of documents that were seen and not taken."""
