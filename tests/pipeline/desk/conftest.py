"""A desk that is served, over the ingested sample."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from models.database.store import Store, open_store
from pipeline.desk.app import create_app
from pipeline.desk.reread import Rereading
from pipeline.desk.server import hosts, listen
from tests.pipeline.conftest import Ingested


class Served(uvicorn.Server):
    """A server in a thread, which takes no signals."""

    def install_signal_handlers(self) -> None:
        """Leave the signals to the tests."""


@contextmanager
def served(store: Store, archive: Path, rereading: Rereading | None = None) -> Iterator[int]:
    """Serve a desk on a free port of loopback, and give the port."""
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    app = create_app(store, archive, hosts=hosts(port), rereading=rereading)
    config = uvicorn.Config(app, log_level="error", lifespan="on")
    server = Served(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


@pytest.fixture(scope="session")
def desk(ingested: Ingested) -> Iterator[int]:
    """Give the port of a desk over the ingested sample."""
    data = next(path.parent for path in sorted(ingested.folder.rglob("ingest.db")))
    store = open_store(str(data / "ingest.db"), base=Path(), write=False)
    with served(store, data / "archive") as port:
        yield port
    store.close()


Serve = Callable[[Store, Path], Iterator[int]]
