"""Suffixes of addresses and what lies there: documents in files, and what no document is."""

from __future__ import annotations

import re

OFFICE_TYPES = {
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "epub": "application/epub+zip",
}
"""Documents in files that are linked and listed, but not read."""

DOCUMENTS = frozenset({"pdf", "txt", *OFFICE_TYPES})
"""Files that are documents."""

PICTURES = frozenset(["jpg", "jpeg", "png", "gif", "svg", "webp", "avif", "bmp", "tif", "tiff", "ico"])
RECORDINGS = frozenset(["mp3", "mp4", "m4a", "m4v", "ogg", "ogv", "wav", "webm", "avi", "mov", "wmv"])
PACKED = frozenset(["zip", "gz", "tar", "rar", "7z", "exe", "dmg", "apk"])
PARTS_OF_PAGES = frozenset(["css", "js", "mjs", "json", "map", "woff", "woff2", "ttf", "eot", "xsl"])
SUBSCRIPTIONS = frozenset(["rss", "atom", "ics", "vcf"])
NOT_DOCUMENTS = PICTURES | RECORDINGS | PACKED | PARTS_OF_PAGES | SUBSCRIPTIONS
"""What a listing may link besides its documents."""

NOT_READ = NOT_DOCUMENTS | OFFICE_TYPES.keys() | {"txt", "mobi", "xml"}
"""Attached files that are recorded as links and not fetched."""


SHARED_FILE = re.compile(
    r"//(?:drive\.google\.com/(?:file/|open\?|uc\?)|docs\.google\.com/\w+/d/|(?:\w+\.)?dropbox\.com/(?:sh?|scl)/|[\w-]+\.sharepoint\.com/"
    r"|1drv\.ms/|onedrive\.live\.com/|(?:[\w-]+\.)*box\.com/(?:s|v|file)/|(?:www\.)?mediafire\.com/file/|mega\.(?:nz|io)/file/"
    r"|(?:disk\.yandex\.\w+|yadi\.sk)/|cloud\.mail\.ru/public/|pan\.baidu\.com/s/|(?:www\.)?issuu\.com/[^/]+/docs/|(?:\w+\.)?scribd\.com/doc"
    r"|(?:\w+\.)?calameo\.com/(?:read|books)/|(?:www\.)?yumpu\.com/\w+/document/)",
    re.IGNORECASE,
)
"""Addresses at which hosts of other people's files hand one out."""


def suffix_of(url: str) -> str:
    """Return the suffix of a canonical address or a name, in lower case without its dot; empty where it has none."""
    name = re.split(r"[?#]", url, maxsplit=1)[0].rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def stem_of(url: str) -> str:
    """Return an address without its query and the suffix of its name."""
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    folder, slash, name = path.rpartition("/")
    return folder + slash + (name.rpartition(".")[0] or name)
