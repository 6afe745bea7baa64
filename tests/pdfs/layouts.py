# ruff: noqa: E501, SIM905 - words and sentences
"""Papers of twelve kinds with everything about them drawn at random: words, names, days, sizes, places, and traps.

`paper(kind, number)` gives the same paper for the same number. What it prints of itself is known, so that reading can
be measured on layouts that nobody looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.pdfs.raw import Line, document, paragraph

GIVEN = (
    "Amina Kwabena Ngozi Fatou Chidi Tendai Wanjiru Priya Arjun Lakshmi Sanjay Nusrat Tharindu Maung Thuy Siti Budi Marisol Joaquín Beatriz Thiago Camille Étienne Solène Ilse"
    " Jörg Katarzyna Zoltán Ioana Oksana Dmytro Aino Ragnhild Søren Bronwen Niamh Ruth Oliver Grace Victor Hyun-woo Mei Haruka Leila Yusuf Noa Mihi Anahí Kofi Zanele"
).split()
FAMILY = (
    (
        "Okafor Mensah Diallo Wanjala Ndlovu Traoré Mukherjee Raghunathan Perera Hossain Sharma Thapa Nguyen Santoso Rahman Quispe Villanueva Carvalho Monteiro Lefèvre Dubois Marchand"
        " van Dijk Hoffmann Brandstätter Kowalska Wiśniewski Horváth Ionescu Shevchenko Koval Virtanen Haugland Lindqvist Llewellyn O'Connor Fairweather Whitcombe Sinclair Park Tanaka Haddad Yıldız Ben-David Tamahori Mamani"
    )
    .replace("van Dijk", "van-Dijk")
    .split()
)
PLACES = "Brindle Oslomere Kantara Vellingham Port-Amber Sandrova Millbrook Tolvanna Riverton Lussac Morvane Altenau Quillaro".split()
POSTS = "Programme Officer|Executive Director|Senior Analyst|Policy Adviser|Head of Research|Secretary|Project Manager".split(
    "|"
)

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
}


@dataclass(frozen=True)
class Words:
    """What papers say in one language."""

    about: tuple[str, ...]
    """What titles begin with."""
    of: tuple[str, ...]
    """What they speak of."""
    bodies: tuple[str, ...]
    """Names of organisations; `{}` is a place."""
    by: tuple[str, ...]
    authors: str
    edited: str
    contact: str
    subject: str
    dear: str
    regards: str
    published: str
    date: str
    received: str
    present: str
    to: str
    sentence: str
    kinds: dict[str, str]


WORDS = {
    "en": Words(
        ("Access to", "The cost of", "A review of", "Who pays for", "Rebuilding", "Monitoring", "The future of", "Lessons from", "Bylaws and rules for", "Beyond"),
        ("clean water in the lowlands", "public transport", "land rights and mining", "school meals", "coastal fisheries", "housing after the flood", "open contracting", "forest communities", "digital identity", "seasonal labour"),
        ("{} Centre for Public Policy", "Institute of Rural Studies", "{} Community Council", "Foundation for Open Records", "Ministry of Works of {}", "{} Workers' Association"),
        ("By", "Written by", "Prepared by", "Author:", "Authors:"), "Authors", "Edited by", "Contact:", "Subject:", "Dear Sir or Madam,", "Yours sincerely,", "Published", "Date:", "Received", "Present:", "To:",
        "The people of the district asked for the records in spring and were told that nobody had kept them since then.",
        {"report": "Report", "brief": "Policy Brief", "minutes": "Minutes of the Meeting", "press": "Press Release", "newsletter": "Newsletter", "memo": "Memorandum", "law": "Act", "decision": "Decision", "thesis": "Master's Thesis", "form": "Application Form"},
    ),
    "fr": Words(
        ("L’accès à", "Le coût de", "Étude sur", "Surveiller", "L’avenir de", "Les leçons de", "Règlement de"),
        ("l’eau potable en plaine", "la pêche côtière", "l’éclairage public", "la cantine scolaire", "l’identité numérique", "la forêt communale", "l’habitat après la crue"),
        ("Commune de {}", "Institut des études rurales", "Association des riverains de {}", "Fondation pour les archives ouvertes", "Ministère des travaux publics"),
        ("Par", "Rédigé par", "Auteur :", "Auteurs :"), "Auteurs", "Sous la direction de", "Contact :", "Objet :", "Madame, Monsieur,", "Cordialement,", "Publié le", "Date :", "Reçu le", "Présents :", "À :",
        "Les habitants du district ont demandé les registres au printemps et on leur a répondu que personne ne les avait.",
        {"report": "Rapport", "brief": "Note de politique", "minutes": "Procès-verbal", "press": "Communiqué de presse", "newsletter": "Bulletin", "memo": "Note de service", "law": "Loi", "decision": "Arrêté", "thesis": "Mémoire de master", "form": "Formulaire"},
    ),
    "es": Words(
        ("Acceso a", "El costo de", "Estudio de", "El futuro de", "Lecciones de", "Reglamento de"),
        ("la pesca costera", "el transporte público", "la tierra y la minería", "la vivienda tras la inundación", "el agua potable"),
        ("Municipalidad de {}", "Instituto de Estudios Rurales", "Asociación de Vecinos de {}", "Fundación para el Acceso Público"),
        ("Por", "Elaborado por", "Autor:", "Autores:"), "Autores", "Edición:", "Contacto:", "Asunto:", "Estimados señores:", "Atentamente,", "Publicado el", "Fecha:", "Recibido:", "Asistentes:", "Para:",
        "Los habitantes del distrito pidieron los registros en primavera y les dijeron que nadie los había guardado nunca.",
        {"report": "Informe", "brief": "Nota de políticas", "minutes": "Acta de la reunión", "press": "Comunicado de prensa", "newsletter": "Boletín", "memo": "Memorando", "law": "Ley", "decision": "Resolución", "thesis": "Tesis de maestría", "form": "Formulario"},
    ),
    "de": Words(
        ("Zugang zu", "Die Kosten von", "Studie zu", "Die Zukunft von", "Lehren aus", "Satzung über"),
        ("Trinkwasser im Tiefland", "Küstenfischerei und Arbeit", "Wohnen nach der Flut", "Schulessen", "digitaler Identität"),
        ("Gemeinde {}", "Institut für ländliche Studien", "Verband der Anwohner {}", "Stiftung Offene Akten", "Umweltbundesstelle"),
        ("Von", "Verfasst von", "Autor:", "Autorinnen und Autoren:"), "Autoren", "Redaktion:", "Ansprechpartner:", "Betreff:", "Sehr geehrte Damen und Herren,", "Mit freundlichen Grüßen", "Erschienen", "Datum:", "Eingegangen am", "Anwesend:", "An:",
        "Die Menschen des Bezirks fragten im Frühjahr nach den Unterlagen und hörten, dass niemand sie aufbewahrt hatte.",
        {"report": "Bericht", "brief": "Kurzstudie", "minutes": "Protokoll der Sitzung", "press": "Pressemitteilung", "newsletter": "Rundbrief", "memo": "Aktennotiz", "law": "Gesetz", "decision": "Beschluss", "thesis": "Masterarbeit", "form": "Antrag"},
    ),
    "pt": Words(
        ("Acesso a", "O custo de", "Estudo sobre", "O futuro de", "Regimento de"),
        ("pesca costeira", "transporte público", "moradia após a enchente", "água potável"),
        ("Prefeitura de {}", "Instituto de Estudos Rurais", "Associação dos Moradores de {}", "Fundação Dados Abertos"),
        ("Por", "Elaborado por", "Autor:", "Autores:"), "Autores", "Organização:", "Contato:", "Assunto:", "Prezados senhores,", "Atenciosamente,", "Publicado em", "Data:", "Recebido em", "Presentes:", "Para:",
        "Os moradores do distrito pediram os registros na primavera e ouviram que ninguém os tinha guardado até então.",
        {"report": "Relatório", "brief": "Nota técnica", "minutes": "Ata da reunião", "press": "Comunicado de imprensa", "newsletter": "Boletim", "memo": "Memorando", "law": "Lei", "decision": "Portaria", "thesis": "Dissertação de mestrado", "form": "Formulário"},
    ),
    "nl": Words(
        ("Toegang tot", "De kosten van", "Onderzoek naar", "De toekomst van"),
        ("drinkwater in de polder", "de kustvisserij", "wonen na de vloed", "digitale identiteit"),
        ("Gemeente {}", "Instituut voor Plattelandsstudies", "Vereniging van Bewoners {}", "Stichting Open Dossiers"),
        ("Door", "Opgesteld door", "Auteur:", "Auteurs:"), "Auteurs", "Eindredactie:", "Contactpersoon:", "Onderwerp:", "Geachte heer, mevrouw,", "Met vriendelijke groet,", "Gepubliceerd op", "Datum:", "Ontvangen op", "Aanwezig:", "Aan:",
        "De mensen van het district vroegen in het voorjaar naar de stukken en hoorden dat niemand ze had bewaard.",
        {"report": "Rapport", "brief": "Beleidsnotitie", "minutes": "Verslag van de vergadering", "press": "Persbericht", "newsletter": "Nieuwsbrief", "memo": "Memo", "law": "Wet", "decision": "Besluit", "thesis": "Masterscriptie", "form": "Formulier"},
    ),
    "pl": Words(
        ("Dostęp do", "Koszty", "Badanie", "Przyszłość"),
        ("wody pitnej na nizinach", "transportu publicznego", "rybołówstwa przybrzeżnego", "tożsamości cyfrowej"),
        ("Gmina {}", "Instytut Badań Wiejskich", "Stowarzyszenie Mieszkańców {}", "Fundacja Otwarte Akta"),
        ("Autor:", "Autorzy:", "Opracowanie:"), "Autorzy", "Redakcja:", "Kontakt:", "Dotyczy:", "Szanowni Państwo,", "Z poważaniem", "Opublikowano", "Data:", "Wpłynęło:", "Obecni:", "Do:",
        "Mieszkańcy okręgu poprosili wiosną o dokumenty i usłyszeli, że od tamtej pory nikt ich nie przechowywał.",
        {"report": "Raport", "brief": "Notatka", "minutes": "Protokół z posiedzenia", "press": "Komunikat prasowy", "newsletter": "Biuletyn", "memo": "Notatka służbowa", "law": "Ustawa", "decision": "Uchwała", "thesis": "Praca magisterska", "form": "Wniosek"},
    ),
    "uk": Words(
        ("Доступ до", "Вартість", "Дослідження", "Майбутнє"),
        ("питної води на рівнині", "громадського транспорту", "прибережного рибальства", "цифрової ідентичності"),
        ("Інститут сільських студій", "Фонд відкритих архівів", "Міністерство громадських робіт"),
        ("Автор:", "Автори:", "Підготувала:"), "Автори", "Редактор:", "Контакт:", "Тема:", "Шановні пані та панове!", "З повагою", "Опубліковано", "Дата:", "Надійшла", "Присутні:", "Кому:",
        "Мешканці району попросили навесні показати записи і почули, що відтоді ніхто не зберігав їх в архіві.",
        {"report": "Звіт", "brief": "Аналітична записка", "minutes": "Протокол засідання", "press": "Пресреліз", "newsletter": "Бюлетень", "memo": "Службова записка", "law": "Закон", "decision": "Рішення", "thesis": "Магістерська робота", "form": "Заява"},
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A file and what it prints of itself."""

    content: bytes
    kind: str
    language: str
    title: str
    people: list[str] = field(default_factory=list)
    organisation: str | None = None
    date: str | None = None


class Draft:
    """A paper while it is drawn: lines from the top of the first page downwards."""

    def __init__(self, rng: Random, language: str) -> None:
        self.rng, self.language, self.words = rng, language, WORDS[language]
        self.y = 800.0
        self.lines: list[Line] = []
        self.more: list[list[Line]] = []
        self.info: dict[str, str] = {}
        self.people: list[str] = []
        self.organisation: str | None = None
        self.date: str | None = None
        words = self.words
        self.title = f"{rng.choice(words.about)} {rng.choice(words.of)}"
        self.size = rng.choice((10, 10.5, 11, 12))
        self.centred = rng.random() < 0.4

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def name(self) -> str:
        given, family = self.rng.choice(GIVEN), self.rng.choice(FAMILY).replace("-D", " D")
        middle = f" {self.rng.choice('ABCDEFGHJKLMNPRST')}." if self.chance(0.15) else ""
        return f"{given}{middle} {family}"

    def body(self) -> str:
        return self.rng.choice(self.words.bodies).format(self.rng.choice(PLACES))

    def day(self) -> tuple[str, str]:
        """Return a day as the language prints it, and in ISO 8601."""
        rng = self.rng
        year, month, day = rng.randint(1998, 2025), rng.randint(1, 12), rng.randint(1, 28)
        name, iso = MONTHS[self.language].split()[month - 1], f"{year}-{month:02}-{day:02}"
        ways = {
            "en": (
                f"{day} {name} {year}",
                f"{name} {day}, {year}",
                f"{day}th {name} {year}" if 3 < day < 21 else f"{day} {name} {year}",
                iso,
            ),
            "de": (f"{day}. {name} {year}", f"{day:02}.{month:02}.{year}", iso),
            "es": (f"{day} de {name} de {year}", f"{day:02}/{month:02}/{year}"),
            "pt": (f"{day} de {name} de {year}", f"{day:02}/{month:02}/{year}"),
            "pl": (f"{day} {name} {year} r.", f"{day:02}.{month:02}.{year}"),
            "uk": (f"{day} {name} {year} р.", f"{day:02}.{month:02}.{year}"),
        }.get(self.language, (f"{day} {name} {year}", f"{day:02}/{month:02}/{year}"))
        return rng.choice(ways), iso

    def month(self) -> tuple[str, str]:
        rng = self.rng
        year, month = rng.randint(1998, 2025), rng.randint(1, 12)
        name = MONTHS[self.language].split()[month - 1]
        if self.language in ("pl", "uk"):
            return f"{month:02}.{year}", f"{year}-{month:02}"
        return f"{name[0].upper()}{name[1:]} {year}", f"{year}-{month:02}"

    def put(
        self,
        text: str,
        size: float = 0,
        *,
        bold: bool = False,
        gap: float = 0.5,
        x: float | None = None,
        centred: bool | None = None,
    ) -> None:
        """Draw a line under the last one, wrapped where it is too wide."""
        size = size or self.size
        across = int((595 - 130) / (0.5 * size))
        for line in paragraph(text, x=0, y=0, across=across):
            centre = self.centred if centred is None else centred
            left = x if x is not None else max(50.0, 297 - 0.25 * size * len(line.text)) if centre else 65.0
            self.lines.append(Line(left, self.y, line.text, size, bold=bold))
            self.y -= 1.25 * size
        self.y -= gap * size

    def prose(self, count: int = 3) -> None:
        for _ in range(count):
            for line in paragraph(
                " ".join([self.words.sentence] * self.rng.randint(2, 4)),
                x=65,
                y=0,
                size=self.size,
                across=int(465 / (0.5 * self.size)),
            ):
                self.lines.append(Line(65, self.y, line.text, self.size))
                self.y -= 1.3 * self.size
            self.y -= 0.8 * self.size

    def heading(self, larger: float, *, bold: bool | None = None) -> None:
        """Draw the title, in capitals at times, at times with a declared twin or one that a tool gave."""
        bold = self.chance(0.6) if bold is None else bold
        self.put(self.title.upper() if self.chance(0.15) else self.title, self.size * larger, bold=bold, gap=1)
        if self.chance(0.3):
            self.info["Title"] = (
                self.title
                if self.chance(0.6)
                else self.rng.choice(
                    ("Microsoft Word - draft_v3.docx", "untitled", "Document1", self.words.kinds["report"])
                )
            )

    def sign(self, count: int, *, label: str | None = None) -> None:
        """Draw the people who wrote it: with a label or without, a line each or all on one, posts and bodies beside them."""
        self.people = [self.name() for _ in range(count)]
        label = self.rng.choice(self.words.by) if label is None else label
        words = self.words
        conjunction = {"en": "and", "fr": "et", "es": "y", "de": "und", "pt": "e", "nl": "en", "pl": "i", "uk": "та"}[
            self.language
        ]
        if label and self.chance(0.25):
            self.put(label.rstrip(":") + (":" if self.chance(0.5) else ""), gap=0.1, bold=self.chance(0.4))
            label = ""
        if count > 1 and self.chance(0.5):
            joined = f"{', '.join(self.people[:-1])} {conjunction} {self.people[-1]}"
            self.put(f"{label} {joined}".strip())
            return
        beside = self.rng.choice(("", "", "post", "body", "mail"))
        for person in self.people:
            shown = person.upper() if self.chance(0.1) else person
            self.put(f"{label} {shown}".strip(), gap=0.1)
            label = ""
            if beside == "post":
                self.put(self.rng.choice(POSTS) if self.language == "en" else self.body(), gap=0.3)
            elif beside == "body":
                self.put(self.body(), gap=0.3)
            elif beside == "mail":
                self.put(f"{person.split()[0].lower()}@{words.sentence.split()[1].lower()}.example", gap=0.3)

    def others(self) -> None:
        """Draw people who did not write it."""
        for label in self.rng.sample((self.words.edited, self.words.contact), self.rng.randint(0, 2)):
            self.put(f"{label} {self.name()}", self.size - 1, gap=0.1)

    def finished(self, kind: str) -> Paper:
        """Return the file: with a page number and at times a running head on each page."""
        pages = [self.lines]
        head = self.rng.choice((None, None, self.title, self.organisation))
        for number in range(2, self.rng.randint(3, 6)):
            y, lines = 760.0, list[Line]()
            for _ in range(4):
                for line in paragraph(
                    " ".join([self.words.sentence] * 3), x=65, y=0, size=self.size, across=int(465 / (0.5 * self.size))
                ):
                    lines.append(Line(65, y, line.text, self.size))
                    y -= 1.3 * self.size
                y -= 8
            if head:
                lines.insert(0, Line(65, 810, head, 8))
            lines.append(Line(290, 30, str(number), 8))
            pages.append(lines)
        for lines in self.more:
            pages.append(lines)
        content = document(pages, info=self.info or None)
        return Paper(
            content=content,
            kind=kind,
            language=self.language,
            title=self.title,
            people=self.people,
            organisation=self.organisation,
            date=self.date,
        )

    def last_page(self, texts: list[str]) -> None:
        """Draw lines on a page at the end."""
        self.more.append([Line(65, 700 - 20 * n, text, self.size) for n, text in enumerate(texts)])


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
    "decision": _decision, "press release": _press, "newsletter": _newsletter, "thesis": _thesis, "slides": _slides, "form": _form,
}  # fmt: skip


def paper(kind: str, number: int) -> Paper:
    """Return the paper of a kind with a number: always the same one."""
    rng = Random(f"{kind} {number}")
    draft = Draft(rng, rng.choice(("en", "en", "en", *WORDS)))
    KINDS[kind](draft)
    return draft.finished(kind)
