"""The main text of a page: which of its blocks are content, and how they read as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scrapers.html.blocks import INLINE
from scrapers.html.maintext.declared import declared_text
from scrapers.html.maintext.edges import asks_consent, completed, trimmed
from scrapers.html.maintext.plain import render
from scrapers.html.regions.words import Region

if TYPE_CHECKING:
    import numpy as np
    from lxml.html import HtmlElement
    from numpy.typing import NDArray

    from scrapers.html.maintext.scores import Model
    from scrapers.html.page import HtmlPage
    from scrapers.html.regions.regions import Regions

    Floats = NDArray[np.float32]

NOTHING = 0.3
"""Expected F1 below which a page is taken to have no main text."""
LITTLE = 500
"""Letters that a text must have if no block of it is likelier content than not: shells of pages have a line or two."""
SHORT = 1500
"""Characters below which a page may be hiding its text from those who run no scripts."""
MORE = 2.5
"""How much longer than what is seen a declared text must be to be taken for the page's."""
ENOUGH = 200
OTHERS = frozenset(region for region in Region if region >= Region.RELATED)
"""Regions whose text is no part of the body."""
UNSEEN = frozenset((Region.DIALOG, Region.HIDDEN))
CONSISTS = 0.6
"""A page consists of what looks like others' regions from this share of its likely content on."""
OWN_TEXT = 400
"""A document has sentences of this width or more where others' texts around it are longer."""
LIKELY = 0.25
"""Share of these sentences that must be likely content: beside longer texts of others every block looks less so."""
OF_MANY = ("forum", "listing", "collection")
"""Kinds of pages that do consist of many alike parts."""
MOSTLY = 0.5
"""Likelihood from which a page is taken to be of one of these kinds."""
AT_ONCE = 20_000
"""Blocks that are judged together; a page of more is judged piece by piece, so that memory stays bounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MainText:
    """What of a page is content."""

    body: str
    """Plain text: paragraphs parted by a blank line, headings, list items and table rows on own lines; NFC."""
    elements: tuple[HtmlElement, ...] = ()
    """The elements whose own text was chosen, in document order."""
    origin: str = "text"
    """`text`, or where it was declared: `json-ld:articleBody`."""
    confidence: float = 0.0
    """The F1 that the choice is expected to have."""
    owners: frozenset[HtmlElement] = field(default=frozenset(), repr=False)
    """`elements`, to be asked whether one is among them."""
    holders: frozenset[HtmlElement] = field(default=frozenset(), repr=False)
    """Every element that parts text and holds some of the chosen."""
    kinds: Mapping[str, float] = field(default_factory=dict)
    """How likely the page is an article, a forum, a shop ...: shares that add up to 1; empty where it has no text."""

    def contains(self, element: HtmlElement) -> bool:
        """Return whether the element holds or lies in chosen text."""
        if element.tag not in INLINE:
            return element in self.holders
        around = next((a for a in element.iterancestors() if a.tag not in INLINE), None)
        return around is not None and around in self.owners

    @property
    def first(self) -> HtmlElement | None:
        """The element of the first content block."""
        return self.elements[0] if self.elements else None


def read(parts: HtmlPage, learned: Model | None = None) -> MainText:
    """Return the main text of a page; its body is empty where nothing is likely to be content."""
    seen = _seen(parts, learned)
    if (
        len(seen.body) < SHORT
        and (declared := declared_text(parts.dom))
        and len(declared[0]) > max(MORE * len(seen.body), ENOUGH)
    ):
        body, origin = declared
        return replace(seen, body=body, origin=origin)
    return seen


def is_nothing(likely: Floats, lengths: Floats, chosen: NDArray[np.bool_], expected: float) -> bool:
    """Return whether what was chosen is too unlikely to be a text."""
    return expected < NOTHING or (float(likely.max()) < 0.5 and float(lengths[chosen].sum()) < LITTLE)


def others(regions: Regions, expected: Floats, kinds: Mapping[str, float]) -> NDArray[np.bool_]:
    """Return which blocks are another's text; if most of the page seems to be, only the blocks that are not shown.

    A document with sentences of its own does not consist of the sections around it that are headed as others', nor of
    what stands outside of the element that holds its heading and its sentences, however much that is.

    Args:
        regions: the regions of the page.
        expected: how much content each block is likely to hold.
        kinds: how likely the page is an article, a forum ...
    """
    import numpy as np

    numbers = range(len(expected))
    foreign = np.array([regions.of_block(number) in OTHERS for number in numbers], np.bool_)

    def consists(part: range) -> bool:
        piece = slice(part.start, part.stop)
        return float(expected[piece][foreign[piece]].sum()) > CONSISTS * float(expected[piece].sum())

    def has_text(part: range) -> bool:
        tree = regions.tree
        sentences = [n for n in part if tree.is_prose[n] and not foreign[n]]
        width = sum(tree.widths[n] for n in sentences)
        return width >= OWN_TEXT and float(expected[sentences].sum()) >= LIKELY * width

    if not consists(numbers):
        return foreign
    around = () if sum(kinds.get(kind, 0.0) for kind in OF_MANY) > MOSTLY else regions.around_heading()
    own = next(filter(has_text, around), None)
    for number in numbers if own is None else own if consists(own) else ():
        headed = own is not None and regions.is_headed(number)
        foreign[number] = foreign[number] and (headed or regions.of_block(number) in UNSEEN)
    return foreign


def _seen(parts: HtmlPage, learned: Model | None) -> MainText:
    """Return the main text among what the page shows."""
    page = parts.blocks
    if not page.texts:
        return MainText(body="")
    import numpy as np

    from scrapers.html.maintext.facts import facts
    from scrapers.html.maintext.page import about
    from scrapers.html.maintext.scores import KINDS, best_set, confidence, kinds, likelihoods, model

    learned = learned or model()
    whole = about(parts.dom, page)
    pieces = []
    for begin in range(0, len(page.texts), AT_ONCE):
        part = page if len(page.texts) <= AT_ONCE else page.part(begin, begin + AT_ONCE)
        numbers = facts(part, whole)
        by_kind = kinds(numbers, learned.vocabulary)
        pieces.append((likelihoods(numbers, learned, by_kind), numbers.lengths))
    likely, lengths = (np.concatenate(values) for values in zip(*pieces, strict=True))
    shares = dict(zip(KINDS, by_kind.tolist(), strict=True))
    likely[asks_consent(page)] = 0
    foreign = others(parts.regions, likely * lengths, shares)
    likely[foreign] = 0
    chosen, _ = best_set(likely, lengths)
    expected = confidence(likely, lengths, chosen)
    if is_nothing(likely, lengths, chosen, expected):
        return MainText(body="", confidence=expected, kinds=shares)
    whole_set = completed(page, chosen.nonzero()[0].tolist())
    kept = trimmed(page, [number for number in whole_set if not foreign[number]])
    owners = dict.fromkeys(page.owners[number] for number in kept)
    holders: set[int] = set()
    for node in owners:
        while node >= 0 and node not in holders:
            holders.add(node)
            node = page.node_parents[node]
    elements = tuple(page.node_elements[node] for node in owners)
    return MainText(
        body=render(page, kept),
        elements=elements,
        owners=frozenset(elements),
        confidence=expected,
        holders=frozenset(page.node_elements[node] for node in holders),
        kinds=shares,
    )
