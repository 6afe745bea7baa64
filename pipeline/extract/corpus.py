"""Saved pages with what is expected of them, in `<source>/<slug>/`.

page.html or file.pdf   the bytes
page.json               address, status, headers, time of retrieval
expected.json           the fields, with origins
expected.txt            the body, a paragraph a line
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from models.errors import ConfigError, PageError
from scrapers.base import Page, Rules
from scrapers.record import Record, extracted_record
from scrapers.values.addresses import same_site

if TYPE_CHECKING:
    from pipeline.config import Config


class Corpus:
    """A folder of saved pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def slugs(self) -> list[str]:
        """Return the saved pages, as `source/slug`."""
        return sorted(path.parent.relative_to(self.folder).as_posix() for path in self.folder.glob("*/*/page.json"))

    def slug(self, source: str, url: str) -> str:
        """Return the folder name of a saved page, made of its address and safe as a path."""
        words = re.sub(r"[^a-z0-9]+", "-", unquote(urlsplit(url).path).lower()).strip("-")[-60:].strip("-")
        return f"{source}/{words or 'page-' + hashlib.sha256(url.encode()).hexdigest()[:8]}"

    def source_of(self, url: str, config: Config) -> str:
        """Return the configured source whose start lies on the same site, else the host's name."""
        for name, source in config.sources.items():
            if any(same_site(start, url) for start in source.start):
                return name
        return urlsplit(url).hostname or "unknown"

    def rules(self, slug: str, config: Config) -> Rules:
        """Return the rules of a saved page's source; generic ones where it is not configured."""
        name = slug.partition("/")[0]
        source = config.sources.get(name)
        return source.rules(name, config.extract) if source else Rules(source=name)

    def page(self, slug: str) -> Page:
        """Return a saved page, or raise ConfigError."""
        folder = self.folder / slug
        try:
            saved = json.loads((folder / "page.json").read_text("utf-8"))
            content = (folder / saved["file"]).read_bytes()
        except (OSError, ValueError, KeyError) as error:
            raise ConfigError(f"{folder}: not a saved page: {error}") from error
        return Page(
            url=saved["url"],
            final_url=saved["final_url"],
            status=saved["status"],
            headers=tuple((name, value) for name, value in saved["headers"]),
            media_type=saved["media_type"],
            content=content,
            retrieved_at=datetime.fromisoformat(saved["retrieved_at"]),
            sha256=hashlib.sha256(content).hexdigest(),
        )

    def read(self, page: Page, rules: Rules) -> Record:
        """Return what the present code extracts: the printed record, or the error's name and reason.

        Confidences are left out: each training of a model changes them all, and values are what is reviewed.
        """
        from scrapers.sites import scraper_for

        try:
            record = extracted_record(page.final_url, scraper_for(rules).extract(page))
        except PageError as error:
            return {"error": type(error).__name__, "reason": error.reason}
        return {name: value for name, value in record.items() if name != "confidence"}

    def expected(self, slug: str) -> Record:
        """Return what was accepted, body included."""
        folder = self.folder / slug
        record: Record = json.loads((folder / "expected.json").read_text("utf-8"))
        if "error" not in record:
            text = (folder / "expected.txt").read_text("utf-8").removesuffix("\n")
            record["body"] = text or None
        return record

    def write(self, slug: str, page: Page, rules: Rules) -> None:
        """Save a page and what is extracted from it today."""
        folder = self.folder / slug
        folder.mkdir(parents=True, exist_ok=True)
        name = "file.pdf" if page.media_type == "application/pdf" else "page.html"
        saved: dict[str, Any] = {
            "file": name,
            "url": page.url,
            "final_url": page.final_url,
            "status": page.status,
            "headers": [[key, value] for key, value in page.headers if key.lower() in KEPT_HEADERS],
            "media_type": page.media_type,
            "retrieved_at": page.retrieved_at.isoformat(),
        }
        record = self.read(page, rules)
        body = record.pop("body", None)
        (folder / name).write_bytes(page.content)
        _write_json(folder / "page.json", saved)
        _write_json(folder / "expected.json", record)
        (folder / "expected.txt").write_text(f"{body or ''}\n", "utf-8")


KEPT_HEADERS = ("content-type", "content-language", "last-modified", "link")
"""Headers that extraction may depend on; cookies and the like do not belong in a repository."""


def _write_json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", "utf-8")
