"""Notices with status 200 never overwrite what is held: by known words, by what they do to known pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.pipeline.run.in_process import configured, documents, run
from tests.sites import ListingSite, serve
from tests.sites.server import Answer

KNOWN = (
    "<title>Request Rejected</title>The requested URL was rejected. Your support ID is: {}<br><a href='/'>[Go Back]</a>"
)
UNKNOWN = (
    "<title>Hold on, traveller</title><h1>Hold on, traveller</h1><p>The keeper of this gate is counting. Ticket {}.</p>"
)
SHELL = "<title>Portal</title><div class=app>{}</div>"


class Walled(ListingSite):
    """Answers some of its documents with a notice, once the wall is up; another one has become short by right."""

    count = 12

    def __init__(self, notice: str, behind: set[int]) -> None:
        super().__init__()
        self.notice, self.behind, self.up = notice, behind, False
        self.withdrawn = next(item for item in self.items if item.number == 9)

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        item = self.item_at(path.rstrip("/"))
        if self.up and item is not None and item.number in self.behind:
            return Answer(self.notice.format(item.number * 98765))
        if self.up and item is self.withdrawn:
            return Answer(f"<title>{item.title}</title><h1>{item.title}</h1><p>Withdrawn by its authors.</p>")
        return super().answer(path, query)


@pytest.mark.parametrize(
    ("notice", "behind"),
    [
        pytest.param(KNOWN, {3, 7, 11}, id="known words"),
        pytest.param(UNKNOWN, {3, 7}, id="unknown, two alike", marks=pytest.mark.nightly),
        pytest.param(UNKNOWN, {5}, id="unknown, one", marks=pytest.mark.nightly),
        pytest.param(SHELL, {1, 2, 3, 4}, id="empty shells", marks=pytest.mark.nightly),
    ],
)
def test_a_notice_does_not_overwrite_a_document(tmp_path: Path, notice: str, behind: set[int]) -> None:
    with serve(Walled(notice, behind)) as site:
        source = {"start": site.url + "/resources", "follow": "h3 a"}
        config = configured(tmp_path, {"extract": {"workers": 1}, "sources": {"acme": source}})
        run(config)
        before = {held["url"]: held for held in documents(config)["acme"]}
        site.up = True
        report = run(config, full=True)["acme"]
        assert (report.failed, report.published.changed) == (len(behind), 1)
        for held in documents(config)["acme"]:
            cut = held["url"].endswith(site.withdrawn.slug)
            assert (held["title"], held["revision"]) == (before[held["url"]]["title"], 2 if cut else 1)
