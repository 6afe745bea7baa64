"""Read mutated PDFs in a limited child process: each must end in text, in a named failure, or within the limits.

    python -m tests.fuzz.fuzz_pdf [--minutes 5] [--seed 0] [--keep FOLDER]

The made files of `tests/pdfs` are mutated; run N of a seed is always the same file. An error that is none of the
program's own, or a reading that does not end, is a finding: it is printed with its number, and the exit code is 1. A
child that the limits end (or that pdfium brings down) is counted and replaced, as the pipeline does.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import resource
import sys
import time
from collections import Counter
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from models.errors import PageError
from scrapers.base import Rules
from tests.pdfs.child import MEMORY_MB, SECONDS, page_of
from tests.pdfs.odd import odd_files
from tests.pdfs.reports import reports
from tests.pdfs.tables import made

NUMBER = re.compile(rb"(?<=[ /\[])\d{1,7}(?=[ /\]>\r\n])")
WORDS = (
    b"/Kids", b"/Count", b"/Length", b"/Filter", b"/FlateDecode", b"/ASCII85Decode", b"/LZWDecode", b"/Parent", b"null",
    b"/Contents", b"/ToUnicode", b"endobj", b"endstream", b"stream", b"obj", b"xref", b"trailer", b"startxref", b"true",
    b"<<", b">>", b"[", b"]", b"(", b")",
)  # fmt: skip
NUMBERS = (b"0", b"-1", b"1", b"4294967295", b"2147483648", b"999999999999", b"1e400", b"-2147483649", b"65536")


def seeds() -> list[bytes]:
    """Return the files that are mutated."""
    files = [odd.content for odd in odd_files().values() if 100 < len(odd.content) < 200_000]
    files += [report.content for report in reports().values()]
    return files + [made(kind, n)[0] for kind in ("ruled", "borderless") for n in range(3)]


def mutated(files: list[bytes], chance: random.Random) -> bytes:
    """Return one of the files with a few things changed."""
    content = bytearray(chance.choice(files))
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 20))):
        if not content:
            break
        at = chance.randrange(len(content))
        match chance.randrange(8):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                content[at] ^= 1 << chance.randrange(8)
            case 2:
                del content[at : at + chance.choice((1, 2, 16, 256, 4096))]
            case 3:
                piece = content[at : at + chance.choice((4, 64, 1024))]
                where = chance.randrange(len(content) + 1)
                content[where:where] = piece
            case 4:
                numbers = list(NUMBER.finditer(content))
                if numbers:
                    number = chance.choice(numbers)
                    content[number.start() : number.end()] = chance.choice(NUMBERS)
            case 5:
                word = chance.choice(WORDS)
                places = [found.start() for found in re.finditer(re.escape(word), content)]
                if places:
                    place = chance.choice(places)
                    content[place : place + len(word)] = chance.choice(WORDS)
            case 6:
                other = chance.choice(files)
                start = chance.randrange(len(other))
                content[at:at] = other[start : start + chance.choice((16, 512, 4096))]
            case _:
                del content[at:]
    return bytes(content)


class Child:
    """A process that reads one file after another, and is replaced when it dies."""

    def __init__(self) -> None:
        self.process: BaseProcess | None = None
        self.pipe: Connection | None = None

    def read(self, content: bytes) -> str:
        """Return `text`, `failure`, `killed`, `hang`, or the error that should not have been."""
        if self.process is None or self.pipe is None or not self.process.is_alive():
            self.stop()
            context = multiprocessing.get_context("spawn")
            self.pipe, theirs = context.Pipe()
            self.process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self.process.start()
            theirs.close()
        try:
            self.pipe.send_bytes(content)
            if not self.pipe.poll(SECONDS):
                self.stop()
                return "hang"
            return str(self.pipe.recv())
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.stop()
            return "killed"

    def stop(self) -> None:
        """End the process."""
        if self.process is not None and self.pipe is not None:
            self.process.kill()
            self.process.join()
            self.pipe.close()
        self.process = self.pipe = None


def _serve(pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB << 20, MEMORY_MB << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from scrapers.pdf.reader import read

    while True:
        try:
            content = pipe.recv_bytes()
        except EOFError:
            return
        try:
            read(page_of(content), Rules(ocr="off"))
            answer = "text"
        except PageError:
            answer = "failure"
        except MemoryError:
            return  # the limit: this process is spent
        except Exception as error:  # this is what is looked for
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            where = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
            answer = f"{type(error).__name__}: {str(error)[:200]} ({where})"
        pipe.send(answer)


def main() -> None:
    """Mutate and read until the time is up, print what came of it, and exit with 1 where there are findings."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=5.0)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--keep", type=Path, help="where findings are saved")
    args = options.parse_args()
    files, child = seeds(), Child()
    counts: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    end = time.monotonic() + 60 * args.minutes
    number = 0
    while time.monotonic() < end:
        content = mutated(files, random.Random(f"{args.seed} {number}"))
        outcome = child.read(content)
        if outcome in ("text", "failure", "killed"):
            counts[outcome] += 1
        else:
            counts["findings"] += 1
            findings[outcome] += 1
            if findings[outcome] <= 3:
                print(f"run {number} of seed {args.seed}: {outcome}")
                if args.keep:
                    args.keep.mkdir(parents=True, exist_ok=True)
                    (args.keep / f"{args.seed}-{number}.pdf").write_bytes(content)
        number += 1
    child.stop()
    print(f"{number} files: " + ", ".join(f"{what} {count}" for what, count in counts.most_common()))
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
