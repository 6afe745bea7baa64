"""Character sets: what is declared where the standard reads it, and what a text is written in that declares nothing."""

# ruff: noqa: E501 (tables of texts)

from __future__ import annotations

import pytest

from scrapers.sniff.charset import charset_of, decode, encoding

TEXTS = {
    "ja": "この報告書は有志が執筆したものです。転載は歓迎しますが、出典を明記してください。",
    "zh-Hans": "本站刊登的报告由志愿者撰写，欢迎转载，但须注明出处。联系我们请写信。",
    "zh-Hant": "本站刊登的報告由志願者撰寫，歡迎轉載，但須註明出處。聯絡我們請寫信。",
    "ko": "이 보고서는 자원봉사자들이 썼습니다. 전재를 환영하지만 출처를 밝혀 주십시오.",
    "th": "รายงานนี้เขียนโดยอาสาสมัคร ยินดีให้เผยแพร่ต่อแต่ต้องระบุแหล่งที่มา",
    "ru": "Отчёт написали добровольцы. Перепечатка разрешена с указанием источника, пишите нам.",
    "uk": "Звіт написали добровольці. Передрук дозволено із зазначенням джерела, пишіть нам.",
    "el": "Η έκθεση αυτή γράφτηκε από εθελοντές. Η αναδημοσίευση επιτρέπεται με αναφορά της πηγής.",
    "ar": "كتب المتطوعون هذا التقرير، ويسمح بإعادة نشره مع ذكر المصدر. يمكنكم مراسلتنا.",
    "he": "הדוח נכתב בידי מתנדבים. מותר לפרסמו שוב בציון המקור, ואפשר לכתוב לנו.",
    "pl": "Sprawozdanie napisali ochotnicy. Przedruk dozwolony z podaniem źródła, prosimy też pisać do nas, każdą sprawę sprawdzimy.",
    "tr": "Raporu gönüllüler yazdı. Kaynağı belirtilerek yayımlanabilir, bize yazabilirsiniz, şikâyetleri değerlendiriyoruz.",
    "lt": "Ataskaitą parašė savanoriai. Perspausdinti galima nurodžius šaltinį, rašykite mums, žinoma, ir apie šulinius.",
    "fr": "Le rapport a été rédigé par des bénévoles. La reprise est autorisée à condition de citer la source, où qu'elle paraisse.",
}
WRITTEN = [
    ("ja", "cp932"), ("ja", "euc_jp"), ("ja", "iso2022_jp"), ("zh-Hans", "gbk"), ("zh-Hant", "big5hkscs"), ("ko", "cp949"),
    ("th", "cp874"), ("ru", "cp1251"), ("ru", "koi8_r"), ("ru", "iso8859_5"), ("ru", "cp866"), ("uk", "cp1251"),
    ("uk", "koi8_u"), ("el", "cp1253"), ("ar", "cp1256"), ("ar", "iso8859_6"), ("he", "cp1255"), ("pl", "cp1250"),
    ("pl", "iso8859_2"), ("tr", "cp1254"), ("lt", "cp1257"), ("fr", "cp1252"), ("fr", "utf_8"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "codec"), WRITTEN)
def test_an_undeclared_character_set_is_found_by_the_text(language: str, codec: str) -> None:
    text = TEXTS[language]
    page = f"<html><head><title>{text[:12]}</title></head><body><a href='/'>Home</a>\n<p>{text}</p></body></html>"
    assert decode(page.encode(codec), None) == page


@pytest.mark.parametrize(
    ("head", "content_type", "name"),
    [
        ("<meta charset=koi8-r>", None, "koi8-r"),
        ("<meta charset=koi8-r>", "text/html; charset=windows-1251", "windows-1251"),
        ("<!-- <meta charset=koi8-r> -->", None, "windows-1251"),
        ("<!-- was: <meta charset=big5> --><meta charset=koi8-r>", None, "koi8-r"),
        ("<!-- <meta charset=koi8-r>", None, "windows-1251"),
    ],
)
def test_what_is_declared_in_a_comment_is_not_declared(head: str, content_type: str | None, name: str) -> None:
    assert charset_of(f"{head}<p>{TEXTS['ru']}".encode("cp1251"), content_type) == name


@pytest.mark.parametrize(
    ("label", "name"), [("Windows-31J", "shift_jis"), (" latin1 ", "windows-1252"), ("utf-7", None), ("idna", None)]
)
def test_a_label_is_one_of_the_web_s(label: str, name: str | None) -> None:
    assert encoding(label) == name
