"""Rooms: from a key to another participant's screen, and terminals beside thirty rooms.

Chromium has two pages, each of a web worker of its own. What Redis, the web workers, the browser
and the crowd need, two cores share.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import psycopg
from playwright.sync_api import Browser, Page, expect

from bench import terminals
from bench.browser import chromium, new_context
from bench.machine import Usage
from bench.site import Site
from bench.statistics import Line, compared, milliseconds, percentile
from tests.cast import SignedIn, SignedInUsers
from tests.product import WebServer
from tests.room_client import make_rooms

ROOMS, PARTICIPANTS = 30, 4
KEYS, KEY_SECONDS = 200, 0.15
ECHOES = 1000
PAGE_MS = 60_000
STORED = "SELECT sum(seq) FROM runner_room"
# Seconds since the epoch: both pages are on one machine. Who reads sees a text in the frame after
# the one in which the editor has it.
PRESSED = """() => {
    window.pressed = [];
    const note = (event) => window.pressed.push((performance.timeOrigin + event.timeStamp) / 1000);
    document.addEventListener("keydown", note, true);
}"""
SEEN = """() => {
    window.seen = [];
    let known = coderunner.getText().length;
    const note = (count) => {
        const now = (performance.timeOrigin + performance.now()) / 1000;
        for (let each = 0; each < count; each += 1) window.seen.push(now);
    };
    const look = () => {
        const length = coderunner.getText().length;
        const more = length - known;
        known = length;
        if (more > 0) requestAnimationFrame(() => note(more));
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


def rooms(site: Site) -> list[Line]:
    site.arrange(workers=2)
    users = SignedInUsers(
        site.product, students=ROOMS * PARTICIPANTS + 2, instructors=0, name="member"
    )
    writer, reader = users.student(), users.student()
    parties = [[users.student() for _ in range(PARTICIPANTS)] for _ in range(ROOMS)]
    alone = _echoes(site)
    keys = _keys(site, writer, reader)
    with _crowd(site, parties), _load_of_postgres(site) as load, Usage(site) as usage:
        before, began = _stored(site), time.monotonic()
        beside = _echoes(site)
        rate = (_stored(site) - before) / (time.monotonic() - began)
    again = _echoes(site)
    site.arrange(workers=1)
    what = f"echo beside {ROOMS} rooms of {PARTICIPANTS}"
    described = f"{rate:.0f} updates/s"
    return [
        *(
            Line(f"key to another screen p{percent}", milliseconds(percentile(keys, percent)), "",
                 None, "<= 150 ms" if percent == 95 else "")
            for percent in (50, 95, 99)
        ),
        compared(what, beside, alone + again, 50, f"without, {described}"),
        compared(what, beside, alone + again, 99, "without", "<= 1.2").limited(usage.text),
        Line("PostgreSQL meanwhile", f"{load[0]:.0f} % of a core", "", None, "<= 30 %"),
    ]  # fmt: skip


def _echoes(site: Site) -> list[float]:
    return asyncio.run(terminals.echoes(site.server, site.users[0], ECHOES))


def _stored(site: Site) -> int:
    with psycopg.connect(site.product.env["DATABASE_URL"]) as connection:
        row = connection.execute(STORED.encode()).fetchone()
    return int(row[0] or 0) if row else 0


# --- From key to screen --------------------------------------------------------------------------
def _keys(site: Site, writer: SignedIn, reader: SignedIn) -> list[float]:
    (room,) = site.product.call(make_rooms, [[writer.username, reader.username]])
    with chromium() as browser:
        writes = _opened(browser, site.workers[0], writer, room)
        reads = _opened(browser, site.workers[1], reader, room)
        writes.get_by_test_id("editor").locator(".view-lines").click()
        writes.keyboard.press("Control+End")
        writes.keyboard.type("# ")
        reads.wait_for_function("() => coderunner.getText().endsWith('# ')")
        writes.evaluate(PRESSED)
        reads.evaluate(SEEN)
        for _ in range(KEYS):
            writes.keyboard.press("x")
            time.sleep(KEY_SECONDS)
        reads.wait_for_function("(count) => window.seen.length >= count", arg=KEYS)
        pressed, seen = writes.evaluate("window.pressed"), reads.evaluate("window.seen")
    assert len(pressed) == len(seen) == KEYS
    return [later - earlier for earlier, later in zip(pressed, seen, strict=True)]


def _opened(browser: Browser, worker: WebServer, user: SignedIn, room: int) -> Page:
    page = new_context(browser, worker.url, user).new_page()
    page.goto(f"{worker.url}/rooms/{room}/")
    connection = page.get_by_test_id("connection")
    expect(connection).to_have_attribute("data-state", "connected", timeout=PAGE_MS)
    lines = page.get_by_test_id("editor").locator(".view-line").first
    expect(lines).to_be_visible(timeout=PAGE_MS)
    page.wait_for_function("() => coderunner.getText() !== ''", timeout=PAGE_MS)
    return page


# --- Thirty rooms --------------------------------------------------------------------------------
@contextmanager
def _crowd(site: Site, parties: list[list[SignedIn]]) -> Iterator[None]:
    numbers = site.product.call(make_rooms, [[one.username for one in party] for party in parties])
    people = [[(one.username, one.cookie) for one in party] for party in parties]
    about = {
        "urls": [worker.url for worker in site.workers],
        "rooms": list(zip(numbers, people, strict=True)),
    }
    file = site.product.directory / "rooms.json"
    file.write_text(json.dumps(about))
    command = [sys.executable, "-m", "bench.room_crowd", str(file)]
    crowd = site.product.start("room crowd", command)
    try:
        crowd.wait_for_output("all are here", 180)
        yield
        assert crowd.exit_code is None, crowd.output()[-2000:]
    finally:
        crowd.stop()


@contextmanager
def _load_of_postgres(site: Site) -> Iterator[list[float]]:
    """Of a core, in percent, once it is left."""
    with psycopg.connect(site.product.env["DATABASE_URL"]) as connection:
        server = psutil.Process(connection.info.backend_pid).parent()
        assert server is not None
        found: list[float] = []
        began, before = time.monotonic(), _seconds(server)
        yield found
        found.append(100 * (_seconds(server) - before) / (time.monotonic() - began))


def _seconds(server: psutil.Process) -> float:
    total = 0.0
    for process in (server, *server.children()):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total
