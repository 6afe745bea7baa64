"""The main text: what is content in any language and markup, and how it reads as plain text."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from scrapers.html.blocks import blocks
from scrapers.html.dom import parse
from scrapers.html.maintext import maintext
from scrapers.html.maintext.edges import completed
from scrapers.html.maintext.maintext import is_nothing
from scrapers.html.maintext.plain import render
from scrapers.html.maintext.scores import FILE, best_set, confidence, load, model, save
from scrapers.html.page import html_page
from tests.scrapers.html.pages import BOILERPLATE, DOCUMENTS, STORIES, SYSTEMS, document, framed

URL = "https://centre.example/reports/water"


def read(content: bytes | str) -> maintext.MainText:
    return maintext.read(html_page(parse(content.encode() if isinstance(content, str) else content, None, URL)))


def whole(markup: str) -> str:
    """Return every block of a page as plain text."""
    page = blocks(parse(markup.encode(), None, URL).root)
    return render(page, list(range(len(page.texts))))


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("language", STORIES)
def test_the_story_is_read_and_the_frame_is_not(language: str, system: str) -> None:
    body = read(SYSTEMS[system](language)).body
    for paragraph in STORIES[language][1:]:
        assert unicodedata.normalize("NFC", paragraph) in body
    assert [boilerplate for boilerplate in BOILERPLATE if boilerplate in body] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_short_documents_are_read_whole(name: str) -> None:
    body = read(document(name)).body
    assert [text for text in DOCUMENTS[name]["texts"] if text not in body] == []
    assert [boilerplate for boilerplate in BOILERPLATE if boilerplate in body] == []


def test_elements_are_those_of_the_text_in_order() -> None:
    main = read(SYSTEMS["drupal"]("en"))
    texts = [" ".join(element.text_content().split()) for element in main.elements]
    assert texts[-3:] == list(STORIES["en"][1:])
    assert main.first is main.elements[0]
    paragraph = main.elements[-1]
    assert main.contains(paragraph)
    assert main.contains(paragraph.getparent())
    root = paragraph.getroottree().getroot()
    assert not main.contains(root.find(".//footer"))
    assert not main.contains(root.find(".//nav//a"))


@pytest.mark.parametrize(
    "content", ["<html><body></body></html>", "<script>var a = 1</script>", "<img alt='a picture'>"]
)
def test_a_page_without_text_has_no_body(content: bytes) -> None:
    main = read(content)
    assert (main.body, main.elements, main.first) == ("", (), None)


def test_the_shell_of_a_page_that_scripts_fill_has_no_body() -> None:
    shell = "".join(f"<div class=footer-item>{text}</div>" for text in ("Help", "Sign in", "Your cart", "Terms of use"))
    assert read(f"<title>Shop</title><div id=root></div><footer>{shell}</footer>").body == ""


def test_nothing_is_given_for_a_few_unlikely_letters_but_for_many() -> None:
    likely, chosen = np.array([0.45, 0.4], np.float32), np.array([True, True])
    assert is_nothing(likely, np.array([100, 100], np.float32), chosen, 0.6)
    assert not is_nothing(likely, np.array([1000, 100], np.float32), chosen, 0.6)
    assert not is_nothing(likely * 2, np.array([100, 100], np.float32), chosen, 0.6)
    assert is_nothing(likely * 2, np.array([1000, 100], np.float32), chosen, 0.2)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One  <b>bold</b>\n word.</p><p>Two</p>", "One bold word.\n\nTwo"),
        ("<h2>Head</h2>text<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>end", "Head\n\ntext\n\na\nb\nc\n\nend"),
        (
            "<table><tr><th>Year</th><th>Cases</th></tr><tr><td>2019</td><td>7</td></tr></table>",
            "Year | Cases\n2019 | 7",
        ),
        ("<table><tr><td><p>One story</p><p>of a layout</p></td></tr></table>", "One story\n\nof a layout"),
        ("<pre>if x:\n    y()\n</pre>", "if x:\n    y()"),
        ("<p>line<br>next<br><br>other</p>", "line\nnext\n\nother"),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "Term\nMeaning"),
        ("<p>a<span>b</span>c<wbr>d</p>", "abcd"),
        ("<div>before<div>inside</div>after</div>", "before\n\ninside\n\nafter"),
        ("<p>e\u0301te\u0301 \u202eevil\u202c a\u00adb</p>", "été evil ab"),
        ("<p>x<sup>2</sup></p><p><a href=/a>link</a> tail</p>", "x2\n\nlink tail"),
        ("<a href=/a><div>card</div><div>teaser</div></a>tail", "card\n\nteaser\n\ntail"),
        ("<p>keep</p><style>p{}</style><template><p>no</p></template><svg><text>no</text></svg>", "keep"),
    ],
)
def test_blocks_read_as_plain_text(markup: str, text: str) -> None:
    assert whole(markup) == text


def test_text_encoded_twice_is_mended() -> None:
    assert whole("<p>" + "it’s naïve".encode().decode("latin-1") + "</p>") == "it’s naïve"


def test_the_best_set_is_the_best_of_all_cuts() -> None:
    likely = np.array([0.9, 0.2, 0.8, 0.05, 0.6], np.float32)
    lengths = np.array([10, 30, 20, 50, 5], np.float32)
    chosen, expected = best_set(likely, lengths)
    total = (likely * lengths).sum()
    by_hand = {
        cut: 2 * (likely * lengths)[likely >= cut].sum() / (lengths[likely >= cut].sum() + total) for cut in likely
    }
    assert expected == pytest.approx(max(by_hand.values()))
    assert chosen.tolist() == (likely >= max(by_hand, key=lambda cut: by_hand[cut])).tolist()


def test_a_huge_unlikely_block_takes_no_confidence_from_a_likely_text() -> None:
    likely, lengths = np.array([0.9, 0.8, 0.08], np.float32), np.array([300, 300, 40_000], np.float32)
    chosen, expected = best_set(likely, lengths)
    assert chosen.tolist() == [True, True, False]
    assert expected < 0.3
    assert confidence(likely, lengths, chosen) == pytest.approx(2 * 510 / (600 + 510 + 0.08 * 600))


def test_the_model_is_small_and_is_what_was_saved(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with path.open("wb") as file:
        save(model(), file)
    assert path.stat().st_size < 1_000_000
    with path.open("rb") as file:
        again = load(file)
    np.testing.assert_array_equal(again.first.leaves, model().first.leaves)
    np.testing.assert_array_equal(again.second.columns, model().second.columns)
    np.testing.assert_allclose(again.vocabulary.words, model().vocabulary.words, rtol=1e-5)


POSTS = {
    "@context": "https://schema.org",
    "@type": "DiscussionForumPosting",
    "text": "Has anybody read the report on the valley? I could not find the measurements that it speaks of. " * 2,
    "comment": [
        {"@type": "Comment", "text": "<p>They are in annex two.</p><p>Page forty, below the map of the wells.</p>"},
        {"@type": "Comment", "text": "Thank you, that is what I was looking for, and more than I had hoped to find."},
    ],
}


def test_code_stays_with_the_words_that_lead_to_it() -> None:
    markup = "<p>Menu</p><p>Open it:</p><pre>pump.open()</pre><pre>pump.close()</pre><p>Copyright</p><pre>v 3.14</pre>"
    page = blocks(parse(markup.encode(), None, URL).root)
    assert [page.texts[number] for number in completed(page, [1])] == ["Open it:", "pump.open()", "pump.close()"]


def test_a_document_in_many_preformatted_boxes_is_read_to_its_end() -> None:
    page = blocks(
        parse(b"<p>Menu</p><pre>Page 1</pre><pre>Page 2</pre><pre>Page 3</pre><p>Copyright</p>", None, URL).root
    )
    assert [page.texts[number] for number in completed(page, [1])] == ["Page 1", "Page 2", "Page 3"]


def test_code_amid_text_is_kept_though_labels_stand_between() -> None:
    buttons = "".join(f"<button>{name}</button>" for name in ("Reload", "Clear", "Copy"))
    example = f"<div><div>js</div><div>pump.js</div>{buttons}<pre>pump.open()</pre></div>"
    markup = f"{example}<p>Open it:</p>{example}<p>Then close it.</p><p>Menu</p><p>Search</p><p>Share</p>{example}"
    page = blocks(parse(markup.encode(), None, URL).root)
    text = [number for number, text in enumerate(page.texts) if text in ("Open it:", "Then close it.")]
    assert [page.texts[number] for number in completed(page, text)] == ["Open it:", "pump.open()", "Then close it."]


@pytest.mark.parametrize(
    "template",
    [
        "<p>{}</p>",
        "<div>{}</div>",
        "<ol><li>{}</li></ol>",
        "{}<br><br>",
        "<section id='c{n}'><h3>Clause {n} of the law</h3><div><p>{}</p></div></section>",
        "<div class='clause clause-{n}'><div>{}</div></div>",
    ],
)
def test_a_document_of_hundreds_of_paragraphs_is_read_whole(template: str) -> None:
    paragraphs = [f"Clause {n}. {STORIES['en'][1 + n % 3]}" for n in range(400)]
    text = "".join(template.format(paragraph, n=n) for n, paragraph in enumerate(paragraphs))
    body = read(framed("en", "The law of wells", f"<main><h1>The law of wells</h1><div>{text}</div></main>")).body
    assert [paragraph for paragraph in paragraphs if paragraph not in body] == []
    assert [words for words in BOILERPLATE if words in body] == []


def test_a_table_of_hundreds_of_rows_is_read_whole() -> None:
    rows = [(f"{n}", f"The well of the village {n}, dug before the war", f"{3 * n} m") for n in range(400)]
    cells = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows)
    body = read(framed("en", "All wells", f"<main><h1>All wells</h1><table>{cells}</table></main>")).body
    assert [row for row in rows if " | ".join(row) not in body.split("\n")] == []


def test_text_that_only_scripts_would_show_is_read_from_what_is_declared() -> None:
    main = read(f'<script type="application/ld+json">{json.dumps(POSTS)}</script><div id="app">Loading ...</div>')
    assert main.origin == "json-ld:text"
    assert main.body.startswith("Has anybody read the report")
    assert "They are in annex two.\n\nPage forty, below the map of the wells.\n\nThank you" in main.body


def test_a_declared_text_does_not_displace_what_is_seen() -> None:
    declared = json.dumps({"@type": "Article", "articleBody": " ".join(STORIES["en"][1:])})
    page = SYSTEMS["drupal"]("en").replace(
        b"</head>", f'<script type="application/ld+json">{declared}</script></head>'.encode()
    )
    assert read(page).origin == "text"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<div>" * 30_000 + b"deep", id="nested"),
        pytest.param(b"<p>word</p>" * 15_000, id="paragraphs", marks=pytest.mark.nightly),
        pytest.param(b"<ul><li><a href=/x>word</a>" * 10_000, id="lists never closed"),
        pytest.param(b"<div class='" + b"name " * 100_000 + b"'>text</div>", id="one long class"),
        pytest.param(b"".join(b"<div class='c%d'>text %d</div>" % (n, n) for n in range(6_000)), id="many classes"),
        pytest.param(b"<table>" + b"<tr><td>1</td><td>2</td></tr>" * 5_000 + b"</table>", id="a long table"),
        pytest.param(b"<table><tr><td>x" * 700, id="nested tables"),
        pytest.param(b"<p>" + b"x" * 5_000_000, id="one word"),
        pytest.param(b"<title>" + b"word " * 100_000 + b"</title>" + b"<h1>word</h1>" * 7_000, id="a long title"),
        pytest.param(
            b"<meta name=description content='" + b"word " * 200_000 + b"'>" + b"<p>" * 10_000 + b"x",
            id="a long description",
        ),
        pytest.param(b"<p>" + b"<b>w</b> " * 30_000, id="inline elements"),
        pytest.param(b"<p>" + b"a<br>" * 30_000, id="line breaks"),
    ],
)
def test_large_pages_end_soon(content: bytes) -> None:
    begun = time.process_time()
    read(content)
    assert time.process_time() - begun < 5


def test_a_page_judged_piece_by_piece_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintext, "AT_ONCE", 2_000)
    sentences = [
        f"In the year {n} the village counted its wells again, and found {n + 1} of them dry." for n in range(5_000)
    ]
    markup = "<nav><a href=/>Home</a></nav><article><h1>Wells</h1>" + "".join(f"<p>{s}</p>" for s in sentences)
    read_sentences = set(read(markup + "</article>").body.split("\n\n"))
    assert [sentence for sentence in sentences if sentence not in read_sentences] == []
