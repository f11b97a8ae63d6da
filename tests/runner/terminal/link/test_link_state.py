"""What a link does next, in every state and after every event."""

import itertools
from typing import get_args

import pytest

from runner.run_state import RunStatus
from runner.terminal.link.link_events import (
    AskToAttach,
    Attached,
    Close,
    Closed,
    Connect,
    Detach,
    Disconnect,
    Ended,
    Event,
    ExecutorLost,
    Refused,
    SendPending,
    SendStop,
    StopAsked,
    StopInQueue,
    StrayMessage,
    TellAttached,
    TellExit,
    TellOutput,
    TellQueued,
    TellRefused,
    TellStarted,
    TellUnavailable,
    Unavailable,
    WaitInQueue,
    WakeExecutors,
)
from runner.terminal.link.link_state import Effects, Link, State, advance
from tests.runner.terminal.events import (
    CONTROLS,
    CREATED,
    EVENTS,
    EXIT,
    FOUND_ENDED,
    FOUND_LEAVING,
    FOUND_QUEUED,
    FOUND_RUNNING,
    FOUND_STOPPED,
    OUTPUT,
    WATCHES,
)

FINDING, QUEUED, LIVE, SEEKING, ENDING, OVER = State
CONNECT = Connect("one", acked=4)
QUEUED_IS_TOLD = TellAttached(RunStatus.QUEUED, control=True)
CONTROL_IS_TOLD = TellAttached(RunStatus.RUNNING, control=True)
WATCHING_IS_TOLD = TellAttached(RunStatus.RUNNING, control=False)
END_IS_TOLD = TellAttached(RunStatus.FINISHED, control=True)
STORED_END = (TellOutput(OUTPUT, 2), TellExit(EXIT), Close())
EMPTY_END = (TellOutput((), 0), TellExit(EXIT), Close())
ASK, GONE = AskToAttach("one"), (Detach(),)
LATER = (SendStop(), StopInQueue())
REFUSE, SEND_AWAY = (TellRefused(full=False), Close()), (TellUnavailable(), Close())
AT_ONCE = (CONNECT, SendPending())
TO_WATCHER = (CONNECT, WATCHING_IS_TOLD, SendPending())

Expected = tuple[State, Effects]
# Of a link whose browser believes that it controls the run: one line for each event and state.
TABLE: dict[tuple[State, Event], Expected] = {
    (FINDING, CREATED): (QUEUED, (WakeExecutors(), TellQueued(3))),
    (FINDING, FOUND_QUEUED): (QUEUED, (QUEUED_IS_TOLD, TellQueued(2), WaitInQueue())),
    (FINDING, FOUND_LEAVING): (QUEUED, (QUEUED_IS_TOLD, WaitInQueue())),
    (FINDING, FOUND_RUNNING): (FINDING, (ASK,)),
    (FINDING, FOUND_ENDED): (ENDING, (END_IS_TOLD, *STORED_END)),
    (FINDING, FOUND_STOPPED): (ENDING, (END_IS_TOLD, *EMPTY_END)),
    (FINDING, CONTROLS): (LIVE, (CONNECT, CONTROL_IS_TOLD, SendPending())),
    (FINDING, WATCHES): (LIVE, TO_WATCHER),
    (FINDING, Refused()): (ENDING, REFUSE),
    (FINDING, ExecutorLost()): (FINDING, ()),
    (FINDING, Ended(EXIT)): (FINDING, ()),
    (FINDING, Unavailable()): (ENDING, SEND_AWAY),
    (FINDING, StopAsked()): (FINDING, LATER),
    (FINDING, StrayMessage()): (FINDING, ()),
    (FINDING, Closed()): (OVER, GONE),
    #
    (QUEUED, CREATED): (QUEUED, ()),
    (QUEUED, FOUND_QUEUED): (QUEUED, (TellQueued(2), WaitInQueue())),
    (QUEUED, FOUND_LEAVING): (QUEUED, (WaitInQueue(),)),
    (QUEUED, FOUND_RUNNING): (QUEUED, (ASK,)),
    (QUEUED, FOUND_ENDED): (ENDING, (TellStarted(), *STORED_END)),
    (QUEUED, FOUND_STOPPED): (ENDING, EMPTY_END),
    (QUEUED, CONTROLS): (LIVE, (CONNECT, TellStarted(), SendPending())),
    (QUEUED, WATCHES): (LIVE, (CONNECT, TellStarted(), WATCHING_IS_TOLD, SendPending())),
    (QUEUED, Refused()): (ENDING, REFUSE),
    (QUEUED, ExecutorLost()): (QUEUED, ()),
    (QUEUED, Ended(EXIT)): (QUEUED, ()),
    (QUEUED, Unavailable()): (ENDING, SEND_AWAY),
    (QUEUED, StopAsked()): (QUEUED, LATER),
    (QUEUED, StrayMessage()): (QUEUED, ()),
    (QUEUED, Closed()): (OVER, GONE),
    #
    (LIVE, CREATED): (LIVE, ()),
    (LIVE, FOUND_QUEUED): (LIVE, ()),
    (LIVE, FOUND_LEAVING): (LIVE, ()),
    (LIVE, FOUND_RUNNING): (LIVE, ()),
    (LIVE, FOUND_ENDED): (ENDING, STORED_END),
    (LIVE, FOUND_STOPPED): (ENDING, EMPTY_END),
    (LIVE, CONTROLS): (LIVE, AT_ONCE),
    (LIVE, WATCHES): (LIVE, TO_WATCHER),
    (LIVE, Refused()): (ENDING, REFUSE),
    (LIVE, ExecutorLost()): (SEEKING, (Disconnect(),)),
    (LIVE, Ended(EXIT)): (ENDING, (TellExit(EXIT), Close())),
    (LIVE, Unavailable()): (ENDING, SEND_AWAY),
    (LIVE, StopAsked()): (LIVE, (SendStop(),)),
    (LIVE, StrayMessage()): (LIVE, ()),
    (LIVE, Closed()): (OVER, GONE),
    #
    (SEEKING, CREATED): (SEEKING, ()),
    (SEEKING, FOUND_QUEUED): (SEEKING, ()),
    (SEEKING, FOUND_LEAVING): (SEEKING, ()),
    (SEEKING, FOUND_RUNNING): (SEEKING, (ASK,)),
    (SEEKING, FOUND_ENDED): (ENDING, STORED_END),
    (SEEKING, FOUND_STOPPED): (ENDING, EMPTY_END),
    (SEEKING, CONTROLS): (LIVE, AT_ONCE),
    (SEEKING, WATCHES): (LIVE, TO_WATCHER),
    (SEEKING, Refused()): (ENDING, REFUSE),
    (SEEKING, ExecutorLost()): (SEEKING, ()),
    (SEEKING, Ended(EXIT)): (SEEKING, ()),
    (SEEKING, Unavailable()): (ENDING, SEND_AWAY),
    (SEEKING, StopAsked()): (SEEKING, LATER),
    (SEEKING, StrayMessage()): (SEEKING, ()),
    (SEEKING, Closed()): (OVER, GONE),
    #
    **{(ENDING, event): (ENDING, ()) for event in EVENTS},
    (ENDING, Closed()): (OVER, GONE),
    #
    **{(OVER, event): (OVER, ()) for event in EVENTS},
    (OVER, StrayMessage()): (OVER, GONE),
}  # fmt: skip


def test_the_table_has_every_event_in_every_state() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(Event))
    assert set(TABLE) == set(itertools.product(State, EVENTS))


@pytest.mark.parametrize(
    ("state", "event"), TABLE, ids=lambda it: it.name if isinstance(it, State) else repr(it)[:40]
)
def test_each_event_in_each_state_leads_where_the_table_says(state: State, event: Event) -> None:
    link, effects = advance(Link(control=True, state=state), event)
    assert (link.state, effects) == TABLE[state, event]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("control", [True, False])
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: repr(event)[:40])
def test_only_an_executor_changes_who_controls(state: State, control: bool, event: Event) -> None:
    link, effects = advance(Link(control, state), event)
    answered = isinstance(event, Attached) and state not in (ENDING, OVER)
    assert link.control == (event.control if isinstance(event, Attached) and answered else control)
    told = [effect.control for effect in effects if isinstance(effect, TellAttached)]
    assert told in ([], [link.control])
    assert told or link.control == control, "the browser does not know"


@pytest.mark.parametrize("state", [FINDING, QUEUED])
def test_a_watcher_is_not_what_a_queued_run_waits_for(state: State) -> None:
    _, effects = advance(Link(control=False, state=state), FOUND_QUEUED)
    assert TellQueued(2) in effects
    assert WaitInQueue() not in effects


@pytest.mark.parametrize("state", [LIVE, SEEKING])
def test_a_watcher_that_stays_one_is_not_told_again(state: State) -> None:
    link, effects = advance(Link(control=False, state=state), WATCHES)
    assert (link, effects) == (Link(control=False, state=LIVE), AT_ONCE)


def test_a_watcher_that_gets_control_is_told() -> None:
    link, effects = advance(Link(control=False, state=LIVE), CONTROLS)
    assert link.control
    assert CONTROL_IS_TOLD in effects
