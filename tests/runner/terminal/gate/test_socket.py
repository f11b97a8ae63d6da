"""What a socket leaves behind when it ends in the middle of something."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from autobahn.exception import Disconnected
from channels.layers import InMemoryChannelLayer, get_channel_layer
from channels.testing import WebsocketCommunicator

from runner.terminal.gate.socket import Socket

# Its end closes connections to the database that are too old, those of other tests too.
pytestmark = pytest.mark.django_db(transaction=True)
WAIT_SECONDS = 5


class Busy(Socket):
    """Shows output to a browser that takes none."""

    busy = asyncio.Event()

    async def connect(self) -> None:
        await self.accept()

    async def run_event(self, message: dict[str, Any]) -> None:
        self.busy.set()
        await asyncio.Event().wait()


async def test_messages_that_came_too_late_do_not_stay() -> None:
    layer = get_channel_layer()
    assert isinstance(layer, InMemoryChannelLayer)
    before = set(layer.channels)
    Busy.busy = asyncio.Event()
    browser = WebsocketCommunicator(Busy.as_asgi(), "/ws/terminal/")
    assert (await browser.connect(WAIT_SECONDS))[0]
    (channel,) = set(layer.channels) - before
    await layer.send(channel, {"type": "run.event"})
    async with asyncio.timeout(WAIT_SECONDS):
        await Busy.busy.wait()
    for _ in range(3):
        await layer.send(channel, {"type": "run.event"})
    await browser.disconnect(timeout=WAIT_SECONDS)
    assert set(layer.channels) <= before  # those of earlier tests may go meanwhile


class Closing:
    """A server whose browser has begun to leave: after the handshake it can be sent nothing."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.sent: list[str] = []
        self.receive({"type": "websocket.connect"})

    def receive(self, message: dict[str, Any]) -> None:
        self._messages.put_nowait(message)

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message["type"])
        if len(self.sent) > 1:
            raise self._error

    async def serve(self, socket: Socket) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            await socket({"type": "websocket"}, self._messages.get, self.send)


class Talkative(Socket):
    """Answers whatever comes, from either side, and in its own time."""

    def __init__(self) -> None:
        super().__init__()
        self.left = asyncio.Event()
        self.opened = asyncio.Event()

    async def connect(self) -> None:
        await self.accept()
        self.opened.set()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        for _ in range(3):
            await self.send_frame(text="an answer")

    async def run_event(self, message: dict[str, Any]) -> None:
        for _ in range(3):
            await self.send_frame(bytes=b"output")

    async def leave(self) -> None:
        self.left.set()


CLOSED = [Disconnected("Attempt to send on a closed protocol"), ConnectionResetError()]


async def answer_the_browser(server: Closing, socket: Talkative) -> None:
    server.receive({"type": "websocket.receive", "text": "a question"})


async def answer_an_executor(server: Closing, socket: Talkative) -> None:
    await get_channel_layer().send(socket.channel_name, {"type": "run.event"})


async def speak_by_itself(server: Closing, socket: Talkative) -> None:
    await socket.send_frame(text="news")


async def hang_up(server: Closing, socket: Talkative) -> None:
    await socket.close()


async def expel(server: Closing, socket: Talkative) -> None:
    socket.expel()


@pytest.mark.parametrize("error", CLOSED, ids=["Daphne", "ASGI 2.4"])
@pytest.mark.parametrize(
    "send", [answer_the_browser, answer_an_executor, speak_by_itself, hang_up, expel]
)
async def test_a_socket_that_can_send_no_more_ends_and_says_nothing(
    send: Callable[[Closing, Talkative], Awaitable[None]],
    error: Exception,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server, socket = Closing(error), Talkative()
    serving = asyncio.create_task(server.serve(socket))
    await socket.opened.wait()
    await send(server, socket)
    await serving  # raises what the server would log
    assert socket.left.is_set()
    assert not [record for record in caplog.records if record.levelno > logging.INFO]


async def test_another_error_of_a_server_is_not_swallowed() -> None:
    server, socket = Closing(ValueError("a bug")), Talkative()
    serving = asyncio.create_task(server.serve(socket))
    await socket.opened.wait()
    await answer_an_executor(server, socket)
    with pytest.raises(ValueError, match="a bug"):
        await serving
    assert socket.left.is_set()
