"""How likely each block of a page is content: hashed vocabularies, then two rounds of boosted trees.

The first round sees each block's own numbers and what names and words speak for; the second also sees what the first
said of the blocks around it. The trees are symmetric (one question a level): a page takes a few array operations. The
weights come from `tests/training/train_maintext.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from scrapers.html.maintext.facts import Facts, side_by_side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FILE = "maintext.npz"
VOCABULARIES = ("names", "words", "headings", "kinds")
KINDS = {
    "article": 0.0,
    "collection": 0.0,
    "documentation": 0.5,
    "forum": -0.2,
    "listing": 0.0,
    "product": -0.3,
    "service": 0.0,
}
"""The kinds of page that the model knows, and what each adds to its blocks' log odds, found by cross-validation.

Manuals need the correction because their labelled texts are often cut short, and the trees learned that.
"""
AT_ONCE = 4096
"""Blocks that go through the trees together, so that memory stays bounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Symmetric trees: level by level the column asked and the border; the answers spell the number of the leaf."""

    columns: NDArray[np.int16]
    """Trees by levels."""
    borders: NDArray[np.float32]
    leaves: NDArray[np.float32]
    """Trees by leaves."""
    bias: float
    _asked: NDArray[np.intp] = field(init=False, repr=False)
    """The columns of the questions: trees share many, and each is answered once ..."""
    _bounds: Floats = field(init=False, repr=False)
    """... their borders ..."""
    _questions: NDArray[np.intp] = field(init=False, repr=False)
    """... and the number of the question that each tree asks at each level: levels by trees."""

    def __post_init__(self) -> None:
        asked = np.stack([self.columns.ravel().astype(np.float64), self.borders.ravel().astype(np.float64)], axis=1)
        questions, numbers = np.unique(asked, axis=0, return_inverse=True)
        object.__setattr__(self, "_asked", questions[:, 0].astype(np.intp))
        object.__setattr__(self, "_bounds", questions[:, 1:].astype(self.borders.dtype))
        object.__setattr__(self, "_questions", np.ascontiguousarray(numbers.reshape(self.columns.shape).T))

    def probabilities(self, rows: Floats) -> Floats:
        """Return for each row the probability."""
        out = np.empty(len(rows), np.float32)
        for begin in range(0, len(rows), AT_ONCE):
            out[begin : begin + AT_ONCE] = self._some(rows[begin : begin + AT_ONCE])
        return out

    def _some(self, rows: Floats) -> Floats:
        answers = (np.ascontiguousarray(rows.T)[self._asked] > self._bounds).view(np.uint8)
        leaf = answers[self._questions[-1]]
        for asked in self._questions[-2::-1]:
            leaf <<= 1
            leaf |= answers[asked]
        trees, leaves = self.leaves.shape
        places = np.add(leaf, np.arange(0, trees * leaves, leaves)[:, None], dtype=np.intp)
        logit = self.leaves.ravel().take(places).sum(axis=0) + self.bias
        return np.asarray(1 / (1 + np.exp(-np.clip(logit, -30, 30))), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The weights of hashed words."""

    names: Floats
    """What an element's tag, classes, id and role say of the blocks in it."""
    words: Floats
    """What a block's words say of the block."""
    headings: Floats
    """What a heading's words say of the blocks after it."""
    kinds: Floats
    """What a page's words say for each kind of page: kinds by buckets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """All that was learned."""

    vocabulary: Vocabulary
    first: Trees
    second: Trees


@cache
def model() -> Model:
    """Return the model that is part of the package; read once a process."""
    with (files(__package__) / FILE).open("rb") as file:
        return load(file)


def load(file: IO[bytes]) -> Model:
    """Return a model from its file."""
    with np.load(file, allow_pickle=False) as stored:
        return Model(
            vocabulary=Vocabulary(
                **{name: stored[f"{name}"].astype(np.float32) * stored[f"{name}_scale"] for name in VOCABULARIES}
            ),
            **{
                stage: Trees(
                    columns=stored[f"{stage}_columns"],
                    borders=stored[f"{stage}_borders"],
                    leaves=stored[f"{stage}_leaves"].astype(np.float32),
                    bias=float(stored[f"{stage}_bias"]),
                )
                for stage in ("first", "second")
            },
        )


def save(model: Model, file: IO[bytes]) -> None:
    """Write a model's file: weights of words in a byte each, those of leaves in two."""
    arrays: dict[str, Any] = {}
    for name in VOCABULARIES:
        weights = getattr(model.vocabulary, name)
        scale = max(float(np.abs(weights).max()) / 127, 1e-9)
        arrays[name] = np.round(weights / scale).astype(np.int8)
        arrays[f"{name}_scale"] = np.float32(scale)
    for stage in ("first", "second"):
        trees: Trees = getattr(model, stage)
        arrays[f"{stage}_columns"] = trees.columns
        arrays[f"{stage}_borders"] = trees.borders
        arrays[f"{stage}_leaves"] = trees.leaves.astype(np.float16)
        arrays[f"{stage}_bias"] = np.float32(trees.bias)
    np.savez_compressed(file, **arrays)


def _sums(weights: Floats, buckets: Any, index: Any) -> Any:
    sums = np.concatenate(([0.0], np.cumsum(weights[buckets], dtype=np.float64)))
    return (sums[index[1:]] - sums[index[:-1]]).astype(np.float32)


def _moved(values: Any, by: int, fill: float = 0) -> Any:
    """Return the values of the block `by` places later (before, if negative)."""
    out = np.full_like(values, fill)
    if abs(by) < len(values):
        if by > 0:
            out[:-by] = values[by:]
        else:
            out[-by:] = values[:by]
    return out


def _window(values: Any, reach: int) -> Any:
    """Return the sum over the blocks within reach."""
    sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    place = np.arange(len(values))
    return sums[np.minimum(place + reach + 1, len(values))] - sums[np.maximum(place - reach, 0)]


def _parent_or_self(page: Facts) -> Any:
    return np.where(page.parents >= 0, page.parents, np.arange(len(page.parents)))


def _held(page: Facts, values: Any) -> Any:
    """Return for each node the sum over its blocks."""
    sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    return sums[page.ends] - sums[page.starts]


def _share(page: Facts, values: Any, weights: Any) -> Any:
    """Return for each node the weighted mean over its blocks."""
    return _held(page, values * weights) / (_held(page, weights) + 1)


def _pooled(groups: Any, sums: Any, totals: Any) -> Any:
    """Return the mean over each group: what is drawn from one template stands or falls together."""
    return np.bincount(groups, sums) / np.maximum(np.bincount(groups, totals), 1)


def spoken(page: Facts, vocabulary: Vocabulary, shares: Floats) -> Floats:
    """Return what names and words speak for: a row a block; `shares` are those of `kinds`."""
    names = _sums(vocabulary.names, page.names, page.name_index)[page.alike]
    size = np.sqrt(np.maximum(np.diff(page.word_index), 1)).astype(np.float32)
    words = _sums(vocabulary.words, page.words, page.word_index) / size
    heads = _sums(vocabulary.headings, page.words, page.word_index) / size
    lowest, highest, total = names.tolist(), names.tolist(), names.tolist()
    for number, parent in enumerate(page.parents.tolist()):
        if parent >= 0:
            lowest[number] = min(lowest[number], lowest[parent])
            highest[number] = max(highest[number], highest[parent])
            total[number] += total[parent]
    node, heading = page.node, page.heading
    parent_of = _parent_or_self(page)
    path = np.array(total, np.float32)[node]
    columns: list[Any] = [names[node]]
    up = node
    for _ in range(3):
        up = parent_of[up]
        columns.append(names[up])
    columns += [np.array(lowest)[node], np.array(highest)[node], path, words]
    columns += [np.where(heading >= 0, heads[heading], 0), np.where(heading >= 0, words[heading], 0)]
    columns += [_moved(words, 1), _moved(words, -1), _moved(path, 1), _moved(path, -1)]
    ones = np.ones(len(words))
    columns += [_window(words, reach) / _window(ones, reach) for reach in (3, 10)]
    means = _share(page, words, np.sqrt(page.lengths))
    up = node
    for _ in range(4):
        columns.append(means[up])
        up = parent_of[up]
    columns += [np.full(len(words), share) for share in shares]
    return side_by_side(columns)


def kinds(page: Facts, vocabulary: Vocabulary) -> Floats:
    """Return how likely a page is of each kind: what counts as content differs between an article and a shop."""
    likelihoods = vocabulary.kinds[:, page.page_words].sum(axis=1) / np.sqrt(max(len(page.page_words), 1))
    shares = np.exp(likelihoods - likelihoods.max())
    return np.asarray(shares / shares.sum(), np.float32)


def context(page: Facts, likely: Floats) -> Floats:
    """Return what the first round said of each block and of those around it: a row a block."""
    size = page.lengths + 1
    weighed = likely * size
    n = len(likely)
    place = np.arange(n)
    columns: list[Any] = [likely]
    columns += [_moved(likely, by) for by in (-3, -2, -1, 1, 2, 3)]
    columns += [_window(weighed, reach) / _window(size, reach) for reach in (3, 10, 30)]
    done, seen = np.cumsum(weighed), np.cumsum(size)
    columns.append(done / max(float(done[-1]), 1e-6))
    columns.append((done[-1] - done) / np.maximum(seen[-1] - seen, 1))
    columns.append((done - weighed) / np.maximum(seen - size, 1))
    held, sizes = _held(page, weighed), _held(page, size)
    means, templates = held / (sizes + 1), _pooled(page.alike, held, sizes)
    parent_of = _parent_or_self(page)
    up = page.node
    for level in range(6):
        columns.append(means[up])
        if level < 5:
            columns.append(templates[page.alike[up]])
        up = parent_of[up]
    paths = page.paths[page.node]
    columns.append(_pooled(paths, weighed, size)[paths])
    columns += _sentences_around(page, likely)
    sure = np.flatnonzero(likely > 0.7)
    for edge in (0, -1):
        columns.append(np.clip(place - sure[edge], -50, 50) if len(sure) else np.full(n, 99))
    heading = page.heading
    columns.append(np.where(heading >= 0, likely[heading], -1))
    below = np.bincount(heading + 1, weights=weighed, minlength=n + 1)
    under = below / np.maximum(np.bincount(heading + 1, weights=size, minlength=n + 1), 1)
    columns.append(under[heading + 1])
    columns.append(under[place + 1])
    for value in (likely.mean(), done[-1] / seen[-1], np.log1p(done[-1]), likely.max()):
        columns.append(np.full(n, value))
    return side_by_side(columns)


def _sentences_around(page: Facts, likely: Floats) -> list[Any]:
    """Return what the first round said of the sentences before and after each block, and how far off they are."""
    n = len(likely)
    place = np.arange(n)
    before = np.maximum.accumulate(np.where(page.prose, place, -1))
    before = np.concatenate(([-1], before[:-1]))
    after = np.minimum.accumulate(np.where(page.prose, place, n)[::-1])[::-1]
    after = np.concatenate((after[1:], [n]))
    told = np.append(likely, np.float32(-1))
    return [told[before], told[after], np.minimum(place - before, 30), np.minimum(after - place, 30)]


def likelihoods(page: Facts, learned: Model, shares: Floats) -> Floats:
    """Return for each block of a page the probability that it is content; `shares` are those of `kinds`."""
    rows = np.hstack([page.base, spoken(page, learned.vocabulary, shares)])
    likely = learned.first.probabilities(rows)
    likely = learned.second.probabilities(np.hstack([rows, context(page, likely)]))
    odds = np.exp(shares @ np.array(list(KINDS.values()), np.float32))
    return np.asarray(likely * odds / (1 + likely * (odds - 1)), np.float32)


def best_set(likely: Floats, lengths: Floats) -> tuple[NDArray[np.bool_], float]:
    """Return the blocks whose set has the highest expected F1, and that F1.

    Blocks are kept in the order of their likelihood. The F1 of the first n is twice the content expected among them,
    divided by their length plus the content expected on the whole page; n is chosen to maximise it (cf. Lewis 1995).
    """
    order = np.argsort(-likely, kind="stable")
    kept = np.cumsum(lengths[order])
    right = np.cumsum((likely * lengths)[order])
    expected = 2 * right / np.maximum(kept + right[-1], 1e-6)
    best = int(np.argmax(expected))
    chosen = np.zeros(len(likely), np.bool_)
    chosen[order[: best + 1]] = True
    return chosen, float(expected[best])


def confidence(likely: Floats, lengths: Floats, chosen: NDArray[np.bool_]) -> float:
    """Return the F1 that a choice is expected to have, no block beside it counting for more than all of it.

    The ratio of what is expected is far below the expected ratio where one block is unlikely but huge: a footer of
    10,000 links would speak against any text.
    """
    kept, right = float(lengths[chosen].sum()), float((likely * lengths)[chosen].sum())
    beside = float((likely * np.minimum(lengths, kept))[~chosen].sum())
    return 2 * right / max(kept + right + beside, 1e-6)
