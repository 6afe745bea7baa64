"""Wrong inputs, one a row: commands, configuration, environment, files. Each answer names the thing and the remedy."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.commands import run_command_line
from tests.pipeline.conftest import Ingested

COMMANDS: tuple[tuple[str, int, str, str], ...] = (  # what is typed, the exit code, the thing, the remedy
    ("serch water", 2, "'serch'", "Did you mean 'search'"),
    ("source delete acme", 2, "'delete'", "`ingest source --help`"),
    ("source", 2, "a command is missing", "`ingest source --help`"),
    ("status extra", 2, "(extra)", "`ingest status --help`"),
    ("status --jsn", 2, "--jsn", "--json"),
    ("status --format xml", 2, "'xml'", "text, json or openmetrics"),
    ("status --stale-days many", 2, "'--stale-days'", "valid number"),
    ("--config none.toml status", 2, "none.toml: there is no such file", "ingest --config none.toml init"),
    ("--config data status", 2, "data: cannot be read", "--config FILE"),
    ("run sample-report", 2, "'sample-report'", "did you mean 'sample-reports'?"),
    ("run qqq", 2, "'qqq'", "`ingest source list`"),
    ("run --limit 0", 2, "'--limit'", "greater than or equal to 1"),
    ("run --limit many", 2, "'--limit'", "valid integer"),
    ("run --since yesterday", 2, "--since 'yesterday'", "write 2019, 2019-05 or 2019-05-23"),
    ("run --since 2019-02-30", 2, "--since '2019-02-30'", "write 2019, 2019-05 or 2019-05-23"),
    ("run --report none/r.json", 2, "--report none/r.json: there is no folder none", "make it first"),
    ("run --report data", 2, "--report data: is a folder", "name a file in it"),
    ("run --log config.toml/x.log", 2, "--log config.toml/x.log: cannot be written", "name a file in a folder"),
    ("rerun --stage read", 2, "--stage 'read'", "must be extract or normalise"),
    ("rerun --source sample-report", 2, "'sample-report'", "did you mean 'sample-reports'?"),
    ("rerun --url http://nobody.test/", 2, "http://nobody.test/", "`ingest search`"),
    ("rerun --url nonsense", 2, "'nonsense'", "write it whole"),
    ("rerun --since soon", 2, "--since 'soon'", "write 2019"),
    ("rerun --kind reprot", 2, "--kind 'reprot'", "did you mean 'report'?"),
    ("runs none", 2, "'none'", "`ingest runs`"),
    ("runs --accept", 2, "runs: name one run", "--accept or --reject"),
    ("runs 1 --accept --reject", 2, "runs: name one run", "--accept or --reject"),
    ("runs 1 --accept", 2, "is done, not held", "nothing of sample-"),
    ("runs --source sample-report", 2, "--source 'sample-report'", "did you mean 'sample-reports'?"),
    ("show", 2, "'URL|ID'", "`ingest show --help`"),
    ("show 99999", 2, "'99999'", "`ingest search`"),
    ("show water", 2, "'water'", "`ingest search`"),
    ("show 1 --diff 1 9", 2, "no revision 9", "it has 1"),
    ("search --source sample-report water", 2, "--source 'sample-report'", "did you mean 'sample-reports'?"),
    ("search --source sample-reports --source nobody x", 2, "--source 'nobody'", "known: sample-first-generation"),
    ("search --language english water", 2, "--language 'english'", "did you mean 'en'?"),
    ("search --language xx_ water", 2, "--language 'xx_'", "such as en or pt-BR"),
    ("search --since 2019/05/01 water", 2, "--since '2019/05/01'", "write 2019"),
    ("search --sort date water", 2, "--sort 'date'", "best, newest"),
    ("search date:soon", 2, "soon", "write date:2019"),
    ("export out.txt", 2, "out.txt", ".jsonl, .csv"),
    ("export data", 2, "data", ".jsonl, .csv"),
    ("export none/out.csv", 2, "there is no folder none", "make it first"),
    ("export out.csv --kind PDF", 2, "--kind 'PDF'", "known: article"),
    ("export out.csv --source sample-report", 2, "--source 'sample-report'", "did you mean 'sample-reports'?"),
    ("export out.csv --failures --source sample-report", 2, "--source 'sample-report'", "did you mean"),
    ("export out.csv --since soon", 2, "--since 'soon'", "write 2019"),
    ("extract", 2, "extract: name a FILE", "--batch LIST.jsonl"),
    ("extract none.html", 2, "none.html: cannot be read", "No such file"),
    ("extract ftp://acme.example/", 2, "ftp://acme.example/", "only http and https"),
    ("extract --batch config.toml", 2, "config.toml, line 1", "a JSON object with a path"),
    ("links", 2, "links: name a FILE", "--batch LIST.jsonl"),
    ("import none.warc.gz", 2, "none.warc.gz", "there is no such file or folder"),
    ("import old.arc.gz", 2, "old.arc.gz: an ARC file", "warcio recompress old.arc.gz old.warc.gz"),
    ("import notes.txt --source 'a b'", 2, "--source 'a b'", "letters, digits, - and _"),
    ("add acme", 2, "'acme'", "https://acme.example/publications"),
    ("add ftp://acme.example/", 2, "'ftp://acme.example/'", "https://acme.example/publications"),
    ("add http://reports.test/publications", 2, "'sample-reports' starts there", "ingest run sample-reports"),
    ("check sample-report", 2, "'sample-report'", "did you mean 'sample-reports'?"),
    ("accept", 2, "accept: name a URL", "--all"),
    ("source disable nobody", 2, "'nobody'", "`ingest source list`"),
    ("source remove sample-report", 2, "'sample-report'", "did you mean 'sample-reports'?"),
    ("source remove sample-reports", 2, "sample-reports: 11 documents", "--yes"),
    ("init", 2, "config.toml is there already", "--contact WHO"),
    ("init --contact nobody", 2, "config.toml: http.contact", "an e-mail address or an http(s) address"),
    ("forget http://nobody.test/", 2, "http://nobody.test/", "`ingest search`"),
    ("forget nonsense", 2, "'nonsense'", "write it whole"),
    ("archive prune --before soon", 2, "--before 'soon'", "write 2019"),
    ("backup notes.txt", 1, "the backup notes.txt", "name a folder"),
    ("search --since 2020 --until 2019 x", 2, "--since 2020 is later than --until 2019", "exchange the two"),
    ("rerun --since 2020-05 --until 2020-04", 2, "--since 2020-05", "exchange the two"),
    ("search --author '...' x", 2, "--author '...'", "leave it out"),
    ("search --source '\udcff' x", 2, "--source", "known: sample-"),
    ("runs '\udcff'", 2, "\\xdcff", "type it again"),
    ("source remove '\udcff'", 2, "\\xdcff", "type it again"),
    ("export x.csv --failures --kind report", 2, "--failures: --kind", "--source"),
    ("export x.csv --columns titel", 2, "'titel'", "did you mean 'title'?"),
    ("export x.jsonl --bom", 2, "--bom", "is for a .csv"),
    ("status --stale-days 1e99", 2, "'--stale-days'", "less than or equal to 36500"),
    ("show 1 --diff a b", 2, "'--diff'", "must be a valid integer (`ingest show --help`"),
    ("accept --all", 2, "corpus: no page is saved there", "`ingest accept URL` saves one"),
    ("accept http://acme.example/ --source nobody", 2, "'nobody'", "`ingest source list`"),
    ("add localhost:99999", 2, "'localhost:99999'", "https://acme.example/publications"),
    ("add http://acme.example:0/", 2, "'http://acme.example:0/'", "https://acme.example/publications"),
    ("add http://ann:secret@acme.example/", 2, "for acme.example", "`headers` of the source"),
    ("add acme.example --name 'a b'", 2, "--name 'a b'", "letters, digits, - and _"),
    ("add acme.example --name sample-reports --write", 2, "'sample-reports'", "choose another with --name"),
    ("run --dry-run --report r.json", 2, "--report", "--json"),
    ("run --wait --enqueue", 2, "--wait: nothing is waited for with --enqueue", "leave out one of the two"),
    ("rerun --wait --dry-run", 2, "--wait: nothing is waited for with --dry-run", "leave out one of the two"),
    ("backup data", 1, "the backup data would lie in the store itself", "a folder of its own"),
    ("backup data/archive/copy", 1, "would lie in the store itself", "a folder of its own"),
    ("db move data/ingest.db data/ingest.db", 2, "data/ingest.db is the store itself", "another database"),
    ("db move none.db b.db", 1, "none.db", "`ingest run` makes it"),
    ("worker", 2, "workers need a PostgreSQL store", "ingest db move"),
    ("serve --host 0.0.0.0", 2, "--host 0.0.0.0", "ssh -L"),
    ("init --contact ''", 2, "config.toml is there already", "--contact WHO"),
    ("import empty.csv", 2, "empty.csv: the list holds no address", "no address"),
    ("alerts", 2, "no alert is configured", "[alerts.NAME]"),
    ("demo --fast", 2, "--fast", "`ingest demo --help`"),
)

CONTACT = '[http]\ncontact = "a@b.org"\n'
ACME = f'{CONTACT}[sources.acme]\nstart = "https://acme.example/"\n'
CONFIGURATIONS: tuple[tuple[str | bytes, Mapping[str, str], int, str, str], ...] = (  # text, environment, as above
    ("[http\n", {}, 2, "config.toml: not valid TOML", "line 1"),
    (ACME + ACME, {}, 2, "config.toml: not valid TOML", "twice"),
    (b"# caf\xe9\n", {}, 2, "config.toml: is not UTF-8", "save it with that encoding"),
    ("[htp]\n", {}, 2, "config.toml: htp: unknown key", "did you mean 'http'?"),
    ("base = 'x'\n", {}, 2, "config.toml: base", "unknown key"),
    ("[http]\ncontct = 'a@b.org'\n", {}, 2, "http.contct", "did you mean 'contact'?"),
    (ACME + "folow = 'a'\n", {}, 2, "sources.acme.folow", "did you mean 'follow'?"),
    ("[http]\ndelay_seconds = 'slow'\n", {}, 2, "http.delay_seconds", "must be a valid number"),
    ("[http]\ndelay_seconds = -1\n", {}, 2, "http.delay_seconds", "must be greater than or equal to 0"),
    ("[http]\ncontact = 'me'\n", {}, 2, "http.contact", "must be an e-mail address"),
    ("[sources.acme]\nfollow = 'a'\n", {}, 2, "sources.acme.start", "is missing"),
    ("[sources.acme]\nstart = 'acme.example'\n", {}, 2, "sources.acme.start", "write it as https://"),
    ("[sources.acme]\nstart = 3\n", {}, 2, "sources.acme.start", "a string or a list of strings"),
    ("[sources.'a b']\nstart = 'https://a.example/'\n", {}, 2, "'a b'", "letters, digits, - and _"),
    ("[sources.a]\nstart = 'https://a.example:99999/'\n", {}, 2, "sources.a.start", "Port out of range"),
    (ACME + "follow = 'a['\n", {}, 2, "sources.acme.follow", "is not a CSS selector"),
    (ACME + "discover = 'rss'\n", {}, 2, "sources.acme.discover", "'feed'"),
    (ACME + "date_order = 'ydm'\n", {}, 2, "sources.acme.date_order", "'dmy', 'mdy' or 'ymd'"),
    (ACME + "scraper = 'business_human_rights'\n", {}, 2, "sources.acme.scraper", "'business_humanrights'?"),
    (ACME + "language = 'english'\n", {}, 2, "sources.acme.language", "such as en or pt-BR"),
    (ACME + "headers = { 'a b' = 'x' }\n", {}, 2, "sources.acme.headers", "'a b'"),
    (ACME + "headers = { A = '${ACME_TOKEN}' }\n", {}, 2, "headers.A", "ACME_TOKEN is not set"),
    (ACME + "proxy = 'nonsense'\n", {}, 2, "sources.acme.proxy", "http://host:port"),
    (ACME + "enabled = 'maybe'\n", {}, 2, "sources.acme.enabled", "must be a valid boolean"),
    (ACME + "max_pages = 0\n", {}, 2, "sources.acme.max_pages", "must be greater than or equal to 1"),
    ("[extract]\nmax_memory_mb = 1\n", {}, 2, "extract.max_memory_mb", "must be greater than or equal to 128"),
    ("[extract]\nocr = 'on'\n", {}, 2, "extract.ocr", "must be 'auto' or 'off'"),
    ("[notify]\ncommand = 3\n", {}, 2, "notify.command", "a string or a list of strings"),
    (ACME.replace(CONTACT, ""), {}, 2, "config.toml: http.contact", "ingest init --contact you@example.org"),
    (ACME.replace("[sources", "ca_file = 'none.pem'\n[sources"), {}, 2, "http.ca_file", "none.pem"),
    ("[store]\ndatabase = ':memory:'\n", {}, 1, "[store] database", "must name a file"),
    ("[store]\ndatabase = 'mysql://x/y'\n", {}, 1, "mysql://x/y", "only SQLite and PostgreSQL"),
    ("[store]\ndatabase = 'folder'\n", {}, 1, "folder is not a file", "name one in [store]"),
    ("[store]\ndatabase = 'config.toml'\n", {}, 1, "config.toml is no SQLite database", "Name another file"),
    ("", {"INGEST_HTTP__DELAY_SECONDS": "slow"}, 2, "INGEST_HTTP__DELAY_SECONDS", "must be a valid number"),
    ("", {"INGEST_HTTP__DELAI_SECONDS": "1"}, 2, "INGEST_HTTP__DELAI_SECONDS", "did you mean 'delay_seconds'?"),
    ("", {"INGEST_HTP__DELAY_SECONDS": "1"}, 2, "INGEST_HTP__DELAY_SECONDS", "did you mean 'http'?"),
    ("", {"INGEST_HTTP__CONTACT": "me"}, 2, "INGEST_HTTP__CONTACT", "must be an e-mail address"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, ingested: Ingested) -> Path:
    """A folder with the sample ingested, and some files that are not what they should be."""
    place = tmp_path_factory.mktemp("wrong")
    shutil.copytree(ingested.folder, place, dirs_exist_ok=True)
    (place / "old.arc.gz").write_bytes(b"\x1f\x8b\x08")
    (place / "notes.txt").write_text("no folder", "utf-8")
    (place / "empty.csv").write_text("", "utf-8")
    return place


def said(capsys: pytest.CaptureFixture[str], arguments: list[str], code: int) -> str:
    """Return what a command says to stderr; it prints no traceback, and nothing that is not for people."""
    assert run_command_line(arguments) == code
    err = capsys.readouterr().err
    assert 0 < len(err.splitlines()) <= 3
    assert not re.search(r"Traceback|Errno|errors\.pydantic|<class|\bNone\b", err)
    return err


@pytest.mark.parametrize(("typed", "code", "thing", "remedy"), COMMANDS, ids=[row[0] or "-" for row in COMMANDS])
def test_a_wrong_command_is_answered_with_the_remedy(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    code: int,
    thing: str,
    remedy: str,
) -> None:
    monkeypatch.chdir(folder)
    before = sorted(folder.rglob("[!.i]*"))
    text = said(capsys, shlex.split(typed), code)
    assert thing in text
    assert remedy in text
    assert sorted(folder.rglob("[!.i]*")) == before  # but for the logs of ingest.db


@pytest.mark.parametrize(("text", "environment", "code", "thing", "remedy"), CONFIGURATIONS)
def test_a_wrong_configuration_is_answered_with_the_remedy(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str | bytes,
    environment: Mapping[str, str],
    code: int,
    thing: str,
    remedy: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "config.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    answer = said(capsys, ["run"], code)
    assert thing in answer
    assert remedy in answer


def test_there_are_enough_of_them() -> None:
    assert len(COMMANDS) + len(CONFIGURATIONS) >= 100
