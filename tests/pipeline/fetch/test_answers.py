"""What status and headers of an answer mean."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from models.errors import FetchError, Forbidden, Gone, TemporaryFetchError
from pipeline.fetch.answers import is_sign_in, named, raise_for_meaning, retry_after

URL = "https://acme.test/1"
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)

MEANINGS: list[tuple[int, type[FetchError] | None]] = [
    *((status, None) for status in (200, 202, 203, 301, 302, 303, 307, 308)),
    *((status, FetchError) for status in (204, 205, 206, 300, 304, 305, 400, 405, 406, 418, 505, 599)),
    *((status, Forbidden) for status in (401, 402, 403, 407, 451)),
    *((status, Gone) for status in (404, 410)),
    *((status, TemporaryFetchError) for status in (408, 425, 429, 500, 502, 503, 504, 520, 530)),
]


@pytest.mark.parametrize(("status", "kind"), MEANINGS)
def test_each_status_is_a_page_or_a_failure_of_its_kind(status: int, kind: type[FetchError] | None) -> None:
    response = httpx.Response(status)
    if kind is None:
        raise_for_meaning(response, URL, NOW, conditional=False)
        return
    with pytest.raises(FetchError) as caught:
        raise_for_meaning(response, URL, NOW, conditional=False)
    assert type(caught.value) is kind
    assert caught.value.url == URL
    assert str(status) in caught.value.reason


def test_nothing_new_is_an_answer_to_a_condition_only() -> None:
    raise_for_meaning(httpx.Response(304), URL, NOW, conditional=True)


@pytest.mark.parametrize("header", ["cf-mitigated", "x-amzn-waf-action"])
@pytest.mark.parametrize("status", [200, 202, 403, 503])
def test_a_bot_challenge_is_no_page_whatever_its_status(header: str, status: int) -> None:
    with pytest.raises(Forbidden, match="bot challenge"):
        raise_for_meaning(httpx.Response(status, headers={header: "challenge"}), URL, NOW, conditional=False)


def test_a_passing_fault_carries_what_the_site_asks_for() -> None:
    with pytest.raises(TemporaryFetchError) as caught:
        raise_for_meaning(httpx.Response(503, headers={"Retry-After": "120"}), URL, NOW, conditional=False)
    assert caught.value.retry_after == 120


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("1.5", 1.5),
        ("0", 0.0),
        ("Thu, 01 Jan 2026 12:01:30 GMT", 90.0),
        ("Thu, 01 Jan 2026 12:01:30", 90.0),
        ("Thu, 01 Jan 2026 13:01:30 +0100", 90.0),
        ("Wed, 31 Dec 2025 12:00:00 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("9" * 400, None),
        ("Thu, 99 Jan 2026 12:01:30 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(("status", "name"), [(404, "404 Not Found"), (299, "299"), (529, "529")])
def test_a_status_is_shown_by_its_name(status: int, name: str) -> None:
    assert named(status) == name


@pytest.mark.parametrize(
    ("url", "sign_in"),
    [
        ("https://a.test/login", True),
        ("https://a.test/user/sign-in?next=/x", True),
        ("https://a.test/wp-login.php", True),
        ("https://a.test/oauth2/authorize", True),
        ("https://login.a.test/x", True),
        ("https://accounts.a.test/", True),
        ("https://a.test/blogin", False),
        ("https://a.test/reports/how-refugees-login-to-aid", False),
        ("https://a.test/?next=/login", False),
        ("https://catalogin.test/", False),
    ],
)
def test_a_sign_in_page_is_known_by_its_address(url: str, sign_in: bool) -> None:
    assert is_sign_in(httpx.URL(url)) == sign_in
