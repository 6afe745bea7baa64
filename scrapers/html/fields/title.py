"""The title of a page's document: headings, declarations and `<title>` compared with each other."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from scrapers.choice.chooser import Chooser
from scrapers.html import jsonld
from scrapers.html.dom import Dom
from scrapers.html.fields.candidate import Candidate
from scrapers.html.fields.dates.declared import SCHOLARLY
from scrapers.html.fields.places import compare_with
from scrapers.html.fields.site import is_site, note_behind_site, site_names
from scrapers.html.fields.title_facts import compare, holds_word, squeezed, standing
from scrapers.html.fields.title_order import named_first
from scrapers.html.fields.title_unheaded import unheaded
from scrapers.html.fields.wordings import LONGEST, PERMALINK, Wording, Wordings
from scrapers.html.metadata import Declared, text_of, unescaped
from scrapers.html.page import HtmlPage
from scrapers.values.labels import KINDS
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.maintext.maintext import MainText

# Where a site puts its name beside a title; Chinese and Japanese sites need no blanks around the mark.
_CUT = re.compile(
    r"\s+[|\-–—―·•»«›:~/|]+\s+|\s*[|｜]\s*|\s+::\s+|\s+[»›]+\s*|(?<=[\u3040-\u9fff])\s*[-_–—]\s*(?=\S)|_(?=[\u3040-\u9fff])"
)
_BAR = re.compile(r"\s+[|｜]\s+")
_COLON = re.compile(r"\s*[:：]\s+")
_BRACKET = re.compile(r"\s+\[([^\[\]]+)\]$")
_PREFIX = re.compile(r"^\s*\[(?:PDF|DOC|DOCX|XLS|PPT|HTML)\]\s*", re.IGNORECASE)
_CONTINUING = "-–—|:;,.)&/>»+"
_GENERIC = frozenset((
    "home", "homepage", "news", "blog", "article", "articles", "search", "menu", "untitled", "index", "welcome",
    "page", "post", "posts", "startseite", "accueil", "inicio", "início", "главная", "首页", "ホーム", "홈", "الرئيسية",
    "default", "document", "none", "null", "related", "share", "about", "contact", "products", "resources",
    "publications", "latest",
))  # fmt: skip


def candidates(page: HtmlPage, main: MainText, shape: dict[str, float]) -> list[Candidate]:
    """Return every wording that may be the title, with the facts that speak for and against it.

    Where two places print the same words, the first decides their order: so the surest come first, and last the
    properties, as menus and lists may name dozens of other things.
    """
    dom, metadata = page.dom, page.metadata
    sites = site_names(dom, metadata)
    titles = Wordings()
    _declared(metadata, titles)
    _headings(page, titles)
    _shared(metadata, sites, titles)
    whole = _title_element(dom, sites, titles)
    _properties(page, titles)
    if page.regions.heading >= 0:
        _disagreeing(page.blocks.texts[page.regions.heading], page.blocks.levels[page.regions.heading], titles)
    deep = not shape["p:root"]
    wordings = [_described(group, titles, whole, sites, deep=deep) for group in titles.groups.values()]
    compare_with(main, wordings)
    _apart_from_text(wordings, main.body)
    compare(wordings, whole, dom, metadata, shape)
    note_behind_site(wordings, whole, sites)
    return wordings


_DECLARED = (
    "citation_title", "dc.title", "dcterms.title", "dc:title", "eprints.title", "bepress_citation_title",
    "parsely-title", "sailthru.title", "headline",
)  # fmt: skip
"""Metas that name the document alone, without the site."""


def _declared(metadata: Declared, titles: Wordings) -> None:
    """Add what metas and JSON-LD call the document."""
    for key in _DECLARED:
        for value in metadata.metas.get(key, ())[:1]:
            titles.add(value, f"meta:{key}", "scholarly" if SCHOLARLY.match(key) else "for-readers")
    for i, node in enumerate(metadata.graph.content[:6]):
        for key in ("headline", "name"):
            for value in jsonld.strings(node.get(key))[:1]:
                titles.add(unescaped(value), f"json-ld:{key}", f"ld:{key}" if i == 0 else "ld:later")
    for node in metadata.graph.pages[:1]:
        for value in jsonld.strings(node.get("name"))[:1]:
            titles.add(unescaped(value), "json-ld:name", "ld:page")


def _shared(metadata: Declared, sites: set[str], titles: Wordings) -> None:
    """Add what the page is called where it is shared, whole and without the site's name."""
    for key in ("og:title", "twitter:title", "title"):
        for value in metadata.metas.get(key, ())[:1]:
            titles.add(value, f"meta:{key}", key)
            _cuts(value, f"meta:{key}", "og" if key == "og:title" else "tw", sites, titles)


def _title_element(dom: Dom, sites: set[str], titles: Wordings) -> str:
    """Add what `<title>` says, whole and without the site's name; return it whole."""
    element = next(iter(dom.tagged("title")), None)
    whole = clean_line(unescaped(text_of(element, LONGEST))) if element is not None else ""
    if whole:
        titles.add(whole, "title", "title")
        _cuts(whole, "title", "t", sites, titles)
        _site_beside(whole, titles)
    return whole


def _properties(page: HtmlPage, titles: Wordings) -> None:
    """Add microdata and RDFa of the document's own region."""
    for prop in page.metadata.properties[:80]:
        if (
            prop.name in ("headline", "name", "title")
            and prop.scope not in _OTHER_SCOPES
            and page.regions.admits(prop.element)
        ):
            titles.add(prop.value, f"{prop.syntax}:{prop.name}", f"prop:{prop.name}", prop.element)


_OTHER_SCOPES = frozenset((
    "person", "organization", "comment", "listitem", "breadcrumblist", "offer", "brand", "rating", "review",
    "aggregaterating", "imageobject", "sitenavigationelement", "wpheader", "wpfooter", "wpsidebar", "website",
))  # fmt: skip


def _headings(page: HtmlPage, titles: Wordings) -> None:
    """Add the headings of the document's own region, with what is known of each."""
    first: HtmlElement | None = None
    count = dict.fromkeys(_MOST_HEADINGS, 0)
    for element, index in page.seen.headings:
        if not page.regions.admits(element):
            continue
        tag = "h2" if element.tag == "h3" else str(element.tag)
        count[tag] += 1
        if count[tag] > _MOST_HEADINGS[tag]:
            continue
        text = clean_line(_before_button(element) or text_of(element, LONGEST))
        if not text or len(text) > 400:
            continue
        if first is None:
            first = element
        titles.add(text, tag, f"{tag}:{min(count[tag], 3)}", element)
        group = titles.groups.get(squeezed(PERMALINK.sub("", text)))
        if group is None:
            continue
        group.facts.setdefault(f"{tag}:where", index / max(1, page.seen.elements))
        if element.tag == "h3":
            group.facts["h3:titled"] = 1
        _inner(element, tag, text, titles)
        if (kicker := _kicker(element)) and text.startswith(kicker):
            titles.add(text[len(kicker) :], tag, f"{tag}:{min(count[tag], 3)}", element)
            group.facts["kicker"] = 1
        if (badge := _badge(element)) and text.endswith(badge):
            titles.add(text[: -len(badge)], tag, f"{tag}:{min(count[tag], 3)}", element)
            group.facts["kicker"] = 1
        if mark := _BAR.search(text):
            titles.add(text[: mark.start()], tag, f"{tag}:head", element)
        group.facts.update({f"{tag}:{fact}": 1.0 for fact in standing(element, page.dom.url)})
    for group in titles.groups.values():
        if "h1:1" in group.facts:
            group.facts["h1:only"] = float(count["h1"] == 1)
        if "h2:1" in group.facts:
            group.facts["h2:no-h1"] = float(count["h1"] == 0)
            group.facts["h2:first"] = float(group.element is first)


_MOST_HEADINGS = {"h1": 5, "h2": 3, "h3": 3}
"""How many headings of each rank are looked at."""


def _inner(element: HtmlElement, tag: str, text: str, titles: Wordings) -> None:
    """Add the parts of a heading that holds more than the title: a date or a tag before it, buttons after it."""
    if len(element) == 0:
        return
    pieces = [clean_line(element.text or "")]
    for child in list(element)[:6]:
        if isinstance(child.tag, str):
            pieces += [clean_line(text_of(child, LONGEST)), clean_line(child.tail or "")]
    for piece in pieces:
        # What goes on from the words before it is no title of its own.
        if 8 < len(piece) < len(text) and (
            text.startswith(piece) or not (piece[0].islower() or piece[0] in _CONTINUING)
        ):
            titles.add(piece, tag, f"{tag}:part", element, strength=len(piece) / len(text))


_KICKER = re.compile(
    r"kicker|eyebrow|overline|topline|dachzeile|surtitle|supertitle|pre-?title|roofline|badge|label|category|rubri[ck]|section|tag\b",
    re.IGNORECASE,
)


def _kicker(element: HtmlElement) -> str:
    """Return what an element at a heading's beginning prints above the title: its section or series."""
    first = next(element.iterchildren(etree.Element), None)
    return "" if first is None or (element.text or "").strip() else _beside_title(first, element, _KICKER)


_BADGE = re.compile(rf"{_KICKER.pattern}|status|access|pill|chip|state|count", re.IGNORECASE)


def _badge(element: HtmlElement) -> str:
    """Return what an element at a heading's end prints behind the title: a mark of its kind, state or access."""
    last = next(element.iterchildren(etree.Element, reversed=True), None)
    return "" if last is None or (last.tail or "").strip() else _beside_title(last, element, _BADGE)


def _beside_title(part: HtmlElement, heading: HtmlElement, names: re.Pattern[str]) -> str:
    """Return the text of a short part of a heading whose classes say that it is not of the title; else nothing."""
    text = clean_line(text_of(part, 80))
    short = len(text) <= 40 and len(text) < len(clean_line(text_of(heading, LONGEST)))
    return text if short and part.tag in _PARTS and names.search(part.get("class") or "") else ""


_PARTS = ("span", "small", "a", "b", "em", "strong", "div", "sup", "i")


def _before_button(element: HtmlElement) -> str:
    """Return a heading's text up to the first button or custom element in it; nothing where it has none."""
    if len(element) == 0 or not any(_is_control(str(node.tag)) for node in element.iter(etree.Element)):
        return ""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if isinstance(node.tag, str) and _is_control(node.tag):
                break
            parts.append(node.text or "" if isinstance(node.tag, str) else "")
        elif node is not element:
            parts.append(node.tail or "")
    return "".join(parts)


def _is_control(tag: str) -> bool:
    """Whether an element within a heading is there to be used; those defined by scripts have a hyphen in their name."""
    return tag in ("button", "select", "input") or "-" in tag


def _cuts(text: str, origin: str, short: str, sites: set[str], titles: Wordings) -> None:
    """Add what is left of a title when a part at its end, or its beginning, is the site's name or its section."""
    marks = [mark for mark in _CUT.finditer(text) if _parts_site(mark, text, sites)][:6]
    if not marks:
        if (mark := _BRACKET.search(text)) and is_site(mark[1], sites):
            titles.add(text[: mark.start()], origin, f"{short}:head-last")
        for mark in list(_COLON.finditer(text))[:1]:
            if is_site(text[: mark.start()], sites):
                titles.add(text[mark.end() :], origin, f"{short}:colon-tail")
        return
    for i, mark in enumerate(marks):
        head, tail = text[: mark.start()], text[mark.end() :]
        last = i == len(marks) - 1
        titles.add(head, origin, f"{short}:head-last" if last else f"{short}:head")
        group = titles.groups.get(squeezed(head))
        if group:
            group.facts[f"{short}:head-rest-site"] = max(
                group.facts.get(f"{short}:head-rest-site", 0.0), is_site(tail, sites)
            )
        titles.add(tail, origin, f"{short}:tail-first" if i == 0 else f"{short}:tail")
        group = titles.groups.get(squeezed(tail))
        if group:
            group.facts[f"{short}:tail-rest-site"] = max(
                group.facts.get(f"{short}:tail-rest-site", 0.0), is_site(head, sites)
            )
    for before, after in pairwise(marks):
        titles.add(text[before.end() : after.start()], origin, f"{short}:middle")
    ends = zip([0, *(mark.end() for mark in marks)], [*(mark.start() for mark in marks), len(text)], strict=True)
    longest = max((text[begin:end] for begin, end in ends), key=len)
    if group := titles.groups.get(squeezed(longest)):
        group.facts[f"{short}:longest"] = 1


def _parts_site(mark: re.Match[str], text: str, sites: set[str]) -> bool:
    """Return whether a mark may part a title from the site's name.

    A colon between blanks, as French sets it, belongs to a title that begins with a sort of document (`Note : ...`).
    """
    if mark[0].strip() != ":":
        return True
    words = _CUT.split(text[: mark.start()])[-1].casefold().split()
    return len(words) > OPENING_WORDS or not words or not (words[0] in KINDS or words[0] in OPENING)


def _site_beside(whole: str, titles: Wordings) -> None:
    """Note a part of `<title>` that is the site's name: a heading prints it, a later one the part before it."""
    for mark in list(_CUT.finditer(whole))[:6]:
        head, tail = (titles.groups.get(squeezed(side)) for side in (whole[: mark.start()], whole[mark.end() :]))
        if head and tail and squeezed(head.text) not in _GENERIC and _printed_at(tail) < _printed_at(head) < math.inf:
            tail.facts["printed-tail"] = 1


def _disagreeing(heading: str, level: int, titles: Wordings) -> None:
    """Note a `<title>` that shares no word with the document's heading, and that nothing else says: a site's name."""
    words = set(heading.casefold().split())
    if not level or len(words) < 3:
        return
    for group in titles.groups.values():
        whole = group.facts.keys() <= {"title", "og:title", "twitter:title"}
        part = level == 1 and all(fact.startswith("t:") for fact in group.facts)
        if (whole or part) and words.isdisjoint(group.text.casefold().split()):
            group.facts["no-word-of-heading"] = 1


def _apart_from_text(wordings: list[Candidate], body: str) -> None:
    """Note the last part of a `<title>` of which the text has no word, while it has words of what stands before it."""
    tails = [c for c in wordings if not _TAILS.isdisjoint(c.facts) and "h1:1" not in c.facts]
    if not tails:
        return
    text = body[:20_000].casefold()
    told = {c.value: any(holds_word(text, word) for word in _WORD.findall(str(c.value).casefold())) for c in wordings}
    for c in tails:
        if not told[c.value]:
            c.facts["tail-apart"] = float(any(told[other] for other in told if other != c.value))


OPENING = frozenset((
    "note", "rapport", "étude", "dossier", "synthèse", "avis", "enquête", "tribune", "entretien", "communiqué", "fiche",
    "analyse", "bilan", "décryptage", "portrait", "vidéo", "podcast", "report", "study", "guide", "video",
    "informe", "estudio", "nota", "guía", "relatório", "estudo", "rapporto", "studio", "studie", "bericht", "доклад",
))  # fmt: skip
"""Sorts of documents with which titles open, besides `KINDS`."""
OPENING_WORDS = 3
"""Most words of such an opening: `Rapport annuel 2021 : ...`."""
_TAILS = frozenset(["t:tail-first", "t:tail"])


_WORD = re.compile(r"[^\W\d_]{3,}")


def _printed_at(group: Wording) -> float:
    """Return where on the page the first heading with a wording stands; infinity where none has it."""
    return min((at for fact, at in group.facts.items() if fact.endswith(":where")), default=math.inf)


def _described(group: Wording, titles: Wordings, whole: str, sites: set[str], *, deep: bool) -> Candidate:
    facts = group.facts
    text = group.text
    small = squeezed(text)
    cut_off = all(":tail" in fact or fact.endswith(":longest") for fact in facts)
    words = len(text.split()) if not _CJK.search(text) else max(1, len(small) // 2)
    facts["sources"] = float(len({f.split(":")[0] for f in facts}))
    facts["words"] = min(words, 14) / 14
    facts["one-word"] = float(words <= 1)
    facts["two-words"] = float(words == 2)
    facts["long"] = float(words > 25)
    site = is_site(text, sites)
    facts["is-site"] = float(site == 1)
    facts["is-site&deep"] = float(site == 1 and deep)
    facts["holds-site"] = float(site == 0.5)
    facts["site-tail&deep"] = float(site > 0 and deep and cut_off)
    # `A – B` that a catalogue states, or heading and metadata alike, is one title, not a title and a site's name.
    facts["cut-of-stated"] = float(
        not any(fact in _WHOLE or fact.startswith(("h1:", "ld:", "prop:")) for fact in facts)
        and not any(facts.get(f"{short}:{part}-rest-site") == 1 for short in ("t", "og") for part in ("head", "tail"))
        and any(small in key and small != key and _stated(other, whole) for key, other in titles.groups.items())
    )
    facts["generic"] = float(small in _GENERIC)
    facts["separator"] = float(bool(_CUT.search(text)))
    whole_small = squeezed(whole)
    facts["title-starts"] = float(whole_small.startswith(small))
    facts["title-ends"] = float(whole_small.endswith(small))
    facts["title-holds"] = float(small in whole_small)
    if small in whole_small and whole_small:
        facts["title-share"] = len(small) / len(whole_small)
    facts["heading&title"] = float("title" in facts and any(fact.startswith(("h1:", "h2:")) for fact in facts))
    if "h1:1" in facts or "h1:2" in facts:
        facts["h1&title-holds"] = facts["title-holds"]
        facts["h1&long"] = facts["long"]
    longer = shorter = 0
    for key in titles.groups:
        if key != small and len(key) < 4 * len(small) + 60:
            longer += small in key
            shorter += key in small and len(key) > 6
    facts["held"] = min(longer, 4) / 4
    facts["holds"] = min(shorter, 4) / 4
    return Candidate(value=_PREFIX.sub("", text), raw=text, origin=group.origin, element=group.element, facts=facts)


def _stated(group: Wording, whole: str) -> bool:
    """Whether a wording is a whole title.

    It is that of a catalogue, a heading that is all of `<title>`, or `og:title` before the site's name.
    """
    facts = group.facts
    if "scholarly" in facts or ("h1:1" in facts and ("title" in facts or facts.keys() >= {"og:title", "ld:headline"})):
        return True
    return "og:title" in facts and "title" not in facts and len(group.text) > 12 and whole.startswith(group.text)


_WHOLE = frozenset(["og:title", "twitter:title", "title", "scholarly"])
_CJK = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]")


def choose(page: HtmlPage, main: MainText, shape: dict[str, float], chooser: Chooser) -> list[Candidate]:
    """Return the candidates for the title, the likeliest first; `shape` are the traits of the page."""
    ranked = chooser.rank("title", candidates(page, main, shape))
    ranked = named_first(ranked, lambda candidate: page.regions.beside_heading(candidate.element))
    other = unheaded(page, ranked[0]) if ranked else None
    return ranked if other is None else [other, *ranked]
