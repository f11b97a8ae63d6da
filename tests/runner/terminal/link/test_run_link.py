"""What a socket is told of a run that goes faster than the messages about it."""

import asyncio
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone
from pytest_django import Settings

from runner import runs
from runner.infrastructure import messaging
from runner.limits import Limits
from runner.protocol import messages
from runner.protocol.reasons import ReasonCode
from runner.run_state import Ending, Outcome
from runner.runs import heartbeats, recordings
from runner.terminal.link.run_link import RunLink
from tests.cast import someone
from tests.runner.runs.queued_runs import claimed, queued

pytestmark = pytest.mark.django_db(transaction=True)


class Browser:
    def __init__(self) -> None:
        self.told: list[str] = []
        self.output = b""
        self.ended = asyncio.Event()

    async def tell(self, message: messages.Message) -> None:
        self.told.append(type(message).__name__)
        if isinstance(message, messages.Exit | messages.Error):
            self.ended.set()

    async def show(self, offset: int, data: bytes, channel: int = 0) -> None:
        assert offset == len(self.output)
        self.output += data
        self.told.append("output")

    def end(self) -> None:
        self.told.append("socket ended")


def a_run() -> UUID:
    return queued(someone("owner")).pk


def a_run_that_has_ended() -> UUID:
    run = a_run()
    executor = heartbeats.register_executor("one", capacity=4, sandbox="rlimits")
    claimed(executor)
    runs.start_run(run, timezone.now())
    recordings.save_recording(run, {"head": b"hello\r\n", "tail_offset": 7})
    ending = Ending(Outcome.COMPLETED, ReasonCode.COMPLETED, exit_code=0, output_bytes=7)
    assert runs.finish_run(run, ending, executor)
    return run


def a_run_that_was_stopped_in_the_queue() -> UUID:
    run = a_run()
    assert runs.finish_queued(run, Outcome.STOPPED, ReasonCode.STOPPED)
    return run


def link_to(run: UUID, browser: Browser) -> RunLink:
    return RunLink(
        run,
        "a terminal",
        browser,
        language="python",
        offset=0,
        control=True,
        asked_at=timezone.now(),
    )


async def follow(run: UUID, *, began: bool) -> Browser:
    """All that a browser is told, until the end; `began` is as its terminal started the run."""
    browser = Browser()
    link = link_to(run, browser)
    try:
        if began:
            await link.begin(position=1)
        else:
            link.resume()
        async with asyncio.timeout(5):
            await browser.ended.wait()
    finally:
        await link.close()
    await assert_nothing_goes_on()
    return browser


async def assert_nothing_goes_on() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    if tasks:
        _, pending = await asyncio.wait(tasks, timeout=5)
        assert not pending


async def test_a_run_that_ended_before_it_was_found_is_told_in_the_usual_order() -> None:
    browser = await follow(await sync_to_async(a_run_that_has_ended)(), began=True)
    assert browser.told == ["Queued", "Started", "output", "Exit"]
    assert browser.output == b"hello\r\n"


async def test_a_run_that_never_started_is_not_said_to_have() -> None:
    run = await sync_to_async(a_run_that_was_stopped_in_the_queue)()
    assert (await follow(run, began=True)).told == ["Queued", "Exit"]


async def test_who_comes_later_is_told_what_was_kept() -> None:
    browser = await follow(await sync_to_async(a_run_that_has_ended)(), began=False)
    assert browser.told == ["Attached", "output", "Exit"]


async def test_a_link_that_ends_before_it_was_due_leaves_nothing_behind() -> None:
    browser = Browser()
    link = link_to(await sync_to_async(a_run)(), browser)
    await link.begin(position=1)
    await link.stop()
    async with asyncio.timeout(5):
        await browser.ended.wait()
    await assert_nothing_goes_on()


async def test_who_waits_is_not_sent_away_while_nobody_could_answer(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The channel layer is away: whether an executor is there, nobody knows."""
    settings.LIMITS = Limits(unavailable_seconds=0.1)
    looks: list[float] = []

    def away() -> float:
        looks.append(0.0)
        return 0.0 if len(looks) < 4 else 60.0

    monkeypatch.setattr(messaging, "steady_seconds", away)
    browser = await follow(await sync_to_async(a_run)(), began=True)
    assert len(looks) == 4
    assert browser.told == ["Queued", "Error"]
