"""This web worker's part of everybody's open sockets."""

import asyncio
import logging

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from runner import sockets
from runner.database import in_database, surely_in_database

logger = logging.getLogger(__name__)


class OpenSockets:
    def __init__(self) -> None:
        self._open: set[int] = set()
        self._keeping: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def enter(self, user: int) -> int | None:
        """What `leave` wants to know; None when the user has enough, on whichever worker."""
        socket = await in_database(sockets.enter, user)
        if socket is not None:
            self._open.add(socket)
            if self._keeping is None or self._keeping.done():
                self._keeping = asyncio.create_task(self._keep())
        return socket

    def leave(self, socket: int) -> None:
        """Waits for nothing: what the database does not take at once is noted later."""
        self._open.discard(socket)
        if not self._open and self._keeping is not None:
            self._keeping.cancel()
        leaving = asyncio.create_task(surely_in_database(sockets.leave, socket))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(settings.LIMITS.socket_seen_seconds)
            try:
                await in_database(sockets.keep, list(self._open))
            except (DatabaseError, InterfaceError) as error:
                logger.warning("Open sockets could not be noted: %s", error)
