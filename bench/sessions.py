"""Many terminals at once, held by one client: ours, terminado's, and bare pseudo-terminals.

Every session runs the same program, which waits at `input()`; a key is answered by its echo.
"""

import asyncio
import json
import os
import pty
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Protocol, TypeVar

from websockets.asyncio.client import ClientConnection, connect

from bench import terminals
from bench.local import PYTHON
from bench.site import Site
from bench.terminals import CAT

AT_ONCE = 20  # programs being started at the same time
KEY_SECONDS = 0.1  # between two keys of somebody who types fast

T = TypeVar("T")


class Session(Protocol):
    async def echo(self) -> None:
        """Types one key and waits for its echo."""

    async def rest(self) -> None:
        """What happens before the next key, when somebody has seen the echo."""


class OurSession:
    def __init__(self, socket: ClientConnection, offset: int) -> None:
        self.socket, self._offset, self._seq = socket, offset, 0

    async def echo(self) -> None:
        self._seq += 1
        key = {"type": "send_input", "seq": self._seq, "data": "x"}
        await self.socket.send(json.dumps(key))
        self._offset = await terminals.next_output(self.socket)

    async def rest(self) -> None:
        await terminals.ack(self.socket, self._offset)


class TerminadoSession:
    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def echo(self) -> None:
        await self._socket.send(json.dumps(["stdin", "x"]))
        await self.output()

    async def rest(self) -> None:
        pass

    async def output(self) -> None:
        while json.loads(await self._socket.recv())[0] != "stdout":
            pass


class RawSession:
    """A program on a pseudo-terminal of this very process."""

    def __init__(self) -> None:
        self._master, slave = pty.openpty()
        self.child = subprocess.Popen([PYTHON, "-c", CAT], stdin=slave, stdout=slave, stderr=slave)
        os.close(slave)

    async def output(self) -> None:
        loop, came = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._master, came.set)
        await came.wait()
        loop.remove_reader(self._master)
        os.read(self._master, 65536)

    async def echo(self) -> None:
        os.write(self._master, b"x")
        await self.output()

    async def rest(self) -> None:
        pass

    def close(self) -> None:
        self.child.kill()
        self.child.wait()
        os.close(self._master)


async def all_of(count: int, open_one: Callable[[int], Awaitable[T]]) -> list[T]:
    """A few at a time: what is measured is many that are there, not many that come at once."""
    places = asyncio.Semaphore(AT_ONCE)

    async def in_turn(number: int) -> T:
        async with places:
            return await open_one(number)

    return await asyncio.gather(*map(in_turn, range(count)))


@asynccontextmanager
async def our_sessions(site: Site, count: int) -> AsyncIterator[list[OurSession]]:
    """Spread evenly over web workers and users."""
    async with AsyncExitStack() as stack:

        async def open_one(number: int) -> OurSession:
            server = site.workers[number % len(site.workers)]
            user = site.users[number % len(site.users)]
            socket = await stack.enter_async_context(terminals.open_socket(server, user))
            await terminals.request_start(socket, CAT)
            session = OurSession(socket, await terminals.next_output(socket))
            await session.rest()
            return session

        sessions = await all_of(count, open_one)
        yield sessions
        for session in sessions:
            await session.socket.send(json.dumps({"type": "stop"}))
        for session in sessions:
            await terminals.until_exit(session.socket)


@asynccontextmanager
async def terminado_sessions(port: int, count: int) -> AsyncIterator[list[TerminadoSession]]:
    async with AsyncExitStack() as stack:

        async def open_one(_number: int) -> TerminadoSession:
            url = f"ws://127.0.0.1:{port}/websocket"
            session = TerminadoSession(await stack.enter_async_context(connect(url, proxy=None)))
            await session.output()
            return session

        yield await all_of(count, open_one)


@asynccontextmanager
async def raw_sessions(count: int) -> AsyncIterator[list[RawSession]]:
    sessions: list[RawSession] = []

    async def open_one(_number: int) -> None:
        sessions.append(session := RawSession())
        await session.output()

    try:
        await all_of(count, open_one)
        yield sessions
    finally:
        for session in sessions:
            session.close()


async def typing(sessions: Sequence[Session], seconds: float) -> list[float]:
    """Seconds from each key to its echo; everybody types evenly, whether echoes come or not.

    A key that had to wait for the echo before it counts from when it should have been typed.
    """
    took: list[float] = []
    begin = time.perf_counter()

    async def type_on(number: int, session: Session) -> None:
        due = begin + KEY_SECONDS * number / len(sessions)
        while due < begin + seconds:
            pressed = due
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
                pressed = time.perf_counter()
            await session.echo()
            took.append(time.perf_counter() - pressed)
            await session.rest()
            due += KEY_SECONDS

    await asyncio.gather(*(type_on(number, session) for number, session in enumerate(sessions)))
    return took
