"""A class presses Run together, behind one program and before the other runs of somebody."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from http import HTTPStatus

import pytest
from websockets.exceptions import InvalidStatus

from runner.limits import Limits
from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.scale.site import Site
from tests.terminal_client import TerminalClient, open_terminal

CLASS = 24
PROGRAM = "import time\ntime.sleep(0.05)\nprint(time.monotonic_ns())"

pytestmark = pytest.mark.timeout(180)


class Student:
    """One terminal from pressing Run to the end."""

    terminal: TerminalClient

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.ran_at = 0

    @property
    def places(self) -> list[int]:
        """All that were told so far."""
        messages = self.terminal.inbox
        return [message["position"] for message in messages if message["type"] == "queued"]

    async def run(self, site: Site, number: int, user: SignedIn) -> None:
        async with open_terminal(site.workers[number % 2], user) as self.terminal:
            await self.terminal.request_start(PROGRAM)
            told = await self.terminal.wait_for("queued")
            self.terminal.inbox.insert(0, told)  # before what has come meanwhile
            self.asked.set()
            await self.terminal.wait_for_exit(Outcome.COMPLETED, 120)
            self.ran_at = int(self.terminal.output)


@pytest.fixture
def narrow_site(site: Site) -> Iterator[Site]:
    """One run at a time; the next test finds the executors that it expects."""
    site.replace_executors(site.new_executor(capacity=1))
    yield site
    site.replace_executors(site.new_executor(), site.new_executor())


@pytest.mark.faults
async def test_everybody_is_told_a_place_that_is_true_and_served_in_order(
    narrow_site: Site,
) -> None:
    """Whoever has a program already waits for everybody who has none."""
    site = narrow_site
    greedy, class_ = [Student() for _ in range(2)], [Student() for _ in range(CLASS)]
    async with (
        open_terminal(site.workers[0], site.owner) as first,
        asyncio.TaskGroup() as together,
    ):
        await first.start("input('wait')")
        for number, student in enumerate(greedy):
            together.create_task(student.run(site, number, site.owner))
            await student.asked.wait()
        for number, student in enumerate(class_):
            together.create_task(student.run(site, number, site.student()))
        for student in class_:
            await student.asked.wait()
        everybody = await in_the_order_told([*class_, *greedy])
        told = [len(student.places) for student in everybody]
        await first.type("\r")
    assert everybody[CLASS:] == greedy
    assert everybody == sorted(everybody, key=lambda student: student.ran_at)
    moved = [s.places[n - 1 :] for s, n in zip(everybody, told, strict=True)]
    assert [places for places in moved if places != sorted(places, reverse=True)] == []
    assert any(len(places) > 1 for places in moved)  # they saw the queue move


async def in_the_order_told(students: list[Student]) -> list[Student]:
    """Once every place was told once: in the instant of pressing Run, several may be told one."""
    async with asyncio.timeout(30):
        while sorted(s.places[-1] for s in students) != list(range(1, len(students) + 1)):  # noqa: ASYNC110 - any of them
            await asyncio.sleep(0.1)
    return sorted(students, key=lambda student: student.places[-1])


async def test_a_users_sockets_are_counted_over_all_web_workers(site: Site) -> None:
    user, many = site.student(), Limits().sockets_per_user
    async with AsyncExitStack() as opened:
        for number in range(many):
            await opened.enter_async_context(open_terminal(site.workers[number % 2], user))
        for worker in site.workers:
            with pytest.raises(InvalidStatus) as refused:
                await opened.enter_async_context(open_terminal(worker, user))
            assert refused.value.response.status_code == HTTPStatus.FORBIDDEN
    async with open_terminal(site.workers[0], user) as again:
        await again.settled()
