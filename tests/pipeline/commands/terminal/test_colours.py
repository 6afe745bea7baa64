"""Every colour can be read on white and on black, and nothing is said by a colour alone."""

from __future__ import annotations

import pytest
from rich.color import Color
from rich.style import Style

from pipeline.commands.terminal import colours
from pipeline.commands.terminal.formatting import DOCUMENT_COLOURS, HIT_COLOURS, RUN_COLOURS, RUNS_COLOURS
from pipeline.commands.terminal.progress import SUMMARY_COLOURS
from pipeline.commands.terminal.status import COLOURS

ALL = {
    *(colours.GOOD, colours.DOUBTFUL, colours.BAD, colours.NAME, colours.HEADING),
    *colours.BARS.values(),
    *colours.HELP.values(),
    *(
        style
        for table in (COLOURS, RUN_COLOURS, RUNS_COLOURS, DOCUMENT_COLOURS, HIT_COLOURS)
        for style in table.values()
    ),
    *SUMMARY_COLOURS.values(),
}
LEAST = 3.9
"""Of the contrast of WCAG 2; more than 4.6 on both white and black is impossible."""


def luminance(color: Color) -> float:
    channels = [value / 255 for value in color.get_truecolor()]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("style", sorted(ALL))
def test_it_can_be_read_on_white_and_on_black(style: str) -> None:
    color = Style.parse(style).color
    if color is None or color.is_default:
        return  # the terminal's own
    assert color.number is not None
    assert color.number >= 16, "a theme may make any colour of the first sixteen"
    seen = luminance(color)
    assert min(1.05 / (seen + 0.05), (seen + 0.05) / 0.05) >= LEAST
