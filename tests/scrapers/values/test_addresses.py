"""Addresses: cleaned once, folded to one identity, matched in linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.values.addresses import absolute, canonical, identity, matches, registered_domain, same_site

CLEANED = [
    ("HTTP://WWW.Acme.Example:80/A", "http://www.acme.example/A"),
    ("https://acme.example:443", "https://acme.example/"),
    ("https://acme.example:8443/x#page=4", "https://acme.example:8443/x"),
    ("  https://acme.example/a\n b ", "https://acme.example/a%20b"),
    ("https://acme.example/FTSE%20100%20Briefing 2018.pdf", "https://acme.example/FTSE%20100%20Briefing%202018.pdf"),
    ("https://acme.example/a%2520b", "https://acme.example/a%2520b"),
    ("https://acme.example/100%", "https://acme.example/100%25"),
    ("https://acme.example/%7euser/%e9%2f", "https://acme.example/~user/%E9%2F"),
    ("https://acme.example/Résumé_報告.pdf", "https://acme.example/R%C3%A9sum%C3%A9_%E5%A0%B1%E5%91%8A.pdf"),
    ("https://acme.example/a/./b/../../c/..", "https://acme.example/"),
    ("https://acme.example/a\\b", "https://acme.example/a/b"),
    ("https://münchen.example/ü", "https://xn--mnchen-3ya.example/%C3%BC"),
    ("https://user:secret@acme.example./x", "https://acme.example/x"),
    ("https://acme.example/x?b=2&utm_source=a&a=1&fbclid=z&gclid=y&mc_cid=q", "https://acme.example/x?b=2&a=1"),
    ("https://acme.example/x;jsessionid=AB12?PHPSESSID=1", "https://acme.example/x"),
    ("https://acme.example/(S(lit3py55t21z5v55vlm25s55))/reports/a.aspx", "https://acme.example/reports/a.aspx"),
    ("https://acme.example/app/(X(1)S(lit3py55t21z5v55vlm25s55))/a.aspx", "https://acme.example/app/a.aspx"),
    ("https://acme.example/(S(lit3py55t21z5v55vlm25s55))", "https://acme.example/"),
    ("https://acme.example/report(2)/(b)/a", "https://acme.example/report(2)/(b)/a"),
    ("https://acme.example/x?", "https://acme.example/x"),
    ("https://acme.example/x?sid=5&q=a b+c", "https://acme.example/x?sid=5&q=a%20b+c"),
    ("https://[2001:DB8::1]/x", "https://[2001:db8::1]/x"),
]


@pytest.mark.parametrize(("given", "cleaned"), CLEANED)
def test_canonical(given: str, cleaned: str) -> None:
    assert canonical(given) == cleaned
    assert canonical(cleaned) == cleaned


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "acme.example/x",
        "//acme.example/x",
        "javascript:void(0)",
        "mailto:a@acme.example",
        "ftp://acme.example/",
        "http://",
        "http://a b.example/",
        "http://acme.example:port/",
        "http://[::1",
        "http://acme.example/\ud800",
        "https://x.example/" + "a" * 9000,
    ],
)
def test_what_is_no_address_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        canonical(bad)


ONE = [
    ("http://www.acme.example/en/report/", "https://acme.example/en/report"),
    ("https://acme.example/en/report/index.html", "https://acme.example/en/report?utm_medium=mail"),
    ("https://acme.example/x?b=2&a=1", "https://acme.example/x?a=1&b=2"),
    ("https://acme.example/últimas-noticias/x", "https://acme.example/%C3%BAltimas-noticias/x/"),
    ("https://acme.example/Re\u0301sume\u0301.pdf", "https://acme.example/R\u00e9sum\u00e9.pdf"),
    ("https://acme.example/a.PDF", "https://acme.example/a.pdf#page=4"),
    ("https://d.example/bitstream/handle/1/2/x.pdf?sequence=1&isAllowed=y", "https://d.example/bitstream/handle/1/2/x.pdf"),
    ("https://acme.example//a//b", "https://acme.example/a/b"),
    ("https://acme.example/a(b),c", "https://acme.example/a%28b%29%2Cc"),
    ("https://acme.example/?q=a+b", "https://acme.example/?q=a%20b"),
]  # fmt: skip
TWO = [
    ("https://acme.example/en/report", "https://acme.example/fr/report"),
    ("https://acme.example/report-2", "https://acme.example/report-4"),
    ("https://acme.example/Report", "https://acme.example/report"),
    ("https://acme.example/?id=1", "https://acme.example/?id=2"),
    ("https://acme.example/a%2Fb", "https://acme.example/a/b"),
    ("https://acme.example:8080/", "https://acme.example/"),
    ("https://acme.example/a%20b", "https://acme.example/a%2520b"),
]


@pytest.mark.parametrize(("a", "b"), ONE)
def test_one_document(a: str, b: str) -> None:
    assert identity(a) == identity(b)


@pytest.mark.parametrize(("a", "b"), TWO)
def test_two_documents(a: str, b: str) -> None:
    assert identity(a) != identity(b)


@given(st.text(max_size=40), st.text(max_size=20))
def test_cleaning_twice_changes_nothing(path: str, query: str) -> None:
    try:
        once = canonical(f"https://acme.example/{path}?{query}")
    except ValueError:
        return
    assert canonical(once) == once
    assert once.isascii()
    assert identity(once) == identity(f"https://acme.example/{path}?{query}")


def test_same_site() -> None:
    assert same_site("https://media.acme.co.uk/x", "http://acme.co.uk:8080/")
    assert same_site("https://a.acme.example/", "acme.example")
    assert not same_site("https://acme.co.uk/", "https://other.co.uk/")
    assert not same_site("https://a.github.io/", "https://b.github.io/")
    assert not same_site("http://127.0.0.1/", "http://127.0.0.2/")
    assert not same_site("", "")
    assert registered_domain("https://www.saflii.org.za/x") == "saflii.org.za"


def test_globs() -> None:
    url = "https://acme.example/en/%C3%BAltimas/report.pdf?x=1"
    assert matches(url, ["*/en/últimas/*"])
    assert matches(url, ["https://acme.example/*.pdf?x=1"])
    assert matches(url, ["/en/*"])
    assert not matches(url, ["*.pdf", "/fr/*", "acme"])
    assert not matches(url, [])


def test_globs_take_linear_time() -> None:
    began = time.process_time()
    assert not matches("https://acme.example/" + "a" * 7000, ["*a" * 40 + "b"])
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("host", "registered"),
    [
        ("www.canada.gc.ca", "canada.gc.ca"),
        ("media.transport.gov.scot", "transport.gov.scot"),
        ("www.justice.gouv.fr", "justice.gouv.fr"),
        ("files.acme.co.uk", "acme.co.uk"),
        ("one.github.io", "one.github.io"),
        ("acme.blogspot.com", "acme.blogspot.com"),
        ("acme.substack.com", "acme.substack.com"),
        ("bucket.s3.eu-west-1.amazonaws.com", "bucket.s3.eu-west-1.amazonaws.com"),
        ("docs.acme.org", "acme.org"),
        ("a.b.unknown", "b.unknown"),
        ("192.168.1.20", "192.168.1.20"),
        ("localhost", "localhost"),
        ("www.gob.mx", "www.gob.mx"),
    ],
)
def test_what_somebody_registered_is_told_by_the_public_suffix_list(host: str, registered: str) -> None:
    assert registered_domain(f"https://{host}/x") == registered


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("\\docs\\a.pdf", "https://acme.example/docs/a.pdf"),
        ("files\\a.pdf", "https://acme.example/list/files/a.pdf"),
        ("\\\\files.acme.example\\a.pdf", "https://files.acme.example/a.pdf"),
        ("///files.acme.example/a.pdf", "https://files.acme.example/a.pdf"),
        ("https:/docs/a.pdf", "https://acme.example/docs/a.pdf"),
        ("http:/files.acme.example/a.pdf", "http://files.acme.example/a.pdf"),
        ("https:////acme.example/a.pdf", "https://acme.example/a.pdf"),
        ("/find?path=\\docs\\a", "https://acme.example/find?path=%5Cdocs%5Ca"),
        ("/a\n.pdf", "https://acme.example/a.pdf"),
        ("?page=2", "https://acme.example/list/?page=2"),
    ],
)
def test_a_link_is_read_as_browsers_read_it(href: str, address: str) -> None:
    assert absolute("https://acme.example/list/", href) == address
