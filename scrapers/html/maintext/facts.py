"""What can be said of each block of a page in numbers: its text, its place, the elements around it.

Everything is counted for all blocks at once. Only the hashed words, which a model weighs, depend on the language.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from scrapers.html.blocks import PRE
from scrapers.html.maintext.characters import COMMA, DIGIT, LOWER, MARK, SPACE, STOP, UPPER, WIDE, characters
from scrapers.html.maintext.page import About
from scrapers.html.maintext.words import WORD, name_buckets, word_buckets

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from scrapers.html.blocks import Blocks

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

TAGS = (
    "p", "div", "li", "td", "th", "span", "section", "article", "main", "aside", "nav", "header", "footer", "ul",
    "ol", "dl", "dt", "dd", "table", "tr", "tbody", "form", "button", "label", "pre", "blockquote", "figure",
    "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "details", "body", "address", "center",
    "fieldset", "noscript", "caption",
)  # fmt: skip
TAG_NUMBERS = {tag: number for number, tag in enumerate(TAGS, 1)}


class Facts:
    """The numbers of one page: matrices with a row a block, and the tree as arrays."""

    __slots__ = (
        "alike",
        "base",
        "ends",
        "heading",
        "lengths",
        "name_index",
        "names",
        "node",
        "page_words",
        "parents",
        "paths",
        "prose",
        "starts",
        "word_index",
        "words",
    )

    base: Floats
    """A row a block; the columns in the order of `facts`."""
    lengths: Floats
    """Letters of each block's text; a wide letter counts for two."""
    node: Ints
    """Each block's node."""
    parents: Ints
    starts: Ints
    ends: Ints
    heading: Ints
    """The block of the nearest heading before each block, or -1."""
    prose: NDArray[np.bool_]
    """Whether a block is a sentence or more, and not preformatted."""
    alike: Ints
    """A number for each node that those of the same tag and name share ..."""
    paths: Ints
    """... and one that only those share whose ancestors do so as well."""
    names: Ints
    """Buckets of the names that `alike` numbers, one after another ..."""
    name_index: Ints
    """... and where each name's begin."""
    words: Ints
    word_index: Ints
    page_words: Ints
    """Buckets of the page as a whole."""


def _ratio(a: Any, b: Any) -> Any:
    return a / np.maximum(b, 1)


def _shift(values: Any, by: int, fill: float = -1) -> Any:
    """Return the values of the block `by` places later (before, if negative)."""
    out = np.full_like(values, fill)
    if by > 0:
        out[:-by] = values[by:]
    else:
        out[-by:] = values[:by]
    return out


def _around(values: Any, reach: int) -> Any:
    """Return the mean over the blocks within reach, itself among them."""
    sums = np.concatenate(([0.0], np.cumsum(values)))
    n = len(values)
    low = np.maximum(np.arange(n) - reach, 0)
    high = np.minimum(np.arange(n) + reach + 1, n)
    return (sums[high] - sums[low]) / (high - low)


class Numbers:
    """What the columns are made from: arrays with an entry a block, or a node."""

    def __init__(self, page: Blocks) -> None:
        count, first, last, size = characters(page.texts)
        self.page = page
        self.n = len(page.texts)
        self.size, self.first, self.last = size, first, last
        self.counts = count
        self.letters = count[LOWER] + count[UPPER]
        self.length = self.letters + 2 * count[WIDE] + count[DIGIT]
        self.words = count[SPACE] + count[WIDE] / 2
        self.linked = _ratio(np.array(page.linked, np.float32), size)
        self.level = np.array(page.levels, np.float32)
        self.node = np.array(page.owners, np.int64)
        self.parents = np.array(page.node_parents, np.int64)
        self.starts = np.array(page.node_starts, np.int64)
        self.ends = np.array(page.node_ends, np.int64)
        self.alike, self.paths, self.names = _templates(page)
        self.tags = np.array([TAG_NUMBERS.get(tag, 0) for tag in page.node_tags], np.float32)
        self.total = float(self.length.sum())
        self.position = np.arange(self.n)
        self.ended = (last == STOP).astype(np.float32)
        prose = (self.length > 60) & (self.linked < 0.5) & (count[STOP] + count[COMMA] > 0)
        self.prose = np.where(prose, self.length * (1 - self.linked), 0)
        self.prose_total = float(self.prose.sum())
        self.is_heading = self.level > 0
        before = np.maximum.accumulate(np.where(self.is_heading, self.position, -1))
        self.heading = np.where(self.is_heading, np.concatenate(([-1], before[:-1])), before)
        """The block of the nearest heading before each block, or -1."""
        self.depth, self.bigger = _ancestry(page)
        self.node_length = self.summed(self.length)
        self.node_linked = self.summed(self.length * self.linked)
        self.node_prose = self.summed(self.prose)

    def summed(self, values: Any) -> Any:
        """Return the sum over each node's blocks."""
        sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        return sums[self.ends] - sums[self.starts]


def _ancestry(page: Blocks) -> tuple[Any, Any]:
    """Return each node's depth, and its nearest ancestor that holds more blocks than it does."""
    held = [end - start for start, end in zip(page.node_starts, page.node_ends, strict=True)]
    depths: list[int] = []
    above: list[int] = []
    for number, parent in enumerate(page.node_parents):
        depths.append(depths[parent] + 1 if parent >= 0 else 0)
        while parent >= 0 and held[parent] == held[number] and page.node_parents[parent] >= 0:
            parent = above[parent]
        above.append(parent)
    return np.array(depths, np.int64), np.array(above, np.int64)


def _templates(page: Blocks) -> tuple[Ints, Ints, list[tuple[str, str]]]:
    """Return for each node the number of its tag and name, and that of these together with all its ancestors'.

    Last come the tags and names, by their number.
    """
    names: dict[tuple[str, str], int] = {}
    numbers: dict[tuple[int, int], int] = {}
    alike = [names.setdefault(pair, len(names)) for pair in zip(page.node_tags, page.node_keys, strict=True)]
    paths: list[int] = []
    for name, parent in zip(alike, page.node_parents, strict=True):
        paths.append(numbers.setdefault((name, paths[parent] if parent >= 0 else -1), len(numbers)))
    return np.array(alike, np.int64), np.array(paths, np.int64), list(names)


def _own(of: Numbers) -> list[Any]:
    """Return the columns of each block by itself."""
    page, count, words = of.page, of.counts, of.words
    flags = np.array(page.node_flags, np.int64)[of.node]
    return [
        np.log1p(of.length),
        np.log1p(words),
        of.linked,
        _ratio(np.array(page.strong, np.float32), of.size),
        np.log1p(np.array(page.links, np.float32)),
        np.array(page.images, np.float32),
        np.array(page.breaks, np.float32),
        of.level,
        _ratio(count[UPPER], of.letters),
        _ratio(count[DIGIT], of.size),
        _ratio(count[COMMA], words + 1),
        _ratio(count[STOP], words + 1),
        np.minimum(count[MARK], 5),
        of.ended,
        of.first.astype(np.float32),
        of.last.astype(np.float32),
        _ratio(count[WIDE], of.letters + count[WIDE]),
        _ratio(of.length, words + 1),
        of.tags[of.node],
        of.prose > 0,
        *((flags >> bit & 1).astype(np.float32) for bit in range(26)),
    ]


def _place(of: Numbers) -> list[Any]:
    """Return the columns of each block's place on the page, among the first heading and the nearest ones."""
    n, position, heading = of.n, of.position, of.heading
    h1 = np.flatnonzero(of.level == 1)
    following = np.minimum.accumulate(np.where(of.is_heading, position, n)[::-1])[::-1]
    following = np.concatenate((following[1:], [n]))
    return [
        position / n,
        (np.cumsum(of.length) - of.length) / max(of.total, 1),
        np.log1p(position),
        np.log1p(n - position),
        (np.cumsum(of.prose) - of.prose) / max(of.prose_total, 1),
        np.clip(position - h1[0], -50, 50) if len(h1) else np.full(n, -99),
        np.where(heading >= 0, of.level[heading], 0),
        np.where(heading >= 0, np.minimum(position - heading, 60), 99),
        np.minimum(following - position, 60),
    ]


def _neighbours(of: Numbers) -> list[Any]:
    """Return the columns of the blocks around each."""
    columns: list[Any] = []
    for by in (-2, -1, 1, 2):
        columns.append(_shift(np.log1p(of.length), by))
        columns.append(_shift(of.linked, by))
        columns.append(_shift(of.tags[of.node], by))
        columns.append(_shift(of.prose > 0, by, 0) * 1.0)
    columns += [_shift(of.ended, 1), _shift(of.ended, -1)]
    for reach in (3, 8, 20):
        columns.append(np.log1p(_around(of.length * (1 - of.linked), reach)))
        columns.append(_around(of.linked * of.length, reach) / (_around(of.length, reach) + 1))
        columns.append(_around((of.prose > 0).astype(np.float32), reach))
    return columns


def _elements(of: Numbers) -> list[Any]:
    """Return the columns of the elements that each block lies in, up to four above its own."""
    page = of.page
    blocks_held = (of.ends - of.starts).astype(np.float64)
    heads, images = of.summed(of.is_heading), of.summed(page.images)
    pairs = list(zip(page.node_parents, of.alike.tolist(), strict=True))
    siblings = Counter(pairs)
    repeats = np.bincount(of.alike)[of.alike].astype(np.float32)
    alike = np.array([siblings[pair] for pair in pairs], np.float32)
    columns = [of.depth[of.node].astype(np.float32), np.log1p(repeats[of.node]), np.log1p(alike[of.node])]
    up = of.node
    for number in range(5):
        columns.append(_ratio(of.node_length[up], of.total))
        columns.append(_ratio(of.node_linked[up], of.node_length[up]))
        columns.append(_ratio(of.node_prose[up], of.node_length[up]))
        columns.append(_ratio(of.node_prose[up], of.prose_total))
        columns.append(np.log1p(blocks_held[up]))
        columns.append(_ratio(of.node_length[up], blocks_held[up]))
        if number:
            columns.append(_ratio(heads[up], blocks_held[up]))
            columns.append(of.tags[up])
            columns.append(np.log1p(alike[up]))
            columns.append(np.log1p(images[up]))
        up = np.where(of.bigger[up] >= 0, of.bigger[up], up)
    return columns


def _core(of: Numbers) -> list[Any]:
    """Return the columns of the deepest element that holds most of the prose, and where each block stands to it."""
    columns: list[Any] = []
    starts, ends, parents, depth = of.starts, of.ends, of.parents, of.depth
    for share in (0.5, 0.8, 0.95):
        holders = np.flatnonzero(of.node_prose >= share * of.prose_total) if of.prose_total else np.array([0])
        core = int(holders[np.argmax(depth[holders])]) if len(holders) else 0
        inside = (of.position >= starts[core]) & (of.position < ends[core])
        columns.append(np.where(inside, 0, np.where(of.position < starts[core], -1, 1)))
        columns.append(np.full(of.n, _ratio(of.node_linked[core], of.node_length[core])))
        columns.append(np.full(of.n, _ratio(of.node_length[core], of.total)))
        # How far up the smallest element is that holds both.
        common = of.node.copy()
        for _ in range(30):
            outside = ends[common] <= starts[core]
            outside |= starts[common] >= ends[core]
            outside &= parents[common] >= 0
            if not outside.any():
                break
            common = np.where(outside, parents[common], common)
        columns.append(depth[core] - np.minimum(depth[common], depth[core]))
    return columns


def _said(of: Numbers, about: About) -> list[Any]:
    """Return the columns of what the page says elsewhere: each block again, its title, its descriptions."""
    n, told = of.n, about.told
    lower = [text.lower() for text in of.page.texts]
    seen = Counter(lower)
    title = set(WORD.findall(about.title.lower()))
    likeness = np.zeros(n, np.float32)
    if title:
        for number in np.flatnonzero((of.size < 300) & (of.size > 3)).tolist():
            first = WORD.search(lower[number])
            if first and (first[0] in title or of.level[number]):
                found = WORD.findall(lower[number])
                likeness[number] = 2 * len(title.intersection(found)) / (len(title) + len(found))
    best = int(np.argmax(likeness + (of.level == 1) * 0.2)) if title else 0
    again = [bool(told) and len(text) > 20 and text[:80] in told for text in of.page.texts]
    return [
        np.log1p(np.array([seen[text] for text in lower], np.float32)),
        likeness,
        np.clip(of.position - best, -60, 60) if likeness[best] > 0.5 else np.full(n, -99),
        np.array(again, np.float32),
        np.full(n, np.log1p(len(told))),
    ]


def _whole(of: Numbers) -> list[Any]:
    """Return the columns that are the same for all blocks of a page."""
    page = of.page
    values = (
        np.log1p(of.total),
        np.log1p(of.n),
        _ratio(of.prose_total, of.total),
        float((of.linked * of.length).sum()) / max(of.total, 1),
        int((of.level == 1).sum()),
        np.log1p(sum(tag == "article" for tag in page.node_tags)),
        "main" in page.node_tags,
        np.log1p(int((of.prose > 0).sum())),
        float(np.log1p(of.length.max())),
        np.log1p(int(of.is_heading.sum())),
        float(of.counts[WIDE].sum()) / max(of.total, 1),
        np.log1p(float((of.prose / 100).max())),
    )
    return [np.full(of.n, value) for value in values]


def _joined(lists: Sequence[Collection[int]]) -> tuple[Any, Any]:
    """Return the numbers of all lists one after another, and where each list begins."""
    index = np.zeros(len(lists) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, lists), np.int64, len(lists)), out=index[1:])
    return np.fromiter(chain.from_iterable(lists), np.int64, int(index[-1])), index


def side_by_side(columns: list[Any]) -> Floats:
    """Return columns as a matrix with a row a block; a column lies in one piece, as the trees read it."""
    out = np.empty((len(columns), len(columns[0])), np.float32)
    for row, column in zip(out, columns, strict=True):
        row[:] = column
    return out.T


def facts(page: Blocks, about: About) -> Facts:
    """Return the numbers of a page with at least one block."""
    of = Numbers(page)
    out = Facts()
    columns = [*_own(of), *_place(of), *_neighbours(of), *_elements(of), *_core(of), *_said(of, about), *_whole(of)]
    out.base = side_by_side(columns)
    out.lengths, out.heading = of.length, of.heading
    out.alike, out.paths = of.alike, of.paths
    pre = np.array(page.node_flags, np.int64)[of.node] & PRE > 0
    out.prose = (of.length > 60) & (of.linked < 0.5) & ~pre
    out.node, out.parents, out.starts, out.ends = of.node, of.parents, of.starts, of.ends
    out.names, out.name_index = _joined([name_buckets(*name) for name in of.names])
    out.words, out.word_index = _joined(list(map(word_buckets, page.texts)))
    out.page_words = np.array(about.buckets, np.int64)
    return out
