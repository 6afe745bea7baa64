"""From the configuration to the settings of the client, and the clock."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline import VERSION
from pipeline.config import Config, Source, secret
from pipeline.fetch.settings import HttpSettings, SourceHttp


def utc_now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


def settings(config: Config) -> HttpSettings:
    """Return how sites are asked."""
    http = config.http
    contact = f"; +{http.contact}" if http.contact else ""
    return HttpSettings(
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
    )


def source_http(name: str, source: Source) -> SourceHttp:
    """Return what the source's configuration changes of how it is asked; raises ConfigError for an unset secret."""
    return SourceHttp(
        delay_seconds=source.delay_seconds,
        robots=source.robots,
        headers={key: secret(value, f"sources.{name}.headers.{key}") for key, value in source.headers.items()},
        proxy=secret(source.proxy, f"sources.{name}.proxy") if source.proxy else None,
        origins=source.start,
    )
