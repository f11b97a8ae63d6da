"""A connection to the X server of a GUI run, from its greeting on."""

import asyncio
import socket

from runner.executor.screens import rfb
from runner.sandbox import Sandbox

GREETING_SECONDS = 5.0


class ScreenConnection:
    """`size`: of the screen, when it was connected to."""

    def __init__(self, ours: socket.socket, size: tuple[int, int]) -> None:
        self._socket, self.size = ours, size

    async def send(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._socket, data)

    async def receive(self, most: int) -> bytes:
        """Some bytes; none at the end."""
        return await asyncio.get_running_loop().sock_recv(self._socket, most)

    def close(self) -> None:
        self._socket.close()


async def connect(sandbox: Sandbox, encodings: tuple[int, ...]) -> ScreenConnection:
    """Raises OSError without an X server, BadScreen or TimeoutError if it is none of ours."""
    ours = await sandbox.connect_to_screen()
    try:
        async with asyncio.timeout(GREETING_SECONDS):
            return ScreenConnection(ours, await _greet(ours, encodings))
    except BaseException:
        ours.close()
        raise


async def _greet(ours: socket.socket, encodings: tuple[int, ...]) -> tuple[int, int]:
    loop = asyncio.get_running_loop()

    async def exactly(count: int) -> bytes:
        data = b""
        while len(data) < count:
            if not (more := await loop.sock_recv(ours, count - len(data))):
                raise rfb.BadScreen("it ended in its greeting")
            data += more
        return data

    if await exactly(len(rfb.VERSION)) != rfb.VERSION:
        raise rfb.BadScreen("another version")
    await loop.sock_sendall(ours, rfb.VERSION)
    (count,) = await exactly(1)
    if rfb.NO_AUTHENTICATION not in await exactly(count):
        raise rfb.BadScreen("it asks for a password")
    await loop.sock_sendall(ours, bytes([rfb.NO_AUTHENTICATION]))
    if any(await exactly(4)):
        raise rfb.BadScreen("it refuses")
    await loop.sock_sendall(ours, rfb.SHARED)
    width, height, _, length = rfb.INIT.unpack(await exactly(rfb.INIT.size))
    if length > rfb.MOST_NAME:
        raise rfb.BadScreen(f"a name of {length} bytes")
    await exactly(length)
    await loop.sock_sendall(ours, rfb.set_pixels() + rfb.set_encodings(encodings))
    return rfb.checked_size(width, height)
