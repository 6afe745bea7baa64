"""Which line of a page is its title: the heading that the head of the page names too, or the line beside the byline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrapers.html.dom import Dom
from scrapers.sites.business_humanrights import words
from scrapers.sites.business_humanrights.lines import Line
from scrapers.sites.business_humanrights.marks import SAYS, marks_of
from scrapers.values.text import clean_line

NEAR = 6
SHORTEST_CUT = 20
SENTENCE_ENDS = tuple(".!?…。！？؟")


def title_at(lines: Sequence[Line], dom: Dom) -> int | None:
    """Return the index of the title's line, or None where no line stands out as one."""
    named = declared(dom)
    says = [any(mark.what in SAYS for mark in marks_of(line)) for line in lines]
    best: tuple[int, int] | None = None
    for i, line in enumerate(lines):
        points = _points(line, named)
        if points and any(says[max(0, i - NEAR) : i + NEAR + 1]):
            points += 15
        if points and (best is None or points > best[0]):
            best = points, i
    return best[1] if best else _beside_byline(lines, says)


def declared(dom: Dom) -> frozenset[str]:
    """Return the titles that the head declares, bare, without the site's name."""
    found = [dom.root.findtext("head/title") or ""]
    for meta in dom.root.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in (
            "og:title",
            "twitter:title",
            "dc.title",
            "citation_title",
        ):
            found.append(meta.get("content") or "")
    bares = set()
    for title in found:
        head, mark, tail = re.match(r"(.*?)(\s[|–—-]\s|$)([^|–—]*)$", clean_line(title)).groups()  # type: ignore[union-attr]
        bares.add(words.bare(head if mark and tail.casefold().strip() in words.whole("site_names") else title))
    return frozenset(bare for bare in bares if bare)


def _points(line: Line, named: frozenset[str]) -> int:
    """Return how much speaks for a line being the title; 0: nothing, or something against it."""
    text = line.text
    if (
        line.apart
        or text.casefold() in words.whole("site_names")
        or marks_of(line)
        or words.pattern("chrome").search(text)
    ):
        return 0
    bare = words.bare(words.PDF_PREFIX.sub("", text))
    points = 0
    if bare in named or words.bare(text) in named:
        points = 60
    elif any(len(bare) >= SHORTEST_CUT and len(name) >= SHORTEST_CUT and bare.startswith(name) for name in named):
        points = 50  # the head cuts long titles
    if line.heading == 1:
        points += 50
    elif line.heading and points:
        points += 10
    if points and words.pattern("ending").search(text):
        points -= 45
    if line.heading != 1 and line.only_links:
        points -= 20
    return max(points, 0)


def _beside_byline(lines: Sequence[Line], says: Sequence[bool]) -> int | None:
    """Return the title of a page that marks it in no way: the line before the byline, or after the metadata."""
    first = next((i for i, said in enumerate(says) if said), None)
    if first is None:
        return next(
            (i for i, line in enumerate(lines) if line.heading and not marks_of(line) and not line.only_links), None
        )
    last = first
    while last + 1 < len(lines) and (says[last + 1] or (last + 2 < len(lines) and says[last] and says[last + 2])):
        last += 1
    before = next((i for i in range(first - 1, max(-1, first - 4), -1) if not marks_of(lines[i])), None)
    after = next((i for i in range(last + 1, min(len(lines), last + 4)) if not marks_of(lines[i])), None)
    if after is not None and (_like_title(lines[after]) or before is None):
        return after
    return before if before is not None and _like_title(lines[before]) else after


def _like_title(line: Line) -> bool:
    text = line.text
    return bool(line.heading) or (
        len(text) <= 300
        and not line.only_links
        and not text.endswith((".", "…", "。"))
        and not words.pattern("chrome").search(text)
    )
