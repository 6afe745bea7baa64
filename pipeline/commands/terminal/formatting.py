"""Format results for people, as lines; `wrapping` divides those that are too long, and the colours are named here."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from textwrap import indent
from typing import TYPE_CHECKING, Any

from models.statuses import DocumentStatus
from pipeline.commands.terminal.colours import BAD, DOUBTFUL, HEADING
from pipeline.commands.terminal.wrapping import hanging
from scrapers.fields import FIELDS
from scrapers.record import Record

if TYPE_CHECKING:
    from models.search.search import Hit
    from models.search.snippets import Marked

WIDTH = 110
RUNS_COLOURS = {r"\b(?:held|failed)\b(?= +\d{4}-)": BAD, r"\b(?:running|interrupted)\b(?= +\d{4}-)": DOUBTFUL}
"""The colour of each status of a run that needs a person, in the table of runs."""
RUN_COLOURS = {
    r"\Arun \d+": HEADING,
    r"(?<=, )(?:held|failed)(?=;)": BAD,
    r"(?<=, )(?:running|interrupted)(?=;)": DOUBTFUL,
    r"\b[1-9]\d* failed\b": BAD,
}
"""The same for one run."""
DOCUMENT_COLOURS = {
    r"\A.*": HEADING,
    r"\bgone since [\d: -]+": BAD,
    r"\bconfidence 0\.[0-6]\d": DOUBTFUL,
    r"(?m)^  note: .*(?:\n    .*)*": DOUBTFUL,
}
"""The colours of one document: what is gone, doubtful, or worth a look."""
HIT_COLOURS = {r"(?m)^\S.*": HEADING, r"\*[^*\s][^*]*\*": HEADING}
"""The colours of what a search found: titles, and the words that were asked for."""
BODY_SHOWN = 1200
"""Characters of a body that `show` prints; the whole of it is in the export and with --json."""


def table(head: list[str], rows: Iterable[list[object]]) -> list[str]:
    """Return rows as lines in columns, numbers aligned to the right."""
    cells = [head, *([str(cell) if cell is not None else "-" for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    return [
        "  ".join(
            cell.rjust(width) if cell.isdigit() else cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    ]


def fitting(head: list[str], rows: list[list[object]], width: int | None, least: int) -> list[str]:
    """Return rows as lines in columns.

    Where a terminal is too narrow, the last columns are left out, down to the `least`; then the lines are cut.
    """
    shown = len(head)
    while True:
        lines = table(head[:shown], [row[:shown] for row in rows])
        if width is None or max(map(len, lines)) <= width:
            return lines
        if shown <= least:
            return [line if len(line) <= width else line[: width - 1] + "…" for line in lines]
        shown -= 1


def runs_lines(ledger: list[Record], width: int | None = None) -> list[str]:
    """Return the ledger, a line a run, in as many columns as a terminal of that width has room for."""
    if not ledger:
        return ["no runs yet"]
    names = ("failed", "new", "changed", "gone", "requested", "discovered")
    rows: list[list[object]] = [
        [
            run["id"],
            run["source"],
            run["status"],
            minute(run["started_at"]),
            *(run["counts"].get(name, 0) for name in names),
            run["command"],
        ]
        for run in ledger
    ]
    return fitting(["id", "source", "status", "started (UTC)", *names, "command"], rows, width, least=3)


def run_lines(run: Record) -> list[str]:
    """Return all that is known of one run."""
    counts = [f"{count} {name.replace('_', ' ')}" for name, count in run["counts"].items() if count]
    lines = [
        f"run {run['id']}  {run['run_key']}",
        f"  {run['command']} of {run['source']}, {run['status']}; ingest {run['version']}",
        f"  {minute(run['started_at'])} to {minute(run['finished_at']) or '(not ended)'}",
        *(["  " + ", ".join(counts)] if counts else []),
        *(indent(reason, "  ") for reason in run["reasons"]),
    ]
    if run["fields"]:
        rows: list[list[object]] = [
            [field["media"], field["field"], field["documents"], field["filled"]] for field in run["fields"]
        ]
        lines += ["", *table(["of", "field", "documents", "filled"], rows)]
    if run["failures"]:
        lines += ["", "failures:", *(f"  {failure['url']}\n    {failure['reason']}" for failure in run["failures"])]
    return lines


def held_lines(run: str, file: str) -> list[str]:
    """Return what can be done about a run that was held back, a command a line."""
    from pipeline.config import command_for

    return [
        f"  look:  {command_for(f'runs {run}', file)}",
        f"  load:  {command_for(f'runs {run} --accept', file)}",
        f"  drop:  {command_for(f'runs {run} --reject', file)}",
    ]


def document_lines(document: Record, *, whole: bool = False, width: int | None = None) -> list[str]:
    """Return one document: fields with origins, revisions, attachments, the archived record.

    Args:
        document: Its record.
        whole: Print the whole text instead of its beginning.
        width: Columns of the terminal, at which every line is wrapped; None where there is none.
    """
    width = width and min(width, WIDTH)
    lines = [document["canonical_url"], f"  document {document['id']} of {document['source']}, {_state(document)}", ""]
    for row in FIELDS.exported:
        if row.of is not None or row.type == "text":
            continue
        field = row.name
        found = document["provenance"].get(field)
        value = _value(document, field)
        if value is None and found is None:
            lines.append(f"  {field:15} -")
            continue
        lines += hanging(f"  {field:15} ", str(value if value is not None else "-"), width)
        if found is not None:
            place = f" at {found['place']}" if found["place"] else ""
            raw = f", printed as {found['raw']!r}" if found["raw"] and found["raw"] != value else ""
            sure = f", confidence {found['confidence']:.2f}" if found["confidence"] is not None else ""
            lines += hanging(f"  {'':15}   ", f"from {found['origin']}{place}{sure}{raw}", width)
            rivals = [(_plain(other["value"]), other["origin"]) for other in found["runners_up"]]
            shown = _plain(document.get(field))
            others = [f"{rival!r} from {origin}" for rival, origin in rivals if rival != shown][:3]
            lines += [line for one in others for line in hanging(f"  {'':15}   ", f"passed over: {one}", width)]
    lines += [f"  note: {note}" for note in document["notes"]]
    body = document["body"] or ""
    lines += ["", f"  text: {len(body.split())} words" + _origin(document["provenance"].get("body")), ""]
    cut = not whole and len(body) > BODY_SHOWN
    lines += list(_wrapped(body[:BODY_SHOWN] + " …" if cut else body, min(width or WIDTH, WIDTH)))
    lines += ["", "  (--text prints all of it)"] if cut else []
    lines += _listed("attachments", document["attachments"])
    lines += _listed("linked from", document["linked_from"])
    lines += _listed("related", [f"{link['rel']}: {link['url']}" for link in document["related"]])
    lines += _listed("nearly the same text", [f"{item['url']} ({item['share']:.0%})" for item in document["similar"]])
    lines += _listed("also known as", [f"{alias['url']} ({alias['reason']})" for alias in document["aliases"]])
    lines += ["", "  revisions:"] if document["revisions"] else []
    lines += [line for revision in document["revisions"] for line in _revision(revision, width)]
    if capture := document["capture"]:
        where = f"{capture['warc_file']}, offset {capture['offset']}, {capture['length']} bytes"
        lines += ["", f"  archived: {where}", f"  fetched {capture['retrieved_at']}, sha256 {capture['sha256']}"]
        if capture["imported_from"]:
            lines.append(f"  imported from {capture['imported_from']}, offset {capture['imported_offset']}")
    return lines


def hit_lines(hit: Hit, width: int | None = None) -> Iterator[str]:
    """Return one hit, with what was found between asterisks; on a terminal, its address has a line of its own."""
    about = ", ".join(item for item in (hit.date_published, hit.language, hit.source) if item)
    yield from hanging("", marked(hit.title) or "(no title)", width)
    one = f"  {hit.canonical_url}  {about}"
    yield from [one] if width is None or len(one) <= width else [f"  {hit.canonical_url}", f"  {about}"]
    if hit.snippet.text:
        columns = min(width or WIDTH, WIDTH)
        yield from textwrap.wrap(marked(hit.snippet), columns, initial_indent="  ", subsequent_indent="  ")
    yield ""


def hit_record(hit: Hit) -> Record:
    """Return one hit as JSON."""
    return {
        "id": hit.document_id,
        "canonical_url": hit.canonical_url,
        "source": hit.source,
        "title": hit.title.text,
        "snippet": marked(hit.snippet),
        "date_published": hit.date_published,
        "language": hit.language,
    }


def marked(text: Marked) -> str:
    """Return a text with what was found between asterisks."""
    parts, at = [], 0
    for start, end in text.places:
        parts += [text.text[at:start], "*", text.text[start:end], "*"]
        at = end
    return "".join([*parts, text.text[at:]])


def _state(document: Record) -> str:
    status = (
        f"gone since {minute(document['gone_at'])}" if document["status"] == DocumentStatus.GONE else document["status"]
    )
    return f"{document['media_type']}, {status}, revision {document['revision']}"


def _value(document: Record, field: str) -> Any:
    value = document.get(field)
    if field == "authors":
        return "; ".join(f"{a['name']} ({a['kind']})" if a["kind"] else a["name"] for a in value or []) or None
    if field == "identifiers":
        return ", ".join(f"{name} {item}" for name, item in (value or {}).items()) or None
    return value


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(item["name"] if isinstance(item, dict) else str(item) for item in value)
    return str(value)


def _origin(found: Record | None) -> str:
    return f", from {found['origin']}" if found else ""


def _wrapped(text: str, width: int) -> Iterator[str]:
    for paragraph in text.split("\n"):
        yield from textwrap.wrap(paragraph, width, initial_indent="    ", subsequent_indent="    ") or [""]


def _listed(title: str, items: list[str]) -> list[str]:
    return ["", f"  {title}:", *(f"    {item}" for item in items)] if items else []


def _revision(revision: Record, width: int | None) -> list[str]:
    start = f"    {revision['number']}  {minute(revision['created_at'])}  "
    return hanging(start, revision["title"] or "(no title)", width)


def minute(moment: str | None) -> str | None:
    """Return a moment of the store, which is in UTC, to the minute."""
    return moment[:16].replace("T", " ") if moment else None
