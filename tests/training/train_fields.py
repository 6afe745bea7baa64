"""Learn how much each fact counts in choosing a page's title, authors and date: writes `scrapers/html/chooser.json`.

    python -m tests.training.train_fields INDEX.jsonl --models DIR [--out scrapers/html/chooser.json]
        [--fold-models DIR]

The model is a softmax over the candidates of a page and "none of them" (multinomial logistic regression, L2), with
small trees grown upon it. Printed are the figures of a 5-fold cross-validation in which no site is in two folds; with
`--fold-models` its choosers are kept, for `html_quality`.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scrapers.base import Rules
from scrapers.html.chooser import PRIORS, Candidate, Chooser, from_json
from scrapers.html.dom import parse
from scrapers.html.fields import authors, dates, title
from scrapers.html.fields.traits import traits
from scrapers.html.maintext import maintext
from scrapers.html.maintext.scores import Model
from scrapers.html.metadata import declared
from scrapers.html.scan import scan
from tests.training.boosting import grow
from tests.training.html_labels import body_f1, fold, read_index, read_models

FOLDS = 5
RARE = 8
"""Facts that fewer candidates have are not learned."""
THRESHOLDS = {"authors": 0.2, "date_published": 0.06}
"""How likely a value must be to be given, for the fields that a page may lack."""
PENALTY = {"title": 30.0, "authors": 1.0, "date_published": 0.5}
NEAR = 0.3
"""How right a wording is that differs from the title in little: annotators differ in such."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One page's candidates for a field, with how right each is."""

    url: str
    candidates: list[Candidate]
    right: list[float]
    has: bool
    """Whether the page has a value for the field."""
    hits: list[tuple[int, int]]
    """For authors: names right and names given, a candidate."""
    names: int = 0


def words(text: str) -> str:
    """Return a title as it is compared: words in lower case."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", html.unescape(text)).casefold()))


def likeness(wording: str, truth: str) -> float:
    """Return how right a title is: 1 where it is the true one, up to `NEAR` where most of the words are its."""
    return 1.0 if wording == truth else NEAR * max(0.0, 2 * body_f1(wording, truth) - 1)


def folded(name: str) -> str:
    """Return a name as it is compared: letters without marks, in any order of words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    return " ".join(sorted(re.findall(r"[^\W\d_]+", plain)))


def examples(index: list[dict[str, Any]], models: Sequence[Model]) -> dict[str, list[Example]]:
    """Return the examples of each field, read with the reader's own rules."""
    made: dict[str, list[Example]] = {"title": [], "authors": [], "date_published": []}
    for row in index:
        url = row["url"]
        dom = parse(row["path"].read_bytes(), None, url)
        said, seen = declared(dom), scan(dom)
        main = maintext.read(dom, models[fold(url, len(models))])
        shape = traits(dom, said, seen, main)
        titles = title.candidates(dom, said, seen, main, shape)
        if row["title"]:
            truth = words(row["title"])
            right = [likeness(words(c.value), truth) for c in titles]
            made["title"].append(Example(url, titles, right, True, []))
        # Distances count from the title that the reader will take; here the likeliest right one stands for it.
        best = next(
            (c for c in titles if row["title"] and words(c.value) == words(row["title"]) and c.element is not None),
            None,
        )
        seen.set_title(best.element if best else None)
        if row["author"] is not None:
            made["authors"].append(author_example(url, authors.candidates(dom, said, seen, main, shape), row["author"]))
        if row["date"] is not None:
            reader = dates.DateGatherer(dom, said, seen, main, Rules(), None, None, shape)
            reader.gather()
            found = [c for c in reader.described() if len(c.value) == 10]
            day = (row["date"] or "")[:10]
            made["date_published"].append(Example(url, found, [float(c.value == day) for c in found], bool(day), []))
    return made


def author_example(url: str, found: list[Candidate], truth: Sequence[str]) -> Example:
    """Return the example of a page's authors; a candidate with half of the names right is half right."""
    wanted = {folded(name) for name in truth} - {""}
    right, hits = [], []
    for candidate in found:
        given = {folded(a.name) for a in candidate.value}
        both = len(given & wanted)
        share = 2 * both / (len(given) + len(wanted)) if both else 0.0
        right.append(share if share >= 0.5 else 0.0)
        hits.append((both, len(given)))
    return Example(url, found, right, bool(wanted), hits, len(wanted))


class Softmax:
    """A multinomial logistic regression over each page's candidates, and none of them where the field may be absent."""

    def __init__(self, facts: list[str], priors: dict[str, float], *, none: bool, penalty: float) -> None:
        self.facts, self.priors, self.none, self.penalty = facts, priors, none, penalty
        self.at = {fact: i for i, fact in enumerate(facts)}
        self.weights: Array = np.zeros(len(facts) + 1)

    def matrix(self, found: Sequence[Candidate]) -> Array:
        """Return the facts of candidates as rows, with a column of ones at the end."""
        rows = np.zeros((len(found), len(self.facts) + 1))
        for row, candidate in zip(rows, found, strict=True):
            for fact, value in candidate.facts.items():
                if fact in self.at:
                    row[self.at[fact]] = value
        rows[:, -1] = 1.0 if self.none else 0.0
        return rows

    def given(self, found: Sequence[Candidate]) -> Array:
        """Return what the fixed weights say of candidates."""
        return np.array([sum(w * c.facts.get(fact, 0.0) for fact, w in self.priors.items()) for c in found])

    def fit(self, made: Sequence[Example], steps: int = 400, rate: float = 0.05) -> None:
        """Learn the weights (Adam, over all pages at once)."""
        pages = [e for e in made if e.candidates and (self.none or any(e.right))]
        rows = np.concatenate([self.matrix(e.candidates) for e in pages])
        given = np.concatenate([self.given(e.candidates) for e in pages])
        page = np.repeat(np.arange(len(pages)), [len(e.candidates) for e in pages])
        target = np.concatenate([np.array(e.right) / (sum(e.right) or 1.0) for e in pages])
        first, second = np.zeros_like(self.weights), np.zeros_like(self.weights)
        shrink = np.append(np.full(len(self.facts), self.penalty), 0.0)
        for step in range(1, steps + 1):
            odds = rows @ self.weights + given
            top = np.zeros(len(pages)) if self.none else np.full(len(pages), -np.inf)
            np.maximum.at(top, page, odds)
            raised = np.exp(odds - top[page])
            total = np.bincount(page, raised, minlength=len(pages)) + (np.exp(-top) if self.none else 0.0)
            slope = rows.T @ (raised / total[page] - target) + shrink * self.weights
            first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
            self.weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)

    def told(self, made: Sequence[Example]) -> tuple[dict[str, float], dict[str, Any]]:
        """Return the weights and the trees grown upon them, as they are written."""
        pages = [e for e in made if e.candidates and (self.none or any(e.right))]
        rows = np.concatenate([self.matrix(e.candidates) for e in pages])
        base = rows @ self.weights + np.concatenate([self.given(e.candidates) for e in pages])
        page = np.repeat(np.arange(len(pages)), [len(e.candidates) for e in pages])
        target = np.concatenate([np.array(e.right) / (sum(e.right) or 1.0) for e in pages])
        trees = grow(self.facts, rows[:, :-1], page, target, base, none=self.none)
        weights = {
            f: round(float(w), 3) for f, w in zip([*self.facts, ""], self.weights, strict=True) if abs(w) >= 0.005
        }
        return weights, trees.told()


def learned(made: dict[str, list[Example]], of: set[str] | None = None) -> str:
    """Return the JSON of the chooser learned from the examples of these pages; of all, without `of`."""
    told: dict[str, dict[str, Any]] = {"trees": {}}
    for name, every in made.items():
        seen = [e for e in every if of is None or e.url in of]
        counts = Counter(fact for e in seen for c in e.candidates for fact, value in c.facts.items() if value)
        facts = sorted(fact for fact, count in counts.items() if count >= RARE and fact not in PRIORS[name])
        model = Softmax(facts, PRIORS[name], none=name in THRESHOLDS, penalty=PENALTY[name])
        model.fit(seen)
        told[name], told["trees"][name] = model.told(seen)
        if name in THRESHOLDS:
            told[name]["threshold"] = THRESHOLDS[name]
    return written(told)


def choice(name: str, chooser: Chooser, example: Example) -> int | None:
    """Return the place of the chosen candidate, or None."""
    ranked = chooser.rank(name, example.candidates)
    if not ranked or (name in THRESHOLDS and not chooser.likely(name, ranked)):
        return None
    return next(place for place, candidate in enumerate(example.candidates) if candidate is ranked[0])


def figures(name: str, made: Sequence[Example], picks: Sequence[int | None]) -> str:
    """Return a line with the figures of a field."""
    have = [(e, p) for e, p in zip(made, picks, strict=True) if e.has]
    absent = [p for e, p in zip(made, picks, strict=True) if not e.has]
    invented = sum(p is not None for p in absent) / len(absent) if absent else 0.0
    if name == "authors":
        hit = sum(e.hits[p][0] for e, p in have if p is not None)
        given = sum(e.hits[p][1] for e, p in have if p is not None)
        true = sum(e.names for e, _ in have)
        return f"F1 {2 * hit / (given + true):.3f}  P {hit / given:.3f}  R {hit / true:.3f}  invented {invented:.3f}"
    right = sum(p is not None and e.right[p] == 1 for e, p in have)
    given = sum(p is not None for _, p in have)
    reachable = sum(1 in e.right for e, _ in have) / len(have)
    share = f"right {right / len(have):.3f} of {len(have)} (reachable {reachable:.3f})"
    return f"{share}  P {right / given:.3f}  invented {invented:.3f}"


def written(weights: dict[str, dict[str, Any]]) -> str:
    """Return the JSON of what was learned, an entry a line."""
    fields = []
    for name, table in sorted(weights.items()):
        entries = (f"{json.dumps(key)}: {json.dumps(value)}" for key, value in sorted(table.items()))
        fields.append(f"{json.dumps(name)}: {{\n" + ",\n".join(entries) + "\n}")
    return "{\n" + ",\n".join(fields) + "\n}\n"


def main() -> None:
    """Cross-validate, print the figures, write the chooser of all pages."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("index", type=Path)
    options.add_argument("--models", type=Path, required=True, help="the folder of train_maintext's fold models")
    options.add_argument("--out", type=Path, help="where the chooser of all pages goes; without it none is written")
    options.add_argument("--fold-models", type=Path, help="a folder for the choosers of the cross-validation")
    args = options.parse_args()
    made = examples(read_index(args.index), read_models(args.models))
    urls = {e.url for every in made.values() for e in every}
    picks: dict[str, dict[str, int | None]] = {name: {} for name in made}
    for held in range(FOLDS):
        told = learned(made, {url for url in urls if fold(url, FOLDS) != held})
        if args.fold_models:
            args.fold_models.mkdir(parents=True, exist_ok=True)
            (args.fold_models / f"{held}.json").write_text(told, "utf-8")
        chooser = from_json(told)
        for name, every in made.items():
            picks[name].update((e.url, choice(name, chooser, e)) for e in every if fold(e.url, FOLDS) == held)
    for name, every in made.items():
        print(f"{name:15} {figures(name, every, [picks[name][e.url] for e in every])}", flush=True)
    if args.out:
        args.out.write_text(learned(made), "utf-8")


if __name__ == "__main__":
    main()
