"""What the notes of a reading tell of a source's selectors. The judge of a run asks it, who reads no page."""

from __future__ import annotations

from collections.abc import Iterable


def why_ignored(notes: Iterable[str], key: str, css: str) -> str:
    """Return from a reading's notes what a selector matched where it gave no value: `matches no date: 'Share'`."""
    beginning = f"{key}: {css!r} "
    return next((note.removeprefix(beginning) for note in notes if note.startswith(beginning)), "")
