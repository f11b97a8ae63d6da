"""`manage.py doctor --languages`: each language's self-test in the sandbox of this machine."""

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from runner.languages import LANGUAGES, Language, missing
from runner.sandbox import try_out, version_in_sandbox


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


def check_languages(names: Iterable[str]) -> Iterator[LanguageCheck]:
    """In that order, each as soon as it was tried."""
    for name in names:
        language = LANGUAGES[name]
        if lacking := missing(language):
            seen = f"there is no {', '.join(lacking)}"
            yield LanguageCheck(name, language.name, "", False, 0.0, seen, fix_of(language))
        else:
            yield asyncio.run(_tried(language))


def fix_of(language: Language) -> str:
    return f'make languages ARGS="{language.id}"'


async def _tried(language: Language) -> LanguageCheck:
    begun = time.monotonic()
    problem = await try_out(language, language.self_test, settings.LIMITS)
    took = time.monotonic() - begun
    version = "" if problem else await version_in_sandbox(language, settings.LIMITS)
    fix = fix_of(language) if problem else ""
    return LanguageCheck(language.id, language.name, version, not problem, took, problem, fix)
