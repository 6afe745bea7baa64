"""What the names of a page, and all of them together, say of each: facts for the chooser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set

from scrapers.base import Author
from scrapers.html.fields.candidate import Candidate
from scrapers.html.fields.places import Places
from scrapers.html.fields.title_facts import squeezed


def described(
    found: Mapping[frozenset[str], Candidate],
    traits: Mapping[str, float],
    places: Places[frozenset[str]],
    sites: Set[str],
) -> list[Candidate]:
    """Return the candidates with what their names say, and what only all of them together show.

    Args:
        found: the candidates by their names.
        traits: what sort of page it is.
        places: where the names stand.
        sites: the names of the site.
    """
    every = list(found.items())
    visible = sum("seen" in c.facts for _, c in every)
    tally = Counter(name for key, _ in every for name in key)
    page = {
        **traits,
        "p:named": min(len(tally), 12) / 12,
        "p:visible": min(visible, 8) / 8,
        "p:declared": float(any(_DECLARED & c.facts.keys() for _, c in every)),
    }
    for key, c in every:
        facts = c.facts
        facts.update(page)
        names: tuple[Author, ...] = c.value
        kinds = [n.kind for n in names]
        facts["persons"] = kinds.count("person") / len(names)
        facts["organisations"] = kinds.count("organisation") / len(names)
        facts["count"] = min(len(names), 6) / 6
        words = [len(n.name.split()) for n in names]
        facts["words"] = min(max(words), 8) / 8
        facts["one-word"] = float(max(words) == 1)
        facts["lower"] = float(names[0].name[:1].islower())
        facts["digits"] = float(any(c.isdigit() for n in names for c in n.name))
        facts["site"] = max(_like_site(n.name, sites) for n in names)
        facts["shared"] = max(0, max(tally[n] for n in key) - 1) / 4
        facts["longer"] = float(
            len(key) == 1
            and any(
                len(o) == 1 and o != key and set(next(iter(o)).split()) < set(next(iter(key)).split()) for o, _ in every
            )
        )
        facts["shorter"] = float(
            len(key) == 1
            and any(
                len(o) == 1 and o != key and set(next(iter(o)).split()) > set(next(iter(key)).split()) for o, _ in every
            )
        )
        facts.update(places.told(key))
        facts["forum&first-like"] = page["u:forum"] * facts.get("first-like", 0.0)
        facts["forum&by-date"] = page["u:forum"] * facts.get("by-date", 0.0)
        facts["forum&first"] = page["u:forum"] * facts.get("first", 0.0)
        facts["subset"] = float(any(key < other for other, _ in every))
        facts["superset"] = float(any(key > other for other, _ in every))
        facts["sources"] = min(len({f.split(":")[0] for f in facts if f in _SOURCES}), 4) / 4
        facts["declared"] = float(bool(_DECLARED & facts.keys()))
        facts["only"] = float(len(every) == 1)
        facts["stated"] = float(
            "meta:scholarly" in facts
            or ("label:marked" in facts and not any(f in facts for f in _ASIDE))
            or (not page["p:declared"] and _is_list_of_people(key, c))
        )
        facts["declared&seen"] = facts["declared"] * float("seen" in facts)
        facts["places"] = min(facts.get("places", 0.0), 4) / 4
        for name in ("class", "profile-link", "prop", "label:by", "label:marked"):
            if name in facts:
                facts[name] = min(facts[name], 3.0) / 3
        facts.pop("trust", None)
    return [c for _, c in every]


def _is_list_of_people(names: frozenset[str], candidate: Candidate) -> bool:
    """Return whether a candidate is the zone's only list of people named for authors, or linked to their own pages."""
    facts = candidate.facts
    words = [frozenset(name.split()) for name in names]
    return (
        "zone" in facts
        and not facts.keys().isdisjoint(("class", "profile-link"))
        and facts.get("single", 0.0) > 0
        and len(words) > 1
        and facts["persons"] == 1
        and not any(one < other for one in words for other in words)
    )


_ASIDE = frozenset(
    ["in:comment", "in:related", "in:side", "in:foot", "in:nav", "in:caption", "in:product", "in:post", "in:card"]
)
_DECLARED = frozenset(
    [
        "ld:author",
        "ld:page:author",
        "meta:author",
        "meta:article-author",
        "meta:scholarly",
        "prop",
        "meta:other",
        "meta:twitter",
    ]
)
_SOURCES = _DECLARED | {"class", "rel-author", "profile-link", "label:by", "label:marked"}


def _like_site(name: str, sites: Set[str]) -> float:
    small = squeezed(name)
    if small in sites:
        return 1.0
    return (
        0.5 if any(len(site) > 4 and (site in small or (len(small) > 4 and small in site)) for site in sites) else 0.0
    )
