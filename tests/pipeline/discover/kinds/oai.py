"""Kinds of OAI-PMH: tokens that expire, repeat or never end, and answers that are broken or none."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from tests.pipeline.discover.kinds.site import Answering, Asked, Kind, day_of, path_of, paths, title_of
from tests.sites.pages import frame
from tests.sites.server import Answer

COUNT, EACH = 9, 3
START = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
SPACES = ' xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
Wrong = Callable[[int, Asked], Answer | None]
"""Returns what comes in place of the page that begins behind a number of records; None where that page comes."""


def record(
    root: str, number: int, *, spaces: str = SPACES, title: str = "", address: str = "", deleted: bool = False
) -> str:
    """Return a record, or the notice that it was deleted."""
    state = ' status="deleted"' if deleted else ""
    header = f"<header{state}><identifier>oai:c:{number}</identifier><datestamp>{day_of(number)}</datestamp></header>"
    if deleted:
        return f"<record>{header}</record>"
    given = address.format(number) or root + path_of(number)
    return (
        f"<record>{header}<metadata><oai_dc:dc{spaces}><dc:title>{title or escape(title_of(number))}</dc:title><dc:creator>Ruiz, Ana</dc:creator>"
        f"<dc:date>{day_of(number)}</dc:date><dc:identifier>{given}</dc:identifier></oai_dc:dc></metadata></record>"
    )


def answered(inner: str) -> Answer:
    return Answer(
        f'<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{inner}</OAI-PMH>',
        "text/xml",
    )


def error(code: str, said: str = "no") -> Answer:
    return answered(f'<error code="{code}">{said}</error>')


def harvest_of(
    wrong: Wrong = lambda behind, asked: None,
    *,
    token: Callable[[int], str] = lambda behind: f"<resumptionToken completeListSize='9'>t{behind}</resumptionToken>",
    last: str = "<resumptionToken/>",
    each: int = EACH,
    spaces: str = SPACES,
    title: str = "",
    address: str = "",
) -> Answering:
    """Return a repository of nine records, three a page, whose tokens say how many were given."""

    def answer(asked: Asked) -> Answer | None:
        if asked.path != "/oai":
            return None
        behind = int(asked.query.get("resumptionToken", "t0").lstrip("t").partition("-")[0])
        if (given := wrong(behind, asked)) is not None:
            return given
        shown = range(behind + 1, min(behind + each, COUNT) + 1)
        onward = token(behind + each) if behind + each < COUNT else last
        return answered(
            f"<ListRecords>{''.join(record(asked.root, n, spaces=spaces, title=title, address=address) for n in shown)}{onward}</ListRecords>"
        )

    return answer


def at(place: int, given: Answer, times: int = 10_000) -> Wrong:
    """Return that an answer comes in place of one page, the first so many times."""
    return lambda behind, asked: given if behind == place and asked.before < times else None


def ever_new(each: int) -> Answering:
    """Return a repository that gives its first records with ever new tokens."""

    def answer(asked: Asked) -> Answer | None:
        if asked.path != "/oai":
            return None
        number = int(asked.query.get("resumptionToken", "t0")[1:]) + 1
        shown = "".join(record(asked.root, n) for n in range(1, each + 1))
        return answered(f"<ListRecords>{shown}<resumptionToken>t{number}</resumptionToken></ListRecords>")

    return answer


def with_deleted(*numbers: int) -> Answering:
    """Return a repository that names deleted records beside the others."""
    plain = harvest_of(token=lambda behind: f"<resumptionToken>t{behind}</resumptionToken>")

    def answer(asked: Asked) -> Answer | None:
        given = plain(asked)
        gone = "".join(record(asked.root, n, deleted=True) for n in numbers)
        return given and Answer(str(given.body).replace("<ListRecords>", f"<ListRecords>{gone}"), given.kind)

    return answer


EXPIRED = error("badResumptionToken", "The token has expired")
FAULT = Answer(frame("Error", "<h1>Service error</h1><p>java.lang.NullPointerException</p>"))
PLACES = {"the second page": 3, "the last page": 6}

WHOLE: dict[str, Mapping[str, Answering]] = {
    "a token that expires once": {
        **{name: harvest_of(at(place, EXPIRED, 1)) for name, place in PLACES.items()},
        "a page of two records": harvest_of(at(4, EXPIRED, 1), each=2),
    },
    "a token that repeats": {
        "on the last page": harvest_of(last="<resumptionToken>t6</resumptionToken>", token=lambda behind: f"<resumptionToken>t{behind}</resumptionToken>"),
        "with a size": harvest_of(last="<resumptionToken completeListSize='9'>t6</resumptionToken>"),
        "with larger pages": harvest_of(last="<resumptionToken>t5</resumptionToken>", each=5),
    },
    "no token on the last page": {"none": harvest_of(last=""), "blanks": harvest_of(last="<resumptionToken> \n</resumptionToken>"), "an attribute alone": harvest_of(last="<resumptionToken cursor='6'/>")},
    "signs that XML forbids": {
        "in titles": harvest_of(title=" \x0b\x1f & raw wells"),
        "entities of HTML": harvest_of(title="Fa&ccedil;ade &ndash; wells"),
        "a number of one": harvest_of(title="Wells &#11; and &#xFFFF; mills"),
    },
    "an undeclared prefix": {"of both": harvest_of(spaces=""), "of the elements": harvest_of(spaces=' xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'), "in one page": harvest_of(spaces="", each=9)},
    "deleted records": {"one": with_deleted(20), "several": with_deleted(20, 21, 22), "many": with_deleted(*range(20, 40))},
}  # fmt: skip

SHORT: dict[str, tuple[Mapping[str, Answering], int, str]] = {
    "a token that never works": (
        {
            "by its code": harvest_of(at(6, EXPIRED)),
            "as a bad argument": harvest_of(at(6, error("badArgument", "token"))),
            "with status 400": harvest_of(at(6, Answer("bad request", status=400))),
        },
        6,
        "",
    ),
    "ever new tokens": ({"of three": ever_new(3), "of two": ever_new(2), "of one": ever_new(1)}, -1, "again and again"),
    "a page in the middle": (
        {
            "of a fault": harvest_of(at(6, FAULT)),
            "cut off": harvest_of(at(6, Answer("<?xml version='1.0'?><OAI-PMH><ListRecords><record>", "text/xml"))),
            "empty": harvest_of(at(6, Answer("", "text/xml"))),
        },
        6,
        "",
    ),
    "a busy server": (
        {name: harvest_of(at(6, Answer("busy", status=status, headers={"Retry-After": "1"}))) for name, status in (("503", 503), ("429", 429), ("500", 500))},
        6,
        "",
    ),
}  # fmt: skip

DOI = {
    "links": harvest_of(address="https://doi.org/10.5072/c.{}"),
    "the old resolver": harvest_of(address="http://dx.doi.org/10.5072/c.{}"),
    "another spelling": harvest_of(address="https://www.doi.org/10.5072/c.{}"),
}
OAI = {"discover": "oai-pmh"}
EACH_NEW = {"of three": 3, "of two": 2, "of one": 1}
KINDS: dict[str, dict[str, Kind]] = (
    {
        kind: {name: Kind(answer=way, start=START, wanted=paths(COUNT), rules=OAI) for name, way in ways.items()}
        for kind, ways in WHOLE.items()
    }
    | {
        kind: {
            name: Kind(
                answer=way,
                start=START,
                wanted=paths(EACH_NEW[name] if count < 0 else count),
                code=3,
                says=says,
                rules=OAI,
            )
            for name, way in ways.items()
        }
        for kind, (ways, count, says) in SHORT.items()
    }
    | {
        "addresses of a resolver alone": {
            name: Kind(answer=way, start=START, wanted=(), code=1, says="file_hosts", rules=OAI)
            for name, way in DOI.items()
        }
    }
)
