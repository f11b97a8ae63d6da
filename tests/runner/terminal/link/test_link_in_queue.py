"""A link waits for its run to leave the queue, and for somebody who takes it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from pytest_django import Settings

from runner import runs
from runner.limits import Limits
from runner.protocol import channel, messages
from runner.protocol.reasons import ErrorCode
from runner.run_state import Outcome, RunStatus
from runner.terminal.link import run_link
from tests.runner.terminal.surroundings import (
    ASKED_AT,
    LOCATION,
    RUN,
    VIEWER,
    Browser,
    Outside,
    attached,
    following,
    output,
)

pytestmark = pytest.mark.usefixtures("impatient")


async def test_who_attaches_to_a_queued_run_waits_like_who_created_it(outside: Outside) -> None:
    browser = Browser()
    async with following(browser) as link:
        await outside.until_sent(channel.Wake)
        assert outside.waiting[0] == (RUN, VIEWER, ASKED_AT)
        assert browser.told == ["Attached", "Queued"]
        assert browser.last(messages.Attached).status == RunStatus.QUEUED
        await link.handle(attached())
        await link.handle(output(0, b"x"))
    assert browser.told == ["Attached", "Queued", "Started", "output"]


async def test_a_place_in_the_queue_is_told_when_it_changes(outside: Outside) -> None:
    browser = Browser()
    outside.location = replace(LOCATION, position=2)
    async with following(browser):
        await outside.until_sent(channel.Wake, times=3)
        outside.location = LOCATION
        await browser.until("Queued", times=2)
        await outside.until_sent(channel.Wake, times=6)
    positions = [m.position for m in browser.messages if isinstance(m, messages.Queued)]
    assert positions == [2, 1]


async def test_a_watcher_of_a_queued_run_does_not_take_its_place(outside: Outside) -> None:
    browser = Browser()
    async with following(browser, control=False):
        await outside.until(lambda: outside.looks >= 3)
    assert browser.told == ["Attached", "Queued"]
    assert outside.waiting == []
    assert outside.all_sent(channel.Wake) == []


@pytest.mark.parametrize("created", [True, False])
async def test_all_of_a_run_may_happen_while_nothing_is_heard(
    outside: Outside, created: bool
) -> None:
    """It waits, is claimed and ends; every message about it is lost."""
    browser = Browser()
    async with following(browser, created=created):
        await outside.until_sent(channel.Wake, times=2)
        outside.runs_on("one")
        await outside.until_sent(channel.AttachViewer)
        outside.has_ended(b"hello\r\n")
        await browser.until("Exit")
    before = ["Queued"] if created else ["Attached", "Queued"]
    assert browser.told == [*before, "Started", "output", "Exit"]


async def test_an_executor_may_be_quicker_than_the_databases_answer(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run was in the queue when it was looked for, and runs when that is known."""
    answers = asyncio.Event()
    asked = asyncio.Event()

    async def slow(function: Callable[..., object], *arguments: object) -> object:
        answer = function(*arguments)
        asked.set()
        await answers.wait()
        return answer

    monkeypatch.setattr(run_link, "in_database", slow)
    browser = Browser()
    async with following(browser, created=True) as link:
        await asked.wait()
        await link.handle(attached())
        answers.set()
        await link.handle(output(0, b"x"))
        await outside.until_sent(channel.Progress)
    assert browser.told == ["Queued", "Started", "output"]


# --- Nobody there ------------------------------------------------------------------------------
async def test_who_is_not_answered_in_time_is_told_so(outside: Outside, settings: Settings) -> None:
    settings.LIMITS = Limits(unavailable_seconds=0.05)
    browser = Browser()
    async with following(browser, created=True):
        await browser.until("Error")
    assert browser.told == ["Queued", "Error"]
    assert browser.last(messages.Error).code == ErrorCode.UNAVAILABLE
    assert outside.ended_in_queue == [Outcome.INTERNAL_ERROR]


async def test_an_executor_that_is_alive_is_waited_for(
    outside: Outside, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LIMITS = Limits(unavailable_seconds=10)
    now = 0.0
    monkeypatch.setattr(run_link, "time", SimpleNamespace(monotonic=lambda: now))
    browser = Browser()
    async with following(browser, created=True) as link:
        for _ in range(5):
            now += 9
            await outside.until_sent(channel.Wake, times=len(outside.all_sent(channel.Wake)) + 1)
            await link.handle(channel.ExecutorAlive(str(RUN)))
        assert not link.over
        now += 11
        await browser.until("Error")
    assert browser.told == ["Queued", "Error"]


async def test_an_executor_that_takes_the_run_at_the_last_moment_is_asked(
    outside: Outside, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database decides who was first."""
    settings.LIMITS = Limits(unavailable_seconds=0)

    def wait_for(*arguments: object) -> None:
        outside.runs_on("one")

    monkeypatch.setattr(runs, "wait_for", wait_for)
    browser = Browser()
    async with following(browser, created=True):
        await outside.until_sent(channel.AttachViewer)
    assert browser.told == ["Queued"]
