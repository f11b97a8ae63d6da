"""That a program waits for input: told once, and only while it is true."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from runner.protocol import channel, messages
from runner.terminal.link.run_link import RunLink
from tests.runner.terminal.surroundings import (
    RUN,
    Browser,
    Outside,
    attached,
    ended,
    following,
    output,
)

pytestmark = pytest.mark.usefixtures("impatient")


def waiting(offset: int, typed: int = 0) -> channel.StillRunning:
    return channel.StillRunning(str(RUN), waits_at=offset, typed=typed)


@asynccontextmanager
async def asked(
    browser: Browser, outside: Outside, *, control: bool = True
) -> AsyncIterator[RunLink]:
    """A program has printed "Name? "."""
    outside.runs_on("one")
    async with following(browser, control=control) as link:
        await link.handle(attached(control=control))
        await link.handle(output(0, b"Name? "))
        yield link


async def test_it_is_told_once_however_often_the_executor_says_so(outside: Outside) -> None:
    browser = Browser()
    async with asked(browser, outside) as link:
        for _ in range(3):
            await link.handle(waiting(6))
    assert browser.told == ["Attached", "output", "Notice"]
    notice = browser.last(messages.Notice)
    assert (notice.run, notice.code) == (RUN, "waiting_for_input")


async def test_it_is_told_again_after_an_answer(outside: Outside) -> None:
    browser = Browser()
    async with asked(browser, outside) as link:
        await link.handle(waiting(6))
        await link.type(1, "Ada\n")
        await link.handle(channel.InputTyped(str(RUN), 1))
        await link.handle(waiting(6, typed=1))
    assert browser.told == ["Attached", "output", "Notice", "InputAck", "Notice"]


async def test_it_is_not_told_when_it_is_old(outside: Outside) -> None:
    browser = Browser()
    async with asked(browser, outside) as link:
        await link.handle(output(6, b"."))
        await link.handle(waiting(6))  # there is output after it
        await link.handle(waiting(9))  # there is output before it that has not come
        await link.type(1, "Ada\n")
        await link.handle(waiting(7))  # there is an answer on its way
    assert "Notice" not in browser.told


async def test_it_may_bring_the_acknowledgement_of_the_last_input(outside: Outside) -> None:
    browser = Browser()
    async with asked(browser, outside) as link:
        await link.type(1, "A")
        await link.handle(waiting(6, typed=1))
    assert browser.told == ["Attached", "output", "InputAck", "Notice"]


async def test_an_executor_of_the_version_before_says_nothing_of_it(outside: Outside) -> None:
    sent = {"type": "run.event", "kind": "StillRunning", "run": str(RUN)}
    browser = Browser()
    async with asked(browser, outside) as link:
        await link.handle(channel.decode(sent))
    assert "Notice" not in browser.told


async def test_after_the_end_it_is_not_told(outside: Outside) -> None:
    browser = Browser()
    async with asked(browser, outside) as link:
        await link.handle(ended(6))
        await link.handle(waiting(6))
    assert browser.told == ["Attached", "output", "Exit"]


async def test_who_watches_is_told_once_that_it_goes_on(outside: Outside) -> None:
    """The answer was typed elsewhere, and is not shown."""
    browser, goes_on = Browser(), channel.StillRunning(str(RUN))
    async with asked(browser, outside, control=False) as link:
        await link.handle(goes_on)
        await link.handle(waiting(6))
        for _ in range(3):
            await link.handle(goes_on)
        await link.handle(waiting(6))
        await link.handle(output(6, b"."))
        await link.handle(goes_on)
    assert browser.told == ["Attached", "output", "Notice", "Notice", "Notice", "output"]
    codes = [m.code for m in browser.messages if isinstance(m, messages.Notice)]
    assert codes == ["waiting_for_input", "running", "waiting_for_input"]


async def test_who_types_is_not_told_that_it_goes_on(outside: Outside) -> None:
    browser = Browser()
    async with asked(browser, outside) as link:
        await link.handle(waiting(6))
        await link.handle(channel.StillRunning(str(RUN)))
    assert browser.told == ["Attached", "output", "Notice"]


async def test_held_output_is_told_once_and_so_is_its_end(outside: Outside) -> None:
    browser = Browser()
    held, plain = channel.StillRunning(str(RUN), held=True), channel.StillRunning(str(RUN))
    async with asked(browser, outside) as link:
        for message in (plain, held, held, plain, plain, held):
            await link.handle(message)
    codes = [m.code for m in browser.messages if isinstance(m, messages.Notice)]
    assert codes == ["output_held", "output_resumed", "output_held"]


async def test_a_warning_is_told_once_with_its_figures(outside: Outside) -> None:
    browser = Browser()
    figures: dict[str, int | str] = {"used_seconds": 36, "cpu_seconds": 60}
    async with asked(browser, outside) as link:
        for _ in range(3):
            await link.handle(channel.Warned(str(RUN), "processor_time", figures))
        await link.handle(channel.Warned(str(RUN), "of another version", {}))
    assert browser.told == ["Attached", "output", "Notice"]
    notice = browser.last(messages.Notice)
    assert (notice.code, notice.figures) == ("processor_time", figures)


async def test_a_phase_is_told_once_and_none_after_the_last(outside: Outside) -> None:
    browser = Browser()
    async with asked(browser, outside) as link:
        for phase in ("compiling", "compiling", "linking", "running", "compiling", "running"):
            await link.handle(channel.RunPhase(str(RUN), phase))
    assert browser.told == ["Attached", "output", "RunPhase", "RunPhase"]
    phases = [m.phase for m in browser.messages if isinstance(m, messages.RunPhase)]
    assert phases == ["compiling", "running"]
