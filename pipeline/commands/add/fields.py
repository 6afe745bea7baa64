"""Which fields are missing or wrong on the pages, the selectors for these, and how sure each field is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from models.errors import PageError
from pipeline.commands.add import reading
from scrapers.induction.fields import THE_DATE
from scrapers.induction.values import FieldName, same, squeezed
from scrapers.values.addresses import same_site

if TYPE_CHECKING:
    from pipeline.commands.add.site import Sample, Site
    from scrapers.base import Rules
    from scrapers.induction.fields import Derived

KEYS: Mapping[FieldName, str] = {"title": "title", "author": "authors", "date": "date_published"}
"""The keys of a source that hold a field's selector, and the names of the fields."""

TRUST = (
    ("api:", 0.95),
    ("feed:", 0.93),
    ("oai", 0.95),
    ("json-ld:", 0.94),
    ("meta:citation", 0.95),
    ("meta:", 0.9),
    ("microdata", 0.9),
    ("label:", 0.88),
    ("pdf:front-matter", 0.85),
    ("h1", 0.9),
    ("time", 0.75),
    ("link-text", 0.8),
)
"""Prior probability that a value is right, by the beginning of its origin."""
OTHERWISE = 0.7


@dataclass(slots=True)
class Choice:
    """The selectors that were chosen, and what a person should know about the fields."""

    selectors: dict[str, str] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    by_evidence: set[str] = field(default_factory=set)
    """Keys whose selector was derived from values known from elsewhere, not guessed."""
    doubts: list[str] = field(default_factory=list)


def expected(key: FieldName, sample: Sample) -> Any:
    """Return a field's value as the listing shows it; None where it shows none, or several."""
    card = sample.card
    if card is None:
        return None
    if key == "title":
        return card.title
    if key == "date":
        return card.dates[0] if len(card.dates) == 1 else None
    return None


async def choose(site: Site, samples: Sequence[Sample], rules: Rules) -> Choice:
    """Return the selectors of the fields that neither the pages nor the listing give without them."""
    choice = Choice()
    pages = [sample for sample in samples if not sample.is_file]
    if len(pages) < 3:
        return choice
    if (order := await _order(site, pages)) is not None:
        choice.selectors["date_order"] = order
        rules = with_selectors(rules, choice.selectors)
        pages = [await site.document(sample.link, rules, sample.card) for sample in pages]
    for key, name in KEYS.items():
        claimed = sum(1 for sample in pages if name in sample.link.claims)
        if claimed * 5 >= len(pages) * 4:
            continue  # the mechanism gives it
        try:
            derived = await _derived(site, key, pages, rules, choice)
        except PageError as error:  # the pages are too large to compare within the limits
            choice.doubts.append(f"{key}: no selector was looked for: {error}")
            continue
        if derived and derived.pages * 5 >= derived.of * 4:
            choice.selectors[key] = derived.css
            choice.derived[key] = derived
    return choice


async def _order(site: Site, pages: Sequence[Sample]) -> str | None:
    if all("date_published" in sample.link.claims for sample in pages):
        return None
    return await site.together(reading.date_order, [sample.page for sample in pages])


async def _derived(
    site: Site, key: FieldName, samples: Sequence[Sample], rules: Rules, choice: Choice
) -> Derived | None:
    """Return the selector of a field that the reader misses, from the listing's values, or from what varies."""
    pages = [sample.page for sample in samples]
    wanted = [expected(key, sample) for sample in samples]
    found = [_read(key, sample) for sample in samples]
    known = sum(1 for value in wanted if value)
    wrong = sum(1 for value, ours in zip(wanted, found, strict=True) if value and not same(key, ours, value))
    if known * 2 >= len(pages):
        derived = await site.together(reading.derived, pages, key, wanted, rules) if wrong else None
        if derived:
            choice.by_evidence.add(key)
        return derived
    missing = sum(1 for ours in found if not ours)
    often = Counter(str(value) for value in found if value).most_common(1)
    constant = len(pages) > 3 and bool(often) and often[0][1] * 2 > len(pages) * (1 if key == "title" else 1.9)
    if key == "title" and not constant and not missing:
        derived = await site.together(reading.guessed, pages, key, rules)
        return derived if derived and _was_cut(found, derived.values) else None
    if key == "author" and not constant and missing * 2 < len(pages):
        derived = await site.together(reading.guessed, pages, key, rules)
        return derived if derived and _were_more(found, derived.values) else None
    weak = key == "date" and all(_is_weak(sample) for sample in samples)
    if missing * 2 < len(pages) and not constant and not weak:
        return None
    derived = await site.together(reading.guessed, pages, key, rules)
    if derived and weak:
        # A page may show several dates, as an event's or an update's; the guess leaves out those with such a label.
        # A date later than ours may still be an update's: it counts only where its selector calls it the date.
        called = THE_DATE.search(derived.css) is not None
        other = sum(
            1
            for ours, theirs in zip(found, derived.values, strict=True)
            if not same(key, ours, theirs) and (called or not ours or (theirs or "") < ours)
        )
        derived = derived if other * 2 > len(pages) else None
    if derived:
        choice.doubts.append(f"{key}: {derived.css!r} is a guess from what varies between the pages: look at it")
    return derived


def _were_more(found: Sequence[Sequence[str] | None], whole: Sequence[Sequence[str] | None]) -> bool:
    """Return whether a selector gives all authors that were read, and on some pages further ones."""
    pairs = [(set(ours or ()), set(theirs or ())) for ours, theirs in zip(found, whole, strict=True)]
    return all(ours <= theirs for ours, theirs in pairs) and any(ours < theirs for ours, theirs in pairs)


def _is_weak(sample: Sample) -> bool:
    """Return whether a date was taken from the visible page, without a label that says which it is."""
    found = sample.values.get("date_published")
    return found is None or found.origin.startswith(("text", "time"))


def _was_cut(found: Sequence[str], whole: Sequence[str | None]) -> bool:
    """Return whether the titles that were read are those of a heading on most pages, and parts of it on others."""
    pairs = [(squeezed(ours), squeezed(theirs or "")) for ours, theirs in zip(found, whole, strict=True)]
    equal = sum(1 for ours, theirs in pairs if ours == theirs)
    return equal * 2 >= len(pairs) > equal and all(ours in theirs for ours, theirs in pairs)


def _read(key: FieldName, sample: Sample) -> Any:
    value = sample.value(KEYS[key])
    return tuple(author.name for author in value) or None if key == "author" and value else value


def file_hosts(samples: Sequence[Sample]) -> tuple[str, ...]:
    """Return the other hosts from which several of the documents link files."""
    hosts = Counter(
        host
        for sample in samples
        for host in {urlsplit(url).hostname for url in sample.files if not same_site(url, sample.page.final_url)}
        if host
    )
    return tuple(host for host, count in hosts.most_common(3) if count * 4 >= len(samples) or count >= 2)


def confidence(key: FieldName, samples: Sequence[Sample], choice: Choice) -> float | None:
    """Return how sure a field is, from 0 to 1, over the sample; None where no page has it."""
    if not any(_read(key, sample) for sample in samples):
        return None
    return sum(_sure(key, sample, choice) for sample in samples) / len(samples)


def _sure(key: FieldName, sample: Sample, choice: Choice) -> float:
    value = _read(key, sample)
    if not value:
        return 0.5 if key == "author" else 0.0  # a document may have no author
    found = sample.values[KEYS[key]]
    sure = next((trust for start, trust in TRUST if found.origin.startswith(start)), OTHERWISE)
    if found.origin.startswith("selector:"):
        sure = 0.95 if key in choice.by_evidence else 0.7
    if KEYS[key] in sample.agreeing:
        sure += (1 - sure) * 0.5
    shown = expected(key, sample)
    if shown:
        return 0.5 * sure if not same(key, value, shown) else sure + (1 - sure) * 0.7
    if key == "author" and sample.card and all(squeezed(name) in squeezed(sample.card.text) for name in value):
        sure += (1 - sure) * 0.7
    return sure


def doubts(samples: Sequence[Sample], choice: Choice) -> list[str]:
    """Return what a person should look at, in words."""
    found = list(choice.doubts)
    for key, name in KEYS.items():
        values = [_read(key, sample) for sample in samples]
        missing = sum(1 for value in values if not value)
        if missing:
            found.append(f"{key}: none on {missing} of {len(samples)}")
        other = [s for s in samples if (shown := expected(key, s)) and not same(key, _read(key, s), shown)]
        if other:
            shown = expected(key, other[0])
            found.append(f"{key}: on {len(other)} of {len(samples)} not as the listing shows it ({shown!r})")
        if len(samples) > 3 and len({str(value) for value in values if value}) == 1 and not missing:
            found.append(f"{key}: the same on every page ({values[0]!r})")
        origins = {s.values[name].origin for s in samples if name in s.values}
        if key in choice.selectors and not any(origin.startswith("selector:") for origin in origins):
            found.append(f"{key}: the selector gave no value on any of the pages")
    short = sum(1 for sample in samples if sample.words < 40)
    if short:
        found.append(f"body: fewer than 40 words on {short} of {len(samples)}")
    return found


def with_selectors(rules: Rules, selectors: Mapping[str, str]) -> Rules:
    """Return the rules with these selectors."""
    return replace(rules, **selectors)  # type: ignore[arg-type]
