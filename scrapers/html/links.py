"""The links that matter on a page: its files, its translations, what it calls related, and what its text links to."""

# ruff: noqa: E501 (tables of words)

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urlencode, urljoin, urlsplit

from lxml.html import fromstring

from scrapers.base import Link, Page, Relation
from scrapers.html.dom import Dom, dom_of
from scrapers.html.metadata import text_of
from scrapers.html.page import HtmlPage
from scrapers.html.regions.words import Region
from scrapers.html.scan import BITS, RECURRING, SHORT
from scrapers.sniff.mediatype import PDF
from scrapers.values.addresses import as_browsers_read
from scrapers.values.language import normalised
from scrapers.values.suffixes import OFFICE_TYPES
from scrapers.values.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from scrapers.html.maintext.maintext import MainText

_REFRESH = re.compile(r"\A\s*\d*(?:\.\d*)?\s*[;,]?\s*url\s*=\s*['\"]?\s*([^'\"]+)", re.IGNORECASE)
_SCRIPT = re.compile(
    r"(?:\blocation(?:\.href)?\s*=(?!=)|\blocation\.(?:replace|assign)\s*\(|\bwindow\.open\s*\(|\burl\s*=(?!=))"
    r"\s*(?:\"([^\"\s<>]{1,2000})\"|'([^'\s<>]{1,2000})')"
)
MOST_SCRIPT = 20_000
_ADDRESSES = ("formaction", "action", "data-href", "data-url", "data-file", "data-link")
"""Attributes in which a button or a form states where it leads."""
_BUTTONS = frozenset({"submit", "button", "image", "reset"})
"""Types of `<input>` that a person presses."""

MOST = 2000
LONGEST_URL = 4000

FILE_TYPES = {"pdf": PDF, **OFFICE_TYPES, "zip": "application/zip"}
_SUFFIX = re.compile(r"\.(" + "|".join(FILE_TYPES) + r")(?:$|[?#;&])", re.IGNORECASE)
# Addresses of files without a suffix: DSpace bitstreams, Wagtail documents, download routes of content systems.
_FILE_PATH = re.compile(
    r"/bitstreams?/[^?#]*?/(?:download|content)\b|/bitstream/handle/|/download(?:s|file)?/[\w-]*\d[\w-]*/?(?:[?#]|$)|/documents/\d+/[^/?#]+"
    r"|/(?:get)?attachments?/[\w-]*\d[\w-]*|/file/\d+/download|/system/files/|/getfile|/viewcontent\.cgi|[?&](?:download|attachment|file)=[^&]",
    re.IGNORECASE,
)
_VIEWED = re.compile(r"[?&#](?:file|url|src|pdf|doc|document)=([^&#]+\.(?:pdf|docx?|epub)[^&#]*)", re.IGNORECASE)
"""The file that a viewer's address names: `viewer.html?file=`."""
_VIEWER = re.compile(r"viewer|pdf\.?js|gview|/embed", re.IGNORECASE)
"""An address, before its query, of a page that only shows a file."""
_FILE_TEXT = re.compile(
    r"\b(?:download|télécharger|descargar|herunterladen|baixar|scarica|скачать|загрузить|unduh|indir)\b|下载|下載|ダウンロード|다운로드|تحميل|تنزيل"
    r"|\bpdf\b|[\[(](?:pdf|docx?)[\])]|\.(?:pdf|docx?)\b|\(\s*\d+(?:[.,]\d+)?\s*[kmg]b\s*\)",
    re.IGNORECASE,
)
_FULL_TEXT = re.compile(
    r"\b(?:full|complete)[ -]?(?:text|report|document|paper|version|publication)|volltext|\btext[eo] (?:intégral|íntegr[ao]|complet[oa]?)"
    r"|\btesto (?:completo|integrale)|\bvolledige tekst|\bpełny tekst|полный текст|全文|원문|النص الكامل",
    re.IGNORECASE,
)
"""What links to the whole of a document are called, a file or a page."""
_HANDLER = re.compile(
    r"(?:^|/)(?:(?:get|open|view|show|display|send|serve|stream|fetch|read|deliver|print)[\w-]*|[\w-]*(?:down-?load|file|doc|document|pdf|full-?text|attachment)s?)"
    r"\.(?:aspx?|php\d?|cfm|jsp|do|cgi|pl)\?.|\.(?:ashx|axd)(?:[?/]|$)",
    re.IGNORECASE,
)
"""An address of a script that hands out what its query names: `get.aspx?id=2`, `viewdoc.php?n=7`."""
_FILE_WORD = re.compile(
    r"\bpdf\b|\.(?:pdf|docx?|xlsx?)\b|attachment|full (?:document|report|text|statement)|annex", re.IGNORECASE
)
_NOT_A_FILE = re.compile(
    r"\b(?:app|apps|software|brochure-request|extension|plugin)\b|/(?:login|signin|account|cart)\b", re.IGNORECASE
)


def read(page: HtmlPage, main: MainText) -> tuple[Link, ...]:
    """Return the page's links, each address once with its strongest role, resolved and without fragment."""
    dom, metadata = page.dom, page.metadata
    found: dict[str, Link] = {}
    own = urldefrag(dom.url)[0]
    for key in ("citation_pdf_url", "bepress_citation_pdf_url", "eprints.document_url"):
        for value in metadata.metas.get(key, ())[:20]:
            _add(
                found,
                own,
                resolved(dom, value),
                text="",
                rel="attachment",
                media_type=PDF,
                origin=f"meta:{key}",
            )
    for rel, element in metadata.links:
        if "alternate" in rel.split() and (tag := element.get("hreflang")) and tag.lower() != "x-default":
            _add(
                found,
                own,
                resolved(dom, element.get("href")),
                text="",
                rel="translation",
                language=normalised(tag),
                origin="link[hreflang]",
            )
    for element in dom.tagged("iframe", "object", "embed", "frame"):
        if page.regions.of(element) <= Region.ASIDE:
            _embedded(dom, element, found, own)
    for element in dom.tagged("noframes"):
        for anchor in fromstring(f"<div>{element.text or ''}</div>").iter("a"):
            if suffix := _SUFFIX.search(anchor.get("href") or ""):
                address = resolved(dom, anchor.get("href"))
                kind = FILE_TYPES[suffix[1].lower()]
                _add(found, own, address, text=_text(anchor), rel="attachment", media_type=kind, origin="noframes")
    places = _Places(main, page)
    for count, element in enumerate(dom.tagged(*LINKS)):
        if count > 20_000 or len(found) >= MOST:
            break
        href = element.get("href")
        if href:
            _anchor(dom, element, _shown_in(href), places, found, own)
    for element in dom.tagged("button", "input", "form"):
        if (href := pressed(element)) and (_SUFFIX.search(href) or _names_file(_text(element), href)):
            # A form is furniture, but one that leads to a file stands for a link to it.
            form = element if element.tag == "form" else next(element.iterancestors("form"), None)
            place = element if form is None else form.getparent()
            _anchor(dom, element, _shown_in(href), places, found, own, place=place)
    return tuple(found.values())


def _shown_in(href: str) -> str:
    """Return the file that a link to a viewer is given to show; else the link's own address."""
    viewed = _VIEWED.search(href) if "=" in href else None
    return unquote(viewed[1]) if viewed and _VIEWER.search(href[: viewed.start()]) else href


def pressed(element: HtmlElement) -> str | None:
    """Return the address that a button or a form leads to: stated for a script, in the script, or what is sent."""
    for name in _ADDRESSES:
        if value := element.get(name):
            return _sent(element, str(value)) if name == "action" else str(value)
    script = _SCRIPT.search((element.get("onclick") or "")[:LONGEST_URL])
    return str(script[1] or script[2]) if script else None


def _sent(form: HtmlElement, action: str) -> str:
    """Return the address that a form leads to: with its hidden fields as the query, where nothing is to be filled in.

    A form that is sent by GET has its fields in place of the query of its action (HTML, "mutate action URL"). Of a form
    to fill in, or to POST, only an action that is a file's own address is returned, else "".
    """
    controls = [control for control in form.iter("input", "select", "textarea") if control.get("type") not in _BUTTONS]
    if (form.get("method") or "get").lower() != "get" or any(c.get("type") != "hidden" for c in controls):
        return action if _SUFFIX.search(action) else ""
    fields = [(control.get("name"), control.get("value") or "") for control in controls if control.get("name")]
    return action.partition("?")[0] + (f"?{urlencode(fields)}" if fields else "")


def _embedded(dom: Dom, element: HtmlElement, found: dict[str, Link], own: str) -> None:
    """Add the file that an element shows within the page, or that the viewer in it is given to show."""
    address = element.get("src") or element.get("data") or ""
    stated = (element.get("type") or "").split(";")[0].strip().lower()
    if viewed := _VIEWED.search(address):
        address = unquote(viewed[1])
    suffix = _SUFFIX.search(address)
    if suffix or stated in FILE_TYPES.values():
        media_type = stated if stated in FILE_TYPES.values() else FILE_TYPES[suffix[1].lower()] if suffix else None
        text = clean_line((element.get("title") or "")[:300])
        origin = f"{element.tag}[{'data' if element.get('data') else 'src'}]"
        _add(found, own, resolved(dom, address), text=text, rel="attachment", media_type=media_type, origin=origin)


def resolved(dom: Dom, href: str | None) -> str | None:
    """Return an address without fragment, absolute; None for what is no http address."""
    if not href or len(href) > LONGEST_URL:
        return None
    href = "".join(href.split("\n")).strip().replace("\t", "").replace("\r", "")
    if not href or href.startswith("#"):
        return None
    scheme = href.split(":", 1)[0].lower() if ":" in href[:24] else ""
    if scheme.isalpha() and scheme not in ("http", "https", ""):
        return None
    try:
        address = urldefrag(urljoin(dom.base_url, as_browsers_read(href, dom.base_url)))[0]
        return address if urlsplit(address).scheme in ("http", "https") and urlsplit(address).hostname else None
    except ValueError:
        return None


def _add(found: dict[str, Link], own: str, url: str | None, *, text: str, rel: Relation, origin: str, media_type: str | None = None,
         language: str | None = None) -> None:  # fmt: skip
    if url is None or url == own or len(found) >= MOST:
        return
    link = Link(url=url, text=text, rel=rel, media_type=media_type, language=language, origin=origin)
    before = found.get(url)
    if before is None or _STRENGTH[rel] > _STRENGTH[before.rel] or (before.rel == rel and not before.text and text):
        if before is not None:
            link = Link(
                url=url, text=text or before.text, rel=rel if _STRENGTH[rel] >= _STRENGTH[before.rel] else before.rel,
                media_type=media_type or before.media_type, language=language or before.language, origin=before.origin or origin,
            )  # fmt: skip
        found[url] = link


LINKS = ("a", "area")
_STRENGTH = {"link": 0, "related": 1, "translation": 2, "attachment": 3}


def _anchor(
    dom: Dom,
    element: HtmlElement,
    href: str,
    places: _Places,
    found: dict[str, Link],
    own: str,
    *,
    place: HtmlElement | None = None,
) -> None:
    """Add what a link or a button leads to, where it is a file of the document, a translation, or in its text.

    `href` is the address as written; `place` is the element that tells whether it is the document's, by default the link.
    """
    place = element if place is None else place
    named, routed = _file_type(href)
    stated = kind.split(";")[0].strip().lower() if (kind := element.get("type")) else ""
    is_file = named is not None or routed or stated in _KNOWN_TYPES or element.get("download") is not None
    main = places.main(place)
    hreflang = element.get("hreflang")
    if not is_file and not main and not hreflang and not _may_be_file(element):
        return
    around = places.seen.around(place) & ~places.common
    text = _text(element)
    if not is_file and (main or around & BITS["attached"] or not places.in_frame(place)):
        is_file = _names_file(text, href, attached=bool(around & BITS["attached"]))
    if not is_file and not main and not hreflang:
        return
    url = resolved(dom, href)
    if url is None:
        return
    media_type = stated if "/" in stated else named
    language = normalised(hreflang)
    if is_file:
        if not places.in_frame(place):
            _add(
                found, own, url, text=text, rel="attachment", media_type=media_type, language=language, origin="a[href]"
            )
    elif language and (around & BITS["languages"] or text.casefold() in _OWN_NAMES):
        _add(found, own, url, text=text, rel="translation", language=language, origin="a[hreflang]")
    elif main:
        rel: Relation = "related" if around & BITS["related"] else "link"
        _add(found, own, url, text=text, rel=rel, language=language, origin="a[href]")


_FRAME = BITS["frame"] | BITS["nav"] | BITS["foot"] | BITS["side"]
_KNOWN_TYPES = frozenset(FILE_TYPES.values()) | {"application/x-pdf", "application/octet-stream"}
_OWN_NAMES = frozenset(
    [
        "english",
        "français",
        "español",
        "deutsch",
        "português",
        "italiano",
        "nederlands",
        "русский",
        "українська",
        "中文",
        "简体中文",
        "繁體中文",
        "日本語",
        "한국어",
        "العربية",
        "فارسی",
        "اردو",
        "עברית",
        "हिन्दी",
        "türkçe",
        "polski",
        "bahasa",
        "မြန်မာ",
        "ไทย",
        "tiếng",
        "ελληνικά",
        "svenska",
        "dansk",
        "norsk",
        "suomi",
        "čeština",
        "magyar",
        "română",
        "català",
        "kiswahili",
    ]
)


def _names_file(text: str, href: str, *, attached: bool = False) -> bool:
    """Return whether the words of a link promise a file, though its address has no suffix of one."""
    if not text or len(text) >= 120 or _NOT_A_FILE.search(f"{text} {href}"):
        return False
    if _HANDLER.search(href):
        return _promises(text)
    return bool(_FILE_TEXT.search(text)) and (attached or bool(_FILE_WORD.search(text)))


def _may_be_file(element: HtmlElement) -> bool:
    """Return whether the words of a link outside the text may promise a file."""
    parts = len(element) if element.tag == "a" else 1
    if parts > 3:
        return False
    text = _text(element) if parts else (element.text or "")[:120]
    return _promises_file(text) if len(text) <= SHORT else _promises(text)


def _promises(text: str) -> bool:
    return bool(_FILE_TEXT.search(text) or _FULL_TEXT.search(text))


_promises_file = lru_cache(maxsize=RECURRING)(_promises)
"""The same, kept for the texts of menus, which recur on every page of a site."""


@lru_cache(maxsize=RECURRING)
def _file_type(href: str) -> tuple[str | None, bool]:
    """Return the media type that the suffix of an address names, and whether it is the address of a file without one.

    Kept, as the addresses of menus recur on every page of a site.
    """
    suffix = _SUFFIX.search(href)
    return FILE_TYPES[suffix[1].lower()] if suffix else None, bool(_FILE_PATH.search(href))


class _Places:
    """Where anchors stand: in the text, in a block of files, in what is related, or in the frame."""

    def __init__(self, main: MainText | None, page: HtmlPage) -> None:
        seen = self.seen = page.seen
        self.page = page
        self.chosen = frozenset(main.elements) if main is not None else frozenset()
        self.links = {link for element in self.chosen for link in element.iter(*LINKS)}
        """The links of the main text."""
        self.known: dict[HtmlElement, bool] = {}
        title = next((e for e, down in seen.near.items() if down == 0), None)
        self.common = seen.around(title) if title is not None else 0
        """What wrappers of the whole page say (`has-sidebar`), which tells no place from another."""

    def in_frame(self, element: HtmlElement) -> bool:
        """Whether a file that is linked here is not the document's: it is the frame's, or a related document's."""
        around = self.seen.around(element) & ~self.common
        region = self.page.regions.of(element)
        if region > Region.DATED and not around & BITS["attached"]:
            return True
        frame = bool(around & _FRAME) and not (self.main(element) and not around & BITS["related"])
        offered = frame and region in (Region.OWN, Region.ASIDE) and self.page.regions.offers_files(element)
        return frame and not offered

    def main(self, element: HtmlElement) -> bool:
        """Whether an element lies in the main text."""
        if element.tag in LINKS:
            return element in self.links
        path: list[HtmlElement] = []
        node: HtmlElement | None = element
        inside = False
        while node is not None and len(path) < 100:
            known = self.known.get(node)
            if known is not None:
                inside = known
                break
            path.append(node)
            if node in self.chosen:
                inside = True
                break
            node = node.getparent()
        for node in path:
            self.known[node] = inside
        return inside


def _text(element: HtmlElement) -> str:
    """Return what a link or a button says: its text, its label, or what an `<input>` shows."""
    text = clean_line(text_of(element, 300))
    if not text and (label := element.get("title") or element.get("aria-label")):
        return clean_line(label[:300])
    if not text and element.tag in ("input", "form"):
        shown = (control.get("value") or "" for control in element.iter("input") if control.get("type") in _BUTTONS)
        return clean_line(next(shown, "")[:300])
    return text


def forward(page: Page) -> str | None:
    """Return the address that the page goes on to, or None where it stays."""
    dom = dom_of(page)
    for meta in dom.root.iter("meta"):
        match = _REFRESH.match(meta.get("content") or "")
        if match and (meta.get("http-equiv") or "").strip().lower() == "refresh":
            return _elsewhere(page, resolved(dom, match[1]))
    for script in dom.root.iter("script"):
        match = _SCRIPT.search((script.text or "")[:MOST_SCRIPT])
        if match:
            address = (match[1] or match[2]).replace("\\/", "/")
            return _elsewhere(page, resolved(dom, address))
    return None


def _elsewhere(page: Page, address: str | None) -> str | None:
    return None if address in (page.url, page.final_url) else address
