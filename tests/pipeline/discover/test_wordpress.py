"""WordPress's API as sites limit it: capped, without totals, closed in part, with notices before its JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import harvest
from tests.sites import WordpressSite, serve
from tests.sites.server import Answer

NOTICE = "<br />\n<b>Notice</b>: Undefined variable $x in <b>/srv/functions.php[7]</b> on line <b>12</b><br />\n"


class Limited(WordpressSite):
    """WordPress behind filters and caches.

    Args:
        cap: that many items a page, whatever is asked for.
        refuses: asked for more than that many, it answers with 400.
        totals: whether the headers state how many there are.
        types: whether the list of types is open.
        before: what stands before its JSON.
    """

    def __init__(
        self, cap: int = 100, refuses: int = 100, totals: bool = True, types: bool = True, before: str = ""
    ) -> None:
        super().__init__()
        self.cap, self.refuses, self.totals, self.types, self.before = cap, refuses, totals, types, before

    def kind(self, item: object) -> str:
        return "post"

    def api(self, path: str, query: Mapping[str, str]) -> Answer:
        size = int(query.get("per_page", "10"))
        if path == "/wp/v2/types" and not self.types:
            return Answer('{"code": "rest_cannot_view"}', "application/json", 401)
        if size > self.refuses:
            return Answer('{"code": "rest_invalid_param"}', "application/json", 400)
        answer = super().api(path, {**query, "per_page": str(min(size, self.cap))})
        assert isinstance(answer.body, str)
        headers = answer.headers if self.totals else {}
        return Answer(self.before + answer.body, answer.kind, answer.status, headers)


@pytest.mark.parametrize(
    "limits",
    [
        {"cap": 25},
        {"cap": 25, "totals": False},
        {"cap": 60, "totals": False},
        {"refuses": 20},
        {"refuses": 10, "totals": False},
        {"refuses": 50, "types": False},
        {"types": False},
        {"before": NOTICE},
        {"before": "\ufeff"},
        {"before": "Deprecated: [x] is deprecated\n", "cap": 20, "totals": False},
    ],
    ids=lambda limits: ",".join(f"{key}={str(value)[:10]!r}" for key, value in limits.items()),
)
def test_all_posts_are_found(limits: dict[str, object]) -> None:
    with serve(Limited(**limits)) as site:  # type: ignore[arg-type]
        found = harvest(site)
        assert sorted(identity(link.url) for link in found.links) == sorted(
            identity(site.address(item)) for item in site.items
        )
        assert (found.mechanism, found.gaps, found.complete) == ("wordpress", (), True)
        assert len(site.asked) <= 14


class Fewer(Limited):
    """States more posts than its pages show."""

    def api(self, path: str, query: Mapping[str, str]) -> Answer:
        answer = super().api(path, query)
        if path != "/wp/v2/posts" or answer.status != 200:
            return answer
        assert isinstance(answer.body, str)
        return Answer(json.dumps(json.loads(answer.body)[:-1]), answer.kind, headers=answer.headers)


def test_fewer_posts_than_are_stated_are_said() -> None:
    with serve(Fewer()) as site:
        found = harvest(site)
        assert len(found.links) == 59
        assert "60 documents are stated, 59 were listed" in found.gaps[0]


class HomeForAll(WordpressSite):
    """Answers every address of its API with its home page."""

    def api(self, path: str, query: Mapping[str, str]) -> Answer:
        return self.answer("/", {})


def test_a_home_page_in_place_of_the_api_is_said() -> None:
    with serve(HomeForAll()) as site:
        found = harvest(site, alone=True)
        assert found.mechanism == "feed"
        assert "wordpress fails" in found.gaps[0]
