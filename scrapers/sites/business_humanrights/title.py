"""Which line of a page is its title: the heading that the head of the page names too, or the line beside the byline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrapers.html.dom import Dom
from scrapers.sites.business_humanrights import words
from scrapers.sites.business_humanrights.lines import Line
from scrapers.sites.business_humanrights.marks import SAYS, SENTENCE, could_be_authors, is_prose, marks_of
from scrapers.values.text import clean_line

NEAR = 6
SHORTEST_CUT = 20
LONGEST = 300
LONGEST_MENU_ITEM = 30
LONGEST_WORD = 25
QUOTES = tuple("\"'“”‘’«»„「『《")
SEPARATOR = re.compile(r"\s+[|–—·-]\s+")
SHORTEST_NAMED = 8


def title_at(lines: Sequence[Line], dom: Dom) -> int | None:
    """Return the index of the title's line, or None where no line stands out as one."""
    named = declared(dom)
    says = saying(lines)
    end = next((i for i, line in enumerate(lines) if _ends_page(line) and _has_begun(lines[:i], says)), None)
    lines, says = lines[:end], says[:end]
    best: tuple[int, int] | None = None
    for i, line in enumerate(lines):
        points = _points(line, named)
        if points:
            points += max(
                (NEAR - abs(i - k) for k in range(max(0, i - NEAR), min(len(says), i + NEAR + 1)) if says[k]), default=0
            )
        if points and (best is None or points > best[0]):
            best = points, i
    return best[1] if best else _by_order(lines, says)


def declared(dom: Dom) -> frozenset[str]:
    """Return the titles that the head declares, bare, without the site's name."""
    found = [dom.root.findtext("head/title") or ""]
    for meta in dom.root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name in ("og:title", "twitter:title", "dc.title", "citation_title"):
            found.append(meta.get("content") or "")
    titles = set()
    for title in map(clean_line, found):
        titles.add(title)
        # The site's name follows, under whatever name it goes.
        titles.update(title[: mark.start()] for mark in SEPARATOR.finditer(title) if mark.start() >= SHORTEST_NAMED)
    return frozenset(bare for title in titles if (bare := words.bare(words.PDF_PREFIX.sub("", title))))


def saying(lines: Sequence[Line]) -> list[bool]:
    """Return for each line whether it gives a type, a date or authors: by its own words, or as the value of a label."""
    says = [False] * len(lines)
    for i, line in enumerate(lines):
        marks = marks_of(line)
        if any(mark.what in SAYS for mark in marks):
            says[i] = True
            if marks[-1].what.endswith("-label") and i + 1 < len(lines):
                says[i + 1] = True
        elif i and says[i - 1] and i + 1 < len(lines) and could_be_authors(line.text):
            # Without a label the author line stands twice, the first time with a comma at its end.
            says[i] = says[i] or words.bare(line.text) in (words.bare(lines[i + 1].text), words.bare(lines[i - 1].text))
    return says


def _points(line: Line, named: frozenset[str]) -> int:
    """Return how much speaks for a line being the title; 0: nothing, or something against it."""
    text = line.text
    marks = marks_of(line)
    lists = line.heading == 1 and all(mark.what == "type" for mark in marks)  # `Blog`: the heading of a list
    if line.apart or text.casefold() in words.whole("site_names") or words.pattern("chrome").search(text):
        return 0
    if marks and not lists:
        return 0
    bare = words.bare(words.PDF_PREFIX.sub("", text))
    points = 0
    if bare in named:
        points = 60
    elif len(bare) >= SHORTEST_CUT and any(len(name) >= SHORTEST_CUT and bare.startswith(name) for name in named):
        points = 50  # the head cuts long titles
    if line.heading == 1:
        points += 50
    elif line.heading and points:
        points += 10
    elif line.only_links:
        points -= 20  # the last crumb of a path
    return max(points, 0)


def _by_order(lines: Sequence[Line], says: Sequence[bool]) -> int | None:
    """Return the title of a page that marks it in no way: the line before the byline, or after the metadata."""
    first = next((i for i, said in enumerate(says) if said), None)
    if first is None:
        lines = lines[: next((i + 1 for i, line in enumerate(lines) if _is_text(line)), len(lines))]
        free = [i for i, line in enumerate(lines) if _is_free(line)]
        own = [i for i in free if _like_title(lines[i])] or free[:1]
        spoken = [i for i in own if not lines[i].text.startswith(QUOTES)] or own
        return next((i for i in spoken if lines[i].heading), spoken[-1] if spoken else None)
    last = first
    while any(says[last + 1 : last + 3]) and (says[last + 1] or len(lines[last + 1].text) < 60):
        last += 1
    before = next((i for i in range(first - 1, max(-1, first - 4), -1) if _is_free(lines[i])), None)
    after = next((i for i in range(last + 1, min(len(lines), last + 5)) if _is_free(lines[i])), None)
    if before is not None and _like_title(lines[before]):
        labelled = any(
            mark.what == "date" and mark.label for i in range(first, last + 1) for mark in marks_of(lines[i])
        )
        if labelled or after is None or not _like_title(lines[after]) or lines[after].text.startswith(QUOTES):
            return before  # the first generation names its date, and prints both under the title
    if after is None or before is None:
        return before if after is None else after
    return after if _like_title(lines[after]) or len(lines[after].text) < len(lines[before].text) else before


def _is_free(line: Line) -> bool:
    """Return whether a line is neither of the frame nor a mark nor a menu."""
    text = line.text
    if line.only_links or line.apart or (line.item is not None and len(text) <= LONGEST_MENU_ITEM):
        return False
    if len(text) > LONGEST_WORD and text.isascii() and " " not in text:
        return False  # the names of a sprite's symbols, run together
    return not (marks_of(line) or text.casefold() in words.whole("site_names") or words.pattern("chrome").search(text))


def _is_text(line: Line) -> bool:
    sentence = is_prose(line) and SENTENCE.search(line.text) is not None
    return sentence and not marks_of(line) and not words.pattern("chrome").search(line.text)


def _has_begun(lines: Sequence[Line], says: Sequence[bool]) -> bool:
    """Return whether the document has begun: before it, the words that end it are those of a menu."""
    return any((line.heading == 1 and _is_free(line)) or says[i] or _is_text(line) for i, line in enumerate(lines))


def _ends_page(line: Line) -> bool:
    """Return whether no title stands after a line; a type's label has the words of a heading at a page's end."""
    text = line.text
    return (
        not line.only_links
        and text.casefold() not in words.whole("types")
        and words.pattern("ending").search(text) is not None
    )


def _like_title(line: Line) -> bool:
    text = line.text
    if line.heading:
        return True
    if line.only_links or line.apart or len(text) > LONGEST or words.pattern("chrome").search(text):
        return False
    if not any(character.isalpha() for character in text):
        return False
    return not text.endswith((".", "…", "。", ":")) and text.casefold() not in words.whole("site_names")
