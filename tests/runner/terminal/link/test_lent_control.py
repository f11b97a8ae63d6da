"""An owner has a right to stop a run that a guest types into, however the link finds it again."""

import pytest

from runner.protocol import channel
from runner.terminal.link.run_link import RunLink
from tests.runner.terminal.surroundings import RUN, Browser, Outside, attached, following

pytestmark = pytest.mark.usefixtures("impatient")


def is_lent(link: RunLink) -> bool:
    """Asked anew each time: mypy takes an attribute for what it was when it was last looked at."""
    return link.lent


async def test_an_owner_stops_what_a_guest_types_into(outside: Outside) -> None:
    outside.runs_on("one")
    async with following(Browser()) as link:
        await link.handle(attached())
        await link.handle(channel.ControlState(str(RUN), "teacher"))
        assert is_lent(link)
        await link.stop()
        await outside.until_sent(channel.StopRun)
        await link.handle(channel.ControlState(str(RUN), ""))
        assert not is_lent(link)


async def test_after_an_executor_was_lost_nothing_is_lent_until_it_is_said_again(
    outside: Outside,
) -> None:
    outside.runs_on("one")
    async with following(Browser()) as link:
        await link.handle(attached())
        await link.handle(channel.ControlState(str(RUN), "teacher"))
        await link.handle(channel.NotHere(str(RUN)))
        await link.handle(channel.ControlState(str(RUN), "a guest of before"))  # is late
        await outside.until_sent(channel.AttachViewer, times=2)
        await link.handle(attached("two"))
        assert not is_lent(link)
        await link.handle(channel.ControlState(str(RUN), "teacher"))
        assert is_lent(link)
        await link.stop()
        stop = await outside.until_sent(channel.StopRun)
        assert stop.run == str(RUN)
        assert outside.sent[-1].to == channel.executor_channel("two")
