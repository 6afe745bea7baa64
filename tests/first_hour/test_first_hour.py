"""The wheel alone, in a clean environment, leads from nothing to a spreadsheet of three sites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.first_hour.walk import Walk, first_hour, three_sites

ROOT = Path(__file__).parents[2]
BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
CONSOLE = """import sys
from pipeline.cli import main
if __name__ == "__main__":
    sys.exit(main())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what it is built from."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("models", "scrapers", "pipeline"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-W", "ignore", "-c", BUILD, str(target)]
    subprocess.run(command, cwd=source, env=environment, capture_output=True, check=True)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def ingest(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that holds the wheel; the libraries are those of the tests, without our folder."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    command = folder / "bin" / "ingest"
    command.write_text(f"#!{folder}/bin/python\n{CONSOLE}", "utf-8")
    command.chmod(0o755)
    return command


def test_every_file_that_is_no_code_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "models", "scrapers", "pipeline"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(tracked.stdout.splitlines()) - held == set()


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["drupal"], id="one site"),
        pytest.param(["wordpress", "drupal", "handwritten"], id="three sites", marks=pytest.mark.nightly),
    ],
)
def test_from_nothing_to_a_spreadsheet(ingest: Path, tmp_path: Path, names: list[str]) -> None:
    walk = Walk(ingest, tmp_path)
    with three_sites(9) as sites:
        sites = {name: sites[name] for name in names}
        right = first_hour(walk, sites, demo=False)
    told = "\n".join(walk.transcript)
    assert sum(values for values, _ in right.values()) >= 0.98 * sum(of for _, of in right.values()), (right, told)
    assert "no source is enabled" in told
    assert f"ingest run {names[0]} --limit 50" in told
    assert f"all is well: {len(names)} source" in told
