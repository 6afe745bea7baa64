"""What the command costs by itself: CPU of `ingest --help`, peak memory of the parent of `ingest demo`.

python -m tests.benchmarks.speed.footprint
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
MEASURED = """
import atexit, sys
from tests.peak import reached
atexit.register(lambda: open("peak", "w").write(str(reached())))
sys.argv = ["ingest", "demo", "--quiet"]
from pipeline.cli import main
main()
"""


def main() -> None:
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "pipeline.cli", "--help"], stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    print(f"ingest --help: {sorted(times)[2]:.2f} s of CPU (median of 5)")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "config.toml").write_text("", "utf-8")
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", MEASURED]
        subprocess.run(command, cwd=folder, env=environment, check=True, stderr=subprocess.DEVNULL)
        peak = float((Path(folder) / "peak").read_text("utf-8"))
    print(f"ingest demo: {peak:.0f} MB at most in the parent, the sample's server included")


if __name__ == "__main__":
    main()
