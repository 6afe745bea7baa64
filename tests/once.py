"""What is costly to make and is then only copied: made by the first test process that needs it, for all of them."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

T = TypeVar("T")


class Once:
    """Folders that each are filled once in a run of the tests, whichever of its processes asks first.

    Args:
        folder: what all test processes share.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def made(self, name: str, make: Callable[[Path], None]) -> Path:
        """Return the folder of that name, filled by `make`; copy it, change nothing in it."""
        folder = self._folder / name
        done = self._folder / f"{name}.done"
        with FileLock(self._folder / f"{name}.lock"):
            if not done.exists():
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    def kept(self, name: str, make: Callable[[Path], T]) -> T:
        """Return what `make` returned in the first process that asked; it gets a folder of its own to work in."""

        def keep(folder: Path) -> None:
            value = make(folder)
            (folder / "kept.pickle").write_bytes(pickle.dumps(value))

        value: T = pickle.loads((self.made(name, keep) / "kept.pickle").read_bytes())
        return value
