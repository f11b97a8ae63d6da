"""One polled socket, with an application of WebSockets that the tests write."""

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from runner.infrastructure.server.polled import socket as module
from runner.infrastructure.server.polled.inbox import Inbox, OutOfOrder
from runner.infrastructure.server.polled.socket import NeverSent, PolledSocket
from runner.protocol.polled import PolledMessages


class Application:
    """Accepts, and notes what happens."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.sent_all = asyncio.Event()
        self.send: Any = None
        self.ended = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.send = send
        try:
            while True:
                event = await receive()
                self.events.append(event)
                if event["type"] == "websocket.connect":
                    await send({"type": "websocket.accept"})
                if event["type"] == "websocket.disconnect":
                    return
        finally:
            self.ended.set()


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
async def forgotten() -> asyncio.Event:
    return asyncio.Event()


@pytest.fixture
async def socket(application: Application, forgotten: asyncio.Event) -> AsyncIterator[PolledSocket]:
    socket = PolledSocket(forgotten.set)
    assert await socket.open(application, {"type": "websocket"}) is None
    yield socket
    await socket.close()
    await asyncio.wait_for(application.ended.wait(), 5)


def batch(seq: int, *messages: str) -> PolledMessages:
    return PolledMessages(socket="x", seq=seq, messages=messages)


async def test_a_refusal_names_its_reason() -> None:
    async def refuse(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.close", "reason": "too_many_terminals"})

    assert await PolledSocket(lambda: None).open(refuse, {}) == "too_many_terminals"


async def test_an_application_that_fails_refuses(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(scope: Any, receive: Any, send: Any) -> None:
        raise ZeroDivisionError

    assert await PolledSocket(lambda: None).open(fail, {}) == ""
    assert "A polled socket failed." in caplog.text


async def test_one_that_does_not_answer_is_refused_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.05)

    async def wait(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.Event().wait()

    assert await PolledSocket(lambda: None).open(wait, {}) == ""


async def test_a_poll_waits_for_what_comes(socket: PolledSocket, application: Application) -> None:
    poll = asyncio.create_task(socket.poll(0, 5))
    await asyncio.sleep(0)
    await application.send({"type": "websocket.send", "text": "{}"})
    answer = await poll
    assert (answer.first, answer.frames) == (1, ("t{}",))


async def test_a_poll_ends_in_time(socket: PolledSocket) -> None:
    assert (await asyncio.wait_for(socket.poll(0, 0.05), 5)).frames == ()


async def test_output_waits_for_a_browser_that_does_not_poll(
    socket: PolledSocket, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FULL_CHARACTERS", 1000)
    sending = asyncio.create_task(application.send({"type": "websocket.send", "bytes": b"x" * 900}))
    done, _ = await asyncio.wait([sending], timeout=0.05)
    assert not done
    received = len((await socket.poll(0, 1)).frames)
    await socket.poll(received, 0)  # confirms
    await asyncio.wait_for(sending, 5)


async def test_who_never_polls_is_cut_off(
    socket: PolledSocket,
    application: Application,
    forgotten: asyncio.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "FULL_CHARACTERS", 1000)
    monkeypatch.setattr(module, "STALLED_SECONDS", 0.05)
    await application.send({"type": "websocket.send", "bytes": b"x" * 900})
    assert application.events[-1]["type"] == "websocket.disconnect" or await ended(application)
    with pytest.raises(OSError, match="closed"):
        await application.send({"type": "websocket.send", "text": "{}"})


async def ended(application: Application) -> bool:
    await asyncio.wait_for(application.ended.wait(), 5)
    return bool(application.events[-1]["type"] == "websocket.disconnect")


async def test_an_abandoned_one_ends_and_is_forgotten(
    socket: PolledSocket,
    application: Application,
    forgotten: asyncio.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "ABANDONED_SECONDS", 0.1)
    assert await ended(application)
    await asyncio.wait_for(forgotten.wait(), 5)


async def test_a_poll_that_waits_is_no_absence(
    socket: PolledSocket, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ABANDONED_SECONDS", 0.1)
    await socket.poll(0, 1.5)
    assert application.events == [{"type": "websocket.connect"}]


async def test_the_end_is_told_after_the_last_frame(
    socket: PolledSocket, application: Application
) -> None:
    await application.send({"type": "websocket.send", "text": "{}"})
    await application.send({"type": "websocket.close", "code": 4401})
    answer = await socket.poll(0, 5)
    assert (answer.frames, answer.closed) == (("t{}",), 4401)


async def test_frames_in_no_answer_cannot_be_confirmed(socket: PolledSocket) -> None:
    with pytest.raises(NeverSent):
        await socket.poll(1, 0)


# --- What the browser says -----------------------------------------------------------------------
async def drained(inbox: Inbox, count: int) -> list[str]:
    return [(await inbox.get())["text"] for _ in range(count)]


async def test_a_repeated_request_counts_once() -> None:
    inbox = Inbox()
    for one in (batch(1, "1", "2"), batch(1, "1", "2"), batch(2, "3"), batch(1, "1")):
        await inbox.take(one, 1)
    assert await drained(inbox, 3) == ["1", "2", "3"]
    assert inbox.taken == 2


async def test_a_request_before_its_turn_is_refused() -> None:
    inbox = Inbox()
    with pytest.raises(OutOfOrder):
        await inbox.take(batch(2, "2"), 1)
    await inbox.take(batch(1, "1"), 1)
    await inbox.take(batch(2, "2"), 1)
    assert await drained(inbox, 2) == ["1", "2"]


async def test_a_request_that_had_room_for_a_part_goes_on_there() -> None:
    inbox = Inbox()
    many = [str(number) for number in range(64)]
    await inbox.take(batch(1, *many), 1)
    with pytest.raises(TimeoutError):
        await inbox.take(batch(2, "x", "y"), 0.05)
    assert await drained(inbox, 1) == ["0"]
    with pytest.raises(TimeoutError):
        await inbox.take(batch(2, "x", "y"), 0.05)  # “x” is in
    assert await drained(inbox, 64) == [*many[1:], "x"]
    await inbox.take(batch(2, "x", "y"), 1)
    assert await drained(inbox, 1) == ["y"]


async def test_binary_frames_come_in_their_order_as_on_a_websocket() -> None:
    inbox = Inbox()
    frame = base64.b64encode(b"\x01\0\xff").decode()
    await inbox.take(batch(1, "{}", f"b{frame}", "bno base64"), 1)
    events = [await inbox.get() for _ in range(3)]
    assert [event.get("text", event.get("bytes")) for event in events] == ["{}", b"\x01\0\xff", b""]


@pytest.mark.parametrize("size", [1, 500_000])
async def test_what_waits_for_the_consumer_is_bounded(size: int) -> None:
    inbox = Inbox()
    taken = 0
    with contextlib.suppress(TimeoutError):
        while taken < 100:
            await inbox.take(batch(taken + 1, "x" * size), 0.02)
            taken += 1
    assert taken <= 64
    assert taken * size <= 1_500_000
