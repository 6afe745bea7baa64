"""Which of a page's days is its document's: the places where they are printed decide, and what they are called."""

# ruff: noqa: E501 (pages as they come)

from __future__ import annotations

import pytest

from tests.scrapers.html.fields.test_fields import ARTICLE, LD, PROSE, said, value


@pytest.mark.parametrize("name", ["w-published-date", "article:first_published_time", "og:publish_date", "date-pub"])
def test_metas_with_names_of_a_sites_own(name: str) -> None:
    found = said(
        ARTICLE, f'<meta name="{name}" content="2019-05-23">', url="https://centre.example/news/water-and-mines"
    )
    assert value(found, "date_published") == "2019-05-23"
    assert found["date_published"].origin == f"meta:{name}"


def test_json_ld_in_a_meta() -> None:
    graph = (
        "{&quot;@context&quot;:&quot;https://schema.org&quot;,&quot;@type&quot;:&quot;Article&quot;,"
        "&quot;headline&quot;:&quot;Water and mines&quot;,&quot;datePublished&quot;:&quot;2019-05-23&quot;}"
    )
    found = said(ARTICLE, f'<meta name="script:ld+json" content="{graph}">')
    assert value(found, "date_published") == "2019-05-23"
    assert found["date_published"].origin == "json-ld:datePublished"


def test_what_the_page_calls_updated_is_not_published_whatever_it_declares() -> None:
    found = said(
        f'<article><h1>Water and mines</h1><div class="meta">Published <span>23 May 2019</span></div>'
        f'<div class="meta">Updated <span>6 November 2023</span></div><p>{PROSE}</p></article>',
        LD.format('{"@type":"Article","headline":"Water and mines","datePublished":"2023-11-06"}'),
        url="https://centre.example/blog/water-and-mines-in-the-valley",
    )
    assert value(found, "date_published") == "2019-05-23"
    assert value(found, "date_modified") == "2023-11-06"


def test_the_day_in_the_address_stands_over_those_of_other_posts() -> None:
    others = "".join(
        f'<li><a href="/blog/2026/post-{n}">Post {n}</a> <span class="post_date">{n} February 2026</span></li>'
        for n in range(5, 12)
    )
    found = said(
        f"<h1>Water and mines</h1><p>{PROSE}</p><ul>{others}</ul>",
        url="https://centre.example/blog/2023/october/03/water-and-mines",
    )
    assert value(found, "date_published") == "2023-10-03"


@pytest.mark.parametrize("label", ["Joined:", "Member since", "Registered:", "Last visit:"])
def test_the_days_of_members_are_not_the_threads(label: str) -> None:
    def post(name: str, since: str, day: str) -> str:
        return (
            f'<div class="post"><dl class="profile"><dt><a class="username" href="/member.php?u={name}">{name}</a></dt>'
            f'<dd>{label} {since}</dd></dl><p class="author">{day}, 11:23 am</p><div class="content"><p>{PROSE}</p></div></div>'
        )

    found = said(
        "<h1>Water and mines</h1>"
        + post("ann", "4 March 2011", "23 May 2019")
        + post("bob", "5 April 2012", "24 May 2019")
        + post("cem", "6 May 2013", "2 June 2019"),
        url="https://forum.centre.example/viewtopic.php?t=361697",
    )
    assert value(found, "date_published") == "2019-05-23"


def test_the_day_of_the_last_post_is_not_the_threads() -> None:
    found = said(
        f'<h1>Water and mines</h1><p class="info">13 answers</p><p class="info">Last post: 1 June 2019</p>'
        f'<div class="post"><span class="user">Ann</span> <span class="date">23 May 2019, 11:23</span><p>{PROSE}</p></div>'
        f'<div class="post"><span class="user">Bob</span> <span class="date">1 June 2019, 12:01</span><p>{PROSE}</p></div>',
        url="https://centre.example/forum/threads/water-and-mines.361697/",
    )
    assert value(found, "date_published") == "2019-05-23"
