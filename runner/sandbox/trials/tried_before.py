"""Remembers over restarts which toolchains have passed their test on this machine.

Executors read what they or `manage.py doctor --languages` have tried. A toolchain is known by a
fingerprint of all that the result depends on, so what was installed since is tried anew. Only what
has passed is remembered: a machine that is busy fails tests.
"""

import hashlib
import json
import logging
import os
import re
from pathlib import Path

from runner.languages import Language, on_host

logger = logging.getLogger(__name__)
MOST = 200  # of several executors, with different images, on one machine
MOST_BYTES = 64 * 1024
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
VERSION = re.compile(r"[\w.+-]{0,20}")


class TriedBefore:
    """The versions of toolchains by their fingerprints, in a file of this machine's. Where it
    cannot be written all are tried at each start."""

    def __init__(self, path: Path, *depends_on: str) -> None:
        """`depends_on`: what else the result of a trial depends on."""
        self._path = path
        self._depends_on = depends_on
        self._writable = True
        self._definitions: dict[str, tuple[Language, str]] = {}

    def fingerprint(self, language: Language) -> str | None:
        """None when something that it needs is missing."""
        try:
            found = [(str(path), path.stat()) for path in map(on_host, language.needs)]
        except OSError:
            return None
        files = [(path, stat.st_size, stat.st_mtime_ns) for path, stat in found]
        return _digest((self._definition(language), files, self._depends_on))

    def _definition(self, language: Language) -> str:
        """Asked at each heartbeat, and a definition is long: its digest is kept."""
        known, digest = self._definitions.get(language.id, (None, ""))
        if known is not language:
            digest = _digest(language)
            self._definitions[language.id] = language, digest
        return digest

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
        """Another process of this machine may add its own: the last of two in one instant wins,
        and the other language is tried once more."""
        self._write(self.read() | {fingerprint: version})

    def forget(self, fingerprint: str) -> None:
        """One that has passed, and fails by now."""
        kept = self.read()
        if kept.pop(fingerprint, None) is not None:
            self._write(kept)

    def _write(self, kept: dict[str, str]) -> None:
        if not self._writable:
            return
        last = dict(list(kept.items())[-MOST:])
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            draft.write_text(json.dumps(last))
            draft.replace(self._path)
        except OSError as error:
            logger.warning("Languages are tried at each start: %s", error)
            self._writable = False


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()


def _is_entry(entry: tuple[object, object]) -> bool:
    fingerprint, version = entry
    return (
        isinstance(fingerprint, str)
        and isinstance(version, str)
        and bool(FINGERPRINT.fullmatch(fingerprint) and VERSION.fullmatch(version))
    )
