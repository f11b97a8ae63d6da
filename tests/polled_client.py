"""A browser's side of a polled socket, with the interface of a WebSocket: see `TerminalClient`."""

import asyncio
import contextlib
import json
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from itertools import cycle
from typing import Any

import httpx

from runner.protocol.polled import MAX_BATCH
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import TerminalClient

TOKEN = "t" * 32  # of CSRF; whoever can write cookies of the site may choose it
GIVE_UP_SECONDS = 10.0


class Browser:
    """Requests of one page. `servers`: a proxy gives each request to the next one."""

    def __init__(
        self,
        servers: Sequence[WebServer],
        user: SignedIn | None,
        origin: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.origin = origin or servers[0].url
        self._urls = cycle(server.url for server in servers)
        cookie = f"{user.cookie}; csrftoken={TOKEN}" if user else f"csrftoken={TOKEN}"
        site = servers[0].url.removeprefix("http://")
        own = {"Cookie": cookie, "Origin": self.origin, "X-CSRFToken": TOKEN, "Host": site}
        self.client = httpx.AsyncClient(headers=own | dict(headers or {}), timeout=60)

    async def post(self, kind: str, **asked: object) -> httpx.Response:
        return await self.post_text(kind, json.dumps(asked))

    async def post_text(self, kind: str, text: str, query: str = "") -> httpx.Response:
        headers = {"Content-Type": "application/json"}
        return await self.client.post(
            f"{next(self._urls)}/terminal/{kind}/{query}", content=text, headers=headers
        )

    async def open(self, query: str = "") -> str:
        """The name of a new socket."""
        answer = await self.post_text("open", "{}", query)
        assert answer.status_code == HTTPStatus.OK, answer.text
        return str(answer.json()["socket"])


class PolledConnection:
    """As the page does it: what is said while a request is on its way goes with the next one."""

    def __init__(self, browser: Browser, name: str) -> None:
        self.browser, self.name = browser, name
        self.close_code: int | None = None
        self.received = 0
        self._seq = 0
        self._ended = asyncio.Event()
        self._read_all = asyncio.Event()
        self._unsent: list[str] = []
        self._sending: asyncio.Task[None] | None = None
        # Answers for which a test wants the network to fail: then the request is repeated.
        self.loses: Callable[[str], bool] = lambda kind: False

    async def send(self, data: str | bytes) -> None:
        self._unsent.append(data if isinstance(data, str) else f"b{b64encode(data).decode()}")
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send_all())

    async def _send_all(self) -> None:
        while self._unsent:
            self._seq += 1
            batch, self._unsent = self._unsent[:MAX_BATCH], self._unsent[MAX_BATCH:]
            await self._repeated("send", seq=self._seq, messages=batch)

    async def __aiter__(self) -> AsyncIterator[str | bytes]:
        while not self._ended.is_set():
            answer = await self._repeated("poll", received=self.received)
            for number, frame in enumerate(answer.get("frames", ()), answer.get("first", 0)):
                if number == self.received + 1:
                    self.received = number
                    yield b64decode(frame[1:]) if frame[0] == "b" else frame[1:]
            if answer.get("closed") is not None:
                self._end(answer["closed"])
        self._read_all.set()

    async def _repeated(self, kind: str, **asked: object) -> dict[str, Any]:
        async with asyncio.timeout(GIVE_UP_SECONDS + 30):
            while not self._ended.is_set():
                with contextlib.suppress(httpx.TransportError):
                    answer = await self.browser.post(kind, socket=self.name, **asked)
                    if answer.status_code == HTTPStatus.OK and not self.loses(kind):
                        found: dict[str, Any] = answer.json()
                        return found
                    if answer.status_code == HTTPStatus.NOT_FOUND:
                        self._end(1006)
        return {}

    def _end(self, code: int) -> None:
        self.close_code = code
        self._ended.set()

    async def wait_closed(self) -> None:
        await self._ended.wait()

    async def close(self) -> None:
        if self._sending is not None:
            await self._sending
        if not self._ended.is_set():
            await self.browser.post("close", socket=self.name)
            await self._read_all.wait()  # the poll that waits has its answer now
            self._end(1000)
        await self.browser.client.aclose()


@asynccontextmanager
async def open_polled_terminal(
    servers: WebServer | Sequence[WebServer], user: SignedIn, *, auto_ack: bool = True
) -> AsyncIterator[TerminalClient]:
    """As `open_terminal`, over HTTP requests."""
    browser = Browser([servers] if isinstance(servers, WebServer) else servers, user)
    connection: Any = PolledConnection(browser, await browser.open())
    client = TerminalClient(connection, auto_ack)
    try:
        await client.wait_for("connected")
        yield client
    finally:
        await client.close()
