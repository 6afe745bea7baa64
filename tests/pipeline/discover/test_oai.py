"""OAI-PMH: killed between two pages, expired tokens, deleted records, dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from models.errors import SourceError
from scrapers.base import Link
from scrapers.values.addresses import identity
from tests.pipeline.discover.harvesting import Store, harvest, rules_of
from tests.sites import OaiSite, serve
from tests.sites.documents import Item
from tests.sites.server import Answer


class KilledError(Exception):
    """The process died here."""


def killed_after(site: OaiSite, pages: int) -> tuple[set[str], str | None]:
    """Return what a harvest had kept, links and token, when it was killed after some pages."""
    kept: set[str] = set()
    tokens: list[str | None] = []

    def found(links: Sequence[Link]) -> None:
        if len(tokens) == pages:
            raise KilledError
        kept.update(identity(link.url) for link in links)

    with pytest.raises(KilledError):
        harvest(site, found=found, save_token=tokens.append)
    return kept, tokens[-1]


def test_a_killed_harvest_resumes_from_the_saved_token() -> None:
    with serve(OaiSite()) as site:
        kept, token = killed_after(site, 3)
        assert len(kept) == 30
        resumed = harvest(site, token=token)
        assert len(site.asked) == 4
        assert all("resumptionToken" in path for path in site.asked)
        assert kept | {identity(link.url) for link in resumed.links} == {identity(site.address(i)) for i in site.items}
        assert (resumed.complete, resumed.finished) == (False, True)


def test_an_expired_token_starts_again() -> None:
    with serve(OaiSite()) as site:
        _, token = killed_after(site, 2)
        site.epoch += 1
        found = harvest(site, token=token)
        assert len(found.links) == 60
        assert len(site.asked) == 8
        assert found.finished


def test_tokens_are_saved_page_by_page_and_dropped_at_the_end() -> None:
    tokens: list[str | None] = []
    with serve(OaiSite()) as site:
        harvest(site, save_token=tokens.append)
    assert len(tokens) == 7
    assert tokens[-1] is None


def test_deleted_records_are_told_by_address() -> None:
    with serve(OaiSite()) as site:
        store = Store(harvest(site))
        site.remove(44)
        found = harvest(site, store, since="2026-01-15")
        assert found.removed == (f"{site.url}/handle/10986/44",)
        assert (found.links, found.finished) == ((), True)


def test_nothing_new_is_no_failure() -> None:
    with serve(OaiSite()) as site:
        found = harvest(site, since="2026-01-15")
        assert (found.links, found.complete, found.finished) == ((), False, True)
        assert "from=2026-01-14" in site.asked[0]


class Faulty(OaiSite):
    """Answers the token of its third page in a way of its own, until a second harvest begins."""

    def __init__(self, answer: Answer, mends: bool = True) -> None:
        super().__init__()
        self.wrong, self.mends, self.begun = answer, mends, 0

    def oai(self, query: Mapping[str, str]) -> Answer:
        self.begun += "resumptionToken" not in query
        if query.get("resumptionToken", "").startswith("0|20") and not (self.mends and self.begun > 1):
            return self.wrong
        return super().oai(query)


WRONG = {
    "html": Answer("<html><body><h1>Service error</h1></body></html>"),
    "500": Answer("java.lang.NullPointerException", status=500),
    "400": Answer("bad request", status=400),
    "404": Answer("not here", status=404),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_dead_saved_token_starts_anew(wrong: str) -> None:
    tokens: list[str | None] = []
    with serve(Faulty(WRONG[wrong])) as site:
        first = harvest(site, save_token=tokens.append)
        assert (len(first.links), first.complete, first.finished, len(first.failures)) == (20, False, False, 1)
        again = harvest(site, token=tokens[-1])
        assert (len(again.links), again.complete, again.finished, again.gaps) == (60, True, True, ())


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_that_never_works_is_a_failure_every_time(wrong: str) -> None:
    tokens: list[str | None] = []
    with serve(Faulty(WRONG[wrong], mends=False)) as site:
        harvest(site, save_token=tokens.append)
        again = harvest(site, token=tokens[-1])
        assert (len(again.links), again.finished, len(again.failures)) == (20, False, 1)
        assert len(site.asked) == 4


class EverNew(OaiSite):
    """Gives a new token each time, and the same records."""

    def oai(self, query: Mapping[str, str]) -> Answer:
        answer = super().oai({**query, "resumptionToken": ""})
        assert isinstance(answer.body, str)
        return Answer(re.sub(r">0\|10\|<", f">0|10|{len(self.asked)}<", answer.body), "text/xml")


class Renamed(EverNew):
    """The same, with a new order of the records each time."""

    def oai(self, query: Mapping[str, str]) -> Answer:
        self.items.reverse()
        return super().oai(query)


@pytest.mark.parametrize("kind", [EverNew, Renamed])
def test_ever_new_tokens_end_and_are_said(kind: type[EverNew]) -> None:
    with serve(kind()) as site:
        found = harvest(site)
        assert len(site.asked) <= 6
        assert len(found.gaps) == 1
        assert not found.complete


class DoiOnly(OaiSite):
    """Names its documents by their DOI alone."""

    def record(self, day: str, item: Item) -> str:
        return super().record(day, item).replace("https://hdl.handle.net/10986/", "https://doi.org/10.5072/centre.")


def test_records_that_name_another_host_alone_are_said() -> None:
    with serve(DoiOnly()) as site:
        with pytest.raises(SourceError, match=r'file_hosts = \["doi.org"\]'):
            harvest(site)
        found = harvest(site, rules=rules_of(site, file_hosts=("doi.org",)))
        assert len(found.links) == 60
        assert found.gaps == ()


def test_an_answer_of_deletions_alone_is_no_failure() -> None:
    with serve(OaiSite()) as site:
        site.remove(*range(1, 61))
        found = harvest(site)
        assert found.links == ()
        assert len(found.removed) >= 60
        assert found.complete
