# ruff: noqa: E501 - sentences
"""Reports made here, each with what it prints of itself: covers of many kinds, in several languages, and traps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.pdfs.raw import Line, document, paragraph

FILLER = {
    "en": "The people of the district asked for the records in spring and were told that nobody had kept them since then.",
    "fr": "Les habitants du district ont demandé les registres au printemps et on leur a répondu que personne ne les avait.",
    "es": "Los habitantes del distrito pidieron los registros en primavera y les dijeron que nadie los había guardado nunca.",
    "de": "Die Menschen des Bezirks fragten im Frühjahr nach den Unterlagen und hörten, dass niemand sie aufbewahrt hatte.",
    "pt": "Os moradores do distrito pediram os registros na primavera e ouviram que ninguém os tinha guardado até então.",
    "ru": "Жители района попросили показать записи весной и услышали, что никто не хранил их с тех пор в архиве района.",
    "zh": "该地区的居民在春天要求查看记录，却被告知没有人保存过这些记录。这份报告说明了原因，并提出了建议。",
    "ar": "طلب سكان المنطقة الاطلاع على السجلات في الربيع وقيل لهم إن أحدا لم يحتفظ بها منذ ذلك الحين في المكتب",
}


@dataclass(frozen=True, kw_only=True)
class Report:
    """A file and what it prints."""

    content: bytes
    title: str
    authors: Sequence[str] = ()
    date: str | None = None
    language: str = "en"
    publisher: str | None = None
    identifiers: dict[str, str] = field(default_factory=dict)


def centred(text: str, y: float, size: float) -> Line:
    """Return a line in the middle of the page."""
    return Line(max(20.0, 297 - 0.25 * size * len(text)), y, text, size)


def pages_of(
    cover: Sequence[Line], language: str = "en", *, count: int = 3, second: Sequence[Line] = ()
) -> list[Sequence[Line]]:
    """Return the pages of a report with that cover."""
    if language == "ar":
        body = [Line(72, 680 - 15 * n, FILLER["ar"][::-1]) for n in range(20)]
    elif language == "zh":
        body = [Line(72, 680 - 18 * n, FILLER["zh"], 10, width=1) for n in range(20)]
    else:
        body = paragraph(" ".join([FILLER[language]] * 6), y=680)
    pages: list[Sequence[Line]] = [cover]
    if second:
        pages.append(second)
    return pages + [[*body, Line(290, 30, str(n), 9)] for n in range(len(pages) + 1, len(pages) + count + 1)]


def reports() -> dict[str, Report]:
    """Return the reports by name."""
    return {
        "NGO report, title over two lines, subtitle, organisation, month": Report(
            content=document(
                pages_of(
                    [
                        Line(72, 640, "Dry Wells, Full", 32),
                        Line(72, 602, "Promises", 32),
                        Line(72, 560, "Water and accountability in the northern district", 18),
                        Line(72, 140, "March 2019", 12),
                        Line(72, 110, "Northern Water Alliance", 14),
                    ],
                    second=[
                        Line(72, 200, "© 2019 Northern Water Alliance. All rights reserved.", 9),
                        Line(72, 186, "ISBN 978-3-16-148410-0", 9),
                    ],
                ),
                info={"Title": "Microsoft Word - wells_final_v3.doc", "Author": "jsmith", "CreationDate": "D:20200101"},
            ),
            title="Dry Wells, Full Promises: Water and accountability in the northern district",
            authors=["Northern Water Alliance"],
            date="2019-03",
            publisher="Northern Water Alliance",
            identifiers={"isbn": "9783161484100"},
        ),
        "working paper with authors and affiliations": Report(
            content=document(
                pages_of(
                    [
                        centred("Working Paper No. 12", 760, 12),
                        centred("Who Pays for the Commons? Evidence from Village Forests", 700, 18),
                        centred("Maria Lopez and James K. Otieno", 660, 12),
                        centred("Institute for Rural Policy, University of Example", 640, 10),
                        centred("14 June 2016", 610, 11),
                        Line(72, 560, "Abstract", 12),
                        *paragraph(FILLER["en"] * 4, y=540, size=10, across=85),
                    ]
                )
            ),
            title="Who Pays for the Commons? Evidence from Village Forests",
            authors=["Maria Lopez", "James K. Otieno"],
            date="2016-06-14",
        ),
        "dates in the text only are not the document's": Report(
            content=document(
                [
                    [
                        Line(72, 740, "Pipes and Politics", 24),
                        *paragraph("On 3 May 2011 the council closed the well. " + FILLER["en"] * 5, y=680),
                    ]
                ],
                info={"CreationDate": "D:20150505120000"},
            ),
            title="Pipes and Politics",
        ),
        "letters of a cover set apart, names under a label": Report(
            content=document(
                pages_of(
                    [
                        centred("A N N U A L   R E P O R T", 700, 12),
                        centred("Schools under the Tree", 640, 28),
                        centred("Authors: Amina Hassan, Peter Novak, Ruth S. Meyer", 560, 12),
                        centred("Published: 7 September 2020", 530, 11),
                    ]
                )
            ),
            title="Schools under the Tree",
            authors=["Amina Hassan", "Peter Novak", "Ruth S. Meyer"],
            date="2020-09-07",
        ),
        "journal article": Report(
            content=document(
                pages_of(
                    [
                        Line(180, 810, "Journal of Wells 12 (2018) 45-59", 8),
                        Line(72, 740, "Counting buckets: a method for the measurement of", 16),
                        Line(72, 720, "water carried by children", 16),
                        Line(72, 690, "David P. Edwards, Anna Schmidt", 12),
                        Line(72, 672, "Department of Geography, University of Example", 9),
                        Line(72, 640, "Received 3 March 2017; accepted 9 January 2018", 8),
                        Line(72, 610, "https://doi.org/10.1234/wells.2018.045", 8),
                        *paragraph(FILLER["en"] * 5, y=580, size=9, across=90),
                    ]
                )
            ),
            title="Counting buckets: a method for the measurement of water carried by children",
            authors=["David P. Edwards", "Anna Schmidt"],
            date="2018",
            identifiers={"doi": "10.1234/wells.2018.045"},
        ),
        "suggested citation": Report(
            content=document(
                pages_of(
                    [centred("Land without Papers", 600, 30)],
                    second=[
                        *paragraph(
                            "Suggested citation: Garcia, M., Chen, L. (2021). Land without Papers. Centre for Land Studies.",
                            y=300,
                            size=9,
                        )
                    ],
                )
            ),
            title="Land without Papers",
            authors=["Garcia, M.", "Chen, L."],
            date="2021",
        ),
        "French": Report(
            content=document(
                pages_of(
                    [
                        Line(72, 640, "L’eau et la terre", 30),
                        Line(72, 560, "Rapport de Jean Dupont et Marie Lefèvre", 12),
                        Line(72, 500, "Auteurs : Jean Dupont et Marie Lefèvre", 12),
                        Line(72, 120, "Janvier 2017", 12),
                    ],
                    "fr",
                )
            ),
            title="L’eau et la terre",
            authors=["Jean Dupont", "Marie Lefèvre"],
            date="2017-01",
            language="fr",
        ),
        "Spanish": Report(
            content=document(
                pages_of(
                    [
                        Line(72, 640, "Agua para todos", 30),
                        Line(72, 560, "Autora: Carmen Álvarez", 12),
                        Line(72, 520, "Publicado el 5 de abril de 2018", 11),
                    ],
                    "es",
                )
            ),
            title="Agua para todos",
            authors=["Carmen Álvarez"],
            date="2018-04-05",
            language="es",
        ),
        "German": Report(
            content=document(
                pages_of(
                    [
                        Line(72, 640, "Brunnen im Norden", 30),
                        Line(72, 605, "Eine Bestandsaufnahme der Wasserversorgung", 18),
                        Line(72, 160, "Stiftung Wasser und Boden", 12),
                        Line(72, 120, "Berlin, 12. Oktober 2015", 12),
                    ],
                    "de",
                )
            ),
            title="Brunnen im Norden: Eine Bestandsaufnahme der Wasserversorgung",
            authors=["Stiftung Wasser und Boden"],
            date="2015-10-12",
            language="de",
        ),
        "Portuguese": Report(
            content=document(
                pages_of([Line(72, 640, "Florestas e gente", 30), Line(72, 120, "Dezembro de 2014", 12)], "pt")
            ),
            title="Florestas e gente",
            date="2014-12",
            language="pt",
        ),
        "Russian": Report(
            content=document(
                pages_of([Line(72, 640, "Вода и права человека", 28), Line(72, 120, "15 мая 2019 г.", 12)], "ru")
            ),
            title="Вода и права человека",
            date="2019-05-15",
            language="ru",
        ),
        "Chinese": Report(
            content=document(
                pages_of(
                    [Line(120, 640, "水资源与社区权利报告", 28, width=1), Line(200, 120, "2019年6月", 14, width=1)],
                    "zh",
                )
            ),
            title="水资源与社区权利报告",
            date="2019-06",
            language="zh",
        ),
        "Arabic": Report(
            content=document(
                pages_of(
                    [Line(120, 640, "تقرير المياه في الشمال"[::-1], 28), Line(200, 120, "2019 " + "مارس"[::-1], 14)],
                    "ar",
                )
            ),
            title="تقرير المياه في الشمال",
            date="2019-03",
            language="ar",
        ),
        "declared title printed in capitals, typist as author": Report(
            content=document(
                pages_of([Line(72, 640, "THE PRICE OF SAND", 30), Line(72, 560, "by Li Wei and Fatima Khan", 12)]),
                info={"Title": "The Price of Sand", "Author": "Administrator"},
            ),
            title="The Price of Sand",
            authors=["Li Wei", "Fatima Khan"],
        ),
        "blog post printed as a PDF, byline with its date": Report(
            content=document(
                [
                    [
                        Line(30, 815, "5/12/2015   Pumps that never ran - Water Watch Blog", 8),
                        Line(72, 760, "Pumps that never ran", 20),
                        Line(72, 735, "By Helen Carter on April 21, 2015", 10),
                        *paragraph(FILLER["en"] * 6, y=700),
                        Line(30, 20, "https://blog.waterwatch.test/2015/04/pumps/   1/2", 8),
                    ],
                    [
                        Line(30, 815, "5/12/2015   Pumps that never ran - Water Watch Blog", 8),
                        *paragraph("Since then nothing. " + FILLER["en"] * 6, y=700),
                        Line(30, 20, "https://blog.waterwatch.test/2015/04/pumps/   2/2", 8),
                    ],
                ]
            ),
            title="Pumps that never ran",
            authors=["Helen Carter"],
            date="2015-04-21",
        ),
        "authors in the acknowledgements": Report(
            content=document(
                pages_of(
                    [Line(72, 640, "Nobody Came to Measure", 34), Line(72, 120, "November 2013", 12)],
                    second=[
                        Line(72, 700, "Acknowledgements", 16),
                        *paragraph(
                            "This report was researched and written by Sarah Muller, researcher in the Africa division."
                            " It was reviewed by the legal office.",
                            y=660,
                        ),
                    ],
                )
            ),
            title="Nobody Came to Measure",
            authors=["Sarah Muller"],
            date="2013-11",
        ),
        "thesis": Report(
            content=document(
                pages_of(
                    [
                        centred("UNIVERSITY OF EXAMPLE", 760, 16),
                        centred("The Politics of Groundwater in Dry Lands", 620, 22),
                        centred("by", 560, 12),
                        centred("Daniel Mwangi", 540, 14),
                        centred(
                            "A thesis submitted in partial fulfilment of the requirements for the degree of Master",
                            400,
                            11,
                        ),
                        centred("May 2012", 200, 12),
                    ]
                )
            ),
            title="The Politics of Groundwater in Dry Lands",
            authors=["Daniel Mwangi"],
            date="2012-05",
        ),
        "United Nations document": Report(
            content=document(
                pages_of(
                    [
                        Line(72, 790, "United Nations", 14),
                        Line(400, 790, "A/HRC/41/43", 16),
                        Line(72, 760, "General Assembly", 24),
                        Line(400, 760, "Distr.: General", 10),
                        Line(400, 745, "17 June 2019", 10),
                        Line(400, 725, "Original: English", 10),
                        Line(72, 680, "Human Rights Council", 12),
                        Line(72, 665, "Forty-first session", 10),
                        Line(72, 650, "24 June-12 July 2019", 10),
                        Line(72, 600, "Human rights and the regulation of water services", 17),
                        Line(72, 570, "Report of the Special Rapporteur on safe drinking water", 13),
                        *paragraph(FILLER["en"] * 5, y=530, size=10, across=85),
                    ]
                )
            ),
            title="Human rights and the regulation of water services: Report of the Special Rapporteur on safe drinking water",
            authors=["United Nations"],
            date="2019-06-17",
            identifiers={"symbol": "A/HRC/41/43"},
        ),
    }
