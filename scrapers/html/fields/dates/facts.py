"""What the places of a page's days, and all of them together, say of each: facts for the chooser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from scrapers.html.fields.candidate import Candidate
from scrapers.html.fields.dates.declared import day_apart
from scrapers.html.fields.places import Places
from scrapers.html.fields.trust import Trust, trust

LISTED = 2
"""Most days with a label of publication outside the lines about the document: more are those of a list of documents."""


def note_listed(every: list[Candidate]) -> None:
    """Note the days with a label that many days have, none of them in the heading's zone: those of a list's entries."""
    labelled = [c for c in every if trust("date_published", c) is Trust.LABELLED]
    if len(labelled) <= LISTED or any("zone" in c.facts for c in labelled):
        return
    for c in labelled:
        del c.facts["label:date_published"]
        c.facts["other-label"] = 1


def describe(every: Sequence[Candidate], modified: Set[str], traits: Mapping[str, float], places: Places[str]) -> None:
    """Add to the facts of a page's days what only all of them together show; `modified` are the days of change."""
    visible = [c for c in every if "seen" in c.facts]
    days = [c for c in every if len(c.value) == 10]
    url = next((c.value for c in every if "url:day" in c.facts or "url:month" in c.facts), "")
    page = {
        **traits,
        "p:visible": min(len({c.value for c in visible}), 10) / 10,
        "p:none-visible": float(not visible),
        "p:declared": float(any(_DECLARED & c.facts.keys() for c in every)),
    }
    earliest, latest = min((c.value for c in days), default=""), max((c.value for c in days), default="")
    declared = {c.value for c in every if _DECLARED & c.facts.keys()}
    # Where the page itself tells the one from the other, a declared date that it calls that of a change is that.
    printed = any(
        "label:date_published" in c.facts and not (_APART | {"label:date_modified"}) & c.facts.keys() for c in every
    )
    forum = max(page["u:forum"], page["p:forum-type"])
    for c in every:
        facts = c.facts
        facts.update(page)
        facts["day"] = float(len(c.value) == 10)
        facts["earliest"] = float(c.value == earliest)
        facts["latest"] = float(c.value == latest)
        facts["only"] = float(len(every) == 1)
        facts["modified-too"] = float(c.value in modified)
        facts["url-agrees"] = (
            float(bool(url) and c.value.startswith(url) and c.value != url) if len(url) < 10 else float(c.value == url)
        )
        facts["sources"] = min(4.0, sum(f in facts for f in (*_DECLARED, "seen", "url:day"))) / 4
        facts["declared"] = float(bool(_DECLARED & facts.keys()))
        facts["near-declared"] = (
            float(any(_DECLARED & d.facts.keys() and day_apart(c.value, d.value) for d in days))
            if len(c.value) == 10
            else 0.0
        )
        facts["near-visible"] = (
            float(any("seen" in d.facts and day_apart(c.value, d.value) for d in days)) if len(c.value) == 10 else 0.0
        )
        # The day that the page shows may be that of its last change, while it declares another for its publication.
        facts["shows-change"] = float(c.value in modified and c.value not in declared and bool(declared - modified))
        facts["hides"] = float(
            c.value in declared
            and c.value not in modified
            and any("seen" in d.facts and d.value in modified for d in every)
        )
        facts["earlier-twin"] = facts["later-twin"] = 0.0
        if facts["near-declared"] or facts["near-visible"]:
            facts["earlier-twin"] = float(any(d.value > c.value and day_apart(c.value, d.value) for d in days))
            facts["later-twin"] = 1 - facts["earlier-twin"]
        facts.update(places.told(c.value))
        facts["forum&first-like"] = forum * facts.get("first-like", 0.0)
        facts["forum&by"] = forum * facts.get("by-author", 0.0)
        facts["hides&meta"] = facts["hides"] * float("meta:article" in facts)
        facts["hides&ld"] = facts["hides"] * float("meta:article" not in facts and "seen" not in facts)
        facts["shows&meta"] = facts["shows-change"] * page["p:published-meta"]
        facts["forum&earliest"] = forum * facts["earliest"]
        facts["forum&first"] = forum * facts.get("first", 0.0)
        facts["many&first"] = facts.get("first", 0.0) * page["p:visible"]
        facts["stated"] = float(
            "meta:scholarly" in facts or ("label:date_published" in facts and not any(f in facts for f in _ASIDE))
        )
        facts["only-modified"] = float(
            ("label:date_modified" in facts or "updated-class" in facts)
            and (not facts["declared"] or printed)
            and not facts["stated"]
            and "label:date_published" not in facts
            and not any(f in facts for f in _CREATED)
        )
        # A day on which the page says that something happened is not the day of its document.
        facts["quoted"] = float("told" in facts and not facts["declared"] and not any(f in facts for f in _OTHERWISE))
        for name in ("time", "text", "prop", "script"):
            if name in facts:
                facts[name] = min(facts[name], 3.0) / 3
        facts.pop("trust", None)


_OTHERWISE = frozenset(
    ["set-apart", "time", "script", "url:day", "ld:created", "ld:page:created", "ld:later:published"]
)
_CREATED = frozenset(["ld:created", "ld:page:created"])
_APART = frozenset(["in:comment", "in:related", "in:side", "in:foot", "in:event", "in:product"])
_ASIDE = _APART | {"in:nav"}
_DECLARED = frozenset(["ld:published", "ld:page:published", "meta:article", "meta:date", "meta:scholarly", "prop"])
