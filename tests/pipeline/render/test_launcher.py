"""The process in which the browser runs, tried with another program in its place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.render import launcher

pytestmark = pytest.mark.browser


@contextmanager
def launched(
    folder: Path, script: str, *, run: int | None = None, megabytes: int = 500
) -> Iterator[subprocess.Popen[str]]:
    """Run a script as the browser would be run."""
    command = [
        *(sys.executable, "-I", "-S", launcher.__file__, folder / "pid", run or os.getpid(), megabytes),
        *("/bin/sh", "-c", script),
    ]
    with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True) as process:
        yield process


def test_it_has_no_network_is_not_root_and_sees_itself_as_the_first_process(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with launched(
        tmp_path, "test -w . && test -w $HOME && cut -d: -f1 /proc/net/dev | tail -n +3; id -u; echo $$"
    ) as process:
        *interfaces, user, own = process.communicate(timeout=30)[0].split()
    assert process.returncode == 0
    assert user != "0"
    if launcher.isolates():
        assert interfaces in ([], ["lo"])  # which is down
        assert own == "1"


def test_it_is_ended_when_it_holds_too_much_memory(tmp_path: Path) -> None:
    script = "(head -c 200000000 /dev/zero; sleep 60) | tail -c 199999999 >/dev/null"
    with launched(tmp_path, script, megabytes=100) as process:
        assert process.wait(30) == launcher.ENDED_FOR_MEMORY


def test_it_ends_with_the_run_and_with_its_launcher(tmp_path: Path) -> None:
    with (
        subprocess.Popen(["sleep", "60"]) as run,
        launched(tmp_path, "sleep 60", run=run.pid) as process,
    ):
        run.kill()
        assert process.wait(30) == 1
    with launched(tmp_path, "echo $HOME; sleep 60") as process:
        assert process.stdout is not None
        folder = process.stdout.readline().strip()
        os.kill(int((tmp_path / "pid").read_text().split()[0]), 9)
        assert process.stdout.read() == ""  # nobody holds its other end any more
    if "ingest-browser-" in folder:  # which nobody was left to remove
        shutil.rmtree(folder)
