"""The Scrapy spider with which throughput is compared, as its documentation would have one write it.

    python -m tests.benchmarks.speed.spider START FOLDER selectors|everything

It obeys robots.txt and waits for nothing. With `selectors` it takes the four values by CSS, and archives PDFs with
Scrapy's own `FilesPipeline`; with `everything` trafilatura finds the values, and pdfplumber reads the PDFs. The items
are written as JSON lines. Downloads are as many at once as Scrapy's defaults allow.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.speed.library import FOLLOW, NEXT_PAGE, SELECTORS


def main() -> None:
    """Crawl a library."""
    from scrapy import Spider
    from scrapy.crawler import CrawlerProcess

    start, folder, manner = sys.argv[1], Path(sys.argv[2]), sys.argv[3]

    class Library(Spider):
        name = "library"

        def parse(self, response: Any) -> Iterator[Any]:
            yield from response.follow_all(css=FOLLOW, callback=self.page)
            yield from response.follow_all(css=NEXT_PAGE)

        def page(self, response: Any) -> Iterator[Any]:
            if manner == "selectors":
                yield _selected(response)
                return
            yield _found(response)
            yield from response.follow_all(css=SELECTORS["attachment"], callback=self.file)

        def file(self, response: Any) -> Iterator[Any]:
            yield {"url": response.url, "body": _text(response.body)}

    settings: dict[str, Any] = {
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_DELAY": 0,
        "LOG_LEVEL": "WARNING",
        "TELNETCONSOLE_ENABLED": False,
        "FEEDS": {str(folder / "items.jsonl"): {"format": "jsonlines"}},
    }
    if manner == "selectors":
        settings["ITEM_PIPELINES"] = {"scrapy.pipelines.files.FilesPipeline": 1}
        settings["FILES_STORE"] = str(folder / "files")
    process = CrawlerProcess(settings)
    process.crawl(Library, start_urls=[start])
    process.start()


def _selected(response: Any) -> dict[str, Any]:
    return {
        "url": response.url,
        "title": response.css(f"{SELECTORS['title']}::text").get(),
        "authors": response.css(f"{SELECTORS['author']}::text").getall(),
        "date": response.css(f"{SELECTORS['date']}::attr(datetime)").get(),
        "body": "\n\n".join("".join(p.css("::text").getall()) for p in response.css(f"{SELECTORS['body']} > p")),
        "file_urls": [
            response.urljoin(href) for href in response.css(f"{SELECTORS['attachment']}::attr(href)").getall()
        ],
    }


def _found(response: Any) -> dict[str, Any]:
    import trafilatura

    found: Any = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)
    return {"url": response.url, "title": found.title, "authors": found.author, "date": found.date, "body": found.text}


def _text(content: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return "\n\n".join(page.extract_text() for page in pdf.pages)


if __name__ == "__main__":
    main()
