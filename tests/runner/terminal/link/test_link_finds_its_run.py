"""A link finds its run again, whatever was lost or is away meanwhile."""

import logging

import pytest

from runner.protocol import channel, messages
from runner.protocol.reasons import ErrorCode
from runner.terminal.link import run_link
from tests.runner.terminal.surroundings import (
    ASKED_AT,
    RUN,
    VIEWER,
    Browser,
    Outside,
    Sent,
    attached,
    following,
    output,
)

pytestmark = pytest.mark.usefixtures("impatient")


# --- Attaching ---------------------------------------------------------------------------------
async def test_an_attachment_that_is_lost_is_asked_for_again(outside: Outside) -> None:
    outside.runs_on("one")
    browser = Browser(offset=5)
    async with following(browser, offset=5) as link:
        asked = await outside.until_sent(channel.AttachViewer, times=3)
        assert asked == channel.AttachViewer(
            str(RUN), VIEWER, offset=5, acked=5, control=True, asked_at=ASKED_AT.timestamp()
        )
        assert browser.told == []
        await link.handle(attached())
        await link.handle(output(5, b"x"))
    assert browser.told == ["Attached", "output"]
    assert {each.to for each in outside.sent} == {channel.executor_channel("one")}


async def test_an_executor_that_never_answers_may_be_lost(outside: Outside) -> None:
    outside.runs_on("one")
    async with following(Browser()) as link:
        await outside.until(lambda: outside.recoveries > 0)
        asked = len(outside.all_sent(channel.AttachViewer))
        assert asked > run_link.RECOVER_AFTER_LOOKS
        await link.handle(attached())
        recoveries = outside.recoveries
        await link.handle(channel.NotHere(str(RUN)))
        await outside.until_sent(channel.AttachViewer, times=asked + 1)
        assert outside.recoveries == recoveries, "it has just answered"


async def test_what_an_earlier_request_is_answered_is_ignored(outside: Outside) -> None:
    """Of the same socket, which has attached again since."""
    outside.runs_on("one")
    browser = Browser()
    async with following(browser) as link:
        earlier = ASKED_AT.timestamp() - 1
        await link.handle(channel.ViewerAttached(str(RUN), "one", earlier, True, 0))
        await link.handle(channel.AttachRefused(str(RUN), earlier))
        await link.handle(output(0, b"x"))
        assert browser.told == []


async def test_an_offset_that_the_run_has_not_reached_is_refused(outside: Outside) -> None:
    outside.runs_on("one")
    browser = Browser(offset=9)
    async with following(browser, offset=9) as link:
        await link.handle(channel.AttachRefused(str(RUN), ASKED_AT.timestamp()))
        assert link.over
    assert browser.told == ["Error"]
    assert browser.last(messages.Error).code == ErrorCode.BAD_MESSAGE


# --- Losing the executor -----------------------------------------------------------------------
async def test_an_executor_that_falls_silent_is_looked_for(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside.runs_on("one")
    browser = Browser()
    async with following(browser) as link:
        await link.handle(attached())
        await link.handle(output(0, b"abc"))
        assert link.ack(2)
        assert await link.type(1, "x")
        monkeypatch.setattr(run_link, "SILENT_SECONDS", 0.05)
        looks, asked = outside.looks, len(outside.all_sent(channel.AttachViewer))
        await link.resize(30, 90)  # and nobody answers
        await outside.until(lambda: outside.looks > looks)
        again = await outside.until_sent(channel.AttachViewer, asked + 1)
        assert (again.offset, again.acked) == (3, 2)
        await link.handle(output(3, b"from an attachment that is over"))
        assert browser.output == b"abc"
        outside.sent.clear()
        assert await link.type(2, "y")
        assert outside.all_sent(channel.TypeInput) == [], "to an executor that is silent"
        outside.sent.clear()
        await link.handle(attached("two"))
        assert outside.sent == [
            Sent(channel.executor_channel("two"), message)
            for message in (
                channel.TypeInput(str(RUN), VIEWER, 1, b"x"),
                channel.TypeInput(str(RUN), VIEWER, 2, b"y"),
                channel.ResizeTerminal(str(RUN), VIEWER, 30, 90),
            )
        ]
        await link.handle(output(3, b"def"))
    assert browser.told == ["Attached", "output"]
    assert browser.output == b"abcdef"


async def test_an_executor_without_the_run_sends_the_link_to_the_database_at_once(
    outside: Outside,
) -> None:
    outside.runs_on("one")
    browser = Browser()
    async with following(browser) as link:
        await link.handle(attached())
        await link.handle(output(0, b"abc"))
        outside.has_ended(b"abcdef")
        await link.handle(channel.NotHere(str(RUN)))
        await browser.until("Exit")
    assert browser.told == ["Attached", "output", "Exit"]
    assert browser.output == b"abcdef"


async def test_a_database_that_is_away_is_asked_again(
    outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    outside.fails = 2
    outside.has_ended(b"abc")
    browser = Browser()
    async with following(browser):
        await browser.until("Exit")
    assert outside.looks == 3
    warned = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert len(warned) == 2
    assert "failed; retrying" in warned[0].getMessage()
