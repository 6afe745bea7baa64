"""What a browser makes of pages whose scripts do one thing each."""
# ruff: noqa: E501 (scripts are easier to read unbroken)

from __future__ import annotations

import json

import pytest

from models.errors import FetchError
from tests.pipeline.render.conftest import Maker, Pages, shell
from tests.sites.server import Answer

pytestmark = pytest.mark.browser

WORDS = "The harbour office counted the boats of the whole bay, and nobody has asked why it took the office so long to do it."


def as_json(value: object) -> Answer:
    return Answer(json.dumps(value), "application/json")


def test_a_page_is_what_its_scripts_make_of_it_after_timers_and_answers(maker: Maker, pages: Pages) -> None:
    pages.answers["/"] = shell(
        """setTimeout(async () => {
             const {text} = await (await fetch("/data")).json();
             document.body.insertAdjacentHTML("beforeend", `<p>${text}</p><time>${new Date().getFullYear()}</time>`);
           }, 4000); setInterval(() => {}, 10)""",
        body="<noscript>Turn JavaScript on.</noscript>",
        head="<title>Office</title>",
    )
    pages.answers["/data"] = as_json({"text": WORDS})
    [fetched] = maker.fetch(pages.url + "/")
    page, answer = fetched.page, fetched.answer
    assert page is not None
    assert answer is not None
    assert f"<p>{WORDS}</p>" in page.content.decode()
    assert f"<time>{answer.retrieved_at.year}</time>" in page.content.decode()
    assert b"noscript" not in page.content
    assert answer.content == str(pages.answers["/"].body).encode()
    assert [asked.url for asked in fetched.asked_by_scripts] == [pages.url + "/data"]
    assert (page.retrieved_at, page.status) == (answer.retrieved_at, 200)
    assert page.header("content-type") == "text/html; charset=utf-8"


def test_a_page_that_is_made_twice_is_the_same(maker: Maker, pages: Pages) -> None:
    pages.answers["/"] = shell("document.body.append(Math.random(), ' ', performance.now() | 0)")
    first, again = (maker.text(pages.url + "/") for _ in range(2))
    assert first == again


def test_a_script_goes_on_to_another_page_of_the_site(maker: Maker, pages: Pages) -> None:
    pages.answers["/old"] = shell("location.replace('/moved')")
    pages.answers["/moved"] = Answer(status=302, headers={"Location": "/reports/7/"})
    pages.answers["/reports/7/"] = shell(
        f"document.body.innerHTML = `<p>{WORDS}</p><a href='annex'>The annex of the report</a>`"
    )
    [fetched] = maker.fetch(pages.url + "/old")
    assert fetched.page is not None
    assert WORDS in fetched.page.content.decode()
    assert fetched.final_url == pages.url + "/reports/7/"
    assert fetched.page.redirects == (pages.url + "/old",)
    assert pages.paths == ["/old", "/moved", "/reports/7/"]


def test_shadow_trees_are_written_out_with_what_is_slotted_into_them(maker: Maker, pages: Pages) -> None:
    pages.answers["/"] = shell(
        f"""customElements.define("a-card", class extends HTMLElement {{
              connectedCallback() {{
                this.attachShadow({{mode: "closed"}}).innerHTML = "<style>p {{}}</style><p>{WORDS}</p><b><slot></slot></b>";
              }}
            }})""",
        body="<a-card><i>Signed</i></a-card>",
    )
    assert f"<a-card><p>{WORDS}</p><b><i>Signed</i></b></a-card>" in maker.text(pages.url + "/")


def test_a_route_behind_the_hash_is_opened_and_stays_in_the_address(maker: Maker, pages: Pages) -> None:
    pages.answers["/app"] = shell(
        """document.body.innerHTML = `<h1>${location.hash}</h1><a href="#/reports/8">The report of the next year</a>
             <a href="#top">To the top</a>`""",
        head="<link rel='canonical' href='/app'><meta property='og:url' content='/app'>",
    )
    [fetched] = maker.fetch(pages.url + "/app#/reports/7")
    assert fetched.page is not None
    text = fetched.page.content.decode()
    assert "<h1>#/reports/7</h1>" in text
    assert f'href="{pages.url}/app#/reports/8"' in text
    assert 'href="#top"' in text
    assert fetched.final_url == pages.url + "/app#/reports/7"
    assert "canonical" not in text
    assert "og:url" not in text
    assert pages.paths == ["/app"]


def test_questions_are_posted_and_changes_are_not(maker: Maker, pages: Pages) -> None:
    pages.answers["/"] = shell(
        """const ask = (query, method = "POST") => fetch("/graphql", {method, headers: {"Content-Type": "application/json"},
             body: JSON.stringify({query})}).then((r) => r.text()).catch(() => "refused").then((text) => document.body.append(`[${text}]`));
           ask("{ reports { title } }").then(() => ask("mutation { vote(id: 7) }")).then(() => ask("{}", "PUT"))""",
        body=WORDS,
    )
    pages.answers["/graphql"] = as_json("nine reports")
    assert '["nine reports"][refused][refused]' in maker.text(pages.url + "/")
    assert pages.paths == ["/", "/graphql"]


def test_an_answer_of_failure_has_its_status_for_the_script(maker: Maker, pages: Pages) -> None:
    pages.answers["/"] = shell("fetch('/none').then((r) => document.body.append(`status ${r.status}`))", body=WORDS)
    assert "status 404" in maker.text(pages.url + "/")


def test_scripts_are_asked_for_once_a_run_and_archived_once(maker: Maker, pages: Pages) -> None:
    pages.answers["/a"] = pages.answers["/b"] = Answer("<html><body><script src='/app.js'></script></body></html>")
    pages.answers["/app.js"] = Answer(f"document.body.append('{WORDS}')", "text/javascript")
    first, second = maker.fetch(pages.url + "/a", pages.url + "/b")
    assert first.page is not None
    assert second.page is not None
    assert WORDS in first.page.content.decode()
    assert WORDS in second.page.content.decode()
    assert pages.paths == ["/a", "/app.js", "/b"]
    assert [len(fetched.asked_by_scripts) for fetched in (first, second)] == [1, 0]


def test_a_page_that_stays_empty_says_what_its_scripts_were_refused(maker: Maker, pages: Pages) -> None:
    pages.answers["/"] = shell("fetch('/api/reports').then((r) => r.text()).then((t) => document.body.append(t))")
    pages.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /api/\n", "text/plain")
    with pytest.raises(
        FetchError, match=r"leave it empty: .*/api/reports: the robots\.txt of 127\.0\.0\.1 does not allow"
    ):
        maker.fetch(pages.url + "/")
    assert pages.paths == ["/"]


def test_other_hosts_are_asked_where_the_source_lists_them(
    maker: Maker, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maker, "resolve", {"elsewhere.test": pages.url.removeprefix("http://")})
    there = "http://elsewhere.test"
    pages.answers["/"] = Answer(f"<html><body><script src='{there}/app.js'></script></body></html>")
    pages.answers["/app.js"] = Answer(f"document.body.append('{WORDS}')", "text/javascript")
    with pytest.raises(FetchError, match=r"leave it empty: .*app\.js: it lies on another host: add elsewhere\.test"):
        maker.fetch(pages.url + "/")
    [fetched] = maker.fetch(pages.url + "/", render_hosts=("elsewhere.test",))
    assert fetched.page is not None
    assert WORDS in fetched.page.content.decode()
