"""Decide the values of a document from page, link, feed and landing page; no network, no database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from models.errors import FieldMissing
from scrapers.base import Author, Found, Link
from scrapers.fields import FIELDS, Extracted
from scrapers.sniff.mediatype import PAGES
from scrapers.values.addresses import canonical, same_site
from scrapers.values.text import clean_line, clean_text, drop_invisible

Values = Mapping[str, Found[object]]
"""Field name -> value with its origin; a field without a value is absent."""

SITE = re.compile(r"\s*(?:[|»·]|::)\s*\S")
"""What separates a title from the name of the site."""

WORD = re.compile(r"[^\W_]+")

DOUBTFUL = 0.5
"""Confidence from which a file's value is kept against that of a page which links this file alone."""

ASSUMED = 0.8
"""Confidence assumed of a page's value that has none of its own, as a mechanism or a selector gave it."""

RELATIONS = ("attachment", "translation", "related")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document as it is loaded: its own values, before a file borrows from its landing page."""

    source_id: int
    canonical_url: str
    aliases: tuple[tuple[str, str], ...]
    """Addresses that led to this content, with the reason (`requested`, `redirect`, `final`)."""
    claimed: tuple[str, ...] = ()
    """Addresses that the page names as canonical (rel=canonical): accepted where no other document contradicts them."""
    media_type: str
    values: Values
    links: tuple[Link, ...] = ()
    """Those with rel attachment, translation or related."""
    reading: Extracted
    """The reading of the page, with notes, tables and runners-up."""
    capture_id: int | None
    reader_version: str
    retrieved_at: datetime

    @property
    def is_file(self) -> bool:
        """Whether it is a file, which borrows missing values from its landing page."""
        return self.media_type not in PAGES


def document(
    extracted: Extracted,
    claims: Values,
    *,
    source_id: int,
    url: str,
    redirects: tuple[str, ...],
    final_url: str,
    capture_id: int | None,
    reader_version: str,
    retrieved_at: datetime,
) -> Document:
    """Return the document for the reading of a page and the claims of the mechanism that found it.

    Raises FieldMissing where it has neither title nor body.
    """
    values, notes = _checked(merged(extracted.found(), claims), retrieved_at)
    named = values.pop("canonical_url", None)
    if "title" not in values and "body" not in values:
        raise FieldMissing(url, "title or text")
    address = canonical(final_url)
    aliases = [(canonical(url), "requested"), *((canonical(hop), "redirect") for hop in redirects), (address, "final")]
    claimed = (canonical(str(named.value)),) if named is not None and same_site(str(named.value), address) else ()
    return Document(
        source_id=source_id,
        canonical_url=address,
        aliases=tuple(dict(reversed(aliases)).items()),
        claimed=claimed,
        media_type=extracted.media_type,
        values=values,
        links=tuple(link for link in extracted.links if link.rel in RELATIONS),
        reading=replace(extracted, notes=tuple(dict.fromkeys((*extracted.notes, *notes)))),
        capture_id=capture_id,
        reader_version=reader_version,
        retrieved_at=retrieved_at,
    )


def resolve(
    own: Values,
    landing: Values | None,
    link_text: str | None,
    *,
    files: int = 1,
    runners_up: Mapping[str, Sequence[Found[object]]] | None = None,
) -> Values:
    """Return a file's values, weighed with what its landing page says; a missing title is the text of the link.

    What the file does not say is taken from the page. Where both say the same, confidence rises. Where they differ and
    the file prints what the page says as well (it is among its `runners_up`), the likelier of the two is taken; where
    it does not, the page's value is taken if the file's is doubtful. The more `files` a page links, the less it says of
    each, and the more doubtful the file's value must be.
    """
    values = dict(own)
    for name in FIELDS.borrowed:
        page, ours = (landing or {}).get(name), own.get(name)
        if page is None:
            continue
        other = next((one for one in (runners_up or {}).get(name, ()) if _agree(one.value, page.value)), None)
        if ours is None:
            values[name] = replace(page, origin="landing-page", place=None)
        elif ours.confidence is None:
            continue
        elif _agree(ours.value, page.value):
            values[name] = _confirmed(ours, page, files)
        elif other is not None and (found := _likelier(other, ours, page, files)) is not None:
            values[name] = found
        elif ours.confidence < DOUBTFUL / files and (page.confidence is None or page.confidence > ours.confidence):
            values[name] = replace(page, origin="landing-page", place=None)
    if "title" not in values and (text := clean_line(link_text or "")):
        values["title"] = Found(value=text, raw=text, origin="link-text")
    return values


def _likelier(other: Found[object], ours: Found[object], page: Found[object], files: int) -> Found[object] | None:
    """Return what the page says and the file prints as well, where that is likelier than what the file prints first."""
    sure = (page.confidence if page.confidence is not None else ASSUMED) / files
    confirmed, contradicted = _confidence(other) * sure, _confidence(ours) * (1 - sure)
    if confirmed <= contradicted:
        return None
    return replace(other, confidence=round(confirmed / (confirmed + contradicted), 3))


def _confidence(found: Found[object]) -> float:
    return found.confidence or 0.0


def _confirmed(printed: Found[object], page: Found[object], files: int) -> Found[object]:
    """Return what a file prints and its landing page says too, as probable as the two make it."""
    sure = page.confidence if page.confidence is not None else ASSUMED
    doubt = (1 - _confidence(printed)) * (1 - sure / files)
    return replace(printed, confidence=round(1 - doubt, 3))


def _agree(ours: object, theirs: object) -> bool:
    """Return whether two values say the same: the same words, a title with or without its subtitle, a finer date."""
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return {_words(author.name) for author in ours} == {_words(author.name) for author in theirs}
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return ours == theirs
    a, b = f"{_words(ours)} ", f"{_words(theirs)} "
    return a.startswith(b) or b.startswith(a)


def _words(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


def merged(page: Values, claims: Values) -> dict[str, Found[object]]:
    """Return the most trusted values: those of the source's selectors, then of the mechanism, then of the page."""
    values = dict(page)
    for field in FIELDS:
        claim, own = claims.get(field.name), page.get(field.name)
        if claim is None or field.claimed == "never":
            continue
        if own is None or (field.claimed == "first" and _better(claim, own)):
            values[field.name] = claim
        elif field.claimed == "added" and isinstance(own.value, Mapping) and isinstance(claim.value, Mapping):
            values[field.name] = replace(own, value={**claim.value, **own.value})
    return values


def _better(claimed: Found[object], page: Found[object]) -> bool:
    if page.origin.startswith("selector:"):
        return False
    if claimed.confidence is not None and claimed.confidence < _confidence(page):
        return False  # a row's `Minutes` or `June`
    ours, theirs = str(page.value), str(claimed.value)
    if isinstance(claimed.value, str) and theirs.endswith(("…", "...")):
        return False  # feeds cut long titles and summaries
    # A repository's `2019` does not outrank the `2019-05-23` that its page prints; what both say is the page's own.
    # A listing may cut a title short without a mark; what a page adds after a bar is the name of its site.
    if not isinstance(claimed.value, str) or not ours.startswith(theirs):
        return True
    return bool(SITE.match(ours[len(theirs) :]))


def _checked(values: dict[str, Found[object]], retrieved_at: datetime) -> tuple[dict[str, Found[object]], list[str]]:
    """Return the values that can be true, cleaned, and a note for each that cannot."""
    checked: dict[str, Found[object]] = {}
    notes = []
    tomorrow = (retrieved_at + timedelta(days=1)).date().isoformat()
    for name, found in values.items():
        value = found.value
        kind = FIELDS[name].type
        if kind == "date":
            if not _is_date(str(value)):
                notes.append(f"{name} {found.raw!r} is no date of our calendar")
                continue
            if str(value) > tomorrow:
                notes.append(f"{name} {found.raw!r} is later than the day on which it was read")
                continue
        elif kind == "authors":
            assert isinstance(value, tuple)
            value = tuple(_author(author) for author in value if clean_line(author.name))
        elif kind == "text":
            value = drop_invisible(str(value)).strip()  # keeps its lines, and the tabs between the cells of tables
        elif isinstance(value, str):
            value = clean_line(value)
        if value:
            checked[name] = replace(found, value=value, raw=clean_text(found.raw))
    return checked, notes


def _is_date(value: str) -> bool:
    """Return whether a value is a date, whole or partial, of a year in which anything may have been published."""
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return len(value) in (4, 7, 10) and value >= "1000"


def _author(author: Author) -> Author:
    return replace(author, name=clean_line(author.name))
