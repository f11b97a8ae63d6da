# size: one state of the link, with every message it may receive
"""What passes between a browser and an executor while a link connects them, and how that ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from django.conf import settings
from pytest_django import Settings

from runner.languages import LANGUAGES, PYTHON
from runner.languages.language import LimitChanges
from runner.limits import MIB, Limits
from runner.protocol import channel, messages
from runner.protocol.channel import ChannelMessage
from runner.run_state import Outcome, RunStatus
from runner.terminal.link import run_link
from runner.terminal.link.run_link import RunLink
from tests.runner.terminal.surroundings import (
    RUN,
    VIEWER,
    Browser,
    Outside,
    attached,
    ended,
    following,
    gap,
    output,
)

pytestmark = pytest.mark.usefixtures("impatient")


@asynccontextmanager
async def live(browser: Browser, outside: Outside, offset: int = 0) -> AsyncIterator[RunLink]:
    outside.runs_on("one")
    async with following(browser, offset=offset) as link:
        await link.handle(attached())
        yield link


# --- Output ------------------------------------------------------------------------------------
async def test_output_that_comes_twice_is_shown_once(outside: Outside) -> None:
    browser = Browser()
    async with live(browser, outside) as link:
        for offset, data in ((0, b"ab"), (0, b"ab"), (1, b"bcd"), (2, b"c"), (4, b"e")):
            await link.handle(output(offset, data))
    assert browser.output == b"abcde"


async def test_missing_output_is_asked_for_and_what_comes_after_it_is_not_shown(
    outside: Outside,
) -> None:
    browser = Browser()
    async with live(browser, outside) as link:
        await link.handle(output(0, b"ab"))
        await link.handle(output(4, b"ef"))
        asked = channel.Progress(str(RUN), VIEWER, received=2, acked=0, resend=True)
        assert asked in outside.all_sent(channel.Progress)
        assert browser.output == b"ab"
        await link.handle(output(2, b"cdef"))
    assert browser.output == b"abcdef"


async def test_how_far_the_terminal_is_reaches_the_executor(outside: Outside) -> None:
    async with live(Browser(), outside) as link:
        await link.handle(output(0, b"abc"))
        assert link.ack(2)
        assert not link.ack(4), "never sent"
        progress = channel.Progress(str(RUN), VIEWER, received=3, acked=2, resend=False)
        await outside.until(lambda: progress in outside.all_sent(channel.Progress))


async def test_output_that_is_no_longer_held_at_attach_is_a_gap(outside: Outside) -> None:
    browser = Browser(offset=10)
    async with live(browser, outside, offset=10) as link:
        await link.handle(gap(5, 40))
        await link.handle(gap(5, 40))
        await link.handle(output(40, b"x"))
    assert browser.told == ["Attached", "Gap", "output"]
    assert browser.last(messages.Gap).from_ == 10


async def test_a_gap_behind_missing_output_waits_for_that(outside: Outside) -> None:
    browser = Browser()
    async with live(browser, outside) as link:
        await link.handle(gap(2, 40))
        assert browser.told == ["Attached"]
        await link.handle(output(0, b"ab"))
        await link.handle(gap(2, 40))
    assert browser.told == ["Attached", "output", "Gap"]


# --- Input -------------------------------------------------------------------------------------
async def test_input_is_repeated_until_it_has_arrived(outside: Outside) -> None:
    browser = Browser()
    async with live(browser, outside) as link:
        assert await link.type(1, "é")
        repeated = await outside.until_sent(channel.TypeInput, times=2)
        assert repeated == channel.TypeInput(str(RUN), VIEWER, 1, "é".encode())
        await link.handle(channel.InputTyped(str(RUN), 1))
        await link.handle(channel.InputTyped(str(RUN), 1))
        assert browser.told == ["Attached", "InputAck"]
        sent = len(outside.all_sent(channel.TypeInput))
        await link.type(1, "é")  # the page sends again what it has not seen acknowledged
        assert browser.told == ["Attached", "InputAck", "InputAck"]
        assert len(outside.all_sent(channel.TypeInput)) == sent


async def test_an_echo_carries_the_acknowledgement_along(outside: Outside) -> None:
    browser = Browser()
    async with live(browser, outside) as link:
        await link.type(1, "x")
        await link.handle(output(0, b"x", acked=1))
    assert browser.told == ["Attached", "output", "InputAck"]


async def test_input_that_nobody_takes_is_bounded(outside: Outside, settings: Settings) -> None:
    settings.LIMITS = Limits(input_messages=2)
    async with live(Browser(), outside) as link:
        assert [await link.type(seq, "x") for seq in (1, 2, 3)] == [True, True, False]
        await link.handle(channel.InputTyped(str(RUN), 2))
        assert await link.type(3, "x")


# --- Control -----------------------------------------------------------------------------------
async def test_control_moves_to_the_owners_newest_terminal_and_back(outside: Outside) -> None:
    browser = Browser()
    async with live(browser, outside) as link:
        await link.handle(attached(control=False, acked=3))
        assert not link.control
        told = browser.last(messages.Attached)
        assert (told.control, told.input_seq, told.status) == (False, 3, RunStatus.RUNNING)
        await link.handle(attached(control=False))
        assert browser.told == ["Attached", "Attached"]
        await link.handle(channel.NotHere(str(RUN)))
        asked = await outside.until_sent(channel.AttachViewer, times=2)
        assert not asked.control, "it would take control back from the newer terminal"
        await link.handle(attached(control=True))
        assert browser.last(messages.Attached).control
    assert browser.told == ["Attached", "Attached", "Attached"]


async def test_who_loses_control_before_the_start_is_told_after_it(outside: Outside) -> None:
    browser = Browser()
    async with following(browser, created=True) as link:
        await link.handle(attached(control=False))
        assert not link.control
    assert browser.told == ["Queued", "Started", "Attached"]


# --- Stop --------------------------------------------------------------------------------------
async def test_a_stop_is_repeated_until_the_end(outside: Outside) -> None:
    browser = Browser()
    async with live(browser, outside) as link:
        await link.stop()
        await outside.until_sent(channel.StopRun, times=3)
        assert outside.ended_in_queue == []
        await link.handle(ended(0))
    assert browser.told == ["Attached", "Exit"]


async def test_a_stop_in_the_queue_ends_the_run_there_and_is_told_at_once(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_link, "BEGIN_SECONDS", 60)
    browser = Browser()
    async with following(browser, created=True) as link:
        await link.stop()
        await browser.until("Exit")
    assert outside.ended_in_queue == [Outcome.STOPPED]
    assert browser.told == ["Queued", "Exit"]
    assert outside.all_sent(channel.StopRun) == []


async def test_a_stop_reaches_the_executor_that_takes_the_run_meanwhile(outside: Outside) -> None:
    browser = Browser()
    async with following(browser, created=True) as link:
        outside.runs_on("one")
        await link.stop()
        await outside.until_sent(channel.AttachViewer)
        await link.handle(attached())
        assert await outside.until_sent(channel.StopRun) == channel.StopRun(str(RUN), VIEWER)
    assert outside.ended_in_queue == []
    assert browser.told == ["Queued", "Started"]


# --- The end -----------------------------------------------------------------------------------
async def test_the_end_waits_for_all_output_before_it(outside: Outside) -> None:
    browser = Browser()
    async with live(browser, outside) as link:
        await link.handle(ended(3, acked=2))
        assert browser.told == ["Attached"]
        assert (await outside.until_sent(channel.Progress)).resend
        await link.handle(output(0, b"abc"))
        await link.handle(ended(3, acked=2))
        assert link.over
    assert browser.told == ["Attached", "output", "InputAck", "Exit"]


async def test_an_end_that_comes_again_is_answered_and_told_once(outside: Outside) -> None:
    """The executor says it until the viewer is gone; that message may be lost."""
    browser = Browser()
    async with live(browser, outside) as link:
        for number in range(3):
            await link.handle(ended(0))
            assert len(outside.all_sent(channel.DetachViewer)) == number + 1
    assert browser.told == ["Attached", "Exit"]


@pytest.mark.parametrize(
    "message", [output(0, b"x"), ended(0), channel.StillRunning(str(RUN))], ids=lambda m: type(m)
)
async def test_an_executor_that_goes_on_speaking_is_told_again_that_the_browser_left(
    outside: Outside, message: ChannelMessage
) -> None:
    browser = Browser()
    async with live(browser, outside) as link:
        await link.close()
        await link.close()
        assert len(outside.all_sent(channel.DetachViewer)) == 1
        await link.handle(message)
        assert len(outside.all_sent(channel.DetachViewer)) == 2
    assert browser.told == ["Attached"]


async def test_a_closed_link_confirms_nothing(outside: Outside) -> None:
    async with live(Browser(), outside) as link:
        await link.handle(output(0, b"abc"))
        await outside.until_sent(channel.Progress, times=2)
        await link.close()
        outside.sent.clear()
        assert link.ack(3)
        await asyncio.sleep(0.1)  # twice as long as a confirmation waits for others
        assert outside.sent == []


async def test_a_link_that_closes_in_the_middle_of_an_answer_says_no_more(
    outside: Outside,
) -> None:
    started, go_on = asyncio.Event(), asyncio.Event()

    class Slow(Browser):
        async def tell(self, message: messages.Message) -> None:
            await super().tell(message)
            if isinstance(message, messages.Started):
                started.set()
                await go_on.wait()

    browser = Slow()
    async with following(browser, created=True) as link:
        handling = asyncio.create_task(link.handle(attached(control=False)))
        await started.wait()
        await link.close()
        go_on.set()
        await handling
    assert browser.told == ["Queued", "Started"]


async def test_the_limits_of_its_language_are_told(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = LimitChanges(why="a test", memory_bytes=512 * MIB, compile_memory_bytes=1024 * MIB)
    monkeypatch.setitem(LANGUAGES, "python", replace(PYTHON, limits=changes))
    browser = Browser()
    async with following(browser, created=True) as link:
        await link.handle(attached(control=True))
        limits = browser.last(messages.Started).limits
    assert (limits.memory_bytes, limits.processes) == (512 * MIB, settings.LIMITS.processes)
