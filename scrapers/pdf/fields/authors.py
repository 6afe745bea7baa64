"""The authors of a document, people before organisations: on its first pages, in its imprint, or cited."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapers.base import Author, Found
from scrapers.pdf.fields.front import Block, Front, FrontPage, flat
from scrapers.pdf.fields.people import is_organisation, named_in, people_in, plain_names, surely_people
from scrapers.pdf.fields.title import Candidate
from scrapers.pdf.fields.words import EDITED, HOST, PUBLISHED_BY, RIGHTS, SECTIONS
from scrapers.values.authors import kind_of, read_authors

AFTER_NAMES = re.compile(
    r"\s+(?:on|in|at|le|el|am|em)\s+(?=\S*\d|(?-i:[A-Z])\w+ \d)|\s*[|·•]\s*|\s+[–—-]\s+|,?\s+(?=\(?\d)"
    r"|,\s+(?=\w+ \d{1,2},? \d{4})",
    re.IGNORECASE,
)
"""What parts names from the date behind them (`By Jane Doe on 3 May 2015`)."""

WROTE = re.compile(
    r"\b(?:(?:researched|written|drafted|authored|prepared|compiled|edited)(?: and )?)+ (?:mainly |primarily )?by\s+"
    r"|\b(?:rédigé|écrit|préparé) par\s+|\b(?:escrito|redactado|elaborado|preparado) por\s+"
    r"|\b(?:verfasst|geschrieben|erstellt) von\s+|\b(?:escrito|elaborado|redigido) por\s+"
)
"""How a sentence of the acknowledgements or the imprint names who wrote a report."""

WRITING = (
    "researched ", "written ", "drafted ", "authored ", "prepared ", "compiled ", "edited ", "rédigé ", "écrit ",
    "préparé ", "escrito ", "redactado ", "elaborado ", "preparado ", "verfasst ", "geschrieben ", "erstellt ",
    "redigido ",
)  # fmt: skip
"""One of these stands in every such sentence: quicker to ask than to look for the sentence."""

CELLS = re.compile(r"\t|\s[|•·]\s")
"""What parts the things that stand on one line of a head or a foot."""

YEAR = re.compile(r"\(?\b(?:19|20)\d\d\b[a-z]?\)?")


@dataclass(slots=True)
class AuthorCandidate:
    """Who a place of the document names."""

    authors: tuple[Author, ...]
    raw: str
    origin: str
    score: float
    place: str | None = None

    def found(self) -> Found[tuple[Author, ...]]:
        """Return it as a value with its origin."""
        return Found(value=self.authors, raw=self.raw, origin=self.origin, place=self.place)


def authors_of(front: Front, title: Candidate | None) -> tuple[AuthorCandidate | None, list[Found[object]]]:
    """Return who wrote the document, and who else may have."""
    namings = [
        *_labelled(front, title),
        *_told(front),
        *_under_title(front, title),
        *_cited(front),
        *_declared(front),
        *_organisations(front, title),
    ]
    namings = [naming for naming in namings if naming.authors]
    namings.sort(key=lambda naming: naming.score, reverse=True)
    best = namings[0] if namings and namings[0].score > 0 else None
    lost = [naming for naming in namings if best is None or naming.authors != best.authors][:3]
    return best, [Found(value=n.authors, raw=n.raw, origin=n.origin, place=n.place) for n in lost]


def publisher_of(front: Front, title: Candidate | None) -> Found[str] | None:
    """Return who published the document: as its imprint says, or who holds the rights."""
    for pattern, origin in ((PUBLISHED_BY, "pdf:imprint"), (RIGHTS, "pdf:imprint")):
        for page in [*front.opening(2), *front.imprints]:
            for block in page.blocks + page.running:
                for number, line in enumerate(block.lines):
                    match = pattern.match(line.text) if pattern is PUBLISHED_BY else pattern.search(line.text)
                    if not match:
                        continue
                    rest = line.text[match.end() :] or (
                        block.lines[number + 1].text if number + 1 < len(block.lines) else ""
                    )
                    name = _holder(rest)
                    if name:
                        return Found(value=name, raw=line.text, origin=origin, place=block.place)
    if front.declared.xmp_publisher and kind_of(front.declared.xmp_publisher) != "person":
        return Found(value=front.declared.xmp_publisher, raw=front.declared.xmp_publisher, origin="pdf:xmp")
    return None


def _holder(text: str) -> str:
    """Return the name in `2019 World Resources Institute. All rights reserved.`, or nothing."""
    text = YEAR.sub(" ", text)
    text = re.split(
        r"(?:\.\s|[,;|(]|all rights|tous droits|todos los|alle rechte|\bunder\b|\band/or\b|licen[cs]e|\bby\b)",
        text,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    text = text.strip(" .,:;-–—©&/")
    words = text.split()
    if not 0 < len(words) <= 10 or not text[0].isupper() or HOST.search(text):
        return ""
    return (
        text
        if kind_of(text) == "organisation"
        or (len(words) > 1 and kind_of(text) is None and text.istitle())
        or text.isupper()
        else ""
    )


def _labelled(front: Front, title: Candidate | None) -> list[AuthorCandidate]:
    """Return who stands after `Authors:`, `By`, `Edited by` ... on the first pages and in the imprint."""
    found = []
    imprints = {page.number for page in front.imprints}
    for page in front.pages:
        if page.number > 4 and page.number not in imprints:
            continue
        lines = [(block, line) for block in page.blocks for line in block.lines]
        for place, (block, line) in enumerate(lines[:150]):
            text = line.plain or line.text
            match = EDITED.match(text.strip())
            if not match or (title and block in title.blocks) or len(block.lines) > 12:
                continue
            rest = AFTER_NAMES.split(text.strip()[match.end() :].strip(), maxsplit=1)[0]
            names = [rest] if rest else []
            kinds = named_in(rest) if rest else ()
            if rest and not kinds:
                continue
            for _, following in lines[place + 1 : place + 9]:
                more = following.plain or following.text
                if (
                    len(names) > 1
                    and not people_in(more)
                    and not names[-1].rstrip().endswith((",", "and", "&", "y", "et", "und"))
                ):
                    break
                if not named_in(more) and not (names and names[-1].rstrip().endswith((",", " and", "&"))):
                    break
                if names and kinds and kinds[0].kind == "organisation" and not names[-1].endswith(","):
                    break
                names.append(more)
                kinds = kinds or named_in(more)
            if not names:
                continue
            raw = "; ".join(names) if all(people_in(name) for name in names) else " ".join(names)
            authors = read_authors(plain_names(raw.replace("\t", "; ")))
            if not authors or len(authors) > 60:
                continue
            persons = any(author.kind == "person" for author in authors)
            score = (5.0 if persons else 3.6) - 0.4 * min(page.number - 1, 4)
            origin = "pdf:imprint" if page.number in imprints and page.number > 1 else "pdf:front-matter"
            found.append(
                AuthorCandidate(
                    authors, f"{match.group().strip()} {', '.join(names)}".strip(), origin, score, block.place
                )
            )
    return found


def _told(front: Front) -> list[AuthorCandidate]:
    """Return who wrote the document as a sentence of its first pages or imprint tells."""
    found = []
    for page in front.pages:
        for block in page.blocks:
            if len(block.text) > 3000 or not any(word in block.text for word in WRITING):
                continue
            for match in WROTE.finditer(block.text):
                names = re.split(
                    r"[.;:(]\s|\bwith\b|\bfor\b|\bof the\b|\bunder\b|$",
                    block.text[match.end() : match.end() + 200],
                    maxsplit=1,
                )[0]
                # `Jane Doe, researcher in the Africa division, and ...`: the name, as far as it is one.
                while names and not (people := people_in(names)) and "," in names:
                    names = names.rpartition(",")[0]
                if names and people:
                    score = 3.3 if page.number <= 4 else 2.8
                    found.append(AuthorCandidate(people, match.group() + names, "pdf:imprint", score, block.place))
    return found


def _under_title(front: Front, title: Candidate | None) -> list[AuthorCandidate]:
    """Return the people named on lines of their own between the title and the text."""
    if title is None or not title.blocks:
        return []
    page = next(page for page in front.pages if page.number == title.blocks[-1].page)
    place = page.blocks.index(title.blocks[-1])
    found = []
    collected: list[str] = []
    where: Block | None = None
    seen_other = 0
    for block in page.blocks[place + 1 : place + 16]:
        if block.text.casefold().strip(" .:") in SECTIONS or re.match(
            r"(?:abstract|summary|résumé|resumen|zusammenfassung|摘要)\b", block.text, re.IGNORECASE
        ):
            break
        whole = people_in(block.plain.replace("\t", "; "))
        if whole and len(block.lines) < 12:
            collected.append(block.plain)
            where = where or block
            continue
        lines = [line.plain or line.text for line in block.lines]
        people = [line for line in lines[:6] if people_in(line.replace("\t", "; "))]
        if people and len(people) >= len(lines) / 4 and len(lines) < 12:
            collected += people
            where = where or block
            continue
        seen_other += len(block.text) > 200
        if seen_other or (collected and len(block.text) > 400):
            break
    if collected and where:
        raw = "; ".join(collected)
        authors = read_authors("; ".join(plain_names(text.replace("\t", "; ")) for text in collected))
        sure = surely_people(authors) or (_followed(page, where) and not where.bold)
        found.append(AuthorCandidate(authors, raw, "pdf:front-matter", 4.0 if sure else -0.5, where.place))
    return found


def _followed(page: FrontPage, block: Block) -> bool:
    """Return whether an affiliation or an address stands under a name."""
    place = page.blocks.index(block)
    return any(HOST.search(b.text) or is_organisation(b.text) for b in page.blocks[place + 1 : place + 3])


def _cited(front: Front) -> list[AuthorCandidate]:
    found = []
    for text in front.citations:
        year = YEAR.search(text)
        if not year or year.start() > 300 or year.start() < 3:
            continue
        raw = text[: year.start()].strip(" ,(")
        raw = raw if re.search(r"\b[^\W\d_]\.$", raw) else raw.rstrip(". ")
        authors = read_authors(re.sub(r"\s*(?:\(?eds?\.?\)?|\(?Hrsg\.?\)?)\s*$", "", raw))
        if authors and len(raw) < 250:
            persons = all(author.kind == "person" or "," in author.name for author in authors)
            found.append(AuthorCandidate(authors, text, "pdf:citation", 3.4 if persons else 2.9))
    return found


def _declared(front: Front) -> list[AuthorCandidate]:
    """Return the authors in the file's properties, in earnest only where the first pages print them too."""
    printed = " " + " ".join(word for page in front.opening(3) for word in flat(page.text)) + " "
    found = []
    for origin, values in (
        ("pdf:xmp", front.declared.xmp_authors),
        ("pdf:info", (front.declared.author,) if front.declared.author else ()),
    ):
        authors = read_authors("", parts=values) if len(values) > 1 else read_authors(values[0]) if values else ()
        if not authors:
            continue
        on_page = sum(f" {' '.join(flat(author.name))} " in printed for author in authors)
        whole = all(len(author.name.split()) > 1 or author.kind == "organisation" for author in authors)
        if not whole:
            continue
        people = all(author.kind == "person" for author in authors)
        score = (3.2 if people else 2.2) if on_page * 2 >= len(authors) else -1.0
        found.append(AuthorCandidate(authors, "; ".join(values), origin, score + 0.1 * min(len(authors), 5)))
    return found


def _each(line: str) -> tuple[Author, ...]:
    """Return the organisations of a line: more than one only where each part is plainly one."""
    named = read_authors(line)
    if len(named) > 1 and all(author.kind == "organisation" and is_organisation(author.name) for author in named):
        return named
    return (Author(name=line, kind="organisation"),)


def _organisations(front: Front, title: Candidate | None) -> list[AuthorCandidate]:
    """Return the organisation that signs the cover, the imprint, or the title itself."""
    found = []
    for page in front.opening(2):
        texts_begin = next((n for n, b in enumerate(page.blocks) if len(b.text) > 220), len(page.blocks))
        for number, block in enumerate(page.blocks[:40]):
            if texts_begin <= number < len(page.blocks) - 3:
                continue
            if title and block in title.blocks:
                for line in block.lines[:-1]:
                    if is_organisation(line.text):
                        found.append(
                            AuthorCandidate(
                                (Author(name=line.text, kind="organisation"),),
                                line.text,
                                "pdf:front-matter",
                                1.4,
                                block.place,
                            )
                        )
                continue
            texts = (
                [block.plain] if 1 < len(block.lines) <= 4 else [line.plain or line.text for line in block.lines[:1]]
            )
            if len(block.lines) > 1 and not (texts and is_organisation(texts[0])):
                texts = [line.text for line in block.lines[:2]]
            for text in texts:
                for part in CELLS.split(text):
                    if is_organisation(part):
                        score = 2.0 - 0.05 * number - 0.4 * (page.number - 1)
                        found.append(AuthorCandidate(_each(part), part, "pdf:front-matter", score, block.place))
    if title is not None and title.site:
        found.append(
            AuthorCandidate((Author(name=title.site, kind="organisation"),), title.raw, title.origin, 1.9, title.place)
        )
    for head in list(front.running.values())[:20]:
        if is_organisation(head):
            found.append(AuthorCandidate((Author(name=head, kind="organisation"),), head, "pdf:running-head", 1.2))
    publisher = publisher_of(front, title)
    if publisher is not None and publisher.origin == "pdf:imprint":
        found.append(
            AuthorCandidate(
                (Author(name=publisher.value, kind=kind_of(publisher.value)),),
                publisher.raw,
                publisher.origin,
                1.7,
                publisher.place,
            )
        )
    return found
