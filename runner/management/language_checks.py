"""`manage.py doctor --languages`: each language's self-test in the sandbox of this machine.

What passes is remembered, and what fails forgotten: executors of this machine then need not try it.
"""

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from runner.languages import LANGUAGES, Language, command_to_install, missing
from runner.sandbox import TriedBefore, chosen_backend, try_out, version_in_sandbox


@dataclass(frozen=True, slots=True)
class LanguageCheck:
    """`seen`: what is wrong; empty if nothing is. `seconds`: of its self-test, 0 without one."""

    id: str
    name: str
    version: str
    ok: bool
    seconds: float
    seen: str = ""
    fix: str = ""


def tried_before() -> TriedBefore:
    """As executors of this machine have it."""
    return TriedBefore(settings.TRIED_LANGUAGES_FILE, settings.VERSION, chosen_backend().name)


def untried(names: Iterable[str]) -> list[str]:
    """Those that are installed and have not passed yet, as they are now."""
    before = tried_before()
    kept, found = before.read(), {name: before.fingerprint(LANGUAGES[name]) for name in names}
    return [name for name, fingerprint in found.items() if fingerprint and fingerprint not in kept]


def check_languages(names: Iterable[str]) -> Iterator[LanguageCheck]:
    """In that order, each as soon as it was tried."""
    before = tried_before()
    for name in names:
        language = LANGUAGES[name]
        fingerprint = before.fingerprint(language)
        if fingerprint is None:
            seen = f"there is no {', '.join(missing(language))}"
            yield LanguageCheck(
                name, language.name, "", False, 0.0, seen, command_to_install(language.id)
            )
            continue
        check = asyncio.run(_tried(language))
        if check.ok:
            before.add(fingerprint, check.version)
        else:
            before.forget(fingerprint)
        yield check


async def _tried(language: Language) -> LanguageCheck:
    begun = time.monotonic()
    problem = await try_out(language, language.self_test, settings.LIMITS)
    took = time.monotonic() - begun
    version = "" if problem else await version_in_sandbox(language, settings.LIMITS)
    fix = command_to_install(language.id) if problem else ""
    return LanguageCheck(language.id, language.name, version, not problem, took, problem, fix)
