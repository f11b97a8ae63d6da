"""Executors hear of a run before it is there, and nobody waits until they have."""

import asyncio
from typing import Any

import pytest

from runner import runs
from runner.infrastructure import loop_database, messaging
from runner.protocol.channel import ChannelMessage, Expect
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import Refused
from runner.terminal.link import asking
from runner.terminal.link.asking import Asking

WAIT_SECONDS = 10
ASKED: Any = ("a run", 1)


class Site:
    """Its database answers once executors were told of a run."""

    def __init__(self) -> None:
        self.told: list[ChannelMessage] = []
        self.answers = asyncio.Event()

    async def create_run(self, *_: object) -> Any:
        await asyncio.create_task(self.write())
        return ASKED

    async def write(self) -> None:
        await asyncio.sleep(0)  # a question is on its way at least until the loop's next turn
        await self.answers.wait()

    async def tell(self, message: ChannelMessage) -> None:
        self.told.append(message)
        self.answers.set()


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    made = Site()
    monkeypatch.setattr(asking, "WARM_SECONDS", 3600)
    monkeypatch.setattr(loop_database, "is_available", lambda: True)
    monkeypatch.setattr(runs, "create_run", made.create_run)
    monkeypatch.setattr(messaging, "send_to_executors", made.tell)
    return made


async def ask(by: Asking) -> Any:
    nobody: Any = None
    async with asyncio.timeout(WAIT_SECONDS):
        return await by.ask(nobody, nobody, "a terminal")


async def test_executors_are_told_while_the_database_writes(site: Site) -> None:
    assert await ask(Asking()) == ASKED
    assert site.told == [Expect("")]


async def test_who_was_just_told_is_not_told_again(site: Site) -> None:
    one, two = Asking(), Asking()
    for by in (one, one, one, two):
        assert await ask(by) == ASKED
    assert site.told == [Expect("")] * 2


async def test_after_a_while_they_are(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WARM_SECONDS", 0)
    one = Asking()
    await ask(one)
    await ask(one)
    assert site.told == [Expect("")] * 2


async def test_nobody_hears_of_what_is_refused_at_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise Refused(ReasonCode.SITE_BUSY)

    monkeypatch.setattr(runs, "create_run", refuse)
    with pytest.raises(Refused):
        await ask(Asking())
    if others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others, timeout=WAIT_SECONDS)
    assert not site.told


async def test_a_redis_that_takes_nothing_holds_nobody_up(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = asyncio.Event()

    async def tell(_: ChannelMessage) -> None:
        site.answers.set()
        try:
            await asyncio.Event().wait()
        finally:
            given_up.set()

    monkeypatch.setattr(messaging, "send_to_executors", tell)
    assert await ask(Asking()) == ASKED
    async with asyncio.timeout(WAIT_SECONDS):
        await given_up.wait()


async def test_a_database_with_one_writer_is_left_alone(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop_database, "is_available", lambda: False)
    site.answers.set()
    assert await ask(Asking()) == ASKED
    assert not site.told
