"""Whether pages can be rendered on this machine: the package `playwright`, and a Chromium that it may drive."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
"""Names of Chromium's programs on the path, the smallest first."""
INSTALL_BROWSER = "apt-get install chromium-headless-shell"
INSTALL_PACKAGE = "pip install 'resource-centre-ingest[browser]'"


def chromium(configured: str = "") -> Path | None:
    """Return the program of the configured or of an installed Chromium, or None where there is none."""
    names = (configured,) if configured else PROGRAMS
    return next((Path(found) for name in names if (found := shutil.which(name))), None)


def missing(configured: str = "") -> str | None:
    """Return what rendering lacks on this machine and the command that mends it; None where it lacks nothing."""
    if sys.platform != "linux":
        return "pages are rendered on Linux only, whose namespaces keep the browser off the network"
    if find_spec("playwright") is None:
        return f"the package playwright is not installed: {INSTALL_PACKAGE}"
    if chromium(configured) is None:
        if configured:
            return f"render.chromium: {configured!r} is no program that can be run"
        return f"no Chromium is installed: {INSTALL_BROWSER}"
    return None
