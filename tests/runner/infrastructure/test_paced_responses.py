"""A client that does not read a response that is sent in pieces holds back its sender."""

import asyncio
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from runner.infrastructure.server import paced_responses
from runner.infrastructure.server.paced_responses import PacedResponses

START = {"type": "http.response.start", "status": 200}


def piece(number: int, more: bool = True) -> dict[str, Any]:
    return {"type": "http.response.body", "body": b"%d" % number, "more_body": more}


class Request:
    """As Twisted has it: its connection's buffer is full after the second piece."""

    def __init__(self) -> None:
        self.channel = object()
        self.producer: Any = None
        self.sent: list[dict[str, Any]] = []
        self.full = asyncio.Event()
        self.cut = asyncio.Event()
        self.transport = SimpleNamespace(abortConnection=self.abort)

    def registerProducer(self, producer: Any, streaming: bool) -> None:
        assert self.producer is None
        assert streaming
        self.producer = producer

    def unregisterProducer(self) -> None:
        self.producer = None

    def abort(self) -> None:
        self.cut.set()

    async def take(self, message: dict[str, Any]) -> None:
        self.sent.append(message)
        if message.get("body") == b"2":
            self.producer.pauseProducing()
            self.full.set()


async def serve(request: Request, *messages: dict[str, Any]) -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        for message in messages:
            await send(message)

    async def handle_reply(protocol: Request, message: dict[str, Any]) -> None:
        await protocol.take(message)

    async with asyncio.timeout(5):
        await PacedResponses(application)({}, None, partial(handle_reply, request))


DOWNLOAD = (START, piece(1), piece(2), piece(3), piece(4, more=False))


async def test_the_next_piece_waits_for_room() -> None:
    request = Request()
    serving = asyncio.create_task(serve(request, *DOWNLOAD))
    await request.full.wait()
    for _ in range(5):
        await asyncio.sleep(0)
    assert len(request.sent) == 3, "nothing after the piece that filled the buffer"
    request.producer.resumeProducing()
    await serving
    assert request.sent == list(DOWNLOAD)
    assert request.producer is None


async def test_who_reads_nothing_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paced_responses, "STALLED_SECONDS", 0.05)
    request = Request()
    await serve(request, *DOWNLOAD)
    assert request.cut.is_set()


async def test_a_page_in_one_piece_registers_nothing() -> None:
    request = Request()
    await serve(request, START, piece(1, more=False))
    assert request.sent[-1]["body"] == b"1"
    assert request.producer is None
