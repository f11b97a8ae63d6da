"""What Brotli made of a file is used again by the next build."""

import os
from pathlib import Path

import brotli
import pytest
from whitenoise.compress import Compressor

from coderunner.compressed_files import MAX_AGE, SMALLEST, CachingCompressor

DATA = b"as large as a file that takes time " * SMALLEST


@pytest.fixture
def compressor(tmp_path: Path) -> CachingCompressor:
    return CachingCompressor(tmp_path / "kept", quiet=True)


def refuse(data: bytes) -> bytes:
    raise AssertionError(f"{len(data)} bytes are compressed once more")


def test_a_file_is_compressed_once(
    compressor: CachingCompressor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = compressor.compress_brotli(DATA)
    assert brotli.decompress(first) == DATA
    monkeypatch.setattr(Compressor, "compress_brotli", staticmethod(refuse))
    assert compressor.compress_brotli(DATA) == first
    with pytest.raises(AssertionError, match="once more"):
        compressor.compress_brotli(DATA + b"another")


def test_a_folder_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    compressor = CachingCompressor(tmp_path / "file" / "kept", quiet=True)
    assert brotli.decompress(compressor.compress_brotli(DATA)) == DATA


def test_what_no_build_has_used_for_a_month_is_deleted(
    compressor: CachingCompressor, tmp_path: Path
) -> None:
    for data in (DATA, DATA + DATA):
        compressor.compress_brotli(data)
    old, new = (tmp_path / "kept").iterdir()
    long_ago = old.stat().st_mtime - MAX_AGE - 1
    os.utime(old, (long_ago, long_ago))
    compressor.forget_unused()
    assert list((tmp_path / "kept").iterdir()) == [new]
