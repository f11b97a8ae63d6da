"""Who is told that an executor lives: terminals of runs in its own database."""

import asyncio
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from runner.executor import service
from runner.executor.service import ExecutorService
from runner.infrastructure import messaging
from runner.protocol.channel import ChannelMessage, ExecutorAlive, Expect, Wake
from tests.a_run import finished_run
from tests.cast import someone
from tests.runner.runs.queued_runs import queued

pytestmark = pytest.mark.django_db(transaction=True)
WAIT_SECONDS = 10


async def test_runs_of_another_site_on_the_same_redis_are_not_answered_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: dict[str, ChannelMessage] = {}
    heard = asyncio.Event()

    async def send(viewer: str, message: ChannelMessage) -> None:
        told[viewer] = message
        heard.set()

    monkeypatch.setattr(messaging, "send", send)
    monkeypatch.setattr(service, "ALIVE_SECONDS", 0)
    owner = await sync_to_async(someone)("owner")
    ours = str((await sync_to_async(queued)(owner)).pk)
    over = str((await sync_to_async(finished_run)(owner)).pk)
    executor = ExecutorService(1, "a sandbox")
    for viewer, run in (("a stranger's", str(uuid4())), ("late", over), ("ours", ours)):
        executor._handle(Wake(run, viewer))
    async with asyncio.timeout(WAIT_SECONDS):
        await heard.wait()
    await asyncio.gather(*executor._replies)
    assert told == {"ours": ExecutorAlive(ours)}


async def test_who_expects_a_run_looks_for_it_and_answers_nobody() -> None:
    executor = ExecutorService(1, "a sandbox")
    executor._handle(Expect(""))
    assert executor._woken.is_set()
    assert not executor._wakes
    assert not executor._replies
