"""Learn how much each fact counts in choosing a page's title, authors and date: writes `scrapers/html/chooser.json`.

    python -m tests.training.train_fields INDEX.jsonl --models DIR [--out scrapers/html/chooser.json]
        [--fold-models DIR] [--made PAGES]

`choice` says what the model is. Printed are the figures of a 5-fold cross-validation in which no site is in two folds;
with `--fold-models` its choosers are kept, for `tests.benchmarks.quality.html`. With `--made`, that many made pages of
the templates that may be looked at are learned from as well. `calibrate_fields` then tells how sure the choices are.
"""

from __future__ import annotations

import argparse
import html
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scrapers.base import Rules
from scrapers.choice.chooser import from_json
from scrapers.html.dom import parse
from scrapers.html.fields import title
from scrapers.html.fields.authors import authors
from scrapers.html.fields.candidate import Candidate
from scrapers.html.fields.dates import dates
from scrapers.html.fields.traits import traits
from scrapers.html.maintext import maintext
from scrapers.html.maintext.scores import Model
from scrapers.html.page import html_page
from tests.benchmarks.quality.templates.page import made as made_page
from tests.training.choice import Example, FieldTraining, choice, figures, learned
from tests.training.html_labels import body_f1, fold, read_index, read_models

FOLDS = 5
TRAINING = {
    "title": FieldTraining(
        penalty=30.0,
        priors={
            "cut-of-stated": -4.0,
            "is-site&deep": -3.0,
            "site-tail&deep": -3.0,
            "printed-tail": -4.0,
            "kicker": -4.0,
            "no-word-of-heading": -6.0,
            "tail-apart": -2.0,
            "h3:titled": 1.5,
            "behind-site": -4.0,
        },
    ),
    "authors": FieldTraining(penalty=1.0, threshold=0.2, floor=0.5, priors={"stated": 4.0}),
    "date_published": FieldTraining(
        penalty=0.5,
        threshold=0.06,
        floor=0.5,
        priors={
            "stated": 3.0,
            "originally": 2.0,
            "url:day": 2.0,
            "only-modified": -3.0,
            "quoted": -6.0,
            "other-label": -8.0,
        },
    ),
}
NEAR = 0.3
"""How right a wording is that differs from the title in little: annotators differ in such."""


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
        page = html_page(dom)
        main = maintext.read(page, models[fold(url, len(models))])
        shape = traits(dom, page.metadata, page.seen, main)
        titles = title.candidates(page, main, shape)
        if row["title"]:
            truth = words(row["title"])
            right = [likeness(words(c.value), truth) for c in titles]
            made["title"].append(Example(url, titles, right, True, []))
        # Distances count from the title that the reader will take; here the likeliest right one stands for it.
        best = next(
            (c for c in titles if row["title"] and words(c.value) == words(row["title"]) and c.element is not None),
            None,
        )
        page.seen.set_title(best.element if best else None)
        if row["author"] is not None:
            made["authors"].append(author_example(url, authors.candidates(page, main, shape), row["author"]))
        if row["date"] is not None:
            reader = dates.DateGatherer(page, main, Rules(), None, None, shape)
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


def made_rows(count: int, folder: Path) -> list[dict[str, Any]]:
    """Write made pages, each of a site of its own, and return their rows of an index."""
    rows: list[dict[str, Any]] = []
    for number in range(count):
        page, path = made_page(number, seed="training"), folder / f"{number}.html"
        path.write_text(page.html, "utf-8")
        url = page.url.replace("://", f"://made-{number}.", 1)
        rows.append(
            {"url": url, "path": path, "title": page.title, "author": list(page.authors), "date": page.day or ""}
        )
    return rows


def main() -> None:
    """Cross-validate, print the figures, write the chooser of all pages."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("index", type=Path)
    options.add_argument("--models", type=Path, required=True, help="the folder of train_maintext's fold models")
    options.add_argument("--out", type=Path, help="where the chooser of all pages goes; without it none is written")
    options.add_argument("--fold-models", type=Path, help="a folder for the choosers of the cross-validation")
    options.add_argument("--made", type=int, default=0, help="how many made pages are learned from as well")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = [*read_index(args.index), *made_rows(args.made, Path(folder))]
        made = examples(rows, read_models(args.models))
    urls = {e.name for every in made.values() for e in every}
    picks: dict[str, dict[str, int | None]] = {name: {} for name in made}
    for held in range(FOLDS):
        told = learned(made, TRAINING, {url for url in urls if fold(url, FOLDS) != held})
        if args.fold_models:
            args.fold_models.mkdir(parents=True, exist_ok=True)
            (args.fold_models / f"{held}.json").write_text(told, "utf-8")
        chooser = from_json(told)
        for name, every in made.items():
            picks[name].update((e.name, choice(name, chooser, e)) for e in every if fold(e.name, FOLDS) == held)
    for name, every in made.items():
        print(f"{name:15} {figures(name, every, [picks[name][e.name] for e in every])}", flush=True)
    if args.out:
        args.out.write_text(learned(made, TRAINING), "utf-8")


if __name__ == "__main__":
    main()
