"""One polled socket: it runs the application of WebSockets as Daphne does for a WebSocket."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from typing import Any

from runner.infrastructure.metrics import SENT_BYTES
from runner.infrastructure.server.polled.inbox import Inbox
from runner.infrastructure.server.polled.outbox import Outbox, encoded
from runner.limits import MIB
from runner.protocol.polled import PolledFrames

logger = logging.getLogger(__name__)
FULL_CHARACTERS = 512 * 1024  # of frames that wait for the browser, before output waits as well
TEXT_CHARACTERS = MIB  # … and before other messages wait
STALLED_SECONDS = 20.0  # a browser that takes nothing for so long has to come back
ABANDONED_SECONDS = 40.0  # … and so has one that asks for nothing: a poll takes 20 at most
ANSWER_SECONDS = 5.0  # to accept or refuse, as Daphne allows
PART_SECONDS = 10.0  # after its end, for what its consumer still does
LOST_CODE = 1006  # of RFC 6455: the connection is gone


class NeverSent(Exception):
    """The browser confirms frames that were in no answer."""


class PolledSocket:
    """`ended` is called once, when nothing more can be asked of it."""

    def __init__(self, ended: Callable[[], None]) -> None:
        self.inbox = Inbox()
        self._ended = ended
        self._outbox = Outbox()
        self._changed = asyncio.Condition()
        self._answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._closed: int | None = None
        self._polls = self._polling = 0
        self._seen_at = time.monotonic()
        self._tasks: list[asyncio.Task[None]] = []

    # --- Its life ----------------------------------------------------------------------------
    async def open(self, application: Any, scope: dict[str, Any]) -> str | None:
        """None when it was accepted, else why not: a reason code, or nothing."""
        await self.inbox.put({"type": "websocket.connect"})
        self._tasks = [
            asyncio.create_task(self._run(application, scope)),
            asyncio.create_task(self._watch()),
        ]
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await asyncio.shield(self._answer)
        except TimeoutError:
            await self.close()
            return ""

    async def _run(self, application: Any, scope: dict[str, Any]) -> None:
        try:
            await application(scope, self.inbox.get, self._send)
        except Exception:
            logger.exception("A polled socket failed.")
        finally:
            await self._finish(LOST_CODE)

    async def _watch(self) -> None:
        """Ends it when the browser is gone, and forgets it when the browser knows of its end."""
        while self._closed is None:
            await asyncio.sleep(1)
            if time.monotonic() - self._seen_at > ABANDONED_SECONDS and not self._polling:
                await self.close()
        await asyncio.wait(self._tasks[:1], timeout=PART_SECONDS)  # its consumer parts
        self._tasks[0].cancel()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PART_SECONDS), self._changed:
                await self._changed.wait_for(lambda: self._outbox.empty)
        self._ended()

    async def close(self) -> None:
        """The browser has left."""
        await self.inbox.put({"type": "websocket.disconnect", "code": LOST_CODE})
        await self._finish(LOST_CODE)

    async def _finish(self, code: int, reason: str = "") -> None:
        if not self._answer.done():
            self._answer.set_result(reason)
        async with self._changed:
            if self._closed is None:
                self._closed = code
            self._changed.notify_all()

    # --- From the consumer -------------------------------------------------------------------
    async def _send(self, message: dict[str, Any]) -> None:
        """`OSError` once it is closed, as ASGI has it."""
        if self._closed is not None:
            raise OSError("The socket is closed.")
        match message["type"]:
            case "websocket.accept" if not self._answer.done():
                self._answer.set_result(None)
            case "websocket.send":
                await self._put(message)
            case "websocket.close":
                await self._finish(message.get("code", 1000), message.get("reason") or "")

    async def _put(self, message: dict[str, Any]) -> None:
        data = message.get("bytes")
        SENT_BYTES.inc(len(data or b""))
        most = FULL_CHARACTERS if data is not None else FULL_CHARACTERS + TEXT_CHARACTERS
        async with self._changed:
            self._outbox.put(encoded(message))
            self._changed.notify_all()
            try:
                async with asyncio.timeout(STALLED_SECONDS):
                    await self._changed.wait_for(
                        lambda: self._outbox.characters < most or self._closed is not None
                    )
                return
            except TimeoutError:
                pass
        await self.close()

    # --- From the browser --------------------------------------------------------------------
    async def poll(self, received: int, seconds: float) -> PolledFrames:
        """What is there, else what comes within `seconds`; none when a newer request polls.

        Raises `NeverSent`."""
        self._polls += 1
        self._polling += 1
        mine, self._seen_at = self._polls, time.monotonic()
        try:
            async with self._changed:
                if not self._outbox.confirm(received):
                    raise NeverSent
                self._changed.notify_all()  # there may be room; an earlier poll gives way
                await self._news(mine, seconds)
                if mine != self._polls:
                    return PolledFrames(first=received + 1, frames=(), closed=None)
                return self._outbox.answer(self._closed)
        finally:
            self._polling -= 1
            self._seen_at = time.monotonic()

    async def _news(self, mine: int, seconds: float) -> None:
        def is_there() -> bool:
            return not self._outbox.empty or self._closed is not None or mine != self._polls

        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._changed.wait_for(is_there)
