"""A class of 300 presses Run together, on real sockets, behind one user's 100 requests.

There are places for fifty at once. Who waits is told a place that only falls; everybody's first run
is served before anybody's second one; and the order of asking is the order of serving, within what
executors claim at once.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import psycopg

from bench.machine import Usage
from bench.site import Site
from bench.statistics import Line, milliseconds, percentile
from runner.protocol.messages import Outcome
from tests.cast import SignedIn, SignedInUsers
from tests.product import WebServer
from tests.terminal_client import TerminalClient, open_terminal

CLASS, GREEDY = 300, 100
WORKERS, EXECUTORS, CAPACITY = 2, 2, 25
PROGRAM = "import time\ntime.sleep(0.5)\nprint('done')\n"
PRINTED = b"done\r\n"
SECONDS = 300.0
OURS = (
    "FROM runner_run JOIN accounts_user ON owner_id = accounts_user.id WHERE username LIKE 'pupil%'"
)
# Who was served, in order: 1 for the greedy one.
ORDER = f"SELECT username = 'pupil0' {OURS} ORDER BY claimed_at, turn, created_at"
# How far each of the class was from its place in the order of asking.
MOVED = f"""
SELECT abs(row_number() OVER (ORDER BY created_at)
    - row_number() OVER (ORDER BY claimed_at, turn, created_at))
{OURS} AND username <> 'pupil0'
"""


@dataclass
class Seen:
    """By one student."""

    started: float  # seconds after pressing Run
    printed: float
    wrong: list[str] = field(default_factory=list)


async def press_run(terminal: TerminalClient) -> Seen:
    began = time.perf_counter()
    await terminal.request_start(PROGRAM)
    await terminal.wait_for("started", SECONDS)
    started = time.perf_counter() - began
    await terminal.wait_for_bytes(1, SECONDS)
    seen = Seen(started, time.perf_counter() - began)
    end = await terminal.wait_for("exit", SECONDS)
    if end["outcome"] != "completed" or terminal.output != PRINTED:
        seen.wrong.append(f"{end['outcome']}, {bytes(terminal.output)!r}")
    places = [message["position"] for message in terminal.inbox if message["type"] == "queued"]
    if places != sorted(places, reverse=True) or not places:
        seen.wrong.append(f"places {places}")
    return seen


async def lesson(
    workers: Sequence[WebServer], greedy: SignedIn, class_: list[SignedIn]
) -> list[Seen]:
    """What the class saw; the greedy one has pressed Run before."""
    async with AsyncExitStack() as opened:
        terminals = [
            await opened.enter_async_context(open_terminal(workers[n % len(workers)], user))
            for n, user in enumerate([*[greedy] * GREEDY, *class_])
        ]
        for terminal in terminals[:GREEDY]:
            await terminal.request_start(PROGRAM)
        for terminal in terminals[:GREEDY]:
            await terminal.wait_for("queued")
        seen = await asyncio.gather(*map(press_run, terminals[GREEDY:]))
        for terminal in terminals[:GREEDY]:
            await terminal.wait_for_exit(Outcome.COMPLETED, SECONDS)
    return seen


def served(site: Site, query: str) -> list[int]:
    with psycopg.connect(site.product.env["DATABASE_URL"]) as connection:
        return [int(row[0]) for row in connection.execute(query.encode())]


def together(site: Site) -> list[Line]:
    site.arrange(workers=WORKERS, executors=0)
    site.arrange(workers=WORKERS, executors=EXECUTORS, capacity=CAPACITY)
    users = SignedInUsers(site.product, students=CLASS + 1, instructors=0, name="pupil")
    greedy, *class_ = (users.student() for _ in range(CLASS + 1))
    with Usage(site) as usage:
        seen = asyncio.run(lesson(site.workers, greedy, class_))
    site.arrange(workers=1, executors=0)
    site.arrange()
    wrong = [complaint for one in seen for complaint in one.wrong]
    order, moved = served(site, ORDER), served(site, MOVED)
    last = max(place for place, is_greedy in enumerate(order) if not is_greedy)
    what = f"{CLASS} press Run, {EXECUTORS * CAPACITY} places"
    lines = [
        Line(
            f"{what}: {name} p{percent}",
            milliseconds(percentile([getattr(one, name) for one in seen], percent)),
            "",
            None,
            limit=usage.text if percent == 50 and name == "started" else "",
        )
        for name in ("started", "printed")
        for percent in (50, 95, 100)
    ]
    return [
        *lines,
        Line("wrong outputs, outcomes, places", str(len(wrong)), "; ".join(wrong[:3]), None),
        Line(f"of {GREEDY} of one user served before the class", str(sum(order[:last])), "", None),
        Line("places out of order, at most", str(max(moved)), f"p95 {percentile(moved, 95)}", None),
    ]
