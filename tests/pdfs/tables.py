"""PDFs with ruled and with borderless tables among prose, and the cells that they hold."""

from __future__ import annotations

import io
import random
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

PLACES = [
    "Northern district",
    "Southern coast",
    "Lake region",
    "Upper valley",
    "Capital",
    "Eastern hills",
    "Delta",
    "Port of Amara",
    "Sisal plains",
    "Old Town",
]
SUBJECTS = [
    "Wells",
    "Schools",
    "Clinics",
    "Households",
    "Hectares",
    "Complaints",
    "Permits",
    "Workers",
    "Inspections",
    "Share (%)",
]
REMARKS = [
    "not yet reported",
    "under review",
    "see annex B",
    "no data",
    "closed in March",
    "two sites only",
    "pending",
    "as agreed",
]
PROSE = (
    "The figures below were collected by field staff between the two rainy seasons and checked against the registers."
    " Where a register was missing, the number is left out rather than estimated, and the reader is told so."
)

Rows = list[list[str]]


def rows_of(chance: random.Random) -> Rows:
    """Return a table: a header, a first column of places, numbers and now and then a column of remarks."""
    columns = chance.randint(2, 5)
    remarks = chance.random() < 0.3
    header = (
        ["Region", *(str(2012 + n) for n in range(columns))]
        if chance.random() < 0.5
        else ["Region", *chance.sample(SUBJECTS, columns)]
    )
    rows = [header + (["Remark"] if remarks else [])]
    for place in chance.sample(PLACES, chance.randint(3, 9)):
        numbers = [
            f"{chance.randint(1, 99999):,}" if chance.random() < 0.9 else f"{chance.random() * 100:.1f}%"
            for _ in range(columns)
        ]
        rows.append([place, *numbers, *([chance.choice(REMARKS)] if remarks else [])])
    return rows


def _ruled(rows: Rows, chance: random.Random) -> Flowable:
    lines: list[Any] = [
        ("GRID", (0, 0), (-1, -1), chance.choice([0.25, 0.5, 1]), colors.black),
        ("FONTSIZE", (0, 0), (-1, -1), chance.choice([8, 9, 10])),
    ]
    if chance.random() < 0.4:
        lines.append(("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey))
    if chance.random() < 0.5:
        lines.append(("ALIGN", (1, 0), (-1, -1), "RIGHT"))
    if chance.random() < 0.3:
        style = getSampleStyleSheet()["BodyText"]
        body = [[Paragraph(cell, style) for cell in row] for row in rows]
        return Table(body, style=TableStyle(lines), colWidths=[460 / len(rows[0])] * len(rows[0]))
    return Table(rows, style=TableStyle(lines))


def _borderless(rows: Rows, chance: random.Random) -> Flowable:
    lines: list[Any] = [("FONTSIZE", (0, 0), (-1, -1), chance.choice([8, 9, 10]))]
    if chance.random() < 0.5:
        lines += [
            ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
            ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
            ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
        ]
    if chance.random() < 0.6:
        lines.append(("ALIGN", (1, 0), (-1, -1), "RIGHT"))
    return Table(
        rows, style=TableStyle(lines), colWidths=None if chance.random() < 0.5 else [110, *[80] * (len(rows[0]) - 1)]
    )


def made(kind: str, seed: int) -> tuple[bytes, list[Rows]]:
    """Return a file with three tables, `ruled` or `borderless`, and the tables' cells."""
    chance = random.Random(f"{kind} {seed}")
    style = getSampleStyleSheet()["BodyText"]
    story: list[Flowable] = []
    tables = []
    for number in range(3):
        rows = rows_of(chance)
        tables.append(rows)
        story += [
            Paragraph(PROSE, style),
            Spacer(1, 8),
            (_ruled if kind == "ruled" else _borderless)(rows, chance),
            Spacer(1, 8),
        ]
        if number == 1:
            story.append(Paragraph(PROSE, style))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=True).build(story)
    return out.getvalue(), tables
