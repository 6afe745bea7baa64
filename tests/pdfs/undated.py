"""Papers that bear no day of their own, or name nobody who wrote them, but print other days and other people's names.

What is drawn: the laws that statutes cite, an event and its venue, examples in a guide, the references of a chapter,
the expiry of an offer, a council's next meeting, the chair and the designer.
"""

from __future__ import annotations

from tests.pdfs.drafts import Draft
from tests.pdfs.phrases import PLACES, POSTS


def _statutes(draft: Draft) -> None:
    draft.organisation = draft.body()
    draft.title = f"{draft.words.kinds['law']}: {draft.organisation}"
    draft.heading(draft.rng.choice((1.2, 1.6, 2.0)))
    draft.prose(1)
    for number in range(1, 4):
        draft.put(f"{number}. {draft.words.of[number]}", bold=True, centred=False, gap=0.2)
        cited = draft.rng.choice(
            (
                f"{draft.words.kinds['law']} {draft.rng.randint(2, 200)}, {draft.day()[0]}",
                f"({draft.words.kinds['law']} {draft.rng.randint(1950, 2010)})",
                f"{draft.rng.choice(POSTS)}: 31/12/{draft.rng.randint(2001, 2024)}",
            )
        )
        draft.put(f"{draft.words.sentence} {cited}", centred=False)
    if draft.chance(0.5):
        draft.last_page([draft.name(), draft.rng.choice(POSTS), draft.name(), draft.rng.choice(POSTS)])


def _flyer(draft: Draft) -> None:
    draft.organisation = draft.body()
    draft.heading(draft.rng.choice((2.0, 2.6, 3.2)))
    year, day = draft.rng.randint(2004, 2025), draft.rng.randint(2, 20)
    month = draft.day()[0] if draft.chance(0.3) else f"{day}-{day + 2} {draft.month()[0]}"
    draft.put(f"{draft.rng.choice(PLACES)}, {month}", draft.size * draft.rng.choice((1, 1.4)))
    draft.put(f"10.00 - 16.30, {draft.organisation}, {year}", gap=2)
    draft.prose(1)
    draft.put(f"{draft.words.contact} {draft.name()}, {draft.rng.choice(POSTS)}", centred=False)
    draft.put(draft.organisation, gap=1)


def _guide(draft: Draft) -> None:
    draft.organisation = draft.body()
    draft.put(draft.organisation, draft.size * draft.rng.choice((1, 1.5)))
    draft.heading(draft.rng.choice((1.6, 2.2)))
    draft.prose(1)
    example = {"en": "Example:", "fr": "Exemple :", "de": "Beispiel:", "es": "Ejemplo:", "pt": "Exemplo:"}
    draft.put(f"{example.get(draft.language, 'E.g.')} {draft.day()[0]}", centred=False)
    for _ in range(3):
        draft.put(f"{draft.rng.randint(1, 9)}.\t{draft.day()[0]} - {draft.day()[0]}", centred=False, gap=0.2)
    draft.prose(1)
    draft.others()
    draft.put(f"{draft.words.contact} {draft.name()}", draft.size - 1)


def _chapter(draft: Draft) -> None:
    draft.put(str(draft.rng.randint(2, 14)), draft.size * draft.rng.choice((1, 2.2)), gap=1)
    draft.heading(draft.rng.choice((1.5, 2.0)))
    draft.sign(draft.rng.randint(1, 3), label="")
    draft.y -= 20
    draft.prose(3)
    draft.last_page(
        [
            f"{draft.name().split()[-1]}, A. ({draft.rng.randint(1980, 2022)}). {draft.title}. Journal of Rivers "
            f"{draft.rng.randint(2, 60)}: {draft.rng.randint(2, 60)}-{draft.rng.randint(70, 99)}."
            for _ in range(14)
        ]
    )


def _notice(draft: Draft) -> None:
    draft.organisation = draft.body()
    draft.put(draft.organisation, draft.size * draft.rng.choice((1, 1.3)), bold=True)
    draft.heading(draft.rng.choice((1.2, 1.6)))
    draft.prose(1)
    until = {
        "en": "Valid until",
        "fr": "Valable jusqu’au",
        "de": "Gültig bis",
        "es": "Válido hasta",
        "pt": "Válido até",
    }
    draft.put(f"{until.get(draft.language, 'Valid until')} {draft.day()[0]}", centred=False)
    draft.put(f"{draft.words.received}: {draft.day()[0]}", centred=False)
    draft.put(f"{draft.rng.choice(POSTS)}: {draft.name()}", centred=False)
    draft.prose(1)
    draft.put(f"{draft.words.present} {draft.name()}, {draft.name()}", centred=False)


UNDATED = {"statutes": _statutes, "flyer": _flyer, "guide": _guide, "chapter": _chapter, "notice": _notice}
