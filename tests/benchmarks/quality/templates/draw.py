"""Drawing of what a made page is built from: texts, days and names in its language, class names."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import TypeVar

from tests.benchmarks.quality.templates.language import Language

T = TypeVar("T")
FIRST_DAY = date(2006, 1, 10)


class Draw:
    """Draws the parts of one page; the same seed gives the same page."""

    def __init__(self, seed: str, language: Language, *, unseen: bool) -> None:
        self.random = random.Random(seed)
        self.language = language
        self.unseen = unseen
        """Whether the other half of each list of templates is drawn from."""
        self.style = self.random.choice(("words", "words", "scrambled", "none"))
        self.pattern = self.random.choice(language.days)
        self._names = list(language.names)
        self.random.shuffle(self._names)
        self._titles = [pattern.format(place=place) for pattern in language.titles for place in language.places]
        self.random.shuffle(self._titles)
        sentences = self.random.sample(language.sentences, len(language.sentences))
        self._own, self._others = sentences[: len(sentences) * 2 // 3], sentences[len(sentences) * 2 // 3 :]
        self.foreign: list[str] = []
        """The titles and sentences of other documents, and of what is said of this one."""
        self._days: set[date] = set()
        self._classes: dict[str, str] = {}

    def template(self, templates: Sequence[T]) -> T:
        """Return one of the templates of the half that this page may use."""
        return self.random.choice(templates[int(self.unseen) :: 2])

    def chance(self, share: float) -> bool:
        """Return True in that share of the draws."""
        return self.random.random() < share

    def name(self) -> str:
        """Return a name; a page of many begins anew."""
        name = self._names.pop()
        self._names.insert(0, name)
        return name

    def title(self) -> str:
        """Return another document's title; a page of many begins anew."""
        title = self._titles.pop()
        self._titles.insert(0, title)
        self.foreign.append(title)
        return title

    def own_title(self) -> str:
        """Return the document's title."""
        return self._titles.pop()

    def leave(self, names: Sequence[str]) -> None:
        """Use these names no more: they are the document's authors."""
        self._names = [name for name in self._names if name not in names]

    def day(self) -> date:
        """Return a day that the page has not used."""
        while True:
            day = FIRST_DAY + timedelta(days=self.random.randrange(6900))
            if day not in self._days:
                self._days.add(day)
                return day

    def printed(self, day: date) -> str:
        """Return a day as this page prints days."""
        month = self.language.months[day.month - 1]
        return self.pattern.format(d=day.day, m=day.month, y=day.year, month=month)

    def paragraph(self) -> str:
        """Return a sentence or two of other people's."""
        sentences = self.random.sample(self._others, self.random.randint(1, 2))
        self.foreign += sentences
        return self.language.gap.join(sentences)

    def own_paragraphs(self) -> list[str]:
        """Return the paragraphs of the document."""
        sentences = list(self._own)
        paragraphs = []
        while sentences:
            count = self.random.randint(1, 3)
            paragraphs.append(self.language.gap.join(sentences[:count]))
            del sentences[:count]
        return paragraphs

    def address(self, title: str) -> str:
        """Return the path of another document of the site."""
        return f"/{self.random.choice(('a', 'news', 'docs'))}/{sum(map(ord, title)) % 9000 + 1000}"

    def classes(self, words: str) -> str:
        """Return a class attribute with a leading blank: as named, scrambled alike all over the page, or none."""
        if self.style == "none":
            return ""
        if self.style == "words":
            return f' class="{words}"'
        if words not in self._classes:
            self._classes[words] = "".join(self.random.choices("abcdefghknpqrstuvxyz", k=2)) + str(
                self.random.randrange(10, 9999)
            )
        return f' class="{self._classes[words]}"'


def link(address: str, text: str) -> str:
    """Return an anchor."""
    return f'<a href="{address}">{escape(text)}</a>'
