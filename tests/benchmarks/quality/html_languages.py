"""Score the main text on pages whose words no model ever saw: the letters of every text replaced by others.

    python -m tests.benchmarks.quality.html_languages INDEX.jsonl --models DIR [--limit N]

Labelled pages are mostly English. Here their texts become gibberish, in Latin letters and in Cyrillic ones, while the
markup stays: what is lost is what hangs on the words of a language. The models are those of a cross-validation, as for
`tests.benchmarks.quality.html`.
"""

from __future__ import annotations

import argparse
import string
from dataclasses import replace
from pathlib import Path
from typing import Any

from scrapers.html.blocks import blocks
from scrapers.html.dom import parse
from scrapers.html.maintext.edges import asks_consent, completed, trimmed
from scrapers.html.maintext.facts import facts
from scrapers.html.maintext.maintext import NOTHING
from scrapers.html.maintext.page import about
from scrapers.html.maintext.scores import Model, best_set, kinds, likelihoods
from tests.training.html_labels import body_f1, by_kind, fold, interval, read_index, read_models

ALPHABETS = {
    "as it is": string.ascii_lowercase,
    "latin": "qwertyuiopasdfghjklzxcvbnm",
    "cyrillic": "абвгдежзийклмнопрстуфхцчшщ",
}


def scores(row: dict[str, Any], model: Model) -> list[float]:
    """Return the body's F1 with each alphabet."""
    dom = parse(row["path"].read_bytes(), None, row["url"])
    page = blocks(dom.root)
    if not page.texts:
        return [body_f1("", row["text"])] * len(ALPHABETS)
    said, texts = about(dom, page), page.texts
    found = []
    for letters in ALPHABETS.values():
        other = str.maketrans(string.ascii_letters, letters + letters.upper())
        page.texts = [text.translate(other) for text in texts]
        told = replace(said, title=said.title.translate(other), told=said.told.translate(other))
        numbers = facts(page, told)
        likely = likelihoods(numbers, model, kinds(numbers, model.vocabulary))
        likely[asks_consent(page)] = 0
        chosen, expected = best_set(likely, numbers.lengths)
        kept = trimmed(page, completed(page, chosen.nonzero()[0].tolist())) if expected >= NOTHING else []
        found.append(body_f1("\n".join(texts[number] for number in kept), row["text"]))
    return found


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("index", type=Path)
    options.add_argument("--models", type=Path, required=True, help="the folder of the cross-validation's models")
    options.add_argument("--limit", type=int)
    args = options.parse_args()
    models = read_models(args.models)
    index = read_index(args.index, args.limit)
    found = [scores(row, models[fold(row["url"], len(models))]) for row in index]
    print("| pages | " + " | ".join(ALPHABETS) + " |")
    print("| --- |" + " --- |" * len(ALPHABETS))
    columns = [by_kind(index, values) for values in zip(*found, strict=True)]
    for kind, pages in columns[0].items():
        cells = [f"{mean:.3f} [{low:.3f}, {high:.3f}]" for mean, low, high in (interval(c[kind]) for c in columns)]
        print(f"| {kind} ({len(pages)}) | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
