"""Which languages programs can be run in, as the executors report them.

Executors have the least trust: of their rows only ids that this code knows count, with what looks
like a version.
"""

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from runner.languages import LANGUAGES, PYTHON, Language
from runner.models import Executor
from runner.protocol.reasons import Reason, ReasonCode
from runner.runs import heartbeats

FRESH_SECONDS = 5.0  # so often a process reads the rows at most, however many pages it makes
VERSION = re.compile(r"[\w.+-]{1,20}")
MOST_VERSIONS = 3  # shown of one language
NO_VERSION = ""  # an executor without one runs programs all the same


@dataclass(frozen=True, slots=True)
class Offers:
    """`executors`: for each that is alive its languages with their versions. Where none is, what
    the last one had: programs wait for it."""

    executors: tuple[Mapping[str, str], ...]

    def __contains__(self, language: str) -> bool:
        return any(language in each for each in self.executors)

    def version(self, language: str) -> str:
        """All that a program may get, the oldest first: any of these executors may take it."""
        found = {each[language] for each in self.executors if each.get(language)}
        return " / ".join(sorted(found, key=_in_order)[:MOST_VERSIONS])


def read_offers() -> Offers:
    able = Executor.objects.exclude(sandbox="")
    rows = list(_reported(heartbeats.alive_executors() & able))
    if not rows:
        rows = list(_reported(able.order_by("-started_at")[:1]))
    return Offers(tuple(map(_known, rows)) or (MappingProxyType({PYTHON.id: NO_VERSION}),))


def why_unavailable(language: Language, *, staff: bool) -> Reason:
    """`staff`: to be told what an operator can do about it."""
    if staff:
        command = f"make languages ARGS={language.id}"
        return ReasonCode.LANGUAGE_TO_INSTALL, {"language": language.name, "command": command}
    return ReasonCode.LANGUAGE_UNAVAILABLE, {"language": language.name}


def _reported(executors: Iterable[Executor]) -> Iterable[object]:
    return (executor.languages for executor in executors)


def _known(reported: object) -> Mapping[str, str]:
    if not isinstance(reported, dict):
        return {}
    return {
        language: version
        for language in LANGUAGES
        if isinstance(version := reported.get(language), str)
        and (version == NO_VERSION or VERSION.fullmatch(version))
    }


def _in_order(version: str) -> list[tuple[int, str]]:
    """3.9 comes before 3.11."""
    return [(int(part) if part.isdecimal() else -1, part) for part in re.split("[.+-]", version)]


class CachedOffers:
    """Those of a few seconds ago."""

    def __init__(self) -> None:
        self._offers: Offers | None = None
        self._read_at = float("-inf")

    def get(self) -> Offers:
        now = time.monotonic()
        if self._offers is None or now - self._read_at > FRESH_SECONDS:
            self._offers, self._read_at = read_offers(), now
        return self._offers

    def forget(self) -> None:
        self._offers = None


cached_offers = CachedOffers()
