"""The options that many commands share, and what they open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from models.database.store import Store
    from pipeline.config import Config

DEFAULT = Path("config.toml")
_chosen: list[Path] = []

ConfigFile = Annotated[Path | None, typer.Option("--config", help="The configuration.", metavar="FILE")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing when all is well.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SourceName = Annotated[str | None, typer.Option("--source", help="Only this source.", metavar="NAME")]
SourceNames = Annotated[
    list[str] | None, typer.Option("--source", help="Only this source; may be given more than once.", metavar="NAME")
]
AuthorName = Annotated[str | None, typer.Option("--author", help="Only documents of this author.", metavar="NAME")]
Since = Annotated[str | None, typer.Option("--since", help="Published on this day or later.", metavar="DATE")]
Until = Annotated[str | None, typer.Option("--until", help="Published on this day or earlier.", metavar="DATE")]
Language = Annotated[str | None, typer.Option("--language", help="Only this language (BCP 47).", metavar="TAG")]


def choose_config(path: Path | None) -> None:
    """Remember the file of `--config`, given before or after the command."""
    if path is not None:
        _chosen[:] = [path]


def forget_config() -> None:
    """Forget the file of an earlier command in the same process."""
    _chosen.clear()


def is_chosen() -> bool:
    """Return whether `--config` named a file."""
    return bool(_chosen)


def config_path() -> Path:
    """Return the file of the configuration in force."""
    return _chosen[0] if _chosen else DEFAULT


def read_config(path: Path | None = None) -> Config:
    """Return the configuration in force; raises ConfigError."""
    from pipeline.config import load

    return load(path or (_chosen[0] if _chosen else DEFAULT))


@contextmanager
def opened(config: Config, *, write: bool = False, lost: bool = False) -> Iterator[Store]:
    """Yield the configured store, created or migrated where needed; raises StoreError.

    Args:
        config: The configuration.
        write: Open it for writing.
        lost: Make a new one although the archive holds captures of an earlier one.
    """
    from models.database.store import open_store
    from models.errors import StoreNotReady
    from pipeline.holdings.lost import check_not_lost

    if not lost:
        check_not_lost(config)

    try:
        store = open_store(config.store.database, base=config.base, write=write)
    except StoreNotReady:
        open_store(config.store.database, base=config.base).close()
        store = open_store(config.store.database, base=config.base, write=write)
    try:
        yield store
    finally:
        store.close()


def day(value: str | None, option: str) -> str | None:
    """Return an ISO date, whole or partial; raises ConfigError for anything else."""
    import re
    from datetime import date

    from models.errors import ConfigError

    if value is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
            raise ValueError
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        raise ConfigError(f"{option} {value!r}: not a date; write 2019, 2019-05 or 2019-05-23") from None
    return value


def period(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """Return the dates of `--since` and `--until`; raises ConfigError where nothing can lie between them."""
    from models.errors import ConfigError

    first, last = day(since, "--since"), day(until, "--until")
    if first and last and first[: len(last)] > last[: len(first)]:
        raise ConfigError(f"--since {since} is later than --until {until}: nothing lies between; exchange the two")
    return first, last


def check_target(path: Path, option: str) -> None:
    """Raise ConfigError, before any work, for a file that cannot be written where it is named."""
    from models.errors import ConfigError
    from models.whole_file import writable

    folder = path.absolute().parent
    if path.is_dir():
        raise ConfigError(f"{option}{path}: is a folder; name a file in it")
    if not folder.is_dir():
        raise ConfigError(f"{option}{path}: there is no folder {path.parent}; make it first")
    if not writable(path if path.exists() else folder):
        raise ConfigError(f"{option}{path}: cannot be written; name a file in a folder that you may write to")
