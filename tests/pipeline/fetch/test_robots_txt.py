from __future__ import annotations

import pickle
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.fetch.robots_txt import MOST_BYTES, Robots, Rule, parse


def allows(rules: str, path: str) -> bool:
    return parse(f"User-agent: *\n{rules}".encode()).allows(path)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        # RFC 9309, 5.1 and 5.2
        ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/", True),
        ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", False),
        ("Disallow: *.gif$", "/a.gif", False),
        ("Disallow: *.gif$", "/a.gif?x", True),
        ("Disallow: /publications/", "/publications", True),
        ("Disallow: /publications", "/publications-old", False),
        ("Disallow: /fish*.php", "/fishheads/catfish.php?parameters", False),
        ("Disallow: /fish*.php", "/Fish.PHP", True),
        ("Disallow: /*.php$", "/filename.php", False),
        ("Disallow: /*.php$", "/filename.php5", True),
        ("Disallow: /*.php$", "/a.php/b.php", False),
        ("Disallow: /$", "/", False),
        ("Disallow: /$", "/page", True),
        ("Disallow: /a*b*c", "/axxbxxc", False),
        ("Disallow: /a*b*c", "/axxcxxb", True),
        ("Disallow: /a*a$", "/a", True),
        ("Disallow: /a*a$", "/aa", False),
        ("Disallow: /*", "/anything", False),
        ("Disallow: /?q=", "/?q=1", False),
        ("Disallow: /search?*page=", "/search?x=1&page=2", False),
        # 2.2.2: octets outside ASCII are compared percent-encoded, what need not be encoded as itself
        ("Disallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", False),
        ("Disallow: /foo/bar/%E3%83%84", "/foo/bar/ツ", False),
        ("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", False),
        ("Disallow: /foo/%2f", "/foo/%2F", False),
        ("Disallow: /foo/%2f", "/foo//", True),
        # longest match wins; where two are as long, the one that allows
        ("Disallow: /\nAllow: /page", "/page", True),
        ("Allow: /page\nDisallow: /*.htm", "/page.htm", False),
        ("Allow: /folder\nDisallow: /folder", "/folder/page", True),
        ("Disallow: /folder\nAllow: /folder", "/folder/page", True),
        ("Allow: /\nDisallow:", "/x", True),
        ("Disallow:", "/x", True),
        ("Disallow: /robots.txt\nDisallow: /", "/robots.txt", True),
        ("Disallow: /", "", False),
        ("Disallow: nothing", "/nothing", True),
    ],
)
def test_paths(rules: str, path: str, allowed: bool) -> None:
    assert allows(rules, path) is allowed


GROUPS = b"""
User-agent: unicorn
Disallow: /pink

User-agent: ours
User-agent: theirs
Disallow: /ours

User-Agent: *
Disallow: /all

User-agent: OURS
Disallow: /ours-too
Crawl-delay: 2.5
"""


@pytest.mark.parametrize(
    ("agent", "forbidden"),
    [
        ("unicorn", ["/pink"]),
        ("ours", ["/ours", "/ours-too"]),
        ("theirs", ["/ours"]),
        ("another", ["/all"]),
        ("our", ["/all"]),
    ],
)
def test_groups_for_one_crawler_count_as_one(agent: str, forbidden: list[str]) -> None:
    robots = parse(GROUPS, agent)
    every = ["/pink", "/ours", "/ours-too", "/all"]
    assert [path for path in every if not robots.allows(f"{path}/")] == [
        path for path in every if any(path.startswith(start) for start in forbidden)
    ]
    assert robots.crawl_delay == (2.5 if agent == "ours" else None)


def test_a_version_after_the_name_is_no_part_of_it() -> None:
    assert not parse(b"User-agent: ours/2.0 (compatible)\nDisallow: /", "ours").allows("/x")


def test_a_group_of_ours_that_says_nothing_allows_all() -> None:
    assert parse(b"User-agent: ours\nDisallow:\n\nUser-agent: *\nDisallow: /", "ours").allows("/x")


def test_sitemaps_and_delays_stand_anywhere() -> None:
    robots = parse(
        b"Sitemap: https://a.test/1.xml\nUser-agent: *\nCrawl-delay: 3\nsitemap:https://a.test/2.xml\nCrawl-delay: x"
    )
    assert robots.sitemaps == ("https://a.test/1.xml", "https://a.test/2.xml")
    assert robots.crawl_delay == 3
    assert robots.allows("/x")


@pytest.mark.parametrize("delay", ["inf", "nan", "-1", "1e9", "", "two", "0x10", "1" * 30])
def test_a_delay_that_is_no_number_is_none(delay: str) -> None:
    assert parse(f"User-agent: *\nCrawl-delay: {delay}".encode()).crawl_delay is None


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /x",
        b"User-agent: *\rDisallow: /x\r",
        b"User-agent: *\r\nDisallow: /x\r\n",
        b"  user-AGENT :  *  \n\n\n\tDISALLOW\t:  /x  # why",
        b"<html>\xff\xfe\nUser-agent: *\n<p>\nDisallow: /x",
        b"User-agent: *\nDisallow: /x" + b"\n# more" * 200_000,
    ],
)
def test_spellings_of_the_same(content: bytes) -> None:
    assert not parse(content).allows("/x")
    assert parse(content).allows("/y")


def test_the_line_that_the_limit_cuts_is_not_read() -> None:
    start = b"User-agent: *\nDisallow: /x\n"
    filler = b"#" * (MOST_BYTES - len(start) - len(b"\nDisallow: /")) + b"\nDisallow: /only-this"
    assert parse(start + filler).allows("/y")
    assert not parse(start + filler).allows("/x")


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_noise_is_survived_and_the_rules_can_be_sent_to_another_process(noise: bytes) -> None:
    robots = parse(b"User-agent: *\n" + noise)
    assert robots.allows("/robots.txt")
    assert pickle.loads(pickle.dumps(robots)) == robots


@settings(max_examples=200)
@given(st.text("/ab*$", max_size=10).map("/".__add__), st.text("/ab", max_size=14).map("/".__add__))
def test_matching_is_that_of_the_equal_regular_expression(pattern: str, path: str) -> None:
    body, end = (pattern[:-1], r"\Z") if pattern.endswith("$") else (pattern, "")
    expected = re.match(".*".join(map(re.escape, body.split("*"))) + end, path) is not None
    assert Rule(False, pattern).matches(path) is expected


def test_time_is_linear_in_a_pattern_built_to_burst() -> None:
    robots = parse(b"User-agent: *\n" + b"".join(b"Disallow: /%d%sb$\n" % (n, b"*a" * 900) for n in range(200)))
    started = time.process_time()
    for n in range(200):
        robots.allows(f"/{n}" + "a" * 5000)
    assert time.process_time() - started < 5


def test_what_is_not_said_is_allowed() -> None:
    assert Robots().allows("/")
    assert parse(b"").allows("/x")


@pytest.mark.parametrize(
    ("lines", "path", "allowed"),
    [
        # Only a lone asterisk means everybody.
        ("User-agent: *bot*\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: * everybody\nDisallow: /", "/a", False),
        ("User-agent: *Xenu*\nUser-agent: *\nDisallow: /a", "/a", False),
        # A Crawl-delay ends no list of agents.
        ("User-agent: other\nCrawl-delay: 5\nUser-agent: resource-centre-ingest\nDisallow: /", "/a", False),
        ("User-agent: *\nCrawl-delay: 5\nUser-agent: other\nDisallow: /", "/a", False),
        ("User-agent: *\nAllow: /\nUser-agent: other\nDisallow: /", "/a", True),
        # Reserved octets in a query's value match in both spellings (RFC 9309, 2.2.2).
        ("User-agent: *\nDisallow: /f?u=http://foo.bar", "/f?u=http%3A%2F%2Ffoo.bar", False),
        ("User-agent: *\nDisallow: /f?u=http%3A%2F%2Ffoo.bar", "/f?u=http://foo.bar", False),
        ("User-agent: *\nDisallow: /f%2Fg", "/f/g", True),
    ],
)
def test_agents_groups_and_reserved_octets(lines: str, path: str, allowed: bool) -> None:
    assert parse(lines.encode()).allows(path) is allowed


@pytest.mark.parametrize(
    "line",
    ["Dissallow: /a", "DISALOW : /a", "Disallow /a", "disallow\t/a # all of it", "Disallowed: /a", "Diasllow:/a"],
)
def test_a_rule_that_is_misspelt_or_lacks_its_colon_is_kept(line: str) -> None:
    robots = parse(f"User agent: *\n{line}\n".encode())
    assert not robots.allows("/a/b")
    assert robots.allows("/b")


@pytest.mark.parametrize("line", ["Disallow all of /a please", "Please disallow: /a", "No disallow /a"])
def test_a_sentence_is_no_rule(line: str) -> None:
    assert parse(f"User-agent: *\n{line}\n".encode()).allows("/a")


def test_a_sitemap_is_known_by_both_spellings() -> None:
    text = b"Sitemap: https://acme.example/a.xml\nSite-map: https://acme.example/b.xml\n"
    assert parse(text).sitemaps == ("https://acme.example/a.xml", "https://acme.example/b.xml")
