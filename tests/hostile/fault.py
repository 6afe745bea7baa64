"""One row of the table of faults: what a site sends, and what must come of it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from models.errors import PageError
from tests.hostile.server import Answer, Site, answer

DOMAIN = "faults.test"
"""Every host of the table is one of its: for a crawler they are one site."""
TITLE = "Forced labour in the cotton fields, part 0000"
PARAGRAPH = "The study follows forty families through one harvest and asks who gains from their work. "
DOCUMENT = (
    f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{TITLE}</title></head>"
    f"<body><main><h1>{TITLE}</h1>" + f"<p>{PARAGRAPH * 4}</p>" * 3 + "</main></body></html>"
)
HEALTHY = answer(DOCUMENT)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A site that is wrong in one way; `error` None means that its document must be had all the same."""

    name: str
    sends: Answer | list[Answer] = HEALTHY
    """For `path`; a list is sent in turn."""
    error: type[PageError] | None
    reason: str = ""
    """Words that the recorded reason must hold."""
    stage: Literal["fetch", "robots", "extract"] = "fetch"
    path: str = "/document"
    also: Mapping[str, Answer | list[Answer]] = field(default_factory=dict)
    """What else the site answers, by path (`/robots.txt`, where a redirect leads ...)."""
    not_asked: tuple[str, ...] = ()
    """Paths that must never be asked for."""
    seconds: float = 10.0
    """The deadline under which it is tried by itself: short for what only a deadline ends."""
    tries: int | None = None
    """How often the document must be asked for, where that matters."""

    @property
    def host(self) -> str:
        """The site's name."""
        return f"{self.name}.{DOMAIN}"

    @property
    def url(self) -> str:
        """The address of the document."""
        return f"http://{self.host}{self.path}"

    @property
    def site(self) -> Site:
        """What the server has to serve."""
        paths = {self.path: self.sends, **self.also}
        return Site(paths={path: self._numbered(sends) for path, sends in paths.items()})

    def _numbered(self, sends: Answer | list[Answer]) -> Answer | list[Answer]:
        """Give the document a title of its own, where it is sent in plain: one title on many pages is another fault."""
        number = b"part %04d" % (zlib.crc32(self.name.encode()) % 10_000)

        def numbered(given: Answer) -> Answer:
            if isinstance(given, bytes):
                return given.replace(b"part 0000", number)
            return tuple(step.replace(b"part 0000", number) if isinstance(step, bytes) else step for step in given)

        return [numbered(given) for given in sends] if isinstance(sends, list) else numbered(sends)
