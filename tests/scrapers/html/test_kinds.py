"""Kinds of pages that readers get wrong, three of each: what is the document's, and what only stands beside it."""

# ruff: noqa: E501 (pages as they come)

from __future__ import annotations

import pytest

from scrapers.base import Rules
from scrapers.fields import Extracted
from scrapers.html import reader
from tests.page import page_of
from tests.scrapers.html.pages import STORIES

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in STORIES["en"][1:])
URL = "https://centre.example/reports/the-harbour-ledger"


def read(body: str, head: str = "", language: str = "en") -> Extracted:
    content = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    )
    return reader.read(page_of(URL, content), Rules())


def date(found: Extracted) -> str | None:
    return found.date_published.value if found.date_published else None


HEADING = "<h1>The harbour ledger</h1>"
TITLE = "<title>The harbour ledger</title>"
LD = '<script type="application/ld+json">{"@type":"Report","headline":"The harbour ledger","datePublished":"2023-04-11"}</script>'


@pytest.mark.parametrize(
    "line",
    [
        "<p>Reporting period: 1 July 2020 to 30 June 2021</p>",
        "<p><b>Date of spill:</b> 4 February 2019</p>",
        "<dl><dt>Fieldwork</dt><dd>March 2020</dd><dt>Hearing date</dt><dd>9 March 2020</dd></dl>",
        "<table><tr><th>Next meeting</th><td>9 March 2025</td></tr></table>",
        "<p>Berichtszeitraum: 01.07.2020 – 30.06.2021</p>",
    ],
)
def test_a_day_with_a_label_of_another_meaning_is_not_the_document_s(line: str) -> None:
    assert date(read(HEADING + line + TEXT, TITLE)) is None
    assert date(read(HEADING + line + TEXT, TITLE + LD)) == "2023-04-11"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("<p>Press release: 9 March 2020</p>", "2020-03-09"),
        ("<p>Occasional Paper Nr. 14, March 2020</p>", "2020-03"),
        ("<p>Harbour Stud. 2019 Nov;7(2):11-19.</p>", "2019-11"),
        ("<dl><dt>Date of publication</dt><dd>9 March 2020</dd></dl>", "2020-03-09"),
    ],
)
def test_a_day_or_month_about_the_document_is_read_as_precisely_as_it_says(line: str, value: str) -> None:
    assert date(read(HEADING + line + TEXT, TITLE)) == value


@pytest.mark.parametrize(
    ("body", "head", "title"),
    [
        ("<h1>Who counted the ships</h1>", "<title>Dock Monitor</title>", "Who counted the ships"),
        ("<h2>Who counted the ships</h2>", "<title>Dock Monitor</title><meta property='og:title' content='Dock Monitor'>", "Who counted the ships"),
        ("<h1><span class='eyebrow'>Ports</span>Who counted the ships</h1>", "<title>Who counted the ships | Dock Monitor</title>", "Who counted the ships"),
        ("<h1><small class='overline'>Report 4</small> Who counted the ships</h1>", "", "Who counted the ships"),
        ("<h3 class='post-title'>Who counted the ships</h3>", "<title>Dock Monitor: Who counted the ships</title>", "Who counted the ships"),
        ("<div><h1><a href='/'>Harbour Notes</a></h1></div><h2>Who counted the ships</h2>", "<title>Harbour Notes » Blog Archive » Who counted the ships</title>", "Who counted the ships"),
        ("<h1><a href='https://centre.example/index.php'>Harbour Notes</a></h1><h2><a href='#top'>Who counted the ships</a></h2>", "<title>Who counted the ships « Harbour Notes</title>", "Who counted the ships"),
        ("<h1><a href='/'><img src='l.png'>Harbour Notes</a></h1><h2 class='post-title'>Who counted the ships</h2>", "<title>Harbour Notes - Who counted the ships</title>", "Who counted the ships"),
        ("<h1><a href='/'>Ships that nobody counts</a></h1><h2>Trusted by harbours</h2>", "<title>Ships that nobody counts</title>", "Ships that nobody counts"),
        ("", "<title>Ships – and who counts them – Dock Monitor</title><meta property='og:title' content='Ships – and who counts them'>", "Ships – and who counts them"),
    ],
)  # fmt: skip
def test_the_title_is_the_document_s_and_whole(body: str, head: str, title: str) -> None:
    found = read(body + TEXT, head).title
    assert found is not None
    assert found.value == title


@pytest.mark.parametrize(
    ("part", "held", "lacked"),
    [
        ("<p>Nets <span hidden>LATER</span> were mended.</p>", "Nets", "LATER"),
        ("<p>Nets <a href='/x'>were mended<span class='visually-hidden'> LATER</span></a> in May.</p>", "were mended", "LATER"),
        ("<p>Nets <b style='color: red; display: none'>LATER</b> were mended.</p>", "were mended", "LATER"),
        ("<details><summary>Which ships carry coal</summary><p>Those with black sails, which the harbour master counts by hand in the evening.</p></details>", "Which ships carry coal", ""),
        ("<table><caption>Ships by cargo</caption><tr><th>Cargo</th><th>Ships</th></tr><tr><td>Coal</td><td>8</td></tr></table>", "Ships by cargo", ""),
    ],
)  # fmt: skip
def test_the_text_is_what_a_reader_sees_with_what_names_its_tables(part: str, held: str, lacked: str) -> None:
    cut = TEXT.index("</p>") + 4
    found = read(f"<article>{HEADING}{TEXT[:cut]}{part}{TEXT[cut:]}</article>", TITLE).body
    assert found is not None
    assert held in found.value
    assert not lacked or lacked not in found.value


@pytest.mark.parametrize(
    ("line", "language", "value"),
    [
        ("<p class='date'>৯ মার্চ ২০২০</p>", "bn", "2020-03-09"),
        ("<p class='date'>๙ มีนาคม ๒๕๖๓</p>", "th", "2020-03-09"),
        ("<p class='date'>9 มีนาคม 2563</p>", "th", "2020-03-09"),
        ("<p class='date'>令和二年三月九日</p>", "ja", "2020-03-09"),
        ("<p class='date'>發布日期：109-03-09</p>", "zh-Hant-TW", "2020-03-09"),
        ("<p class='date'>९ मार्च २०२०</p>", "hi", "2020-03-09"),
    ],
)
def test_days_in_digits_and_eras_of_their_own(line: str, language: str, value: str) -> None:
    told = {
        "bn": "বন্দরের খাতায় প্রতিটি জাহাজের নাম ও মালের কথা লেখা ছিল এবং কেউ তা পড়ত না।",
        "th": "สมุดบันทึกของท่าเรือจดชื่อเรือทุกลำและสินค้าที่บรรทุกมาโดยไม่มีใครเปิดอ่าน",
        "ja": "港の帳簿にはすべての船の名前と積み荷が書かれていたが、誰もそれを読まなかった。",
        "zh-Hant-TW": "港口的帳簿記載了每一艘船的名稱與貨物，卻沒有人閱讀過這些記錄。",
        "hi": "बंदरगाह की बही में हर जहाज का नाम और उसका माल लिखा था, पर किसी ने उसे पढ़ा नहीं।",
    }[language]
    assert date(read(f"<h1>{told[:14]}</h1>{line}" + f"<p>{told}</p>" * 3, language=language)) == value


def test_a_line_of_labels_behind_a_day_names_the_author_and_not_the_editor() -> None:
    for line in (
        "2019-08-05 来源：港口日报 作者：赵敏 责任编辑：王伟",
        "2019年8月5日 作者：赵敏",
        "来源：港口日报 作者：赵敏 2019-08-05",
    ):
        text = "<p>港口的账簿记载了每一艘船的名称与货物，却没有人阅读过这些记录，直到去年。</p>" * 4
        found = read(f"<h1>港口账簿</h1><p>{line}</p>{text}", language="zh-CN").authors
        assert found is not None, line
        assert [author.name for author in found.value] == ["赵敏"], line


@pytest.mark.parametrize(
    "body",
    [
        "<dl><dt>Publisher</dt><dd>Harbour Institute</dd></dl>",
        "<p>Publisher: Harbour Institute</p>",
        "<table><tr><th>Published by</th><td>Harbour Institute</td></tr></table>",
    ],
)
def test_a_labelled_publisher_is_read(body: str) -> None:
    found = read(HEADING + body + TEXT, TITLE + "<meta property='og:site_name' content='Dock Monitor'>").publisher
    assert found is not None
    assert found.value == "Harbour Institute"


def test_files_of_a_frameset_are_found_beside_its_frames() -> None:
    frames = "<frameset><frame src='a.htm'><noframes><body><a href='/files/ledger.pdf'>The ledger</a> <a href='b.htm'>b</a></body></noframes></frameset>"
    content = f"<html><head><title>Ledgers</title></head>{frames}</html>".encode()
    page = page_of(URL, content)
    assert [(link.url, link.rel) for link in reader.read(page, Rules()).links] == [
        ("https://centre.example/files/ledger.pdf", "attachment")
    ]


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("<p class='date'>Written: 2023-04-11 15:03</p>", ""),
        ("<p class='post-date'>In print: 11 April 2023</p>", ""),
        ("<p>Dienstag: 11.04.2023</p>", LD),
        ("<p>Geschrieben am: 11.04.2023</p>", ""),
        ("<p>Last seen in print: 11 April 2023</p><p>11 April 2023</p>", ""),
    ],
)
def test_a_label_of_unknown_meaning_says_nothing_against_a_day_that_is_known_otherwise(line: str, head: str) -> None:
    assert date(read(HEADING + line + TEXT, TITLE + head)) == "2023-04-11"


@pytest.mark.parametrize(
    "line",
    ["Copyright ©2010 Ada Finch. All Rights Reserved Worldwide.", "© 2019 River Watch", "(c) 2019-2021 River Watch"],
)
def test_a_notice_of_rights_behind_the_text_is_none_of_it(line: str) -> None:
    found = read(f"<table><tr><td>{HEADING}{TEXT}<p>{line}</p></td></tr></table>", TITLE).body
    assert found is not None
    assert "River Watch" not in found.value
    assert "Ada Finch" not in found.value
    kept = read(
        HEADING
        + TEXT
        + "<p>The Copyright Act of 1911 says who may copy the ledger of the harbour, and who may not.</p>",
        TITLE,
    ).body
    assert kept is not None
    assert "Copyright Act" in kept.value


POSTED = "This entry was posted on Tuesday, 11 April 2023 at 2:21 pm and is filed under News. You can follow any responses to it."


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='article'><div class='row'>{HEADING}<div class='footer'><p><span><time itemprop='datePublished' datetime='2023-04-11'>11.04.2023</time></span> News</p></div></div>{TEXT}</div>",
        f"<div class='article'><div class='footer details'><time datetime='2023-04-11'>11 April 2023</time></div>{HEADING}{TEXT}</div>",
        f"<article><header><div class='nav'><h4>Share</h4><a href='/x'>X</a></div><span><time datetime='2023-04-11'>11 April 2023</time></span></header>{HEADING}{TEXT}</article>",
        f"<article>{HEADING}<h4>Tags</h4><a href='/t'>Ports</a><p>11 April 2023</p>{TEXT}</article>",
        f"<article>{HEADING}{TEXT}<p class='postmetadata alt'><small>{POSTED}</small></p></article>",
        f"<article>{HEADING}{TEXT}<div class='post-footer'>Dieser Artikel wurde am 11. April 2023 um 14:48 von <a href='/autor/ada'>Ada Finch</a> verfasst und unter Häfen abgelegt worden.</div></article>",
        f"<article>{HEADING}<p>Veröffentlichung: <a href='/m'>11.04.2023</a></p>{TEXT}</article>",
    ],
)  # fmt: skip
def test_a_day_in_the_foot_of_a_heading_in_a_bar_or_in_the_sentence_of_posting_is_the_document_s(body: str) -> None:
    assert date(read(body, TITLE)) == "2023-04-11"


def test_a_footer_before_nothing_and_a_sentence_that_tells_give_no_day() -> None:
    told = "<p>The first complaint reached the office on 11 April 2023, two weeks after the flood had closed the harbour.</p>"
    assert date(read(f"<article>{HEADING}{TEXT}{told}</article>", TITLE)) is None
    assert (
        date(read(f"<article>{HEADING}{TEXT}</article><div class='footer'><p>11 April 2023</p></div>", TITLE)) is None
    )


@pytest.mark.parametrize(
    "question", ["Was this page helpful?", "War diese Seite hilfreich?", "¿Te ha sido útil?", "Is this page useful ?"]
)
def test_a_question_for_the_reader_s_opinion_is_no_text(question: str) -> None:
    found = read(
        f"<main>{HEADING}{TEXT}<p>{question}</p><p>Who counts the ships that nobody has seen come in?</p></main>", TITLE
    ).body
    assert found is not None
    assert question.strip("¿ ?") not in found.value
    assert "Who counts the ships" in found.value
