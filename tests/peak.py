"""The peak memory of this process, of itself alone: what `getrusage` tells includes what went before (Linux)."""

from __future__ import annotations

from pathlib import Path


def begin() -> float:
    """Forget earlier peaks; return what is held now, in MiB."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def reached() -> float:
    """Return the peak since `begin`, or since the process started, in MiB."""
    return _status("VmHWM")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(line for line in lines if line.startswith(name + ":")).split()[1]) / 1024
