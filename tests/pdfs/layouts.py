"""Papers of seventeen kinds with everything about them drawn at random: words, names, days, sizes, places, and traps.

`paper(kind, number)` gives the same paper for the same number. What it prints of itself is known, so that reading can
be measured on layouts that nobody looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.pdfs.drafts import Draft, Paper
from tests.pdfs.phrases import PLACES, POSTS, WORDS
from tests.pdfs.raw import Line
from tests.pdfs.undated import UNDATED


def _report(draft: Draft) -> None:
    draft.organisation = draft.body()
    first = draft.chance(0.6)
    if first:
        draft.put(draft.organisation, draft.size * draft.rng.choice((1, 1.3, 2.4)), gap=3)
    if draft.chance(0.4):
        draft.put(draft.words.kinds["report"], draft.size * draft.rng.choice((1, 1.5, 2.6)), gap=1)
    draft.y -= draft.rng.randint(0, 150)
    draft.heading(draft.rng.choice((1.8, 2.2, 2.8)))
    if draft.chance(0.5):
        draft.sign(draft.rng.randint(1, 4))
    printed, draft.date = draft.month() if draft.chance(0.6) else draft.day()
    draft.put(printed, gap=2)
    if not first:
        draft.put(draft.organisation, gap=1)
    if draft.chance(0.5):
        draft.y = min(draft.y, 180)
        draft.others()
        draft.put(f"© {draft.date[:4]} {draft.organisation}", draft.size - 2)


def _brief(draft: Draft) -> None:
    draft.organisation = draft.body()
    draft.put(f"{draft.words.kinds['brief']} {draft.rng.randint(2, 60)}", gap=0.4, bold=draft.chance(0.5))
    draft.heading(draft.rng.choice((1.3, 1.6, 2.0)))
    if draft.chance(0.7):
        draft.sign(draft.rng.randint(1, 3))
    printed, draft.date = draft.month() if draft.chance(0.5) else draft.day()
    draft.put(f"{draft.organisation} | {printed}" if draft.chance(0.4) else printed)
    if not any(draft.organisation in line.text for line in draft.lines):
        draft.put(draft.organisation, gap=1)
    draft.prose()


def _letter(draft: Draft) -> None:
    draft.centred = False
    draft.organisation = draft.body()
    draft.put(draft.organisation, draft.size * draft.rng.choice((1, 1.4, 2)), bold=draft.chance(0.5), gap=0.2)
    draft.put(
        f"12 {draft.rng.choice(PLACES)}, {draft.rng.randint(10000, 99999)} {draft.rng.choice(PLACES)}",
        draft.size - 1,
        gap=2,
    )
    printed, draft.date = draft.day()
    place = f"{draft.rng.choice(PLACES)}, " if draft.chance(0.4) else ""
    early = draft.chance(0.5)
    if early:
        draft.put(place + printed, x=draft.rng.choice((65, 380)), gap=1)
    draft.put(draft.name(), gap=0.1)
    draft.put(draft.body(), gap=2)
    if not early:
        draft.put(place + printed, gap=1)
    subject = draft.rng.choice((draft.words.subject, draft.words.subject.upper()))
    draft.put(f"{subject} {draft.title}", bold=draft.chance(0.6), gap=1)
    draft.put(draft.words.dear, gap=1)
    draft.prose(2)
    draft.people = [draft.name()]
    draft.put(draft.words.regards, gap=2)
    draft.put(draft.people[0], gap=0.1)
    if draft.chance(0.6):
        draft.put(draft.rng.choice(POSTS), gap=0.1)


def _memo(draft: Draft) -> None:
    draft.centred = False
    draft.organisation = draft.body()
    draft.put(draft.organisation, bold=True, gap=0.5)
    draft.put(draft.words.kinds["memo"], draft.size * draft.rng.choice((1, 1.6, 2.2)), gap=1)
    printed, draft.date = draft.day()
    draft.people = [draft.name()]
    by = {"en": "From:", "fr": "De :", "de": "Von:", "es": "De:", "pt": "De:", "nl": "Van:"}.get(
        draft.language, draft.words.by[0]
    )
    rows = [
        (draft.words.to, draft.name()),
        (by, draft.people[0]),
        (draft.words.date, printed),
        (draft.words.subject, draft.title),
    ]
    if draft.chance(0.4):
        rows.insert(0, rows.pop(2))
    for label, value in rows:
        if draft.chance(0.5):
            draft.put(f"{label} {value}", gap=0.3)
        else:
            draft.lines.append(Line(150, draft.y, value, draft.size))
            draft.put(label, gap=0.3, bold=True)
    draft.y -= 10
    draft.prose()


def _minutes(draft: Draft) -> None:
    draft.organisation = draft.body()
    draft.put(draft.organisation, draft.size * draft.rng.choice((1, 1.3, 1.6)), bold=draft.chance(0.5), gap=0.3)
    draft.title = draft.words.kinds["minutes"]
    draft.put(draft.title, draft.size * draft.rng.choice((1.0, 1.2, 1.5)), bold=draft.chance(0.8), gap=0.3)
    printed, draft.date = draft.day()
    draft.put(printed, gap=1)
    draft.put(f"{draft.words.present} {draft.name()}, {draft.name()}, {draft.name()}", centred=False)
    draft.prose()


def _law(draft: Draft) -> None:
    draft.title = f"{draft.words.kinds['law']} {draft.rng.randint(2, 200)}: {draft.title}"
    printed, draft.date = draft.day()
    draft.put(draft.title, draft.size * draft.rng.choice((1.1, 1.4, 1.8)), bold=draft.chance(0.7), gap=0.5)
    draft.put(printed if draft.chance(0.6) else f"({printed})", gap=1)
    for number in range(1, 4):
        draft.put(f"{number}. {draft.words.of[number]}", bold=True, centred=False, gap=0.2)
        draft.prose(1)


def _decision(draft: Draft) -> None:
    draft.organisation = draft.body()
    draft.put(draft.organisation, draft.size * draft.rng.choice((1, 1.5, 2)), bold=draft.chance(0.6), gap=0.5)
    draft.put(
        f"{draft.words.kinds['decision']} No. {draft.rng.randint(2, 900)}/{draft.rng.randint(2001, 2024)}", gap=0.5
    )
    printed, draft.date = draft.day()
    late = draft.chance(0.4)
    if not late:
        draft.put(printed, gap=0.5)
    draft.heading(draft.rng.choice((1, 1.2, 1.4)), bold=True)
    draft.prose(2)
    if late:
        draft.put(f"{draft.rng.choice(PLACES)}, {printed}", centred=False)
    draft.put(draft.rng.choice(POSTS), centred=False, gap=2)


def _press(draft: Draft) -> None:
    draft.organisation = draft.body()
    draft.put(draft.organisation, draft.size * draft.rng.choice((1, 1.5)), bold=draft.chance(0.5))
    draft.put(draft.words.kinds["press"], draft.size * draft.rng.choice((1, 1.6, 2.4)), gap=1)
    printed, draft.date = draft.day()
    early = draft.chance(0.5)
    if early:
        draft.put(f"{draft.rng.choice(PLACES)}, {printed}" if draft.chance(0.5) else printed)
    draft.heading(draft.rng.choice((1.1, 1.4, 1.8)), bold=True)
    if not early:
        draft.put(f"{draft.rng.choice(PLACES)}, {printed}", centred=False)
    draft.prose(2)
    draft.put(f"{draft.words.contact} {draft.name()}, +44 20 7946 0{draft.rng.randint(100, 999)}", centred=False)


def _newsletter(draft: Draft) -> None:
    draft.organisation = draft.body()
    draft.title = (
        f"{draft.words.kinds['newsletter']} {draft.organisation}"
        if draft.chance(0.5)
        else f"{draft.organisation} {draft.words.kinds['newsletter']}"
    )
    draft.put(draft.title, draft.size * draft.rng.choice((1.8, 2.4)), bold=draft.chance(0.6))
    printed, draft.date = draft.month()
    draft.put(f"No. {draft.rng.randint(2, 90)} | {printed}" if draft.chance(0.6) else printed, gap=2)
    for topic in draft.words.of[:3]:
        draft.put(topic[0].upper() + topic[1:], draft.size * 1.3, bold=True, centred=False)
        draft.prose(1)


def _thesis(draft: Draft) -> None:
    draft.organisation = draft.body()
    draft.put(draft.organisation, draft.size * draft.rng.choice((1, 1.4)), gap=4)
    kind_first = draft.chance(0.5)
    if kind_first:
        draft.put(draft.words.kinds["thesis"], draft.size * draft.rng.choice((1, 1.8)), gap=1)
    draft.heading(draft.rng.choice((1.4, 2)))
    draft.y -= 60
    draft.sign(1)
    draft.y -= 40
    if not kind_first:
        draft.put(draft.words.kinds["thesis"], gap=1)
    if draft.chance(0.6):
        label = {
            "en": "Supervisor:",
            "fr": "Directeur de thèse :",
            "de": "Betreuer:",
            "es": "Tutor:",
            "pt": "Orientador:",
            "nl": "Begeleider:",
            "pl": "Promotor:",
            "uk": "Керівник:",
        }
        draft.put(f"{label[draft.language]} {draft.name()}", gap=1)
    printed, draft.date = draft.month() if draft.chance(0.5) else draft.day()
    draft.put(f"{draft.rng.choice(PLACES)}, {printed}" if draft.chance(0.4) else printed)


def _slides(draft: Draft) -> None:
    draft.y = 600
    draft.heading(draft.rng.choice((2.4, 3)))
    draft.sign(draft.rng.randint(1, 2), label="")
    draft.organisation = draft.body()
    draft.put(draft.organisation, gap=1)
    printed, draft.date = draft.day()
    draft.put(printed)


def _form(draft: Draft) -> None:
    draft.organisation = draft.body()
    draft.put(draft.organisation, draft.size, bold=draft.chance(0.5))
    draft.title = f"{draft.words.kinds['form']}: {draft.title}"
    draft.heading(draft.rng.choice((1.2, 1.6)), bold=True)
    for label in (draft.words.date, draft.words.contact, draft.words.to, draft.words.subject):
        draft.put(f"{label} ________________", centred=False)
    draft.prose(1)


KINDS: dict[str, Callable[[Draft], None]] = {
    "report": _report, "brief": _brief, "letter": _letter, "memo": _memo, "minutes": _minutes, "law": _law,
    "decision": _decision, "press release": _press, "newsletter": _newsletter, "thesis": _thesis,
    "slides": _slides, "form": _form, **UNDATED,
}  # fmt: skip


def paper(kind: str, number: int, *, misleading: bool = False) -> Paper:
    """Return the paper of a kind with a number: always the same one. `misleading` sets other things over its title."""
    rng = Random(f"{kind} {number}")
    draft = Draft(rng, rng.choice(("en", "en", "en", *WORDS)))
    if misleading:
        draft.mislead(Random(f"misleading {number}"))
    KINDS[kind](draft)
    return draft.finished(kind)
