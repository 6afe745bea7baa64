"""What a newcomer types in the first hour, on three made sites: the transcript, and how much of it is right.

python -m tests.first_hour.walk /path/to/ingest     # an installed command, of a wheel: nothing of this folder is used
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.pipeline.commands.add.adding import compared
from tests.sites import DrupalSite, Site, WordpressSite, serve
from tests.sites.handwritten import HandwrittenSite


@dataclass
class Walk:
    """A folder in which the installed command is run as a person types it."""

    ingest: Path
    folder: Path
    transcript: list[str] = field(default_factory=list)

    def type(self, *words: str, code: int = 0) -> str:
        """Run the command, note it with what it printed, and return its stdout."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "INGEST"))}
        done = subprocess.run(
            [self.ingest, *words], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        self.transcript.append(f"$ ingest {' '.join(words)}\n{done.stderr}{done.stdout}".rstrip())
        assert done.returncode == code, self.transcript[-1]
        return done.stdout


@contextmanager
def three_sites(count: int) -> Iterator[dict[str, Site]]:
    """Serve a WordPress, a Drupal and a hand-written site, of that many documents each."""
    sites: dict[str, Site] = {"wordpress": WordpressSite(), "drupal": DrupalSite(), "handwritten": HandwrittenSite()}
    with ExitStack() as stack:
        for site in sites.values():
            site.items = site.items[:count]
            stack.enter_context(serve(site))
        yield sites


def first_hour(walk: Walk, sites: dict[str, Site], *, demo: bool) -> dict[str, tuple[int, int]]:
    """Go from nothing to a spreadsheet of three sites; return by site how many values are right, of how many.

    The values are those of each document: that it was found, its title, its date and its authors.
    """
    if demo:
        walk.type("demo")
        assert "*shifts*" in walk.type("--config", "demo/config.toml", "search", "night shifts").lower()
        walk.type("demo", "--remove")
    walk.type("init", "--contact", "you@example.org")
    config = walk.folder / "config.toml"
    # The sites are on this machine, which nobody but a test wants to fetch from, and need not be spared.
    text = config.read_text("utf-8").replace("[extract]", "[extract]\nworkers = 1", 1)
    text = text.replace("# allow_addresses = []  ", 'allow_addresses = ["127.0.0.1"]\ndelay_seconds = 0  ', 1)
    config.write_text(text, "utf-8")
    printed = {}
    for name, site in sites.items():
        printed[name] = walk.type("add", f"{site.url}{site.start}", "--write", "--name", name)
    walk.type("run")
    walk.type("export", "all.jsonl")
    records = [json.loads(line) for line in (walk.folder / "all.jsonl").read_text("utf-8").splitlines()]
    right = {}
    for name, site in sites.items():
        outcome = compared(site, printed[name], [record for record in records if record["source"] == name], 0)
        assert outcome.others == 0, outcome
        values = (outcome.found, outcome.titles, outcome.dates, outcome.authors)
        right[name] = (sum(values), len(values) * outcome.count)
    assert walk.type("search", "audited", "--source", "drupal")
    walk.type("export", "drupal.csv", "--source", "drupal")
    assert (walk.folder / "drupal.csv").read_text("utf-8").count("127.0.0.1") >= len(sites["drupal"].items)
    walk.type("status", "--check")
    return right


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, three_sites(60) as sites:
        walk = Walk(Path(sys.argv[1]).absolute(), Path(folder))
        right = first_hour(walk, sites, demo=True)
    print("\n\n".join(walk.transcript))
    for name, (values, of) in right.items():
        print(f"{name}: {values} of {of} values right ({values / of:.1%})")


if __name__ == "__main__":
    main()
