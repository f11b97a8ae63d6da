"""What passes on side channels between a browser and an executor, while a link connects them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from django.conf import settings

from runner.protocol import channel, messages
from runner.protocol.frames import InputFrame
from runner.protocol.refusals import BadMessage
from runner.terminal.link.run_link import RunLink
from tests.runner.terminal.surroundings import (
    ASKED_AT,
    RUN,
    VIEWER,
    Browser,
    Outside,
    attached,
    ended,
    output,
)

pytestmark = pytest.mark.usefixtures("impatient")
RUN_ID = str(RUN)


class Screen(Browser):
    """A browser of the second protocol, which notes what comes on side channels."""

    def __init__(self) -> None:
        super().__init__()
        self.sides: list[tuple[int, int, bytes]] = []

    async def show(self, offset: int, data: bytes, channel: int = 0) -> None:
        if channel:
            self.sides.append((channel, offset, data))
        else:
            await super().show(offset, data)


@asynccontextmanager
async def live(
    browser: Browser, outside: Outside, *, control: bool = True, protocol: int = 2
) -> AsyncIterator[RunLink]:
    """Attached to a run that has channel 2, whose last input was the third."""
    outside.runs_on("one")
    wish = {"language": "python", "offset": 0, "control": control, "asked_at": ASKED_AT}
    sides = {1: 0, 2: 10} if protocol == 2 else {}
    link = RunLink(RUN, VIEWER, browser, sides=sides, **wish)  # type: ignore[arg-type]
    link.resume()
    await link.handle(replace(attached(control=control), sides={2: 3}))
    yield link
    await link.close()


async def test_it_asks_for_the_channels_that_the_run_has_from_where_the_browser_is(
    outside: Outside,
) -> None:
    async with live(Screen(), outside):
        asked = await outside.until_sent(channel.SideProgress)
    assert asked == channel.SideProgress(RUN_ID, VIEWER, 2, 10, 10, resend=False)
    assert {each.number for each in outside.all_sent(channel.SideProgress)} == {2}


async def test_a_browser_of_the_first_protocol_gets_the_terminal_alone(outside: Outside) -> None:
    browser = Screen()
    async with live(browser, outside, protocol=1) as link:
        await link.handle(channel.SideOutput(RUN_ID, 2, 0, b"x"))
        await link.handle(channel.SideGap(RUN_ID, 2, 0, 5))
        await link.handle(channel.SideTaken(RUN_ID, 2, 5))
        await link.handle(output(0, b"text"))
    assert browser.output == b"text"
    assert browser.sides == []
    assert not {"ChannelAck", "Gap"} & set(browser.told)
    assert outside.all_sent(channel.SideProgress) == []


async def test_bytes_come_in_order_and_once_and_missing_ones_are_asked_for(
    outside: Outside,
) -> None:
    browser = Screen()
    async with live(browser, outside) as link:
        for offset, data in ((10, b"ab"), (10, b"ab"), (11, b"bc"), (20, b"z")):
            await link.handle(channel.SideOutput(RUN_ID, 2, offset, data))
        asked = channel.SideProgress(RUN_ID, VIEWER, 2, 13, 10, resend=True)
        await outside.until(lambda: asked in outside.all_sent(channel.SideProgress))
        await link.handle(channel.SideGap(RUN_ID, 2, 13, 20))
        await link.handle(channel.SideOutput(RUN_ID, 2, 20, b"z"))
    assert browser.sides == [(2, 10, b"ab"), (2, 12, b"c"), (2, 20, b"z")]
    told = browser.last(messages.Gap) if "Gap" in browser.told else None
    assert told == messages.Gap(from_=13, to=20, channel=2)


async def test_only_bytes_that_were_sent_can_be_acknowledged(outside: Outside) -> None:
    async with live(Screen(), outside) as link:
        await link.handle(channel.SideOutput(RUN_ID, 2, 10, b"ab"))
        assert link.ack(12, 2)
        assert not link.ack(13, 2)
        assert not link.ack(1, 1)
        asked = channel.SideProgress(RUN_ID, VIEWER, 2, 12, 12, resend=False)
        await outside.until(lambda: asked in outside.all_sent(channel.SideProgress))


async def test_a_frame_is_repeated_until_it_is_acknowledged(outside: Outside) -> None:
    browser = Screen()
    async with live(browser, outside) as link:
        assert await link.send_aside(InputFrame(2, 4, b"click"))
        await outside.until_sent(channel.SideInput, times=3)
        await link.handle(channel.SideTaken(RUN_ID, 2, 4))
        await browser.until("ChannelAck")
        assert browser.last(messages.ChannelAck) == messages.ChannelAck(channel=2, seq=4)
        assert await link.send_aside(InputFrame(2, 4, b"click"))
        await browser.until("ChannelAck", times=2)  # it is told again, and nothing is sent
    assert {each.seq for each in outside.all_sent(channel.SideInput)} == {4}


async def test_a_frame_on_a_channel_that_the_run_has_not_is_refused(outside: Outside) -> None:
    async with live(Screen(), outside) as link:
        with pytest.raises(BadMessage):
            await link.send_aside(InputFrame(1, 1, b"x"))
    assert outside.all_sent(channel.SideInput) == []


async def test_what_is_not_read_is_not_held_without_end(outside: Outside) -> None:
    async with live(Screen(), outside) as link:
        size = settings.LIMITS.input_bytes // 4
        accepted = [await link.send_aside(InputFrame(2, 4 + n, bytes(size))) for n in range(6)]
    assert accepted == [True] * 4 + [False] * 2


async def test_the_end_comes_after_all_that_the_channels_have(outside: Outside) -> None:
    browser = Screen()
    async with live(browser, outside) as link:
        end = replace(ended(0), sides={2: 12})
        await link.handle(end)
        assert "Exit" not in browser.told
        await link.handle(channel.SideOutput(RUN_ID, 2, 10, b"ab"))
        await link.handle(end)
    assert "Exit" in browser.told
