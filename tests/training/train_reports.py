"""Learn the choice of a PDF's title, authors, issuing body and date: writes `scrapers/pdf/chooser.json`.

    python -m tests.training.train_reports [LABELS.jsonl FILES]... [--only FIELD]... [--cache DIR]
        [--predictions FILE] [--out FILE]

Any number of label files, each with the folder of its PDFs. A line of LABELS is a file: {id, repo, sha256, title,
subtitle, title_alt, authors, authors_alt, orgs, date, date_alt}. Its PDF is `<id>.pdf` or `<the first 16 digits of
sha256>.pdf`. An id may stand in one label file only. The papers that the tests make (`tests.pdfs`) are learned from as
well; how often each counts is in `report_labels`. With `--cache` files are read once. The same labels, files and code
give the same chooser.

The publishers (`repo`) are divided into five parts. Each part is held out once while the rest is learned from;
`--predictions` gets what is then read of the files held out, as JSON lines. How often a value is right of which the
model is so sure is learned from these values too. The chooser that `--out` gets is learned from all files.

The title takes nine tenths of the time. With `--only people --only organisations` these two alone are learned, and the
others stay as they are shipped; as the shipped title may have been learned from a file that is held out, what is read
of such files is then a little too good where it builds on the title.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import asdict, replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from scrapers.base import Rules
from scrapers.choice.chooser import Calibration, Candidate, from_json
from scrapers.pdf.fields import dates, dates_facts, names, names_facts
from scrapers.pdf.fields.fields import DOUBTFUL, Weighed, decided, weighed
from scrapers.pdf.fields.organisations import candidates as organisations
from scrapers.pdf.fields.organisations import facts as organisations_facts
from scrapers.pdf.fields.title import candidates as title
from scrapers.pdf.fields.title import facts as title_facts
from scrapers.values.authors import kind_of
from scrapers.values.language import language_of
from tests.training.calibration import Judged, fitted
from tests.training.choice import Example, FieldTraining, learned, written
from tests.training.report_labels import (
    Document,
    flat,
    fold,
    made_documents,
    read_front,
    read_labels,
    same_body,
    same_date,
    same_person,
    titles_of,
)

FOLDS = 5
PROCESSES = 2
TRAINING = {
    "title": FieldTraining(
        penalty=3.0, contenders=24, trees=60, priors={"salutation": -4.0, "only-date": -2.5}, any_right=True
    ),
    "people": FieldTraining(penalty=3.0, threshold=0.5, trees=40, priors={"told": 3.0, "citation": 3.0}),
    "organisations": FieldTraining(penalty=3.0, threshold=0.5, trees=40, any_right=True, priors={"company": 1.1}),
    "date_published": FieldTraining(
        penalty=1.0,
        threshold=0.5,
        trees=120,
        any_right=True,
        priors={
            "published": 1.5,
            "giant-year": -5.0,
            "range": -2.0,
            "range-end": -2.0,
            "next": -4.0,
            "previous": -2.0,
            "of-other-act": -2.0,
        },
    ),
}
ONE_BY_ONE = ("people",)
"""Fields whose candidates are judged each by itself."""

NEAR = 0.3
"""How right a wording is that differs from the title in little."""

NEAR_ENOUGH = 0.06
"""How right a wording must be to stand for the title where no reader chooses one."""


def title_example(document: Document) -> Example:
    """Return a document's candidates for the title, with how right each is."""
    label, front = document.label, document.front
    found = title.candidates(front)
    title_facts.describe(front, found)
    wanted = titles_of(label)
    near = [max((title_facts.likeness(fold(c.value).split(), w.split()) for w in wanted), default=0.0) for c in found]
    right = [
        1.0 if fold(c.value) in wanted else NEAR * max(0.0, 2 * share - 1) for c, share in zip(found, near, strict=True)
    ]
    return Example(str(label["id"]), bare(found), right, bool(wanted))


def other_examples(document: Document, place: int | None) -> dict[str, Example]:
    """Return a document's candidates for people, organisations and date; `place` is that of its title among its own."""
    label, front = document.label, document.front
    name = str(label["id"])
    titles = title.candidates(front)
    best = titles[place] if place is not None else None
    around = names_facts.Surroundings(front, best)
    people = names.candidates(front)
    names_facts.describe(around, people)
    authors = [*flat(label.get("authors")), *flat(label.get("authors_alt"))]
    is_author = [float(any(same_person(c.value.name, a) for a in authors)) for c in people]
    bodies = organisations.candidates(front, best)
    organisations_facts.describe(around, bodies)
    issuers = issuers_of(label)
    issues = [float(any(same_body(c.value.name, o) for o in issuers)) for c in bodies]
    language = language_of(front.body)
    days = dates.candidates(front, Rules(), (language,) if language else ())
    dates_facts.describe(around, days)
    is_day = [float(same_date(c.value, label)) for c in days]
    made = {
        "people": Example(name, bare(people), is_author, bool(authors)),
        "date_published": Example(name, bare(days), is_day, bool(label.get("date"))),
    }
    if issuers or not authors:
        made["organisations"] = Example(name, bare(bodies), issues, bool(issuers))
    return made


def issuers_of(label: Mapping[str, Any]) -> list[str]:
    """Return the bodies that issue a document by its label, which may name them among its authors."""
    people = flat(label.get("authors"))
    others = [name for name in flat(label.get("authors_alt")) if not any(same_person(name, one) for one in people)]
    return [*flat(label.get("orgs")), *others, *(name for name in people if kind_of(name) == "organisation")]


def bare(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with their facts alone."""
    return [Candidate(value=None, raw="", origin=c.origin, facts=c.facts) for c in candidates]


def single(example: Example) -> list[Example]:
    """Return an example a candidate, for the fields whose candidates are judged each by itself."""
    return [
        Example(example.name, [candidate], [right], bool(right), weight=example.weight)
        for candidate, right in zip(example.candidates, example.right, strict=True)
    ]


def learn(made: Mapping[str, Sequence[Example]], names_of: set[str] | None = None) -> str:
    """Return the JSON of the chooser learned from the documents named; of all, without names."""
    parted = {
        field: [part for example in every for part in single(example)] if field in ONE_BY_ONE else every
        for field, every in made.items()
    }
    return learned(parted, {field: TRAINING[field] for field in made}, names_of)


class Folds:
    """Documents in folds: a publisher's are in one; those without a publisher are in none and always learned from."""

    def __init__(self, publishers: Mapping[str, str]) -> None:
        self.of = {
            name: int(hashlib.sha256(publisher.encode()).hexdigest(), 16) % FOLDS if publisher else None
            for name, publisher in publishers.items()
        }
        self.numbers = sorted({number for number in self.of.values() if number is not None})

    def learned_from(self, number: int) -> set[str]:
        """Return the documents that are not in a fold."""
        return {name for name, of in self.of.items() if of != number}

    def choosers(self, pool: Executor, made: Mapping[str, Sequence[Example]]) -> dict[int, dict[str, Any]]:
        """Return what is learned from the documents that are not in each fold, as JSON holds it."""
        texts = pool.map(partial(learn, made), map(self.learned_from, self.numbers))
        return {number: json.loads(text) for number, text in zip(self.numbers, texts, strict=True)}


def as_shipped(fields: Iterable[str]) -> dict[str, Any]:
    """Return what the shipped chooser holds for fields, as JSON holds it."""
    held: dict[str, Any] = json.loads(files("scrapers.pdf").joinpath("chooser.json").read_text("utf-8"))
    return {field: held[field] for field in fields} | {
        part: {field: of for field, of in held[part].items() if field in fields} for part in ("trees", "calibrations")
    }


def together(*choosers: Mapping[str, Any]) -> dict[str, Any]:
    """Return several choosers, each for fields of its own, as one."""
    whole: dict[str, Any] = {}
    for chooser in choosers:
        trees = whole.get("trees", {}) | chooser.get("trees", {})
        whole |= {**chooser, "trees": trees}
    return whole


def weighted(documents: Iterable[Document], found: Iterable[dict[str, Example]]) -> dict[str, list[Example]]:
    """Return the examples of each field, each with the weight of its document."""
    made: dict[str, list[Example]] = {}
    for document, examples in zip(documents, found, strict=True):
        for field, example in examples.items():
            made.setdefault(field, []).append(replace(example, weight=float(document.weight)))
    return made


def title_places(titles: Sequence[Example], folds: Folds, choosers: Mapping[int, dict[str, Any]]) -> list[int | None]:
    """Return for each document the place of the title that a reader would choose who has not seen its publisher.

    Of documents that are in no fold it is the likeliest right one.
    """
    readers = {number: from_json(json.dumps(chooser)) for number, chooser in choosers.items()}
    places: list[int | None] = []
    for example in titles:
        number = folds.of[example.name]
        if not example.candidates:
            places.append(None)
        elif number is None:
            best = max(range(len(example.right)), key=lambda place: example.right[place])
            places.append(best if example.right[best] > NEAR_ENOUGH else None)
        else:
            first = readers[number].rank("title", example.candidates)[0]
            places.append(next(place for place, c in enumerate(example.candidates) if c is first))
    return places


def read_held_out(folds: Folds, choosers: Mapping[int, dict[str, Any]], document: Document) -> Weighed | None:
    """Return what a reader who has not seen a document's publisher finds in it; None where all have seen it."""
    number = folds.of[str(document.label["id"])]
    if number is None:
        return None
    language = language_of(document.front.body)
    chooser = from_json(json.dumps(choosers[number]))
    found = weighed(document.front, Rules(), (language,) if language else (), chooser)
    # Without their lines, candidates pass quickly from process to process.
    return Weighed(
        titles=[(replace(c, lines=(), facts={}), share) for c, share in found.titles[:1]],
        people=[(replace(c, lines=(), facts={}), share) for c, share in found.people],
        organisations=[(replace(c, lines=(), facts={}), share) for c, share in found.organisations[:1]],
        dates=[(replace(c, lines=(), facts={}), share) for c, share in found.dates[:1]],
    )


def judge(held: Iterable[tuple[Document, Weighed]]) -> dict[str, list[Judged]]:
    """Return for each field how probable its values are said to be, and whether they are right."""
    told: dict[str, list[Judged]] = {field: [] for field in TRAINING}
    for document, found in held:
        label, name = document.label, str(document.label["id"])
        wanted = titles_of(label)
        authors = [*flat(label.get("authors")), *flat(label.get("authors_alt"))]
        issuers = [*authors, *flat(label.get("orgs"))]
        if wanted:
            told["title"] += [Judged(name, share, fold(c.value) in wanted) for c, share in found.titles]
        told["people"] += [
            Judged(name, share, any(same_person(c.value.name, a) for a in authors))
            for c, share in found.people
            if share > DOUBTFUL
        ]
        told["organisations"] += [
            Judged(name, share, any(same_body(c.value.name, i) for i in issuers)) for c, share in found.organisations
        ]
        told["date_published"] += [Judged(name, share, same_date(c.value, label)) for c, share in found.dates]
    return told


def as_line(document: Document, found: Weighed, calibrations: Mapping[str, Calibration]) -> dict[str, Any]:
    """Return what is read of a document as `ingest extract --batch` prints it."""
    said = decided(found, document.front, calibrations)
    return {
        "id": document.label["id"],
        "title": said.title.value if said.title else None,
        "authors": [{"name": a.name, "kind": a.kind} for a in said.authors.value] if said.authors else [],
        "date_published": said.date_published.value if said.date_published else None,
        "language": language_of(document.front.body),
        "confidence": {
            name: found.confidence
            for name, found in (
                ("title", said.title),
                ("authors", said.authors),
                ("date_published", said.date_published),
            )
            if found
        },
    }


def lines_of(held: Sequence[tuple[Document, Weighed]], folds: Folds) -> Iterator[str]:
    """Yield what is read of each document held out; how sure that is was learned from the other folds."""
    for number in folds.numbers:
        own = [(document, found) for document, found in held if folds.of[str(document.label["id"])] == number]
        judged = judge((document, found) for document, found in held if folds.of[str(document.label["id"])] != number)
        calibrations = {field: fitted(values) for field, values in judged.items()}
        for document, found in own:
            yield json.dumps(as_line(document, found, calibrations), ensure_ascii=False)


def main() -> None:
    """Cross-validate, write what was read of the documents held out, and the chooser of all documents."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sets", nargs="*", type=Path, help="pairs of LABELS.jsonl and FILES")
    options.add_argument("--only", action="append", default=[], choices=sorted(TRAINING), help="learn this field alone")
    options.add_argument("--cache", type=Path, help="a folder for what was read of the files")
    options.add_argument("--predictions", type=Path, help="where the values of documents held out go, as JSON lines")
    options.add_argument("--out", type=Path, help="where the chooser of all documents goes; without it none is written")
    args = options.parse_args()
    if args.cache:
        args.cache.mkdir(parents=True, exist_ok=True)
    documents = made_documents()
    publishers = {str(d.label["id"]): "" for d in documents}
    with ProcessPoolExecutor(PROCESSES) as pool:
        for labels, folder in zip(args.sets[::2], args.sets[1::2], strict=True):
            rows = read_labels(labels)
            if twice := publishers.keys() & {str(row["id"]) for row in rows}:
                options.error(
                    f"{labels}: labelled before: {', '.join(sorted(twice)[:5])}; give each file an id of its own"
                )
            fronts = pool.map(partial(read_front, folder=folder, cache=args.cache), rows, chunksize=4)
            documents += [Document(row, front) for row, front in zip(rows, fronts, strict=True) if front]
            publishers |= {str(row["id"]): str(row.get("repo") or row["id"]) for row in rows}
        folds = Folds(publishers)
        titles = list(pool.map(title_example, documents, chunksize=8))
        made = weighted(documents, [{"title": example} if example.has else {} for example in titles])
        kept = as_shipped(TRAINING.keys() - set(args.only)) if args.only else {}
        of_title = dict.fromkeys(folds.numbers, kept) if "title" in kept else folds.choosers(pool, made)
        places = title_places(titles, folds, of_title)
        made |= weighted(documents, pool.map(other_examples, documents, places, chunksize=8))
        made = {field: every for field, every in made.items() if field not in kept}
        others = {field: every for field, every in made.items() if field != "title"}
        choosers = {
            number: together(kept, of_title[number], chooser)
            for number, chooser in folds.choosers(pool, others).items()
        }
        whole = pool.submit(learn, made) if args.out else None
        values = list(pool.map(partial(read_held_out, folds, choosers), documents, chunksize=8))
        shipped = together(kept, json.loads(whole.result())) if whole else None
    held = [(document, said) for document, said in zip(documents, values, strict=True) if said is not None]
    calibrations = {field: fitted(judged) for field, judged in judge(held).items()} if held else {}
    for field, calibration in calibrations.items():
        print(f"{field:15} {list(zip(calibration.odds, calibration.chances, strict=True))}")
    if args.predictions:
        args.predictions.write_text("".join(f"{line}\n" for line in lines_of(held, folds)), "utf-8")
    if shipped:
        learned_of = {field: asdict(of) for field, of in calibrations.items() if field not in kept}
        shipped["calibrations"] = kept.get("calibrations", {}) | learned_of
        args.out.write_text(written(shipped), "utf-8")


if __name__ == "__main__":
    main()
