"""Visitors ask for programs as fast as they can; a student starts some, too: how the student fares.

.venv/bin/python -m bench.visitors        on a site of its own, with the limits of any site
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from bench import terminals
from bench.machine import Usage
from bench.site import Site, running_site
from bench.statistics import Line, milliseconds, percentile
from bench.visitor_crowd import PLACE
from tests.cast import SignedIn
from tests.product import WebServer
from tests.services import ServerProcess
from tests.terminal_client import open_terminal
from tests.visitor import rows_without_runs_of_users, solve

VISITORS = 200
SECONDS, BEFORE_SECONDS = 30.0, 5.0  # of the crowd; of it, before anything is measured
START_EVERY_SECONDS = 0.5
HELLO = "print('hello')\n"
LEFT_SECONDS = 60.0
AFTER_SECONDS = 60.0  # in which the crowd closes its connections


def visitors() -> list[Line]:
    """Each of them is in a network of its own, as the site's proxy says."""
    with running_site(usual_limits=True, VISITORS="shared", TRUSTED_PROXIES="1") as site:
        idle = asyncio.run(_student(site.server, site.users[0], SECONDS))
        before = site.product.call(rows_without_runs_of_users)
        with _crowd(site) as crowd, Usage(site) as usage:
            time.sleep(BEFORE_SECONDS)
            crowded = asyncio.run(
                _student(site.server, site.users[0], SECONDS - 2 * BEFORE_SECONDS)
            )
        done = json.loads(crowd.output().splitlines()[-1])
        left = _left(site, before)
    ours, theirs = (percentile(took, 95) for took in (crowded, idle))
    figures = ", ".join(f"{count} {what}" for what, count in sorted(done.items()))
    what = f"student's first output p95 beside {VISITORS} visitors"
    return [
        Line(what, milliseconds(ours), milliseconds(theirs), ours / theirs, "< 2", usage.text),
        Line("what they did", figures, "", None),
        Line("rows of theirs left, by table", str(left or 0), "", None, "0"),
    ]


@contextmanager
def _crowd(site: Site) -> Iterator[ServerProcess]:
    """In a process of its own, which has ended afterwards."""
    visits = [
        (_first_visit(site.server, headers), headers) for headers in map(_headers, range(VISITORS))
    ]
    server = {"url": site.server.url, "websocket_url": site.server.websocket_url}
    about = {"server": server, "visits": visits, "seconds": SECONDS}
    file = site.product.directory / "visitors.json"
    file.write_text(json.dumps(about))
    command = [sys.executable, "-m", "bench.visitor_crowd", str(file)]
    crowd = site.product.start("visitor crowd", command)
    try:
        crowd.wait_for_output("all have begun", 60)
        yield crowd
        assert crowd.wait_for_end(AFTER_SECONDS) == 0, crowd.output()[-2000:]
    finally:
        crowd.stop()


def _headers(number: int) -> dict[str, str]:
    return {"X-Forwarded-For": f"10.{number // 256}.{number % 256}.1"}


def _first_visit(server: WebServer, headers: dict[str, str]) -> str:
    """Solved beforehand: a visitor's browser works on another machine."""
    with httpx.Client(base_url=server.url, headers=headers, timeout=30) as browser:
        asked = browser.post(f"/try/{PLACE}/puzzle/", json={}).raise_for_status().json()
        solved = {"puzzle": asked["puzzle"], "answers": solve(**asked)}
        given = browser.post(f"/try/{PLACE}/ticket/", json=solved).raise_for_status().json()
        return str(given["visit"])


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


def _left(site: Site, before: dict[str, int]) -> dict[str, int]:
    """How many rows more each table has, once programs have ended whose visitors have gone."""
    until = time.monotonic() + LEFT_SECONDS
    while True:
        now = site.product.call(rows_without_runs_of_users)
        left = {name: count - before[name] for name, count in now.items() if count != before[name]}
        if not left or time.monotonic() > until:
            return left
        time.sleep(1)


if __name__ == "__main__":
    from bench.statistics import table

    print(table(visitors()))
