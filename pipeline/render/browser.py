"""One Chromium for a run, without a network and within limits.

It is started for the first page, and again after it broke down or was ended.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shlex
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from models.errors import SourceError
from pipeline.render.installed import chromium, missing
from pipeline.render.settings import RenderSettings

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import Page as Tab
    from playwright.async_api import Playwright

log = logging.getLogger(__name__)

TABS = 4
"""Pages that are made at once."""
CLOSING = 5.0
"""Seconds after which a tab that does not close ends with the whole browser."""
SIZE = {"width": 1280, "height": 1600}
NO_NETWORK = (
    # The launcher's network namespace is what keeps the browser off the network. These hold where the kernel has none.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--no-pings",
)
ALIKE = (
    # A page that is made twice shows the same.
    "--js-flags=--random-seed=1 --max-old-space-size=512",
    "--blink-settings=imagesEnabled=false",
    "--disable-gpu",
    "--disable-remote-fonts",
    "--mute-audio",
    "--block-new-web-contents",
)


class Browser:
    """Gives tabs, each in a profile of its own; close it with `aclose`."""

    def __init__(self, settings: RenderSettings, user_agent: str) -> None:
        self._settings, self._user_agent = settings, user_agent
        self._starting = asyncio.Lock()
        self._free = asyncio.Semaphore(TABS)
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._folder: TemporaryDirectory[str] | None = None

    def check(self) -> None:
        """Raise SourceError where this machine lacks what a browser needs."""
        if self._chromium is None and (lack := missing(self._settings.chromium)) is not None:
            raise SourceError(f"pages cannot be rendered: {lack}")

    @asynccontextmanager
    async def tab(self) -> AsyncIterator[Tab]:
        """Give an empty tab; raises SourceError where no browser can be started."""
        async with self._free:
            browser = await self._started()
            context = await browser.new_context(
                user_agent=self._user_agent,
                viewport=SIZE,  # type: ignore[arg-type]
                locale="en-US",
                timezone_id="UTC",
                service_workers="block",
                accept_downloads=False,
                reduced_motion="reduce",
            )
            try:
                yield await context.new_page()
            finally:
                try:
                    async with asyncio.timeout(CLOSING):
                        await context.close()
                except Exception:  # whatever a tab dies of, it must be gone
                    self.end()

    def end(self) -> None:
        """End the browser's processes at once; the next tab starts new ones."""
        self._chromium = None
        if (launcher := self._launcher()) is not None:
            with suppress(OSError):
                os.kill(launcher[0], signal.SIGTERM)

    def _launcher(self) -> tuple[int, str] | None:
        """Return the process that holds the browser and the folder of the browser's files, where there is one."""
        if self._folder is None or not (written := Path(self._folder.name) / "pid").exists():
            return None
        process, _, folder = written.read_text().partition(" ")
        return int(process), folder

    def _sweep(self) -> None:
        """Remove what a browser that was ended has left."""
        if (launcher := self._launcher()) is not None and launcher[1]:
            shutil.rmtree(launcher[1], ignore_errors=True)

    async def aclose(self) -> None:
        """End the browser and what drives it."""
        if self._chromium is not None:
            with suppress(Exception):  # a browser that broke down needs no closing
                async with asyncio.timeout(CLOSING):
                    await self._chromium.close()
        self.end()
        if self._playwright is not None:
            await self._playwright.stop()
            self._playwright = None
        self._sweep()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    async def _started(self) -> Chromium:
        async with self._starting:
            if self._chromium is None or not self._chromium.is_connected():
                self._chromium = await self._start()
            return self._chromium

    async def _start(self) -> Chromium:
        self.check()
        from playwright.async_api import Error, async_playwright

        self._sweep()
        self._playwright = self._playwright or await async_playwright().start()
        self._folder = self._folder or TemporaryDirectory(prefix="ingest-render-")
        try:
            return await self._playwright.chromium.launch(
                executable_path=self._program(Path(self._folder.name)),
                chromium_sandbox=True,  # the launcher turns it off where the kernel does not allow it
                args=[*NO_NETWORK, *ALIKE],
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except Error as error:
            first = str(error).strip().splitlines()[0]
            raise SourceError(f"pages cannot be rendered: {chromium(self._settings.chromium)}: {first}") from error

    def _program(self, folder: Path) -> Path:
        """Write the program that Playwright starts: our launcher, with the browser as its argument."""
        launcher = Path(__file__).with_name("launcher.py")
        command = [
            *(sys.executable, "-I", "-S", launcher),
            *(folder / "pid", os.getpid(), self._settings.max_memory_mb, chromium(self._settings.chromium)),
        ]
        program = folder / "chromium"
        program.write_text(f'#!/bin/sh\nexec {shlex.join(map(str, command))} "$@"\n', "utf-8")
        program.chmod(0o700)
        return program
