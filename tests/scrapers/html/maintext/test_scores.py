"""The trees of the main text answer each question once, and give what asking tree by tree gives."""

from __future__ import annotations

import numpy as np

from scrapers.html.maintext.scores import Trees


def test_trees_that_share_questions_give_what_each_would_give_alone() -> None:
    draw = np.random.default_rng(0)
    trees, levels, columns = 30, 4, 5
    asked = draw.integers(0, columns, (trees, levels)).astype(np.int16)
    borders = draw.integers(0, 3, (trees, levels)).astype(np.float32)
    leaves = draw.normal(size=(trees, 2**levels)).astype(np.float32)
    rows = draw.integers(0, 4, (7, columns)).astype(np.float32)
    alone = [
        sum(
            leaves[tree, sum(int(row[asked[tree, n]] > borders[tree, n]) << n for n in range(levels))]
            for tree in range(trees)
        )
        for row in rows
    ]
    found = Trees(columns=asked, borders=borders, leaves=leaves, bias=0.5).probabilities(rows)
    np.testing.assert_allclose(found, 1 / (1 + np.exp(-(np.array(alone) + 0.5))), rtol=1e-5)
