"""Content encodings: whole, damaged, cut, stacked, unknown, and bombs that are left at a limit."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from backports import zstd

from pipeline.fetch.decoding import PIECE, Cut, Damaged, Decoder, Unknown

TEXT = b"The clerk wrote down every ship. " * 300
BARE = zlib.compressobj(wbits=-15)
ENCODED = {
    "": TEXT,
    "identity": TEXT,
    "utf-8": TEXT,  # a character set where an encoding should stand
    "gzip": gzip.compress(TEXT, mtime=0),
    "x-gzip": gzip.compress(TEXT, mtime=0),
    "GZIP ": gzip.compress(TEXT, mtime=0),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstd.compress(TEXT),
    "gzip, br": brotli.compress(gzip.compress(TEXT, mtime=0)),
    "identity, gzip": gzip.compress(TEXT, mtime=0),
}


def decoded(encoding: str, data: bytes, step: int = 1 << 20) -> bytes:
    decoder = Decoder(encoding)
    content = b"".join(piece for at in range(0, len(data), step) for piece in decoder.feed(data[at : at + step]))
    decoder.finish()
    return content


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("step", [1, 7, 1 << 20])
def test_what_is_whole_is_decoded_however_it_arrives(encoding: str, step: int) -> None:
    assert decoded(encoding, ENCODED[encoding], step) == TEXT


def test_deflate_without_its_wrapping_is_read_as_browsers_read_it() -> None:
    assert decoded("deflate", BARE.compress(TEXT) + BARE.flush()) == TEXT


@pytest.mark.parametrize("step", [1, 1 << 20])
def test_members_of_gzip_follow_each_other_and_what_follows_them_is_passed_over(step: int) -> None:
    data = gzip.compress(TEXT, mtime=0) + gzip.compress(b"more") + b"\0\0 and no member"
    assert decoded("gzip", data, step) == TEXT + b"more"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, br"])
@pytest.mark.parametrize("left", [1, 4, 20])
def test_what_stops_before_its_end_is_cut(encoding: str, left: int) -> None:
    with pytest.raises(Cut):
        decoded(encoding, ENCODED[encoding][:-left])


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_no_bytes_at_all_are_an_empty_content(encoding: str) -> None:
    assert decoded(encoding, b"") == b""


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", TEXT),
        ("deflate", b"\xff" * 100),
        ("br", b"\xff" * 100),
        ("zstd", b"\xff" * 100),
        ("gzip", ENCODED["gzip"][:-6] + b"\0\0" + ENCODED["gzip"][-4:]),
    ],
    ids=["no gzip", "no deflate", "no brotli", "no zstd", "a wrong checksum"],
)
def test_bytes_that_the_encoding_does_not_allow_are_damaged(encoding: str, data: bytes) -> None:
    with pytest.raises(Damaged):
        decoded(encoding, data)


@pytest.mark.parametrize("encoding", ["compress", "lzma", "gzip, lzma", "gzip, gzip, gzip, gzip"])
def test_what_cannot_be_undone_is_refused_before_any_byte(encoding: str) -> None:
    with pytest.raises(Unknown):
        Decoder(encoding)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_bomb_comes_in_small_pieces(encoding: str) -> None:
    zeros = bytes(20_000_000)
    encode = {"gzip": gzip.compress, "deflate": zlib.compress, "br": lambda data: brotli.compress(data, quality=1)}
    pieces = Decoder(encoding).feed(encode[encoding](zeros))
    sizes = [len(next(pieces)) for _ in range(10)]
    assert max(sizes) <= 2 * PIECE
