"""Remembers over restarts which toolchains have passed their test on this machine.

A toolchain is known by a fingerprint of all that the result depends on, so what was installed
since is tried anew. Only what has passed is remembered: a machine that is busy fails tests.
"""

import hashlib
import json
import logging
import os
import re
from collections.abc import Iterable
from pathlib import Path

from runner.languages import Language

logger = logging.getLogger(__name__)
MOST = 200  # of several executors, with different images, on one machine
MOST_BYTES = 64 * 1024
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
VERSION = re.compile(r"[\w.+-]{0,20}")


def fingerprint_of(language: Language, needs: Iterable[Path], *more: str) -> str | None:
    """None when something that it needs is missing. `more`: what else the result depends on."""
    try:
        found = [(str(path), path.stat()) for path in needs]
    except OSError:
        return None
    files = [(path, stat.st_size, stat.st_mtime_ns) for path, stat in found]
    return hashlib.sha256(repr((language, files, more)).encode()).hexdigest()


class TriedBefore:
    """The versions of toolchains by their fingerprints, in a file of this executor's. Where it
    cannot be written all are tried at each start."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writable = True

    def read(self) -> dict[str, str]:
        """What is not well-formed is left out."""
        try:
            if self._path.stat().st_size > MOST_BYTES:
                return {}
            kept = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            logger.warning("Reading %s failed, all languages are tried: %s", self._path, error)
            return {}
        return dict(filter(_is_entry, kept.items())) if isinstance(kept, dict) else {}

    def add(self, fingerprint: str, version: str) -> None:
        """Another executor of this machine may add its own: the last of two in one instant wins,
        and the other language is tried once more."""
        if not self._writable:
            return
        kept = self.read() | {fingerprint: version}
        last = dict(list(kept.items())[-MOST:])
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            draft.write_text(json.dumps(last))
            draft.replace(self._path)
        except OSError as error:
            logger.warning("Languages are tried at each start: %s", error)
            self._writable = False


def _is_entry(entry: tuple[object, object]) -> bool:
    fingerprint, version = entry
    return (
        isinstance(fingerprint, str)
        and isinstance(version, str)
        and bool(FINGERPRINT.fullmatch(fingerprint) and VERSION.fullmatch(version))
    )
