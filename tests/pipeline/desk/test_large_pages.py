"""What is too large to be shown ends as a sentence, and the desk goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.desk.safe_copy import LARGEST
from pipeline.desk.security import COPY_POLICY
from pipeline.load.load import publish
from tests.made import day, made, new_store
from tests.made_store import fill
from tests.pdfs.raw import Pdf
from tests.pipeline.desk.conftest import served
from tests.pipeline.desk.test_security import OWN, raw
from tests.pipeline.holdings.archived import SITE, captured


def _drawn(stream: bytes, box: str = "0 0 595 842", *, more: bytes = b"") -> bytes:
    """Return a PDF of one page with that content."""
    pdf = Pdf()
    pdf.add(b"<</Type/Catalog/Pages 2 0 R>>", 1)
    pdf.add(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 2)
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>"
    pdf.add(page.encode(), 3)
    pdf.stream(stream, number=4)
    size = b"/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceGray"
    pdf.stream(more, b"/Type/XObject/Subtype/Image" + size, number=5)
    return pdf.data()


def _nested(levels: int) -> bytes:
    """Return a PDF of one page that draws a form ten times, which draws another ten times, and so on."""
    pdf = Pdf()
    pdf.add(b"<</Type/Catalog/Pages 2 0 R>>", 1)
    pdf.add(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 2)
    resources = "/Resources<</XObject<</P {} 0 R>>>>"
    pdf.add(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R{resources.format(5)}>>".encode(), 3)
    pdf.stream(b"/P Do " * 10, number=4)
    for number in range(5, 5 + levels):
        head = f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]{resources.format(number + 1)}"
        pdf.stream(b"/P Do " * 10, head.encode(), number=number)
    pdf.stream(b"0 0 m 595 842 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]", number=5 + levels)
    return pdf.data()


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "nested": lambda: _nested(9),
    "image": lambda: _drawn(b"600 0 0 800 0 0 cm /P Do", more=bytes(9_000_000)),
    "tall": lambda: _drawn(b"0 0 m 9 9 l S", "0 0 1 9000000"),
    "flat": lambda: _drawn(b"0 0 m 9 9 l S", "0 0 9000000 0.001"),
}
REFUSED = ("nested",)
"""The others may be shown where the machine has the time."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in REFUSED else pytest.mark.nightly) for name in BOMBS]
)
def test_a_pdf_that_would_fill_memory_or_never_end_is_a_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.desk.archived.SECONDS", 0.5)
    store = captured(tmp_path, {f"/{name}.pdf": BOMBS[name]()})
    with store.begin() as connection:
        document = replace(made(f"{SITE}/{name}.pdf", media_type="application/pdf"), capture_id=1)
        publish(connection, [document], run_id=None, now=day(0))
    with served(store, tmp_path / "archive") as port:
        status, _, text = raw(port, f"GET /documents/1 HTTP/1.1\r\n{OWN}")
        assert status == 200
        said = "The file cannot be shown: " in text
        assert said or name not in REFUSED
        status, headers, text = raw(port, f"GET /documents/1/pages/1.png HTTP/1.1\r\n{OWN}")
        if status == 200:
            assert (headers["content-type"], name in REFUSED) == ("image/png", False)
        else:
            assert (status, "The archived bytes cannot be shown: " in text) == (422, True)
    store.close()


def test_a_copy_that_cannot_be_made_says_so_in_its_frame(tmp_path: Path) -> None:
    store = new_store(tmp_path / "ingest.db")
    fill(store, 1)  # its archive is not there
    with served(store, tmp_path / "archive") as port:
        status, headers, text = raw(port, f"GET /documents/1/copy HTTP/1.1\r\n{OWN}")
    assert (status, "The archived page cannot be shown: " in text) == (422, True)
    assert headers["content-security-policy"] == COPY_POLICY  # with another, the browser leaves the frame empty
    store.close()


@pytest.mark.nightly
def test_fifty_megabytes_of_html_are_shown_in_part_or_end_as_a_sentence(tmp_path: Path) -> None:
    store = captured(tmp_path, {"/big": b"<p>x" * 12_500_000})
    with store.begin() as connection:
        publish(connection, [replace(made(f"{SITE}/big"), capture_id=1)], run_id=None, now=day(0))
    with served(store, tmp_path / "archive") as port:
        status, _, text = raw(port, f"GET /documents/1/copy HTTP/1.1\r\n{OWN}")
        # Its beginning, or, where even that takes too long on a busy machine, a sentence alone.
        said = {200: "too large to be shown whole", 422: "cannot be shown"}[status]
        assert said in text, text[:2_000]
        assert len(text) < 2 * LARGEST + 20_000
        assert raw(port, f"GET /documents/1 HTTP/1.1\r\n{OWN}")[0] == 200
    store.close()
