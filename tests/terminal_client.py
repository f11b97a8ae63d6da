"""A browser's side of the terminal protocol, strict about what it may rely on."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import WebServer

WAIT_SECONDS = 30.0  # where much else runs too; what is there is not waited for
FRAME_HEADER_BYTES = 8
SITE = "the site's own"

Message = dict[str, Any]
T = TypeVar("T")


class TerminalClient:
    """Messages are taken from `inbox` by waiting for them; output is put together in `output`.

    Every frame must begin where the last one ended; a `gap` moves that place, an `exit` must name
    it. What breaks this is raised by whatever is awaited next.
    """

    def __init__(self, socket: ClientConnection, auto_ack: bool = True) -> None:
        self.socket = socket
        self.auto_ack = auto_ack
        self.bytes_per_second: float | None = None  # how fast it reads; None: as fast as it can
        self.inbox: list[Message] = []
        # Types in order of arrival; a series of frames is one "output".
        self.history: list[str] = []
        self.output = bytearray()  # since the start, or since the last `attach`
        self.offset = 0  # the end of `output`, in the run's own counting
        self.run: str | None = None
        self._last_seq = 0
        self._broken: Exception | None = None
        self._arrived = asyncio.Condition()
        self._reader = asyncio.create_task(self._read())

    # --- Talking -----------------------------------------------------------------------------
    async def send(self, kind: str, **fields: Any) -> None:
        await self.socket.send(json.dumps({"type": kind, **fields}))

    async def request_start(self, source: str, **fields: Any) -> None:
        """Asks for a Python program to be run; see `start`."""
        self.output.clear()
        self.offset = self._last_seq = 0
        files = [{"path": "main.py", "content": source}]
        message = {"language": "python", "files": files, "rows": 24, "cols": 80}
        await self.send("start_interactive", **message | fields)

    async def start(self, source: str, **fields: Any) -> Message:
        """Runs a Python program; returns `started`."""
        await self.request_start(source, **fields)
        return await self.wait_for("started")

    async def attach(self, run: str, offset: int) -> Message:
        """Goes on from that byte; returns `attached`."""
        self.output.clear()
        self.run, self.offset = run, offset
        await self.send("attach", run=run, offset=offset)
        attached = await self.wait_for("attached")
        self._last_seq = attached["input_seq"]
        return attached

    async def type(self, text: str) -> int:
        """Sends input; returns its `seq`."""
        self._last_seq += 1
        await self.send("send_input", seq=self._last_seq, data=text)
        return self._last_seq

    def typed(self, seq: int) -> None:
        """Inputs up to `seq` were sent by other means."""
        self._last_seq = seq

    async def ack(self) -> None:
        """Acknowledges all that has arrived. Needed only without `auto_ack`."""
        await self.send("ack", offset=self.offset)

    # --- Listening ---------------------------------------------------------------------------
    async def wait_for(self, kind: str, seconds: float = WAIT_SECONDS, **fields: Any) -> Message:
        """Takes the first such message out of the inbox, past or future."""
        wanted = {"type": kind, **fields}

        def find() -> Message | None:
            return next((m for m in self.inbox if wanted.items() <= m.items()), None)

        message = await self._until(find, f"a message with {wanted}", seconds)
        self.inbox.remove(message)
        return message

    async def wait_for_output(self, text: str | bytes, seconds: float = WAIT_SECONDS) -> bytes:
        """All output so far, once it contains `text`."""
        wanted = text.encode() if isinstance(text, str) else text
        await self._until(lambda: wanted in self.output or None, f"output {wanted!r}", seconds)
        return bytes(self.output)

    async def wait_for_bytes(self, offset: int, seconds: float = WAIT_SECONDS) -> bytes:
        """All output so far, once it reaches `offset`."""
        await self._until(lambda: self.offset >= offset or None, f"{offset} bytes", seconds)
        return bytes(self.output)

    async def wait_for_exit(self, outcome: Outcome, seconds: float = WAIT_SECONDS) -> Message:
        """The end of the run, which must have this outcome."""
        end = await self.wait_for("exit", seconds)
        assert end["outcome"] == outcome, f"{end}: {self._described()}"
        return end

    async def wait_for_error(self, code: str, seconds: float = WAIT_SECONDS) -> Message:
        return await self.wait_for("error", seconds, code=code)

    async def settled(self) -> None:
        """All that was sent before has been looked at: the server answers in order."""
        await self.send("ping", id="settled")
        await self.wait_for("pong", id="settled")

    async def wait_for_close(self, seconds: float = WAIT_SECONDS) -> int | None:
        """The close code, when the server hangs up."""
        async with asyncio.timeout(seconds):
            await self.socket.wait_closed()
        return self.socket.close_code

    async def _until(self, find: Callable[[], T | None], what: str, seconds: float) -> T:
        try:
            async with asyncio.timeout(seconds), self._arrived:
                while (found := find()) is None:
                    if self._broken:
                        raise AssertionError(f"no {what}: {self._described()}") from self._broken
                    await self._arrived.wait()
                return found
        except TimeoutError:
            raise AssertionError(f"no {what} in {seconds} s: {self._described()}") from None

    def _described(self) -> str:
        end = bytes(self.output[-200:])
        return f"inbox {self.inbox}, {self.offset} bytes of output ending with {end!r}"

    async def _read(self) -> None:
        try:
            async for frame in self.socket:
                if isinstance(frame, bytes):
                    self._take_output(frame)
                    if self.bytes_per_second is not None:
                        await asyncio.sleep(len(frame) / self.bytes_per_second)
                    if self.auto_ack:
                        await self.ack()
                else:
                    self._take_message(json.loads(frame))
                await self._notify()
            raise ConnectionError(f"the server hung up ({self.socket.close_code})")
        except (AssertionError, ConnectionClosed, ConnectionError) as error:
            self._broken = error
            await self._notify()

    async def _notify(self) -> None:
        async with self._arrived:
            self._arrived.notify_all()

    def _take_output(self, frame: bytes) -> None:
        start = int.from_bytes(frame[:FRAME_HEADER_BYTES], "big")
        assert len(frame) > FRAME_HEADER_BYTES, f"an empty frame at {start}"
        assert start == self.offset, f"a frame begins at {start}, {self.offset} was due"
        self.output += frame[FRAME_HEADER_BYTES:]
        self.offset = start + len(frame) - FRAME_HEADER_BYTES
        self._note("output")

    def _take_message(self, message: Message) -> None:
        self._note(message["type"])
        match message["type"]:
            case "queued" | "started":
                self.run = message["run"]
            case "gap":
                assert message["from"] == self.offset, f"{message}, but {self.offset} was due"
                self.offset = message["to"]
            case "exit" if message["outcome"] != "executor_lost":
                assert message["output_bytes"] == self.offset, f"{message}, at {self.offset}"
        self.inbox.append(message)

    def _note(self, kind: str) -> None:
        if kind != "output" or self.history[-1:] != ["output"]:
            self.history.append(kind)

    async def close(self) -> None:
        await self.socket.close()
        await self._reader

    async def cut(self) -> None:
        """As a train in a tunnel: no closing handshake."""
        self.socket.transport.abort()
        await self._reader


@asynccontextmanager
async def open_terminal(
    server: WebServer,
    user: SignedIn | None,
    *,
    auto_ack: bool = True,
    origin: str | None = SITE,
    headers: Mapping[str, str] | None = None,
) -> AsyncIterator[TerminalClient]:
    """A connected terminal after `connected`. Origin: the site's own, unless given; None: no such
    header. A refused handshake raises `websockets.exceptions.InvalidStatus`.
    """
    if origin == SITE:
        origin = server.url
    async with connect(
        server.websocket_url,
        origin=Origin(origin) if origin else None,
        additional_headers=({"Cookie": user.cookie} if user else {}) | dict(headers or {}),
        max_size=None,
        proxy=None,
    ) as socket:
        client = TerminalClient(socket, auto_ack)
        try:
            await client.wait_for("connected")
            yield client
        finally:
            await client.close()
