"""No run ends with 0 that listed fewer documents than its site states."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from models.database.store import open_store
from models.ledger import Failure, Source
from pipeline.run.report import exit_code
from tests.pipeline.discover.test_gaps import Stating
from tests.pipeline.run.in_process import configured, documents, run
from tests.sites import serve
from tests.sites.documents import Item
from tests.sites.pages import frame
from tests.sites.server import NOT_FOUND, Answer


def shown(item: Item) -> Answer:
    """Return the page of a document."""
    return Answer(frame(item.title, f"<h1>{item.title}</h1>" + "".join(f"<p>{p}</p>" for p in item.paragraphs)))


def test_a_run_that_missed_what_is_stated_says_so_each_time_and_ends_with_3(tmp_path: Path) -> None:
    with serve(Stating("Showing 1-4 of 12 documents")) as site:
        source = {"start": site.url + "/resources", "follow": "h3 a"}
        config = configured(tmp_path, {"extract": {"workers": 1}, "sources": {"acme": source}})
        for _ in range(2):
            report = run(config)["acme"]
            assert report.discovered == 4
            assert report.reasons == [f"{site.url}/resources: 12 documents are stated, 4 were listed"]
            assert exit_code([report]) == 3


class Paged(Stating):
    """Four pages of two documents each, of which it says that they are twelve in all."""

    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        if (item := self.item_at(path)) is not None:
            return shown(item)
        if path != "/resources":
            return NOT_FOUND
        number = int(query.get("page", "1"))
        cards = "".join(
            f"<h3><a href='/resources/{i.slug}'>{i.title}</a></h3>" for i in self.items[2 * number - 2 :][:2]
        )
        onward = f"<a rel='next' href='?page={number + 1}'>Next</a>" if number < 4 else ""
        return Answer(frame("Resources", f"<p>{self.stated}</p>{cards}{onward}"))


@pytest.mark.nightly
def test_a_gap_that_stays_the_same_is_said_each_time_but_does_not_make_each_run_read_all(tmp_path: Path) -> None:
    with serve(Paged("12 results")) as site:
        source = {"start": site.url + "/resources", "follow": "h3 a"}
        config = configured(tmp_path, {"extract": {"workers": 1}, "sources": {"acme": source}})
        pages = []
        for _ in range(4):
            site.asked.clear()
            report = run(config)["acme"]
            pages.append(sum(path.startswith("/resources?") or path == "/resources" for path in site.asked))
            assert report.reasons == [f"{site.url}/resources: 12 documents are stated, 8 were listed"]
            assert exit_code([report]) == 3
        assert pages[0] == pages[1] > pages[2] == pages[3]


class Renaming(Stating):
    """Gives each document a new address whenever its list is asked for."""

    times = 0

    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        if path == "/resources":
            self.times += 1
            return Answer(
                frame(
                    "Resources",
                    "".join(
                        f"<h3><a href='/show?t={self.times}x{i.number}'>{i.title}</a></h3>" for i in self.items[:6]
                    ),
                )
            )
        number = int(query["t"].partition("x")[2]) if path == "/show" else 0
        return shown(next(i for i in self.items if i.number == number)) if number else NOT_FOUND


def test_documents_that_come_again_under_new_addresses_are_noticed(tmp_path: Path) -> None:
    with serve(Renaming("")) as site:
        source = {"start": site.url + "/resources", "follow": "h3 a"}
        config = configured(tmp_path, {"extract": {"workers": 1}, "sources": {"acme": source}})
        assert run(config)["acme"].reasons == []
        report = run(config)["acme"]
        assert report.reasons[0].startswith("6 of 6 new documents have the content of documents that are stored")
        assert exit_code([report]) == 3


class Busy(Paged):
    """Asks for an hour's pause at its third page, until it is told otherwise."""

    busy = True

    def answer(self, path: str, query: dict[str, str]) -> Answer:  # type: ignore[override]
        if self.busy and query.get("page") == "3":
            return Answer("", "text/plain", 429, {"Retry-After": "3600"})
        return super().answer(path, query)


def test_a_full_run_that_reads_the_whole_list_ends_the_waiting(tmp_path: Path) -> None:
    with serve(Busy("")) as site:
        source = {"start": site.url + "/resources", "follow": "h3 a"}
        config = configured(tmp_path, {"extract": {"workers": 1}, "sources": {"acme": source}})
        assert exit_code([run(config)["acme"]]) == 3
        site.busy = False
        assert exit_code([run(config, full=True)["acme"]]) == 0
        assert len(documents(config)["acme"]) == 8
        assert exit_code([run(config)["acme"]]) == 0


def test_a_walk_that_is_told_to_wait_goes_on_where_it_was_and_not_before(tmp_path: Path) -> None:
    with serve(Busy("")) as site:
        source = {"start": site.url + "/resources", "follow": "h3 a"}
        config = configured(tmp_path, {"extract": {"workers": 1}, "sources": {"acme": source}})
        assert exit_code([run(config)["acme"]]) == 3
        site.asked.clear()
        early = run(config)["acme"]
        assert "asked not to be asked before" in early.reasons[0]
        assert site.asked == []
        site.busy = False
        store = open_store(config.store.database, base=config.base)
        with store.engine.begin() as connection:
            (state,) = connection.scalars(select(Source.state))
            state["waiting"]["until"] = state["waiting"]["began"]
            connection.execute(update(Source).values(state=state))
        store.close()
        assert exit_code([run(config)["acme"]]) == 0
        asked = [path for path in site.asked if path.startswith("/resources?") or path == "/resources"]
        assert asked == ["/resources?page=3", "/resources?page=4"]
        assert len(documents(config)["acme"]) == 8
        store = open_store(config.store.database, base=config.base)
        with store.engine.connect() as connection:
            assert connection.scalars(select(Failure.subject)).all() == []
        store.close()
