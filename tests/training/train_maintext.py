"""Train the model that chooses a page's main text, from labelled pages, and say how good it is on sites it never saw.

    python -m tests.training.train_maintext INDEX.jsonl --out scrapers/html/maintext/maintext.npz [--fold-models DIR]

Needs catboost, scipy and rapidfuzz (the extra `training`). With `--fold-models` the models of the cross-validation are
kept, for `tests.benchmarks.quality.html`. Everything is learned within the training sites alone, the vocabularies and
the first round of trees by folds of their own: each round is taught with what it will meet, judgements of a model that
had not seen the page.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from scrapers.html.blocks import blocks
from scrapers.html.dom import parse
from scrapers.html.maintext.facts import Facts, facts
from scrapers.html.maintext.maintext import is_nothing
from scrapers.html.maintext.page import about
from scrapers.html.maintext.scores import (
    KINDS,
    Model,
    Trees,
    Vocabulary,
    best_set,
    confidence,
    context,
    likelihoods,
    save,
    spoken,
)
from scrapers.html.maintext.scores import kinds as page_kinds
from scrapers.html.maintext.words import BUCKETS
from tests.training.html_labels import body_f1, by_kind, fold, interval, read_index, site, tokens

INNER = 3
"""Folds within the training sites."""
SUPPORT = 4
"""Sites on which a word must stand to get a weight."""
MOST = 1000
"""Blocks of one page that the trees are grown from."""
BLIND = 5
"""One page in as many is learned from without its words, as if in a language never seen: the trees must do without."""
FIRST = {"iterations": 200, "depth": 6, "learning_rate": 0.15}
SECOND = {"iterations": 600, "depth": 6, "learning_rate": 0.04}
TREES = {
    "loss_function": "CrossEntropy",
    "border_count": 63,
    "rsm": 0.3,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.7,
    "l2_leaf_reg": 5,
    "random_seed": 1,
    "verbose": False,
    "allow_writing_files": False,
}


@dataclass(kw_only=True)
class Labelled:
    """A page with the share of each block that its truth holds."""

    row: dict[str, Any]
    texts: list[str]
    facts: Facts
    shares: Any
    sizes: Any
    """Words of each block."""
    weights: Any


def shares(texts: list[str], truth: str) -> tuple[Any, Any]:
    """Return the share of each block's words that stand in the truth, in order, and the number of its words.

    The longest common subsequence decides, so that a word of a menu is not content because the article uses it; where
    the truth has another order than the page, blocks that it holds word for word count all the same.
    """
    from rapidfuzz.distance import LCSseq

    numbers: dict[str, int] = {}
    of_blocks = [[numbers.setdefault(word, len(numbers)) for word in tokens(text)] for text in texts]
    page = [number for block in of_blocks for number in block]
    wanted = [numbers.setdefault(word, len(numbers)) for word in tokens(truth)]
    sizes = np.array([len(block) for block in of_blocks], np.float64)
    owner = np.repeat(np.arange(len(texts)), sizes.astype(int))
    hit = np.zeros(len(page), bool)
    if page and wanted:
        for step in LCSseq.opcodes(page, wanted):
            if step.tag == "equal":
                hit[step.src_start : step.src_end] = True
    ordered = np.bincount(owner[hit], minlength=len(texts)) / np.maximum(sizes, 1)
    ordered[(sizes >= 8) & (ordered < 0.35)] = 0
    runs = set(zip(*(wanted[start:] for start in range(5)), strict=False))
    anywhere = ordered.copy()
    for number, block in enumerate(of_blocks):
        if len(block) >= 8:
            covered = np.zeros(len(block), bool)
            for start in range(len(block) - 4):
                if tuple(block[start : start + 5]) in runs:
                    covered[start : start + 5] = True
            if covered.mean() > 0.8:
                anywhere[number] = max(anywhere[number], covered.mean())

    def f1(share: Any) -> float:
        return body_f1(" ".join(text for text, kept in zip(texts, share > 0.5, strict=True) if kept), truth)

    return (anywhere if f1(anywhere) > f1(ordered) else ordered), sizes


def labelled(row: dict[str, Any]) -> Labelled | None:
    """Return a page with its labels, or None for one without any text."""
    dom = parse(row["path"].read_bytes(), None, row["url"])
    page = blocks(dom.root)
    if not page.texts:
        return None
    share, sizes = shares(page.texts, row["text"] or "")
    # A block weighs on its page's F1 by its size beside the truth's; the root keeps single blocks from deciding alone.
    weights = np.sqrt(sizes / max(float((sizes * share).sum()), 20))
    told = facts(page, about(dom, page))
    return Labelled(row=row, texts=page.texts, facts=told, shares=share, sizes=sizes, weights=weights)


def logistic(rows: Any, truth: Any, weights: Any, penalty: float = 1.0) -> Any:
    """Return the weights of a logistic regression with soft truths."""
    from scipy.optimize import minimize

    turned = rows.T.tocsr()

    def loss(beta: Any) -> tuple[float, Any]:
        logit = rows @ beta[:-1] + beta[-1]
        value = float(np.sum(weights * (np.logaddexp(0, logit) - truth * logit)))
        error = weights * (1 / (1 + np.exp(-logit)) - truth)
        slope = np.append(turned @ error + 2 * penalty * beta[:-1], error.sum())
        return value + penalty * float(beta[:-1] @ beta[:-1]), slope

    start = np.zeros(rows.shape[1] + 1)
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 40}).x[:-1].astype(np.float32)


def _matrix(buckets: Any, index: Any, normalised: bool) -> Any:
    from scipy.sparse import csr_matrix

    counts = np.diff(index)
    values = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts) if normalised else np.ones(len(buckets))
    return csr_matrix((values.astype(np.float32), buckets, index), shape=(len(counts), BUCKETS))


def supported(matrices: list[Any], sites: list[str]) -> Any:
    """Return the buckets that occur on enough sites."""
    by_site: dict[str, set[int]] = {}
    for matrix, site_ in zip(matrices, sites, strict=True):
        by_site.setdefault(site_, set()).update(matrix.indices.tolist())
    counts = np.bincount([bucket for buckets in by_site.values() for bucket in buckets], minlength=BUCKETS)
    return np.flatnonzero(counts >= SUPPORT)


def weigh(parts: list[tuple[Any, Any, Any]], sites: list[str]) -> Any:
    """Return the weight of each bucket: parts are (matrix, truth, weights), one a page."""
    from scipy.sparse import vstack

    kept = supported([matrix for matrix, _, _ in parts], sites)
    rows = vstack([matrix for matrix, _, _ in parts]).tocsc()[:, kept].tocsr()
    truth, weights = (np.concatenate([part[n] for part in parts]) for n in (1, 2))
    out = np.zeros(BUCKETS, np.float32)
    out[kept] = logistic(rows, truth, weights)
    return out


def vocabulary(pages: list[Labelled]) -> Vocabulary:
    """Return what names and words speak for, over these pages."""
    names, words, heads, wholes = [], [], [], []
    sites = [site(page.row["url"]) for page in pages]
    for page in pages:
        told, size = page.facts, page.sizes
        sums = np.concatenate(([0.0], np.cumsum(size)))
        kept = np.concatenate(([0.0], np.cumsum(size * page.shares)))
        held = sums[told.ends] - sums[told.starts]
        share = (kept[told.ends] - kept[told.starts]) / np.maximum(held, 1)
        names.append(
            (_matrix(told.names, told.name_index, False)[told.alike], share, 3 * np.sqrt(held / max(sums[-1], 1)))
        )
        matrix = _matrix(told.words, told.word_index, True)
        weights = 3 * np.sqrt(size / max(sums[-1], 1))
        words.append((matrix, page.shares, weights))
        below = np.flatnonzero(told.heading >= 0)
        heads.append((matrix[told.heading[below]], page.shares[below], weights[below]))
        wholes.append(_matrix(told.page_words, np.array([0, len(told.page_words)]), True))
    return Vocabulary(
        names=weigh(names, sites),
        words=weigh(words, sites),
        headings=weigh(heads, sites),
        kinds=kinds(pages, wholes, sites),
    )


def kinds(pages: list[Labelled], wholes: list[Any], sites: list[str]) -> Any:
    """Return the weight of each bucket for each kind of page: as many logistic regressions, one against the rest."""
    from scipy.sparse import vstack

    kept = supported(wholes, sites)
    rows = vstack(wholes).tocsc()[:, kept].tocsr()
    labels = np.array([page.row.get("page_type") or "unknown" for page in pages])
    out = np.zeros((len(KINDS), BUCKETS), np.float32)
    for number, kind in enumerate(KINDS):
        out[number, kept] = logistic(rows, (labels == kind).astype(float), np.ones(len(labels)), penalty=0.02)
    return out


def drawn(page: Labelled, draw: np.random.Generator) -> tuple[Any, Any]:
    """Return some of a large page's blocks, the weightier the likelier, and weights that make up for the rest."""
    n = len(page.weights)
    if n <= MOST:
        return np.arange(n), page.weights
    chance = page.weights + page.weights.mean()
    chance /= chance.sum()
    picked = draw.choice(n, MOST, p=chance)
    return picked, page.weights[picked] / (chance[picked] * MOST)


def grow(pages: list[Labelled], rows: list[Any], settings: dict[str, Any], threads: int) -> Trees:
    """Return trees that tell the share of a block that is content."""
    import catboost

    draw = np.random.default_rng(1)
    picks = [drawn(page, draw) for page in pages]
    pool = catboost.Pool(
        np.vstack([matrix[picked] for matrix, (picked, _) in zip(rows, picks, strict=True)]),
        np.concatenate([page.shares[picked] for page, (picked, _) in zip(pages, picks, strict=True)]),
        weight=np.concatenate([weights for _, weights in picks]),
    )
    grown = catboost.CatBoost({**TREES, **settings, "thread_count": threads})
    grown.fit(pool)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trees.json"
        grown.save_model(str(path), format="json")
        told = json.loads(path.read_text())
    depth = settings["depth"]
    trees = told["oblivious_trees"]
    columns = np.zeros((len(trees), depth), np.int16)
    borders = np.full((len(trees), depth), np.inf, np.float32)
    leaves = np.zeros((len(trees), 1 << depth), np.float32)
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"] or ()):
            columns[number, level] = split["float_feature_index"]
            borders[number, level] = split["border"]
        leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    scale, (bias,) = told["scale_and_bias"]
    return Trees(columns=columns, borders=borders, leaves=leaves * scale, bias=bias)


def train(pages: list[Labelled], threads: int, salt: str) -> Model:
    """Return the model of these pages."""
    inner = np.array([fold(page.row["url"], INNER, salt) for page in pages])
    rows: list[Any] = [None] * len(pages)
    for held in range(INNER):
        words = vocabulary([page for page, of in zip(pages, inner, strict=True) if of != held])
        mute = replace(words, words=np.zeros_like(words.words), headings=np.zeros_like(words.headings))
        for number in np.flatnonzero(inner == held):
            told = pages[number].facts
            told_words = mute if number % BLIND == 0 else words
            rows[number] = np.hstack([told.base, spoken(told, told_words, page_kinds(told, told_words))])
    second: list[Any] = [None] * len(pages)
    for held in range(INNER):
        seen = np.flatnonzero(inner != held)
        first = grow([pages[n] for n in seen], [rows[n] for n in seen], FIRST, threads)
        for number in np.flatnonzero(inner == held):
            likely = first.probabilities(rows[number])
            second[number] = np.hstack([rows[number], context(pages[number].facts, likely)])
    return Model(
        vocabulary=vocabulary(pages),
        first=grow(pages, rows, FIRST, threads),
        second=grow(pages, second, SECOND, threads),
    )


def quantised(model: Model) -> Model:
    """Return the model as its file will give it back."""
    from scrapers.html.maintext.scores import load

    with tempfile.TemporaryFile() as file:
        save(model, file)
        file.seek(0)
        return load(file)


def predicted(page: Labelled, model: Model) -> str:
    """Return the words that the model keeps of a page."""
    likely = likelihoods(page.facts, model, page_kinds(page.facts, model.vocabulary))
    kept, _ = best_set(likely, page.facts.lengths)
    if is_nothing(likely, page.facts.lengths, kept, confidence(likely, page.facts.lengths, kept)):
        return ""
    return "\n".join(text for text, chosen in zip(page.texts, kept, strict=True) if chosen)


def main() -> None:
    """Cross-validate, then train on all pages and write the model."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("index", type=Path)
    options.add_argument("--out", type=Path, help="where the model of all pages goes; without it none is trained")
    options.add_argument("--folds", type=int, default=5, help="0: no cross-validation")
    options.add_argument("--only", type=int, nargs="*", help="these folds alone")
    options.add_argument("--fold-models", type=Path, help="a folder for the models of the cross-validation")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--limit", type=int, help="as many pages, for a trial")
    args = options.parse_args()
    started = time.monotonic()

    def tell(message: str) -> None:
        print(f"{time.monotonic() - started:7.0f} s  {message}", file=sys.stderr, flush=True)

    index = read_index(args.index, args.limit)
    pages = [labelled(row) for row in index]
    tell(f"{len(pages)} pages labelled")
    scored: list[dict[str, Any]] = []
    scores: list[float] = []
    for held in range(args.folds) if args.only is None else args.only:
        seen = [p for p, row in zip(pages, index, strict=True) if p and fold(row["url"], args.folds) != held]
        model = quantised(train(seen, args.threads, f"inner {held}"))
        if args.fold_models:
            args.fold_models.mkdir(parents=True, exist_ok=True)
            with (args.fold_models / f"{held}.npz").open("wb") as file:
                save(model, file)
        begin = len(scores)
        for page, row in zip(pages, index, strict=True):
            if fold(row["url"], args.folds) == held:
                scored.append(row)
                scores.append(body_f1(predicted(page, model) if page else "", row["text"]))
        tell(
            f"fold {held}: F1 {sum(scores[begin:]) / max(len(scores) - begin, 1):.4f} over {len(scores) - begin} pages"
        )
    for kind, values in by_kind(scored, scores).items():
        mean, low, high = interval(values)
        print(f"{kind:15} {len(values):5}  {mean:.4f}  [{low:.4f}, {high:.4f}]")
    if args.out:
        with args.out.open("wb") as file:
            save(train([page for page in pages if page], args.threads, "all"), file)
        tell(f"{args.out}: {args.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
