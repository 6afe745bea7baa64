"""The colours of what is printed for people: each can be read on white and on black, and none is alone in what it says.

They are entries of the fixed part of the 256-colour palette, which themes leave alone: the yellow of most terminals
cannot be seen on white, their blue cannot be seen on black.
"""

from __future__ import annotations

GOOD = "color(28)"
DOUBTFUL = "color(130)"
BAD = "bold color(196)"
NAME = "bold color(31)"
"""What can be typed: a command, an option."""
HEADING = "bold"

BARS = {
    "bar.back": "color(244)",
    "bar.complete": "color(31)",
    "bar.finished": GOOD,
    "bar.pulse": "color(31)",
    "progress.download": "default",
    "progress.elapsed": "default",
    "progress.percentage": "default",
    "progress.remaining": "default",
    "progress.spinner": "color(31)",
}
"""The same for Rich's progress bars, by the names of its styles."""
HELP = {
    "STYLE_OPTION": NAME,
    "STYLE_SWITCH": NAME,
    "STYLE_NEGATIVE_OPTION": NAME,
    "STYLE_NEGATIVE_SWITCH": NAME,
    "STYLE_TYPES": DOUBTFUL,
    "STYLE_USAGE": HEADING,
    "STYLE_OPTION_ENVVAR": "dim",
    "STYLE_COMMANDS_TABLE_FIRST_COLUMN": NAME,
}
"""The same for the help, by the names of Typer's settings."""
