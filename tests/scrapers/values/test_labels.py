"""Labels name the field of the value that follows."""

from __future__ import annotations

import pytest

from scrapers.values.labels import field_of, label_at_start, label_before


@pytest.mark.parametrize(
    "label", ["Author:", "Autor:", "Auteur", "作者", "著者：", "저자:", "المؤلف:", "Автор:", "Written by"]
)
def test_author_labels_of_many_languages(label: str) -> None:
    assert field_of(label) == "authors"


@pytest.mark.parametrize(
    "label",
    [
        "Published on:",
        "Publié le",
        "Veröffentlicht am:",
        "发布时间：",
        "公開日",
        "게시일:",
        "تاريخ النشر:",
        "Опубликовано:",
    ],
)
def test_date_labels_of_many_languages(label: str) -> None:
    assert field_of(label) == "date_published"


def test_a_label_at_the_start_of_a_line() -> None:
    assert label_at_start("Author: Jane Doe") == ("authors", "Author:", "Jane Doe")
    assert label_at_start("作者：王小明") == ("authors", "作者：", "王小明")
    assert label_at_start("Author") == ("authors", "Author", "")
    assert label_at_start("The author: who is it") is None


def test_the_label_before_a_value() -> None:
    assert label_before("Jane Doe, Published on:") == ("date_published", "published on")
    assert label_before("Last updated") == ("date_modified", "last updated")
    assert label_before("it was nothing") is None
    assert label_before("they met on") is None


@pytest.mark.parametrize(
    "text", ["Joined:", "Member since", "Last post:", "Retrieved on", "Mitglied seit", "最后回复："]
)
def test_labels_of_days_that_are_not_the_documents(text: str) -> None:
    assert (label_before(text) or ("", ""))[0] == "date_other"


def test_a_label_of_a_document_is_not_of_another_day() -> None:
    assert label_before("First published") == ("date_published", "first published")
