"""Pages of our own in the markup of common systems, for tests of the main text."""

from __future__ import annotations

import json
from pathlib import Path

STORIES: dict[str, list[str]] = json.loads((Path(__file__).parent / "stories.json").read_text(encoding="utf-8"))
"""Title and three paragraphs, by language."""

BOILERPLATE = (
    "Menu entry one",
    "We value your privacy",
    "Share on Example Network",
    "Another story about forests",
    "Sign up for the newsletter",
    "All rights reserved by nobody",
)


def framed(language: str, title: str, content: str) -> bytes:
    """Return a page with the given content amid a menu, notices, teasers and a footer."""
    links = "".join(
        f'<li class="menu-item"><a href="/s{n}">Menu entry {n}</a></li>' for n in ("one", "two", "three", "four")
    )
    related = "".join(
        f'<div class="card"><a href="/r{n}"><h3>Another story about {n}</h3></a><p>A teaser of {n} ...</p></div>'
        for n in ("forests", "mines", "ports")
    )
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} | Valley Centre</title>
<meta property="og:title" content="{title}"><style>p {{ color: red }}</style><script>var p = "<p>not text</p>";</script>
</head><body><div id="cookie-banner" class="cookie-notice"><p>We value your privacy and use cookies to give you the best
experience on our site.</p><button>Accept all</button></div>
<header class="site-header"><a class="logo" href="/">Valley Centre</a>
<nav class="main-nav"><ul>{links}</ul></nav></header>
<div class="wrapper">{content}
<aside class="sidebar related"><h2>Related</h2>{related}</aside></div>
<div class="newsletter"><h3>Sign up for the newsletter</h3>
<form><input name="email"><button>Subscribe</button></form></div>
<footer class="site-footer"><ul>{links}</ul><p>© 2024 All rights reserved by nobody. Privacy policy. Terms.</p></footer>
</body></html>""".encode()


def drupal(language: str) -> bytes:
    """Return a page in the markup of Drupal."""
    title, *paragraphs = STORIES[language]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return framed(
        language,
        title,
        f"""<main role="main"><article class="node node--type-article node--view-mode-full"><h1>{title}</h1>
<div class="node__content"><div class="field field--name-body field--type-text-with-summary field__item">{text}</div>
<div class="social-share"><a href="#">Share on Example Network</a></div></div></article></main>""",
    )


def wordpress(language: str) -> bytes:
    """Return a page in the markup of WordPress."""
    title, *paragraphs = STORIES[language]
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return framed(
        language,
        title,
        f"""<article class="post-7 post type-post hentry">
<header class="entry-header"><h1 class="entry-title">{title}</h1>
</header><div class="entry-content">{text}
<div class="sharedaddy sd-sharing"><a href="#">Share on Example Network</a></div>
</div></article>""",
    )


def plain_divs(language: str) -> bytes:
    """Return a page without a helpful name: text parted by line breaks in a bare element."""
    title, *paragraphs = STORIES[language]
    return framed(language, title, f"<div><h1>{title}</h1><div>{'<br><br>'.join(paragraphs)}</div></div>")


SYSTEMS = {"drupal": drupal, "wordpress": wordpress, "plain": plain_divs}


DOCUMENTS = json.loads((Path(__file__).parent / "documents.json").read_text(encoding="utf-8"))
"""Short documents as resource centres have them, and what their text must hold."""


def document(name: str) -> bytes:
    """Return one of the short documents in its frame."""
    return framed("en", name.capitalize(), "\n".join(DOCUMENTS[name]["html"]))
