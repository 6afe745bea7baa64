"""Finished archive files on object storage: put whole, read by range, through the interface of fsspec.

A folder there is named by a URL, `s3://bucket/folder`. Where the storage is and with which keys it is reached, its own
variables of the environment say: AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import StoreError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

RETRIES = 3


def put(url: str, name: str, path: Path) -> None:
    """Store a file under a name, whole or not at all; one of that name is replaced. Raises StoreError."""
    with _reaching(url, name) as (files, where):
        files.put_file(str(path), where)


def piece(url: str, name: str, offset: int, length: int) -> bytes:
    """Return some bytes of a file; raises StoreError."""
    with _reaching(url, name) as (files, where):
        found: bytes = files.cat_file(where, start=offset, end=offset + length)
        return found


def size(url: str, name: str) -> int | None:
    """Return the length of a file, or None where there is none; raises StoreError."""
    with _reaching(url, name) as (files, where):
        try:
            return int(files.info(where)["size"])
        except FileNotFoundError:
            return None


def fetch(url: str, name: str, path: Path) -> None:
    """Copy a file to a path on this machine; raises StoreError."""
    with _reaching(url, name) as (files, where):
        files.get_file(where, str(path))


def remove(url: str, name: str) -> None:
    """Remove a file, if there is one; raises StoreError."""
    with _reaching(url, name) as (files, where):
        files.rm_file(where)


@contextmanager
def _reaching(url: str, name: str) -> Iterator[tuple[AbstractFileSystem, str]]:
    """Yield the storage of a URL and the path of a file there; raise trouble with it as a StoreError."""
    try:
        from obstore.exceptions import BaseError
    except ModuleNotFoundError as error:
        raise StoreError(f"{url} needs object storage: pip install 'resource-centre-ingest[s3]'") from error
    scheme, _, folder = url.rstrip("/").partition("://")
    try:
        yield storage(scheme), f"{folder}/{name}"
    except FileNotFoundError as error:
        raise StoreError(f"{url}: there is no {name}") from error
    except (BaseError, OSError, ValueError) as error:
        raise StoreError(f"{url} cannot be reached for {name}: {str(error).partition(chr(10))[0]}") from error


@cache
def storage(scheme: str) -> Any:
    """Return the storage of a scheme, as the environment describes it."""
    from obstore.fsspec import FsspecStore

    return FsspecStore(scheme, retry_config={"max_retries": RETRIES}, skip_instance_cache=True)  # type: ignore[call-overload]
