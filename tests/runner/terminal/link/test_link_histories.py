"""No sequence of events or messages makes a link say what the protocol forbids."""

import asyncio
import random
from collections.abc import Callable, Iterator

import pytest

from runner.protocol import channel
from runner.protocol.channel import ChannelMessage
from runner.run_state import RunStatus
from runner.terminal.link.link_events import (
    Close,
    Closed,
    Connect,
    Detach,
    Disconnect,
    Effect,
    Event,
    SendPending,
    StrayMessage,
    TellAttached,
    TellExit,
    TellOutput,
    TellQueued,
    TellRefused,
    TellStarted,
    TellUnavailable,
)
from runner.terminal.link.link_state import Link, State, advance
from tests.runner.terminal.events import CREATED, EVENTS
from tests.runner.terminal.surroundings import (
    RUN,
    Browser,
    Outside,
    attached,
    ended,
    following,
    gap,
    output,
)

TOLD = (
    TellQueued, TellStarted, TellAttached, TellOutput, TellExit, TellRefused, TellUnavailable
)  # fmt: skip


class StrictBrowser:
    """Fails when it is told what the protocol forbids (rules 1, 2 and 11)."""

    def __init__(self, *, control: bool) -> None:
        self.control = control  # as it believes
        self.knows = self.started = self.ended = False

    def take(self, effect: Effect) -> None:
        assert not (self.ended and isinstance(effect, TOLD)), f"{effect} after the end"
        match effect:
            case TellQueued():
                assert not self.started, "queued after started"
                self.knows = True
            case TellStarted():
                assert self.knows, "started before queued"
                assert not self.started, "started twice"
                self.started = True
            case TellAttached(status, control):
                assert not (self.started and status is RunStatus.QUEUED)
                self.knows, self.control = True, control
                self.started |= status is not RunStatus.QUEUED
            case TellOutput(output):
                assert self.knows, "output before anything else"
                assert self.started or not output, "output before started"
            case TellExit():
                assert self.knows, "exit of a run that it does not know"
                self.ended = True
            case TellRefused() | TellUnavailable():
                self.ended = True

    def take_live_output(self) -> None:
        assert self.started, "output before started or attached"
        assert not self.ended, "output after the end"


class Executor:
    """What the link has with executors: connected only while it is live."""

    def __init__(self) -> None:
        self.connected = False

    def take(self, effect: Effect) -> None:
        match effect:
            case Connect():
                self.connected = True
            case Disconnect():
                assert self.connected
                self.connected = False
            case SendPending():
                assert self.connected


def histories() -> Iterator[tuple[bool, list[Event]]]:
    for seed in range(3000):
        chance = random.Random(seed)
        create = chance.random() < 0.4
        events = chance.choices(EVENTS, k=chance.randrange(1, 30))
        yield chance.random() < 0.7, [CREATED, *events] if create else events


def test_no_sequence_of_events_breaks_the_protocol() -> None:
    reached = set()
    for control, events in histories():
        link, browser, executor = Link(control), StrictBrowser(control=control), Executor()
        todo = list(events)
        while todo:
            link, effects = advance(link, todo.pop(0))
            for effect in effects:
                browser.take(effect)
                executor.take(effect)
            if Close() in effects:
                assert effects[-1] == Close()
                todo.insert(chance_index(todo), Closed())
            if link.state is State.LIVE:
                browser.take_live_output()
            assert executor.connected or link.state is not State.LIVE
            assert not executor.connected or link.state in (State.LIVE, State.ENDING, State.OVER)
            assert browser.control == link.control
            assert not browser.ended or link.state in (State.ENDING, State.OVER)
            reached.add(link.state)
    assert reached == set(State)


def chance_index(todo: list[Event]) -> int:
    """Where between other events the end is told: effects take a while."""
    return random.Random(len(todo)).randint(0, min(2, len(todo)))


def test_every_link_that_ends_detaches_once() -> None:
    for control, events in histories():
        link, detached = Link(control), 0
        for event in [*(e for e in events if not isinstance(e, StrayMessage)), Closed(), Closed()]:
            link, effects = advance(link, event)
            detached += effects.count(Detach())
        assert link.state is State.OVER
        assert detached == 1


# --- Any sequence of messages ----------------------------------------------------------------
PROGRAM = b"0123456789abcdefghij"


def any_message(chance: random.Random) -> ChannelMessage:
    start = chance.randrange(len(PROGRAM))
    data = PROGRAM[start : start + chance.randrange(1, 8)]
    choices: list[Callable[[], ChannelMessage]] = [
        lambda: output(start, data, acked=chance.randrange(4)),
        lambda: output(start, data),
        lambda: output(0, PROGRAM[: start + 1]),
        lambda: gap(start, min(len(PROGRAM), start + chance.randrange(1, 4))),
        lambda: ended(len(PROGRAM), acked=chance.randrange(4)),
        lambda: attached(control=chance.random() < 0.5),
        lambda: channel.InputTyped(str(RUN), chance.randrange(1, 5)),
        lambda: channel.StillRunning(str(RUN)),
        lambda: channel.StillRunning(str(RUN), start, chance.randrange(4)),
        lambda: channel.NotHere(str(RUN)),
    ]
    weights = [6, 6, 3, 1, 2, 2, 2, 1, 1, 0.3]
    return chance.choices(choices, weights)[0]()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("seed", range(60))
async def test_whatever_comes_in_whatever_order_the_browser_is_told_what_it_may_rely_on(
    outside: Outside, seed: int
) -> None:
    chance = random.Random(seed)
    outside.runs_on("one")
    browser = Browser()
    async with following(browser, created=chance.random() < 0.5) as link:
        for _ in range(60):
            await link.handle(any_message(chance))
            if chance.random() < 0.1 and not link.over:
                await link.type(chance.randrange(1, 5), "x")
            if chance.random() < 0.1:
                await asyncio.sleep(0)  # maintenance has a turn
    if "Gap" not in browser.told:
        assert PROGRAM.startswith(browser.output)
    assert browser.told.count("Exit") <= 1
