"""A debugged program that stands: web workers die, sockets are polled, and others watch."""

import pytest

from runner.protocol.messages import Outcome
from tests.debugging.dap import MAIN
from tests.debugging.debug_terminal import (
    DebugTerminal,
    PageDebugger,
    open_debug_terminal,
    open_polled_debug_terminal,
)
from tests.debugging.debugged import requires_debugger
from tests.scale.site import Site

pytestmark = [requires_debugger, pytest.mark.faults, pytest.mark.timeout(180)]
PROGRAM = """total = 0
for number in range(5):
    answer = input(f"{number}? ")
    total += int(answer)
print("total", total)
"""
WANTED = {"number": "2", "total": "3", "answer": "'3'"}


async def stopped_in_the_loop(terminal: DebugTerminal) -> int:
    """The thread that stands in line 4, in the third turn."""
    debugger = terminal.debugger
    await terminal.start(PROGRAM, debug=True)
    await debugger.begin({"line": 4, "condition": "number == 2"})
    await terminal.type("1\n2\n3\n4\n5\n")
    thread: int = (await debugger.event("stopped"))["threadId"]
    await assert_there(debugger, thread)
    return thread


async def assert_there(debugger: PageDebugger, thread: int) -> None:
    top = (await debugger.frames(thread))[0]
    assert (top["line"], top["source"]["path"]) == (4, MAIN)
    values = await debugger.values(top["id"])
    assert {name: values[name] for name in WANTED} == WANTED


async def assert_it_goes_on(terminal: DebugTerminal, thread: int) -> None:
    await terminal.debugger.request("continue", threadId=thread)
    await terminal.wait_for_exit(Outcome.COMPLETED)


async def test_its_web_worker_is_killed(site: Site) -> None:
    """The page goes on at another one: same line, same variables, and the program to its end."""
    first, second = site.workers
    user = site.student()
    async with open_debug_terminal(first, user) as terminal:
        thread = await stopped_in_the_loop(terminal)
        debugger, run, offset = terminal.debugger, str(terminal.run), terminal.offset
        first.process.kill()
        await terminal.cut()
    async with open_debug_terminal(second, user, debugger) as terminal:
        await terminal.attach_debugged(run, offset)
        await terminal.wait_for("channel_ack")
        await assert_there(debugger, thread)
        await assert_it_goes_on(terminal, thread)
        assert terminal.output.endswith(b"total 15\r\n")


async def test_a_page_that_is_loaded_again_hears_all_of_it_again(site: Site) -> None:
    user = site.student()
    async with open_debug_terminal(site.workers[0], user) as terminal:
        thread = await stopped_in_the_loop(terminal)
        before, run = terminal.debugger, str(terminal.run)
    async with open_debug_terminal(site.workers[1], user) as terminal:
        await terminal.attach_debugged(run, 0)
        debugger = terminal.debugger
        assert (await debugger.event("stopped"))["threadId"] == thread
        await terminal.wait_for("channel_ack")
        debugger._seq = 1000  # as pages count from the time
        await assert_there(debugger, thread)
        assert debugger.heard[: len(before.heard)] == before.heard
        await assert_it_goes_on(terminal, thread)


async def test_over_polled_requests_to_two_workers_it_is_the_same(site: Site) -> None:
    async with open_polled_debug_terminal(site.workers, site.student()) as terminal:
        thread = await stopped_in_the_loop(terminal)
        await assert_it_goes_on(terminal, thread)
        assert terminal.output.endswith(b"total 15\r\n")


async def test_who_watches_sees_it_and_sends_nothing(site: Site) -> None:
    """Here another window of the owner, which says that it only watches."""
    user = site.student()
    async with open_debug_terminal(site.workers[0], user) as terminal:
        thread = await stopped_in_the_loop(terminal)
        async with open_debug_terminal(site.workers[1], user) as watcher:
            await watcher.send("attach", run=terminal.run, offset=0, watch=True)
            await watcher.wait_for("attached")
            assert (await watcher.debugger.event("stopped"))["threadId"] == thread
            since = len(terminal.debugger.heard)
            watcher.debugger.sent = 100
            await watcher.debugger.post(
                watcher.debugger.encoded("continue", {"threadId": thread})[1]
            )
            assert (await watcher.wait_for("error"))["code"] == "not_allowed"
            await assert_there(terminal.debugger, thread)
            assert not [
                each for each in terminal.debugger.heard[since:] if each.get("event") == "continued"
            ]
        await assert_it_goes_on(terminal, thread)
