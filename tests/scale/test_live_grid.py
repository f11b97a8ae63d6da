# size: one lecture, and all that is measured of it
"""300 members, 60 running programs, 3 instructors who watch, and a web worker that dies.

Members' pages are sockets: of who was cut off, each comes back to the worker that is left, as a
page does. `-s` prints how long it took, how many messages a page of the grid got, and what the web
workers used; and how soon students saw what they typed, with and without pages of the grid.
"""

import asyncio
import json
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import psutil
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from bench.statistics import percentile
from tests.cast import SignedIn, SignedInUsers
from tests.product import Product, WebServer
from tests.services import PostgresServer, RedisServer
from tests.terminal_client import TerminalClient, open_terminal

MEMBERS, RUNNING, WATCHING = 300, 60, 3
AT_ONCE = 20  # pages that open together
GOOD_SECONDS = 2.0  # within which the grid is right, once all pages are back
WAIT_SECONDS = 120.0
TYPING, KEYS, KEY_SECONDS, ROUNDS = 10, 100, 0.1, 3
# How much longer an echo may take while pages of the grid are open. All processes, and the pages of
# this test, share the cores: on two that are busy the 99th percentile differs by some 20 ms anyway.
MOST_MORE, NOISE_SECONDS = 1.2, 0.03
PROGRAM = "print('Name:', end=' ', flush=True)\ninput()\n"

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]


def make_class(teachers: list[str], students: list[str]) -> int:
    """In a process of the site."""
    from accounts.models import Classroom, Membership, Role, User

    User.objects.filter(username__in=teachers).update(is_staff=False)
    classroom = Classroom.objects.create(name="Lecture")
    ids = dict(User.objects.values_list("username", "pk"))
    Membership.objects.bulk_create(
        Membership(classroom=classroom, user_id=ids[name], role=role)
        for names, role in ((teachers, Role.INSTRUCTOR), (students, Role.STUDENT))
        for name in names
    )
    return classroom.pk


class MemberPage:
    """A member's page of the class, which comes back when it is cut off."""

    def __init__(self, user: SignedIn, classroom: int, worker: WebServer) -> None:
        self.user, self._classroom, self.worker = user, classroom, worker
        self.states: dict[str, str] = {}
        self.messages = 0
        self.screen, self.shown = "", 0  # of a presenter: the newest one, and how many came
        self.joined = asyncio.Event()
        self.news = asyncio.Event()

    async def stay(self, left: WebServer) -> None:
        """`left`: the worker that it comes back to."""
        while True:
            with suppress(ConnectionClosed, OSError):
                async with self._connected() as socket:
                    async for text in socket:
                        self._take(json.loads(text))
            self.joined.clear()
            self.worker = left
            await asyncio.sleep(0.1)  # a page waits a moment before it tries again

    def _connected(self) -> Any:
        url = f"ws://127.0.0.1:{self.worker.port}/ws/class/{self._classroom}/"
        headers = {"Cookie": self.user.cookie}
        origin = Origin(self.worker.url)
        return connect(url, origin=origin, additional_headers=headers, max_size=None, proxy=None)

    def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "class":
            self.joined.set()
        elif message["type"] == "tiles":
            self.messages += 1
            told = {tile["user"]: tile["state"] for tile in message["tiles"]}
            self.states = told if message["all"] else self.states | told
            self.news.set()
        elif message["type"] == "shown":
            self.screen, self.shown = message["screen"], self.shown + 1
            self.news.set()

    async def sees(self, screen: str) -> None:
        """Until it shows this screen of a presenter."""
        while self.screen != screen:
            self.news.clear()
            await self.news.wait()

    async def shows_all(self) -> None:
        while len(self.states) < MEMBERS:
            self.news.clear()
            await self.news.wait()

    async def shows(self, wanted: Counter[str]) -> None:
        """Until the grid shows so many members in each state."""
        while Counter(self.states.values()) != wanted:
            self.news.clear()
            await self.news.wait()


@pytest.fixture
def lecture(
    tmp_path_factory: pytest.TempPathFactory,
    redis_server: RedisServer,
    postgres_server: PostgresServer,
    migrated_database: str,
) -> Iterator[Product]:
    database = postgres_server.new_database(like=migrated_database)
    services = {"DATABASE_URL": database, "REDIS_URL": redis_server.url}
    with Product(tmp_path_factory.mktemp("lecture"), **services) as product:
        yield product


def cpu_seconds(worker: WebServer) -> float:
    times = psutil.Process(worker.process.pid).cpu_times()
    return float(times.user + times.system)


def ready(lecture: Product) -> tuple[WebServer, WebServer]:
    """Two web workers, and room for all programs on two executors."""
    workers = lecture.web_worker(wait=False), lecture.web_worker(wait=False)
    executors = [lecture.executor("--capacity", str(RUNNING // 2)) for _ in range(2)]
    for executor in executors:
        executor.wait_for_output("is ready for")
    for worker in workers:
        worker.wait_until_ready()
    return workers


@asynccontextmanager
async def staying_pages(
    pages: list[MemberPage], left: WebServer
) -> AsyncIterator[list[MemberPage]]:
    """All have joined; they end with the block."""
    tasks: list[asyncio.Task[None]] = []
    try:
        for first in range(0, len(pages), AT_ONCE):
            some = pages[first : first + AT_ONCE]
            tasks += [asyncio.create_task(page.stay(left)) for page in some]
            await asyncio.gather(*(page.joined.wait() for page in some))
        yield pages
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def echo_seconds(terminals: list[TerminalClient]) -> float:
    """The 99th percentile of the time from a key to its echo, while all of them type."""

    async def typed(terminal: TerminalClient) -> list[float]:
        took = []
        for _ in range(KEYS):
            began, shown = time.perf_counter(), terminal.offset
            await terminal.type("x")
            await terminal.wait_for_bytes(shown + 1)
            took.append(time.perf_counter() - began)
            await asyncio.sleep(max(0.0, KEY_SECONDS - took[-1]))
        return took

    took = await asyncio.gather(*map(typed, terminals))
    return percentile([one for each in took for one in each], 99)


async def echoes(
    terminals: list[TerminalClient], grids: list[MemberPage], left: WebServer
) -> tuple[list[float], list[float]]:
    """Without and with pages of the grid that show everybody, in turns: other things happen on
    the machine, too."""
    without, beside = list[float](), list[float]()
    for _ in range(ROUNDS):
        without.append(await echo_seconds(terminals))
        async with staying_pages(grids, left):
            await asyncio.gather(*(page.shows_all() for page in grids))
            beside.append(await echo_seconds(terminals))
        for page in grids:
            page.joined.clear()
            page.states.clear()
    return without, beside


def milliseconds(times: list[float]) -> str:
    return ", ".join(f"{1000 * one:.1f}" for one in times)


async def test_the_grid_is_right_soon_after_a_web_worker_has_died(lecture: Product) -> None:
    users = SignedInUsers(lecture, students=MEMBERS, instructors=WATCHING)
    teachers = [users.instructor() for _ in range(WATCHING)]
    students = [users.student() for _ in range(MEMBERS)]
    names = [user.username for user in teachers], [user.username for user in students]
    classroom = lecture.call(make_class, *names)
    dying, left = ready(lecture)
    pages = [
        MemberPage(user, classroom, (dying, left)[number % 2])
        for number, user in enumerate([*teachers, *students])
    ]
    grids = pages[:WATCHING]
    async with AsyncExitStack() as stack, asyncio.timeout(WAIT_SECONDS * 3):
        await stack.enter_async_context(staying_pages(pages[WATCHING:], left))
        terminals = []
        for user in students[:RUNNING]:  # their terminals are on the worker that stays
            terminal = await stack.enter_async_context(open_terminal(left, user))
            await terminal.start(PROGRAM, **{"class": classroom})
            await terminal.wait_for_output("Name: ")
            terminals.append(terminal)
        without, beside = await echoes(terminals[:TYPING], grids, left)
        print(
            f"\np99 of the echo without pages of the grid {milliseconds(without)} ms, "
            f"with {WATCHING} of them {milliseconds(beside)} ms"
        )
        await stack.enter_async_context(staying_pages(grids, left))
        seconds = await seconds_until_right(pages, dying, left)
        assert seconds <= GOOD_SECONDS
        most = MOST_MORE * statistics.median(without) + NOISE_SECONDS
        assert statistics.median(beside) <= most


async def seconds_until_right(pages: list[MemberPage], dying: WebServer, left: WebServer) -> float:
    """From when all pages are back, of which half are cut off now."""
    grids = pages[:WATCHING]
    wanted = Counter({"waiting": RUNNING, "idle": MEMBERS - RUNNING})
    await asyncio.gather(*(page.shows(wanted) for page in grids))
    before, used, began = [page.messages for page in grids], cpu_seconds(left), time.monotonic()
    dying.process.kill()
    cut = [page for page in pages if page.worker is dying]
    for page in cut:
        page.joined.clear()
        page.states = {} if page in grids else page.states
    await asyncio.gather(*(page.joined.wait() for page in cut))
    back = time.monotonic()
    await asyncio.gather(*(page.shows(wanted) for page in grids))
    right = time.monotonic()
    messages = [page.messages - known for page, known in zip(grids, before, strict=True)]
    print(
        f"{len(cut)} pages were back after {back - began:.2f} s, the grids right after "
        f"{right - back:.2f} s more; messages to each grid {messages}; "
        f"{cpu_seconds(left) - used:.2f} s of processor time of the worker that is left"
    )
    return right - back
