"""Read archive files again on all cores of a Ray cluster: a file's name goes in, a Parquet file of readings comes out.

    pip install ray 'resource-centre-ingest[parquet]'
    python docs/reread_with_ray.py data/archive readings

Without a cluster Ray begins one on this machine. A file of readings that is there already is not made again, so that a
job that was interrupted goes on when it is called once more; what could not be read is a row with its reason.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from models.errors import PageError, StoreError
from models.whole_file import whole_file
from pipeline.archive import Stored, read
from pipeline.archive.compact import members
from pipeline.extract.pool import Readers
from scrapers.base import Rules
from scrapers.record import document_record, values_from_record

SECONDS, MEMORY_MB = 60, 512
"""Limits on reading one document, whose bytes are a stranger's: it is read in a process of its own."""


def read_file(archive: str, name: str, target: str) -> tuple[int, int]:
    """Write the readings of one archive file to TARGET/NAME.parquet; return how many there are, and how many failed."""
    import pyarrow
    import pyarrow.parquet

    file = Path(target) / f"{name}.parquet"
    if not file.exists():
        rows = asyncio.run(_readings(Path(archive), name))
        with whole_file(file) as part:
            pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), part)
    failed = pyarrow.parquet.read_table(file, columns=["error"]).column("error")
    return len(failed), len(failed) - failed.null_count


async def _readings(archive: Path, name: str) -> list[dict[str, Any]]:
    path, rules, rows = archive / name, Rules(source="again"), []
    with tempfile.TemporaryDirectory() as spool:
        limits = {"max_seconds": SECONDS, "max_memory_mb": MEMORY_MB, "spool": Path(spool)}
        async with Readers(workers=1, **limits) as readers:
            for member in members(path, path.stat().st_size):
                if member.kind not in ("response", "conversion"):  # a revisit repeats bytes that are read elsewhere
                    continue
                row: dict[str, Any] = {"offset": member.offset, "url": member.target, "record": None, "error": None}
                try:
                    page = read(archive, Stored(file=name, offset=member.offset, length=member.length))
                    reading = await readers.document(page, rules)
                    row["record"] = json.dumps(document_record(page.final_url, values_from_record(reading["values"])))
                except (PageError, StoreError) as error:
                    row["error"] = str(error)
                rows.append(row)
    return rows


def main(archive: str, target: str) -> int:
    """Read all files, as many at a time as the cluster has cores."""
    import ray

    Path(target).mkdir(parents=True, exist_ok=True)
    ray.init(include_dashboard=False)
    task = ray.remote(max_retries=3)(read_file)
    names = sorted(path.name for path in Path(archive).glob("*.warc.gz"))
    counts = ray.get([task.remote(str(Path(archive).resolve()), name, str(Path(target).resolve())) for name in names])
    read_, failed = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
    print(f"{len(names)} files, {read_} records, {failed} could not be read")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
