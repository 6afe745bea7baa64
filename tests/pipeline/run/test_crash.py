"""Two commands killed at one of their writes; `tests.benchmarks.simulation.crashes` kills each command at every one."""

from __future__ import annotations

import random

import pytest

from tests.crash.stages import STAGES, Bench, Stage, killed, ordinary

SEED = 6
KILLED = ("run", "forget")
"""One that adds to archive and store, and one that rewrites both."""


@pytest.mark.parametrize(
    "stage",
    [
        pytest.param(stage, id=stage.name, marks=() if stage.name == "run" else pytest.mark.nightly)
        for stage in STAGES
        if stage.name in KILLED
    ],
)
def test_a_killed_command_run_again_leaves_what_an_undisturbed_one_leaves(bench: Bench, stage: Stage) -> None:
    expected, writes, _ = ordinary(bench, stage)
    point = random.Random(SEED).randrange(writes // 4, writes * 3 // 4)
    outcome, faults = killed(bench, stage, expected, kill_at=point)
    assert outcome.killed
    assert not faults, f"killed before write {point} of {writes}, {outcome.last}"
