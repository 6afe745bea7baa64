"""Pages that a browser made: an import takes the page as it was made, and not the shell that it was made of."""

from __future__ import annotations

import asyncio
from pathlib import Path

from pipeline.archive import Archive
from pipeline.extract.pool import Readers
from pipeline.run.importing.captures import Captured, captures, survey
from pipeline.run.importing.inputs import Input
from tests.pipeline.archive.test_conversion import MADE, fetched, made, page


async def imported(path: Path, spool: Path) -> dict[str, bytes]:
    inputs = [Input(path=path, name=path.name, kind="warc")]
    known = survey(inputs)
    found = {}
    async with Readers(workers=1, spool=spool) as readers:
        async for one in captures(inputs, known, readers, lambda _: [], source="", max_bytes=1_000_000):
            assert isinstance(one, Captured)
            found[one.url] = one.page.content
    return found


def test_the_page_as_it_was_made_is_imported(tmp_path: Path) -> None:
    plain = page("https://a.example/plain", b"<html><p>plain</p></html>")
    with Archive(tmp_path / "archive", software="test") as archive:
        stored = archive.append(made())
        archive.append(fetched(plain))
        archive.sync()
    found = asyncio.run(imported(tmp_path / "archive" / stored.file, tmp_path / "spool"))
    assert found == {"https://a.example/7": MADE.content, "https://a.example/plain": plain.content}
