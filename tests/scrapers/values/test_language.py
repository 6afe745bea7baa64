"""The language is that of the text; too little text says nothing."""

# ruff: noqa: E501 (pages and lines as they come)

from __future__ import annotations

import pytest

from scrapers.values.language import language_of, normalised

TEXTS = {
    "en": "The aim of the workshop was to provide a space for a fair and objective dialogue on human rights in supply chains.",
    "fr": "Le présent rapport examine les effets des activités minières sur les droits des communautés et leur accès à l'eau.",
    "es": "El informe describe los efectos de la minería en las comunidades y propone medidas para que las empresas respeten sus derechos.",
    "de": "Der Bericht beschreibt die Lage der Beschäftigten in den Fabriken und fordert die Unternehmen auf, ihre Pflichten zu erfüllen.",
    "pt": "O relatório mostra como as empresas não consultaram as comunidades e quais medidas foram tomadas pelo governo do país.",
    "it": "Il rapporto descrive le condizioni dei lavoratori nelle fabbriche e chiede che le imprese rispettino gli obblighi della legge.",
    "ru": "В докладе описаны условия труда на заводах и то, как компании не выполняют свои обязательства перед работниками.",
    "uk": "У звіті описано умови праці на заводах та те, як компанії не виконують свої зобов'язання перед працівниками.",
    "zh-Hans": "报告说明了企业对员工和环境的责任，并要求政府对这些问题进行调查。",
    "zh-Hant": "報告說明了企業對員工和環境的責任，並要求政府對這些問題進行調查。",
    "ja": "この報告書は、企業の労働者と環境に対する責任について説明している。",
    "ko": "이 보고서는 노동자와 환경에 대한 기업의 책임을 설명한다.",
    "ar": "يصف هذا التقرير أوضاع العمال في المصانع ويطالب الشركات باحترام حقوقهم من خلال آليات واضحة.",
    "fa": "این گزارش وضعیت کارگران را در کارخانه ها شرح می دهد و از شرکت ها می خواهد که به حقوق آنها احترام بگذارند.",
    "my": "ဤအစီရင်ခံစာသည် အလုပ်သမားများ၏ အခြေအနေကို ဖော်ပြသည်။",
    "el": "Η έκθεση περιγράφει τις συνθήκες εργασίας στα εργοστάσια.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_tells_the_language_of_a_text(language: str, text: str) -> None:
    assert language_of(text) == language
    assert language_of(text, hint="en-GB") == language


@pytest.mark.parametrize(
    ("language", "text"),
    {
        "en": "Sort by: Newest, Price: Low to High. Carbon Trail Shoe X2, black, size 42 to 46, weight 280 g. Trail Vest 12 l, red, one size.",
        "eu": "Txosten berria argitaratu da gaur Euskal Herrian, eta herritar guztiek irakur dezakete doan",
        "cy": "Mae'r adroddiad newydd wedi ei gyhoeddi heddiw gan y llywodraeth ac mae ar gael am ddim i bawb yng Nghymru",
        "so": "Warbixinta cusub ayaa la daabacay maanta waxaana si bilaash ah looga heli karaa boggeena internetka ee dadka oo dhan",
        "rw": "Raporo nshya yasohotse uyu munsi kandi buri wese ashobora kuyisoma ku buntu ku rubuga rwacu rwa interineti",
        "af": "Die nuwe verslag is vandag gepubliseer en dit is gratis beskikbaar vir almal wat in die saak belangstel",
    }.items(),
)
def test_a_page_that_states_english_is_believed_of_lists_but_not_of_running_text(language: str, text: str) -> None:
    assert language_of(text, hint="en") == language


@pytest.mark.parametrize(
    ("language", "stated", "text"),
    [
        ("cs", "fr", "Vláda se rozhodla změnit zákon tak, aby podniky nesly větší odpovědnost za své dodavatele."),
        ("no", "en", "Regjeringen har besluttet å endre loven slik at selskapene får mer ansvar for leverandører."),
        ("pt", "es", "Relatório anual sobre empresas e direitos humanos nos países do sul"),
    ],
)
def test_a_word_by_chance_does_not_make_a_short_text_the_stated_language(language: str, stated: str, text: str) -> None:
    assert language_of(text, hint=stated) == language


def test_too_little_text_says_nothing_and_the_page_is_believed() -> None:
    assert language_of("12345") is None
    assert language_of("Info Package") is None
    assert language_of("Info Package", hint="en-GB") == "en"


@pytest.mark.parametrize(
    ("tag", "normal"),
    [
        ("en_us", "en-US"),
        ("zh-cn", "zh-Hans"),
        ("zh-Hant-HK", "zh-Hant"),
        ("jp", "ja"),
        ("x", None),
        ("", None),
        (None, None),
        ("english", None),
    ],
)
def test_tags_are_written_as_bcp_47_writes_them(tag: str | None, normal: str | None) -> None:
    assert normalised(tag) == normal


NEIGHBOURS = {
    "af": "Hierdie verslag is deur vrywilligers geskryf. Oordruk word verwelkom, maar die bron moet genoem word.",
    "nl": "Dit rapport is geschreven door vrijwilligers. Overname is toegestaan mits de bron wordt vermeld, en we antwoorden.",
    "gl": "Este informe foi escrito por persoas voluntarias. Pódese reproducir libremente citando a orixe nunha nota.",
    "pt": "Este relatório foi escrito por voluntários. A reprodução é livre desde que se cite a fonte numa nota, como sempre.",
    "be": "Справаздачу напісалі валанцёры. Перадрук дазваляецца са спасылкай на крыніцу, пішыце нам.",
    "mk": "Извештајот го напишаа волонтери. Дозволено е пренесување со наведување на изворот.",
    "nn": "Rådet vedtok at kvart resultat skal offentleggjerast innan ei veke, men det finst ikkje pengar til det enno.",
    "no": "Rapporten er skrevet av frivillige. Den kan fritt brukes videre når kilden oppgis, og det er vi som svarer.",
    "lb": "Dëse Rapport gouf vu Fräiwëllege geschriwwen. D'Weiderverëffentlechung ass erlaabt, wann d'Quell genannt gëtt.",
    "ca": "Aquest informe l'han escrit persones voluntàries. Es pot reproduir lliurement citant-ne la font, com sempre.",
    "ckb": "ئەم ڕاپۆرتە لەلایەن خۆبەخشانەوە نووسراوە و بڵاوکردنەوەی بە مەرجی ناوهێنانی سەرچاوە ڕێگەپێدراوە.",
    "fa": "این گزارش را داوطلبان نوشته‌اند و بازنشر آن با ذکر منبع آزاد است و به نامه‌ها پاسخ می‌دهیم.",
}


@pytest.mark.parametrize(("language", "text"), NEIGHBOURS.items())
def test_neighbours_are_told_apart(language: str, text: str) -> None:
    assert language_of(text) == language
    assert language_of(text, hint="en") == language
