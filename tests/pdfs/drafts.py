"""A made paper while it is drawn, and what it prints of itself once it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.pdfs.phrases import FAMILY, GIVEN, MONTHS, PLACES, POSTS, WORDS
from tests.pdfs.raw import Line, document, paragraph


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
        """Draw the people who wrote it: with or without a label, on one line or several, with posts or without."""
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

    def mislead(self, rng: Random) -> None:
        """Draw the name of a series in the largest type, at times a designer or a day of printing."""
        series = f"{rng.choice(('Papers on', 'Studies in', 'Voices of'))} {rng.choice(PLACES)}"
        self.put(series, 3.4 * self.size, bold=True, gap=0.3)
        if rng.random() < 0.5:
            self.info["Title"] = series
        if rng.random() < 0.4:
            self.put(f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}", self.size - 2, gap=0.2)
        if rng.random() < 0.4:
            self.put(
                f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(2000, 2024)}", self.size - 2, gap=0.2
            )

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
