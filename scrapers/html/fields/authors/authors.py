"""The authors of a page's document: declared, in bylines, after labels. The chooser may decide that it has none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import islice
from typing import TYPE_CHECKING

from scrapers.base import Author
from scrapers.choice.chooser import Chooser
from scrapers.html.fields.authors.alone import NamesAlone
from scrapers.html.fields.authors.declared import Gathered, declared, folded, is_for_machines, once
from scrapers.html.fields.authors.facts import described
from scrapers.html.fields.authors.lines import BY_START, CREDIT, SEPARATOR, after_label, cut, lead, like_names
from scrapers.html.fields.authors.parts import follows_words, line_of, name_in, parts_of
from scrapers.html.fields.candidate import Candidate
from scrapers.html.fields.places import Places, beside, compare_with, days, first_place
from scrapers.html.fields.site import bodies, is_own_name, site_names
from scrapers.html.fields.trust import believable
from scrapers.html.metadata import Property, text_of
from scrapers.html.page import HtmlPage
from scrapers.html.scan import BITS, PROFILE, Spot
from scrapers.values.authors import is_name, kind_of, read_authors
from scrapers.values.dates import find_dates
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.maintext.maintext import MainText

_OF_PICTURES = re.compile(r"licen[cs]e|photo|image|picture|copyright", re.IGNORECASE)
"""Classes of those who made a picture."""
_OTHER_SCOPES = frozenset(("comment", "review", "usercomments"))
LINE = 80
"""Most characters of a byline that begins a longer block."""
TOGETHER = 12
"""Properties of authors that may all be the document's; more are those of posts."""


class AuthorGatherer:
    """Reads who wrote one page."""

    def __init__(self, page: HtmlPage, traits: dict[str, float]) -> None:
        self.dom, self.metadata, self.seen, self.traits = page.dom, page.metadata, page.seen, traits
        self.regions = page.regions
        self.sites = site_names(page.dom, page.metadata)
        self.authors = Gathered(self.sites)
        self.places: Places[frozenset[str]] = Places()
        self.days = days(page.seen)

    def gather(self) -> None:
        """Gather all that may name an author."""
        declared(self.authors, self.metadata)
        self._properties()
        self._labels()
        self._bylines()

    def _properties(self) -> None:
        """Gather microdata and RDFa; a few properties in the document's own region are as many authors."""
        told: list[tuple[tuple[Author, ...], str, Property]] = []
        for prop in self.metadata.properties:
            if prop.name not in ("author", "creator") or prop.scope in _OTHER_SCOPES or len(told) > 20:
                continue
            if not self.regions.admits(prop.element, labelled=True):
                continue
            inner = [
                p
                for p in self.metadata.properties
                if p.name == "name" and p.element is not prop.element and _within(p.element, prop.element)
            ]
            text = inner[0].value if inner else prop.value
            if len(text) < 150 and not text.startswith("http"):
                told.append((read_authors(text, parts=parts_of(prop.element)), text, prop))
        every = once([author for names, _, _ in told for author in names])
        if 1 < len(every) <= TOGETHER and len(told) <= 2 * len(every):
            _, _, prop = told[0]
            raw = ", ".join(author.name for author in every)
            told = [(tuple(every), raw, prop)]
        for nth, (names, text, prop) in enumerate(told):
            self._visible(names, text, f"{prop.syntax}:{prop.name}", "prop", prop.element, nth, trust=2)

    def _labels(self) -> None:
        nth = 0
        for spot, name, label, rest in self.seen.labels:
            marked = label.rstrip().endswith((":", "："))
            if name != "authors" or spot.element.tag == "title":
                continue
            if not self.regions.admits(spot.element, labelled=marked):
                continue
            element = spot.element
            if not marked and spot.before is not None and follows_words(spot):
                continue
            parts: list[str] = []
            if rest:
                line = rest
                if any(child.tag == "sup" for child in element):  # marks of affiliations part the names
                    line = line_of(element)
                elif spot.text.rstrip().endswith((",", " and", "&", ":")) or (len(rest) < 3 and rest.isascii()):
                    line = clean_line(text_of(element, 300))
                    line = line[line.find(label) + len(label) :] if label in line else line
            else:
                line, parts = self._after(spot.before if spot.before is not None else None, element)
            line = cut(line)
            if not line or len(line) > 160:
                continue
            names = read_authors(line, parts=parts)
            if not marked and not (like_names(names) and self._sets_apart(spot, names)):
                continue
            shown = label.strip() if marked else label.strip().rstrip(":").casefold()
            candidate = self._visible(
                names,
                line,
                f"label:{shown}",
                "label:marked" if marked else "label:by",
                element,
                nth,
                trust=3,
                index=spot.index,
            )
            nth += candidate is not None

    def _sets_apart(self, spot: Spot, names: Sequence[Author]) -> bool:
        """Return whether a byline is no part of a sentence; an element with people may begin a longer block with it."""
        if not self.regions.in_prose(spot.element):
            return True
        block = self.regions.tree.block_of(spot.element)
        opens = block >= 0 and self.regions.page.texts[block].startswith(clean_line(spot.text))
        return opens and spot.before is None and len(spot.text) < LINE and all(n.kind == "person" for n in names)

    def _after(self, before: HtmlElement | None, element: HtmlElement) -> tuple[str, list[str]]:
        """Return what follows a label: the links or the text behind it in its line, or the next element."""
        text: list[str] = []
        links: list[str] = []
        node = (
            before.getnext() if before is not None else (element[0] if len(element) and not _is_term(element) else None)
        )
        if node is None and before is None:
            node = element.getnext()
            if node is not None and not (element.tail or "").strip() and (named := self._parted(element, node)):
                return "; ".join(named), named
            if element.tail and element.tail.strip():
                text.append(element.tail)
            elif node is not None and node.tag in ("ul", "ol"):
                items = [clean_line(text_of(item, 100)) for item in islice(node.iterchildren("li"), 20)]
                return "; ".join(items), items if len(items) > 1 else []
        for _ in range(12):
            if (
                node is None
                or not isinstance(node.tag, str)
                or (node.tag in ("br", "time", "p", "ul", "h1", "h2", "section") and text)
            ):
                break
            piece = clean_line(text_of(node, 200))
            if node.tag == "time" or (piece and next(find_dates(piece), None)):
                break
            if piece:
                text.append(piece)
                if node.tag == "a":
                    links.append(piece)
            if node.tail:
                text.append(node.tail)
            if piece and not SEPARATOR.search(node.tail or ""):
                break
            if sum(map(len, text)) > 160:
                break
            node = node.getnext()
        return clean_line(" ".join(text)), links if len(links) > 1 else []

    def _parted(self, label: HtmlElement, node: HtmlElement) -> list[str]:
        """Return the names that the markup after a label parts: in the next element, or in elements like it."""
        if parted := parts_of(node):
            return parted
        names: list[str] = []
        for sibling in label.itersiblings(node.tag):
            name = line_of(sibling)
            if len(names) >= 20 or not is_name(name) or len(name) > 80 or kind_of(name) != "person":
                break
            names.append(name)
            if (sibling.tail or "").strip(" ,;&|·\n\t"):
                break
        return names if len(names) > 1 else []

    def _bylines(self) -> None:
        """Gather short texts of elements whose class or address speaks of an author."""
        seen: set[HtmlElement] = set()
        nth = 0
        for links, index in self._lists_of_people():
            people = once([name for link in links for name in read_authors(name_in(link), one=True)])
            raw = "; ".join(map(line_of, links))
            if self._visible(people, raw, "link:author", "profile-link", links[0], nth, trust=4, index=index):
                seen.update(links)
                nth += 1
        for element, index in self.seen.authors[:120]:
            if any(a in seen for a in (element, element.getparent())) or element is self.seen.title:
                continue
            if element.tag == "h1":
                continue  # a heading's classes may hold such words: `swappedByAjax`
            if not self.regions.admits(element, labelled=True) or _OF_PICTURES.search(element.get("class") or ""):
                continue
            linked = (
                [
                    a
                    for a in element.iter("a")
                    if PROFILE.search((a.get("href") or "")[:300].lower()) or a.get("rel") == "author"
                ]
                if element.tag != "a"
                else [element]
            )
            text = line_of(element)
            if not text:
                continue
            profile = element.tag == "a" and element.get("rel") != "author" and not element.get("class")
            parts = [t for a in linked[:12] if (t := cut(name_in(a))) and len(t) < 60 and is_name(t)]
            parts = list(dict.fromkeys(parts))
            parts = parts_of(element) or parts
            named = after_label(element, text)
            if named != text:
                parts = [part for part in parts if part in named]
            line = parts[0] if len(parts) == 1 else cut(lead(element, text) if named == text else named)
            if not line or len(line) > 140 or (len(text) > 140 and not parts):
                continue
            names = read_authors(line, parts=parts if len(parts) > 1 else ())
            if not names:
                continue
            seen.add(element)
            own = (element.get("class") or "").split()
            origin = (
                "rel:author"
                if element.get("rel") == "author"
                else f"class:{_class_that_tells(own)}"
                if own
                else "link:author"
            )
            fact = "rel-author" if element.get("rel") == "author" else "profile-link" if profile else "class"
            candidate = self._visible(names, text, origin, fact, element, nth, trust=4, index=index)
            if candidate is not None:
                nth += 1
                candidate.facts["linked"] = max(candidate.facts.get("linked", 0.0), float(bool(linked)))
                candidate.facts["by"] = max(candidate.facts.get("by", 0.0), float(bool(BY_START.match(text))))
                candidate.facts["text-share"] = max(
                    candidate.facts.get("text-share", 0.0), sum(len(n.name) for n in names) / max(1, len(text))
                )

    def _lists_of_people(self) -> Iterator[tuple[list[HtmlElement], int]]:
        """Yield the links to persons' pages that stand in a row beside the heading, and where each row begins."""
        rows: dict[tuple[str | None, ...], dict[HtmlElement, int]] = {}
        for element, index in self.seen.authors[:120]:
            parent = element.getparent()
            if element.tag == "a" and parent is not None and self.regions.beside_heading(element) and name_in(element):
                shape = (element.get("class"), str(parent.tag), parent.get("class"))
                rows.setdefault(shape, {}).setdefault(element, index)
        for row in rows.values():
            people = all(kind_of(name_in(link)) == "person" and self.regions.admits(link) for link in row)
            if 1 < len(row) <= TOGETHER and people:
                yield list(row), min(row.values())

    def _visible(
        self,
        names: Sequence[Author],
        raw: str,
        origin: str,
        fact: str,
        element: HtmlElement,
        nth: int,
        *,
        trust: int,
        index: int = 0,
    ) -> Candidate | None:
        around = self.seen.around(element)
        if around & BITS["caption"] or CREDIT.search(raw):
            return None
        candidate = self.authors.add(once(names), raw, origin, fact, element, trust=trust)
        if candidate is None:
            return None
        self.places.add(frozenset(folded(n.name) for n in candidate.value), element)
        facts = candidate.facts
        facts["places"] = facts.get("places", 0.0) + 1
        if self.regions.beside_heading(element):
            facts["zone"] = 1
        if "seen" not in facts:
            facts |= first_place(self.seen, element, index, nth)
            if index:
                facts["by-date"] = beside(index, self.days)
        return candidate

    def described(self) -> list[Candidate]:
        """Return the candidates with what their names say, and what only all of them together show."""
        return described(self.authors.found, self.traits, self.places, self.sites)


def _is_term(element: HtmlElement) -> bool:
    """Return whether an element is a label whose value stands in the element after it."""
    following = element.getnext()
    return element.tag in ("dt", "th") and following is not None and following.tag in ("dd", "td")


def _within(inner: HtmlElement, outer: HtmlElement) -> bool:
    node: HtmlElement | None = inner
    for _ in range(12):
        if node is None:
            return False
        if node is outer:
            return True
        node = node.getparent()
    return False


def _class_that_tells(own: Sequence[str]) -> str:
    return next((c for c in own if re.search(r"author|byline|writer|creator|contributor", c, re.IGNORECASE)), own[0])


def candidates(page: HtmlPage, main: MainText, traits: dict[str, float]) -> list[Candidate]:
    """Return everyone whom the page may name as its author, with the facts for and against."""
    reader = AuthorGatherer(page, traits)
    reader.gather()
    found = reader.described()
    compare_with(main, found)
    sites, firms = site_names(page.dom, page.metadata, publishers=False), bodies(page.metadata)
    thread = _is_thread(traits)
    return [
        c
        for c in believable("authors", found)
        if not _is_publisher(c, sites, firms, thread=thread) and not _is_unseen_account(c, sites, page)
    ]


def _is_unseen_account(candidate: Candidate, sites: Set[str], page: HtmlPage) -> bool:
    """Return whether a page only declares the account that posted it, and prints that name nowhere, or as its site's.

    Content management systems declare the account for every page, whether its owner signs what is posted or not.
    """
    if "account" not in candidate.facts or "seen" in candidate.facts:
        return False
    names = [name.name.casefold() for name in candidate.value]
    if all(is_own_name(name, sites) for name in names):
        return True
    return not any(name in text.casefold() for text in page.blocks.texts for name in names)


def _is_publisher(candidate: Candidate, sites: Set[str], firms: Set[str], *, thread: bool) -> bool:
    """Return whether a page only declares, for machines, its site, the firm behind it or an account as the author.

    A site that a byline names, or a catalogue as the author of a publication, is its author; so is a person whose site
    has her name, unless the page describes a body of that name. In a thread everybody writes by an account.
    """
    facts = candidate.facts
    if "seen" in facts or "meta:scholarly" in facts:
        return False
    return all(
        (is_for_machines(name.name) and not thread)
        or (is_own_name(name.name, sites) and (name.kind != "person" or is_own_name(name.name, firms)))
        for name in candidate.value
    )


ALONE = 0.5
"""How probable it is that names which stand alone under the heading are the authors, on pages that name nobody else."""


def choose(page: HtmlPage, main: MainText, traits: dict[str, float], chooser: Chooser) -> list[Candidate]:
    """Return the candidates for the authors, the likeliest first; empty where the page more likely names none.

    Names that stand alone under the heading count where the page names nobody in another way.
    """
    ranked = chooser.rank("authors", candidates(page, main, traits))
    if chooser.likely("authors", ranked):
        return ranked
    alone = None if _is_thread(traits) else NamesAlone(page, site_names(page.dom, page.metadata)).found()
    if alone is None:
        return []
    names, raw, element = alone
    return [Candidate(value=names, raw=raw, origin="text", element=element, confidence=ALONE)]


def _is_thread(traits: Mapping[str, float]) -> bool:
    """Return whether a page is a thread: what stands under its heading is of the forum's interface."""
    return traits["p:forum-type"] > 0 or traits.get("k:forum", 0.0) > THREAD


THREAD = 0.4
"""How likely a page is a forum's from which on it is taken for one."""
