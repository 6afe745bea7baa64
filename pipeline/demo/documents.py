"""The sample's documents: what they say, and so what a right reading of them gives."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Literal

Host = Literal["old.bhrrc.test", "bhrrc.test", "reports.test"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDocument:
    """One page of the sample: its truth, and how its page is drawn."""

    host: Host
    path: str
    """Of its own page, without host: `/en/latest-news/a-slug/`; twins in other frames are derived from it."""
    title: str
    body: str
    """Paragraphs parted by blank lines; `## ` begins a heading, `- ` an item of a list."""
    language: str
    frame: str = ""
    """The language of the words around the text; the text's own unless told."""
    form: str = "c"
    """Of the second generation: a, b, c, d as in the site's history."""
    author_raw: str | None = None
    authors: tuple[tuple[str, str | None], ...] = ()
    date: str | None = None
    """As precise as printed: `2019-05-23`, `2019-05` or `2019`."""
    kind: str | None = None
    """A key of the frame's `types`."""
    files: tuple[str, ...] = ()
    """Names on `media.bhrrc.test`, or paths on the page's own host."""
    outside: str | None = None
    """The address of the post that the page tells of."""
    banner: Literal["donation", "platform"] | None = None
    redirected: bool = False
    """Whether the page says that it stands in a story as well."""
    title_prefix: str = ""
    credit: str | None = None
    """The credit of the image under the title."""
    frames: tuple[str, ...] = ()
    """Other languages under whose path the same page stands, with a notice."""
    translations: tuple[str, ...] = ()
    """Paths of the same text in other languages."""
    old_paths: tuple[str, ...] = ()
    """Paths that redirect to this page."""
    responds_to: str | None = None
    components: tuple[str, ...] = ()
    """Paths of the documents that a story page quotes."""
    must_not: tuple[str, ...] = ()
    """What stands on the page and must not reach the text, beside the frame's own words."""
    declares: str | None = None
    """Of the generic site: how the page declares itself (json-ld, highwire, dublin-core, visible)."""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The canonical address, with its letters as people read them."""
        return f"http://{self.host}{self.path}"


def frames() -> dict[str, dict[str, Any]]:
    """Return the words around documents, by language."""
    return tomllib.loads((files(__package__) / "content" / "frames.toml").read_text("utf-8"))


def documents() -> list[SampleDocument]:
    """Return all documents of the sample, in the order of their files."""
    found: list[SampleDocument] = []
    for source in sorted((files(__package__) / "content").iterdir(), key=lambda entry: entry.name):
        if source.name.startswith("documents-"):
            entries = tomllib.loads(source.read_text("utf-8"))["document"]
            found.extend(SampleDocument(**{key: _frozen(value) for key, value in entry.items()}) for entry in entries)
    return found


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
