"""Finds out, while the executor runs, which languages work on it.

A language is offered when all that it needs is there and its self-test has passed in the sandbox.
That takes seconds for a compiler, so languages are tried one after the other, when nobody starts a
program; a trial beside which one starts is given up and begun again later. A toolchain that changes
is tried anew; one that failed is, too, after a while.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings

from runner.languages import PYTHON, Language
from runner.sandbox import TriedBefore, try_out, version_in_sandbox

logger = logging.getLogger(__name__)
RETRIES_SECONDS = 10.0  # between two looks whether one that failed shall be tried again
FIRST_SECONDS = 5.0  # of an executor: sandboxes are prepared then
QUIET_SECONDS = 2.0  # without a start: a class that starts together has started
MOST_PATIENCE_SECONDS = 120.0  # then a language is tried beside whatever starts
RETRY_SECONDS, MOST_RETRY_SECONDS = 10.0, 3600.0  # an upgrade of packages may have been going on
MOST_REASON = 300  # characters
NOT_TRIED = ""  # in place of why a language is withheld


class Tried(NamedTuple):
    version: str  # empty if it does not say
    problem: str  # empty if it works


Try = Callable[[Language], Awaitable[Tried]]


async def in_sandbox(language: Language) -> Tried:
    """As programs of students are run; also its version is asked there."""
    if problem := await try_out(language, language.self_test, settings.LIMITS):
        return Tried("", problem)
    return Tried(await version_in_sandbox(language, settings.LIMITS), "")


@dataclass(slots=True)
class _Toolchain:
    """One that is installed, as it was tried last."""

    fingerprint: str
    wanted_at: float  # when it was to be tried, or shall be again
    passed: bool = False
    failures: int = 0


class OwnLanguages:
    """`versions`: of the languages that are offered. `withheld`: why others are not, that are
    installed; empty for one that was not tried yet. Both by the languages' ids."""

    def __init__(
        self, languages: Mapping[str, Language], before: TriedBefore, try_out: Try = in_sandbox
    ) -> None:
        self.versions: dict[str, str] = {}
        self.withheld: dict[str, str] = {}
        self._languages = languages
        self._try_out = try_out
        self._before = before
        self._toolchains: dict[str, _Toolchain] = {}
        self._news = asyncio.Event()
        self._quiet_at = time.monotonic() + FIRST_SECONDS
        self._trial: asyncio.Task[Tried] | None = None
        self._patient_until = float("inf")

    async def begin(self, python: str) -> None:
        """Before the first program: Python has been tried, and has that version; what has passed
        before on this machine is offered at once."""
        self.versions[PYTHON.id] = python
        await self.look(passed=PYTHON.id)

    def note_start(self) -> None:
        """A program starts, which comes first."""
        now = time.monotonic()
        self._quiet_at = now + QUIET_SECONDS
        if self._trial is not None and now < self._patient_until:
            self._trial.cancel()

    async def run(self) -> None:
        """Tries what is installed, until cancelled."""
        while True:
            self._news.clear()
            while waiting := self._due(time.monotonic()):
                await self._try(waiting[0])
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(RETRIES_SECONDS):
                    await self._news.wait()

    # --- What is installed ---------------------------------------------------------------------
    async def look(self, passed: str = "") -> None:
        """Called at each heartbeat: what was installed or tried since, by whomever, counts from
        now on. `passed`: the language that needs no trial."""
        now = time.monotonic()
        found = await asyncio.to_thread(self._fingerprints)
        kept = {} if self._all_passed(found) else await asyncio.to_thread(self._before.read)
        for id, fingerprint in found.items():
            known = self._toolchains.get(id)
            if fingerprint is None:
                self._forget(id)
            elif known is None or known.fingerprint != fingerprint:
                self._toolchains[id] = _Toolchain(fingerprint, now, passed=id == passed)
                if id != passed:
                    self._withhold(id, NOT_TRIED)
                self._news.set()
            if fingerprint in kept and not self._toolchains[id].passed:
                self._pass(id, kept[fingerprint])

    def _all_passed(self, found: Mapping[str, str | None]) -> bool:
        known = {id: each.fingerprint for id, each in self._toolchains.items() if each.passed}
        return known == {id: fingerprint for id, fingerprint in found.items() if fingerprint}

    def _fingerprints(self) -> dict[str, str | None]:
        return {id: self._before.fingerprint(language) for id, language in self._languages.items()}

    def _forget(self, id: str) -> None:
        if self._toolchains.pop(id, None):
            logger.info("%s is no longer installed.", id)
        self.versions.pop(id, None)
        self.withheld.pop(id, None)

    def _pass(self, id: str, version: str) -> None:
        self._toolchains[id].passed = True
        self.versions[id] = version
        self.withheld.pop(id, None)
        logger.info("%s %s is offered.", id, version)

    def _withhold(self, id: str, why: str) -> None:
        self.versions.pop(id, None)
        self.withheld[id] = why

    # --- Trials --------------------------------------------------------------------------------
    def _due(self, now: float) -> list[str]:
        """In the order of menus."""
        known = self._toolchains
        return [id for id in known if not known[id].passed and known[id].wanted_at <= now]

    async def _try(self, id: str) -> None:
        toolchain = self._toolchains[id]
        self._patient_until = time.monotonic() + MOST_PATIENCE_SECONDS
        while (tried := await self._tried_in_peace(self._languages[id])) is None:
            pass
        if self._toolchains.get(id) is not toolchain or toolchain.passed:
            return  # another one by now, or tried by somebody else
        if tried.problem:
            self._note_failure(id, toolchain, tried.problem[:MOST_REASON])
            return
        self._pass(id, tried.version)
        await asyncio.to_thread(self._before.add, toolchain.fingerprint, tried.version)

    def _note_failure(self, id: str, toolchain: _Toolchain, why: str) -> None:
        pause = min(RETRY_SECONDS * 2**toolchain.failures, MOST_RETRY_SECONDS)
        toolchain.failures += 1
        toolchain.wanted_at = time.monotonic() + pause
        self._withhold(id, why)
        logger.warning("%s is installed, but not offered: %s", id, why)

    async def _tried_in_peace(self, language: Language) -> Tried | None:
        """None when it was given up for a program that started."""
        await self._until_quiet()
        self._trial = trial = asyncio.ensure_future(self._try_out(language))
        try:
            await asyncio.wait({trial})
            return None if trial.cancelled() else trial.result()
        except Exception:
            logger.exception("Trying %s failed.", language.id)
            return Tried("", "its test failed with an internal error")
        finally:
            self._trial = None
            trial.cancel()
            await asyncio.gather(trial, return_exceptions=True)

    async def _until_quiet(self) -> None:
        """The time until when moves with every start."""
        while (wait := min(self._quiet_at, self._patient_until) - time.monotonic()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(wait)
