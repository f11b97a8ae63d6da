"""A client that does not read holds neither output nor a connection for ever."""

import asyncio
import gc
import weakref
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from runner.infrastructure.server import backpressure
from runner.infrastructure.server.backpressure import BackPressure


class Transport:
    """Of a connection as Twisted has it, whose buffer fills up when a test says so."""

    def __init__(self) -> None:
        self.connected = 1
        self.cut = asyncio.Event()
        self.producer: Any = None

    def unregisterProducer(self) -> None:
        self.producer = None

    def registerProducer(self, producer: Any, streaming: bool) -> None:
        self.producer = producer

    def abortConnection(self) -> None:
        self.cut.set()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backpressure, "STALLED_SECONDS", 0.05)


async def serve(transport: Transport, application: Any) -> None:
    """As Daphne calls an application."""

    async def handle_reply(protocol: object, message: dict[str, Any]) -> None:
        pass

    send = partial(handle_reply, SimpleNamespace(transport=transport))
    async with asyncio.timeout(5):
        await BackPressure(application)({}, None, send)


async def test_a_client_that_does_not_read_the_rest_is_cut_off() -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.close"})

    transport = Transport()
    await serve(transport, application)
    assert not transport.cut.is_set(), "it may read the rest"
    async with asyncio.timeout(5):
        await transport.cut.wait()


async def test_also_after_an_application_that_fails() -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        raise ValueError("a bug")

    transport = Transport()
    with pytest.raises(ValueError, match="a bug"):
        await serve(transport, application)
    async with asyncio.timeout(5):
        await transport.cut.wait()


async def closed_connection() -> weakref.ref[Transport]:
    """That of an application which ended with it."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        transport.connected = 0

    transport = Transport()
    await serve(transport, application)
    return weakref.ref(transport)


async def test_a_connection_that_is_closed_is_kept_by_no_timer() -> None:
    kept = await closed_connection()
    gc.collect()
    assert kept() is None


@pytest.mark.parametrize("reads_again", [True, False])
async def test_output_waits_for_the_buffer_and_cuts_off_a_client_that_never_reads(
    reads_again: bool,
) -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        transport.producer.pauseProducing()
        if reads_again:
            loop = asyncio.get_running_loop()
            loop.call_soon(transport.producer.resumeProducing)
        await send({"type": "websocket.send", "text": "does not wait"})
        assert not transport.cut.is_set()
        await send({"type": "websocket.send", "bytes": b"waits"})
        assert transport.cut.is_set() is not reads_again
        transport.connected = 0

    transport = Transport()
    await serve(transport, application)
