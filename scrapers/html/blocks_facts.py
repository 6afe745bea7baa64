"""What can be said of each block of a page in numbers: its text, its place, the elements around it.

Everything is counted for all blocks at once. Nothing here depends on a language, but for the hashed words that a model
weighs.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from scrapers.html.blocks_page import About
from scrapers.html.blocks_words import WORD, name_buckets, word_buckets

if TYPE_CHECKING:
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

LOWER, UPPER, DIGIT, SPACE, COMMA, STOP, WIDE, MARK = range(1, 9)
COMMAS = ",，、،;；؛·"
STOPS = ".!?。！？．…؟।॥။:："
MARKS = "|/©®™•»«›‹→←↑↓▲▼+*#@<>=$€£¥%"


@cache
def _classes() -> NDArray[np.uint8]:
    """Return the class of each character of the basic plane."""
    table = np.zeros(65_536, np.uint8)
    for code in range(65_536):
        category = unicodedata.category(chr(code))
        if category in ("Lu", "Lt"):
            table[code] = UPPER
        elif category[0] in "LM":
            table[code] = (
                WIDE if 0x2E80 <= code <= 0xD7FF and category == "Lo" and not 0xA000 <= code < 0xAC00 else LOWER
            )
        elif category == "Nd":
            table[code] = DIGIT
        elif category[0] == "Z" or code in (9, 10):
            table[code] = SPACE
    for characters, number in ((COMMAS, COMMA), (STOPS, STOP), (MARKS, MARK)):
        for character in characters:
            table[ord(character)] = number
    return table


class Facts:
    """The numbers of one page: matrices with a row a block, and the tree as arrays."""

    __slots__ = (
        "base",
        "ends",
        "heading",
        "lengths",
        "name_index",
        "names",
        "node",
        "page_words",
        "parents",
        "starts",
        "word_index",
        "words",
    )

    base: Floats
    """Rows: blocks; columns: BASE."""
    lengths: Floats
    """Of the text, in letters; a wide one counts for two."""
    node: Ints
    """Each block's node."""
    parents: Ints
    starts: Ints
    ends: Ints
    heading: Ints
    """The block of the nearest heading before each block, or -1."""
    names: Ints
    """Buckets of the nodes' names, one after another ..."""
    name_index: Ints
    """... and where each node's begin."""
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


def facts(page: Blocks, about: About) -> Facts:
    """Return the numbers of a page with at least one block."""
    title, told = about.title, about.told
    out = Facts()
    n = len(page.texts)
    columns: list[Any] = []
    add = columns.append

    joined = "\n".join(page.texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _classes()[np.minimum(codes, 65_535)]
    sizes = np.fromiter(map(len, page.texts), np.int64, n)
    begins = np.concatenate(([0], np.cumsum(sizes + 1)[:-1]))

    def count(number: int) -> Any:
        return np.add.reduceat((classes == number).astype(np.int32), begins).astype(np.float32)

    wide = count(WIDE)
    upper, digits, spaces = count(UPPER), count(DIGIT), count(SPACE)
    commas, stops, marks = count(COMMA), count(STOP), count(MARK)
    letters = count(LOWER) + upper
    length = (letters + 2 * wide + digits).astype(np.float32)
    words = spaces + wide / 2
    size = sizes.astype(np.float32)
    linked = _ratio(np.array(page.linked, np.float32), size)
    strong = _ratio(np.array(page.strong, np.float32), size)
    links = np.array(page.links, np.float32)
    level = np.array(page.levels, np.float32)
    last = classes[begins + sizes - 1]
    first = classes[begins]
    node = np.array(page.owners, np.int64)
    parents = np.array(page.node_parents, np.int64)
    starts = np.array(page.node_starts, np.int64)
    ends = np.array(page.node_ends, np.int64)
    flags = np.array(page.node_flags, np.int64)[node]
    tags = np.array([TAG_NUMBERS.get(tag, 0) for tag in page.node_tags], np.float32)
    total = float(length.sum())
    position = np.arange(n)
    ended = (last == STOP).astype(np.float32)
    prose = np.where((length > 60) & (linked < 0.5) & (stops + commas > 0), length * (1 - linked), 0)

    # The block itself.
    for values in (
        np.log1p(length), np.log1p(words), linked, strong, np.log1p(links), np.array(page.images, np.float32),
        np.array(page.breaks, np.float32), level, _ratio(upper, letters), _ratio(digits, size),
        _ratio(commas, words + 1), _ratio(stops, words + 1), np.minimum(marks, 5), ended, first.astype(np.float32),
        last.astype(np.float32), _ratio(wide, letters + wide), _ratio(length, words + 1), tags[node], prose > 0,
    ):  # fmt: skip
        add(values)
    for bit in range(26):
        add((flags >> bit & 1).astype(np.float32))

    # Its place.
    before = np.cumsum(length) - length
    add(position / n)
    add(before / max(total, 1))
    add(np.log1p(position))
    add(np.log1p(n - position))
    prose_total = float(prose.sum())
    add((np.cumsum(prose) - prose) / max(prose_total, 1))
    h1 = np.flatnonzero(level == 1)
    first_h1 = h1[0] if len(h1) else -1
    add(np.clip(position - first_h1, -50, 50) if first_h1 >= 0 else np.full(n, -99))

    # Headings before it.
    is_heading = level > 0
    heading = np.maximum.accumulate(np.where(is_heading, position, -1))
    heading = np.where(is_heading, np.concatenate(([-1], heading[:-1])), heading)
    add(np.where(heading >= 0, level[heading], 0))
    add(np.where(heading >= 0, np.minimum(position - heading, 60), 99))
    following = np.minimum.accumulate(np.where(is_heading, position, n)[::-1])[::-1]
    following = np.concatenate((following[1:], [n]))
    add(np.minimum(following - position, 60))

    # Its neighbours.
    dense = length * (1 - linked)
    for by in (-2, -1, 1, 2):
        add(_shift(np.log1p(length), by))
        add(_shift(linked, by))
        add(_shift(tags[node], by))
        add(_shift(prose > 0, by, 0) * 1.0)
    add(_shift(ended, 1))
    add(_shift(ended, -1))
    for reach in (3, 8, 20):
        add(np.log1p(_around(dense, reach)))
        add(_around(linked * length, reach) / (_around(length, reach) + 1))
        add(_around((prose > 0).astype(np.float32), reach))

    # The elements around it.
    def summed(values: Any) -> Any:
        sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        return sums[ends] - sums[starts]

    node_length, node_linked, node_prose = summed(length), summed(length * linked), summed(prose)
    node_blocks = (ends - starts).astype(np.float64)
    node_heads, node_images = summed(is_heading), summed(page.images)
    depths: list[int] = []
    # One block may fill several elements: an ancestor counts where it holds more than the one below.
    held = node_blocks.tolist()
    above: list[int] = []
    for number, parent in enumerate(page.node_parents):
        depths.append(depths[parent] + 1 if parent >= 0 else 0)
        while parent >= 0 and held[parent] == held[number] and page.node_parents[parent] >= 0:
            parent = above[parent]
        above.append(parent)
    depth, bigger = np.array(depths, np.int64), np.array(above, np.int64)
    add(depth[node].astype(np.float32))
    up = node
    same_key: dict[str, int] = {}
    keys = [f"{tag} {key}" for tag, key in zip(page.node_tags, page.node_keys, strict=True)]
    for key in keys:
        same_key[key] = same_key.get(key, 0) + 1
    repeats = np.array([same_key[key] for key in keys], np.float32)
    siblings: dict[tuple[int, str], int] = {}
    pairs = list(zip(page.node_parents, keys, strict=True))
    for pair in pairs:
        siblings[pair] = siblings.get(pair, 0) + 1
    alike = np.array([siblings[pair] for pair in pairs], np.float32)
    add(np.log1p(repeats[node]))
    add(np.log1p(alike[node]))
    for number in range(5):
        add(_ratio(node_length[up], total))
        add(_ratio(node_linked[up], node_length[up]))
        add(_ratio(node_prose[up], node_length[up]))
        add(_ratio(node_prose[up], prose_total))
        add(np.log1p(node_blocks[up]))
        add(_ratio(node_length[up], node_blocks[up]))
        if number:
            add(_ratio(node_heads[up], node_blocks[up]))
            add(tags[up])
            add(np.log1p(alike[up]))
            add(np.log1p(node_images[up]))
        up = np.where(bigger[up] >= 0, bigger[up], up)

    # The deepest element that holds most of the page's prose, and where the block stands to it.
    for share in (0.5, 0.8, 0.95):
        holders = np.flatnonzero(node_prose >= share * prose_total) if prose_total else np.array([0])
        core = int(holders[np.argmax(depth[holders])]) if len(holders) else 0
        inside = (position >= starts[core]) & (position < ends[core])
        add(np.where(inside, 0, np.where(position < starts[core], -1, 1)))
        add(np.full(n, _ratio(node_linked[core], node_length[core])))
        add(np.full(n, _ratio(node_length[core], total)))
        # How far up the smallest element is that holds both.
        common = node.copy()
        for _ in range(30):
            outside = ends[common] <= starts[core]
            outside |= starts[common] >= ends[core]
            outside &= parents[common] >= 0
            if not outside.any():
                break
            common = np.where(outside, parents[common], common)
        add(depth[core] - np.minimum(depth[common], depth[core]))

    # Titles, repetition, what metadata says.
    lower = [text.lower() for text in page.texts]
    seen: dict[str, int] = {}
    for text in lower:
        seen[text] = seen.get(text, 0) + 1
    add(np.log1p(np.array([seen[text] for text in lower], np.float32)))
    title_words = set(WORD.findall(title.lower()))
    title_likeness = np.zeros(n, np.float32)
    if title_words:
        for number in np.flatnonzero((size < 300) & (size > 3)).tolist():
            found = WORD.findall(lower[number])
            if found and (found[0] in title_words or level[number]):
                shared = len(title_words.intersection(found))
                title_likeness[number] = 2 * shared / (len(title_words) + len(found))
    add(title_likeness)
    best = int(np.argmax(title_likeness + (level == 1) * 0.2)) if title_words else 0
    titled = title_likeness[best] > 0.5
    add(np.clip(position - best, -60, 60) if titled else np.full(n, -99))
    add(np.array([len(text) > 20 and text[:80] in told for text in page.texts], np.float32) if told else np.zeros(n))
    add(np.full(n, np.log1p(len(told))))

    # The page.
    for value in (
        np.log1p(total), np.log1p(n), _ratio(prose_total, total), float((linked * length).sum()) / max(total, 1),
        len(h1), np.log1p(sum(tag == "article" for tag in page.node_tags)), "main" in page.node_tags,
        np.log1p(int((prose > 0).sum())), float(np.log1p(length.max())), np.log1p(int(is_heading.sum())),
        float(wide.sum()) / max(total, 1), np.log1p(float((prose / 100).max())),
    ):  # fmt: skip
        add(np.full(n, value))

    out.base = np.column_stack(columns).astype(np.float32)
    out.lengths = length
    out.node, out.parents, out.starts, out.ends, out.heading = node, parents, starts, ends, heading
    names = [name_buckets(tag, key) for tag, key in zip(page.node_tags, page.node_keys, strict=True)]
    out.names = np.array([bucket for buckets in names for bucket in buckets], np.int64)
    out.name_index = np.concatenate(([0], np.cumsum([len(buckets) for buckets in names])))
    said = [word_buckets(text) for text in page.texts]
    out.words = np.array([bucket for buckets in said for bucket in buckets], np.int64)
    out.word_index = np.concatenate(([0], np.cumsum([len(buckets) for buckets in said])))
    out.page_words = np.array(about.buckets, np.int64)
    return out
