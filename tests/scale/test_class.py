"""A class presses Run together, behind one program and before the other runs of somebody."""

import asyncio
from contextlib import AsyncExitStack
from http import HTTPStatus

import pytest
from websockets.exceptions import InvalidStatus

from runner.limits import Limits
from tests.product import SignedIn
from tests.scale.site import Site
from tests.terminal_client import TerminalClient, open_terminal

CLASS = 24
PROGRAM = "import time\ntime.sleep(0.05)\nprint(time.monotonic_ns())"

pytestmark = pytest.mark.timeout(180)


class Student:
    """One terminal from pressing Run to the end."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.positions: list[int] = []
        self.ran_at = 0

    async def run(self, site: Site, number: int, user: SignedIn) -> None:
        async with open_terminal(site.workers[number % 2], user) as terminal:
            await terminal.request_start(PROGRAM)
            self.positions.append((await terminal.wait_for("queued"))["position"])
            self.asked.set()
            await terminal.wait_for_exit(120)
            self.positions += told(terminal)
            self.ran_at = int(terminal.output)


def told(terminal: TerminalClient) -> list[int]:
    return [message["position"] for message in terminal.inbox if message["type"] == "queued"]


async def test_everybody_is_told_a_place_that_is_true_and_served_in_order(site: Site) -> None:
    site.replace_executors(site.product.executor("--capacity", "1"))
    async with (
        open_terminal(site.workers[0], site.owner) as first,
        asyncio.TaskGroup() as together,
    ):
        await first.start("input('wait')")
        greedy, class_ = [Student() for _ in range(2)], [Student() for _ in range(CLASS)]
        for number, student in enumerate(greedy):
            together.create_task(student.run(site, number, site.owner))
            await student.asked.wait()
        for number, student in enumerate(class_):
            together.create_task(student.run(site, number, site.ada))
        for student in class_:
            await student.asked.wait()
        await first.type("\r")
    # Whoever has a program already waits for everybody who has none.
    served = sorted([*class_, *greedy], key=lambda student: student.ran_at)
    assert served[CLASS:] == greedy
    for student in class_:
        assert student.positions == sorted(student.positions, reverse=True)
        assert student.positions[0] <= CLASS  # the greedy ones are not counted
    # The order is that of the places; some were told theirs in the same instant as others.
    places = [student.positions[0] for student in served[:CLASS]]
    assert max(abs(place - at) for at, place in enumerate(places, 1)) <= 8, places
    assert len(set(places)) > CLASS / 2


async def test_a_users_sockets_are_counted_over_all_web_workers(site: Site) -> None:
    user, many = site.ada, Limits().sockets_per_user
    async with AsyncExitStack() as opened:
        for number in range(many):
            await opened.enter_async_context(open_terminal(site.workers[number % 2], user))
        for worker in site.workers:
            with pytest.raises(InvalidStatus) as refused:
                await opened.enter_async_context(open_terminal(worker, user))
            assert refused.value.response.status_code == HTTPStatus.FORBIDDEN
    async with open_terminal(site.workers[0], user) as again:
        await again.settled()
