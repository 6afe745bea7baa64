"""Draws a page of either generation of business-humanrights.org out of facts, in markup made up at random.

Class names, tags, nesting, the place of the title and whether a label shares an element with its value are drawn from a
seeded generator: a reader that passes rests on label words and text order alone.
"""

from __future__ import annotations

import random
import string
from dataclasses import dataclass, field
from html import escape
from typing import Any

BOXES = ("div", "section", "article", "div", "x-box")
LINES = ("p", "div", "span", "li", "h4", "x-line")
SPRITE = ("abuses", "affiliation", "arrow-down", "calendar", "map-pin", "tick", "web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the page must say."""

    title: str
    author_raw: str | None
    author_labelled: bool
    date: str | None
    kind: str | None
    language: str
    words: dict[str, Any]
    paragraphs: list[str]
    notice: str | None = None
    also_in: list[str] = field(default_factory=list)
    markers: frozenset[str] = frozenset()
    components: list[dict[str, Any]] = field(default_factory=list)
    banner: list[str] = field(default_factory=list)
    """Its lines."""
    prefix: str = ""


class Markup:
    """One page's made-up manner."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)

    def yes(self, chance: float = 0.5) -> bool:
        return self.random.random() < chance

    def attributes(self) -> str:
        names = ["".join(self.random.choices(string.ascii_lowercase, k=self.random.randint(2, 9))) for _ in range(2)]
        return f' class="{" ".join(names)}"' if self.yes(0.8) else ""

    def element(self, tag: str, inner: str) -> str:
        return f"<{tag}{self.attributes()}>{inner}</{tag}>"

    def box(self, *inner: str) -> str:
        return self.element(self.random.choice(BOXES), "\n".join(part for part in inner if part))

    def lines(self, texts: list[str]) -> str:
        """Each on a line of its own: as blocks, items of a list, or parted by <br>."""
        manner = self.random.choice(["blocks", "list", "br"])
        if manner == "list":
            return self.element("ul", "".join(self.element("li", text) for text in texts))
        if manner == "br":
            return self.element("div", "<br>".join(texts))
        tag = self.random.choice(["p", "div", "x-line"])
        return "\n".join(self.element(tag, text) for text in texts)

    def labelled(self, label: str, value: str, parts: list[str]) -> str:
        """Label and value in one element or in two, on one line or on two."""
        value = escape(value, quote=False)
        match self.random.choice(["one", "two-spans", "strong", "two-lines", "dl", "table", "nested", "parts"]):
            case "one":
                return self.element(self.random.choice(["p", "div"]), f"{label}: {value}")
            case "two-spans":
                gap = " " if self.yes() else ""
                return self.element("div", self.element("span", f"{label}:") + gap + self.element("span", value))
            case "strong":
                return self.element("p", f"<strong>{label}:</strong> {value}")
            case "two-lines":
                tag = self.random.choice(["p", "div"])
                return self.element(tag, f"{label}:") + "\n" + self.element(tag, value)
            case "dl":
                colon = ":" if self.yes() else ""
                return self.element("dl", self.element("dt", label + colon) + self.element("dd", value))
            case "table":
                return self.element("table", f"<tr><th>{label}:</th><td>{value}</td></tr>")
            case "parts" if len(parts) > 1:
                linked = value
                for part in parts:
                    shown = escape(part, quote=False)
                    linked = linked.replace(shown, self.element("a", shown).replace("<a", '<a href="/x"'), 1)
                return self.element("div", f"{label}: {linked}")
        return self.element("div", self.element("div", f"{label}:") + self.element("div", self.element("span", value)))

    def title(self, text: str, named: bool) -> str:
        """The heading; where the head of the page names the title too, any element may be it."""
        inner = escape(text, quote=False)
        if self.yes(0.2):
            inner = self.element("span", inner)
        elif self.yes(0.1) and inner.count(" ") > 4:
            words = inner.split(" ")
            return self.element("h1", " ".join(words[:3]) + "<br>" + " ".join(words[3:]))
        plain = ["h2", "div", "p"] if named else ["h2", "div"]
        tag = self.random.choice(["h1", "h1", "h1", *plain])
        return self.element(tag, inner)


def first_generation(facts: Facts, markup: Markup) -> str:
    """Banner, notice, title, one line for author and date, text, files, related companies or components."""
    words = facts.words
    parts = [_banner(facts, markup)]
    if "redirect_to_story_notice" in facts.markers:
        notice = "You are being redirected to the story the piece of content is found in so you can read it in context."
        follow = "Please click the following link if you are not automatically redirected within a couple seconds:"
        link = '<a href="/en/the-story">The story</a>'
        parts.append(
            markup.lines([notice, f"{follow} {link}"]) if markup.yes() else markup.box(f"{notice} {follow} {link}")
        )
    named = markup.yes(0.7)
    heading = markup.title(facts.prefix + facts.title, named)
    line = _byline(facts, markup)
    parts.append(markup.box(heading, line) if markup.yes() else heading + "\n" + line)
    text = [markup.box(_paragraphs(facts, markup)) if markup.yes() else _paragraphs(facts, markup)]
    if "read_full_post" in facts.markers and not facts.components:
        text.append(markup.element("p", '<a href="http://elsewhere.test/post">Read the full post here</a>'))
    if "download_full_document" in facts.markers:
        text.append(markup.element("p", '<a href="/sites/default/files/a%20b.pdf">Download the full document here</a>'))
    if "related_companies" in facts.markers:
        text.append(
            markup.element(
                "div", 'Related companies: <a href="/en/a">Marks &amp; Spencer</a> <a href="/en/b">Sable</a>'
            )
        )
    parts.append(markup.box(*text))
    if facts.components:
        parts.append(markup.lines(['<a href="/rss">Get RSS feed of these results</a>']))
        parts.append(markup.element("h2", "All components of this story"))
        for component in facts.components:
            parts.append(
                markup.box(
                    markup.lines([component["label"] or "Article", component["date_raw"]]),
                    markup.element("h3", f'<a href="/en/c">{escape(component["title"])}</a>'),
                    markup.lines(
                        [
                            f"{words['author']}: {escape(component['author_raw'])}",
                            "A component says this, and more of it.",
                        ]
                    ),
                )
            )
    return _whole(facts, markup, markup.box(*parts) if markup.yes() else "\n".join(parts), named)


def second_generation(facts: Facts, markup: Markup) -> str:
    """Sprite, notice, languages; type, date, author and title in either order; tags, text, file, timeline, news."""
    words = facts.words
    parts = []
    names = "".join(SPRITE)
    if "svg_sprite_text" in facts.markers:
        inside = "".join(f'<symbol id="{name}"><title>{name}</title></symbol>' for name in SPRITE)
        parts.append(f'<svg style="display:none">{inside}</svg>' if markup.yes(0.7) else markup.element("div", names))
    if facts.notice:
        parts.append(markup.lines([escape(facts.notice)]))
    if facts.also_in:
        links = ", ".join(f'<a href="/x{i}/latest-news/a/">{name}</a>' for i, name in enumerate(facts.also_in))
        parts.append(
            markup.lines([f"{words['languages']} {links}"])
            if markup.yes()
            else markup.lines([words["languages"], links])
        )
    named = markup.yes(0.7)
    heading = markup.title(facts.prefix + facts.title, named)
    metadata = _metadata(facts, markup)
    head = [heading, metadata] if markup.yes(0.3) else [metadata, heading]
    parts.append(markup.box(*head) if markup.yes() else "\n".join(head))
    if "image_credit_under_title" in facts.markers:
        parts.append(markup.lines([markup.random.choice(["Shutterstock (purchased)", "UN Photo / A. Writer"])]))
    if "see_all_tags" in facts.markers:
        tags = ['<a href="/t/1">Cobalt</a>', '<a href="/t/2">Living wage</a>'] if markup.yes() else []
        parts.append(markup.lines([*tags, words["tags"]]))
    paragraphs = facts.paragraphs
    parts.append(
        markup.box(_paragraphs(facts, markup)) if markup.yes() or len(paragraphs) < 2 else _two_blocks(facts, markup)
    )
    if "download_full_document" in facts.markers or markup.yes(0.3):
        parts.append(
            f'<a{markup.attributes()} href="http://media.bhrrc.test/media/documents/files/a.pdf">{words["download"]}</a>'
        )
    if markup.yes(0.2):
        parts.append(
            markup.element("p", 'This is a response to <a href="/en/latest-news/other/">Another story of theirs</a>')
        )
    if markup.yes() or facts.markers & {"timeline", "story_timeline"}:
        ending = (
            words["timeline"]
            if markup.yes()
            else markup.random.choice(["Story Timeline", "Part of the following timelines"])
        )
        parts.append(
            markup.box(markup.element("h2", ending), '<a href="/en/latest-news/z/">A card of the timeline</a>')
        )
    if markup.yes():
        parts.append(
            markup.box(
                markup.element("h2", "Company Responses"),
                markup.element("p", "<a href='/en/companies/q/'>Quux</a> View Response"),
            )
        )
    if markup.yes():
        parts.append(
            markup.box(
                markup.element("h2", words["news_title"]), "<p>A later event, which has nothing to do with it.</p>"
            )
        )
    return _whole(facts, markup, markup.box(*parts) if markup.yes() else "\n".join(parts), named)


def _byline(facts: Facts, markup: Markup) -> str:
    words = facts.words
    author, date = facts.author_raw and escape(facts.author_raw, quote=False), facts.date
    if author and date:
        manner = markup.random.choice(["line", "line", "spans", "tight", "two-lines", "dl"])
        blank = " " if markup.yes(0.2) else ""
        if manner == "dl":
            pairs = [(words["author"], author), (words["published"], date)]
            return markup.element("dl", "".join(f"<dt>{label}:</dt><dd>{value}</dd>" for label, value in pairs))
        if manner == "two-lines":
            return markup.lines([f"{words['author']}: {author}", f"{words['published']}: {date}"])
        if manner == "spans":
            value, day = markup.element("span", author), markup.element("b", date)
            inner = f"{words['author']}: {value}{blank}, {words['published']}: {day}"
        elif manner == "tight":
            pieces = [f"{words['author']}: ", author, f"{blank}, {words['published']}: ", date]
            inner = "".join(markup.element("span", piece) for piece in pieces)
        else:
            inner = f"{words['author']}: {author}{blank}, {words['published']}: {date}"
        return markup.element(markup.random.choice(["p", "div", "li", "h5"]), inner)
    if author:
        return markup.labelled(words["author"], author, [])
    return markup.element("p", f"{words['published']}: {date}") if date else ""


def _metadata(facts: Facts, markup: Markup) -> str:
    words = facts.words
    author = facts.author_raw
    in_one_line = facts.author_labelled and markup.yes(0.2)
    if in_one_line and not author and facts.kind and facts.date:
        return markup.element("p", f"{facts.kind}, {facts.date}" if markup.yes() else f"{facts.kind} · {facts.date}")
    if in_one_line and facts.kind and facts.date and author:
        shown = [facts.kind, facts.date, f"{words['author']}: {escape(author, quote=False)}"]
        return markup.element(
            "div", " ".join(markup.element("span", item) for item in shown) if markup.yes() else " | ".join(shown)
        )
    if facts.author_labelled and markup.yes(0.15):  # nothing but inline elements, one after the other
        value = escape(author, quote=False) if author else None
        pieces = [facts.kind, facts.date, f"{words['author']}:" if author else None, value]
        between = markup.random.choice(["", " ", "\n"])
        return markup.element("div", between.join(markup.element("span", piece) for piece in pieces if piece))
    tag = markup.random.choice(["p", "div", "x-line", "h6"])
    parts = [
        markup.element(tag, text)
        for text in (facts.kind if facts.author_labelled or not author else None, facts.date)
        if text
    ]
    if author and facts.author_labelled:
        parts.append(markup.labelled(words["author"], author, []))
    elif author:
        value = escape(author, quote=False)
        parts += [markup.element(tag, f"{value},"), markup.element(tag, value)]
    return markup.box(*parts) if markup.yes() else "\n".join(parts)


def _paragraphs(facts: Facts, markup: Markup) -> str:
    tag = markup.random.choice(["p", "p", "div", "x-text"])
    return "\n".join(markup.element(tag, escape(text, quote=False)) for text in facts.paragraphs)


def _two_blocks(facts: Facts, markup: Markup) -> str:
    first, rest = facts.paragraphs[:1], facts.paragraphs[1:]
    blocks = ["".join(f"<p>{escape(text, quote=False)}</p>" for text in block) for block in (first, rest)]
    return "\n".join(markup.box(block) for block in blocks)


def _banner(facts: Facts, markup: Markup) -> str:
    if not facts.banner:
        return ""
    lines = [escape(line) for line in facts.banner]
    return markup.box(markup.lines(lines)) if markup.yes(0.8) else markup.lines(lines)


def _whole(facts: Facts, markup: Markup, content: str, named: bool) -> str:
    menu = ["Home", "Companies", "Big issues", "Latest news", "Donate"]
    links = "".join(f'<a href="/{i}">{item}</a> ' for i, item in enumerate(menu))
    if markup.yes(0.3):
        links = markup.element("ul", "".join(markup.element("li", item) for item in menu[:4]))
    navigation = markup.element("nav" if markup.yes() else "div", links) if markup.yes(0.8) else ""
    cookies = markup.element("div", "We use cookies to see how our site is used. Read our cookie policy.")
    footer = markup.element(
        "footer" if markup.yes() else "div",
        '<a href="/p">Privacy policy</a> <a href="/c">Contact us</a>'
        + markup.element("p", "© 2024 Business &amp; Human Rights Resource Centre"),
    )
    head = ""
    if named:
        mark = markup.random.choice([" | ", " - ", " — "])
        site = markup.random.choice(["Business &amp; Human Rights Resource Centre", "BHRRC", "old.bhrrc.test"])
        head = f"<title>{escape(facts.title)}{mark}{site}</title>"
        if markup.yes():
            head = f'<meta property="og:title" content="{escape(facts.title)}">' + head
    if markup.yes(0.4):
        logo = markup.element("h1" if markup.yes(0.4) else "div", "Business &amp; Human Rights Resource Centre")
        navigation = logo + navigation
    top, bottom = (cookies, "") if markup.yes() else ("", cookies)
    return (
        f'<!DOCTYPE html><html lang="{facts.language}"><head><meta charset="utf-8">{head}</head><body>'
        f"{top}\n{navigation}\n{content}\n{bottom}\n{footer}</body></html>"
    )
