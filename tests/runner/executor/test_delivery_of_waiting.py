"""Viewers are told that a program waits once they have all of its output, and told again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from runner.executor.delivery import Delivery
from runner.executor.output_stream import OutputStream
from runner.infrastructure import messaging
from runner.protocol.channel import (
    AttachViewer,
    ChannelMessage,
    Output,
    Progress,
    RunPhase,
    StillRunning,
    Warned,
)
from runner.protocol.messages import NoticeCode, Phase

WAIT_SECONDS = 10
WINDOW = 10


class Viewers:
    def __init__(self) -> None:
        self.got: dict[str, list[ChannelMessage]] = {}
        self._news = asyncio.Event()

    async def send(self, to: str, message: ChannelMessage) -> None:
        self.got.setdefault(to, []).append(message)
        self._news.set()

    async def until(self, viewer: str, wanted: ChannelMessage, times: int = 1) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while self.got.get(viewer, []).count(wanted) < times:
                self._news.clear()
                await self._news.wait()

    def waits(self, viewer: str) -> list[StillRunning]:
        told = (m for m in self.got.get(viewer, []) if isinstance(m, StillRunning))
        return [message for message in told if message.waits_at >= 0]


@pytest.fixture
def viewers(monkeypatch: pytest.MonkeyPatch) -> Viewers:
    viewers = Viewers()
    monkeypatch.setattr(messaging, "send", viewers.send)
    return viewers


@asynccontextmanager
async def delivering(stream: OutputStream) -> AsyncIterator[Delivery]:
    delivery = Delivery("run", "one", stream, (24, 80))
    running = asyncio.create_task(delivery.run())
    try:
        yield delivery
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def attach(delivery: Delivery, viewer: str, *, control: bool = True) -> None:
    delivery.attach(AttachViewer("run", viewer, 0, 0, control, asked_at=1), acked=0)


async def test_whoever_has_all_output_is_told_after_it(viewers: Viewers) -> None:
    stream = OutputStream(1000, WINDOW, WINDOW)
    async with delivering(stream) as delivery:
        attach(delivery, "owner")
        stream.append(b"Name? ")
        delivery.tell_waiting(acked=3)
        await viewers.until("owner", StillRunning("run", waits_at=6, typed=3))
    kinds = [type(message).__name__ for message in viewers.got["owner"]]
    assert kinds.index("Output") < kinds.index("StillRunning")


async def test_whoever_lacks_output_is_told_when_it_has_come(viewers: Viewers) -> None:
    stream = OutputStream(1000, WINDOW, WINDOW)
    async with delivering(stream) as delivery:
        attach(delivery, "owner")
        stream.append(b"x" * WINDOW)
        delivery.changed()
        await viewers.until("owner", Output("run", 0, b"x" * WINDOW, 0))
        stream.append(b"y" * 4)
        delivery.tell_waiting(acked=0)
        for _ in range(10):
            await asyncio.sleep(0)
        assert viewers.waits("owner") == []
        delivery.confirm(Progress("run", "owner", WINDOW, WINDOW, resend=False))
        await viewers.until("owner", StillRunning("run", waits_at=14, typed=0))


async def test_whoever_attaches_later_is_told_too(viewers: Viewers) -> None:
    stream = OutputStream(1000, WINDOW, WINDOW)
    told = StillRunning("run", waits_at=2, typed=0)
    async with delivering(stream) as delivery:
        attach(delivery, "first")
        stream.append(b"? ")
        delivery.tell_waiting(acked=0)
        await viewers.until("first", told)
        attach(delivery, "second", control=False)
        await viewers.until("second", told)
        attach(delivery, "first")  # its page was reloaded
        await viewers.until("first", told, times=2)


async def test_a_sign_of_life_says_it_again_as_long_as_it_is_true(viewers: Viewers) -> None:
    stream = OutputStream(1000, WINDOW, WINDOW)
    plain = StillRunning("run")
    async with delivering(stream) as delivery:
        attach(delivery, "owner")
        stream.append(b"? ")
        delivery.tell_waiting(acked=0)
        told = StillRunning("run", waits_at=2, typed=0)
        await viewers.until("owner", told)
        delivery.check_viewers()
        await viewers.until("owner", told, times=2)
        assert plain not in viewers.got["owner"]
        delivery.not_waiting()
        delivery.check_viewers()
        await viewers.until("owner", plain)
        assert len(viewers.waits("owner")) == 2


async def test_those_that_watch_are_told_of_input_that_is_not_echoed(viewers: Viewers) -> None:
    stream = OutputStream(1000, WINDOW, WINDOW)
    plain, told = StillRunning("run"), StillRunning("run", waits_at=2, typed=0)
    async with delivering(stream) as delivery:
        attach(delivery, "owner")
        attach(delivery, "watcher", control=False)
        stream.append(b"? ")
        delivery.tell_waiting(acked=0)
        await viewers.until("owner", told)
        await viewers.until("watcher", told)
        delivery.not_waiting()
        await viewers.until("watcher", plain)
        delivery.tell_waiting(acked=1)
        await viewers.until("watcher", StillRunning("run", waits_at=2, typed=1))
        stream.append(b"!")  # says it by itself
        delivery.not_waiting()
        await viewers.until("watcher", Output("run", 2, b"!", 0))
    assert viewers.got["watcher"].count(plain) == 1
    assert plain not in viewers.got["owner"]


async def test_every_viewer_is_told_that_the_output_is_held_and_resumed(viewers: Viewers) -> None:
    stream = OutputStream(1000, WINDOW, WINDOW)
    held, plain = StillRunning("run", held=True), StillRunning("run")
    async with delivering(stream) as delivery:
        attach(delivery, "owner")
        attach(delivery, "watcher", control=False)
        delivery.tell_held(held=True)
        await viewers.until("owner", held)
        await viewers.until("watcher", held)
        attach(delivery, "later", control=False)
        await viewers.until("later", held)
        delivery.check_viewers()
        await viewers.until("owner", held, times=2)
        delivery.tell_held(held=False)
        for viewer in ("owner", "watcher", "later"):
            await viewers.until(viewer, plain)
        attach(delivery, "last", control=False)
        delivery.check_viewers()
        await viewers.until("last", plain)
    assert held not in viewers.got["last"]


async def test_a_question_is_still_one_while_its_output_is_held(viewers: Viewers) -> None:
    stream = OutputStream(1000, WINDOW, WINDOW)
    async with delivering(stream) as delivery:
        attach(delivery, "owner")
        stream.append(b"? ")
        delivery.tell_waiting(acked=0)
        await viewers.until("owner", StillRunning("run", waits_at=2))
        delivery.tell_held(held=True)
        await viewers.until("owner", StillRunning("run", waits_at=2, held=True))
        delivery.not_waiting()
        delivery.tell_held(held=False)
        await viewers.until("owner", StillRunning("run"))


async def test_a_warning_reaches_who_is_there_and_who_comes_later(viewers: Viewers) -> None:
    """And again with every greeting: one may have been lost."""
    stream = OutputStream(1000, WINDOW, WINDOW)
    figures: dict[str, int | str] = {"used_seconds": 36, "cpu_seconds": 60}
    warned = Warned("run", NoticeCode.PROCESSOR_TIME, figures)
    async with delivering(stream) as delivery:
        attach(delivery, "owner")
        delivery.warn(NoticeCode.PROCESSOR_TIME, figures)
        await viewers.until("owner", warned)
        attach(delivery, "instructor", control=False)
        delivery.check_viewers()
        delivery.changed()
        await viewers.until("instructor", warned)
        await viewers.until("owner", warned, times=2)


async def test_the_phase_reaches_who_is_there_and_who_comes_later_at_once(viewers: Viewers) -> None:
    stream = OutputStream(1000, WINDOW, WINDOW)
    compiling, running = RunPhase("run", Phase.COMPILING), RunPhase("run", Phase.RUNNING)
    async with delivering(stream) as delivery:
        attach(delivery, "owner")
        delivery.tell_phase(Phase.COMPILING)
        await viewers.until("owner", compiling)
        attach(delivery, "reloaded")
        await viewers.until("reloaded", compiling)
        delivery.check_viewers()
        delivery.changed()
        await viewers.until("owner", compiling, times=2)
        delivery.tell_phase(Phase.RUNNING)
        await viewers.until("reloaded", running)
        attach(delivery, "late", control=False)
        await viewers.until("late", running)
    assert compiling not in viewers.got["late"]


async def test_of_a_run_that_does_not_compile_no_phase_is_told(viewers: Viewers) -> None:
    stream = OutputStream(1000, WINDOW, WINDOW)
    async with delivering(stream) as delivery:
        attach(delivery, "owner")
        stream.append(b"hello")
        delivery.changed()
        await viewers.until("owner", Output("run", 0, b"hello", 0))
        delivery.check_viewers()
        delivery.changed()
        await viewers.until("owner", StillRunning("run"))
    kinds = [type(message).__name__ for message in viewers.got["owner"]]
    assert kinds == ["ViewerAttached", "Output", "StillRunning"]
