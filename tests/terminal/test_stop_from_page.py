"""A program whose tabs are closed is stopped from a page, and reached again."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from runner.protocol.messages import Outcome
from tests.cast import SignedIn
from tests.terminal.conftest import Site
from tests.terminal_client import TerminalClient, open_terminal

TOKEN = "a" * 32
WAITS = "print('here'); input()"
IGNORES = "import signal, time\nsignal.signal(15, signal.SIG_IGN)\nprint('here')\nwhile True: pass"


async def ask(site: Site, user: SignedIn, method: str, path: str) -> Any:
    headers = {
        "Cookie": f"{user.cookie}; csrftoken={TOKEN}",
        "Accept": "application/json",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/json",
    }
    async with httpx.AsyncClient(timeout=20) as client:
        content = json.dumps({}) if method == "POST" else None
        answer = await client.request(
            method, site.server.url + path, headers=headers, content=content
        )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def left_behind(site: Site, user: SignedIn, source: str) -> str:
    """A run whose tab is closed."""
    async with open_terminal(site.server, user) as terminal:
        started = await terminal.start(source)
        await terminal.wait_for_output("here")
    return str(started["run"])


@pytest.mark.parametrize("source", [WAITS, IGNORES], ids=["waits", "ignores signals"])
async def test_a_run_of_a_closed_tab_is_listed_and_stopped(
    site: Site, owner: SignedIn, source: str
) -> None:
    run = await left_behind(site, owner, source)
    listed = (await ask(site, owner, "GET", "/runs/active/"))["runs"]
    assert [one["run"] for one in listed] == [run]
    assert (await ask(site, owner, "POST", f"/runs/{run}/stop/"))["runs"] == []


async def test_three_closed_tabs_lock_nobody_out(site: Site, owner: SignedIn) -> None:
    runs = [await left_behind(site, owner, WAITS) for _ in range(3)]
    async with open_terminal(site.server, owner) as terminal:
        await terminal.request_start("print('free')")
        assert (await terminal.wait_for_error("too_many_runs"))["reason_code"] == "too_many_runs"
        await ask(site, owner, "POST", f"/runs/{runs[0]}/stop/")
        await terminal.start("print('free')")
        await terminal.wait_for_exit(Outcome.COMPLETED)
        await terminal.attach(runs[1], 0)
        await terminal.wait_for_output("here")
        await terminal.type("\r")
        await terminal.wait_for_exit(Outcome.COMPLETED)
    await ask(site, owner, "POST", f"/runs/{runs[2]}/stop/")


async def test_a_tab_that_is_open_is_told(site: Site, owner: SignedIn) -> None:
    async with open_terminal(site.server, owner) as terminal:
        started = await terminal.start(WAITS)
        await terminal.wait_for_output("here")
        await ask(site, owner, "POST", f"/runs/{started['run']}/stop/")
        end = await terminal.wait_for_exit(Outcome.STOPPED)
    assert end["reason"] == "You stopped your program."


async def test_a_run_stopped_before_it_was_reached_says_so(
    site: Site, owner: SignedIn, terminal: TerminalClient
) -> None:
    """Both at once: the run ends once, and whoever attaches hears it."""
    run = await left_behind(site, owner, WAITS)
    _, attached = await asyncio.gather(
        ask(site, owner, "POST", f"/runs/{run}/stop/"), terminal.attach(run, 0)
    )
    assert attached["run"] == run
    await terminal.wait_for_exit(Outcome.STOPPED)
