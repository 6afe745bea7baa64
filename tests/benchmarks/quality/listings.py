"""Score the finding of documents on made pages of listings: twenty layouts, with menus and other lists around them.

    python -m tests.benchmarks.quality.listings [--pages 400] [--seed held-out] [--look] [--wrong N]

By default the pages have the ten layouts that no rule is chosen by; `--look` takes the other ten. A page is whole where
90 % of its documents are found, and clean where at most one link in ten that are right is false. `--wrong` lists that
many pages that are not both.
"""

from __future__ import annotations

import argparse
from collections import Counter

from scrapers.base import Rules
from scrapers.discovery.listing.documents import document_links
from scrapers.html.dom import parse
from scrapers.values.addresses import identity
from tests.benchmarks.quality.made_listings.page import URL, MadeListing, made_listing


def tally(page: MadeListing) -> tuple[Counter[str], list[str], list[str]]:
    """Return the counts of one page, and the addresses that are missed and that are false."""
    links, _ = document_links(parse(page.html.encode(), "text/html; charset=utf-8", URL), Rules())
    found = {identity(link.url): link for link in links}
    wanted = {identity(item.url): item for item in page.wanted}
    hits = [key for key in wanted if key in found]
    missed, false = [key for key in wanted if key not in found], [key for key in found if key not in wanted]
    count = Counter(pages=1, wanted=len(wanted), hits=len(hits), false=len(false))
    count["whole"] = int(10 * len(hits) >= 9 * len(wanted))
    count["clean"] = int(10 * len(false) <= len(hits) and bool(hits))
    for key in hits:
        for name, value in (("title", wanted[key].title), ("date_published", wanted[key].day)):
            if value is not None:
                claim = found[key].claims.get(name)
                count[name] += 1
                count[f"{name} right"] += int(claim is not None and claim.value == value)
    return count, missed, false


def row(name: str, count: Counter[str]) -> str:
    """Return a row of the table."""
    shares = (
        (count["whole"], count["pages"]),
        (count["clean"], count["pages"]),
        (count["hits"], count["wanted"]),
        (count["hits"], count["hits"] + count["false"]),
        (count["title right"], count["title"]),
        (count["date_published right"], count["date_published"]),
    )
    cells = " | ".join(f"{part / whole:.3f}" if whole else "" for part, whole in shares)
    return f"| {name} | {count['pages']} | {cells} |"


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=400)
    options.add_argument("--seed", default="held-out")
    options.add_argument("--look", action="store_true", help="the layouts that may be looked at")
    options.add_argument("--wrong", type=int, default=0)
    args = options.parse_args()
    counts: dict[str, Counter[str]] = {}
    wrong = []
    for number in range(args.pages):
        page = made_listing(number, seed=args.seed, apart=not args.look)
        count, missed, false = tally(page)
        for name in ("all", page.layout, page.language):
            counts.setdefault(name, Counter()).update(count)
        if not count["whole"] or not count["clean"]:
            wrong.append(f"{number} {page.layout} {page.language}: missed {missed[:4]}, false {false[:4]}")
    print("| pages | of | whole | clean | recall | precision | title | day |\n| --- |" + " --- |" * 7)
    for name, count in counts.items():
        print(row(name, count))
    print("\n".join(wrong[: args.wrong]))


if __name__ == "__main__":
    main()
