"""A source's own selector of files is judged by its matches: a run that finds all files is loaded, not held back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from models.statuses import RunStatus
from tests.pipeline.run.in_process import configured, documents, run
from tests.sites import ListingSite, serve
from tests.sites.server import Answer

FILE = Answer(b"%PDF-1.4\n%%EOF\n", "application/pdf")


class Filed(ListingSite):
    """Twenty-two pages with a file each, as `markup` offers it."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.items = self.items[:22]
        self.markup = markup

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path.startswith("/given/"):
            return FILE
        answer = super().answer(path, query)
        if self.item_at(path.rstrip("/")) is None:
            return answer
        offer = self.markup.format(f"/given/{path.rpartition('/')[2]}.pdf")
        return Answer(str(answer.body).replace("</h1>", f"</h1>{offer}", 1), answer.kind)


@pytest.mark.parametrize(
    ("markup", "selector"),
    [
        ("<p><a class='dl' href='{}'>Full text</a></p>", "a.dl"),
        pytest.param("<embed src='{}'>", "iframe::attr(src), embed::attr(src)", id="embed", marks=pytest.mark.nightly),
    ],
)
def test_a_selector_that_matches_everywhere_holds_nothing_back(tmp_path: Path, markup: str, selector: str) -> None:
    with serve(Filed(markup)) as site:
        source = {"start": site.url + "/resources", "follow": "h3 a", "attachment": selector}
        config = configured(tmp_path, {"extract": {"workers": 1, "pdf": False}, "sources": {"acme": source}})
        report = run(config)["acme"]
        held = documents(config)["acme"]
    assert (report.status, report.reasons, report.failed) == (RunStatus.DONE, [], 0)
    assert sum(len(one["attachments"]) for one in held) >= 22
