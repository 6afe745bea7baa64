"""Character sets as browsers know them (WHATWG Encoding): labels to encodings, and bytes to text.

Only the encodings of that standard are ever used, so that a page can't name an arbitrary Python codec.
"""

from __future__ import annotations

import re
from functools import cache

LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "ibm866": "866 cp866 csibm866 ibm866",
    "iso-8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso-8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso-8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso-8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso-8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e"
    " iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso-8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597"
    " iso_8859-7 iso_8859-7:1987 sun_eu_greek",
    "iso-8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598"
    " iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical",
    "iso-8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso-8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso-8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso-8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso-8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "macintosh": "csmacintosh mac macintosh x-mac-roman",
    "windows-874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "windows-1250": "cp1250 windows-1250 x-cp1250",
    "windows-1251": "cp1251 windows-1251 x-cp1251",
    "windows-1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591"
    " iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined",
    "windows-1253": "cp1253 windows-1253 x-cp1253",
    "windows-1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5"
    " windows-1254 x-cp1254",
    "windows-1255": "cp1255 windows-1255 x-cp1255",
    "windows-1256": "cp1256 windows-1256 x-cp1256",
    "windows-1257": "cp1257 windows-1257 x-cp1257",
    "windows-1258": "cp1258 windows-1258 x-cp1258",
    "x-mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030",
    "big5": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc-jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso-2022-jp": "csiso2022jp iso-2022-jp",
    "shift_jis": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "euc-kr": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601"
    " windows-949",
    "utf-16be": "unicodefffe utf-16be",
    "utf-16le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
}
PYTHON_NAMES = {
    "macintosh": "mac_roman",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac_cyrillic",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}
"""Where Python's name, or the codec that reads the web's superset, differs."""
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([^\s;\"']+)", re.I)
META = re.compile(
    rb"<meta\s[^>]{0,1000}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.-]+)",
    re.I,
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
PRESCAN = 4096
"""Bytes in which a meta element is looked for; the standard asks for 1,024, pages exceed it."""
SAMPLE = 65_536
"""Bytes from which an undeclared character set is guessed."""


@cache
def _encodings() -> dict[str, str]:
    return {label: name for name, labels in LABELS.items() for label in labels.split()}


def encoding(label: str) -> str | None:
    """Return the WHATWG encoding that a label names, or None for one that the web doesn't know."""
    return _encodings().get(label.strip().lower())


def codec(name: str) -> str:
    """Return Python's codec for a WHATWG encoding."""
    return PYTHON_NAMES.get(name, name)


def charset_of(content: bytes, content_type: str | None) -> str:
    """Return the character set by BOM, header, meta, then detection; always one of the WHATWG encodings.

    Bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever an eight-bit label says: no other encoding makes them by
    chance, and servers with a stale default are common. Where UTF-8 is declared and plainly untrue, the text decides.
    """
    for mark, name in BOMS:
        if content.startswith(mark):
            return name
    declared = _declared(content, content_type)
    if declared and declared not in ("utf-8", "utf-16le", "utf-16be") and not declared.startswith("windows-125"):
        # Multi-byte and rarer encodings are declared on purpose; still, valid UTF-8 is no accident.
        return "utf-8" if _is_utf8(content) else declared
    if _is_utf8(content):
        return "utf-8"
    if declared in ("utf-16le", "utf-16be") and content.count(b"\0") > len(content) // 8:
        return declared
    if declared and declared.startswith("windows-125"):
        return declared
    if declared and _mostly_utf8(content):
        return "utf-8"
    return _detected(content)


def decode(content: bytes, content_type: str | None) -> str:
    """Return the text of the bytes, without BOM; what can't be read becomes U+FFFD."""
    return content.decode(codec(charset_of(content, content_type)), "replace").removeprefix("\ufeff")


def _declared(content: bytes, content_type: str | None) -> str | None:
    if content_type and (found := HEADER.search(content_type)) and (name := encoding(found[1])):
        return name
    for found_bytes in META.finditer(_COMMENT.sub(b"", content[:PRESCAN])):
        label = (found_bytes[1] or found_bytes[2]).decode("ascii", "replace")
        if name := encoding(label):
            return "utf-8" if name.startswith("utf-16") else name  # the standard's rule: it was read as ASCII
    return None


def _is_utf8(content: bytes) -> bool:
    if content.isascii():
        # ISO-2022-JP is ASCII with escapes; nothing else that is declared reads differently.
        return b"\x1b" not in content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.end >= len(content) - 3
    return True


def _mostly_utf8(content: bytes) -> bool:
    """Whether broken UTF-8 is still UTF-8: far more of its sequences are sound than not."""
    text = content[: SAMPLE * 4].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken * 4 < sum(not c.isascii() for c in text)


def _detected(content: bytes) -> str:
    from chardet import detect
    from chardet.registry import lookup_encoding

    known = _detectable()
    # Markup is ASCII and would drown the evidence: the guess is made over the lines that are not (or are ISO-2022-JP).
    lines = b"\n".join(line for line in content.splitlines() if not line.isascii() or b"\x1b" in line)[:SAMPLE]
    name = detect(lines, include_encodings=known)["encoding"]
    return known.get(lookup_encoding(name) or "", "windows-1252") if name else "windows-1252"


@cache
def _detectable() -> dict[str, str]:
    """Return the encodings that may be guessed, by the names that the detector has for them and for their supersets."""
    from chardet.registry import lookup_encoding

    names = (name for name in LABELS if not name.startswith("utf-16"))
    return {found: name for name in names for of in (name, codec(name)) if (found := lookup_encoding(of))}
