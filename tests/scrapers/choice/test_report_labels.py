"""Labelled PDFs that the choice is learned from: where the file of a label is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.training.report_labels import file_of, read_front, read_labels

SHA256 = "0123456789abcdef" * 4


def test_a_labelled_file_is_named_by_its_id_or_by_the_beginning_of_its_sha256(tmp_path: Path) -> None:
    (tmp_path / "one.pdf").write_bytes(b"%PDF")
    (tmp_path / "0123456789abcdef.pdf").write_bytes(b"%PDF")
    labels = tmp_path / "labels.jsonl"
    labels.write_text(f'{{"id": "one", "sha256": "{SHA256}"}}\n\n{{"id": "two", "sha256": "{SHA256}"}}\n', "utf-8")
    assert [file_of(label, tmp_path).name for label in read_labels(labels)] == ["one.pdf", "0123456789abcdef.pdf"]


def test_a_label_without_its_file_is_named_with_the_names_that_were_looked_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no two\.pdf and no 0123456789abcdef\.pdf"):
        file_of({"id": "two", "sha256": SHA256}, tmp_path)
    with pytest.raises(FileNotFoundError, match=r"no two\.pdf, "):
        read_front({"id": "two"}, tmp_path, None)
