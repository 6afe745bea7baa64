"""The limits within which a page's scripts run, and what a rendered page is."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.fetch.settings import Fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderSettings:
    """The table `[render]` of the configuration."""

    chromium: str = ""
    """The program; where empty, the first Chromium on the path."""
    max_seconds: float = 30.0
    """Longest run of one page's scripts, not counting the time in which they wait for an answer."""
    max_requests: int = 100
    """Requests that the scripts of one page may make."""
    max_rounds: int = 50
    """How often a list is scrolled, or more of it is asked for."""
    max_memory_mb: int = 1500
    """Limit for all processes of the browser together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What a page's scripts made of it."""

    html: str
    url: str
    """Where the page is after its scripts may have gone on to another address."""
    answers: tuple[Fetched, ...]
    """The answers that its scripts asked for and the site sent, each once."""
    incomplete: str | None = None
    """Why a list that the page shows is known to go on, in words."""
