"""What a socket leaves behind when it ends in the middle of something."""

import asyncio
from typing import Any

import pytest
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
