"""Identifiers: found by their form, believed by their check digit."""

from __future__ import annotations

import pytest

from scrapers.values.identifiers import find_identifiers, read_isbn, read_issn


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://doi.org/10.1000/XYZ123.", {"doi": "10.1000/xyz123"}),
        ("(doi: 10.1000/182(2))", {"doi": "10.1000/182(2)"}),
        ("ISBN 978-0-306-40615-7", {"isbn": "9780306406157"}),
        ("ISBN: 0-306-40615-2", {"isbn": "0306406152"}),
        ("ISBN 978-0-306-40615-8", {}),
        ("ISSN 0378-5955", {"issn": "0378-5955"}),
        ("ISSN 0378-5954", {}),
        ("https://hdl.handle.net/10986/12345", {"handle": "10986/12345"}),
        ("https://dspace.test/handle/10986/12345", {"handle": "10986/12345"}),
        ("United Nations A/HRC/17/31 report", {"symbol": "A/HRC/17/31"}),
        ("A/HRC/RES/17/4", {"symbol": "A/HRC/RES/17/4"}),
        ("ST/LIB/SER.B/5/Rev.5", {"symbol": "ST/LIB/SER.B/5/Rev.5"}),
        ("Index: ASA 33/0206/2025", {"symbol": "ASA 33/0206/2025"}),
        ("and/or 24/7, 3/4", {}),
        ("", {}),
    ],
)
def test_finds_identifiers(text: str, found: dict[str, str]) -> None:
    assert find_identifiers(text) == found


def test_numbers_of_one_digit_are_no_identifiers() -> None:
    assert read_isbn("0000000000") is None
    assert read_issn("00000000") is None
