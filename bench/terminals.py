"""Measured through all of the product, as a browser would: WebSocket, worker, Redis, executor."""

import json
import time

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import TerminalClient, open_terminal

ACK_BYTES, ACK_QUIET_SECONDS = (
    32 * 1024,
    0.05,
)  # as the page does: static/src/common/run/ack_batch.ts
HEADER_BYTES = 8
ENDLESS = "import os\nline = b'x' * 79 + b'\\n'\nwhile True: os.write(1, line * 100)"
CAT = "print('ready')\nwhile True: input()"


async def first_output(terminal: TerminalClient, source: str) -> float:
    """Seconds from the request to the first byte of output."""
    began = time.perf_counter()
    await terminal.request_start(source)
    await terminal.wait_for_bytes(1)
    took = time.perf_counter() - began
    await terminal.wait_for_exit(Outcome.COMPLETED)
    terminal.inbox.clear()
    return took


def open_socket(server: WebServer, user: SignedIn) -> connect:
    """As bare as a client can be: what is measured is the server."""
    return connect(
        server.websocket_url,
        origin=Origin(server.url),
        additional_headers={"Cookie": user.cookie},
        max_size=None,
        proxy=None,
        compression=None,
    )


async def request_start(socket: ClientConnection, source: str) -> None:
    files = [{"path": "main.py", "content": source}]
    start = {"type": "start_interactive", "language": "python", "files": files}
    await socket.send(json.dumps(start | {"rows": 24, "cols": 80}))


async def ack(socket: ClientConnection, offset: int) -> None:
    await socket.send(json.dumps({"type": "ack", "offset": offset}))


async def next_output(socket: ClientConnection) -> int:
    """The offset behind the next output frame."""
    while not isinstance(frame := await socket.recv(), bytes):
        pass
    return int.from_bytes(frame[:HEADER_BYTES], "big") + len(frame) - HEADER_BYTES


async def until_exit(socket: ClientConnection) -> None:
    while isinstance(frame := await socket.recv(), bytes) or "outcome" not in json.loads(frame):
        pass


async def stop(socket: ClientConnection) -> None:
    await socket.send(json.dumps({"type": "stop"}))
    await until_exit(socket)


async def echoes(server: WebServer, user: SignedIn, count: int) -> list[float]:
    """Seconds from a key to its echo, one key at a time."""
    async with open_socket(server, user) as socket:
        await request_start(socket, CAT)
        offset = await next_output(socket)
        took: list[float] = []
        acked_at = 0.0
        for seq in range(1, count + 1):
            if time.perf_counter() - acked_at > ACK_QUIET_SECONDS:
                await ack(socket, offset)
                acked_at = time.perf_counter()
            began = time.perf_counter()
            await socket.send(json.dumps({"type": "send_input", "seq": seq, "data": "x"}))
            offset = await next_output(socket)
            took.append(time.perf_counter() - began)
        await stop(socket)
    return took


async def terminado_echoes(port: int, count: int) -> list[float]:
    took = []
    async with connect(f"ws://127.0.0.1:{port}/websocket", proxy=None) as socket:
        await socket.recv()  # its set-up message
        for _ in range(count):
            began = time.perf_counter()
            await socket.send(json.dumps(["stdin", "x"]))
            while json.loads(await socket.recv())[0] != "stdout":
                pass
            took.append(time.perf_counter() - began)
    return took


async def flood(server: WebServer, user: SignedIn, source: str) -> float:
    """Bytes per second to a client that acknowledges as fast as it can."""
    async with open_socket(server, user) as socket:
        began = time.perf_counter()
        await request_start(socket, source)
        total = acked = 0
        while True:
            frame = await socket.recv()
            if isinstance(frame, bytes):
                total += len(frame) - HEADER_BYTES
                if total - acked >= ACK_BYTES:
                    await ack(socket, total)
                    acked = total
            elif json.loads(frame)["type"] == "exit":
                return total / (time.perf_counter() - began)


async def interrupt(server: WebServer, user: SignedIn, bytes_per_second: float) -> float:
    """Seconds from ^C in a flood to the end of the run, for a client that reads that fast."""
    async with open_terminal(server, user) as terminal:
        terminal.bytes_per_second = bytes_per_second
        await terminal.start(ENDLESS)
        await terminal.wait_for_bytes(1024 * 1024)
        began = time.perf_counter()
        await terminal.type("\x03")
        await terminal.wait_for_exit(Outcome.FAILED)
        return time.perf_counter() - began
