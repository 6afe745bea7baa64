"""Made-up documents in eight languages: title, authors, date, text, some with a PDF. The same for the same number."""
# ruff: noqa: E501 (markup and sentences are easier to read unbroken)

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from io import BytesIO

PLACES = (
    "Lake Morra",
    "Tessia",
    "the Oru valley",
    "Port Halden",
    "Querida",
    "the Sunda shelf",
    "Nivala",
    "Karst & Holm",
)
TOPICS = ("water", "cobalt", "fishing", "textile", "palm oil", "steel", "cotton", "shipping", "timber", "cocoa")
PEOPLE = (
    ("Amara", "Okonjo"), ("Lucía", "Ferrándiz"), ("Jonas", "Weidemann"), ("Wei", "Zhang"), ("Farida", "Haddad"),
    ("Pieter", "van der Meer"), ("Sofia", "Kowalczyk"), ("Thandi", "Nkosi"), ("Björn", "Åkesson"), ("Maya", "O’Rourke"),
)  # fmt: skip
BODIES = ("Clear Rivers Trust", "Institute for Fair Supply", "Harbour Workers Union", "Morra Basin Observatory")

# For each language: the title's pattern, and sentences of which a text is put together.
WORDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "en": (
        "{topic}: what the communities of {place} told us in {year}",
        (
            "We spoke with {n} households in {place} between March and June, and every one of them had lost work.",
            "The company says that its {topic} suppliers are audited each year, but it published none of the audits.",
            "“Nobody asked us before the machines came,” a teacher in the village said; her neighbours nodded.",
            "The report recommends that buyers share the cost of repair, and that the register of permits be opened.",
            "Wages fell by {n} per cent in the season after the plant closed, according to the district’s own figures.",
        ),
    ),
    "fr": (
        "Enquête {year} : la filière « {topic} » et les habitants de {place}",
        (
            "Nous avons interrogé {n} familles de {place} entre mars et juin ; toutes avaient perdu leur travail.",
            "L’entreprise affirme que ses fournisseurs sont contrôlés chaque année, mais elle ne publie aucun contrôle.",
            "« Personne ne nous a consultés avant l’arrivée des machines », explique une enseignante du village.",
            "Le rapport recommande que les acheteurs partagent le coût des réparations et que le registre soit ouvert.",
            "Les salaires ont baissé de {n} pour cent après la fermeture de l’usine, selon les chiffres du district.",
        ),
    ),
    "es": (
        "Informe {year}: {topic} y derechos de las comunidades en {place}",
        (
            "Hablamos con {n} familias de {place} entre marzo y junio, y todas habían perdido su empleo.",
            "La empresa sostiene que audita a sus proveedores cada año, pero no ha publicado ninguna auditoría.",
            "«Nadie nos preguntó antes de que llegaran las máquinas», dijo una maestra del pueblo.",
            "El informe recomienda que los compradores compartan el coste de la reparación y se abra el registro.",
            "Los salarios cayeron un {n} por ciento tras el cierre de la planta, según las cifras del distrito.",
        ),
    ),
    "de": (
        "Was {topic} für die Menschen in {place} bedeutet – Bericht {year}",
        (
            "Wir sprachen zwischen März und Juni mit {n} Haushalten in {place}; alle hatten ihre Arbeit verloren.",
            "Das Unternehmen erklärt, seine Zulieferer würden jährlich geprüft, veröffentlicht aber keine Prüfung.",
            "„Niemand hat uns gefragt, bevor die Maschinen kamen“, sagte eine Lehrerin aus dem Dorf.",
            "Der Bericht empfiehlt, dass Käufer die Kosten der Wiederherstellung teilen und das Register geöffnet wird.",
            "Die Löhne sanken nach der Schließung des Werks um {n} Prozent, wie Zahlen des Bezirks zeigen.",
        ),
    ),
    "ru": (
        "Доклад {year} года: {topic} и жители района {place}",
        (
            "С марта по июнь мы поговорили с {n} семьями в районе {place}, и все они потеряли работу.",
            "Компания утверждает, что ежегодно проверяет поставщиков, но ни одной проверки не опубликовала.",
            "«Никто не спросил нас, прежде чем пришли машины», — сказала учительница из деревни.",
            "В докладе рекомендуется, чтобы покупатели разделили расходы на восстановление, а реестр был открыт.",
            "По данным района, после закрытия завода заработная плата снизилась на {n} процентов.",
        ),
    ),
    "zh": (
        "{year}年报告：{place}社区与{topic}供应链",
        (
            "三月至六月间，我们走访了{place}的{n}户家庭，他们全都失去了工作。",
            "该公司表示每年都会审核供应商，但从未公布任何一份审核报告。",
            "“机器开进来之前，没有人问过我们，”村里的一位教师说，邻居们纷纷点头。",
            "报告建议买家分担修复费用，并向公众开放许可登记册。",
            "根据当地的统计数字，工厂关闭后的那个季度，工资下降了百分之{n}。",
        ),
    ),
    "ar": (
        "تقرير {year}: قطاع {topic} وسكان {place}",
        (
            "تحدثنا مع {n} أسرة في {place} بين شهري مارس ويونيو، وقد فقدت جميعها عملها.",
            "تقول الشركة إنها تراجع مورديها كل عام، لكنها لم تنشر أي مراجعة حتى الآن.",
            "قالت معلمة من القرية: لم يسألنا أحد قبل وصول الآلات، ووافقها الجيران على ذلك.",
            "يوصي التقرير بأن يتقاسم المشترون تكلفة الإصلاح وأن يفتح سجل التصاريح للجمهور.",
            "انخفضت الأجور بنسبة {n} في المئة بعد إغلاق المصنع وفقا لأرقام المنطقة نفسها.",
        ),
    ),
    "pt": (
        "{topic} em {place}: o que mudou para as comunidades em {year}",
        (
            "Conversamos com {n} famílias de {place} entre março e junho, e todas tinham perdido o trabalho.",
            "A empresa afirma que audita os seus fornecedores todos os anos, mas não publicou nenhuma auditoria.",
            "“Ninguém nos perguntou antes de as máquinas chegarem”, disse uma professora da aldeia.",
            "O relatório recomenda que os compradores partilhem o custo da reparação e que o registo seja aberto.",
            "Os salários caíram {n} por cento depois do encerramento da fábrica, segundo os números do distrito.",
        ),
    ),
}
LANGUAGES = tuple(WORDS)


@dataclass(frozen=True, slots=True)
class Item:
    """A document as it truly is: what a scraper should find."""

    number: int
    title: str
    authors: tuple[str, ...]
    date: str
    language: str
    paragraphs: tuple[str, ...]
    has_pdf: bool

    @property
    def slug(self) -> str:
        return f"{TOPICS[self.number % len(TOPICS)].replace(' ', '-')}-report-{self.number}"

    @property
    def uuid(self) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"item/{self.number}"))

    @property
    def modified(self) -> str:
        return f"{self.date}T10:{self.number % 60:02}:00Z"

    @property
    def family_first(self) -> tuple[str, ...]:
        """The authors as catalogues print them: `Family, Given`; organisations as they are."""
        families = {f"{given} {family}": f"{family}, {given}" for given, family in PEOPLE}
        return tuple(families.get(name, name) for name in self.authors)


@lru_cache(maxsize=1024)
def document(number: int) -> Item:
    """Return the document of that number; higher numbers are newer."""
    language = LANGUAGES[number % len(LANGUAGES)] if number % 3 == 0 else "en"
    pattern, sentences = WORDS[language]
    day = date(2016, 1, 10) + timedelta(days=number * 37)
    topic, place = TOPICS[number % len(TOPICS)], PLACES[(number * 3) % len(PLACES)]
    title = pattern.format(topic=topic.capitalize(), place=place, year=day.year)
    if number % 10 in (7, 8):
        # The same title twice, two documents: they must be kept apart.
        title = f"Response by the {BODIES[number // 10 % len(BODIES)]} to our {day.year} letter"
    given = [" ".join(PEOPLE[(number + i) % len(PEOPLE)]) for i in range(number % 3)]
    authors = tuple(given) or (BODIES[number % len(BODIES)],)
    order = [(number + i) % len(sentences) for i in range(4)] + [number % len(sentences), (number + 2) % len(sentences)]
    said = [sentences[i].format(topic=topic, place=place, n=number + 11 + 7 * k) for k, i in enumerate(order)]
    paragraphs = tuple(f"{said[i]} {said[i + 1]} {said[(i + 2) % len(said)]}" for i in (0, 2, 4))
    return Item(
        number=number,
        title=title,
        authors=authors,
        date=day.isoformat(),
        language=language,
        paragraphs=(*paragraphs, f"{said[3]} ({number})"),
        has_pdf=number % 6 == 0,
    )


@lru_cache(maxsize=512)
def pdf(number: int) -> bytes:
    """Return the document as a PDF of a title, a byline, a date and its English text, with fonts that every reader has."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    item = document(number)
    styles = getSampleStyleSheet()
    sentences = WORDS["en"][1]
    title = (
        item.title if item.language in ("en", "fr", "es", "de", "pt") else f"Report {number} on {TOPICS[number % 10]}"
    )
    text = [
        s.format(topic=TOPICS[number % 10], place=PLACES[number % 8].replace("&", "and"), n=number + 11)
        for s in sentences
    ]
    flow = [
        Paragraph(title.replace("&", "&amp;"), styles["Title"]),
        Paragraph("By " + ", ".join(item.authors), styles["Normal"]),
        Paragraph(english_date(item.date), styles["Normal"]),
        Spacer(1, 18),
    ]
    for i in range(6):
        flow += [Paragraph(" ".join(text[i % 5 :] + text[: i % 5]), styles["BodyText"]), Spacer(1, 8)]
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title=title, author=", ".join(item.authors), invariant=1).build(flow)
    return out.getvalue()


def english_date(iso: str) -> str:
    """Return `23 May 2019`."""
    day = date.fromisoformat(iso)
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"
