"""Which documents `ingest add` reads."""

from __future__ import annotations

from pipeline.commands.add.ways import SAMPLE, spread
from scrapers.base import Link


def links(count: int) -> list[Link]:
    return [Link(url=f"https://acme.example/reports/{n}", text=f"Report {n}") for n in range(count)]


def test_a_sample_is_spread_out_and_out_of_step_with_a_template() -> None:
    listed = links(60)
    chosen = [listed.index(link) for link in spread(listed, SAMPLE)]
    assert len(chosen) == SAMPLE
    assert chosen == sorted(chosen)
    assert max(chosen) >= 45
    assert {place % 3 for place in chosen} == {0, 1, 2}


def test_a_sample_holds_the_rarest_kind_and_a_hard_title() -> None:
    odd = Link(url="https://acme.example/briefings/1.pdf", text="A briefing", rel="attachment")
    hard = Link(url="https://acme.example/reports/x", text="Wells | Acme")
    chosen = spread([*links(30), odd, *links(60)[30:], hard], SAMPLE)
    assert odd in chosen
    assert hard in chosen


def test_few_are_all_read() -> None:
    assert spread(links(5), SAMPLE) == links(5)
