"""What a made listing lists: documents with addresses, and the words that its language has for files and pages."""

# ruff: noqa: E501 (tables of words)

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from tests.benchmarks.quality.templates.draw import Draw

SITE = "https://www.example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What links and labels say in one language."""

    more: str
    view: str
    download: str
    agenda: str
    minutes: str
    report: str
    summary: str
    date: str
    title: str
    author: str
    file: str
    kind: str
    topics: tuple[str, ...]
    body: str
    """The name of a body that meets."""


WORDS = {
    "en": Words(more="Read more", view="View document", download="Download", agenda="Agenda", minutes="Minutes", report="Full report", summary="Summary", date="Date", title="Title", author="Author", file="File", kind="Type", topics=("Water", "Fisheries", "Labour", "Land rights"), body="Finance Committee"),
    "de": Words(more="Weiterlesen", view="Dokument ansehen", download="Herunterladen", agenda="Tagesordnung", minutes="Protokoll", report="Bericht", summary="Zusammenfassung", date="Datum", title="Titel", author="Autor", file="Datei", kind="Typ", topics=("Wasser", "Fischerei", "Arbeit", "Landrechte"), body="Finanzausschuss"),
    "fr": Words(more="Lire la suite", view="Voir le document", download="Télécharger", agenda="Ordre du jour", minutes="Procès-verbal", report="Rapport", summary="Résumé", date="Date", title="Titre", author="Auteur", file="Fichier", kind="Type", topics=("Eau", "Pêche", "Travail", "Foncier"), body="Commission des finances"),
    "es": Words(more="Leer más", view="Ver documento", download="Descargar", agenda="Orden del día", minutes="Acta", report="Informe completo", summary="Resumen", date="Fecha", title="Título", author="Autor", file="Archivo", kind="Tipo", topics=("Agua", "Pesca", "Trabajo", "Tierras"), body="Comisión de Hacienda"),
    "ru": Words(more="Подробнее", view="Открыть", download="Скачать", agenda="Повестка", minutes="Протокол", report="Доклад", summary="Резюме", date="Дата", title="Название", author="Автор", file="Файл", kind="Тип", topics=("Вода", "Рыболовство", "Труд", "Земля"), body="Бюджетный комитет"),
    "zh": Words(more="详情", view="查看", download="下载", agenda="议程", minutes="会议纪要", report="报告全文", summary="摘要", date="日期", title="标题", author="作者", file="文件", kind="类型", topics=("水资源", "渔业", "劳工", "土地"), body="财务委员会"),
    "it": Words(more="Leggi tutto", view="Visualizza", download="Scarica", agenda="Ordine del giorno", minutes="Verbale", report="Rapporto", summary="Sintesi", date="Data", title="Titolo", author="Autore", file="File", kind="Tipo", topics=("Acqua", "Pesca", "Lavoro", "Terra"), body="Commissione bilancio"),
    "pl": Words(more="Czytaj więcej", view="Zobacz dokument", download="Pobierz", agenda="Porządek obrad", minutes="Protokół", report="Raport", summary="Streszczenie", date="Data", title="Tytuł", author="Autor", file="Plik", kind="Rodzaj", topics=("Woda", "Rybołówstwo", "Praca", "Ziemia"), body="Komisja budżetowa"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A document of a listing."""

    number: int
    title: str
    day: date
    printed: str
    author: str
    page: str
    """The address of its page."""
    file: str
    """The address of its file."""
    second: str
    """The address of its second file."""
    text: str

    @property
    def heading(self) -> str:
        """The title as markup."""
        return escape(self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a listing should be found to say of one document."""

    url: str
    title: str | None
    day: str | None


def page_address(shape: str, title: str, number: int) -> str:
    """Return the address of a document's page, in one of the shapes that sites use."""
    slug = _slug(title) or f"text-{number}"
    return {
        "slug": f"{SITE}/publications/{slug}",
        "folder": f"{SITE}/en/library/{slug}/",
        "year": f"{SITE}/{2010 + number % 15}/{1 + number % 12:02}/{slug}",
        "html": f"{SITE}/docs/{slug}.html",
        "node": f"{SITE}/node/{3000 + 7 * number}",
        "query": f"{SITE}/index.php?option=article&id={900 + number}",
        "root": f"{SITE}/{slug}",
    }[shape]


def file_address(shape: str, title: str, number: int) -> str:
    """Return the address of a document's file, with a suffix or without one."""
    slug = _slug(title) or f"text-{number}"
    return {
        "pdf": f"{SITE}/files/{2010 + number % 15}/{slug}.pdf",
        "upload": f"{SITE}/wp-content/uploads/{2010 + number % 15}/0{1 + number % 9}/{slug.title()}-FINAL.pdf",
        "show": f"{SITE}/home/showdocument?id={4000 + number}",
        "aspx": f"{SITE}/Download.aspx?fileid={700 + number}&lang=en",
        "media": f"{SITE}/media/{16500 + number}",
        "handler": f"{SITE}/api/documents/{number}/download",
        "path": f"{SITE}/download/pdf/{number}",
        "bucket": f"https://example-org-files.s3.eu-west-1.amazonaws.com/{slug}.pdf",
    }[shape]


PAGES = ("slug", "folder", "year", "html", "node", "query", "root")
FILES = ("pdf", "upload", "show", "aspx", "media", "handler", "path", "bucket")


def items_of(draw: Draw, count: int) -> list[Item]:
    """Return the documents of a page, the newest first; all addresses have one shape."""
    pages, files = draw.random.choice(PAGES), draw.random.choice(FILES)
    days = sorted((draw.day() for _ in range(count)), reverse=True)
    titles = [draw.own_title() for _ in range(count)]
    return [
        Item(
            number=number,
            title=title,
            day=day,
            printed=draw.printed(day),
            author=draw.name(),
            page=page_address(pages, title, number),
            file=file_address(files, title, number),
            second=file_address(files, title, number + 500).replace(".pdf", "-2.pdf"),
            text=escape(draw.random.choice(draw.language.sentences)),
        )
        for number, (day, title) in enumerate(zip(days, titles, strict=True), start=1)
    ]


def words(draw: Draw) -> Words:
    """Return what this page's language says."""
    return WORDS[draw.language.code]


def of_pages(items: Sequence[Item]) -> list[Wanted]:
    """Return what a list of pages should be found to say."""
    return [Wanted(url=item.page, title=item.title, day=item.day.isoformat()) for item in items]


def of_files(items: Sequence[Item]) -> list[Wanted]:
    """Return what a list of files should be found to say."""
    return [Wanted(url=item.file, title=item.title, day=item.day.isoformat()) for item in items]


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
