"""A link tells a browser the rest of a run from the database."""

import asyncio

import pytest

from runner.run_state import Outcome
from runner.runs import StoredRecording
from tests.runner.terminal.surroundings import (
    Browser,
    Outside,
    attached,
    ended,
    exit_after,
    following,
    output,
)

pytestmark = pytest.mark.usefixtures("impatient")


async def test_what_is_no_longer_kept_is_a_gap(outside: Outside) -> None:
    outside.has_ended()
    outside.stored = StoredRecording(head=b"begin", tail=b"end", tail_offset=100)
    outside.end = exit_after(103)
    browser = Browser(offset=2)
    async with following(browser, offset=2):
        await browser.until("Exit")
    assert browser.told == ["Attached", "output", "Gap", "output", "Exit"]
    assert browser.output == b"ginend"


async def test_what_a_lost_executor_could_not_save_is_a_gap(outside: Outside) -> None:
    outside.has_ended(b"abc")
    outside.end = exit_after(10, Outcome.EXECUTOR_LOST)
    browser = Browser()
    async with following(browser):
        await browser.until("Exit")
    assert browser.told == ["Attached", "output", "Gap", "Exit"]


@pytest.mark.parametrize(
    ("outcome", "told"),
    [(Outcome.COMPLETED, ["Error"]), (Outcome.EXECUTOR_LOST, ["Attached", "Exit"])],
)
async def test_a_browser_may_know_more_than_was_saved_only_of_a_lost_executor(
    outside: Outside, outcome: Outcome, told: list[str]
) -> None:
    outside.has_ended(b"abc")
    outside.end = exit_after(3, outcome)
    browser = Browser(offset=5)
    async with following(browser, offset=5):
        await browser.until(told[-1])
    assert browser.told == told


async def test_a_browser_that_leaves_in_the_middle_of_the_stored_end_gets_no_more(
    outside: Outside,
) -> None:
    outside.has_ended(b"x" * 1_000_000)
    shown = asyncio.Event()

    class Slow(Browser):
        async def show(self, offset: int, data: bytes, channel: int = 0) -> None:
            await super().show(offset, data)
            shown.set()
            await asyncio.Event().wait()  # it reads nothing

    browser = Slow()
    async with following(browser):
        await shown.wait()
    assert browser.told == ["Attached", "output"]
    assert len(browser.output) < 1_000_000


async def test_an_end_that_comes_during_the_stored_end_is_told_once(outside: Outside) -> None:
    outside.has_ended(b"abc")
    shown, go_on = asyncio.Event(), asyncio.Event()

    class Slow(Browser):
        async def show(self, offset: int, data: bytes, channel: int = 0) -> None:
            await super().show(offset, data)
            shown.set()
            await go_on.wait()

    browser = Slow()
    async with following(browser) as link:
        await shown.wait()
        await link.handle(attached())
        await link.handle(output(0, b"abc"))
        await link.handle(ended(3))
        go_on.set()
        await browser.until("Exit")
    assert browser.told == ["Attached", "output", "Exit"]


async def test_a_socket_ends_when_sending_the_stored_end_fails(outside: Outside) -> None:
    """The end is not sent again on this socket, so the page has to connect and attach again."""
    outside.has_ended(b"abc")

    class Failing(Browser):
        async def show(self, offset: int, data: bytes, channel: int = 0) -> None:
            raise RuntimeError("a bug of ours")

    browser = Failing()
    async with following(browser):
        await browser.until("socket ended")
    assert browser.told == ["Attached", "socket ended"]
