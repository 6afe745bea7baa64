"""WARC files as they come from strangers: what is damaged is named, what is whole is read, whatever the bytes."""

from __future__ import annotations

import gzip
import hashlib
import random
import tracemalloc
from base64 import b32encode
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd

from models.errors import FetchError, TooLarge
from pipeline.run.importing.answers import dechunked, decoded, message
from pipeline.run.importing.records import Fault, WarcRecord, records
from tests.pipeline.run.importing.captured import chunked, record


def answered(number: int) -> bytes:
    block = b"HTTP/1.1 200 OK\r\n\r\n" + b"<p>%d</p>" % number * 300
    digest = b32encode(hashlib.sha1(block).digest()).decode()
    return record("response", f"https://a.test/{number}", block, [f"WARC-Block-Digest: sha1:{digest}"])


RECORDS = [answered(number) for number in range(12)]
PACKINGS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "gzip": lambda parts: b"".join(map(gzip.compress, parts)),
    "one gzip member": lambda parts: gzip.compress(b"".join(parts)),
    "zstd": lambda parts: b"".join(map(zstd.compress, parts)),
}


def read(path: Path, most: int = 100_000) -> list[WarcRecord | Fault]:
    return list(records(path, lambda fields: None, most))


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "x.warc"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("packing", PACKINGS)
def test_every_record_is_found_with_its_place(tmp_path: Path, packing: str) -> None:
    data = PACKINGS[packing](RECORDS)
    found = read(written(tmp_path, data))
    assert [item.target for item in found] == [f"https://a.test/{number}" for number in range(12)]
    for item in found:
        assert isinstance(item, WarcRecord)
        if packing != "one gzip member":
            assert data[item.offset :][:4] in (b"WARC", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd")


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("seed", range(25))
def test_random_damage_costs_what_it_touches(tmp_path: Path, packing: str, seed: int) -> None:
    before = read(written(tmp_path, PACKINGS[packing](RECORDS)))
    whole = {item.target: item.block for item in before if isinstance(item, WarcRecord)}
    draw = random.Random(seed)
    data = bytearray(PACKINGS[packing](RECORDS))
    at, length = draw.randrange(len(data)), draw.choice((1, 8, 200))
    kind = draw.choice(("zeros", "noise", "gone", "cut"))
    if kind == "cut":
        del data[at:]
    elif kind == "gone":
        del data[at : at + length]
    else:
        data[at : at + length] = bytes(length) if kind == "zeros" else draw.randbytes(length)
    found = read(written(tmp_path, bytes(data)))
    intact = [item for item in found if isinstance(item, WarcRecord) and whole.get(item.target) == item.block]
    if packing in ("plain", "gzip", "zstd") and kind != "cut":
        assert len(intact) >= 12 - 3
    for item in found:
        if isinstance(item, WarcRecord) and item.get("warc-block-digest") and item.target in whole:
            assert item.block == whole[item.target]
    if len(intact) < 12 and kind in ("zeros", "noise"):
        named = {item.target for item in found if isinstance(item, WarcRecord)}
        assert any(isinstance(item, Fault) for item in found) or named != set(whole)


def test_a_cut_file_says_so_whatever_its_packing(tmp_path: Path) -> None:
    for packing, pack in PACKINGS.items():
        data = pack(RECORDS)
        found = read(written(tmp_path, data[: len(data) - 30]))
        assert isinstance(found[-1], Fault), packing
        assert "ends within the record" in found[-1].reason, packing


def test_a_wrong_length_costs_one_record(tmp_path: Path) -> None:
    length = b"Content-Length: "
    for wrong in (b"5", b"99999", b"-1", b"x", b""):
        for packing in ("plain", "gzip"):
            parts = list(RECORDS)
            head, _, tail = parts[4].partition(length)
            parts[4] = head + length + wrong + b"\r\n\r\n" + tail.partition(b"\r\n\r\n")[2]
            found = read(written(tmp_path, PACKINGS[packing](parts)))
            targets = [item.target for item in found if isinstance(item, WarcRecord)]
            assert "https://a.test/4" not in targets
            if not (packing == "plain" and wrong == b"99999"):
                assert len(targets) == 11, (packing, wrong)
            assert any(isinstance(item, Fault) for item in found)


def test_a_large_record_is_passed_over_in_little_memory(tmp_path: Path) -> None:
    huge = record("response", "https://a.test/huge", b"HTTP/1.1 200 OK\r\n\r\n" + bytes(60_000_000))
    path = written(tmp_path, gzip.compress(huge, 1) + gzip.compress(RECORDS[0]))
    del huge
    tracemalloc.start()
    first, second = read(path, most=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(first, Fault)
    assert "more than max_bytes" in first.reason
    assert isinstance(second, WarcRecord)
    assert peak < 3_000_000


def test_a_dictionary_at_the_head_of_a_zstd_file_is_used(tmp_path: Path) -> None:
    samples = [bytes(one) for one in RECORDS] * 20
    dictionary = zstd.train_dict(samples, 2000)
    frame = zstd.compress(dictionary.dict_content)
    head = b"\x5d\x2a\x4d\x18" + len(frame).to_bytes(4, "little") + frame
    data = head + b"".join(zstd.compress(one, zstd_dict=dictionary) for one in RECORDS)
    assert [item.target for item in read(written(tmp_path, data))] == [f"https://a.test/{n}" for n in range(12)]


def test_headers_are_unfolded_and_bodies_unpacked() -> None:
    body = b"<p>text</p>" * 500
    block = b"HTTP/1.1 200 OK\r\nX-Long: one\r\n two,\r\n\tthree\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(body)
    status, headers, rest = message(block)
    assert (status, headers[0]) == (200, ("x-long", "one two, three"))
    assert decoded("u", headers, rest, 10**6) == body
    # what was decoded before it was kept stands under the headers of the encoded body
    assert decoded("u", headers, body, 10**6) == body
    assert decoded("u", (("content-encoding", "gzip"),), body, 10**6) == body
    assert decoded("u", (("content-encoding", "gzip"),), gzip.compress(body), 10**6) == body
    assert dechunked("u", b"5\nhello\n0\n\n") == b"hello"


@pytest.mark.parametrize(
    ("headers", "body", "error"),
    [
        ({"content-encoding": "gzip"}, gzip.compress(bytes(10**7), mtime=0), TooLarge),
        ({"content-encoding": "gzip"}, gzip.compress(b"x" * 999, mtime=0)[:-9], FetchError),
        ({"content-encoding": "secret"}, b"x" * 999, FetchError),
        ({"content-length": "1000"}, b"x" * 999, FetchError),
        ({"transfer-encoding": "chunked"}, b"ff\r\nshort", FetchError),
        ({"transfer-encoding": "chunked"}, b"5\r\nhello\r\n", FetchError),
    ],
)
def test_what_is_not_whole_is_refused(headers: dict[str, str], body: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        decoded("https://a.test/", tuple(headers.items()), body, 10**6)
