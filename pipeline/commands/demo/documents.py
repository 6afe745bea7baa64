"""The sample's documents: their content, and so the right values of their fields."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Host = Literal["old.bhrrc.test", "bhrrc.test", "reports.test"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDocument:
    """One document of the sample: its right values, and how its page is rendered."""

    host: Host
    path: str
    """The path of its own page, without host: `/en/latest-news/a-slug/`; twins in other frames are derived from it."""
    title: str
    body: str
    """Blocks parted by blank lines; `## ` begins a heading, `- ` an item of a list, `| ` a row of a table."""
    language: str
    form: str = "c"
    """The layout in the second generation: a, b, c, d as in the site's history."""
    author_raw: str | None = None
    authors: tuple[tuple[str, str], ...] = ()
    date: str | None = None
    """As precise as printed: `2019-05-23`, `2019-05` or `2019`."""
    kind: str | None = None
    """A key of the frame's `types`."""
    files: tuple[str, ...] = ()
    """Names on `media.bhrrc.test`, or paths on the page's own host."""
    outside: str | None = None
    """The address of the post that the page is about."""
    banner: Literal["donation", "platform"] | None = None
    redirected: bool = False
    """Whether the page has the notice that it is part of a story."""
    title_prefix: str = ""
    credit: str | None = None
    """The credit of the image under the title."""
    frames: tuple[str, ...] = ()
    """Other languages under whose path the same page stands, with a notice."""
    translations: tuple[str, ...] = ()
    """Paths of the same text in other languages."""
    old_paths: tuple[str, ...] = ()
    """Paths that redirect to this page."""
    listed_as: tuple[str, ...] = ()
    """How its listing links it, where that is not its path: with parameters, by an old path, or twice."""
    responds_to: str | None = None
    components: tuple[str, ...] = ()
    """Paths of the documents that a story page quotes."""
    related_companies: tuple[str, ...] = ()
    declares: str = "visible"
    """In the third site: how the page declares its metadata (json-ld, highwire, dublin-core, visible)."""

    @property
    def url(self) -> str:
        """Its address, without percent-encoding."""
        return f"http://{self.host}{self.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFile:
    """A file of the sample, and the content of its first page."""

    name: str
    pages: tuple[str, ...]
    made: Literal["text", "scan", "encrypted", "html"] = "text"
    title: str | None = None
    authors: tuple[tuple[str, str], ...] = ()
    date: str | None = None
    language: str | None = None
    cover: tuple[str, ...] = ()
    """Which of title, authors and date are printed; the others come from the landing page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A link that must fail."""

    url: str
    reason: str
    """Words that the reason of its failure contains."""
    title: str | None = None
    """Its title in a listing of its host; None where a page links it."""
    answer: Literal["missing", "soft-404", "forbidden", "file"] = "file"


def frames() -> dict[str, dict[str, Any]]:
    """Return the words around documents, by language."""
    return dict(_table("frames.toml"))


def documents() -> list[SampleDocument]:
    """Return all documents of the sample, in the order of their files."""
    names = ("documents-1-first.toml", "documents-2-second.toml", "documents-3-reports.toml")
    return [SampleDocument(**_frozen(entry)) for name in names for entry in _table(name)["document"]]


def sample_files() -> list[SampleFile]:
    """Return the files that are served."""
    return [SampleFile(**_frozen(entry)) for entry in _table("files.toml")["file"]]


def broken() -> list[Broken]:
    """Return the links that must fail."""
    return [Broken(**entry) for entry in _table("broken.toml")["broken"]]


@cache
def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "content" / name).read_text("utf-8"))


def _frozen(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _tuples(value) for key, value in entry.items()}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
