"""This web worker's part of everybody's open sockets."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from runner import access, upkeep
from runner.infrastructure.database import in_database, in_database_with_retry
from runner.terminal.gate import socket_rows

logger = logging.getLogger(__name__)
LOOK_SECONDS = 2.0  # between two looks whether people are signed in still


class OpenSockets:
    def __init__(self) -> None:
        self._open: dict[int, tuple[access.Pass, Callable[[], None]]] = {}
        self._keeping: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def enter(
        self, by: access.Pass, expel: Callable[[], None], most_in_room: int = 0
    ) -> int | None:
        """What `leave` wants to know; None when the user has enough, on whichever worker, or so
        many pages of the room are open (0: the socket is no page of it).

        `expel` is called when the pass is valid no more.
        """
        room = by.room if most_in_room else None
        by_session = by.user_id, by.classroom, by.session
        socket = await in_database(socket_rows.enter, *by_session, room, most_in_room)
        if socket is not None:
            self._open[socket] = by, expel
            if self._keeping is None or self._keeping.done():
                self._keeping = asyncio.create_task(self._keep())
        return socket

    def watch(self, socket: int | None, run: UUID | None, role: str | None = None) -> None:
        """The socket shows somebody else's run from now on; it is expelled when it may not, or not
        in the `role` that it has in the room of the run."""
        if socket is not None and socket in self._open:
            by, expel = self._open[socket]
            self._open[socket] = replace(by, run=run, run_role=role), expel

    def leave(self, socket: int) -> None:
        """Waits for nothing: what the database does not take at once is noted later."""
        self._open.pop(socket, None)
        if not self._open and self._keeping is not None:
            self._keeping.cancel()
        leaving = asyncio.create_task(in_database_with_retry(socket_rows.leave, socket))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    async def _keep(self) -> None:
        kept_at = time.monotonic()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self._expel_who_signed_out()
                if time.monotonic() - kept_at >= settings.LIMITS.socket_seen_seconds:
                    kept_at = time.monotonic()
                    await in_database(socket_rows.keep, list(self._open))
                    upkeep.do_soon()
            except (DatabaseError, InterfaceError) as error:
                logger.warning("Checking open sockets failed: %s", error)
            except Exception:  # of one look; else nobody looks any more
                logger.exception("Checking open sockets failed.")

    async def _expel_who_signed_out(self) -> None:
        looked_at = list(self._open.values())
        valid = await in_database(access.still_signed_in, {by for by, _ in looked_at})
        for by, expel in looked_at:
            if by not in valid:
                expel()
