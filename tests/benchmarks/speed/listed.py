"""Measure how the main process grows with the number of listed addresses, of which a run fetches a few.

    python -m tests.benchmarks.speed.listed [10000 100000]

A site on loopback lists its documents in a sitemap, in files of 50,000 addresses. Printed are the addresses that the
store holds after the run, the seconds of CPU, and the largest size of the main process.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.pipeline.workplace import Workplace

PER_FILE = 50_000
"""Most addresses of one file, by the sitemaps' protocol."""
FETCHED = 20


@contextmanager
def served(count: int) -> Iterator[str]:
    """Serve a site with that many documents until the block ends; yield its host and port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            root = f"http://{self.headers['Host']}"
            name, _, number = self.path.strip("/").partition("/")
            if name == "sitemap.xml":
                files = (f"<sitemap><loc>{root}/part/{first}</loc></sitemap>" for first in range(0, count, PER_FILE))
                kind, body = "application/xml", _xml("sitemapindex", files)
            elif name == "part":
                numbers = range(int(number), min(int(number) + PER_FILE, count))
                places = (f"<url><loc>{root}/reports/report-{n}</loc></url>" for n in numbers)
                kind, body = "application/xml", _xml("urlset", places)
            elif name == "reports":
                kind, body = "text/html", f"<h1>{number}</h1><p>{f'What {number} says of the matter. ' * 40}</p>"
            else:
                kind, body = "text/plain", ""
            content = body.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _xml(root: str, parts: Iterator[str]) -> str:
    return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(parts)}</{root}>'


def measured(count: int, folder: Path) -> tuple[int, float, float]:
    """Run over a site of that many documents; return addresses held, CPU seconds and megabytes of the main process."""
    with served(count) as address:
        place = Workplace(
            folder,
            {
                "http": {"contact": "bench@example.org", "allow_addresses": ["127.0.0.1"], "delay_seconds": 0.0},
                "sources": {"library": {"start": f"http://{address}/sitemap.xml", "discover": "sitemap"}},
            },
        )
        run = place.start("run", "--quiet", "--limit", str(FETCHED))
        size, cpu = _watched(run)
        out, err = run.communicate()
    if run.returncode:
        raise SystemExit(f"the run of {count} addresses ended with {run.returncode}:\n{out}{err}")
    with closing(sqlite3.connect(folder / "data" / "ingest.db")) as store:
        (held,) = store.execute("SELECT count(*) FROM url").fetchone()
    return held, cpu, size


def _watched(run: subprocess.Popen[str]) -> tuple[float, float]:
    """Return the largest size of a process, in megabytes, and its seconds of CPU, once it has ended."""
    size = cpu = 0.0
    while run.poll() is None:
        try:
            status = Path(f"/proc/{run.pid}/status").read_text("ascii")
            spent = Path(f"/proc/{run.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        except OSError:
            break
        if "VmHWM:" in status:
            size = float(status.partition("VmHWM:")[2].split()[0]) / 1024
            cpu = (int(spent[11]) + int(spent[12])) / 100
        time.sleep(0.1)
    return size, cpu


def main() -> None:
    """Print a line for each number of addresses."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("counts", type=int, nargs="*", default=[10_000, 100_000])
    print(f"{'listed':>8} {'held':>8} {'CPU s':>7} {'main process, MB':>17}")
    for count in parser.parse_args().counts:
        with tempfile.TemporaryDirectory() as folder:
            held, cpu, size = measured(count, Path(folder))
        print(f"{count:8} {held:8} {cpu:7.1f} {size:17.0f}", flush=True)


if __name__ == "__main__":
    main()
