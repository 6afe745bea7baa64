"""Sites that tell of their documents by OAI-PMH and by the APIs of WordPress, DSpace and Drupal."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any, ClassVar

from tests.sites.documents import Item, document
from tests.sites.pages import cited, declared, frame
from tests.sites.server import NOT_FOUND, Answer, Site


def as_json(value: Any, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(json.dumps(value), "application/json; charset=utf-8", status, named)


class OaiSite(Site):
    """OAI-PMH, ten records a page, with deleted records and tokens that can expire."""

    mechanism = "oai-pmh"
    start = "/oai/request"
    keys: ClassVar[Mapping[str, str]] = {"discover": "oai-pmh"}
    per_page = 10

    def __init__(self) -> None:
        super().__init__()
        self.deleted = {2007: "2020-01-01", 2031: "2021-01-01"}
        self.epoch = 0
        """Tokens of an earlier epoch have expired."""

    def remove(self, *numbers: int) -> list[Item]:
        removed = super().remove(*numbers)
        self.deleted |= {item.number: self.today for item in removed}
        return removed

    def address(self, item: Item) -> str:
        return f"{self.url}/handle/10986/{item.number}"

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/oai/request":
            return self.oai(query)
        if (item := self.item_at(path)) is not None and item.number not in self.deleted:
            return Answer(cited(self, item))
        return self.file(path) or NOT_FOUND

    def oai(self, query: Mapping[str, str]) -> Answer:
        start, since, epoch = 0, query.get("from", ""), self.epoch
        if token := query.get("resumptionToken"):
            said = token.split("|")
            epoch, start, since = int(said[0]), int(said[1]), said[2]
        if query.get("verb") != "ListRecords" or epoch != self.epoch:
            code = "badVerb" if query.get("verb") != "ListRecords" else "badResumptionToken"
            return self.xml(f'<error code="{code}">no</error>')
        if query.get("metadataPrefix", "oai_dc") != "oai_dc":
            return self.xml('<error code="cannotDisseminateFormat"/>')
        records = [(self.modified(item)[:10], item) for item in self.items if item.number not in self.deleted]
        records += [(day, document(number)) for number, day in self.deleted.items()]
        records = sorted((r for r in records if r[0] >= since[:10]), key=lambda r: (r[0], r[1].number))
        if not records:
            return self.xml('<error code="noRecordsMatch"/>')
        shown = records[start : start + self.per_page]
        following = start + self.per_page
        rest = f"{self.epoch}|{following}|{since}" if following < len(records) else ""
        token_text = f'<resumptionToken completeListSize="{len(records)}" cursor="{start}">{rest}</resumptionToken>'
        return self.xml(
            "<ListRecords>" + "".join(self.record(day, item) for day, item in shown) + token_text + "</ListRecords>"
        )

    def record(self, day: str, item: Item) -> str:
        status = ' status="deleted"' if item.number in self.deleted else ""
        header = f"<header{status}><identifier>oai:morra:10986/{item.number}</identifier><datestamp>{day}</datestamp></header>"
        if status:
            return f"<record>{header}</record>"
        dc = [f"<dc:title>{escape(item.title)}</dc:title>"]
        dc += [f"<dc:creator>{escape(name)}</dc:creator>" for name in item.family_first]
        # DSpace puts the moments of accession and release before the date of issue.
        dc += [
            f"<dc:date>{item.modified}</dc:date>",
            f"<dc:date>{item.modified}</dc:date>",
            f"<dc:date>{item.date}</dc:date>",
        ]
        dc += [f"<dc:language>{item.language}</dc:language>", "<dc:type>Report</dc:type>"]
        dc += [
            "<dc:identifier>ISBN 978-92-1-101234-5</dc:identifier>",
            f"<dc:identifier>https://hdl.handle.net/10986/{item.number}</dc:identifier>",
        ]
        namespaces = (
            'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        )
        return f"<record>{header}<metadata><oai_dc:dc {namespaces}>{''.join(dc)}</oai_dc:dc></metadata></record>"

    def xml(self, body: str) -> Answer:
        top = '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-01T00:00:00Z</responseDate>'
        return Answer(f"{top}<request>{self.url}/oai/request</request>{body}</OAI-PMH>", "text/xml")


class WordpressSite(Site):
    """WordPress: posts and a type of reports, titles with escaped characters, the site's account as author.

    Args:
        closed: the API answers with 401; the site still has its feed.
    """

    mechanism = "wordpress"
    start = "/"
    keys: ClassVar[Mapping[str, str]] = {"discover": "wordpress"}

    def __init__(self, closed: bool = False) -> None:
        super().__init__()
        self.closed = closed

    def kind(self, item: Item) -> str:
        return "report" if item.number % 2 else "post"

    def address(self, item: Item) -> str:
        prefix = "reports/" if self.kind(item) == "report" else f"{item.date[:4]}/{item.date[5:7]}/"
        return f"{self.url}/{prefix}{item.slug}/"

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/":
            head = f'<link rel="https://api.w.org/" href="{self.url}/wp-json/"><link rel="alternate" type="application/rss+xml" href="/feed/">'
            return Answer(
                frame("The Morra Centre", "<h1>Welcome</h1>", head + '<meta name="generator" content="WordPress 6.8">')
            )
        if path == "/feed/":
            return self.feed(int(query.get("paged", "1")))
        if path.startswith("/wp-json/"):
            return self.api(path.removeprefix("/wp-json"), query)
        if (item := self.item_at(path)) is not None:
            return Answer(declared(self, item, "WordPress 6.8"))
        return self.file(path) or NOT_FOUND

    def api(self, path: str, query: Mapping[str, str]) -> Answer:
        if self.closed:
            return as_json({"code": "rest_not_logged_in", "message": "No", "data": {"status": 401}}, 401)
        if path == "/wp/v2/types":
            names = {"post": "posts", "page": "pages", "attachment": "media", "report": "reports", "wp_block": "blocks"}
            return as_json(
                {
                    n: {"slug": n, "rest_base": base, "rest_namespace": "wp/v2", "name": n.title()}
                    for n, base in names.items()
                }
            )
        kind = {"/wp/v2/posts": "post", "/wp/v2/reports": "report"}.get(path)
        if kind is None:
            return as_json({"code": "rest_no_route", "data": {"status": 404}}, 404)
        items = [i for i in self.items if self.kind(i) == kind and self.modified(i) > query.get("modified_after", "")]
        if query.get("orderby") == "id":
            items = sorted(items, key=lambda i: i.number)
        size, number = int(query.get("per_page", "10")), int(query.get("page", "1"))
        pages = -(-len(items) // size)
        if number > max(pages, 1):
            return as_json({"code": "rest_post_invalid_page_number", "data": {"status": 400}}, 400)
        shown = items[(number - 1) * size : number * size]
        return as_json([self.post(i) for i in shown], X_WP_Total=str(len(items)), X_WP_TotalPages=str(pages))

    def post(self, item: Item) -> dict[str, Any]:
        people = (
            [{"name": "admin", "slug": "admin"}]
            if item.number % 5 == 0
            else [{"name": n, "slug": n.lower()} for n in item.authors]
        )
        return {
            "id": item.number,
            "date": f"{item.date}T23:30:00",
            "modified_gmt": self.modified(item).removesuffix("Z"),
            "link": self.address(item),
            "title": {"rendered": escape(item.title).replace("&amp;", "&#038;").replace("’", "&#8217;")},
            "_embedded": {"author": people, "wp:term": [[{"taxonomy": "category", "name": "Water"}]]},
        }

    def feed(self, number: int) -> Answer:
        shown = self.items[(number - 1) * 10 : number * 10]
        if not shown:
            return NOT_FOUND
        rows = "".join(
            f"<item><title>{escape(i.title)}</title><link>{self.address(i)}</link><dc:creator><![CDATA[admin]]></dc:creator>"
            f"<guid isPermaLink='false'>{self.url}/?p={i.number}</guid></item>"
            for i in shown
        )
        channel = f"<channel><title>M</title><link>{self.url}/</link><generator>https://wordpress.org/?v=6.8</generator>{rows}</channel>"
        return Answer(
            f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">{channel}</rss>', "application/rss+xml"
        )


class DspaceSite(Site):
    """DSpace 8: the discovery endpoint of its REST API; files behind bundles.

    Args:
        shell: its pages are rendered by a script alone.
    """

    mechanism = "dspace"
    start = "/"
    keys: ClassVar[Mapping[str, str]] = {"discover": "dspace"}

    def __init__(self, shell: bool = False) -> None:
        super().__init__()
        self.shell = shell

    def address(self, item: Item) -> str:
        return f"{self.url}/items/{item.uuid}"

    def file_address(self, item: Item) -> str:
        return f"{self.url}/bitstreams/{item.uuid[:-4]}ffff/download"

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/":
            head = '<meta name="Generator" content="DSpace 8.0">'
            return Answer(frame("Repository", "<ds-app></ds-app>", head))
        if path == "/server/api/discover/search/objects":
            return self.search(query)
        if (item := self.item_at(path)) is not None:
            return Answer(frame("Repository", "<ds-app></ds-app>", chrome=False) if self.shell else cited(self, item))
        return self.file(path) or NOT_FOUND

    def search(self, query: Mapping[str, str]) -> Answer:
        size, number = int(query.get("size", "20")), int(query.get("page", "0"))
        shown = self.items[number * size : (number + 1) * size]
        objects = [{"_embedded": {"indexableObject": self.item(i, query.get("embed", ""))}} for i in shown]
        numbers = {
            "size": size,
            "totalElements": len(self.items),
            "totalPages": -(-len(self.items) // size),
            "number": number,
        }
        return as_json({"_embedded": {"searchResult": {"_embedded": {"objects": objects}, "page": numbers}}})

    def item(self, item: Item, embed: str) -> dict[str, Any]:
        values = {
            "dc.title": [item.title],
            "dc.contributor.author": item.family_first,
            "dc.date.accessioned": [self.modified(item)],
            "dc.date.available": [self.modified(item)],
            "dc.date.issued": [item.date],
            "dc.language.iso": [item.language],
            "dc.type": ["Report"],
        }
        found = {
            "uuid": item.uuid,
            "name": item.title,
            "lastModified": self.modified(item),
            "metadata": {name: [{"value": v, "language": None} for v in given] for name, given in values.items()},
        }
        if embed == "bundles/bitstreams":
            found["_embedded"] = {"bundles": {"_embedded": {"bundles": self.bundles(item)}}}
        return found

    def bundles(self, item: Item) -> list[dict[str, Any]]:
        def bundle(name: str, uuid: str, file: str) -> dict[str, Any]:
            streams = [{"uuid": uuid, "name": file, "sizeBytes": 1000}]
            return {"name": name, "_embedded": {"bitstreams": {"_embedded": {"bitstreams": streams}}}}

        found = [bundle("LICENSE", f"{item.uuid[:-4]}aaaa", "license.txt")]
        if item.has_pdf:
            found.append(bundle("ORIGINAL", f"{item.uuid[:-4]}ffff", "report.pdf"))
            found.append(bundle("THUMBNAIL", f"{item.uuid[:-4]}bbbb", "report.pdf.jpg"))
        return found


class DrupalSite(Site):
    """Drupal with JSON:API: fifty nodes a page at most, aliases, unpublished nodes, types that are no documents."""

    mechanism = "drupal"
    start = "/"
    keys: ClassVar[Mapping[str, str]] = {"discover": "drupal"}

    def address(self, item: Item) -> str:
        return f"{self.url}/{item.language}/{item.slug}" if item.number % 2 else f"{self.url}/node/{item.number}"

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/":
            return Answer(
                frame(
                    "The Morra Centre",
                    "<h1>Welcome</h1>",
                    '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">',
                )
            )
        if path == "/jsonapi":
            kinds = ("article", "report", "page", "event")
            links = {f"node--{k}": {"href": f"{self.url}/jsonapi/node/{k}"} for k in kinds} | {
                "file--file": {"href": "/x"}
            }
            return as_json({"jsonapi": {"version": "1.0"}, "data": [], "links": links})
        if path in ("/jsonapi/node/article", "/jsonapi/node/report"):
            return self.nodes(path.rpartition("/")[2], query)
        if (item := self.item_at(path)) is not None:
            return Answer(declared(self, item, "Drupal 10 (https://www.drupal.org)"))
        return self.file(path) or NOT_FOUND

    def nodes(self, kind: str, query: Mapping[str, str]) -> Answer:
        items = [i for i in self.items if (i.number % 3 == 0) == (kind == "article")]
        start, limit = int(query.get("page[offset]", "0")), min(int(query.get("page[limit]", "50")), 50)
        shown = items[start : start + limit]
        links: dict[str, Any] = {"self": {"href": f"{self.url}/jsonapi/node/{kind}"}}
        if start + limit < len(items):
            links["next"] = {
                "href": f"{self.url}/jsonapi/node/{kind}?sort=-changed&page%5Boffset%5D={start + limit}&page%5Blimit%5D={limit}"
            }
        data = [self.node(i) for i in shown] + [
            {"attributes": {"status": False, "drupal_internal__nid": 9999, "title": "Draft"}}
        ]
        return as_json({"data": data, "links": links})

    def node(self, item: Item) -> dict[str, Any]:
        alias = f"/{item.language}/{item.slug}" if item.number % 2 else None
        return {
            "type": "node--report",
            "id": item.uuid,
            "attributes": {
                "status": True,
                "drupal_internal__nid": item.number,
                "title": item.title,
                "created": f"{item.date}T09:00:00+00:00",
                "changed": self.modified(item),
                "langcode": item.language,
                "path": {"alias": alias, "pid": 1, "langcode": item.language},
            },
        }
