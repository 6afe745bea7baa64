"""Learn how sure the choices of pages' titles, authors and days are, from pages that the chooser has not seen.

    python -m tests.training.calibrate_fields INDEX.jsonl [--chooser scrapers/html/chooser.json] [--svg FILE]

Writes the calibrations into the chooser's file. Printed, and drawn, is how far stated probabilities are from the truth:
each half of the sites is judged by what was fitted on the other.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from scrapers.choice.chooser import Calibration, Chooser, from_json
from scrapers.html.maintext.scores import model
from tests.training.calibration import Judged, Reliability, fitted_by_facts, judged, plot, reliability
from tests.training.choice import Example, written
from tests.training.html_labels import fold, read_index
from tests.training.train_fields import TRAINING, examples

RIGHT = {"title": 0.95, "authors": 1.0, "date_published": 1.0}
"""How right a value must be to count: titles are compared by their words, which annotators set a little differently."""


EVIDENCE = {
    "title": (
        "sources", "heading&title", "h1:only", "is-site", "holds-site", "generic", "separator", "slug", "slug-best",
        "one-word", "title-share", "long",
    ),
    "authors": (
        "declared", "seen", "zone", "declared&seen", "site", "one-word", "lower", "persons", "sources", "label:marked",
        "in-text", "only", "p:named",
    ),
    "date_published": (
        "declared", "seen", "zone", "sources", "only", "modified-too", "near-declared", "near-visible", "url-agrees",
        "stated", "p:visible", "told", "in-text", "only-modified",
    ),
}  # fmt: skip
"""By field: the facts of the chosen value that may tell how sure the choice is."""


def cross_fitted(values: Sequence[Judged], names: Sequence[str], salt: str = "") -> Reliability:
    """Return how reliable the probabilities of each half of the sites are by what was fitted on the other."""
    halves = [[v for v in values if fold(v.name, 2, salt) == half] for half in (0, 1)]
    stated, right = [], []
    for own, other in (halves, halves[::-1]):
        calibration = fitted_by_facts(other, names)
        stated += [calibration.confidence(v.share, v.facts) for v in own]
        right += [v.right for v in own]
    return reliability(stated, right)


def calibrated(
    chooser: Chooser, made: Mapping[str, Sequence[Example]]
) -> tuple[dict[str, Calibration], dict[str, Reliability]]:
    """Return the calibration of each field, and how reliable it is."""
    calibrations, found = {}, {}
    for field, every in made.items():
        # Where a page declares a value and its labels say that it has none, the labels are doubtful: left apart.
        values = [v for v in judged(field, chooser, every, RIGHT[field]) if v.labelled or not v.declared]
        calibrations[field] = fitted_by_facts(values, EVIDENCE[field], TRAINING[field].floor)
        found[field] = cross_fitted(values, EVIDENCE[field])
    return calibrations, found


def main() -> None:
    """Fit, print, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("index", type=Path)
    options.add_argument("--chooser", type=Path, default=Path("scrapers/html/chooser.json"))
    options.add_argument("--svg", type=Path)
    args = options.parse_args()
    text = args.chooser.read_text("utf-8")
    calibrations, found = calibrated(from_json(text), examples(read_index(args.index), [model()]))
    for name, of in found.items():
        print(
            f"{name:15} {of.count} values, distance {of.distance:.3f}, wrong in the least sure tenth {of.doubtful:.2f}"
        )
    args.chooser.write_text(
        written(json.loads(text) | {"calibrations": {k: asdict(c) for k, c in calibrations.items()}})
    )
    if args.svg:
        args.svg.write_text(plot(found), "utf-8")


if __name__ == "__main__":
    main()
