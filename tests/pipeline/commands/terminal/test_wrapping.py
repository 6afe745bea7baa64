"""Prose is divided between words at the terminal's width; what is copied and what stands in columns stays whole."""

from __future__ import annotations

import pytest

from pipeline.commands.terminal.wrapping import hanging, wrapped

ADDRESS = "https://www.example.org/a/long/address/of/a/report-about-water.pdf"


def test_without_a_terminal_nothing_is_divided() -> None:
    assert wrapped("word " * 50, None) == "word " * 50


@pytest.mark.parametrize("width", [20, 60, 80, 140])
def test_prose_keeps_to_the_width(width: int) -> None:
    text = "acme: the robots.txt cannot be read, so nothing is fetched\n    " + "told further in " * 12
    lines = wrapped(text, width).split("\n")
    assert max(map(len, lines)) <= width
    assert " ".join(" ".join(lines).split()) == " ".join(text.split())
    assert all(line.startswith("  ") for line in lines[1:])


def test_addresses_and_commands_stay_whole() -> None:
    command = "`ingest --config demo/config.toml runs 5 --accept`"
    lines = wrapped(f"see {ADDRESS} or type {command}, then go on", 30).split("\n")
    assert lines == ["see", f"  {ADDRESS}", "  or type", f"  {command},", "  then go on"]


@pytest.mark.parametrize(
    "line",
    [
        "acme-reports   well   17   2   2026-11-30 22:38   2026-11-30 22:38",
        "  load:  ingest --config demo/config.toml runs 5 --accept",
        f"    {ADDRESS}",
    ],
)
def test_columns_and_commands_behind_their_names_stay_as_they_are(line: str) -> None:
    assert wrapped(line, 40) == line


def test_what_hangs_stands_below_its_beginning() -> None:
    assert hanging("  title   ", "Who owns the water of the two rivers", 28) == [
        "  title   Who owns the water",
        "          of the two rivers",
    ]
    assert hanging("  title   ", "Who owns the water of the two rivers", None) == [
        "  title   Who owns the water of the two rivers"
    ]
