"""The result of the drift simulation as an SVG: a row a kind of break, a column a size of run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

LEFT, TOP, WIDTH, HEIGHT, FOOT = 210, 92, 84, 30, 84
LOW, HIGH = (178, 58, 46), (46, 125, 79)


def plot(
    kinds: Sequence[str],
    columns: Sequence[str],
    caught: Mapping[tuple[str, str], tuple[int, int]],
    alarms: Mapping[int, tuple[int, int]],
) -> str:
    """Return the drawing.

    Args:
        kinds: The rows.
        columns: `24 of 100` (documents of a run of a source of 100) or `100` (a full run).
        caught: By row and column: how many of how many.
        alarms: By size of source: false alarms of ordinary runs.
    """
    width, height = LEFT + WIDTH * len(columns) + 16, TOP + HEIGHT * len(kinds) + FOOT
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(16, 24, "Share of broken runs that are held back on the first run", size=15, weight="bold"),
        _text(16, 44, "by the number of documents that the run has read", size=12),
    ]
    part = [column for column in columns if " of " in column]
    if part:
        drawn.append(_text(LEFT + WIDTH * len(part) / 2, 66, "ordinary runs, half known, half new", anchor="middle"))
    middle = LEFT + WIDTH * (len(part) + (len(columns) - len(part)) / 2)
    drawn.append(_text(middle, 66, "full runs", anchor="middle"))
    for at, column in enumerate(columns):
        label = column.split()[0]
        drawn.append(_text(LEFT + WIDTH * (at + 0.5), 84, f"{int(label):,}", anchor="middle", weight="bold"))
    for row, kind in enumerate(kinds):
        y = TOP + HEIGHT * row
        drawn.append(_text(LEFT - 10, y + 20, kind, anchor="end"))
        for at, column in enumerate(columns):
            good, of = caught.get((kind, column), (0, 0))
            if not of:
                continue
            share = good / of
            x = LEFT + WIDTH * at
            drawn.append(f'<rect x="{x}" y="{y}" width="{WIDTH - 2}" height="{HEIGHT - 2}" fill="{_colour(share)}"/>')
            drawn.append(_text(x + WIDTH / 2 - 1, y + 19, f"{share:.0%}", anchor="middle", fill="#ffffff"))
    y = TOP + HEIGHT * len(kinds) + 26
    drawn.append(_text(16, y, "False alarms", weight="bold"))
    for row, (size, (false, ordinary)) in enumerate(alarms.items()):
        text = f"{size:,} documents: {false} of {ordinary:,} ordinary runs ({false / ordinary:.2%})"
        drawn.append(_text(LEFT, y + 17 * row, text))
    return "\n".join([*drawn, "</svg>"]) + "\n"


def _colour(share: float) -> str:
    return "#" + "".join(f"{round(low + (high - low) * share):02x}" for low, high in zip(LOW, HIGH, strict=True))


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: int = 12,
    anchor: str = "start",
    weight: str = "normal",
    fill: str = "#222222",
) -> str:
    style = f'font-size="{size}" text-anchor="{anchor}" font-weight="{weight}" fill="{fill}"'
    return f'<text x="{x:g}" y="{y:g}" {style}>{escape(text)}</text>'
