"""Records: Dublin Core as DSpace writes it, MODS, MARCXML; and the mechanism that reads the last."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

from scrapers.base import Author
from scrapers.discovery.repository.records import record_of
from scrapers.discovery.xml import parse_xml
from tests.page import page_of
from tests.scrapers.discovery.reading import SITE, listing_of, urls

MARC = """<?xml version="1.0"?><!-- Search-Engine-Total-Number-Of-Results: 150 --><collection xmlns="http://www.loc.gov/MARC21/slim"><record>
<controlfield tag="001">4012345</controlfield><datafield tag="245"><subfield code="a">Water for all :</subfield><subfield code="b">a report /</subfield></datafield>
<datafield tag="100"><subfield code="a">Deva, Surya.</subfield></datafield><datafield tag="110"><subfield code="a">UN. Secretary-General</subfield></datafield>
<datafield tag="269"><subfield code="a">2014-03</subfield></datafield><datafield tag="041"><subfield code="a">eng</subfield></datafield>
<datafield tag="191"><subfield code="a">A/HRC/26/25</subfield></datafield><datafield tag="856"><subfield code="u">https://acme.example/record/4012345/files/A_47_623-EN.pdf</subfield></datafield>
</record></collection>"""
MODS = """<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Water</title></titleInfo><name><namePart type="family">Deva</namePart><namePart type="given">Surya</namePart>
<role><roleTerm>author</roleTerm></role></name><name><namePart>An Editor</namePart><role><roleTerm>editor</roleTerm></role></name>
<originInfo><dateIssued>2014</dateIssued></originInfo><identifier>10.1234/abc</identifier><location><url>https://acme.example/1</url></location></mods>"""
DIM = """<dim:dim xmlns:dim="http://www.dspace.org/xmlns/dspace/dim"><dim:field mdschema="dc" element="title">Water</dim:field>
<dim:field mdschema="dc" element="contributor" qualifier="author">Deva, Surya</dim:field><dim:field mdschema="dc" element="date" qualifier="accessioned">2020-01-01T00:00:00Z</dim:field>
<dim:field mdschema="dc" element="date" qualifier="issued">2014-03</dim:field></dim:dim>"""


def said(xml: str) -> dict[str, object]:
    record = record_of(parse_xml(page_of(SITE, xml.encode())))
    return {name: found.value for name, found in record.claims.items()}


def test_marc() -> None:
    values = said(MARC)
    assert values["title"] == "Water for all: a report"
    assert values["authors"] == (
        Author(name="Deva, Surya", kind="person"),
        Author(name="UN. Secretary-General", kind="organisation"),
    )
    assert values["date_published"] == "2014-03"
    assert values["identifiers"] == {"symbol": "A/HRC/26/25"}


def test_marcxml_goes_on_until_the_stated_total() -> None:
    url = f"{SITE}/search?of=xm&rg=1&jrec=1"
    found = listing_of("marcxml", MARC, url=url, state={"site": f"{SITE}/", "page": "1"})
    assert urls(found) == ["/record/4012345"]
    assert found.total == 150
    assert found.next[0].url == f"{SITE}/search?of=xm&rg=1&jrec=2"


def test_mods_names_those_who_wrote() -> None:
    values = said(MODS)
    assert values["authors"] == (Author(name="Deva, Surya"),)
    assert (values["date_published"], values["identifiers"]) == ("2014", {"doi": "10.1234/abc"})


def test_dspace_s_own_form() -> None:
    assert said(DIM) == {"title": "Water", "authors": (Author(name="Deva, Surya"),), "date_published": "2014-03"}


def test_moments_alone_are_no_date_of_issue() -> None:
    dates = "<date>2020-01-01T00:00:00Z</date><date>2020-01-02T00:00:00Z</date>"
    assert "date_published" not in said(f"<dc><title>Water</title>{dates}</dc>")
