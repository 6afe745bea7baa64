"""The Dockerfile followed without a container daemon: its own lines, in a root folder for each stage, then as its user.

python -m tests.benchmarks.simulation.container FOLDER [--bind PATH ...]

Needs root, for mounts in a namespace of its own, and a system with `python3` and venv. The base image is this system's
/usr, which steps cannot write; so what `apt-get` would install is only named. All else is done as it stands there.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TOP = Path(__file__).parents[3]
WITHIN = "INGEST_CONTAINER_MOUNTS"
"""Set in the process that has a namespace of mounts of its own."""
COMMANDS = (
    ("--version",),
    ("init", "--contact", "you@example.org"),
    ("demo",),
    ("--config", "demo/config.toml", "search", "water"),
    ("--config", "demo/config.toml", "export", "sample.csv"),
    ("--config", "demo/config.toml", "status", "--check"),
)
"""What the finished image is asked for, after its CMD."""


def steps(dockerfile: str) -> Iterator[tuple[str, str]]:
    """Yield the instructions of a Dockerfile in order, each as its keyword and what follows."""
    lines = [line for line in dockerfile.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        keyword, _, rest = line.strip().partition(" ")
        yield keyword.upper(), " ".join(rest.split())


@dataclass
class Stage:
    """One stage of the build: its root folder, and what its instructions have set."""

    root: Path
    workdir: str = "/"
    user: str = "root"
    command: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin"})

    def mount(self, binds: Sequence[str]) -> None:
        """Make the base image: this system's programs, which nothing can write, and folders of the stage's own."""
        for name in ("usr/local/bin", "etc", "opt", "tmp", "var/lib/apt/lists", "root"):
            (self.root / name).mkdir(parents=True, exist_ok=True)
        (self.root / "tmp").chmod(0o1777)
        shutil.copytree("/etc", self.root / "etc", symlinks=True, dirs_exist_ok=True, ignore_dangling_symlinks=True)
        for name in ("bin", "lib", "lib64", "sbin"):
            if Path("/", name).is_symlink():
                (self.root / name).symlink_to(os.readlink(f"/{name}"))
        local = self.root / "local"
        local.mkdir()
        (local / "bin").mkdir()
        (local / "bin" / "python").symlink_to("/usr/bin/python3")
        (local / "bin" / "apt-get").write_text('#!/bin/sh\necho "  not installed: apt-get $*"\n')
        (local / "bin" / "apt-get").chmod(0o755)
        for source, target in (
            ("/usr", "usr"),
            ("/proc", "proc"),
            ("/dev", "dev"),
            *((p, p.strip("/")) for p in binds),
        ):
            (self.root / target).mkdir(parents=True, exist_ok=True)
            _mount("--rbind", source, str(self.root / target))
        _mount("-o", "remount,bind,ro", str(self.root / "usr"))
        _mount("--bind", str(local), str(self.root / "usr/local"))

    def copy(self, words: list[str], stages: dict[str, Stage]) -> None:
        """Copy files of the project, or of another stage, as COPY does."""
        context = TOP
        if words[0].startswith("--from="):
            context = stages[words.pop(0).removeprefix("--from=")].root
        *sources, target = words
        place = self.root / os.path.join(self.workdir, target).strip("/")
        for name in sources:
            source = context / name.strip("/")
            if source.is_dir():
                shutil.copytree(source, place, symlinks=True, dirs_exist_ok=True, ignore=_ignored)
            else:
                goal = place / source.name if target.endswith("/") else place
                goal.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, goal)

    def run(self, words: list[str]) -> int:
        """Run a command in the stage as its user, and return its exit code."""
        given = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
        home = "/root" if self.user == "root" else self.workdir
        change = ["chroot", f"--userspec={self.user}:{self.user}", str(self.root), "/bin/sh", "-c"]
        line = f"cd {shlex.quote(self.workdir)} && exec {shlex.join(words)}"
        return subprocess.run([*change, line], env={"HOME": home, **given, **self.environment}, check=False).returncode


def _ignored(_: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "__pycache__"]


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


def build(dockerfile: str, folder: Path, binds: Sequence[str]) -> Stage:
    """Follow a Dockerfile to its end, and return its last stage."""
    stages: dict[str, Stage] = {}
    stage = Stage(root=folder)
    for keyword, rest in steps(dockerfile):
        print(f"{keyword} {rest}", flush=True)
        match keyword:
            case "FROM":
                name = rest.partition(" AS ")[2] or str(len(stages))
                stage = stages[name] = Stage(root=folder / f"stage-{name}")
                stage.root.mkdir(parents=True)
                stage.mount(binds)
            case "WORKDIR":
                stage.workdir = rest
                (stage.root / rest.strip("/")).mkdir(parents=True, exist_ok=True)
            case "COPY":
                stage.copy(shlex.split(rest), stages)
            case "RUN":
                if code := stage.run(["/bin/sh", "-c", rest]):
                    sys.exit(f"RUN ended with {code}")
            case "ENV":
                for name, value in re.findall(r"(\w+)=(\S+)", rest):
                    stage.environment[name] = value.replace("$PATH", stage.environment["PATH"])
            case "USER":
                stage.user = rest
            case "ENTRYPOINT" | "CMD":
                stage.command += re.findall(r'"([^"]*)"', rest)
            case "VOLUME":
                pass  # the folder itself serves as one: it has the owner that the steps gave it
            case _:
                sys.exit(f"{keyword} is not known here")
    return stage


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="an empty folder, which is left as the stages' roots")
    parser.add_argument("--bind", action="append", default=[], help="a folder that pip needs, at the same place")
    options = parser.parse_args()
    if WITHIN not in os.environ:
        os.environ[WITHIN] = "1"
        os.execvp("unshare", ["unshare", "--mount", sys.executable, "-m", __spec__.name, *sys.argv[1:]])
    image = build((TOP / "Dockerfile").read_text("utf-8"), options.folder.resolve(), options.bind)
    entry, *usual = image.command
    codes = []
    for words in (tuple(usual), *COMMANDS):
        print(f"$ docker run ingest {shlex.join(words)}", flush=True)
        codes.append(image.run([entry, *words]))
        print(f"  exit code {codes[-1]}", flush=True)
    return 1 if any(code not in (0, 3) for code in codes) else 0


if __name__ == "__main__":
    sys.exit(main())
