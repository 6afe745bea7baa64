"""The query language: a text in, a tree out, with notes on what was read otherwise than written, and faults.

    query  = either            either = both ("OR" both)*        both = unary+ ("AND" may stand between)
    unary  = ("-" | "NOT") unary | "(" either ")" | FIELD ":" value | phrase | word "*"?
    value  = word | phrase | "(" either ")" | period | [period] ".." [period] | (">=" | ">" | "<=" | "<") period

Search, export, alerts and the pages of the desk read queries here and nowhere else. A query with a fault has no answer;
with notes it has one, and they are shown beside it.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from models.search.terms import All, Either, Node, Not, Remark, Words, both, either, negated
from models.search.values import FIELDS, SYNONYMS, read_value
from models.search.words import Word, cut

LONGEST, DEEPEST, MOST = 1_000, 10, 32
"""Limits of a query: characters, brackets within brackets, and terms; the rest is left out, and a note says so."""

RUN = 64
"""Words of a phrase that are compared; PostgreSQL's index is cut into parts that overlap by this many."""

NOTHING = Either(())
"""Matches no document."""

WIDE = {ord("："): ":", ord("（"): "(", ord("）"): ")", ord("＂"): '"', ord("＊"): "*", ord("－"): "-"}
"""Full-width forms, as an East Asian keyboard gives them, one character for one."""

QUOTES = {'"': '"', "“": "”“", "„": "“”", "”": "”", "«": "»", "»": "«»"}
"""Opening quotation marks with those that close them."""

TOKEN = re.compile(rf"(?P<minus>-+(?=[^\s-]))|(?P<quote>[{''.join(QUOTES)}])|(?P<open>\()|(?P<close>\))|(?P<word>\S)")
OPERATOR = re.compile(r"(OR|AND|NOT)(?=[\s()]|$)")
NAME = re.compile(r"(\w{2,20}):(?!//)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the terms that must all hold, and where it stands in the text."""

    node: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query that was read."""

    text: str
    tree: Node
    parts: tuple[Part, ...] = ()
    """The terms that must all hold; the tree is made of them."""
    notes: tuple[Remark, ...] = ()
    faults: tuple[Remark, ...] = ()

    def without(self, part: Part) -> str:
        """Return the text without one of its parts."""
        return " ".join((self.text[: part.start] + " " + self.text[part.end :]).split())

    def narrowed(self, term: str) -> str:
        """Return the text with a further term that must hold."""
        text = self.text.strip()
        return f"({text}) {term}" if isinstance(self.tree, Either) and text else f"{text} {term}".strip()


def parse(text: str) -> Query:
    """Return the query that a text means; no text raises an error."""
    text = unicodedata.normalize("NFC", text).translate(WIDE)
    reader = _Reader(text[:LONGEST])
    if len(text) > LONGEST:
        reader.note(f"Only the first {LONGEST:,} characters were read.", LONGEST, LONGEST)
    return reader.query()


@dataclass(slots=True)
class _Reader:
    """Reads one text from left to right."""

    text: str
    at: int = 0
    terms: int = 0
    notes: dict[str, Remark] = field(default_factory=dict)
    faults: list[Remark] = field(default_factory=list)

    def note(self, message: str, start: int, end: int) -> None:
        """Keep a note; the same message once."""
        self.notes.setdefault(message, Remark(message, start, end))

    def query(self) -> Query:
        parts, tree = self._either(0, None)
        if self.text.strip() and tree is None:
            self.note("It holds no word to search for.", 0, len(self.text))
        elif tree is not None and _only_without(tree):
            self.note("It only says what must not occur: all other documents are shown.", 0, len(self.text))
        tree = tree if tree is not None else NOTHING if self.text.strip() else All(())
        return Query(
            text=self.text, tree=tree, parts=parts, notes=tuple(self.notes.values()), faults=tuple(self.faults)
        )

    def _either(self, depth: int, name: str | None) -> tuple[tuple[Part, ...], Node | None]:
        """Read until the end, or until the bracket that closes this group; return the parts and what they mean."""
        start = self.at
        groups: list[list[Part]] = [[]]
        dangling: int | None = None
        while (token := self._next()) is not None:
            kind, begin = token
            if kind == "close":
                self.at += 1
                if depth:
                    break
                self.note("A closing bracket has no opening one; it was left out.", begin, self.at)
                continue
            if operator := self._operator(begin, "OR", "AND"):
                if operator == "OR" and (dangling is not None or not groups[-1]):
                    self.note("OR needs a word on both sides; it was left out.", begin, self.at)
                elif operator == "OR":
                    groups.append([])
                    dangling = begin
                continue
            node = self._unary(depth, name)
            if node is not None:
                groups[-1].append(Part(node=node, start=begin, end=self.at))
                dangling = None
        else:
            if depth:
                self.note("A bracket was never closed; it was closed at the end.", start, len(self.text))
        if dangling is not None:
            self.note("OR needs a word on both sides; it was left out.", dangling, dangling + 2)
        filled = [group for group in groups if group]
        if not filled:
            return (), None
        if len(filled) == 1:
            return tuple(filled[0]), both([part.node for part in filled[0]])
        tree = either([both([part.node for part in group]) for group in filled])
        return (Part(node=tree, start=filled[0][0].start, end=filled[-1][-1].end),), tree

    def _next(self) -> tuple[str, int] | None:
        """Go to the next token; return its kind and where it begins."""
        while self.at < len(self.text):
            if self.text[self.at].isspace():
                self.at += 1
                continue
            match = TOKEN.match(self.text, self.at)
            assert match is not None
            return str(match.lastgroup), self.at
        return None

    def _operator(self, begin: int, *operators: str) -> str | None:
        """Return which of the operators stands here, and move past it; None where none does."""
        match = OPERATOR.match(self.text, begin)
        if match is None or match[1] not in operators:
            return None
        self.at = match.end()
        return match[1]

    def _unary(self, depth: int, name: str | None) -> Node | None:
        """Read one term, with what negates it; `name` is the field of the group that it stands in."""
        token = self._next()
        if token is None:
            return None
        kind, begin = token
        if kind == "minus":
            self.at = begin + len(self.text[begin:]) - len(self.text[begin:].lstrip("-"))
            return self._without(begin, depth, name)
        if kind == "word" and self._operator(begin, "NOT"):
            if (following := self._next()) is None or following[0] == "close":
                self.note("NOT needs a word after it; it was left out.", begin, self.at)
                return None
            return self._without(begin, depth, name)
        self.at = begin
        if kind == "open":
            return self._group(depth, name)
        if kind == "quote":
            return self._value(name, self._phrase(), begin, quoted=True)
        if kind == "close":
            return None
        if name is None and (match := NAME.match(self.text, begin)) and (named := self._field_name(match)):
            return self._field(named, match, depth)
        return self._value(name, self._bare(), begin, quoted=False)

    def _without(self, begin: int, depth: int, name: str | None) -> Node | None:
        node = self._unary(depth, name)
        return None if node is None else negated(node)

    def _group(self, depth: int, name: str | None) -> Node | None:
        self.at += 1
        if depth >= DEEPEST:
            self.note(f"Brackets deeper than {DEEPEST} were left out.", self.at - 1, self.at)
            return None
        return self._either(depth + 1, name)[1]

    def _field_name(self, match: re.Match[str]) -> str | None:
        """Return the field named before a colon; None where it names none, so that the text is read as words."""
        written = match[1]
        name = SYNONYMS.get(written.casefold(), written.casefold())
        if name in FIELDS:
            return name
        value = self.text[match.end() :].split(maxsplit=1)[:1]
        if value and written.isalpha() and not self.text[match.end()].isspace():
            near = difflib.get_close_matches(name, [*FIELDS, *SYNONYMS], n=1, cutoff=0.6)
            hint = f" Did you mean {SYNONYMS.get(near[0], near[0])}:{value[0]}?" if near else ""
            message = f"There is no field “{written}:”; it was searched as words.{hint}"
            self.note(message, match.start(), match.end())
        return None

    def _field(self, name: str, match: re.Match[str], depth: int) -> Node | None:
        """Read the value after `name:`."""
        begin, self.at = match.start(), match.end()
        first = self.text[self.at : self.at + 1]
        if not first.strip() or first == ")":
            message = f"{name}: needs a value right after the colon; to search the word itself, write “{match[1]}”"
            self.faults.append(Remark(message, begin, self.at))
            return None
        if first == "(":
            return self._group(depth, name)
        if first in QUOTES:
            return self._value(name, self._phrase(), begin, quoted=True)
        return self._value(name, self._bare(), begin, quoted=False)

    def _phrase(self) -> str:
        """Read what stands between quotation marks."""
        opening, begin = self.text[self.at], self.at + 1
        ends = [at for mark in (*QUOTES[opening], '"') if (at := self.text.find(mark, begin)) >= 0]
        if not ends:
            self.note("The last quotation mark was never closed; it was closed at the end.", self.at, len(self.text))
        end = min(ends, default=len(self.text))
        self.at = min(len(self.text), end + 1)
        return self.text[begin:end]

    def _bare(self) -> str:
        """Read a word: up to a blank, or a closing bracket that it did not open itself."""
        begin, inner = self.at, 0
        while self.at < len(self.text) and not self.text[self.at].isspace():
            char = self.text[self.at]
            if char == ")" and not inner:
                break
            if char in '"“”„«»' and self.at > begin:
                break
            inner += (char == "(") - (char == ")")
            self.at += 1
        return self.text[begin : self.at]

    def _value(self, name: str | None, value: str, begin: int, *, quoted: bool) -> Node | None:
        if self.terms >= MOST:
            self.note(f"Only the first {MOST} terms were read.", begin, self.at)
            return None
        if name is None or name == "title":
            node = self._words(value, begin, title=name == "title", quoted=quoted)
        else:
            node = read_value(name, value, self._told(begin))
        self.terms += node is not None
        return node

    def _told(self, begin: int) -> Callable[[str, bool], None]:
        """Return a function that keeps a remark on the value that was just read, as a note or a fault."""
        end = self.at

        def take(message: str, fault: bool) -> None:
            if fault:
                self.faults.append(Remark(message, begin, end))
            else:
                self.note(message, begin, end)

        return take

    def _words(self, value: str, begin: int, *, title: bool, quoted: bool) -> Node | None:
        found = list(cut(value))
        star = not quoted and value.endswith("*")
        if star and found and not found[-1].dense and len(found[-1].text) < 2:
            star = False
            self.note(f"“{value}” is too short to search for beginnings; it was searched as a word.", begin, self.at)
        if not quoted and re.search(r"\w[*?]\w|^[*?]\w|\w\?$", value) and found:
            self.note("Only a * at a word's end is understood; others were left out.", begin, self.at)
        if not quoted and re.search(r"\w~\d?$", value):
            value = value.rpartition("~")[0]
            found = list(cut(value))
            self.note("There is no search for similar spellings; ~ was left out.", begin, self.at)
        runs = [found[:]] if quoted and found else list(_runs(found))
        return both(
            [_term(run, star and run is runs[-1], title=title, exact=quoted) for run in runs]
        ) if runs else None  # fmt: skip


def _runs(found: list[Word]) -> Iterator[list[Word]]:
    """Split words written without spaces where scripts meet: `COVID病毒` is split, `co-operate` is not."""
    run: list[Word] = []
    for word in found:
        if run and word.dense != run[-1].dense:
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _term(run: list[Word], star: bool, *, title: bool, exact: bool) -> Words:
    texts = tuple(word.text for word in run[:RUN])
    last = run[-1]
    if last.last and len(run) <= RUN:
        # A run's last character: leave it out where a pair before it covers it; alone, it is the beginning of a pair.
        if len(run) > 1 and run[-2].end == last.end:
            return Words(texts[:-1], title=title, exact=exact)
        return Words(texts, prefix=True, title=title, exact=exact)
    return Words(texts, prefix=star, title=title, exact=exact)


def _only_without(tree: Node) -> bool:
    if isinstance(tree, Not):
        return True
    if isinstance(tree, All):
        return bool(tree.nodes) and all(isinstance(node, Not) for node in tree.nodes)
    return False
