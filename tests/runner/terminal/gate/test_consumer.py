"""One socket, its browser on one side and the channel layer on the other."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.contrib.sessions.backends.db import SessionStore
from pytest_django import Settings

from runner import runs
from runner.infrastructure import loop_database
from runner.infrastructure.database import in_database
from runner.limits import Limits
from runner.protocol import channel, messages
from runner.protocol.channel import ChannelMessage
from runner.run_state import Outcome
from runner.terminal.gate import rate_limit
from runner.terminal.gate.consumer import TerminalConsumer
from tests.cast import someone

pytestmark = pytest.mark.django_db(transaction=True)
WAIT_SECONDS = 5
REFUSALS, UNANSWERED = 4, 6
START = {
    "type": "start_interactive",
    "language": "python",
    "files": [{"path": "main.py", "content": ""}],
    "rows": 24,
    "cols": 80,
}


@pytest.fixture
async def socket(settings: Settings) -> AsyncIterator[WebsocketCommunicator]:
    settings.LIMITS = Limits(
        messages_per_second=5, messages_burst=10, run_requests_per_second=1, run_requests_burst=2,
        refusals_per_second=1, refusals_burst=REFUSALS, refusals_until_closed=UNANSWERED,
    )  # fmt: skip
    headers = [(b"origin", b"http://localhost"), (b"host", b"localhost")]
    opened = WebsocketCommunicator(TerminalConsumer.as_asgi(), "/ws/terminal/", headers)
    opened.scope["user"] = await sync_to_async(someone)("owner")
    opened.scope["session"] = SessionStore()
    assert (await opened.connect())[0]
    assert json.loads(await opened.receive_from())["type"] == "connected"
    yield opened
    with suppress(asyncio.CancelledError):  # of a socket whose answer did not come
        await opened.disconnect()


def exit_of(run: UUID) -> str:
    return messages.encode(
        messages.Exit(
            run=run, outcome=Outcome.COMPLETED, exit_code=0, signal=None, reason="It finished.",
            wall_ms=1, cpu_ms=1, memory_peak_bytes=1, output_bytes=5,
        )
    )  # fmt: skip


async def test_an_executor_may_be_quicker_than_the_answer_of_the_database(
    socket: WebsocketCommunicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks for runs by itself: the row is there before its terminal knows."""

    create_run = runs.create_run

    async def run_at_once(*args: Any) -> Any:
        answer: Any = await create_run(*args)
        run, viewer = answer[0], args[-1]
        events: list[ChannelMessage] = [
            channel.ViewerAttached(
                str(run.pk), "an executor", run.viewer_asked_at.timestamp(), True, input_seq=0
            ),
            channel.Output(str(run.pk), 0, b"hello", typed=0),
            channel.RunEnded(str(run.pk), 5, exit_of(run.pk), typed=3),
        ]
        for event in events:
            await get_channel_layer().send(viewer, channel.encode(event))
        for _ in range(20):
            await asyncio.sleep(0)  # the other loops' turns
        return answer

    monkeypatch.setattr(runs, "create_run", run_at_once)
    await socket.send_to(text_data=json.dumps(START))
    told = [json.loads(await socket.receive_from(WAIT_SECONDS))["type"] for _ in range(2)]
    assert told == ["queued", "started"]
    assert await socket.receive_from(WAIT_SECONDS) == bytes(8) + b"hello"
    # Also when the confirmation itself was lost.
    assert json.loads(await socket.receive_from(WAIT_SECONDS)) == {"type": "input_ack", "seq": 3}
    assert json.loads(await socket.receive_from(WAIT_SECONDS))["type"] == "exit"


async def test_executors_hear_of_a_run_before_it_is_there(
    socket: WebsocketCommunicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer, executor = get_channel_layer(), channel.executor_channel("one")
    await layer.group_add(channel.EXECUTORS, executor)
    monkeypatch.setattr(loop_database, "is_available", lambda: True)

    async def in_thread(calls: Any) -> Any:
        return await in_database(loop_database._in_thread, calls)

    monkeypatch.setattr(loop_database, "in_one_trip", in_thread)
    await socket.send_to(text_data=json.dumps(START))
    run = json.loads(await socket.receive_from(WAIT_SECONDS))["run"]
    async with asyncio.timeout(WAIT_SECONDS):
        told = [channel.decode(await layer.receive(executor)) for _ in range(2)]
    await layer.group_discard(channel.EXECUTORS, executor)
    assert [type(message) for message in told] == [channel.Expect, channel.Wake]
    assert told[1].run == run


async def test_nonsense_is_answered_at_a_limited_rate_and_then_the_socket_is_closed(
    socket: WebsocketCommunicator,
) -> None:
    """Else answering it would be work without a limit."""
    for _ in range(REFUSALS + UNANSWERED + 5):
        await socket.send_to(text_data="nonsense")
    answers = [await socket.receive_output(WAIT_SECONDS) for _ in range(REFUSALS + 2)]
    codes = [json.loads(answer["text"])["code"] for answer in answers[:-1]]
    assert codes == ["bad_message"] * REFUSALS + ["rate_limited"]
    assert answers[-1] == {"type": "websocket.close", "code": 1008}


async def test_starts_have_a_rate_and_a_refused_one_says_when(
    settings: Settings, socket: WebsocketCommunicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "WAIT_SECONDS", 0.0)
    for _ in range(settings.LIMITS.run_requests_burst):
        await socket.send_to(text_data=json.dumps(START | {"snippet": 1}))  # asks the database
        assert json.loads(await socket.receive_from(WAIT_SECONDS))["code"] == "not_found"
    await socket.send_to(text_data=json.dumps(START))
    answer = json.loads(await socket.receive_from(WAIT_SECONDS))
    assert (answer["code"], answer["reason_code"]) == ("rate_limited", "too_many_starts")
    assert answer["message"].endswith("Please press Run again in 1 second.")
    attach = {"type": "attach", "run": str(uuid4()), "offset": 0}
    await socket.send_to(text_data=json.dumps(attach))  # has a rate of its own
    assert json.loads(await socket.receive_from(WAIT_SECONDS))["code"] == "not_found"


async def test_attaching_has_a_rate(
    settings: Settings, socket: WebsocketCommunicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "WAIT_SECONDS", 0.0)
    attach = json.dumps({"type": "attach", "run": str(uuid4()), "offset": 0})
    for _ in range(settings.LIMITS.run_requests_burst):
        await socket.send_to(text_data=attach)
        assert json.loads(await socket.receive_from(WAIT_SECONDS))["code"] == "not_found"
    await socket.send_to(text_data=attach)
    answer = json.loads(await socket.receive_from(WAIT_SECONDS))
    assert (answer["code"], answer["reason_code"]) == ("rate_limited", "too_many_attaches")


async def answer_to_ping(socket: WebsocketCommunicator) -> str:
    """The type of it, or the code of the refusal."""
    await socket.send_to(text_data=json.dumps({"type": "ping", "id": 1}))
    answer = json.loads(await socket.receive_from(WAIT_SECONDS))
    return str(answer.get("code", answer["type"]))


async def test_too_many_messages_are_refused_until_there_are_fewer(
    socket: WebsocketCommunicator,
) -> None:
    answers = [await answer_to_ping(socket) for _ in range(15)]
    assert answers[0] == "pong"
    assert "rate_limited" in answers
    await asyncio.sleep(0.3)  # one more is allowed by then, and refused ones cost nothing
    assert await answer_to_ping(socket) == "pong"
