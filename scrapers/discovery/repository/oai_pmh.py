"""OAI-PMH 2.0: records with their metadata, those that were deleted, and the resumption tokens that lead on.

The token that a harvest saves is the address of the next request, so that a run which was killed goes on from there.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import quote, urlsplit

from models.errors import ExtractError
from scrapers.base import Link, Listing, Page, Request, Rules
from scrapers.discovery.base import admitted, is_file, once, onward, query_value, same_host, site_root, start_sites
from scrapers.discovery.repository.records import Record, record_of
from scrapers.discovery.xml import Element, local, parse_xml, text_of
from scrapers.values.addresses import absolute, matches, same_site

ENDPOINTS = ("server/oai/request", "oai/request", "oai", "oai2d", "oai2", "cgi/oai2", "index.php/index/oai")
"""Where DSpace 7, DSpace 6, Zenodo, Invenio, EPrints and OJS answer."""


def first(rules: Rules, *, since: str | None, token: str | None) -> tuple[Request, ...]:
    """Ask for all records, for those changed since, or for what follows a saved token."""
    requests = [_request(start, root, since) for start, root in start_sites(rules)]
    if token is None:
        return tuple(requests)
    # A source with several endpoints goes on with those after the one that was interrupted.
    ends = [token.partition("?")[0] in (r.url.partition("?")[0], *r.state["else"].split()) for r in requests]
    at = ends.index(True) if True in ends else len(requests) - 1
    begin = requests[at]
    ways = f"{begin.url} {begin.state['else']}".strip()
    state = {**begin.state, "again": begin.url, "else": ways, "resumed": "1", "page": "2"}
    return (Request(url=token, expect="oai-pmh", state=state), *requests[at + 1 :])


def read(page: Page, request: Request, rules: Rules) -> Listing:
    """Return the documents that the records describe, the deleted ones, and the request that the token stands for."""
    root = parse_xml(page)
    if local(root) != "OAI-PMH":
        raise ExtractError(page.url, f"not an answer of OAI-PMH: its root is <{local(root)}>")
    partial = "since" in request.state
    if (error := next((e for e in root if local(e) == "error"), None)) is not None:
        return _after_error(error, page, request, partial)
    body = next((element for element in root if local(element) == "ListRecords"), None)
    if body is None:
        raise ExtractError(page.url, "the answer of OAI-PMH holds no ListRecords")
    site = request.state.get("site") or site_root(page.final_url)
    links: list[Link] = []
    deleted: list[str] = []
    entries: list[str] = []
    elsewhere: Counter[str] = Counter()
    template = request.state.get("template", "")
    for element in body:
        if local(element) != "record":
            continue
        header = next((part for part in element if local(part) == "header"), None)
        identifier = _child(header, "identifier")
        entries.append(identifier or str(len(entries)))
        if header is not None and header.get("status") == "deleted":
            deleted.append(identifier)
            continue
        record = _record(element)
        link = _link(record, identifier, _child(header, "datestamp"), site, rules) if record else None
        if link is not None:
            links.append(link)
            template = template or _template(identifier, link.url)
        elif record:
            elsewhere.update(_other_hosts(record, site, rules))
    removed = [url for identifier in deleted for url in _addresses(identifier, template, site)]
    token = next((part for part in body if local(part) == "resumptionToken"), None)
    following: tuple[Request, ...] = ()
    if text := text_of(token):
        url = f"{page.url.partition('?')[0]}?verb=ListRecords&resumptionToken={quote(text, safe='')}"
        again = request.state.get("again", request.url)
        state = onward(request.state, again=again, template=template, tokens="1")
        following = (Request(url=url, expect="oai-pmh", state=state),)
    size = token.get("completeListSize") if token is not None else None
    return Listing(
        links=once(links),
        entries=tuple(entries),
        incomplete=_unlisted(elsewhere),
        next=following,
        removed=tuple(removed),
        total=int(size) if size and size.isdigit() and not partial else None,
        token=following[0].url if following else None,
        partial=partial,
    )


def _request(start: str, root: str, since: str | None) -> Request:
    """Return the first request to an endpoint; where the start address is none, the usual places are tried."""
    prefix = query_value(start, "metadataPrefix") or "oai_dc"
    chosen = query_value(start, "set")
    query = f"verb=ListRecords&metadataPrefix={quote(prefix)}"
    query += f"&set={quote(chosen)}" if chosen else ""
    query += f"&from={since[:10]}" if since else ""
    endpoint = start.partition("?")[0]
    if "verb=" in start or re.search(r"/oai|/cgi/oai2|\boai\b", endpoint, re.IGNORECASE):
        ways = [endpoint]
    else:
        ways = [root + path for path in ENDPOINTS]
    urls = [f"{way}?{query}" for way in ways]
    state = {"site": root, "page": "1", "else": " ".join(urls[1:])} | ({"since": since} if since else {})
    return Request(url=urls[0], expect="oai-pmh", state=state)


def _after_error(error: Element, page: Page, request: Request, partial: bool) -> Listing:
    """Return what follows an error: nothing where nothing matches, a fresh start where the token has expired."""
    code = error.get("code", "")
    if code == "noRecordsMatch":
        return Listing(partial=partial)
    again = request.state.get("again")
    if code == "badResumptionToken" and again and "restarted" not in request.state:
        left = ("again", "template", "resumed", "tokens", "else")
        state = {key: value for key, value in request.state.items() if key not in left}
        fresh = Request(url=again, expect="oai-pmh", state={**state, "page": "1", "restarted": "1"})
        return Listing(next=(fresh,), partial=partial)
    if code in ("cannotDisseminateFormat", "badArgument") and "metadataPrefix=oai_dc" not in request.url and not again:
        url = re.sub(r"metadataPrefix=[^&]*", "metadataPrefix=oai_dc", request.url)
        return Listing(next=(Request(url=url, expect="oai-pmh", state=request.state),))
    raise ExtractError(page.url, f"OAI-PMH answers {code}: {text_of(error)[:300]}")


def _record(element: Element) -> Record | None:
    """Return the metadata of a record; None where it has none."""
    metadata = next((part for part in element if local(part) == "metadata"), None)
    body = next(iter(metadata), None) if metadata is not None else None
    return None if body is None else record_of(body)


def _other_hosts(record: Record, site: str, rules: Rules) -> set[str]:
    """Return the hosts to which a record's addresses lead, where the configuration does not exclude them."""
    urls = (absolute(site, text) for text in record.addresses if re.match(r"https?://", text))
    return {
        urlsplit(url).netloc
        for url in urls
        if url and not same_site(url, site) and not (rules.exclude and matches(url, rules.exclude))
    }


def _unlisted(elsewhere: Counter[str]) -> str | None:
    """Return the words for records all of whose addresses lie on other hosts."""
    if not elsewhere:
        return None
    host, number = elsewhere.most_common(1)[0]
    return f'{number} records name no address on this site but one on {host}: add file_hosts = ["{host}"], or `exclude`'


def _link(record: Record, identifier: str, datestamp: str, site: str, rules: Rules) -> Link | None:
    """Return the document that a record describes: its landing page, or its file where no page is named."""
    url = _address(record, identifier, site, rules)
    if url is None:
        return None
    return Link(
        url=url,
        text=record.title,
        modified=datestamp or None,
        language=record.language,
        origin="oai-pmh",
        claims=record.claims,
    )


def _address(record: Record, identifier: str, site: str, rules: Rules) -> str | None:
    """Return the address of a record's document among its identifiers: on the site, a page rather than a file."""
    own = [url for text in record.addresses if (url := _on_site(text, site)) and admitted(url, rules, site)]
    own.sort(key=lambda url: not same_site(url, site))  # a resolver's (doi.org) only where no other is named
    pages = [url for url in own if not is_file(url)]
    if chosen := next(iter(pages or own), None):
        return chosen
    if _other_hosts(record, site, rules):
        return None  # the document is on another host: an address that we make up would be another document's, or none
    return next(
        (url for url in _addresses(identifier, "", site) if "/handle/" in url and admitted(url, rules, site)), None
    )


def _on_site(text: str, site: str) -> str | None:
    """Return an identifier's address; a handle of the Handle System is the site's own `/handle/` page."""
    url = absolute(site, text) if re.match(r"https?://", text) else None
    if url and same_host(url, "hdl.handle.net"):
        return f"{site}handle{urlsplit(url).path}"
    return url


def _template(identifier: str, url: str) -> str:
    """Return how a site's addresses follow from its OAI identifiers, for the deleted records, which give no address."""
    name = identifier.rpartition(":")[2]
    return url.replace(name, "{}") if name and url.count(name) == 1 else ""


def _addresses(identifier: str, template: str, site: str) -> list[str]:
    """Return the addresses that a record with this identifier may have."""
    name = identifier.rpartition(":")[2]
    if not name or not re.fullmatch(r"[\w./%-]+", name):
        return []
    if template:
        return [template.replace("{}", name)]
    if re.fullmatch(r"\d+(?:\.\d+)*/[\w.-]+", name):
        return [f"{site}handle/{name}"]
    return [f"{site}{name}", f"{site}record/{name}", f"{site}records/{name}"] if name.isdigit() else []


def _child(element: Element | None, name: str) -> str:
    return next((text_of(part) for part in element if local(part) == name), "") if element is not None else ""
