"""Score the HTML reader on labelled pages, beside public systems, with bootstrap confidence intervals.

    python -m tests.benchmarks.quality.html INDEX.jsonl --scorer SCORE.py --models DIR [--peers] [--limit N]

No page is read by anything that saw its site: DIR holds what the cross-validations learned, one of each a fold, as
`train_maintext --fold-models DIR` and `train_fields --fold-models DIR` write it. `--peers` adds the rows of
trafilatura, newspaper4k and rs-trafilatura, each where it is installed.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from models.errors import ExtractError
from scrapers.base import Page, Rules
from scrapers.choice.chooser import Chooser, from_json
from scrapers.html.maintext.scores import Model
from scrapers.html.reader import read
from tests.training.html_labels import fold, read_index, read_models, scorer

Prediction = dict[str, Any]
System = Callable[[dict[str, Any], bytes], Prediction]

FIGURES = (
    ("body F1", "body", "F1"),
    ("title exact", "title", "exact"),
    ("tolerant", "title", "tol"),
    ("author F1", "author", "F1"),
    ("invented", "author", "FP"),
    ("date right", "date", "acc"),
    ("of given", "date", "P"),
    ("invented", "date", "FP"),
)
"""Heading of a column, and where the scorer's summary has it."""


def page_of(row: dict[str, Any], content: bytes) -> Page:
    """Return the page as it would come from a fetch."""
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    digest = hashlib.sha256(content).hexdigest()
    return Page(url=row["url"], final_url=row["url"], content=content, retrieved_at=now, sha256=digest)


def ours(models: list[Model], choosers: list[Chooser]) -> System:
    """Return the reader with, for each page, what was learned without its site."""

    def read_with_model(row: dict[str, Any], content: bytes) -> Prediction:
        try:
            held = fold(row["url"], len(models))
            said = read(page_of(row, content), Rules(), models[held], choosers[held])
        except ExtractError as error:
            print(f"{row['id']}: {error}", file=sys.stderr)
            return {}
        return {
            "title": said.title.value if said.title else None,
            "authors": [author.name for author in said.authors.value] if said.authors else [],
            "date": said.date_published.value if said.date_published else None,
            "text": said.body.value if said.body else "",
        }

    return read_with_model


def trafilatura_system() -> System:
    """Return trafilatura with its defaults and metadata."""
    import trafilatura

    def extract(row: dict[str, Any], content: bytes) -> Prediction:
        found: Any = trafilatura.bare_extraction(content, url=row["url"], with_metadata=True)
        if found is None:
            return {}
        told = found.as_dict()
        return {"title": told["title"], "authors": told["author"], "date": told["date"], "text": told["text"]}

    return extract


def newspaper_system() -> System:
    """Return newspaper4k with its defaults."""
    import newspaper

    def extract(row: dict[str, Any], content: bytes) -> Prediction:
        article = newspaper.Article(row["url"], fetch_images=False)  # it would ask the web for each
        article.download(input_html=content.decode("utf-8", "replace"))
        try:
            article.parse()
        except ValueError as error:
            print(f"{row['id']}: newspaper4k: {error}", file=sys.stderr)
            return {}
        date = article.publish_date
        day = date.date().isoformat() if isinstance(date, datetime.datetime) else str(date or "")
        return {"title": article.title, "authors": article.authors, "date": day, "text": article.text}

    return extract


def rs_trafilatura_system() -> System:
    """Return rs-trafilatura with its defaults."""
    import rs_trafilatura

    def extract(row: dict[str, Any], content: bytes) -> Prediction:
        found = rs_trafilatura.extract(content.decode("utf-8", "replace"), url=row["url"])
        return {"title": found.title, "authors": found.author, "date": found.date, "text": found.main_content}

    return extract


PEERS = {
    "trafilatura": trafilatura_system,
    "newspaper4k": newspaper_system,
    "rs-trafilatura": rs_trafilatura_system,
}


def systems(models: list[Model], choosers: list[Chooser], peers: bool) -> dict[str, System]:
    """Return the systems to compare, by name."""
    found = {"this reader": ours(models, choosers)}
    for name, make in PEERS.items() if peers else ():
        try:
            found[name] = make()
        except ImportError:
            print(f"{name} is not installed; its row is left out", file=sys.stderr)
    return found


def figures(scoring: Any, pages: list[dict[str, Any]], rounds: int) -> list[tuple[float, float, float] | None]:
    """Return each figure with its 95 % confidence interval, by the bootstrap over pages."""
    draw = random.Random(0)

    def told(sample: list[dict[str, Any]]) -> list[float | None]:
        summary = scoring.summarise(sample)
        return [(summary.get(field) or {}).get(name) for _, field, name in FIGURES]

    drawn = [told(draw.choices(pages, k=len(pages))) for _ in range(rounds)]
    out: list[tuple[float, float, float] | None] = []
    for number, value in enumerate(told(pages)):
        spread = sorted(sample for one in drawn if (sample := one[number]) is not None)
        if value is None or not spread:
            out.append(None)
        else:
            out.append(
                (value, spread[int(len(spread) * 0.025)], spread[min(int(len(spread) * 0.975), len(spread) - 1)])
            )
    return out


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("index", type=Path)
    options.add_argument("--scorer", type=Path, required=True, help="a file with score_page and summarise")
    options.add_argument("--models", type=Path, required=True, help="the folder of what the cross-validations learned")
    options.add_argument("--peers", action="store_true")
    options.add_argument("--limit", type=int)
    options.add_argument("--rounds", type=int, default=300, help="of the bootstrap")
    options.add_argument("--predictions", type=Path, help="a folder for what each system gave, a JSONL file each")
    args = options.parse_args()

    models = read_models(args.models)
    choosers = [from_json((args.models / f"{held}.json").read_text("utf-8")) for held in range(len(models))]
    scoring = scorer(args.scorer)
    index = read_index(args.index, args.limit)
    groups: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for name, system in systems(models, choosers, args.peers).items():
        given = []
        for row in index:
            prediction = system(row, row["path"].read_bytes())
            given.append({"dataset": row.get("dataset"), "id": row["id"], **prediction})
            scores = scoring.score_page(row, prediction)
            for group in ("all kinds", row.get("page_type") or "unknown"):
                groups.setdefault(group, {}).setdefault(name, []).append(scores)
        if args.predictions:
            args.predictions.mkdir(parents=True, exist_ok=True)
            lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in given)
            (args.predictions / f"{name.replace(' ', '-')}.jsonl").write_text(lines, encoding="utf-8")
    print("| pages | system | " + " | ".join(heading for heading, _, _ in FIGURES) + " |")
    print("| --- | --- |" + " --- |" * len(FIGURES))
    for group in sorted(groups, key=lambda group: (group != "all kinds", group)):
        for name, pages in groups[group].items():
            cells = [
                "" if value is None else f"{value[0]:.3f} [{value[1]:.3f}, {value[2]:.3f}]"
                for value in figures(scoring, pages, args.rounds)
            ]
            print(f"| {group} ({len(pages)}) | {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
