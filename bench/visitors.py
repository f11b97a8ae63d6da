"""Visitors ask for programs as fast as they can; a student starts some, too: how the student fares.

.venv/bin/python -m bench.visitors        on a site of its own, with the limits of any site
"""

import asyncio
import time
from collections import Counter

import httpx
from websockets.exceptions import WebSocketException

from bench import terminals
from bench.machine import Usage
from bench.site import Site, running_site
from bench.statistics import Line, milliseconds, percentile
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal_client import open_terminal
from tests.visitor import solve, visiting_with

VISITORS = 200
SECONDS, BEFORE_SECONDS = 20.0, 5.0  # of the crowd; of it, before anything is measured
START_EVERY_SECONDS = 0.5
HELLO = "print('hello')\n"
BUSY = "while True: pass\n"  # the worst that a visitor can run
PLACE = "example"
LEFT_SECONDS = 60.0


def visitors() -> list[Line]:
    """Each of them is in a network of its own, as the site's proxy says."""
    with running_site(usual_limits=True, VISITORS="shared", TRUSTED_PROXIES="1") as site:
        visits = [_first_visit(site.server, _headers(number)) for number in range(VISITORS)]
        idle = asyncio.run(_student(site.server, site.users[0], SECONDS))
        done: Counter[str] = Counter()
        with Usage(site) as usage:
            crowded = asyncio.run(_beside_visitors(site, visits, done))
        left = _left(site)
    ours, theirs = (percentile(took, 95) for took in (crowded, idle))
    figures = ", ".join(f"{count} {what}" for what, count in sorted(done.items()))
    what = f"student's first output p95 beside {VISITORS} visitors"
    return [
        Line(what, milliseconds(ours), milliseconds(theirs), ours / theirs, "< 2", usage.text),
        Line("what they did", figures, "", None),
        Line("rows of their runs left", str(left), "", None, "0"),
    ]


def _headers(number: int) -> dict[str, str]:
    return {"X-Forwarded-For": f"10.{number // 256}.{number % 256}.1"}


def _first_visit(server: WebServer, headers: dict[str, str]) -> str:
    """Solved beforehand: a visitor's browser works on another machine."""
    with httpx.Client(base_url=server.url, headers=headers, timeout=30) as browser:
        asked = browser.post(f"/try/{PLACE}/puzzle/", json={}).raise_for_status().json()
        solved = {"puzzle": asked["puzzle"], "answers": solve(**asked)}
        given = browser.post(f"/try/{PLACE}/ticket/", json=solved).raise_for_status().json()
        return str(given["visit"])


async def _beside_visitors(site: Site, visits: list[str], done: Counter[str]) -> list[float]:
    crowd = [
        asyncio.create_task(_visit(site.server, visit, _headers(number), done))
        for number, visit in enumerate(visits)
    ]
    await asyncio.sleep(BEFORE_SECONDS)
    try:
        return await _student(site.server, site.users[0], SECONDS - BEFORE_SECONDS)
    finally:
        for one in crowd:
            one.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)


async def _student(server: WebServer, user: SignedIn, seconds: float) -> list[float]:
    """Seconds to each first output."""
    took: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        due = time.monotonic() + START_EVERY_SECONDS
        async with open_terminal(server, user) as terminal:
            took.append(await terminals.first_output(terminal, HELLO))
        await asyncio.sleep(max(0.0, due - time.monotonic()))
    return took


async def _visit(
    server: WebServer, visit: str, headers: dict[str, str], done: Counter[str]
) -> None:
    """Again and again: a puzzle, a ticket, a program; what is refused is asked for again."""
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=30) as browser:
        while True:
            try:
                await _ask(server, browser, visit, done)
            except (httpx.HTTPError, WebSocketException, OSError, AssertionError, TimeoutError):
                done["refusals"] += 1


async def _ask(
    server: WebServer, browser: httpx.AsyncClient, visit: str, done: Counter[str]
) -> None:
    (await browser.post(f"/try/{PLACE}/puzzle/", json={})).raise_for_status()
    answer = await browser.post(f"/try/{PLACE}/ticket/", json={"visit": visit})
    ticket = answer.raise_for_status().json()["ticket"]
    done["tickets"] += 1
    headers = {"X-Forwarded-For": browser.headers["X-Forwarded-For"]}
    async with visiting_with(server, ticket, headers) as visitor:
        await visitor.request_start(BUSY)
        waiting = [asyncio.create_task(visitor.wait_for(kind, 120)) for kind in ("exit", "error")]
        ended, others = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for other in others:
            other.cancel()
        end = ended.pop().result()
        done[f"programs {end.get('outcome') or end['code']}"] += 1


def _left(site: Site) -> int:
    """Given some seconds for programs whose visitors have gone."""
    until = time.monotonic() + LEFT_SECONDS
    while (left := int(site.product.call(visitors_rows))) and time.monotonic() < until:
        time.sleep(1)
    return left


def visitors_rows() -> int:
    """To be called in a process of the site."""
    from runner.models import Run

    return Run.objects.filter(owner=None).count()


if __name__ == "__main__":
    from bench.statistics import table

    print(table(visitors()))
