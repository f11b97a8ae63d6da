"""Static files beside Brotli and gzip versions of themselves, and what Brotli made of them before.

Brotli's best level takes 0.4 MB a second, and most files are the same from build to build: what it
made is kept in the user's cache folder, by content, so that a build of a page takes seconds.
"""

import contextlib
import hashlib
import os
import time
from pathlib import Path
from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedStaticFilesStorage

MAX_AGE = 30 * 24 * 3600  # seconds: what no build has used for so long is deleted
SMALLEST = 16 * 1024  # bytes: smaller files take less than a millisecond for each of these


def cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "coderunner" / "brotli"


class CachingCompressor(Compressor):  # type: ignore[misc] # WhiteNoise has no types
    """`folder`: where results are kept. A result that cannot be kept is used all the same."""

    def __init__(self, folder: Path, **options: Any) -> None:
        super().__init__(**options)
        self._folder = folder

    def compress_brotli(self, data: bytes) -> bytes:
        if len(data) < SMALLEST:
            return self._compressed(data)
        kept = self._folder / hashlib.sha256(data).hexdigest()
        try:
            compressed = kept.read_bytes()
            os.utime(kept)
        except OSError:
            compressed = self._compressed(data)
            self._keep(kept, compressed)
        return compressed

    def _compressed(self, data: bytes) -> bytes:
        return bytes(Compressor.compress_brotli(data))

    def _keep(self, kept: Path, compressed: bytes) -> None:
        unfinished = kept.with_name(f"{kept.name}.{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished.write_bytes(compressed)
            unfinished.replace(kept)  # another build at the same time never reads half of it
        except OSError:  # a full disk, or a home that is read-only
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)

    def forget_unused(self) -> None:
        oldest = time.time() - MAX_AGE
        for kept in self._folder.glob("*"):
            if kept.stat().st_mtime < oldest:
                kept.unlink(missing_ok=True)


class CachedStaticFilesStorage(CompressedStaticFilesStorage):  # type: ignore[misc] # as above
    def create_compressor(self, **options: Any) -> Compressor:
        compressor = CachingCompressor(cache_folder(), **options)
        compressor.forget_unused()
        return compressor
