"""Asking for a run so that an executor is ready for it when it is there."""

import asyncio
import time
from typing import Any

from django.conf import settings

from runner import runs
from runner.infrastructure import loop_database, messaging
from runner.infrastructure.optimisations import Optimisation
from runner.protocol import channel
from runner.protocol.messages import StartInteractive

WARM_SECONDS = 0.05  # who has looked for a run so lately is quick


class Asking:
    """Of one web worker."""

    def __init__(self) -> None:
        self._told_at = float("-inf")

    async def ask(self, user: Any, start: StartInteractive, viewer: str) -> tuple[Any, int]:
        """As `runs.create_run`. Executors are told while the database writes it.

        They look for it in vain then, and again when it is there: what a process and its connection
        to the database have not done for 0.1 s takes them several times as long. On SQLite, which
        has one writer at a time, looking would hold it up.
        """
        telling = asyncio.create_task(self._tell())
        try:
            return await runs.create_run(user, start, viewer)
        finally:
            telling.cancel()  # if Redis is slower than the database, that is no help any more

    async def _tell(self) -> None:
        now = time.monotonic()
        wanted = Optimisation.EXPECT in settings.OPTIMISATIONS and loop_database.is_available()
        if wanted and now - self._told_at >= WARM_SECONDS:
            self._told_at = now
            await messaging.send_to_executors(channel.Expect(""))


ask = Asking().ask
