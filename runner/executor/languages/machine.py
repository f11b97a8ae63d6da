"""What programs find on the machine of an executor: found out at its start, and looked at again."""

import asyncio
import logging
from functools import partial

from django.conf import settings

from runner.executor.languages.again import until_found
from runner.executor.languages.installed import Installed
from runner.executor.languages.own_languages import OwnLanguages
from runner.executor.languages.windows import want_screen, with_windows
from runner.languages import LANGUAGES, PYTHON, packages_of, version_of
from runner.sandbox import TriedBefore, look_for_backend

logger = logging.getLogger(__name__)


class Machine:
    """`sandbox`: name of the limit backend; empty while no program can be run. `packages`: what
    programs may import, by the ids of languages. `screens`: ids of the languages whose programs
    may open windows."""

    def __init__(self, sandbox: str) -> None:
        self.sandbox = sandbox
        self.languages = _languages_in(sandbox)
        self.packages: dict[str, dict[str, str]] = {}
        self.screens: list[str] = []
        self._installed = Installed()

    async def look(self) -> None:
        """Before the first program."""
        await self.languages.begin(await asyncio.to_thread(version_of, PYTHON.version))
        self.packages = await asyncio.to_thread(packages_of, LANGUAGES.values())
        self.screens = await with_windows() if self.sandbox else []

    async def changed(self) -> bool:
        """Called at each heartbeat: whether sandboxes are made of something else since."""
        if not self._installed.changed():
            return False
        logger.info("What is installed has changed.")
        self.packages = await asyncio.to_thread(packages_of, LANGUAGES.values())
        return True

    async def until_usable(self) -> None:
        """Programs could not be run when this executor started. Bounded by nothing: who repairs
        the machine, or ends an upgrade, need not restart it."""
        backend = partial(look_for_backend, settings.LIMITS)
        found = await until_found(backend, "a sandbox that works")
        now = Machine(found)  # nothing is true any more that was found out without a sandbox
        await now.look()
        self.languages, self.packages, self.screens = now.languages, now.packages, now.screens
        self.sandbox = found  # from now on programs are claimed
        logger.warning("Programs can be run by now. Limit backend: %s.", found)

    async def until_windows(self) -> bool:
        """Whether there are some that were not there before."""
        if self.screens or not want_screen():
            return False
        self.screens = await until_found(with_windows, "an X server that starts")
        return True


def _languages_in(sandbox: str) -> OwnLanguages:
    before = TriedBefore(settings.TRIED_LANGUAGES_FILE, settings.VERSION, sandbox)
    return OwnLanguages(LANGUAGES, before)
