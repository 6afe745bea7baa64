"""Serving the desk on loopback until it is interrupted."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

from models.errors import ConfigError

LOCAL = ("127.0.0.1", "localhost", "[::1]")


def hosts(port: int) -> tuple[str, ...]:
    """Return the values of the Host header that are answered."""
    return tuple(f"{name}:{port}" for name in LOCAL)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on loopback; raises ConfigError for another address or a port in use."""
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise ConfigError(f"--host {host!r}: must be an address of this machine's loopback, 127.0.0.1 or ::1") from None
    if not address.is_loopback:
        raise ConfigError(
            f"--host {host}: the desk has no accounts, so it listens on loopback alone; "
            f"from another machine use: ssh -L {port or 8311}:127.0.0.1:{port or 8311} THIS-MACHINE"
        )
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((str(address), port))
    except OSError as error:
        listening.close()
        raise ConfigError(f"--port {port}: {error.strerror}; name another") from error
    listening.listen(128)
    return listening


def serve(make_app: Callable[[int], Any], listening: socket.socket) -> None:
    """Serve the application that `make_app` returns for the port, until SIGINT or SIGTERM."""
    import uvicorn

    app = make_app(listening.getsockname()[1])
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, lifespan="on",
        limit_concurrency=64, timeout_graceful_shutdown=2, h11_max_incomplete_event_size=16_384,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listening])
