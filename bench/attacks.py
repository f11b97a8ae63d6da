# size: one table of attacks, each of a few lines
"""What a hostile account does, from a process of its own: `python -m bench.attacks KIND SECONDS`.

The target comes as JSON on standard input: `port`, `cookie`, `run` (a long one that has ended).
Each attack goes on as fast as it can, and prints how often it did what it does.
"""

import asyncio
import base64
import json
import os
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote

TEXT, PING, CONTINUATION = 0x1, 0x9, 0x0
SOCKETS, READERS, FORGERS = 15, 50, 700
NICE = 10  # an attacker has a machine of its own
START = {"type": "start_interactive", "language": "python", "rows": 24, "cols": 80}
NOISE = "import os; os.write(1, os.urandom(1_700_000))\n#" + "x" * 480_000
ENDLESS = "import os\nwhile True: os.write(1, b'x' * 65536)"


@dataclass
class Target:
    port: int
    cookie: str
    run: str
    done: int = field(default=0, init=False)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def request(self, path: str, method: str = "GET", **headers: str) -> bytes:
        lines = {"Host": self.host, "Cookie": self.cookie} | headers
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode()

    def handshake(self, **headers: str) -> bytes:
        key = base64.b64encode(os.urandom(16)).decode()
        upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
        upgrade |= {"Sec-WebSocket-Key": key, "Origin": f"http://{self.host}"}
        return self.request("/ws/terminal/", **upgrade | headers)


Attack = Callable[[Target], Awaitable[None]]
Connection = tuple[StreamReader, StreamWriter]


def frame(opcode: int, payload: bytes, *, last: bool = True) -> bytes:
    """Masked with zeros, which changes nothing."""
    size = len(payload)
    if size < 126:
        length = bytes([0x80 | size])
    elif size < 1 << 16:
        length = b"\xfe" + size.to_bytes(2, "big")
    else:
        length = b"\xff" + size.to_bytes(8, "big")
    return bytes([opcode | (0x80 if last else 0)]) + length + bytes(4) + payload


def message(kind: str, **fields: object) -> bytes:
    return frame(TEXT, json.dumps({"type": kind, **fields}).encode())


def program(source: str) -> bytes:
    files = [{"path": "main.py", "content": source}]
    return frame(TEXT, json.dumps(START | {"files": files}).encode())


async def connect(target: Target) -> Connection:
    reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
    writer.write(target.handshake())
    if b" 101 " not in await reader.readuntil(b"\r\n\r\n"):
        writer.close()
        await asyncio.sleep(0.2)
        raise ConnectionError("no handshake")
    return reader, writer


async def again_and_again(target: Target, attempt: Callable[[Target], Awaitable[None]]) -> None:
    while True:
        with suppress(OSError, EOFError, asyncio.IncompleteReadError):
            await attempt(target)


def on(count: int, attempt: Callable[[Target], Awaitable[None]]) -> Attack:
    """As many at once, each again whenever it was refused."""

    async def attack(target: Target) -> None:
        await asyncio.gather(*(again_and_again(target, attempt) for _ in range(count)))

    return attack


def sending(data: bytes, count: int, first: bytes = b"") -> Callable[[Target], Awaitable[None]]:
    """The same bytes for as long as the connection lasts, reading nothing. `count`: frames."""

    async def send(target: Target) -> None:
        _, writer = await connect(target)
        writer.transport.set_write_buffer_limits(1 << 16)
        writer.write(first)
        try:
            while True:
                writer.write(data)
                await writer.drain()
                target.done += count
                await asyncio.sleep(0)
        finally:
            writer.transport.abort()

    return send


async def open_and_close(target: Target) -> None:
    _, writer = await connect(target)
    target.done += 1
    writer.transport.abort()


def knocking(**headers: str) -> Callable[[Target], Awaitable[None]]:
    async def knock(target: Target) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
        writer.write(target.handshake(**headers))
        await reader.readuntil(b"\r\n\r\n")
        target.done += 1
        writer.transport.abort()

    return knock


async def knock_as_anybody(target: Target) -> None:
    await knocking(Cookie=made_up())(target)


async def ask_as_anybody(target: Target) -> None:
    await requesting("/", Cookie=made_up())(target)


def made_up() -> str:
    """Nobody knows that the session is not there before the database is asked."""
    return f"sessionid={os.urandom(16).hex()}"


def requesting(path: str, **headers: str) -> Callable[[Target], Awaitable[None]]:
    async def request(target: Target) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
        headers_sent = {"Connection": "close"} | headers
        writer.write(target.request(path.format(run=target.run), **headers_sent))
        while await reader.read(1 << 16):
            pass
        target.done += 1
        writer.close()

    return request


async def start_noise(target: Target) -> None:
    """Runs that leave 2 MB each, as fast as they end."""
    reader, writer = await connect(target)
    try:
        while True:
            writer.write(program(NOISE))
            await until_over(reader, writer, target)
            target.done += 1
    finally:
        writer.transport.abort()


async def until_over(reader: StreamReader, writer: StreamWriter, target: Target) -> None:
    """Acknowledges everything until the run has ended or was refused."""
    while True:
        opcode, payload = await next_frame(reader)
        if opcode == 2:
            end = int.from_bytes(payload[:8], "big") + len(payload) - 8
            writer.write(message("ack", offset=end))
        elif opcode == 8:
            raise ConnectionError("closed")
        elif opcode == 1 and json.loads(payload)["type"] in ("exit", "error"):
            return


async def next_frame(reader: StreamReader) -> tuple[int, bytes]:
    first, size = await reader.readexactly(2)
    if size == 126:
        size = int.from_bytes(await reader.readexactly(2), "big")
    elif size == 127:
        size = int.from_bytes(await reader.readexactly(8), "big")
    return first & 0xF, await reader.readexactly(size)


async def attach(target: Target) -> None:
    """To a run that has ended: all of its output is sent again."""
    reader, writer = await connect(target)
    try:
        while True:
            writer.write(message("attach", run=target.run, offset=0))
            await until_over(reader, writer, target)
            target.done += 1
    finally:
        writer.transport.abort()


async def read_slowly(target: Target) -> None:
    """Acknowledges an endless output that it does not read."""
    reader, writer = await connect(target)
    try:
        writer.write(program(ENDLESS))
        offset = 0
        while True:
            opcode, payload = await next_frame(reader)
            if opcode == 2:
                offset = int.from_bytes(payload[:8], "big") + len(payload) - 8
                writer.write(message("ack", offset=offset))
                target.done += 1
                await asyncio.sleep(0.5)
            elif opcode == 8 or (opcode == 1 and json.loads(payload)["type"] == "error"):
                return
    finally:
        writer.transport.abort()


WORD = quote("a" * 199 + "b")
LARGE = frame(TEXT, b'{"type": "ping", "id": "' + b"x" * 1_000_000 + b'"}')
FRAGMENTS = frame(CONTINUATION, b"", last=False) * 1000
ATTACKS: dict[str, Attack] = {
    "frames {} without reading": on(SOCKETS, sending(frame(TEXT, b"{}") * 1000, 1000)),
    "pings without reading": on(SOCKETS, sending(frame(PING, b"x" * 100) * 100, 100)),
    "frames of 1 MB": on(SOCKETS, sending(LARGE, 1)),
    "empty fragments": on(SOCKETS, sending(FRAGMENTS, 1000, frame(TEXT, b"", last=False))),
    "a slow reader of floods": on(3, read_slowly),
    "sockets opened and closed": on(READERS, open_and_close),
    "handshakes without a cookie": on(READERS, knocking(Cookie="")),
    "handshakes with a wrong cookie": on(READERS, knocking(Cookie="sessionid=" + "x" * 32)),
    "handshakes with made-up sessions": on(FORGERS, knock_as_anybody),
    "pages with made-up sessions": on(FORGERS, ask_as_anybody),
    "runs that leave 2 MB each": on(3, start_noise),
    "attaching to an ended run": on(SOCKETS, attach),
    "searching 64 MB": on(READERS, requesting(f"/snippets/?q={WORD}")),
    "the page of a long run": on(READERS, requesting("/runs/{run}/")),
    "the recording of a long run": on(READERS, requesting("/runs/{run}.cast")),
    "the workspace": on(READERS, requesting("/")),
}


async def _for(seconds: float, attack: Attack, target: Target) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await attack(target)


def main() -> None:
    kind, seconds = sys.argv[1:]
    target = Target(**json.load(sys.stdin))
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    os.nice(NICE)
    asyncio.run(_for(float(seconds), ATTACKS[kind], target))
    print(target.done)


if __name__ == "__main__":
    main()
