"""The tables of the configuration, as Pydantic checks them; `config.toml` describes their keys."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from models.errors import ConfigError
from scrapers.base import Rules
from scrapers.values.addresses import canonical


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Strings = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Discover = Literal[
    "auto", "listing", "feed", "sitemap", "oai-pmh", "wordpress", "dspace", "drupal", "marcxml", "directory"
]


class Table(BaseModel):
    """A table of the configuration: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Store(Table):
    """Where documents and captured bytes are kept."""

    database: str = "data/ingest.db"
    archive: str = "data/archive"
    remote_archive: str = ""

    @field_validator("remote_archive")
    @classmethod
    def _storage(cls, value: str) -> str:
        if value and not re.fullmatch(r"(s3|gs|az)://[^/\s]+(/\S*)?", value):
            raise ValueError(f"{value!r} is no folder on object storage; write it as s3://bucket/folder")
        return value


class Http(Table):
    """How sites are fetched."""

    contact: str = ""
    delay_seconds: float = Field(default=1.0, ge=0)
    requests_per_host: int = Field(default=1, ge=1, le=8)
    timeout_seconds: float = Field(default=60, gt=0)
    max_bytes: int = Field(default=100_000_000, gt=0)
    retries: int = Field(default=3, ge=0, le=10)
    max_retry_after_seconds: float = Field(default=120, ge=0)
    max_crawl_delay_seconds: float = Field(default=60, ge=0)
    allow_addresses: Strings = ()
    resolve: dict[str, str] = {}
    ca_file: str | None = None

    @field_validator("contact")
    @classmethod
    def _reachable(cls, value: str) -> str:
        if value and not re.fullmatch(r"[^@\s]+@[^@\s]+|https?://\S+", value):
            raise ValueError("must be an e-mail address or an http(s) address where you can be reached")
        return value


class Extract(Table):
    """Limits on reading one document."""

    workers: int = Field(default=0, ge=0, le=256)
    max_seconds: float = Field(default=60, gt=0)
    max_memory_mb: int = Field(default=512, ge=128)
    pdf: bool = True
    ocr: Literal["auto", "off"] = "auto"


class Render(Table):
    """Limits on the browser that makes the pages of sources with `render = true`."""

    chromium: str = ""
    max_seconds: float = Field(default=30, gt=0)
    max_requests: int = Field(default=100, ge=1)
    max_rounds: int = Field(default=50, ge=0)
    max_memory_mb: int = Field(default=1500, ge=256)


def _is_schedule(value: str) -> str:
    """Return a schedule in cron's notation, or raise ValueError; an empty one is none."""
    if value:
        try:
            from croniter import croniter
        except ModuleNotFoundError as error:
            raise ValueError("needs the queue: pip install 'resource-centre-ingest[postgres]'") from error
        if len(value.split()) != 5 or not croniter.is_valid(value):
            raise ValueError(f"{value!r} is not in cron's notation; '30 2 * * *' is each night at 02:30 UTC")
    return value


Schedule = Annotated[str, AfterValidator(_is_schedule)]
"""When workers run a source, in cron's notation and UTC; empty: only when they are asked to."""


class Workers(Table):
    """How processes share the work of one PostgreSQL store, and what `ingest worker` does unasked."""

    schedule: Schedule = ""
    lease_seconds: float = Field(default=30, ge=3, le=3600)


class Notify(Table):
    """The command that is called when a run did not go well."""

    command: Strings = ()


class Alert(Table):
    """A query whose new and changed documents are reported after each run."""

    query: str
    feed: str | None = None
    """An Atom file, relative to the configuration's folder."""

    @field_validator("query")
    @classmethod
    def _meant(cls, value: str) -> str:
        from models.search.query import parse

        if faults := parse(value).faults:
            raise ValueError(faults[0].text)
        return value


class Source(Table):
    """One resource centre; only `start` is needed."""

    start: Strings
    follow: Strings = ()
    scraper: str | None = None
    discover: Discover = "auto"
    next_page: str | None = None
    attachment: str | None = None
    title: str | None = None
    author: str | None = None
    date: str | None = None
    body: str | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    language: str | None = None
    include: Strings = ()
    exclude: Strings = ()
    file_hosts: Strings = ()
    at_least: int = Field(default=1, ge=0)
    max_pages: int = Field(default=1000, ge=1)
    delay_seconds: float | None = Field(default=None, ge=0)
    revisit_days: float = Field(default=30, ge=1)
    creation_date: bool = False
    robots: bool = True
    headers: dict[str, str] = {}
    proxy: str | None = None
    render: bool = False
    render_hosts: Strings = ()
    schedule: Schedule | None = None
    enabled: bool = True

    @field_validator("start")
    @classmethod
    def _addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise ValueError("needs at least one address")
        for address in value:
            if not re.match(r"https?://[^/\s]+", address):
                raise ValueError(f"{address!r} is not an http(s) address; write it as https://acme.example/reports")
            try:
                canonical(address)
            except ValueError as error:
                raise ValueError(f"{address!r} is no address that can be fetched: {error}") from error
        return value

    @field_validator("scraper")
    @classmethod
    def _scraper(cls, value: str | None) -> str | None:
        from scrapers.sites import names

        if value is not None and value not in names():
            near = difflib.get_close_matches(value, names(), 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names())}"
            raise ValueError(f"there is no module {value!r} in scrapers/sites; {hint}")
        return value

    @field_validator("language")
    @classmethod
    def _language(cls, value: str | None) -> str | None:
        from scrapers.values.language import normalised

        if value is not None and normalised(value) is None:
            raise ValueError(f"{value!r} is not a language's code, such as en or pt-BR")
        return value

    @field_validator("headers")
    @classmethod
    def _headers(cls, value: dict[str, str]) -> dict[str, str]:
        for name, text in value.items():
            if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name) or re.search(r"[\r\n\0]", text):
                raise ValueError(f"{name!r} is not a header that can be sent")  # RFC 9110, 5.1 and 5.5
        return value

    @field_validator("proxy")
    @classmethod
    def _proxy(cls, value: str | None) -> str | None:
        if value and "${" not in value and not re.match(r"https?://[^/\s]+", value):
            raise ValueError(f"{value!r} is not a proxy; write it as http://host:port")
        return value

    @field_validator("follow", "next_page", "attachment", "title", "author", "date", "body")
    @classmethod
    def _selectors(cls, value: tuple[str, ...] | str | None) -> tuple[str, ...] | str | None:
        if value:
            from scrapers.html.selectors import check_selector

            for selector in (value,) if isinstance(value, str) else value:
                try:
                    check_selector(selector)
                except ConfigError as error:
                    raise ValueError(str(error)) from error
        return value

    def rules(self, name: str, extract: Extract, *, max_pages: int | None = None) -> Rules:
        """Return what the scrapers need of this source."""
        shared = {key: getattr(self, key) for key in Rules.__dataclass_fields__ if key in Source.model_fields}
        shared["max_pages"] = max_pages or self.max_pages
        return Rules(source=name, pdf=extract.pdf, ocr=extract.ocr, **shared)


class Imported(Source):
    """A source that only imports fill; it has no start address."""

    start: Strings = ()

    @field_validator("start")
    @classmethod
    def _addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return value


NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def check_name(name: str, option: str = "--source") -> str:
    """Return the name that an option gives, or raise ConfigError where it is not valid for a source."""
    if not NAME.fullmatch(name):
        raise ConfigError(f"{option} {name!r}: a source's name may hold only letters, digits, - and _")
    return name


def source_table(stored: Mapping[str, Any]) -> Source:
    """Return a source from its stored configuration; `Imported` where it has no start address."""
    return (Source if stored.get("start") else Imported).model_validate(stored)


class Config(Table):
    """The whole file."""

    store: Store = Store()
    http: Http = Http()
    extract: Extract = Extract()
    render: Render = Render()
    workers: Workers = Workers()
    notify: Notify = Notify()
    alerts: dict[str, Alert] = {}
    sources: dict[str, Source] = {}

    base: Path = Field(default=Path(), exclude=True)
    """The folder that relative paths are relative to; not a key of the file."""
    file: str = Field(default="config.toml", exclude=True)
    """What messages call the file; not a key of it."""

    @field_validator("sources")
    @classmethod
    def _names(cls, value: dict[str, Source]) -> dict[str, Source]:
        for name in value:
            if not NAME.fullmatch(name):
                raise ValueError(f"the source name {name!r} may hold only letters, digits, - and _")
        return value

    @property
    def archive(self) -> Path:
        """The archive's folder."""
        return self.base / self.store.archive

    @property
    def schedules(self) -> dict[str, str]:
        """The schedule of each enabled source that has one, its own or that of `[workers]`."""
        wanted = {
            name: self.workers.schedule if source.schedule is None else source.schedule
            for name, source in self.sources.items()
            if source.enabled and source.start
        }
        return {name: schedule for name, schedule in wanted.items() if schedule}

    def chosen(self, names: list[str]) -> dict[str, Source]:
        """Return the named sources, or all that are enabled; raises ConfigError for a name that is not configured."""
        for name in names:
            if name not in self.sources:
                near = difflib.get_close_matches(name, self.sources, 1)
                hint = f"; did you mean {near[0]!r}?" if near else "; `ingest source list` lists them"
                raise ConfigError(f"there is no source {name!r} in the configuration{hint}")
        if names:
            return {name: self.sources[name] for name in dict.fromkeys(names)}
        return {name: source for name, source in self.sources.items() if source.enabled}
