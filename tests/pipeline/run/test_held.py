"""A run that was held back: what accepting it would change, before it is done; and a full run asks again."""

from __future__ import annotations

import json
import re

from tests.crash.stages import Bench, Stage
from tests.pipeline.workplace import lines

HELD = Stage(name="accept", command=("runs", "1", "--accept"), store="held", site="alike")


def test_what_accepting_would_change_is_shown_and_changes_nothing(bench: Bench) -> None:
    folder = bench.place(HELD)
    bench.run(folder, "export", "before.jsonl")
    shown = bench.run(folder, "runs", "1")
    assert shown.code == 0, shown.err
    at = next(n for n, line in enumerate(shown.out.splitlines()) if "title is 'Publications of the Institute'" in line)
    examples = shown.out.splitlines()[at + 1 : at + 4]
    assert all(re.fullmatch(r"    http://reports\.test/publications/\S+", line) for line in examples), shown.out
    told = shown.out.partition("Accepting it would change:")[2]
    assert "11 documents would differ" in told
    assert "+ Publications of the Institute" in told
    assert "--accept" in told
    again = bench.run(folder, "rerun", "--dry-run")
    assert "would be held back; this is what accepting it would change" in again.err
    assert "11 documents would differ" in again.out
    bench.run(folder, "export", "after.jsonl")
    assert lines(folder / "after.jsonl") == lines(folder / "before.jsonl") == []
    assert "accepted: 11 new" in bench.run(folder, "runs", "1", "--accept").out
    bench.drop(folder)


def test_a_full_run_asks_for_held_documents_too(bench: Bench) -> None:
    folder = bench.place(HELD)
    bench.asked(HELD)
    bench.run(folder, "run", "--quiet")
    pages = {url for url in bench.asked(HELD) if "/publications/" in url}
    assert not pages  # they were read a moment ago
    bench.run(folder, "run", "--full", "--quiet")
    asked = {url for url in bench.asked(HELD) if "/publications/" in url}
    run = bench.run(folder, "runs", "--json").out
    bench.run(folder, "runs", json.loads(run)[0]["run_key"], "--accept")
    bench.run(folder, "export", "x.jsonl")
    held = {json.loads(line)["url"] for line in lines(folder / "x.jsonl")}
    assert asked == {url for url in held if "/publications/" in url}
    assert len(asked) > 5
    dry = bench.run(folder, "run", "--full", "--dry-run")
    assert "is missing" not in dry.err
    bench.drop(folder)
