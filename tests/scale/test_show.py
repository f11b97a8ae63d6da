"""A program is shown to a class of 300: what that costs who shows it, and how soon all see it.

The presenter's page sends one message for each change, whoever looks on. `-s` prints how soon the
presenter's own keys were echoed, with and without those who look on, how soon the last of them saw
the last change, and what the web workers used.
"""

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from tests.cast import SignedIn, SignedInUsers
from tests.product import Product, WebServer
from tests.scale.test_live_grid import (
    GOOD_SECONDS,
    MOST_MORE,
    NOISE_SECONDS,
    PROGRAM,
    MemberPage,
    cpu_seconds,
    echo_seconds,
    lecture,
    make_class,
    milliseconds,
    staying_pages,
)
from tests.terminal_client import TerminalClient, open_terminal

LOOKING, ROUNDS, SHOW_SECONDS = 300, 3, 0.4
CODE = [{"path": "main.py", "content": "print('from the board')\n" * 200}]

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]
__all__ = ["lecture"]  # a fixture


class Presenter:
    """A page that shows what changes, as often as pages do."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.sent = 0

    @property
    def screen(self) -> str:
        return f"line {self.sent}"

    async def show(self) -> None:
        self.sent += 1
        message: dict[str, Any] = {
            "type": "show", "files": CODE if self.sent == 1 else None, "path": "main.py",
            "top": self.sent, "line": self.sent, "language": "python", "screen": self.screen,
            "rows": 24, "cols": 80,
        }  # fmt: skip
        await self._socket.send(json.dumps(message))

    async def go_on(self) -> None:
        while True:
            await self.show()
            await asyncio.sleep(SHOW_SECONDS)

    async def read(self) -> None:
        async for text in self._socket:
            assert json.loads(text)["type"] != "error", text


@asynccontextmanager
async def presenting(user: SignedIn, classroom: int, worker: WebServer) -> AsyncIterator[Presenter]:
    async with connect(
        f"ws://127.0.0.1:{worker.port}/ws/class/{classroom}/",
        origin=Origin(worker.url), additional_headers={"Cookie": user.cookie}, proxy=None,
    ) as socket:  # fmt: skip
        presenter = Presenter(socket)
        reading = asyncio.create_task(presenter.read())
        yield presenter
        if reading.done():
            reading.result()
        reading.cancel()


async def echo_while_showing(presenter: Presenter, terminal: TerminalClient) -> float:
    going_on = asyncio.create_task(presenter.go_on())
    try:
        return await echo_seconds([terminal])
    finally:
        going_on.cancel()


def a_class_of(
    lecture: Product,
) -> tuple[SignedIn, int, tuple[WebServer, WebServer], list[MemberPage]]:
    """Who shows, the class, two web workers, and the pages of those who look on."""
    users = SignedInUsers(lecture, students=LOOKING, instructors=1)
    teacher, students = users.instructor(), [users.student() for _ in range(LOOKING)]
    names = [user.username for user in students]
    classroom = lecture.call(make_class, [teacher.username], names)
    workers = lecture.web_worker(wait=False), lecture.web_worker(wait=False)
    lecture.executor("--capacity", "5").wait_for_output("is ready for")
    for worker in workers:
        worker.wait_until_ready()
    pages = [
        MemberPage(user, classroom, workers[number % 2]) for number, user in enumerate(students)
    ]
    return teacher, classroom, workers, pages


async def test_those_who_look_on_cost_the_presenter_nothing(lecture: Product) -> None:
    teacher, classroom, workers, pages = a_class_of(lecture)
    without, beside, late, used = list[float](), list[float](), list[float](), list[float]()
    async with AsyncExitStack() as stack:
        terminal = await stack.enter_async_context(open_terminal(workers[0], teacher))
        await terminal.start(PROGRAM)
        await terminal.wait_for_output("Name: ")
        presenter = await stack.enter_async_context(presenting(teacher, classroom, workers[0]))
        for _ in range(ROUNDS):
            without.append(await echo_while_showing(presenter, terminal))
            async with staying_pages(pages, workers[0]):
                before, sent = sum(map(cpu_seconds, workers)), presenter.sent
                began = time.monotonic()
                beside.append(await echo_while_showing(presenter, terminal))
                used.append((sum(map(cpu_seconds, workers)) - before) / (time.monotonic() - began))
                await presenter.show()
                shown_at = time.monotonic()
                await asyncio.gather(*(page.sees(presenter.screen) for page in pages))
                late.append(time.monotonic() - shown_at)
                # Whoever came later was told the whole once, and then each change.
                assert max(page.shown for page in pages) <= presenter.sent - sent + 2
            for page in pages:
                page.joined.clear()
                page.shown = 0
    print(
        f"\np99 of the presenter's echo without lookers-on {milliseconds(without)} ms, with "
        f"{LOOKING} {milliseconds(beside)} ms; the last of them saw a change after "
        f"{milliseconds(late)} ms; web workers used {', '.join(f'{100 * one:.0f}' for one in used)}"
        f" % of a core for {1 / SHOW_SECONDS:.1f} messages a second"
    )
    assert max(late) <= GOOD_SECONDS
    assert statistics.median(beside) <= MOST_MORE * statistics.median(without) + NOISE_SECONDS
