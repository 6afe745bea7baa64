"""Learn how much each fact counts in choosing a page's title, authors and date: writes `scrapers/html/chooser.json`.

    python -m tests.benchmarks.train_fields INDEX.jsonl PAGES [--write FILE] [--predictions FILE]

INDEX has a line a page: `{"url", "html_path", "title", "author": [...], "date"}`, where null is not annotated and an
empty value is annotated as absent; PAGES is the folder that `html_path` is relative to. The model is a softmax over the
candidates of a page and "none of them" (multinomial logistic regression, L2); for titles small trees are grown upon
it. Printed are the figures of a 5-fold
cross-validation in which no registered domain is in two folds; `--predictions` writes what it gave for each page.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from scrapers.base import Rules
from scrapers.html import authors, dates, title
from scrapers.html.chooser import PRIORS, Candidate, Forest
from scrapers.html.dom import parse
from scrapers.html.metadata import declared
from scrapers.html.scan import scan
from scrapers.html.traits import traits
from tests.benchmarks.boosting import grow

FOLDS = 5
RARE = 8
"""Facts that fewer candidates have are not learned."""
TREES = frozenset(["title"])
"""Fields that trees choose besides the weights: those that every page has."""
THRESHOLDS = {"authors": 0.2, "date_published": 0.12}
PENALTY = {"title": 1.0, "authors": 1.0, "date_published": 1.0}

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One page's candidates for a field, with how right each is."""

    page: int
    """The page's line in the index."""
    fold: int
    candidates: list[Candidate]
    right: list[float]
    has: bool
    """Whether the page has a value for the field."""
    hits: list[tuple[int, int]]
    """For authors: names right and names given, a candidate."""
    names: int = 0


def registered_domain(url: str) -> str:
    """Return the domain under which pages of one owner lie, nearly enough to part folds."""
    labels = (urlsplit(url).hostname or "").split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else labels[-2:])


def words(text: str) -> str:
    """Return a title as it is compared: words in lower case."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", html.unescape(text)).casefold()))


def folded(name: str) -> str:
    """Return a name as it is compared: letters without marks, in any order of words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    return " ".join(sorted(re.findall(r"[^\W\d_]+", plain)))


def examples(index: Path, pages: Path) -> dict[str, list[Example]]:
    """Return the examples of each field, read with the reader's own rules."""
    made: dict[str, list[Example]] = {"title": [], "authors": [], "date_published": []}
    with index.open(encoding="utf-8") as lines:  # str.splitlines would part them at U+2028
        rows = [json.loads(line) for line in lines]
    for page, row in enumerate(rows):
        dom = parse((pages / row["html_path"]).read_bytes(), None, row["url"])
        fold = int(hashlib.md5(registered_domain(row["url"]).encode()).hexdigest(), 16) % FOLDS
        said, seen = declared(dom), scan(dom)
        shape = traits(dom, said, seen)
        titles = title.candidates(dom, said, seen, shape)
        if row["title"]:
            truth = words(row["title"])
            right = [float(words(c.value) == truth) for c in titles]
            made["title"].append(Example(page, fold, titles, right, True, []))
        # Distances count from the title that the reader will take; here the likeliest right one stands for it.
        best = next(
            (c for c in titles if row["title"] and words(c.value) == words(row["title"]) and c.element is not None),
            None,
        )
        seen.set_title(best.element if best else None)
        if row["author"] is not None:
            made["authors"].append(
                author_example(page, fold, authors.candidates(dom, said, seen, shape), row["author"])
            )
        if row["date"] is not None:
            found = dates.candidates(dom, said, seen, Rules(), None, None, shape).described()
            found = [c for c in found if len(c.value) == 10]
            day = (row["date"] or "")[:10]
            made["date_published"].append(
                Example(page, fold, found, [float(c.value == day) for c in found], bool(day), [])
            )
    return made


def author_example(page: int, fold: int, found: list[Candidate], truth: Sequence[str]) -> Example:
    """Return the example of a page's authors; a candidate with half of the names right is half right."""
    wanted = {folded(name) for name in truth} - {""}
    right, hits = [], []
    for candidate in found:
        given = {folded(a.name) for a in candidate.value}
        both = len(given & wanted)
        share = 2 * both / (len(given) + len(wanted)) if both else 0.0
        right.append(share if share >= 0.5 else 0.0)
        hits.append((both, len(given)))
    return Example(page, fold, found, right, bool(wanted), hits, len(wanted))


class Softmax:
    """A multinomial logistic regression over each page's candidates, and none of them where the field may be absent."""

    def __init__(self, facts: list[str], priors: dict[str, float], *, none: bool, penalty: float) -> None:
        self.facts, self.priors, self.none, self.penalty = facts, priors, none, penalty
        self.at = {fact: i for i, fact in enumerate(facts)}
        self.weights: Array = np.zeros(len(facts) + 1)
        self.trees: Forest | None = None

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

    def fit_trees(self, made: Sequence[Example]) -> None:
        """Grow the trees upon the weights."""
        pages = [e for e in made if any(e.right)]
        rows = np.concatenate([self.matrix(e.candidates) for e in pages])
        base = rows @ self.weights + np.concatenate([self.given(e.candidates) for e in pages])
        page = np.repeat(np.arange(len(pages)), [len(e.candidates) for e in pages])
        target = np.concatenate([np.array(e.right) / sum(e.right) for e in pages])
        self.trees = grow(self.facts, rows[:, :-1], page, target, base)

    def choose(self, example: Example, threshold: float) -> int | None:
        """Return the place of the chosen candidate, or None."""
        if not example.candidates:
            return None
        odds = self.matrix(example.candidates) @ self.weights + self.given(example.candidates)
        if self.trees:
            odds += self.trees.scores(example.candidates)
        if self.none:
            all_odds = float(np.exp(np.minimum(odds, 40)).sum())
            if all_odds / (1 + all_odds) <= threshold:
                return None
        return int(odds.argmax())


def learned(name: str, made: Sequence[Example]) -> Softmax:
    """Return the model of a field, learned from examples."""
    counts = Counter(fact for e in made for c in e.candidates for fact, value in c.facts.items() if value)
    facts = sorted(fact for fact, count in counts.items() if count >= RARE and fact not in PRIORS[name])
    model = Softmax(facts, PRIORS[name], none=name in THRESHOLDS, penalty=PENALTY[name])
    model.fit(made)
    if name in TREES:
        model.fit_trees(made)
    return model


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
    right = sum(p is not None and e.right[p] > 0 for e, p in have)
    given = sum(p is not None for _, p in have)
    reachable = sum(any(e.right) for e, _ in have) / len(have)
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
    """Train, print the cross-validation, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--predictions", type=Path)
    arguments = parser.parse_args()
    weights: dict[str, dict[str, Any]] = {}
    given: dict[int, dict[str, Any]] = {}
    for name, made in examples(arguments.index, arguments.pages).items():
        picks: list[int | None] = [None] * len(made)
        for fold in range(FOLDS):
            model = learned(name, [e for e in made if e.fold != fold])
            for i, example in enumerate(made):
                if example.fold == fold:
                    picks[i] = model.choose(example, THRESHOLDS.get(name, 0.0))
        for example, pick in zip(made, picks, strict=True):
            value = None if pick is None else example.candidates[pick].value
            given.setdefault(example.page, {})[name] = (
                [{"name": a.name} for a in value or ()] if name == "authors" else value
            )
        print(f"{name:15} {figures(name, made, picks)}", flush=True)
        model = learned(name, made)
        weights[name] = {
            f: round(float(w), 3) for f, w in zip([*model.facts, ""], model.weights, strict=True) if abs(w) >= 0.005
        }
        if name in THRESHOLDS:
            weights[name]["threshold"] = THRESHOLDS[name]
        if model.trees:
            weights.setdefault("trees", {})[name] = model.trees.told()
    if arguments.predictions:
        with arguments.index.open(encoding="utf-8") as lines, arguments.predictions.open("w", encoding="utf-8") as file:
            for page, line in enumerate(lines):
                row = json.loads(line)
                file.write(json.dumps({k: row[k] for k in ("dataset", "id") if k in row} | given.get(page, {})) + "\n")
    if arguments.write:
        arguments.write.write_text(written(weights), "utf-8")


if __name__ == "__main__":
    main()
