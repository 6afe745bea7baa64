"""Links and pagers that call a function of the page's own, `javascript:view('30')`: what the function does with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from scrapers.discovery.base import with_query
from scrapers.html.dom import Dom

CALL = re.compile(r"""(?:^|[;:\s])(?:return\s+)?([A-Za-z_$][\w$.]{0,60})\(\s*["']?([^"'(),\s]{1,200})["']?\s*[,)]""")
"""A call with its first argument: `fn_view('30')`, `goPage(2)`."""
FUNCTION = re.compile(
    r"(?:function\s+([A-Za-z_$][\w$]{0,60})\s*|([A-Za-z_$][\w$.]{0,60})\s*[=:]\s*(?:function\s*)?)"
    r"\(\s*([A-Za-z_$][\w$]{0,40})[^()]{0,200}\)\s*(?:=>\s*)?\{"
)
"""The head of a function that takes an argument, with its name and the argument's."""
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(/))")
"""A character in a string of JavaScript: `\\u0026`, `\\x26`, `\\/`."""
LONGEST_BODY = 2_000
MOST_SCRIPT = 200_000
GOES = re.compile(r"\blocation\b|\bwindow\.open\b|\.action\b|\bsubmit\s*\(|\battr\s*\(")
"""What a function does that leads to another page."""


@dataclass(slots=True)
class Calls:
    """The functions of a page that lead to other pages."""

    dom: Dom
    bodies: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The argument and the body of each function, by its name."""

    def __post_init__(self) -> None:
        for script in self.dom.root.iter("script"):
            text = unescaped((script.text or "")[:MOST_SCRIPT]) if not script.get("src") else ""
            for match in FUNCTION.finditer(text):
                body = _body(text, match.end())
                if GOES.search(body):
                    self.bodies.setdefault(match[1] or match[2], (match[3], body))

    def address(self, element: etree._Element) -> str | None:
        """Return the address that an element's call leads to; None where it has no such call, or its function none."""
        for value, argument, body in self._called(element):
            name = re.escape(argument)
            put = re.search(
                rf"""["']([^"'\s<>]{{1,300}}[=/])["']\s*\+\s*(?:\w+\(\s*)?{name}\b\s*\)?(?:\s*\+\s*["']([^"'\s<>]{{1,200}})["'])?""",
                body,
            )
            if put:
                return f"{put[1]}{value}{put[2] or ''}"
            action = re.search(r"""\baction\b["']?\s*[=,]\s*["']([^"'\s<>]{1,300})["']""", body)
            if action and (filled := self._field(argument, body)):
                return with_query(action[1], {filled: value})
        return None

    def filled(self, element: etree._Element) -> tuple[str, str] | None:
        """Return the field of a form that an element's call fills before it sends the form, and with what."""
        for value, argument, body in self._called(element):
            if (name := self._field(argument, body)) and "submit" in body and not re.search(r"\baction\b", body):
                return name, value
        return None

    def _called(self, element: etree._Element) -> Iterator[tuple[str, str, str]]:
        """Yield the argument of each call of an element, with the name that the function has for it, and its body."""
        script = " ".join((element.get(name) or "").replace("javascript:", " ") for name in ("href", "onclick"))
        for match in CALL.finditer(script[:LONGEST_BODY]):
            if match[1] in self.bodies:
                yield match[2], *self.bodies[match[1]]

    def _field(self, argument: str, body: str) -> str | None:
        """Return the name of the form's field that a function gives its argument to."""
        name = re.escape(argument)
        match = re.search(
            rf"""(?:\.(\w+)|\[["'](\w+)["']\]|[#=]["']?(\w+)["']?\]?["']\s*\))\s*\.\s*(?:value\s*=\s*{name}\b|val\(\s*{name}\s*\))""",
            body,
        )
        return next((group for group in match.groups() if group), None) if match else None


def unescaped(script: str) -> str:
    """Return a script with the escapes of its strings replaced by the characters that they stand for."""
    return ESCAPE.sub(lambda match: match[3] or chr(int(match[1] or match[2], 16)), script)


def _body(script: str, start: int) -> str:
    """Return the text of a function from behind its opening brace to the closing one."""
    depth = 1
    for match in re.compile(r"[{}]").finditer(script, start, start + LONGEST_BODY):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return script[start : match.start()]
    return script[start : start + LONGEST_BODY]
