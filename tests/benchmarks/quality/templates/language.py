"""What a made page needs of the language that it is written in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The material of one language."""

    code: str
    sentences: tuple[str, ...]
    titles: tuple[str, ...]
    """Patterns with `{place}`."""
    places: tuple[str, ...]
    names: tuple[str, ...]
    site: tuple[str, ...]
    days: tuple[str, ...]
    """Patterns of a printed day with `{d}`, `{m}` (number), `{month}`, `{y}`."""
    months: tuple[str, ...]
    by: tuple[str, ...]
    """What introduces a name in a byline."""
    author: tuple[str, ...]
    """Labels of authors."""
    published: tuple[str, ...]
    """Labels of the day of publication."""
    told: tuple[str, ...]
    """Sentences that tell of a day, with `{day}`, or of a person, with `{name}`."""
    related: tuple[str, ...]
    comments: tuple[str, ...]
    popular: tuple[str, ...]
    events: tuple[str, ...]
    people: tuple[str, ...]
    older: tuple[str, str]
    """What the links to the previous and the next document say."""
    menu: tuple[str, ...]
    notice: str
    """What a dialog asks."""
    newsletter: str
    gap: str = " "
    """What parts two sentences."""
