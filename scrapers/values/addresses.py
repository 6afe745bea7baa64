"""Addresses: cleaned for work, folded for identity, compared and matched. Pure; the Public Suffix List is a library's.

`canonical` follows RFC 3986 (6.2.2) and, where browsers are more lenient, the WHATWG URL Standard. It keeps what a
server may tell apart: the order of the query, the case of the path, the Unicode form of a name. `identity` folds these.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
PATH_SAFE = "/:@!$&'()*+,;=-._~"
QUERY_SAFE = PATH_SAFE + "?[]"
MAX_LENGTH = 8_000
"""Longer addresses are refused: no server we read takes them, and loops in relative links grow them without end."""

TRACKING_PREFIXES = (
    "utm_",
    "mtm_",
    "matomo_",
    "piwik_",
    "pk_c",
    "pk_k",
    "pk_m",
    "pk_s",
    "itm_",
    "hsa_",
    "_hs",
    "at_medium",
    "at_campaign",
)
# Advertising, mail campaigns and sessions; the last two ask for the same page in another way (a reply form, DSpace).
_TRACKING = """
fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh mc_cid mc_eid mkt_tok
oly_anon_id oly_enc_id vero_id vero_conv wickedid srsltid s_cid cmpid _ga _gl _ke epik hsctatracking fb_action_ids
fb_action_types fb_source fb_ref __twitter_impression ref_src ref_url rb_clickid trk trkcampaign jsessionid phpsessid
aspsessionid sessionid session_id sessid cfid cftoken oscsid zenid replytocom isallowed
"""
TRACKING = frozenset(_TRACKING.split())
SESSION_VALUE = re.compile(r"[0-9a-zA-Z]{20,}\Z")
PATH_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/;]*|/\((?:[a-z]\([^()/]{1,80}\))+\)(?=/|\Z)", re.IGNORECASE
)
"""A session in the path: Java's and PHP's after a semicolon, ASP.NET's as a folder, `/(S(lit3py55t21z5v55))/`."""
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
HIGH_RUN = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
INDEX_PAGE = re.compile(r"/(?:index\.(?:html?|php|aspx?|jsp)|default\.(?:aspx?|html?))\Z", re.IGNORECASE)
FILE_SUFFIX = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|epub)\Z", re.IGNORECASE)
"""Suffixes whose case does not count. Not the list of `suffixes`: the identity of stored addresses must not change."""

ROUTE = re.compile(r"!?/\S*\w|!\w")
"""A fragment that names a page which scripts show: `/reports/7`, `!/reports/7`, `!reports`. `/` alone names none."""

AROUND = "".join(map(chr, range(0x21))) + "\xa0\u3000\ufeff"
"""Blanks and controls that stand around addresses in pages."""
WHOLE = re.compile(r"https?://[^/\\\s?#][^\\\s]*")
"""A whole address without what browsers put right: it leads to the same place from whatever page."""

# Hosts that let out subdomains and are not in the Public Suffix List.
_SHARED_HOSTS = """
wordpress.com tumblr.com medium.com substack.com squarespace.com sharepoint.com wpengine.com platformsh.site
"""
SHARED_HOSTS = frozenset(_SHARED_HOSTS.split())


@lru_cache(maxsize=4096)  # a listing names each address several times
def canonical(url: str) -> str:
    """Return the address as it is asked for, without tracking and session; ValueError if not http(s).

    Of its fragment only a route is kept (`#/reports/7`): it names a page, though servers are not told of it.
    """
    url = re.sub(r"[\t\r\n]", "", url.strip(AROUND))
    if len(url) > MAX_LENGTH:
        raise ValueError(f"address of {len(url)} characters")
    head, mark, query = url.partition("#")[0].partition("?")
    route = route_of(url)
    parts = urlsplit(head.replace("\\", "/"))
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        raise ValueError(f"not an http address: {url[:200]!r}")
    host = _host(parts.hostname or "")
    port = parts.port  # ValueError when it is not a number
    netloc = host if port in (None, 80 if scheme == "http" else 443) else f"{host}:{port}"
    path = _without_dots(_normal(PATH_SESSION.sub("", parts.path), PATH_SAFE)) or "/"
    kept = [item for item in query.split("&") if item and not _is_tracking(item)] if mark else []
    asked = f"{scheme}://{netloc}{path}" + ("?" + _normal("&".join(kept), QUERY_SAFE) if kept else "")
    return f"{asked}#{_normal(route[1:], QUERY_SAFE)}" if route else asked


def route_of(url: str) -> str:
    """Return the fragment of an address, with its `#`, where it is a route of the page's own scripts; else nothing."""
    mark, fragment = url.partition("#")[1:]
    return mark + fragment if ROUTE.match(fragment) else ""


def without_anchor(url: str) -> str:
    """Return an address without its fragment, unless that is a route."""
    return url.partition("#")[0] + route_of(url)


@lru_cache(maxsize=4096)
def absolute(base: str, href: str | None) -> str | None:
    """Return the canonical address of a link as written, or None where it leads to nothing that can be fetched."""
    if href is None or not (href := href.strip()) or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        return canonical(href if WHOLE.fullmatch(href) else urljoin(base, as_browsers_read(href, base)))
    except ValueError:
        return None


def as_browsers_read(href: str, base: str) -> str:
    """Return a link with its slashes put right as the WHATWG URL Standard has it: backslashes, three, or one."""
    end = re.search(r"[?#]", href)
    head, rest = (href[: end.start()], href[end.start() :]) if end else (href, "")
    head = re.sub(r"[\t\r\n]", "", head).replace("\\", "/")
    if match := re.match(r"(https?):(/*)", head, re.IGNORECASE):
        after = head[match.end() :]
        if len(match[2]) < 2 and base.lower().startswith(f"{match[1].lower()}:"):
            return match[2] + after + rest  # of the base's own scheme, fewer slashes make it relative
        return f"{match[1]}://{after}{rest}"
    return (f"//{head.lstrip('/')}" if head.startswith("///") else head) + rest


@lru_cache(maxsize=4096)
def identity(url: str) -> str:
    """Return the key under which two addresses are one document; not itself an address. ValueError as `canonical`."""
    parts = urlsplit(canonical(url))
    host = parts.netloc.removeprefix("www.")
    path = INDEX_PAGE.sub("/", re.sub(r"(?<!:)/{2,}", "/", _folded(parts.path, keep="/?#%")))
    items = parts.query.replace("+", "%20").split("&") if parts.query else []
    if suffix := FILE_SUFFIX.search(path):
        path = path[: suffix.start()] + suffix[0].lower()
        # DSpace numbers the files of an item; the name in the path already tells them apart.
        items = [item for item in items if not item.lower().startswith("sequence=")]
    query = "&".join(sorted(_folded(item, keep="&=#%") for item in items))
    return (
        host
        + path.rstrip("/")
        + ("?" + query if query else "")
        + (f"#{parts.fragment.rstrip('/')}" if parts.fragment else "")
    )


def same_site(a: str, b: str) -> bool:
    """Return whether two addresses (or host names) lie under one registered domain; ports do not count."""
    return registered_domain(a) == registered_domain(b) != ""


def registered_domain(url: str) -> str:
    """Return the part of an address's host that somebody registered: `acme.co.uk` of `https://media.acme.co.uk/x`."""
    return _registered(_hostname(url))


def matches(url: str, globs: Iterable[str]) -> bool:
    """Return whether any glob matches the whole address; one that begins with `/` is matched with path and query alone.

    `*` stands for any run of characters, `?` for one. Percent-encoding does not count, on either side.
    """
    whole = _readable(url)
    rest = "/" + whole.partition("://")[2].partition("/")[2]
    return any(_pattern(glob).match(rest if glob.startswith("/") else whole) is not None for glob in globs)


@lru_cache(maxsize=512)
def _pattern(glob: str) -> re.Pattern[str]:
    """Return a glob as a pattern that never backtracks over more than one `*`."""
    *inner, last = (re.escape(piece).replace(r"\?", ".") for piece in re.split(r"\*+", _readable(glob)))
    if not inner:
        return re.compile(rf"{last}\Z", re.DOTALL)
    middle = "".join(f"(?>.*?{piece})" for piece in inner[1:])
    return re.compile(rf"{inner[0]}{middle}.*{last}\Z", re.DOTALL)


def _readable(url: str) -> str:
    return unicodedata.normalize("NFC", unquote_to_bytes(url).decode("utf-8", "replace"))


@lru_cache(maxsize=1024)
def _host(name: str) -> str:
    """Return a host in ASCII; ValueError for what cannot be one."""
    name = unicodedata.normalize("NFC", unquote_to_bytes(name).decode("utf-8", "replace")).rstrip(".").lower()
    if ":" in name:
        return f"[{ip_address(name).compressed}]"
    if not name.isascii():
        import idna

        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise ValueError(f"not a host name: {name[:100]!r}") from error
    if len(name) > 253 or not re.fullmatch(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_-])?", name) or ".." in name:
        raise ValueError(f"not a host name: {name[:100]!r}")
    return name


def _normal(text: str, safe: str) -> str:
    """Return a path or query encoded once: escapes in upper case, needless ones undone, raw characters as UTF-8."""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    text = ESCAPE.sub(lambda m: c if (c := chr(int(m[1], 16))) in UNRESERVED else m[0].upper(), text)
    return quote(text, safe=safe + "%", errors="strict")  # a lone surrogate is a ValueError


def _folded(text: str, keep: str) -> str:
    """Return an encoded text with every escape undone that does not change its structure, in one Unicode form (NFC)."""

    def run(match: re.Match[str]) -> str:
        try:
            return unquote_to_bytes(match[0]).decode("utf-8")
        except UnicodeDecodeError:
            return match[0]

    text = HIGH_RUN.sub(run, text)
    text = ESCAPE.sub(lambda m: c if "\x20" <= (c := chr(int(m[1], 16))) < "\x7f" and c not in keep else m[0], text)
    return unicodedata.normalize("NFC", text)


def _without_dots(path: str) -> str:
    """Return a path without its `.` and `..` segments (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _is_tracking(item: str) -> bool:
    name, _, value = item.partition("=")
    name = name.lower()
    if name in TRACKING or name.startswith(TRACKING_PREFIXES) or name.startswith("aspsessionid"):
        return True
    return name in ("sid", "s") and SESSION_VALUE.match(value) is not None


@lru_cache(maxsize=4096)
def _hostname(url: str) -> str:
    try:
        return (urlsplit(url if "//" in url else f"//{url}").hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def _registered(host: str) -> str:
    labels = host.split(".")
    if len(labels) < 3 or ":" in host or labels[-1].isdigit():
        return host
    registered = _public_suffixes().privatesuffix(host) or host
    return ".".join(labels[-3:]) if registered in SHARED_HOSTS else str(registered)


@cache
def _public_suffixes() -> PublicSuffixList:
    """Return the Public Suffix List that comes with the library; it is not updated over the network."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
