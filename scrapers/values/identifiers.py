"""Identifiers printed in a text or held in an address: DOI, ISBN, ISSN, document symbols, handles."""

from __future__ import annotations

import re
from urllib.parse import unquote

# DOI handbook 2.2: prefix 10.NNNN, then anything printable; brackets and stops at the end belong to the sentence.
_DOI = re.compile(r"(?<![\d.])10\.\d{4,9}/[^\s\"'<>|\\{}\[\]^`]{1,200}", re.IGNORECASE)
_ISBN = re.compile(
    r"\bISBN(?:-1[03])?(?:\s*\([^)]{1,20}\))?[\s:.#-]{0,4}((?:97[89][\s-]?)?\d[\d\s-]{8,13}[\dXx])(?!\d)", re.IGNORECASE
)
_ISBN_URN = re.compile(r"\burn:isbn:([\dXx-]{10,17})", re.IGNORECASE)
_ISSN = re.compile(
    r"\b(?:e-?|p-?)?ISSN(?:-L)?(?:\s*\([^)]{1,20}\))?[\s:.]{0,3}(\d{4})[-‐–]?(\d{3}[\dXx])\b", re.IGNORECASE
)
_HANDLE = re.compile(r"(?:hdl\.handle\.net/|\bhdl:|/handle/)(\d+(?:\.\d+)*/[\w.\-]{1,60})", re.IGNORECASE)
# United Nations document symbols (ST/LIB/SER.B/5/Rev.5): body, then at least two parts, one with a number.
_SYMBOL = re.compile(
    r"(?<![\w/.])((?:A|E|S|T|ST|CCPR|CEDAW|CRC|CAT|CERD|CESCR|CRPD|CED|CMW|DP|FCCC|CBD|UNEP|UNCTAD|TD|ECE|ICC|HRI|HS|IDB|ID|ITC|LC|WFP|UNW|JIU|SPC|HCR)"
    r"(?:/[A-Z][\w.]{0,18}|/\d{1,4}){1,6}/(?:[A-Z][\w.]{0,10}\.?)?\d{1,4}(?:/(?:Add|Rev|Corr|Amend)\.\d{1,3}){0,3}(?:\s?\([A-Z][a-z]+\))?)(?![\w/])"
)
# Amnesty International's index numbers: ASA 33/0206/2025.
_INDEX = re.compile(r"\b((?:AFR|AMR|ASA|EUR|MDE|ACT|POL|IOR|DOC|ORG|NWS|FIN)\s?\d{2}/\d{3,4}/\d{4})\b")


def find_identifiers(text: str) -> dict[str, str]:
    """Return the first identifier of each sort in a text or an address: any of doi, isbn, issn, symbol, handle."""
    found: dict[str, str] = {}
    if "%" in text and "://" in text[:12]:
        text = unquote(text)
    if "10." in text and (doi := _DOI.search(text)):
        found["doi"] = _trimmed(doi[0])
    if "isbn" in (lower := text.lower()):
        for match in (*_ISBN.finditer(text), *_ISBN_URN.finditer(text)):
            if isbn := read_isbn(match[1]):
                found["isbn"] = isbn
                break
    if "issn" in lower and (issn := _ISSN.search(text)) and (checked := read_issn(issn[1] + issn[2])):
        found["issn"] = checked
    if "/" in text:
        if handle := _HANDLE.search(text):
            found["handle"] = handle[1].rstrip(".")
        if symbol := _SYMBOL.search(text) or _INDEX.search(text):
            found["symbol"] = symbol[1]
    return found


def _trimmed(doi: str) -> str:
    doi = doi.split("?")[0].split("#")[0].split("&")[0]
    while doi and (doi[-1] in ".,;:!?*»”’'" or (doi[-1] == ")" and doi.count(")") > doi.count("("))):
        doi = doi[:-1]
    return doi.lower()


def read_doi(text: str) -> str | None:
    """Return the DOI of a value that is one, in lower case (DOIs are compared so), or None."""
    match = _DOI.search(unquote(text) if "%" in text else text)
    return _trimmed(match[0]) if match else None


def read_isbn(text: str) -> str | None:
    """Return an ISBN without hyphens, or None where its check digit does not agree (ISO 2108)."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if len(digits) == 10 and digits[:9].isdecimal() and (digits[9].isdecimal() or digits[9] == "X"):
        total = sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits))
        return digits if total % 11 == 0 and len(set(digits)) > 1 else None
    if len(digits) == 13 and digits.isdecimal() and digits.startswith(("978", "979")):
        return digits if sum(int(c) * (1 + 2 * (i % 2)) for i, c in enumerate(digits)) % 10 == 0 else None
    return None


def read_issn(text: str) -> str | None:
    """Return an ISSN as `1234-567X`, or None where its check digit does not agree (ISO 3297)."""
    digits = re.sub(r"[^\dXx]", "", text).upper()
    if len(digits) != 8 or not digits[:7].isdecimal():
        return None
    total = sum((8 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits))
    return f"{digits[:4]}-{digits[4:]}" if total % 11 == 0 and digits != "00000000" else None
