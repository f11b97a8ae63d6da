"""Several sites on one machine, measured in turn: what differs between them is not the time of day.

Each is a web worker and an executor of its own, with its own Redis and database. They are talked to
as a browser would, over HTTP and WebSocket, so they may be of different revisions.
"""

import asyncio
import random
import re
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from math import inf
from pathlib import Path
from statistics import median
from typing import Self

import httpx
import psutil

from bench import floods, terminals
from bench.machine import MIB, proportional
from bench.sessions import OurSession
from bench.starts import HELLO, wait_for_pool
from bench.statistics import percentile
from tests.cast import PASSWORD, SignedIn
from tests.product import Product, WebServer, cookies_of
from tests.services import ROOT, PostgresServer, ServerProcess, running_redis
from tests.terminal_client import TerminalClient, open_terminal

RUNS, POOL = 100, 4  # of one user at once; sandboxes that wait
STARTS, KEYS = 4, 50  # in each round
RESAMPLES, SURE = 1000, 95  # of the bootstrap; percent
Samples = list[list[float]]  # of each round


@dataclass
class Contender:
    """One of the sites that are compared."""

    name: str
    server: WebServer
    executor: ServerProcess
    user: SignedIn
    waiting: int  # pairs of interpreters, when its pool is full
    samples: dict[str, Samples] = field(default_factory=dict)

    def note(self, what: str, values: list[float]) -> None:
        self.samples.setdefault(what, []).append(values)

    @property
    def memory(self) -> float:
        """Bytes of the web worker and the executor together."""
        pids = self.server.process.pid, self.executor.pid
        return proportional([psutil.Process(pid) for pid in pids])


@contextmanager
def running(
    name: str,
    folder: Path,
    postgres: PostgresServer,
    root: Path = ROOT,
    waiting: int = POOL,
    **env: str,
) -> Iterator[Contender]:
    folder.mkdir()
    (folder / "redis").mkdir()
    with (
        running_redis(folder / "redis") as redis,
        Product(
            folder,
            root,
            DATABASE_URL=postgres.new_database(),
            REDIS_URL=redis.url,
            LIMIT_RUNS_PER_USER=str(RUNS),
            LIMIT_RUN_REQUESTS_PER_SECOND="10000",
            LIMIT_RUN_REQUESTS_BURST="10000",
            POOL_SIZE=str(POOL),
            **env,
        ) as product,
    ):
        product.migrate()
        server = product.web_worker()
        executor = product.executor("--capacity", str(RUNS))
        server.wait_until_ready()
        yield Contender(name, server, executor, sign_up(server), waiting)


def sign_up(server: WebServer) -> SignedIn:
    """As anybody who comes to the site."""
    with httpx.Client(base_url=server.url, headers={"Referer": server.url}, timeout=30) as browser:
        page = browser.get("/accounts/signup/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token, f"no form at /accounts/signup/ ({page.status_code})"
        form = {"csrfmiddlewaretoken": token[1], "username": "owner", "email": "owner@example.org"}
        passwords = {"password1": PASSWORD, "password2": PASSWORD}
        answer = browser.post("/accounts/signup/", data=form | passwords)
        assert answer.status_code == HTTPStatus.FOUND, answer.text
        return SignedIn("owner", cookies_of(browser))


def run(contenders: Sequence[Contender], rounds: int) -> None:
    """Measures each in each round, in an order that changes."""
    asyncio.run(_measure(contenders, rounds))


async def _measure(contenders: Sequence[Contender], rounds: int) -> None:
    async with AsyncExitStack() as stack:
        measured = [(c, await stack.enter_async_context(_Client.of(c))) for c in contenders]
        chance = random.Random(1)
        for number in range(rounds):
            print(f"round {number + 1} of {rounds} …", file=sys.stderr, flush=True)
            for contender in contenders:
                contender.note("memory", [contender.memory])
            for task in (_Client.starts, _Client.echoes, _Client.flood):
                for contender, client in chance.sample(measured, len(measured)):
                    await task(client, contender)


class _Client:
    """The browsers of one site: one that starts programs, one that types."""

    def __init__(self, terminal: TerminalClient, typing: OurSession) -> None:
        self._terminal, self._typing = terminal, typing

    @classmethod
    @asynccontextmanager
    async def of(cls, contender: Contender) -> AsyncIterator[Self]:
        socket = terminals.open_socket(contender.server, contender.user)
        async with open_terminal(contender.server, contender.user) as terminal, socket as typing:
            await terminals.request_start(typing, terminals.CAT)
            yield cls(terminal, OurSession(typing, await terminals.next_output(typing)))
            await terminals.stop(typing)

    async def starts(self, contender: Contender) -> None:
        took = []
        for _ in range(STARTS):
            await asyncio.to_thread(wait_for_pool, contender.executor, contender.waiting)
            took.append(await terminals.first_output(self._terminal, HELLO))
        contender.note("first output", took)

    async def echoes(self, contender: Contender) -> None:
        took = []
        for _ in range(KEYS):
            began = time.perf_counter()
            await self._typing.echo()
            took.append(time.perf_counter() - began)
        await self._typing.rest()
        contender.note("echo", took)

    async def flood(self, contender: Contender) -> None:
        speed, _ = await floods.together(
            terminals.flood(contender.server, contender.user, floods.FLOOD)
            for _ in range(floods.CLIENTS)
        )
        contender.note("flood", [speed])


# --- Ratios ---------------------------------------------------------------------------------------
def quotient(ours: float, theirs: float) -> float:
    """Two counts may be zero, and are equal then."""
    if theirs == 0:
        return 1.0 if ours == 0 else inf
    return ours / theirs


@dataclass(frozen=True)
class Figure:
    """What is compared: a median of each round, or a percentile of all that was measured."""

    name: str
    series: str
    percent: int
    unit: Callable[[float], str]

    def value(self, samples: Samples) -> float:
        return percentile([value for values in samples for value in values], self.percent)

    def ratio(self, ours: Samples, theirs: Samples) -> float:
        """Rounds are compared one by one where each is enough: others' work on this machine
        disturbs whole rounds."""
        if self.percent != 50:
            return quotient(self.value(ours), self.value(theirs))
        pairs = zip(ours, theirs, strict=True)
        return median(quotient(median(mine), median(other)) for mine, other in pairs)


FIGURES = (
    Figure("first output p50", "first output", 50, lambda value: f"{1000 * value:.2f} ms"),
    Figure("echo p50", "echo", 50, lambda value: f"{1000 * value:.2f} ms"),
    Figure("echo p99", "echo", 99, lambda value: f"{1000 * value:.2f} ms"),
    Figure("flood to 10 at once", "flood", 50, lambda value: f"{value / 1e6:.1f} MB/s"),
    # Looked at before each round: a site that has just had a flood holds more for some seconds.
    Figure("memory, worker + executor", "memory", 50, lambda value: f"{value / MIB:.0f} MiB"),
)


@dataclass(frozen=True)
class Ratio:
    """Between `low` and `high` with 95 % probability, by resampling the rounds."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, figure: Figure, ours: Contender, theirs: Contender) -> Self:
        mine, other = ours.samples[figure.series], theirs.samples[figure.series]
        chance, ratios = random.Random(1), []
        for _ in range(RESAMPLES):
            rounds = chance.choices(range(len(mine)), k=len(mine))
            ratios.append(figure.ratio([mine[n] for n in rounds], [other[n] for n in rounds]))
        edge = (100 - SURE) / 2
        low, high = percentile(ratios, edge), percentile(ratios, 100 - edge)
        return cls(figure.ratio(mine, other), low, high)

    def __str__(self) -> str:
        return f"{self.value:.2f}x ({self.low:.2f} to {self.high:.2f})"


def rows(
    ours: Contender, theirs: Contender, again: Contender, figures: Sequence[Figure] = FIGURES
) -> list[tuple[str, ...]]:
    """Of a table: `again` equals `theirs`, so the last column is what a ratio may be by chance."""
    found: list[tuple[str, ...]] = [
        ("measured", ours.name, theirs.name, "ratio", f"{again.name} / {theirs.name}")
    ]
    for figure in figures:
        mine, other = (figure.value(c.samples[figure.series]) for c in (ours, theirs))
        ratio, noise = (Ratio.of(figure, contender, theirs) for contender in (ours, again))
        found.append((figure.name, figure.unit(mine), figure.unit(other), str(ratio), str(noise)))
    return found
