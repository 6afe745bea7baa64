"""robots.txt by RFC 9309: what a crawler may fetch, parsed from bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

AGENT = "resource-centre-ingest"
"""The product token under which a robots.txt may name us."""
NAMES = {
    "user-agent": ("user-agent", "useragent", "user agent"),
    "disallow": ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"),
    "allow": ("allow",),
    "crawl-delay": ("crawl-delay", "crawldelay", "crawl delay"),
    "sitemap": ("sitemap", "site-map"),
}
"""The names of lines that are read, each with the beginnings by which it is known."""
MOST_BYTES = 500 * 1024
"""Bytes that are read of a robots.txt (RFC 9309, 2.5); the rest is ignored."""
_LONGEST_PATTERN = 2048
_TOKEN = re.compile(r"[A-Za-z_-]+")
_LINE = re.compile(r"\r\n|\r|\n")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_IN_VALUES = re.compile(r"[:/?#\[\]@!'(),;]")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Rule:
    """One `Allow` or `Disallow` line."""

    allow: bool
    pattern: str
    """Percent-encoded; `*` stands for anything, `$` at the end for the end."""

    def matches(self, path: str) -> bool:
        """Return whether the pattern matches from the start of the path, in time linear in the path for each piece."""
        pattern, anchored = (self.pattern[:-1], True) if self.pattern.endswith("$") else (self.pattern, False)
        first, *rest = pattern.split("*")
        if not path.startswith(first):
            return False
        if not rest:
            return not anchored or len(path) == len(first)
        at = len(first)
        # The first match of each piece leaves the most of the path to the others: no backtracking is needed.
        for piece in rest[:-1]:
            at = path.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        if anchored:
            return len(path) - len(rest[-1]) >= at and path.endswith(rest[-1])
        return path.find(rest[-1], at) >= 0

    def encoded(self) -> Rule:
        """Return the rule with the reserved octets of its query's values encoded."""
        return Rule(self.allow, _reserved(self.pattern))


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a robots.txt for one crawler."""

    rules: tuple[Rule, ...] = ()
    crawl_delay: float | None = None
    sitemaps: tuple[str, ...] = ()

    def allows(self, path: str) -> bool:
        """Return whether the path with its query may be fetched: the longest match wins, `Allow` on a tie."""
        path = _normal(path) or "/"
        if path == "/robots.txt":
            return True
        encoded = _reserved(path)
        matching = (
            rule
            for rule in self.rules
            if rule.matches(path) or ("?" in path and "?" in rule.pattern and rule.encoded().matches(encoded))
        )
        return max(((len(rule.pattern.encode()), rule.allow) for rule in matching), default=(0, True))[1]


def parse(content: bytes, agent: str = AGENT) -> Robots:
    """Return the rules for the crawler whose product token is `agent`, or else those for `*`.

    Groups for the same crawler count as one (2.2.1). Lines that are no rules are ignored: a page of HTML is a
    robots.txt without rules.
    """
    cut = len(content) > MOST_BYTES
    text = content[:MOST_BYTES].decode("utf-8-sig", errors="replace")
    lines = _LINE.split(text)
    if cut:
        lines.pop()  # a line cut in two may read as another rule
    ours, others = _Group(), _Group()
    sitemaps: dict[str, None] = {}
    named: set[str] = set()
    in_rules = False
    for line in lines:
        key, value = _field(line.partition("#")[0])
        if key == "sitemap":
            # An address ends at `#`, which begins a comment and was cut above.
            sitemaps[value] = None
        elif key == "user-agent":
            if in_rules:
                named, in_rules = set(), False
            named.add(_product(value))
            for group, name in ((ours, agent.lower()), (others, "*")):
                group.seen = group.seen or name in named
        elif key in ("allow", "disallow", "crawl-delay"):
            in_rules = in_rules or key in ("allow", "disallow")  # only these end a group's agents, as in Google's
            for group, name in ((ours, agent.lower()), (others, "*")):
                if name in named:
                    group.add(key, value)
    group = ours if ours.seen else others
    return Robots(tuple(group.rules), group.crawl_delay, tuple(sitemaps)[:1000])


def _field(line: str) -> tuple[str, str]:
    """Return the name and the value of a line; a blank stands for a forgotten colon if nothing else is in the line.

    A name is known by how it begins, and by spellings that are common enough for other crawlers to accept: whoever
    writes `Dissallow: /private` means it.
    """
    name, colon, value = line.partition(":")
    if not colon:
        words = line.split()
        name, value = words if len(words) == 2 else ("", "")
    name = name.strip().lower()
    return next((known for known, spellings in NAMES.items() if name.startswith(spellings)), ""), value.strip()


class _Group:
    """The rules for one crawler, as they are gathered."""

    def __init__(self) -> None:
        self.seen = False
        self.rules: dict[Rule, None] = {}
        self.crawl_delay: float | None = None

    def add(self, key: str, value: str) -> None:
        if key in ("allow", "disallow"):
            # An empty Disallow forbids nothing; a pattern with another first character matches no path.
            if value and value[0] in "/*$" and len(value) <= _LONGEST_PATTERN:
                self.rules[Rule(key == "allow", re.sub(r"\*{2,}", "*", _normal(value)))] = None
        elif re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?|\.\d{1,9}", value):
            self.crawl_delay = max(self.crawl_delay or 0.0, float(value))


def _product(value: str) -> str:
    if value == "*" or value[:2] in ("* ", "*\t"):
        return "*"  # `*bot*` is no product token
    match = _TOKEN.match(value)
    return match[0].lower() if match else ""


def _normal(path: str) -> str:
    """Return the path with one spelling for each octet: unreserved ones plain, others as `%XX` (2.2.2)."""
    encoded = "".join(
        character if character.isascii() and character.isprintable() and character != " " else _percent(character)
        for character in path
    )
    return _ESCAPE.sub(_plain, encoded)


def _reserved(path: str) -> str:
    """Return the path with the reserved octets of its query's values as `%XX`, so that both spellings match (2.2.2)."""
    head, mark, query = path.partition("?")
    return head + mark + _IN_VALUES.sub(lambda match: _percent(match[0]), query)


def _percent(character: str) -> str:
    return "".join(f"%{octet:02X}" for octet in character.encode("utf-8", errors="replace"))


def _plain(match: re.Match[str]) -> str:
    octet = int(match[1], 16)
    return chr(octet) if octet in _UNRESERVED else match[0].upper()
