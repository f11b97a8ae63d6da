"""An owner has a right to stop a run that a guest types into, however the link finds it again; and
who asks to type is heard, also while the link looks for the run."""

import pytest

from runner.protocol import channel
from runner.terminal.link import run_link
from runner.terminal.link.run_link import RunLink
from runner.terminal.wire import uplink
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


def asked(outside: Outside) -> list[channel.RequestControl]:
    return [m.message for m in outside.sent if isinstance(m.message, channel.RequestControl)]


async def test_who_asks_before_the_run_is_found_has_asked(outside: Outside) -> None:
    outside.runs_on("one")
    async with following(Browser()) as link:
        await link.shares.request_control("teacher")
        assert asked(outside) == []
        await link.handle(attached())
        request = await outside.until_sent(channel.RequestControl)
        assert request.user == "teacher"


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uplink, "ALIVE_SECONDS", 0.01)
    monkeypatch.setattr(run_link, "REPEAT_SECONDS", 0.01)
    monkeypatch.setattr(uplink, "REPEAT_SECONDS", 0.01)


@pytest.mark.usefixtures("soon")
async def test_a_request_that_got_lost_is_repeated_until_the_executor_answers(
    outside: Outside,
) -> None:
    outside.runs_on("one")
    async with following(Browser()) as link:
        await link.handle(attached())
        await link.shares.request_control("teacher")
        await outside.until_sent(channel.RequestControl, times=2)
        await link.handle(channel.ControlState(str(RUN), "", ["teacher"]))
        told = len(asked(outside))
        await outside.until_sent(channel.Progress, times=count(outside) + 3)
        assert len(asked(outside)) == told  # the student may have said no meanwhile


@pytest.mark.usefixtures("soon")
async def test_what_nobody_answers_is_not_asked_for_ever(outside: Outside) -> None:
    outside.runs_on("one")
    async with following(Browser()) as link:
        await link.handle(attached())
        await link.shares.request_control("teacher")
        most = uplink.UNANSWERED_TIMES + 1
        await outside.until_sent(channel.RequestControl, times=most)
        await outside.until_sent(channel.Progress, times=count(outside) + 3)
        assert len(asked(outside)) == most
        await link.shares.request_control("teacher")
        await outside.until_sent(channel.RequestControl, times=most + 1)
        await link.shares.release_control()
        await outside.until_sent(channel.Progress, times=count(outside) + 3)
        assert len(asked(outside)) == most + 1


def count(outside: Outside) -> int:
    return sum(isinstance(m.message, channel.Progress) for m in outside.sent)
