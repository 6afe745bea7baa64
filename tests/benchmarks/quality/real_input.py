"""The whole pipeline over labelled real pages and PDFs, served on loopback as a resource centre with a listing.

    python -m tests.benchmarks.quality.real_input EVAL_FOLDER PAGES_FOLDER [--pages 200] [--seed 1]

EVAL_FOLDER holds html/index.jsonl, score_html.py, pdf/labels.jsonl, pdf/files and score_pdf.py; PAGES_FOLDER the pages
that the index names. Prints what was loaded, what failed and why, and the scorers' tables.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.pipeline.workplace import Workplace

PER_PAGE = 50


class Centre(BaseHTTPRequestHandler):
    """Serves the chosen pages, the PDFs and a listing with pages of fifty."""

    protocol_version = "HTTP/1.1"
    pages: dict[str, Path]

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/robots.txt":
            self.answer(b"User-agent: *\nAllow: /\n", "text/plain")
        elif path == "/":
            self.answer(self.listing(int(query.removeprefix("page=") or 1)).encode(), "text/html; charset=utf-8")
        elif path in self.pages:
            kind = "application/pdf" if path.endswith(".pdf") else "text/html"
            self.answer(self.pages[path].read_bytes(), kind)
        else:
            self.answer(b"<h1>Not found</h1>", "text/html", 404)

    def listing(self, number: int) -> str:
        paths = list(self.pages)[(number - 1) * PER_PAGE : number * PER_PAGE]
        items = "".join(
            f'<li><a class="card" href="{html.escape(path)}">{html.escape(path)}</a></li>' for path in paths
        )
        more = f'<a rel="next" href="/?page={number + 1}">Next</a>' if number * PER_PAGE < len(self.pages) else ""
        return f"<!doctype html><title>All documents</title><ul>{items}</ul>{more}"

    def answer(self, content: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()

    index = [
        json.loads(line) for line in (arguments.evaluation / "html/index.jsonl").read_text("utf-8").split("\n") if line
    ]
    chosen = random.Random(arguments.seed).sample(index, arguments.count)
    named = {f"/documents/{Path(row['html_path']).stem}": row for row in chosen}
    Centre.pages = {path: arguments.pages / Path(row["html_path"]).name for path, row in named.items()}
    files = sorted((arguments.evaluation / "pdf/files").glob("*.pdf"))
    Centre.pages |= {f"/files/{file.name}": file for file in files}

    server = ThreadingHTTPServer(("127.0.0.1", 0), Centre)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tables = {
        "http": {"delay_seconds": 0.0, "resolve": {"centre.test": f"127.0.0.1:{server.server_address[1]}"}},
        "sources": {"centre": {"start": "http://centre.test/", "follow": "a.card"}},
    }
    with tempfile.TemporaryDirectory() as folder:
        place = Workplace(Path(folder), tables)
        started = time.monotonic()
        process = place.start("run")
        _, err = process.communicate(timeout=1800)
        print(f"ingest run: exit {process.returncode}, {time.monotonic() - started:.0f} s\n{err}")
        documents = {document["url"]: document for document in place.documents()}
        failures = place.failures()
        report(named, files, documents, failures)
        score(arguments, named, files, documents, Path(folder))
    server.shutdown()


def report(named: dict[str, Any], files: list[Path], documents: dict[str, Any], failures: list[Any]) -> None:
    listed = {f"http://centre.test{path}" for path in (*named, *(f"/files/{file.name}" for file in files))}
    failed = {failure["url"] for failure in failures}
    print(f"listed {len(listed)}, loaded {len(listed & set(documents))}, failed with a reason {len(listed & failed)}")
    print(f"neither loaded nor failed: {sorted(listed - set(documents) - failed)}")
    for reason, count in Counter(failure["reason"] for failure in failures).most_common():
        print(f"  {count:4} {reason}")


def score(
    arguments: argparse.Namespace, named: dict[str, Any], files: list[Path], documents: dict[str, Any], folder: Path
) -> None:
    index, pages, pdfs = folder / "index.jsonl", folder / "pages.jsonl", folder / "pdfs.jsonl"
    index.write_text("".join(json.dumps(row) + "\n" for row in named.values()), "utf-8")
    with pages.open("w", encoding="utf-8") as out:
        for path, row in named.items():
            document = documents.get(f"http://centre.test{path}", {})
            out.write(json.dumps({**document, "dataset": row["dataset"], "id": row["id"]}) + "\n")
    with pdfs.open("w", encoding="utf-8") as out:
        for file in files:
            document = documents.get(f"http://centre.test/files/{file.name}", {})
            out.write(json.dumps({**document, "id": file.stem}) + "\n")
    scorer = [sys.executable, str(arguments.evaluation / "score_html.py"), "--index", str(index), str(pages)]
    subprocess.run(scorer, check=True)
    scorer = [sys.executable, str(arguments.evaluation / "score_pdf.py"), "metadata"]
    subprocess.run([*scorer, str(arguments.evaluation / "pdf/labels.jsonl"), str(pdfs)], check=True)


if __name__ == "__main__":
    main()
