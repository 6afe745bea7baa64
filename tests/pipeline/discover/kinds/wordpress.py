"""Kinds of WordPress: its interface capped, closed, noisy, or answering with the home page."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from tests.pipeline.discover.kinds.feeds import Broken, rss
from tests.pipeline.discover.kinds.site import Answering, Asked, Kind, day_of, path_of, paths, title_of
from tests.sites.pages import frame
from tests.sites.server import Answer

COUNT = 9
TYPES = {
    name: {"slug": name, "rest_base": base}
    for name, base in (("post", "posts"), ("page", "pages"), ("attachment", "media"))
}
NOTICE = "<br />\n<b>Notice</b>: Undefined variable $x in <b>/var/www/functions.php</b> on line <b>12</b><br />\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """What is odd about the interface."""

    cap: int = 100
    """The most posts that it gives at once, whatever is asked."""
    refused: int = 100
    """More than this at once is refused with 400."""
    totals: bool = True
    types: bool = True
    before: str = ""
    """What stands before each answer."""
    closed: tuple[int, str] | None = None
    home: bool = False
    """Whether it answers with the home page."""
    behind: str = ""


def post(root: str, number: int) -> dict[str, object]:
    title = {"rendered": title_of(number).replace("report", "report&#8217;s &#038;")}
    return {
        "id": number,
        "date": f"{day_of(number)}T08:00:00",
        "modified_gmt": f"{day_of(number)}T09:00:00",
        "link": f"{root}{path_of(number)}/",
        "title": title,
    }


def home(root: str) -> Answer:
    head = f'<link rel="https://api.w.org/" href="{root}/wp-json/"><link rel="alternate" type="application/rss+xml" href="{root}/feed/">'
    cards = "".join(
        f"<article><h3><a href='{path_of(n)}/'>{title_of(n)}</a></h3><p>{day_of(n)}</p></article>" for n in (1, 2, 3)
    )
    return Answer(
        frame("Home", f"<p>Welcome</p>{cards}", head), headers={"Link": f'<{root}/wp-json/>; rel="https://api.w.org/"'}
    )


def wordpress(odd: Interface) -> Answering:
    def answer(asked: Asked) -> Answer | None:
        if asked.path == "/":
            return home(asked.root)
        if asked.path == "/feed/":
            if asked.query.get("paged", "1") != "1":
                return None
            body = rss(asked.root, Broken(link=lambda n: f"{path_of(n)}/")).replace(
                "<description>", "<generator>https://wordpress.org/?v=6.4</generator><description>", 1
            )
            return Answer(body.rpartition("<item>")[0] + "</channel></rss>", "application/rss+xml")
        if not asked.path.startswith("/wp-json"):
            return None
        return home(asked.root) if odd.home else interface(odd, asked)

    return answer


def interface(odd: Interface, asked: Asked) -> Answer:
    """Return what the interface answers."""
    if odd.closed is not None:
        return said(odd, {"code": odd.closed[1], "message": "no"}, odd.closed[0])
    if asked.path == "/wp-json/wp/v2/types":
        return said(odd, TYPES) if odd.types else said(odd, {"code": "rest_cannot_view"}, 401)
    if asked.path != "/wp-json/wp/v2/posts":
        return said(odd, {"code": "rest_no_route"}, 404)
    each, number = int(asked.query.get("per_page", "10")), int(asked.query.get("page", "1"))
    if each > odd.refused:
        return said(odd, {"code": "rest_invalid_param"}, 400)
    each = min(each, odd.cap)
    pages = -(-COUNT // each)
    if number > pages:
        return said(odd, {"code": "rest_post_invalid_page_number"}, 400)
    totals = {"X-WP-Total": str(COUNT), "X-WP-TotalPages": str(pages)} if odd.totals else {}
    return said(
        odd,
        [post(asked.root, n) for n in range((number - 1) * each + 1, min(number * each, COUNT) + 1)],
        headers=totals,
    )


def said(odd: Interface, value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    body = f"{odd.before}{json.dumps(value)}{odd.behind}"
    return Answer(body, "application/json; charset=UTF-8", status, headers or {})


NINE: dict[str, Mapping[str, Interface]] = {
    "an open interface": {"as it comes": Interface(), "without totals": Interface(totals=False), "two pages": Interface(cap=5)},
    "a cap without totals": {f"of {n}": Interface(cap=n, totals=False) for n in (4, 3, 8)},
    "a cap with totals": {f"of {n}": Interface(cap=n) for n in (4, 3, 8)},
    "many at once refused": {f"above {n}": Interface(refused=n) for n in (20, 10, 50)},
    "closed types": {"open posts": Interface(types=False), "capped posts": Interface(types=False, cap=4), "without totals": Interface(types=False, totals=False)},
    "notices before the JSON": {"of PHP": Interface(before=NOTICE), "twice": Interface(before=NOTICE * 2), "before capped posts": Interface(before=NOTICE, cap=4)},
    "a mark of the order of bytes": {"before each": Interface(before="\ufeff"), "with a comment behind": Interface(before="\ufeff", behind="<!-- cached -->"), "before capped posts": Interface(before="\ufeff", cap=4)},
}  # fmt: skip
THREE: dict[str, Mapping[str, Interface]] = {
    "a closed interface": {name: Interface(closed=(status, name)) for status, name in ((401, "rest_not_logged_in"), (403, "rest_forbidden"), (404, "rest_disabled"))},
    "a home page in its place": {"as it is": Interface(home=True), "with types": Interface(home=True, types=False), "without totals": Interface(home=True, totals=False)},
}  # fmt: skip
SLASHED = tuple(f"{path}/" for path in paths(COUNT))
KINDS: dict[str, dict[str, Kind]] = {
    kind: {name: Kind(answer=wordpress(odd), start="/", wanted=SLASHED) for name, odd in ways.items()}
    for kind, ways in NINE.items()
} | {
    kind: {name: Kind(answer=wordpress(odd), start="/", wanted=SLASHED[:3], code=3) for name, odd in ways.items()}
    for kind, ways in THREE.items()
}
