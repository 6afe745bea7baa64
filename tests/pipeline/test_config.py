"""The configuration: unknown keys refused with the nearest known one, all faults at once, variables over the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.errors import ConfigError
from pipeline.config import load, parse, secret


def faults(data: dict[str, Any]) -> str:
    with pytest.raises(ConfigError) as error:
        parse(data, Path(), "config.toml")
    return str(error.value)


def test_three_lines_are_a_source() -> None:
    config = parse({"sources": {"acme": {"start": "https://acme.test/x", "follow": "a.card"}}}, Path(), "c")
    rules = config.sources["acme"].rules("acme", config.extract)
    assert (rules.source, rules.start, rules.follow) == ("acme", ("https://acme.test/x",), ("a.card",))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"htp": {}}, "'http'"),
        ({"http": {"delay_second": 1}}, "'delay_seconds'"),
        ({"sources": {"acme": {"start": "https://a.test", "folow": "a"}}}, "'follow'"),
        ({"extract": {"max_memory": 1}}, "'max_memory_mb'"),
        ({"sources": {"acme": {"follow": "a"}}}, "sources.acme.start: is missing"),
        ({"sources": {"acme": {"start": "acme.test"}}}, "not an http(s) address"),
        ({"sources": {"acme": {"start": "https://a.test", "title": "h1["}}}, "sources.acme.title"),
        ({"sources": {"a b": {"start": "https://a.test"}}}, "'a b'"),
        ({"http": {"contact": "somebody"}}, "http.contact"),
        ({"base": "x"}, "unknown key"),
    ],
)
def test_a_fault_is_told_with_its_key_and_remedy(data: dict[str, Any], words: str) -> None:
    assert words in faults(data)


def test_all_faults_are_told_at_once() -> None:
    told = faults({"http": {"delay_second": 1, "timeout_seconds": -1}, "extract": {"ocr": "maybe"}})
    assert len(told.splitlines()) == 3
    assert all(line.startswith("config.toml: ") for line in told.splitlines())


def test_variables_override_the_file(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[http]\ndelay_seconds = 2\n[store]\ndatabase = "a.db"\n', "utf-8")
    variables = {"INGEST_HTTP__DELAY_SECONDS": "0.5", "INGEST_STORE__DATABASE": "postgresql+psycopg://h/d", "HOME": "x"}
    config = load(tmp_path / "config.toml", variables)
    assert config.http.delay_seconds == 0.5
    assert config.store.database == "postgresql+psycopg://h/d"
    assert config.archive == tmp_path / "data" / "archive"


def test_a_misspelt_variable_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("", "utf-8")
    with pytest.raises(ConfigError, match="unknown key"):
        load(tmp_path / "config.toml", {"INGEST_HTTP__DELAYS": "1"})


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("a = = b", "utf-8")
    with pytest.raises(ConfigError, match="not valid TOML"):
        load(tmp_path / "bad.toml")


def test_a_secret_comes_from_the_environment() -> None:
    assert secret("Bearer ${TOKEN}", "k", {"TOKEN": "abc"}) == "Bearer abc"
    with pytest.raises(ConfigError, match="TOKEN is not set"):
        secret("${TOKEN}", "sources.acme.headers.x", {})


def test_an_unknown_source_is_named_with_the_nearest() -> None:
    config = parse({"sources": {"acme": {"start": "https://a.test"}}}, Path(), "c")
    with pytest.raises(ConfigError, match="did you mean 'acme'"):
        config.chosen(["acne"])
