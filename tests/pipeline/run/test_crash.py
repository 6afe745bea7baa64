"""Commands killed at a few of their writes; `tests/benchmarks/simulation/crashes.py` kills at every one."""

from __future__ import annotations

import random

import pytest

from tests.crash.stages import STAGES, Bench, Stage, killed, ordinary

SEED = 6
KILLS = {
    "run": 3,
    "run --full": 1,
    "rerun": 1,
    "rerun --dry-run": 1,
    "export .jsonl": 1,
    "export .csv": 0,
    "export .parquet": 1,
}
"""By stage; two where nothing is said."""


@pytest.mark.parametrize("stage", [stage for stage in STAGES if KILLS.get(stage.name, 2)], ids=lambda stage: stage.name)
def test_a_killed_command_run_again_leaves_what_an_undisturbed_one_leaves(bench: Bench, stage: Stage) -> None:
    expected, writes, _ = ordinary(bench, stage)
    for point in random.Random(SEED).sample(range(1, writes + 1), KILLS.get(stage.name, 2)):
        outcome, faults = killed(bench, stage, expected, kill_at=point)
        assert outcome.killed or stage.command[0] in ("run", "rerun")  # how many batches there are, time decides
        assert not faults, f"killed before write {point} of {writes}, {outcome.last}"
