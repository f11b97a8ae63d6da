"""Executors hear of a run before it is there; and of each run once."""

import asyncio
from typing import Any

import pytest

from runner import messaging, prepared, runs
from runner.protocol.channel import ChannelMessage, Expect
from runner.protocol.messages import Refused
from runner.terminal import asking
from runner.terminal.asking import Asking

WAIT_SECONDS = 10
ASKED: Any = ("a run", 1)


class Database:
    """Answers when executors were told, or at once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.told: list[ChannelMessage] = []
        self.asked = False
        self.refuses = False
        self.answers = asyncio.Event()
        monkeypatch.setattr(runs, "acreate_run", self.create_run)
        monkeypatch.setattr(messaging, "send_to_executors", self.tell)

    async def create_run(self, *_: object) -> Any:
        self.asked = True
        if self.refuses:
            raise Refused
        await self.answers.wait()
        return ASKED

    async def tell(self, message: ChannelMessage) -> None:
        assert self.asked, "the question comes first: nobody waits for the message"
        self.told.append(message)
        self.answers.set()


@pytest.fixture
async def database(monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setattr(prepared, "at_hand", lambda: True)
    return Database(monkeypatch)


async def ask(by: Asking) -> Any:
    nobody: Any = None
    async with asyncio.timeout(WAIT_SECONDS):
        return await by.ask(nobody, nobody, "a terminal")


async def test_executors_are_told_while_the_database_writes(database: Database) -> None:
    assert await ask(Asking()) == ASKED
    assert database.told == [Expect("")]


async def test_of_many_that_ask_together_the_first_one_tells(database: Database) -> None:
    one, two = Asking(), Asking()
    for _ in range(5):
        assert await ask(one) == ASKED
    assert await ask(two) == ASKED
    assert database.told == [Expect("")] * 2


async def test_who_asks_after_a_while_tells_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "WARM_SECONDS", 0)
    one = Asking()
    await ask(one)
    await ask(one)
    assert database.told == [Expect("")] * 2


async def test_a_refusal_is_passed_on(database: Database) -> None:
    database.refuses = True
    with pytest.raises(Refused):
        await ask(Asking())


async def test_a_database_with_one_writer_is_left_alone(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "at_hand", lambda: False)
    database.answers.set()
    assert await ask(Asking()) == ASKED
    assert not database.told
