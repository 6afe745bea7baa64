"""Pages that are no documents are named for what they are; documents that speak of such things are not refused."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from models.errors import NotADocument
from scrapers.base import Page, Rules
from scrapers.scraper import read

TEXT = "".join(
    f"<p>In paragraph {number} the committee heard how the wells near the plant were closed one after the other, and "
    "who paid for the water that was brought in by lorry, week after week, until the court decided.</p>"
    for number in range(12)
)


def page(content: str, *headers: tuple[str, str]) -> Page:
    data = content.encode()
    return Page(
        url="https://acme.test/x",
        final_url="https://acme.test/x",
        content=data,
        headers=headers,
        retrieved_at=datetime(2024, 5, 1, tzinfo=UTC),
        sha256=hashlib.sha256(data).hexdigest(),
    )


REFUSED = {
    "soft 404": "<title>Page not found | Acme</title><h1>Page not found</h1><p>Try the search.</p>",
    "soft 404, numbered": "<title>404</title><h1>Oops!</h1><p>Nothing here. Go to the home page.</p>",
    "soft 404, DSpace": "<title>Repository</title><main><p>We can't find the page you're looking for. The page may have"
    " been moved or deleted. You can use the button below to get back to the home page.</p></main>",
    "soft 404, German": "<title>Seite nicht gefunden – Acme</title><p>Diese Adresse gibt es nicht mehr.</p>",
    "soft 404, Chinese": "<title>页面不存在</title><h1>页面不存在</h1><p>您访问的页面已被删除。</p>",
    "sign-in": "<title>Log in</title><h1>Log in</h1><form><input name=u><input type=password></form>",
    "sign-in, Spanish": "<title>Iniciar sesión</title><form><input name=u><input type=password></form>",
    "challenge": "<title>Just a moment...</title><h1>acme.test</h1><p>Checking if the site connection is secure</p>",
    "challenge by its mark": "<title>acme.test</title><script>window._cf_chl_opt={}</script><p>Please wait.</p>",
    "cookie wall": "<title>Acme</title><div><p>We use cookies to give you the best experience. Cookies help us count"
    " visits.</p><p>Accept all cookies or choose which cookies you allow before you go on.</p></div>",
    "cookie wall, one line": "<title>Acme</title><div><p>We use cookies. You may accept all cookies.</p></div>",
    "needs JavaScript": "<title>Acme</title><noscript>You need to enable JavaScript to run this app.</noscript>"
    "<div id=root></div><script src=a.js></script>",
    "empty shell": "<title>Repository</title><ds-app></ds-app><script src=main.js></script>",
}
WORDS = {
    "soft": "soft 404",
    "sign-in": "sign-in form",
    "challenge": "challenge",
    "cookie": "cookie wall",
    "needs": "JavaScript",
    "empty": "JavaScript",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_document_is_named(name: str) -> None:
    with pytest.raises(NotADocument) as refused:
        read(page(f"<!doctype html>{REFUSED[name]}"), Rules())
    assert WORDS[name.split()[0].strip(",")] in refused.value.reason


def test_a_challenge_is_told_by_its_header() -> None:
    with pytest.raises(NotADocument, match="challenge"):
        read(page(f"<title>Report</title>{TEXT}", ("cf-mitigated", "challenge")), Rules())


def test_a_page_that_only_leads_to_a_file_is_a_document() -> None:
    notice = "<div class=cookie-notice><p>We use cookies. You may accept all cookies.</p></div>"
    content = f"<title>Wells | Acme</title><h1>Wells</h1><p>Of 2019</p><a href=/wells.pdf>Download PDF</a>{notice}"
    read_ = read(page(f"<!doctype html>{content}"), Rules())
    assert [link.url for link in read_.links] == ["https://acme.test/wells.pdf"]


@pytest.mark.parametrize(
    "title", ["How to mend error 404: page not found", "Sign in to history", "Access denied: a report", "Cookies"]
)
def test_an_article_on_such_things_is_a_document(title: str) -> None:
    form = "<form><input type=password></form>"
    read_ = read(page(f"<!doctype html><title>{title}</title><article><h1>{title}</h1>{TEXT}</article>{form}"), Rules())
    assert read_.body is not None
    assert "wells near the plant" in read_.body.value
