"""Which languages programs can be run in, as the executors report them.

Executors have the least trust: of their rows only ids that this code knows count, with what looks
like a version. An executor tries each language before it reports it (`executor/languages.py`);
until it has, programs in that language may wait for it.
"""

import asyncio
import logging
import re
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import DatabaseError, InterfaceError

from runner.infrastructure.database import in_database
from runner.languages import (
    LANGUAGES,
    PACKAGES,
    PYTHON,
    WINDOWS,
    Language,
    command_to_install,
)
from runner.models import Executor
from runner.protocol.reasons import Reason, ReasonCode
from runner.protocol.refusals import Unavailable
from runner.runs import heartbeats
from runner.runs.packages import Packages, plausible_packages

logger = logging.getLogger(__name__)
FRESH_SECONDS = 5.0  # so often a process reads the rows, however many pages it makes
REFUSING_SECONDS = 1.0  # what is older refuses nobody
VERSION = re.compile(r"[\w.+-]{1,20}")
MOST_EXECUTORS = 500  # that are read, the newest ones; they may not say much, see the table
MOST_VERSIONS = 3  # shown of one language
DEBUGGER = "debugpy"  # the package that has it
NOT_TRIED = ""  # in place of why a language is withheld
MOST_REASON = 300  # characters of it that are shown


@dataclass(frozen=True, slots=True)
class Reported:
    """By one executor. `versions`: of the languages that it has; an empty one is not known.
    `untried`: those that it may have in a moment. `failing`: installed, but they do not work.
    `screens`: those whose programs may open windows."""

    versions: Mapping[str, str]
    packages: Packages = field(default_factory=dict)
    untried: frozenset[str] = frozenset()
    failing: frozenset[str] = frozenset()
    screens: frozenset[str] = frozenset()


# What every executor has. Executors of the version before claim any run, but have nothing else.
BASE = Reported({PYTHON.id: ""})


@dataclass(frozen=True, slots=True)
class Offers:
    """By each executor that is alive. Where none is, by the last one: programs wait for it."""

    executors: tuple[Reported, ...]

    def __contains__(self, language: object) -> bool:
        return any(language in each.versions for each in self.executors)

    def expects(self, language: str) -> bool:
        """Whether programs in it are run now, or may be in a moment."""
        return language in self or any(language in each.untried for each in self.executors)

    def version(self, language: str) -> str:
        """All that a program may get, the oldest first: any of these executors may take it."""
        found = {version for each in self.executors if (version := each.versions.get(language))}
        return " / ".join(sorted(found, key=_in_order)[:MOST_VERSIONS])

    def beside(self, language: str) -> Collection[str]:
        """The languages of the runs that one in `language` waits with: those of the executor that
        has it and the fewest others, which gets to it first. All, while none has it."""
        able = [each.versions for each in self.executors if language in each.versions]
        return min(able, key=len, default=LANGUAGES).keys()

    def packages(self, language: str) -> dict[str, str]:
        """What programs in it may import, by name, with all versions that they may get."""
        found: dict[str, set[str]] = {}
        for each in self.executors:
            for name, version in each.packages.get(language, {}).items():
                found.setdefault(name, set()).add(version)
        return {
            name: " / ".join(sorted(found[name], key=_in_order)[:MOST_VERSIONS])
            for name in sorted(found, key=str.lower)
        }

    def has_debugger(self, language: Language) -> bool:
        return language.can_debug and DEBUGGER in self.packages(language.id)

    def check_debugger(self, language: Language, *, staff: bool) -> None:
        """Raises `Unavailable` without one. `staff`: is told what an operator can do about it."""
        if self.has_debugger(language):
            return
        if not staff:
            raise Unavailable(ReasonCode.NO_DEBUGGER, language=language.name)
        command = command_to_install(PACKAGES)
        raise Unavailable(ReasonCode.NO_DEBUGGER_INSTALLED, language=language.name, command=command)

    def has_screen(self, language: Language) -> bool:
        return any(language.id in each.screens for each in self.executors)

    def check_screen(self, language: Language, *, staff: bool) -> None:
        """Raises `Unavailable` where no executor can show windows. `staff`: as above."""
        if self.has_screen(language):
            return
        if not staff:
            raise Unavailable(ReasonCode.NO_SCREEN, language=language.name)
        command = command_to_install(WINDOWS)
        raise Unavailable(ReasonCode.NO_SCREEN_INSTALLED, language=language.name, command=command)

    @property
    def languages(self) -> list[Language]:
        """All, in the order of menus: also versions of Python that only executors have."""
        reported = {id: LANGUAGES[id] for each in self.executors for id in each.versions}
        return sorted({**LANGUAGES, **reported}.values(), key=lambda language: language.order)

    def why_not(self, language: Language, *, staff: bool) -> Reason:
        """Why it is not available. `staff`: to be told what an operator can do about it."""
        figures: dict[str, int | str] = {"language": language.name}
        if self.expects(language.id):
            return ReasonCode.LANGUAGE_UNTRIED, figures
        if not staff:
            return ReasonCode.LANGUAGE_UNAVAILABLE, figures
        if any(language.id in each.failing for each in self.executors):
            return ReasonCode.LANGUAGE_FAILS, figures | {
                "command": f"manage.py doctor --languages {language.id}"
            }
        command = command_to_install(language.id)
        return ReasonCode.LANGUAGE_TO_INSTALL, figures | {"command": command}


def read_offers() -> Offers:
    able = Executor.objects.exclude(sandbox="").defer("metrics").order_by("-started_at")
    rows = list((able & heartbeats.alive_executors())[:MOST_EXECUTORS]) or list(able[:1])
    if any(row.withheld is None for row in rows):
        return Offers((BASE,))
    return Offers(tuple(map(reported_by, rows)) or (BASE,))


def reported_ids() -> set[str]:
    """Of all languages that programs in the queue may wait for, also those that only another
    version of this code knows. Empty while no executor is alive."""
    ids = {PYTHON.id}
    rows = heartbeats.alive_executors().exclude(sandbox="").values_list("languages", "withheld")
    if not rows:
        return set()
    for languages, withheld in rows:
        ids.update(_strings(languages))
        ids.update(language for language, why in _strings(withheld).items() if why == NOT_TRIED)
    return ids


def reported_screens() -> set[str]:
    """The languages whose windows a living executor can show."""
    alive = heartbeats.alive_executors().exclude(sandbox="")
    return {
        language
        for screens in alive.values_list("screens", flat=True)
        for language in _words(screens)
        if isinstance(language, str)
    }


def reported_by(row: Executor) -> Reported:
    versions, withheld = _strings(row.languages), _strings(row.withheld)
    held = {language: why for language, why in withheld.items() if language in LANGUAGES}
    return Reported(
        {
            language: version
            for language, version in versions.items()
            if language in LANGUAGES and (version == "" or VERSION.fullmatch(version))
        },
        packages=plausible_packages(row.packages),
        untried=frozenset(language for language, why in held.items() if why == NOT_TRIED),
        failing=frozenset(language for language, why in held.items() if why != NOT_TRIED),
        screens=frozenset(id for id in LANGUAGES if id in _words(row.screens)),
    )


def withheld_by(row: Executor) -> dict[str, str]:
    """Why it does not offer languages that are installed there, for people; by their ids."""
    withheld = _strings(row.withheld)
    return {id: withheld[id][:MOST_REASON] for id in LANGUAGES if id in withheld}


def _strings(reported: object) -> dict[str, str]:
    if not isinstance(reported, dict):
        return {}
    return {name: value for name, value in reported.items() if isinstance(value, str)}


def _words(reported: object) -> list[object]:
    return reported if isinstance(reported, list) else []


def _in_order(version: str) -> list[tuple[int, str]]:
    """3.9 comes before 3.11."""
    return [(int(part) if part.isdecimal() else -1, part) for part in re.split("[.+-]", version)]


class CachedOffers:
    """Those of a few seconds ago. Used by threads and by the event loop."""

    def __init__(self) -> None:
        self._offers: Offers | None = None
        self._read_at = float("-inf")
        self._reading: asyncio.Task[None] | None = None

    def get(self, seconds: float = FRESH_SECONDS) -> Offers:
        """No older than that."""
        if self._offers is None or self._age() > seconds:
            offers = read_offers()
            self._offers, self._read_at = offers, time.monotonic()
        return self._offers

    async def at_hand(self) -> Offers:
        """For who starts a program and waits for no other query: those of the last time, which are
        then read again."""
        if self._offers is None:
            return await in_database(self.get)
        if self._age() > FRESH_SECONDS and (self._reading is None or self._reading.done()):
            self._reading = asyncio.create_task(self._read())
        return self._offers

    async def _read(self) -> None:
        try:
            await in_database(self.get)
        except (DatabaseError, InterfaceError) as error:  # who starts a program is told
            logger.warning("Reading the languages of executors failed: %s", error)

    def forget(self) -> None:
        self._offers = None

    def _age(self) -> float:
        return time.monotonic() - self._read_at


cached_offers = CachedOffers()
