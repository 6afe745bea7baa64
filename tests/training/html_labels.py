"""Labelled pages: the index that names them, their folds by site, and the scores of a prediction.

An index is a JSONL file with a line a page: `id, url, html_path` (relative to the index), `page_type`, and the truth:
`title`, `author` (a list), `date` (ISO), `text`. Null is not annotated, "" or [] annotated as absent.
"""

from __future__ import annotations

import importlib.util
import json
import random
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from scrapers.html.maintext.scores import Model, load

WORD = re.compile(r"\w+")
SECOND_LEVEL = frozenset(["ac", "co", "com", "edu", "gob", "gov", "go", "ne", "net", "or", "org"])


def read_index(index: Path, limit: int | None = None) -> list[dict[str, Any]]:
    """Return the labelled pages, each with its file as `path`; `limit` takes that many, spread evenly."""
    with index.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    for row in rows:
        row["path"] = index.parent / row["html_path"]
    if limit and limit < len(rows):
        rows = [rows[number * len(rows) // limit] for number in range(limit)]
    return rows


def read_models(folder: Path) -> list[Model]:
    """Return the models of a cross-validation, one a fold."""
    found = []
    for path in sorted(folder.glob("*.npz"), key=lambda path: int(path.stem)):
        with path.open("rb") as file:
            found.append(load(file))
    if not found:
        sys.exit(f"no models in {folder}: run train_maintext with --fold-models {folder}")
    return found


def site(url: str) -> str:
    """Return the registered domain of an address, near enough to keep a site's pages together."""
    labels = (urlsplit(url).hostname or "").split(".")
    long = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
    return ".".join(labels[-3:] if long else labels[-2:])


def fold(url: str, folds: int, salt: str = "") -> int:
    """Return the fold of a page: all pages of a site share it."""
    return zlib.crc32(f"{salt} {site(url)}".encode()) % folds


def tokens(text: str | None) -> list[str]:
    """Return the words that bodies are compared by."""
    return WORD.findall(text.lower()) if text else []


def body_f1(predicted: str | None, truth: str | None) -> float:
    """Return the F1 over the multisets of words; an empty truth asks for an empty prediction."""
    given, wanted = Counter(tokens(predicted)), Counter(tokens(truth))
    if not wanted or not given:
        return float(not wanted and not given)
    return 2 * sum((given & wanted).values()) / (sum(given.values()) + sum(wanted.values()))


def interval(values: Sequence[float], rounds: int = 1000) -> tuple[float, float, float]:
    """Return the mean and its 95 % confidence interval by the bootstrap over pages."""
    if not values:
        return 0.0, 0.0, 0.0
    draw = random.Random(0)
    n = len(values)
    means = sorted(sum(draw.choices(values, k=n)) / n for _ in range(rounds))
    return sum(values) / n, means[int(rounds * 0.025)], means[int(rounds * 0.975) - 1]


def by_kind(rows: Iterable[dict[str, Any]], values: Iterable[float]) -> dict[str, list[float]]:
    """Return the values of all pages, then those of each kind, by name."""
    groups: dict[str, list[float]] = {"all": []}
    for row, value in zip(rows, values, strict=True):
        groups["all"].append(value)
        groups.setdefault(row.get("page_type") or "unknown", []).append(value)
    return {"all": groups.pop("all"), **dict(sorted(groups.items()))}


def scorer(path: Path) -> ModuleType:
    """Return a scorer's module: it has `score_page(truth, prediction)` and `summarise(scores)`."""
    spec = importlib.util.spec_from_file_location("html_scorer", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
