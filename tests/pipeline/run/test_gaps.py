"""No run ends with 0 that listed fewer documents than its site states."""

from __future__ import annotations

from pathlib import Path

from pipeline.run.report import exit_code
from tests.pipeline.discover.test_gaps import Stating
from tests.pipeline.run.in_process import configured, run
from tests.sites import serve


def test_a_run_that_missed_what_is_stated_says_so_each_time_and_ends_with_3(tmp_path: Path) -> None:
    with serve(Stating("Showing 1-4 of 12 documents")) as site:
        source = {"start": site.url + "/resources", "follow": "h3 a"}
        config = configured(tmp_path, {"extract": {"workers": 1}, "sources": {"acme": source}})
        for _ in range(2):
            report = run(config)["acme"]
            assert report.discovered == 4
            assert report.reasons == [f"{site.url}/resources: 12 documents are stated, 4 were listed"]
            assert exit_code([report]) == 3
