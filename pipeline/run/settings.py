"""What a run opens as configured: the reading processes and the HTTP client; and the clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import VERSION
from pipeline.config import Config, Source, secret
from pipeline.fetch.settings import HttpSettings, SourceHttp

if TYPE_CHECKING:
    from pipeline.extract.pool import Readers
    from pipeline.fetch.client import Client
    from pipeline.fetch.pacing import Turns


def utc_now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_readers(
    config: Config, *, workers: int | None = None, spool: Path | None = None
) -> AsyncIterator[Readers]:
    """Open the reading processes within the limits of `[extract]`.

    Args:
        config: The whole configuration.
        workers: Number of processes in place of that of `[extract]`; 0 is one a core.
        spool: Folder for large content passed by path; by default a temporary one.
    """
    from tempfile import TemporaryDirectory

    from pipeline.extract.pool import Readers

    limits = config.extract
    with ExitStack() as stack:
        folder = spool or Path(stack.enter_context(TemporaryDirectory()))
        async with Readers(
            workers=limits.workers if workers is None else workers,
            max_seconds=limits.max_seconds,
            max_memory_mb=limits.max_memory_mb,
            spool=folder,
        ) as readers:
            yield readers


def open_client(config: Config, readers: Readers, turns: Turns | None = None) -> Client:
    """Return the HTTP client of `[http]`, for `async with`; robots.txt is parsed in the reading processes.

    For a source with `render`, a browser makes the client's pages, within the limits of `[render]`.
    """
    http = config.http
    contact = f"; +{http.contact}" if http.contact else ""
    settings = HttpSettings(
        user_agent=f"resource-centre-ingest/{VERSION} (document archive{contact})",
        delay_seconds=http.delay_seconds,
        requests_per_host=http.requests_per_host,
        timeout_seconds=http.timeout_seconds,
        max_bytes=http.max_bytes,
        retries=http.retries,
        max_retry_after_seconds=http.max_retry_after_seconds,
        max_crawl_delay_seconds=http.max_crawl_delay_seconds,
        allow_addresses=http.allow_addresses,
        resolve=http.resolve,
        ca_file=None if http.ca_file is None else str(config.base / http.ca_file),
    )
    if not any(source.render for source in config.sources.values()):
        from pipeline.fetch.client import Client

        return Client(settings, read_robots=readers.robots, turns=turns)
    from pipeline.render.client import RenderingClient
    from pipeline.render.settings import RenderSettings

    render = RenderSettings(**config.render.model_dump())
    return RenderingClient(settings, render, read_robots=readers.robots, turns=turns)


def source_http(name: str, source: Source) -> SourceHttp:
    """Return what the source's configuration overrides of `[http]`; raises ConfigError for an unset secret."""
    return SourceHttp(
        delay_seconds=source.delay_seconds,
        robots=source.robots,
        headers={key: secret(value, f"sources.{name}.headers.{key}") for key, value in source.headers.items()},
        proxy=secret(source.proxy, f"sources.{name}.proxy") if source.proxy else None,
        origins=source.start,
        render=source.render,
        render_hosts=source.render_hosts,
    )
