"""This web worker's part of everybody's open sockets."""

import asyncio
import logging

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from runner import sockets
from runner.database import in_database

logger = logging.getLogger(__name__)


class OpenSockets:
    def __init__(self) -> None:
        self._open: set[int] = set()
        self._keeping: asyncio.Task[None] | None = None

    async def enter(self, user: int) -> int | None:
        """What `leave` wants to know; None when the user has enough, on whichever worker."""
        socket = await in_database(sockets.enter, user)
        if socket is not None:
            self._open.add(socket)
            if self._keeping is None or self._keeping.done():
                self._keeping = asyncio.create_task(self._keep())
        return socket

    async def leave(self, socket: int) -> None:
        self._open.discard(socket)
        if not self._open and self._keeping is not None:
            self._keeping.cancel()
        try:
            await in_database(sockets.leave, socket)
        except (DatabaseError, InterfaceError) as error:  # nobody keeps it: it is forgotten
            logger.warning("A socket's end could not be noted: %s", error)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(settings.LIMITS.socket_seen_seconds)
            try:
                await in_database(sockets.keep, list(self._open))
            except (DatabaseError, InterfaceError) as error:
                logger.warning("Open sockets could not be noted: %s", error)
