"""Asking for a run so that an executor is ready for it when it is there."""

import asyncio
import time
from typing import Any

from runner import messaging, prepared, runs
from runner.protocol import channel
from runner.protocol.messages import StartInteractive

WARM_SECONDS = 0.05  # who has looked for a run so lately is quick


class Asking:
    """Of one web worker."""

    def __init__(self) -> None:
        self._asked_at = float("-inf")

    async def ask(self, user: Any, start: StartInteractive, viewer: str) -> tuple[Any, int]:
        """As `runs.acreate_run`. Executors are told while the database writes it.

        They look for it in vain then, and again when it is there: what a process and its connection
        to the database have not done for 0.1 s takes them several times as long. On SQLite, which
        has one writer at a time, looking would hold it up.
        """
        before, self._asked_at = self._asked_at, time.monotonic()
        asking = runs.acreate_run(user, start, viewer)
        if self._asked_at - before < WARM_SECONDS or not prepared.at_hand():
            return await asking
        asked, _ = await asyncio.gather(asking, messaging.send_to_executors(channel.Expect("")))
        return asked


ask = Asking().ask
