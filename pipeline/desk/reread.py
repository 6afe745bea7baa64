"""Rereading one document from its page: by the command that the page prints, from the archive, its difference first.

The desk itself stays a reader. What is asked for runs as `ingest rerun --url`, in a process of its own, with that
command's lock and limits.
"""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import IngestError
from pipeline.holdings.difference import Change

SECONDS = 600
"""Longest time for one rereading. Where results of a run wait, the difference is tried on a copy of the store, and
copying a large one takes minutes."""

TRIES = 5
"""Wrong tokens after which none is taken any more."""


class Refused(IngestError):
    """A rereading that was not begun, or did not end well; its text is for the page."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a form on a document's page asks for."""

    step: str
    """`look`: show what would change; `load`: store it."""
    token: str


class Rereading:
    """Lets those who know the token read documents again.

    Args:
        config: The configuration's file.
    """

    def __init__(self, config: Path) -> None:
        self.token = secrets.token_urlsafe(12)
        self._config = config
        self._tries = TRIES
        self._lock = threading.Lock()
        self._looked_at: set[int] = set()

    def check(self, token: str) -> None:
        """Raise Refused unless the token is the one that the terminal shows."""
        if self._tries <= 0:
            raise Refused("Too many wrong tokens; end `ingest serve` and begin it again for a new one.", 403)
        if not secrets.compare_digest(token.strip().encode("utf-8", "replace"), self.token.encode()):
            self._tries -= 1
            raise Refused("That is not the token that the terminal shows.", 403)

    def look(self, document: int, url: str) -> list[Change]:
        """Return what would change of a document; nothing is stored. Raises Refused."""
        output = self._run("--dry-run", "--json", "--url", url)
        self._looked_at.add(document)
        return [Change(**json.loads(line)) for line in output.splitlines()]

    def load(self, document: int, url: str) -> None:
        """Read a document again and store what is new. Raises Refused, also where nobody has looked at it before."""
        if document not in self._looked_at:
            raise Refused("Look at what would change first.", 409)
        self._looked_at.discard(document)
        self._run("--url", url)

    def _run(self, *options: str) -> str:
        """Run the command and return what it prints."""
        if not self._lock.acquire(blocking=False):
            raise Refused("Another document is being read again; try again in a minute.", 503)
        command = [sys.executable, "-m", "pipeline.cli", "--config", str(self._config), "rerun", "--quiet", *options]
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False, text=True,
                encoding="utf-8", errors="replace",
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Refused(f"It was ended after {SECONDS} seconds; try it on the command line.", 504) from None
        finally:
            self._lock.release()
        if done.returncode:
            told = done.stderr.strip()[-2_000:] or f"the command ended with exit code {done.returncode}"
            raise Refused(told, 409)
        return done.stdout


def asked(form: Mapping[str, list[str]], cookie: str | None) -> Asked:
    """Return what a posted form asks for; the token is the form's, else the cookie's."""
    one: dict[str, Any] = {name: values[0] for name, values in form.items() if len(values) == 1}
    return Asked(step=one.get("step", ""), token=one.get("token") or cookie or "")
