"""The fork server of a command under test: a fork of the warm process in place of a new interpreter."""

from __future__ import annotations

import fcntl
import importlib
import json
import os
import socket
import traceback
from typing import Any


class ForkServer:
    """A fork of the warm process that waits to become the fork server of a command's reading processes.

    The command starts a new interpreter for it, which imports in half a second what this one has already.
    """

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self._pid = os.fork()
        if not self._pid:
            ours.close()
            self._serve(theirs)
        theirs.close()
        self._orders = ours

    def stand_in(self) -> None:
        """Have `multiprocessing` take this process where it would start a fork server; once, as there is but one."""
        util: Any = importlib.import_module("multiprocessing.util")
        start = util.spawnv_passfds

        def started(program: str, arguments: list[str], descriptors: list[int]) -> int:
            if not arguments[-1].startswith("from multiprocessing.forkserver"):
                return int(start(program, arguments, descriptors))
            util.spawnv_passfds = start
            order = json.dumps({"command": arguments[-1], "descriptors": descriptors})
            socket.send_fds(self._orders, [order.encode()], descriptors)
            self._orders.close()
            return self._pid

        util.spawnv_passfds = started

    @staticmethod
    def _serve(orders: socket.socket) -> None:
        """Do what the new interpreter would, with its descriptors at the numbers that the command names."""
        code = 0
        try:
            message, received, _, _ = socket.recv_fds(orders, 1_000_000, 8)
            orders.close()
            if message:
                order = json.loads(message)
                aside = [fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 100) for descriptor in received]
                for descriptor in received:
                    os.close(descriptor)
                for descriptor, number in zip(aside, order["descriptors"], strict=True):
                    os.dup2(descriptor, number)
                    os.close(descriptor)
                exec(order["command"], {})
        except SystemExit:
            pass  # its command has ended
        except BaseException:
            traceback.print_exc()
            code = 1
        finally:
            os._exit(code)
