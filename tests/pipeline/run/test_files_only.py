"""A source of files alone: an old site's table of PDFs in French and Spanish, day and author in the cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from tests.pipeline.workplace import Workplace
from tests.sites.documents import pdf
from tests.sites.server import NOT_FOUND, Answer, Site, serve

CENTRE = "http://centre.test"
AUTHORS = ("Lucía Ferrándiz", "Amélie Durand", "Joaquín Ortega", "Élodie Marchand", "Institut des eaux")
SUBJECTS = ("Les eaux du bassin", "El precio del cacao", "La pêche en mer", "El trabajo en las minas")
COUNT = 40


def title(number: int) -> str:
    return f"{SUBJECTS[number % 4]}, {'cahier' if number % 2 == 0 else 'cuaderno'} {number + 1}"


def day(number: int) -> date:
    return date(2011, 1, 5) + timedelta(days=37 * number)


class FilesOnly(Site):
    """A table without a heading of its own, among menus."""

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path.startswith("/doc/"):
            return Answer(pdf(1 + int(path[5:].partition(".")[0]) % 50), "application/pdf")
        if path != "/":
            return NOT_FOUND
        menu = "".join(f"<td><a href='/rubrique{n}.htm'>Rubrique {n}</a></td>" for n in range(12))
        rows = "".join(
            f"<tr bgcolor={'#eeeeee' if n % 2 else '#ffffff'}><td>{day(n):%d/%m/%Y}<td><font size=2>{title(n)}</font>"
            f"<td>{AUTHORS[n % 5]}<td>{'français' if n % 2 == 0 else 'español'}"
            f"<td><a href='/doc/{n}.pdf'>Télécharger</a>"
            for n in range(COUNT)
        )
        return Answer(
            f"<html lang=fr><body><table><tr>{menu}</table><center><table border=1>{rows}</table></body></html>"
        )


def test_each_file_has_the_title_the_day_and_the_author_of_its_row(tmp_path: Path) -> None:
    with serve(FilesOnly()) as site:
        http = {"delay_seconds": 0, "retries": 0, "resolve": {"centre.test": urlsplit(site.url).netloc}}
        sources = {"centre": {"start": f"{CENTRE}/"}}
        place = Workplace(tmp_path, {"http": http, "extract": {"workers": 2}, "sources": sources})
        place.ingest("run")
        stored = {one["url"]: one for one in place.documents()}
    assert set(stored) == {f"{CENTRE}/doc/{n}.pdf" for n in range(COUNT)}
    for n in range(COUNT):
        document = stored[f"{CENTRE}/doc/{n}.pdf"]
        assert document["title"] == title(n)
        assert document["date_published"] == day(n).isoformat()
        assert [author["name"] for author in document["authors"]] == [AUTHORS[n % 5]], document["origins"]
        assert document["origins"]["title"].startswith("listing:")
