"""Learn the choice of a PDF's title, authors, issuing body and date: writes `scrapers/pdf/chooser.json`.

    python -m tests.training.train_reports [LABELS.jsonl FILES]... [--cache DIR] [--out chooser.json]

LABELS: a line a file {id, repo, title, subtitle, title_alt, authors, authors_alt, orgs, date, date_alt}; FILES: the
folder of `<id>.pdf`. The papers that the tests make (`tests.pdfs`) are learned from as well. Printed are the shares of
a 5-fold cross-validation in which no publisher (`repo`) is in two folds. With `--cache` the files are read once.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import pickle
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from models.errors import UnreadablePdf
from scrapers.base import Page, Rules
from scrapers.choice.chooser import Candidate, Chooser, from_json
from scrapers.pdf.fields import dates, dates_facts, names, names_facts
from scrapers.pdf.fields.front import Front
from scrapers.pdf.fields.organisations import candidates as organisations
from scrapers.pdf.fields.organisations import facts as organisations_facts
from scrapers.pdf.fields.title import candidates as title
from scrapers.pdf.fields.title import facts as title_facts
from scrapers.pdf.reader import front_of
from scrapers.values.authors import kind_of
from scrapers.values.language import language_of
from tests.pdfs.layouts import KINDS, paper
from tests.pdfs.occasions import occasions
from tests.pdfs.reports import reports
from tests.training.choice import Example, FieldTraining, learned

FOLDS = 5
PROCESSES = 3
MADE = 14
"""Papers of each made kind."""

WEIGHT = 3
"""How often each of the made reports counts: there is one of its kind, and it must be read right."""

TRAINING = {
    "title": FieldTraining(penalty=3.0, contenders=24, trees=60, priors={"salutation": -4.0}, any_right=True),
    "people": FieldTraining(penalty=3.0, threshold=0.5, trees=40, priors={"told": 3.0, "citation": 3.0}),
    "organisations": FieldTraining(penalty=3.0, threshold=0.5, trees=40, any_right=True, priors={"company": 1.1}),
    "date_published": FieldTraining(
        penalty=3.0,
        threshold=0.5,
        trees=40,
        any_right=True,
        priors={"giant-year": -5.0, "range": -2.0, "range-end": -2.0, "next": -4.0},
    ),
}
ONE_BY_ONE = ("people",)
"""Fields whose candidates are judged each by itself."""

NEAR = 0.3
"""How right a wording is that differs from the title in little."""

Label = Mapping[str, Any]


@dataclass(frozen=True)
class Document:
    """A file's front, and what is known of it."""

    label: Label
    front: Front


def fold(text: str | None) -> str:
    """Return a text as it is compared: words without accents, case and punctuation."""
    plain = unicodedata.normalize("NFKD", (text or "").casefold().replace("ı", "i"))
    return " ".join(re.sub(r"[^\w]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).split())


def alike(given: str, right: str, share: float = 0.85) -> bool:
    """Return whether two folded texts differ in little."""
    return given == right or difflib.SequenceMatcher(None, given, right).ratio() >= share


def flat(values: Iterable[Any] | None) -> list[str]:
    """Return names that are listed or listed in lists."""
    return [name for value in values or () for name in (value if isinstance(value, list) else [value])]


def same_person(given: str, right: str) -> bool:
    """Return whether a name is that of a person, titles and the order of its words aside."""
    a, b = fold(given), fold(right)
    if not a or not b:
        return False
    return alike(a, b) or sorted(a.split()) == sorted(b.split()) or f" {b} " in f" {a} " or f" {a} " in f" {b} "


def same_body(given: str, right: str) -> bool:
    """Return whether a name is that of an organisation, or most of it."""
    a, b = fold(given), fold(right)
    if not a or not b:
        return False
    if alike(a, b, 0.82) or (len(a) > 2 and a == "".join(word[0] for word in b.split())):
        return True
    return (f" {b} " in f" {a} " and len(a) < 1.5 * len(b) + 4) or (f" {a} " in f" {b} " and len(a) > 0.5 * len(b))


def same_date(given: str, label: Label) -> bool:
    """Return whether a date is the labelled one or finer, or an accepted other one."""
    wanted = [label.get("date"), *(label.get("date_alt") or ())]
    return any(want and (given == want or given.startswith(f"{want}-")) for want in wanted)


def titles_of(label: Label) -> list[str]:
    """Return the wordings of the title that are right, folded."""
    main = [label["title"], *(label.get("title_alt") or ())] if label.get("title") else []
    return [fold(text) for text in main + [f"{text} {label['subtitle']}" for text in main if label.get("subtitle")]]


def examples(document: Document) -> dict[str, Example]:
    """Return a document's candidates for each field, with how right each is."""
    label, front = document.label, document.front
    name = str(label["id"])
    found = title.candidates(front)
    title_facts.describe(front, found)
    wanted = titles_of(label)
    near = [max((title_facts.likeness(fold(c.value).split(), w.split()) for w in wanted), default=0.0) for c in found]
    right = [
        1.0 if fold(c.value) in wanted else NEAR * max(0.0, 2 * share - 1) for c, share in zip(found, near, strict=True)
    ]
    made = {"title": Example(name, found, right, True)} if wanted else {}
    # Places count from the title that the reader will take; here the likeliest right one stands for it.
    ranked = sorted(zip(right, range(len(found)), strict=True), key=lambda pair: (-pair[0], pair[1]))
    best = next((found[place] for share, place in ranked if share > 0.06 and found[place].lines), None)
    around = names_facts.Surroundings(front, best)
    people = names.candidates(front)
    names_facts.describe(around, people)
    authors = [*flat(label.get("authors")), *flat(label.get("authors_alt"))]
    made["people"] = Example(
        name, people, [float(any(same_person(c.value.name, a) for a in authors)) for c in people], bool(authors)
    )
    bodies = organisations.candidates(front, best)
    organisations_facts.describe(around, bodies)
    issuers = [*flat(label.get("orgs")), *flat(label.get("authors_alt"))]
    if label.get("orgs") or label.get("kind"):
        made["organisations"] = Example(
            name, bodies, [float(any(same_body(c.value.name, o) for o in issuers)) for c in bodies], bool(issuers)
        )
    language = language_of(front.body)
    days = dates.candidates(front, Rules(), (language,) if language else ())
    dates_facts.describe(around, days)
    made["date_published"] = Example(
        name, days, [float(same_date(c.value, label)) for c in days], bool(label.get("date"))
    )
    # Only the facts are learned from; without their lines, candidates pass quickly from process to process.
    return {field: replace(example, candidates=bare(example.candidates)) for field, example in made.items()}


def bare(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with their facts alone."""
    return [Candidate(value=None, raw="", origin=c.origin, facts=c.facts) for c in candidates]


def page_of(content: bytes, name: str) -> Page:
    """Return a file as it would have been fetched."""
    url = f"https://example.org/{name}.pdf"
    return Page(
        url=url, final_url=url, media_type="application/pdf", content=content, retrieved_at=datetime.now(UTC), sha256=""
    )


def read_front(label: Label, folder: Path, cache: Path | None) -> Front | None:
    """Return a labelled file's front, None where it has no text."""
    kept = cache / f"{label['id']}.pickle" if cache else None
    if kept and kept.exists():
        front: Front | None = pickle.loads(kept.read_bytes())
        return front
    try:
        front = front_of(page_of((folder / f"{label['id']}.pdf").read_bytes(), "file"), Rules(tables=False))
    except UnreadablePdf:
        front = None
    if kept:
        kept.write_bytes(pickle.dumps(front))
    return front


def made_documents() -> list[Document]:
    """Return the papers that the tests make."""
    found = []
    for kind in KINDS:
        for number in range(MADE):
            one = paper(kind, number)
            label = {
                "id": f"{kind} {number}",
                "title": one.title,
                "authors": one.people,
                "orgs": [one.organisation] if one.organisation else [],
                "date": one.date,
                "kind": kind,
            }
            found.append(Document(label, front_of(page_of(one.content, kind), Rules(tables=False))))
    for name, report in {**reports(), **occasions()}.items():
        bodies = [author for author in report.authors if kind_of(author) == "organisation"]
        label = {
            "id": name,
            "title": report.title,
            "authors": list(report.authors),
            "orgs": bodies,
            "date": report.date,
        }
        found += [Document(label, front_of(page_of(report.content, name), Rules(tables=False)))] * WEIGHT
    return found


def single(example: Example) -> list[Example]:
    """Return an example a candidate, for the fields whose candidates are judged each by itself."""
    return [
        Example(example.name, [candidate], [right], bool(right))
        for candidate, right in zip(example.candidates, example.right, strict=True)
    ]


def train(documents: Sequence[dict[str, Example]], names_of: set[str] | None = None) -> str:
    """Return the JSON of the chooser learned from the documents named; of all, without names."""
    made: dict[str, list[Example]] = {field: [] for field in TRAINING}
    for document in documents:
        for field, example in document.items():
            made[field] += single(example) if field in ONE_BY_ONE else [example]
    return learned(made, TRAINING, names_of)


def tell(field: str, chooser: Chooser, held: Iterable[Example]) -> list[tuple[int, int, int]]:
    """Return for each document whether the first choice is right, whether one can be, and whether one is given."""
    told = []
    for example in held:
        ranked = chooser.rank(field, example.candidates)
        right = {id(c) for c, share in zip(example.candidates, example.right, strict=True) if share == 1}
        given = bool(ranked) and (
            "threshold" not in chooser.weights[field]
            or chooser.likely(field, ranked[:1] if field in ONE_BY_ONE else ranked)
        )
        told.append((int(given and id(ranked[0]) in right), int(bool(right)), int(given)))
    return told


def main() -> None:
    """Cross-validate, print the figures, write the chooser of all documents."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sets", nargs="*", type=Path, help="pairs of LABELS.jsonl and FILES")
    options.add_argument("--cache", type=Path, help="a folder for what was read of the files")
    options.add_argument("--out", type=Path, help="where the chooser of all documents goes; without it none is written")
    args = options.parse_args()
    if args.cache:
        args.cache.mkdir(parents=True, exist_ok=True)
    documents = made_documents()
    publishers = {str(d.label["id"]): "" for d in documents}
    with ProcessPoolExecutor(2) as pool:
        for labels, folder in zip(args.sets[::2], args.sets[1::2], strict=True):
            rows = [json.loads(line) for line in labels.read_text("utf-8").splitlines()]
            fronts = pool.map(partial(read_front, folder=folder, cache=args.cache), rows, chunksize=4)
            documents += [Document(row, front) for row, front in zip(rows, fronts, strict=True) if front]
            publishers |= {str(row["id"]): str(row.get("repo") or row["id"]) for row in rows}
        made = list(pool.map(examples, documents, chunksize=8))
    fold_of = {
        name: int(hashlib.sha256(repo.encode()).hexdigest(), 16) % FOLDS for name, repo in publishers.items() if repo
    }
    held_out = range(FOLDS if fold_of else 0)
    told: dict[str, list[tuple[int, int, int]]] = {field: [] for field in TRAINING}
    with ProcessPoolExecutor(PROCESSES) as pool:
        whole = pool.submit(train, made) if args.out else None
        learned_of = [{name for name in publishers if fold_of.get(name) != held} for held in held_out]
        for held, text in zip(held_out, pool.map(partial(train, made), learned_of), strict=True):
            for field in TRAINING:
                examples_held = [d[field] for d in made if field in d and fold_of.get(d[field].name) == held]
                told[field] += tell(field, from_json(text), examples_held)
        if whole:
            args.out.write_text(whole.result(), "utf-8")
    for field, rows_told in told.items():
        if rows_told:
            right, reachable, given = (sum(column) / len(rows_told) for column in zip(*rows_told, strict=True))
            print(
                f"{field:15} first right {right:.3f}  reachable {reachable:.3f}  given {given:.3f} of {len(rows_told)}"
            )


if __name__ == "__main__":
    main()
