"""Plain directories of files, as web servers list them, with the directories below, and S3 buckets."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery.base import admitted, is_file, once, onward, start_sites, with_query
from scrapers.discovery.xml import Element, local, parse_xml, text_of
from scrapers.html.dom import parse
from scrapers.values.addresses import absolute

MAX_DEPTH = 8
ISO_TIME = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)[ T]\d\d:\d\d")
NAMED_TIME = re.compile(r"\b(\d\d)-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-(\d{4}) \d\d:\d\d")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def first(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for the start directories."""
    return tuple(Request(url=url, expect="directory") for url, _ in start_sites(rules))


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return the files of a directory, and the directories below it."""
    if (
        page.content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")
        and b"ListBucketResult" in page.content[:500]
    ):
        return _bucket(page, request, rules)
    dom = parse(page.content, page.header("content-type"), page.final_url)
    here = page.final_url.partition("?")[0].rpartition("/")[0] + "/"
    depth = int(request.state.get("depth", "0")) + 1
    links: list[Link] = []
    below: dict[str, None] = {}
    for anchor in dom.root.iter("a"):
        url = absolute(dom.base_url, anchor.get("href"))
        # What leads up, or sorts the table by another column, is no entry.
        if url is None or not url.startswith(here) or url == here or "?" in url.removeprefix(here)[:1]:
            continue
        if url.endswith("/"):
            below[url] = None
        elif (is_file(url) or re.search(r"\.x?html?\Z", url)) and admitted(url, rules, page.final_url):
            text = " ".join(anchor.text_content().split())
            relation = "attachment" if is_file(url) else "link"
            links.append(
                Link(
                    url=url,
                    text=text,
                    rel="attachment" if relation == "attachment" else "link",
                    modified=_time(anchor),
                    origin="directory",
                )
            )
    following = [Request(url=url, expect="directory", state={"depth": str(depth)}) for url in below]
    return Listing(links=once(links), next=tuple(following) if depth <= MAX_DEPTH else ())


def _time(anchor: Element) -> str | None:
    """Return when a file was last changed: the time that stands after its name, or in a later cell of its row."""
    row = next(anchor.iterancestors("tr"), None)
    text = (text_of(row) if row is not None else anchor.tail or "")[:500]
    if match := ISO_TIME.search(text):
        return "-".join(match.groups())
    if match := NAMED_TIME.search(text):
        return f"{match[3]}-{MONTHS.index(match[2]) + 1:02}-{match[1]}"
    return None


def _bucket(page: Page, request: Request, rules: Rules) -> Listing:
    """Return the objects of a public bucket (S3's ListObjects, version 2)."""
    root = parse_xml(page)
    base = page.final_url.partition("?")[0]
    links: list[Link] = []
    keys: list[str] = []
    for entry in root:
        parts = {local(part): text_of(part) for part in entry} if local(entry) == "Contents" else {}
        keys += [parts["Key"]] if parts.get("Key") else []
        url = absolute(base, quote(parts["Key"])) if parts.get("Key") else None
        if url and is_file(urlsplit(url).path) and admitted(url, rules, page.final_url):
            links.append(
                Link(
                    url=url, text=parts["Key"], rel="attachment", modified=parts.get("LastModified"), origin="directory"
                )
            )
    token = next((text_of(part) for part in root if local(part) == "NextContinuationToken"), "")
    url = with_query(request.url, {"list-type": "2", "continuation-token": token})
    following = (Request(url=url, expect="directory", state=onward(request.state, tokens="1")),) if token else ()
    return Listing(links=once(links), entries=tuple(keys), next=following)
