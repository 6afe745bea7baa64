"""Papers that are no ordinary reports, each with what it prints of itself: letters, minutes, theses."""

from __future__ import annotations

from tests.pdfs.raw import Line, document, paragraph
from tests.pdfs.reports import FILLER, Report, centred, pages_of


def occasions() -> dict[str, Report]:
    """Return the papers by name."""
    return {
        "letter": Report(
            content=document(
                pages_of(
                    [
                        Line(72, 790, "River Peoples Network", 14),
                        Line(72, 740, "Ms Elena Petrova", 11),
                        Line(72, 726, "Hydrodam Holding AG, Bahnhofstrasse 1, 8001 Zurich", 11),
                        Line(400, 690, "23 May 2017", 11),
                        Line(72, 660, "Dear Ms Petrova,", 11),
                        Line(72, 638, "Re: Resettlement of communities at the Lower Kafue dam", 11),
                        *paragraph(FILLER["en"] * 5, y=610),
                    ]
                )
            ),
            title="Resettlement of communities at the Lower Kafue dam",
            authors=["River Peoples Network"],
            date="2017-05-23",
        ),
        "small title on a picture, whole in the imprint": Report(
            content=document(
                pages_of(
                    [Line(40, 80, "Broken Promises at Sea", 14), Line(40, 62, "Labour on fishing vessels", 10)],
                    second=[
                        Line(72, 200, "Broken Promises at Sea: Labour on fishing vessels", 9),
                        Line(72, 186, "Published by Ocean Justice Foundation, London, February 2022", 9),
                        Line(72, 172, "Written by Hannah Coates and Emma Chen", 9),
                    ],
                )
            ),
            title="Broken Promises at Sea: Labour on fishing vessels",
            authors=["Hannah Coates", "Emma Chen"],
            date="2022-02",
            publisher="Ocean Justice Foundation",
        ),
        "French thesis": Report(
            content=document(
                pages_of(
                    [
                        centred("Université de la Lagune", 760, 14),
                        centred("Gouverner la forêt par le marché", 600, 20),
                        centred("présentée et soutenue publiquement par", 470, 11),
                        centred("Marie Lefèvre", 450, 14),
                        centred("le 12 décembre 2014", 425, 11),
                    ],
                    "fr",
                )
            ),
            title="Gouverner la forêt par le marché",
            authors=["Marie Lefèvre"],
            date="2014-12-12",
            language="fr",
        ),
        "authors side by side": Report(
            content=document(
                pages_of(
                    [
                        centred("Satellite Estimates of Informal Mining", 740, 18),
                        Line(120, 700, "Anna Schmidt", 11),
                        Line(380, 700, "Peter Novak", 11),
                        Line(120, 686, "University of Example", 9),
                        Line(380, 686, "Free University of Basel", 9),
                        centred("3 September 2018", 650, 10),
                        *paragraph(FILLER["en"] * 5, y=600, size=9, across=90),
                    ]
                )
            ),
            title="Satellite Estimates of Informal Mining",
            authors=["Anna Schmidt", "Peter Novak"],
            date="2018-09-03",
        ),
        "minutes of a meeting of two days": Report(
            content=document(
                pages_of(
                    [
                        Line(72, 780, "Extractives Transparency Board", 14),
                        Line(72, 755, "Minutes of the 32nd Board meeting", 16),
                        Line(72, 735, "Oslo, 25-26 October 2015", 11),
                        *paragraph(FILLER["en"] * 5, y=680),
                    ]
                )
            ),
            title="Minutes of the 32nd Board meeting",
            authors=["Extractives Transparency Board"],
        ),
        "annual report of a company, its year in giant figures": Report(
            content=document(
                pages_of(
                    [
                        Line(60, 640, "2021", 90),
                        Line(60, 580, "Annual Report", 30),
                        Line(60, 60, "Norsk Kobber ASA", 14),
                    ]
                )
            ),
            title="Annual Report",
            authors=["Norsk Kobber ASA"],
        ),
    }
