"""What speaks for and against each date: the words before it, its place, its precision, and how it stands to others."""

# ruff: noqa: E501 - words of many languages
from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from scrapers.pdf.fields.dates import SLUG, DateCandidate
from scrapers.pdf.fields.front import Front, FrontLine
from scrapers.pdf.fields.names_facts import Surroundings
from scrapers.pdf.fields.roles import CLOSING
from scrapers.pdf.fields.words import DATE_LABELS, DATED, KIND, NEXT, NOT_PUBLISHED, RIGHTS, SALUTATION, SERIES
from scrapers.values.dates import find_dates

PLACE = re.compile(r"^\W*[^\W\d_][\w .’'-]{1,30}[,，]?\s*(?:le|den|the|on|dnia|dne|am|el|a|,)?\s*$", re.IGNORECASE)
"""A place and nothing else before a day: how letters and deeds are dated."""

RANGE = re.compile(
    r"^\s*(?:[-–—]|to|until|bis|au|al|à|do|до|至|~|through|and|tot|till)\s*(?:\d|[^\W\d_])", re.IGNORECASE
)
TIME = re.compile(
    r",?\s*(?:at|à|um|alle|om|kl\.?|a las|às|o godz\.?|[-–])?\s*\d{1,2}\s?(?:[:h.]\s?\d\d|h\b|[ap]m\b)", re.IGNORECASE
)
FROM = re.compile(r"(?:\b(?:from|between|du|von|vom|del|desde|dal|van|fra|från|od|с|з|de)|[-–—~])\s*$", re.IGNORECASE)
TO = re.compile(
    r"(?:\d|[^\W\d_]{3})[.,]?\s*(?:[-–—~]|to|until|till|through|bis|au|al|à|do|tot|до|по|至)\s*(?:the\s|den\s|zum\s|el\s|il\s|le\s)?$",
    re.IGNORECASE,
)
"""How a period goes on to its last day, after a day, a month or a year."""

PREVIOUS = re.compile(
    r"\b(?:previous|preceding|last (?:meeting|minutes|session)|approv\w+ (?:of )?(?:the )?(?:previous |last )?minutes|minutes (?:of|from) the (?:meeting|last)|dernière réunion|précédente?|approbation du (?:procès-verbal|compte[- ]rendu)"
    r"|anterior|aprobación del acta|aprovação da ata|letzten? (?:sitzung|versammlung|protokoll\w*)|vorherig\w+|genehmigung des protokolls|precedente|approvazione del verbale|vorige|notulen van|föregående|forrige|sidste møde"
    r"|poprzedni\w+|minul\w+|předchozí|előző|предыдущ\w+|попередн\w+)\b|前回|지난",
    re.IGNORECASE,
)
"""What before a day says that it is that of a meeting before this one."""

PUBLISHED = re.compile(
    r"\b(?:published|publiée?s?|veröffentlicht|publicad[oa]s?|pubblicat[oa]|gepubliceerd|publicerad|publiceret|publisert|julkaistu|opublikowan[oaey]|publikováno|zveřejněno|közzétéve|publicat|diterbitkan|опубликован[оа]?|опубліковано)(?:\s(?:on|le|am|em|el|il|op|den|la|dnia|dne))?\s*:?\s*$"
    r"|(?:publication date|date of publication|date de publication|fecha de publicación|data de publicação|data di pubblicazione|erscheinungsdatum|veröffentlichungsdatum|publicatiedatum|publiceringsdatum|data publikacji|datum vydání|yayın tarihi|дата публикации|дата публікації|発行日|公開日|発行年月日|发布日期|게시일|발행일|تاريخ النشر)\s*[:：]?\s*$",
    re.IGNORECASE,
)
"""What right before a day says that the document was published on it."""

NEW_SENTENCE = re.compile(r"[;:]|[^\W\d_]{4,}[.!?]\s")
CITED_AFTER = re.compile(
    r"[\s.,)’']*(?:tarihli|tarih ve|günlü|sayılı|-[ieai]+ \d|számú|-i \w+ (?:törvény|rendelet)|n[.°º]\s?\d|nr\.?\s?\d|no\.\s?\d|№|\(?(?:Dz\.|D\.O\.|BGBl|OJ |ABl|JO |J\.O\.|G\.U\.))",
    re.IGNORECASE,
)
"""What stands behind the day of a law or a decision that is cited: its number, or where it was printed."""

LABEL_WORDS = 3
"""Words of a line that is only a day and its label."""

ACT = 110
"""Characters before a day in which a law that it belongs to may be named."""

REPEATED = 40_000
"""Characters of the text in which a day is looked for again."""

REFERENCE = re.compile(
    r"\bpp?\.\s?\d|\bet al\b|\[(?:online|en ligne|en línea)\]|\bzitat vom\b|\(\d{4}[a-z]?\)[.,:]|\d;\s?\d+\s?[(:]|\bisbn\b|\beds?\.\)|\bin:\s|\bdoi\b|^\W{0,2}\[\w[^\]]{0,30}\]",
    re.IGNORECASE,
)
"""How a line of a list of references looks, or of a note."""

EXAMPLE = re.compile(
    r"\b(?:ex|e\.\s?g|example|par exemple|p\. ?ex|por ejemplo|p\. ?ej|z\.\s?b|beispiel\w*|voorbeeld|bijv|np|napr|например)\b[.:]?\W",
    re.IGNORECASE,
)
"""What says that a day is an example."""

DAY_AFTER = re.compile(r"\d\D{0,3}$")

Facts = dict[str, float]


def describe(around: Surroundings, found: Sequence[DateCandidate]) -> None:
    """Give each date its facts."""
    front = around.front
    values = Counter(date.value for date in found)
    latest = max((date.value for date in found if not date.lines or not date.lines[0].prose), default="")
    greeting = _first_line(front, SALUTATION)
    closing = _first_line(front, CLOSING)
    titled = around.title.value if around.title else ""
    of_title = {
        "title-of-meeting": float(bool(DATE_LABELS["met"].search(titled))),
        "title-of-kind": float(bool(KIND.match(titled))),
        "title-with-day": float(bool(re.search(r"(?:19|20)\d\d", titled))),
        "without-title": float(not titled),
        "pages-few": float(around.last < 4),
    }
    text = f" {front.body[:REPEATED]} "
    for order, date in enumerate(found):
        facts = date.facts
        facts |= of_title
        facts["in-name"] = float(_in_name(date.value, front.name))
        facts["repeated"] = math.log1p(text.count(date.raw_date)) if date.raw_date else 0.0
        facts[f"shape-{date.shape}"] = 1.0
        facts["day"] = float(len(date.value) == 10)
        facts["month"] = float(len(date.value) == 7)
        facts["order"] = math.log1p(order)
        facts["many"] = math.log1p(len(values))
        facts["times"] = math.log1p(values[date.value] - 1)
        facts["finer"] = float(any(v.startswith(date.value) and len(v) > len(date.value) for v in values))
        facts["latest"] = float(date.value == latest)
        facts["later"] = math.log1p(sum(value > date.value for value in values))
        facts["running"] = float(date.running)
        facts |= _to_creation(date.value, front.declared.created)
        if not date.lines:
            continue
        line = date.lines[0]
        facts |= around.place_of(line)
        facts |= _around(date, line)
        facts["giant-year"] = float(date.shape == "year" and facts.get("title-size", 0.0) > 0.1)
        if greeting is not None and greeting.page is line.page:
            facts["before-greeting"] = float(line.run.bottom <= greeting.run.top)
        if closing is not None and closing.page.number <= line.page.number:
            facts["after-closing"] = 1.0


def _in_name(value: str, name: str) -> bool:
    """Return whether the name of the file holds the month or the day (`2019-03`, `20190312`, `12.03.2019`)."""
    parts = value.split("-")
    if len(parts) < 2:
        return False
    figures = re.sub(r"\D", "", name)
    return "".join(parts) in figures or "".join(reversed(parts)) in figures


def _first_line(front: Front, pattern: re.Pattern[str]) -> FrontLine | None:
    for page in front.pages:
        for line in page.lines[:80]:
            if len(line.text) < 90 and not line.prose and pattern.fullmatch(line.text.strip(" ,.!")):
                return line
    return None


def _to_creation(value: str, created: str) -> Facts:
    """Return how a date stands to the file's own: most files are made on the day, or soon after."""
    if len(created) < 10:
        return {}
    months = int(created[:4]) * 12 + int(created[5:7]) - int(value[:4]) * 12 - int(value[5:7] or created[5:7])
    return {
        "made-same-day": float(value == created[:10]),
        "made-same-month": float(value[:7] == created[:7]),
        "made-same-year": float(value[:4] == created[:4]),
        "made-before": float(months < -1),
        "made-long-after": math.log1p(max(0, months)),
    }


def _around(date: DateCandidate, line: FrontLine) -> Facts:
    """Return the facts of the words around a date."""
    before, after = date.before, date.after
    above = line.above.text if line.above is not None else ""
    goes_on = not before.strip() and bool(above)
    near = before[-70:] if not goes_on else above[-60:]
    close = re.split(r"\t|[|•·;]|\s{3,}", near.rstrip())[-1][-50:]
    rest = re.sub(r"[\W\d_]+", " ", f"{before} {after}").split()
    facts: Facts = {
        "alone": float(not rest),
        "rest": math.log1p(sum(map(len, rest))),
        "few-words": float(0 < len(rest) <= 3),
        "begins": float(not before.strip()),
        "ends": float(not after.strip(" .,;)")),
        "placed": float(bool(before.strip()) and bool(PLACE.match(before)) and len(before) < 40),
        "dated-label": float(bool(close.strip()) and bool(DATED.search(close.strip()))),
        "not-published": float(bool(NOT_PUBLISHED.search(re.sub(r"\([^()]*\)", " ", near)))),
        "published": float(not line.prose and bool(PUBLISHED.search(close.rstrip()))),
        "rights": float(bool(RIGHTS.search(before[-60:]))),
        "series": float(bool(SERIES.match(before.strip() or after.strip(" ,")))),
        "range": float(bool(RANGE.match(after)) and not TIME.match(after)),
        "range-end": float(bool(FROM.search(before)) or _ends_a_period(near)),
        "bracket": float(before.rstrip().endswith(("(", "["))),
        "colon": float(before.rstrip().endswith((":", "："))),
        "comma-before": float(before.rstrip().endswith(",")),
        "slash": float(before.endswith(("/", "-", "."))),
        "amount": float(bool(re.match(r"\s*(?:[€$£%]|[a-z]{2,}|\d)", after)) or bool(re.search(r"[€$£]\s*$", before))),
        "time": float(bool(TIME.match(after))),
        "end-of-block": float(line.block.lines[-1] is line.run),
        "alone-in-block": float(len(line.block.lines) == 1),
        "slug": float(bool(SLUG.search(line.text))),
        "next": float(bool(NEXT.search(near))),
        "previous": float(bool(PREVIOUS.search(before[-ACT:]))),
        "month-word": float(bool(re.search(r"[^\W\d_]", date.raw_date))),
        "web": float("://" in line.text),
        "reference": float(bool(REFERENCE.search(line.text))),
        "reference-near": float(
            any(n is not None and bool(REFERENCE.search(n.text)) for n in (line.above, line.below))
        ),
        "example": float(bool(EXAMPLE.search(near[-30:]))),
        "figures-before": float(bool(DAY_AFTER.search(before[-4:]))),
        "in-brackets": float(before.rfind("(") > before.rfind(")") and ")" in after),
        "long-line": math.log1p(len(line.text)),
        "block-letters": math.log1p(line.block.letters),
        "cell": float("\t" in line.run.text),
    }
    act = _of_an_act(f"{above[-60:]} {before}" if len(before) < ACT else before)
    own = KIND.match(line.text) is not None and not line.prose
    passed = DATE_LABELS["decided"].search(before[-ACT:]) is not None
    facts["of-own-act"] = float(act and own)
    facts["passed-by-act"] = float(act and passed and not own)
    facts["of-other-act"] = float(act and not passed and not own)
    facts["of-act-numbered"] = float(bool(CITED_AFTER.match(after)))
    for name, pattern in DATE_LABELS.items():
        facts[f"says-{name}"] = float(bool(pattern.search(close)))
        facts[f"after-{name}"] = float(bool(pattern.search(after[:40])))
    facts["above-label"] = float(
        goes_on and any(p.search(close) for p in (DATE_LABELS["issued"], DATE_LABELS["dated"]))
    )
    said = [name for name in ("issued", "dated", "revised", "decided", "met") if facts[f"says-{name}"]]
    facts["only-labelled"] = float(bool(said) and len(rest) <= LABEL_WORDS and not act)
    facts["only-issued"] = float(len(rest) <= LABEL_WORDS and bool(said) and said[0] in ("issued", "dated", "revised"))
    return facts


def _of_an_act(before: str) -> bool:
    """Return whether the words before a day name a law, a decision or a contract, in the same sentence."""
    text = before[-ACT:]
    named = [match.end() for match in DATE_LABELS["cites"].finditer(text)]
    return bool(named) and not NEW_SENTENCE.search(text[named[-1] :])


def _ends_a_period(before: str) -> bool:
    """Return whether a day is the last of a period that is printed before it (`1 May 2022 to`)."""
    match = TO.search(before)
    return match is not None and any(date.end >= match.start() - 1 for date in find_dates(before[: match.end()]))
