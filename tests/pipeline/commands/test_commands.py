"""The commands as a user types them: `extract`, `accept`, `check`, `db`, help and errors."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from pathlib import Path

from tests.pipeline.workplace import INGEST, Workplace, lines

PAGE = """<!doctype html><html lang=en><head><title>Wells of Karo | Acme</title>
<meta property="article:published_time" content="2021-03-04T10:00:00Z"><meta name=author content="Ada Byron"></head>
<body><nav><a href=/>Home</a></nav><main><h1>Wells of Karo</h1>
<p>The committee heard how the wells near the plant were closed one after the other, and who paid for the water.</p>
<p>A court will hear the case; <a href="/files/annex.pdf">the annex</a> has the figures.</p></main></body></html>
"""


def test_extract_prints_what_a_file_says(workplace: Workplace) -> None:
    (workplace.folder / "page.html").write_text(PAGE, "utf-8")
    said = json.loads(workplace.ingest("extract", "page.html", "--url", "https://acme.test/wells").stdout)
    assert said["title"] == "Wells of Karo"
    assert said["authors"] == [{"name": "Ada Byron", "kind": "person"}]
    assert (said["date_published"], said["date_precision"]) == ("2021-03-04", "day")
    assert {"url": "https://acme.test/files/annex.pdf", "text": "the annex", "rel": "attachment"} in said["links"]
    assert set(said["origins"]) >= {"title", "authors", "date_published", "body"}
    assert not (workplace.folder / "data").exists()


def test_extract_reads_stdin(workplace: Workplace) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "extract", "-"],
        input=PAGE,
        capture_output=True,
        text=True,
        cwd=workplace.folder,
        check=True,
    )
    assert json.loads(done.stdout)["title"] == "Wells of Karo"


def test_extract_fetches_an_address(workplace: Workplace) -> None:
    said = json.loads(workplace.ingest("extract", "http://reports.test/publications", code=0).stdout)
    assert said["url"] == "http://reports.test/publications"


def test_extract_batch_carries_keys_and_names_what_failed(workplace: Workplace) -> None:
    (workplace.folder / "page.html").write_text(PAGE, "utf-8")
    (workplace.folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    items = [
        {"id": 1, "path": "page.html", "url": "https://acme.test/1", "shelf": "a"},
        {"id": 2, "path": "broken.pdf", "url": "https://acme.test/2"},
        {"id": 3, "path": "none.html"},
    ]
    (workplace.folder / "list.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
    out = workplace.ingest("extract", "--batch", "list.jsonl", "--jobs", "2", code=3).stdout
    read = {line["id"]: line for line in map(json.loads, out.strip().split("\n"))}
    assert read[1]["shelf"] == "a"
    assert read[1]["title"] == "Wells of Karo"
    assert read[2]["error"]
    assert "title" not in read[2]
    assert "none.html" in read[3]["error"] or "No such file" in read[3]["error"]


def test_extract_batch_answers_before_its_input_ends(workplace: Workplace) -> None:
    (workplace.folder / "page.html").write_text(PAGE, "utf-8")
    command = [*INGEST, "extract", "--batch", "-", "--jobs", "1"]
    with subprocess.Popen(command, cwd=workplace.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b'{"id": 1, "path": "page.html"}\n')
        process.stdin.flush()
        answered, _, _ = select.select([process.stdout], [], [], 30)
        process.stdin.close()
        assert json.loads(process.stdout.readline())["title"] == "Wells of Karo"
    assert answered
    assert process.returncode == 0


def test_extract_names_what_it_cannot_read(workplace: Workplace) -> None:
    (workplace.folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert "image/png" in workplace.ingest("extract", "picture.png", code=3).stderr
    assert "none.html" in workplace.ingest("extract", "none.html", code=2).stderr
    workplace.ingest("extract", code=2)


def test_accept_saves_a_page_and_all_reads_it_again(workplace: Workplace) -> None:
    saved = workplace.ingest("accept", "http://old.bhrrc.test/en/river-hearings-record").stdout.strip()
    folder = Path(saved)
    assert folder.parent.parent == workplace.folder / "corpus"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert set(before) == {"page.html", "page.json", "expected.json", "expected.txt"}
    assert json.loads(before["expected.json"])["title"]
    workplace.ingest("accept", "--all")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_check_looks_and_writes_nothing(workplace: Workplace) -> None:
    out = workplace.ingest("check").stdout
    assert "sample-reports: " in out
    assert [path.name for path in workplace.folder.iterdir()] == ["config.toml"]


def test_check_names_a_selector_that_matches_nowhere(workplace: Workplace) -> None:
    with workplace.config.open("a", encoding="utf-8") as file:  # the last table is that of sample-reports
        file.write('title = "h1.never"\n')
    assert "title matched on none" in workplace.ingest("check", "sample-reports", code=3).stderr


def test_check_names_what_a_selector_matches_where_that_is_no_one_value(workplace: Workplace) -> None:
    with workplace.config.open("a", encoding="utf-8") as file:
        file.write('title = "p"\ndate = "h1"\n')
    told = workplace.ingest("check", "sample-reports", code=3).stderr
    assert "title was ignored on 3 of 3: 'p' matches " in told
    assert "different texts: '" in told
    assert "date was ignored on 3 of 3: 'h1' matches no date: '" in told
    assert "matched on none" not in told


def test_db_upgrade_makes_a_store_once(workplace: Workplace) -> None:
    assert "was migrated" in workplace.ingest("db", "upgrade").stdout
    assert "already" in workplace.ingest("db", "upgrade").stdout


def test_an_unknown_document_run_or_source_ends_with_2(workplace: Workplace) -> None:
    workplace.ingest("show", "http://old.bhrrc.test/en/never", code=2)
    workplace.ingest("runs", "never", code=2)
    assert "did you mean 'sample-reports'" in workplace.ingest("run", "sample-report", code=2).stderr


def test_help_answers_without_heavy_imports() -> None:
    script = (
        "import sys\n"
        "from pipeline.commands import run_command_line\n"
        "run_command_line(['--help'])\n"
        "heavy = {'sqlalchemy', 'pydantic', 'lxml', 'numpy', 'httpx', 'pdfplumber', 'pypdfium2', 'bs4', 'pebble'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))\n"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert "HEAVY []" in out
    assert "rerun" in out


def test_a_run_loads_what_reads_pages_in_its_reading_processes_alone() -> None:
    script = (
        "import sys, pipeline.run.incremental, pipeline.run.run, pipeline.run.settings, pipeline.fetch.client\n"
        "from scrapers.base import Rules\n"
        "from scrapers.discovery import MECHANISMS\n"
        "rules = Rules(start=('https://acme.test/list',))\n"
        "asked = [MECHANISMS[name].first(rules, since=None, token=None) for name in ('auto', 'listing')]\n"
        "print([one.expect for first in asked for one in first], {'lxml', 'numpy', 'bs4'} & set(sys.modules))\n"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out == "['auto', 'listing'] set()\n"


def test_an_export_is_not_overwritten_by_nothing(filled: Workplace) -> None:
    filled.ingest("export", "x.csv", "--source", "sample-reports", "--source", "sample-first-generation", "--quiet")
    before = (filled.folder / "x.csv").read_bytes()
    said = filled.ingest("export", "x.csv", "--quiet", "--since", "2090", "--language", "en").stderr
    assert "x.csv: no document matches (language en, since 2090); the file was left as it was" in said
    assert (filled.folder / "x.csv").read_bytes() == before
    assert "without a date left out" in filled.ingest("export", "y.csv", "--since", "2019").stderr
    assert "without a date left out" in filled.ingest("search", "the", "--since", "2019").stderr
    assert (
        "within language en, since 2090" in filled.ingest("search", "the", "--since", "2090", "--language", "en").stderr
    )


def test_export_of_nothing_is_an_empty_file(workplace: Workplace) -> None:
    workplace.ingest("export", "x.jsonl", "--quiet")
    assert lines(workplace.folder / "x.jsonl") == []


def test_search_tells_how_it_read_a_query(filled: Workplace) -> None:
    everything = filled.ingest("search", "--limit", "3", "--json")
    assert len(json.loads(everything.stdout)) == 3
    done = filled.ingest("search", "autor:nobody", "language:en")
    assert "Did you mean author:nobody?" in done.stderr
    assert "'language:en' finds" in done.stderr
    refused = filled.ingest("search", "--", "-migrant", "date:20x9", code=2)
    assert "“20x9” is no date here" in refused.stderr
    assert "\n           ^" in refused.stderr
    refused = filled.ingest("export", "docs.jsonl", "--query", "status:open", code=2)
    assert "write status:live or status:gone" in refused.stderr


def test_show_prints_the_beginning_of_a_text_and_all_of_it_on_demand(filled: Workplace) -> None:
    longest = max(filled.documents(), key=lambda document: len(document["body"] or ""))
    body = longest["body"].split()
    for options, whole in (((), False), (("--text",), True)):
        told = filled.ingest("show", longest["canonical_url"], *options).stdout
        assert (" ".join(body) in " ".join(told.split())) is (whole or len(longest["body"]) <= 1200)
