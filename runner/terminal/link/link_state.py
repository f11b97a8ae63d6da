"""What one terminal's link to one run does next. Pure: `run_link.py` carries the effects out.

    FINDING ──▶ QUEUED ──▶ LIVE ◀──▶ SEEKING
       │           │         │          │
       └───────────┴─────────┴──────────┴──▶ ENDING ──▶ OVER

FINDING also leads to LIVE directly, and every state to OVER when the browser leaves. No arrow leads
back to QUEUED, so `queued` never follows `started`, and `started` is sent once. Output and input
pass while the link is LIVE; they change no state and do not come by here.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto

from runner.run_state import RunStatus
from runner.terminal.link.link_events import (
    AskToAttach,
    Attached,
    Close,
    Closed,
    Connect,
    Created,
    Detach,
    Disconnect,
    Effect,
    Ended,
    Event,
    ExecutorLost,
    FoundEnded,
    FoundQueued,
    FoundRunning,
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

Effects = tuple[Effect, ...]


class State(Enum):
    FINDING = auto()  # the browser asked to attach and has no answer yet
    QUEUED = auto()  # the browser knows the run and waits for `started`
    LIVE = auto()  # an executor sends output and takes input
    SEEKING = auto()  # the browser follows the run, whose executor is silent or unknown
    ENDING = auto()  # the browser is being sent the end
    OVER = auto()  # nothing more is sent to the browser


@dataclass(frozen=True, slots=True)
class Link:
    """`control`: this terminal types. It is what the browser knows, or is told with `attached`."""

    control: bool
    state: State = State.FINDING


def advance(link: Link, event: Event) -> tuple[Link, Effects]:
    """The link after one more event, and what follows from it.

    Effects are carried out in order. Those that may wait long, for the database or an executor's
    channel, come last: meanwhile another event may be handled.
    """
    state = link.state
    if state is State.OVER:
        return link, (Detach(),) if isinstance(event, StrayMessage) else ()
    if isinstance(event, Closed):
        return replace(link, state=State.OVER), (Detach(),)
    if state is State.ENDING:
        return link, ()
    match event:
        case Created() if state is State.FINDING:
            queued = replace(link, state=State.QUEUED)
            return queued, (WakeExecutors(), TellQueued(event.position))
        case FoundQueued() if state in (State.FINDING, State.QUEUED):
            return _wait(link, event)
        case FoundRunning() if state is not State.LIVE:
            return link, (AskToAttach(event.executor),)
        case Attached():
            return _attach(link, event)
        case ExecutorLost() if state is State.LIVE:
            return replace(link, state=State.SEEKING), (Disconnect(),)
        case StopAsked():
            return link, (SendStop(),) if state is State.LIVE else (SendStop(), StopInQueue())
        case FoundEnded():
            told = _tell_before_end(link, event.started)
            return _end(link, *told, TellOutput(event.output, event.until), TellExit(event.exit))
        case Ended() if state is State.LIVE:
            return _end(link, TellExit(event.exit))
        case Refused():
            return _end(link, TellRefused(event.full))
        case Unavailable():
            return _end(link, TellUnavailable())
    return link, ()


def _wait(link: Link, event: FoundQueued) -> tuple[Link, Effects]:
    effects: list[Effect] = []
    if link.state is State.FINDING:
        effects.append(TellAttached(RunStatus.QUEUED, link.control))
    if event.position is not None:
        effects.append(TellQueued(event.position))
    if link.control:  # the run waits for its owner's terminal, not for those that watch
        effects.append(WaitInQueue())
    return replace(link, state=State.QUEUED), tuple(effects)


def _attach(link: Link, event: Attached) -> tuple[Link, Effects]:
    effects: list[Effect] = [Connect(event.executor, event.acked, event.sides)]
    if link.state is State.QUEUED:
        effects.append(TellStarted())
    if link.state is State.FINDING or link.control != event.control:
        effects.append(TellAttached(RunStatus.RUNNING, event.control, event.printed))
    effects.append(SendPending())
    return Link(event.control, State.LIVE), tuple(effects)


def _tell_before_end(link: Link, started: bool) -> Effects:
    """What a browser expects before output, when it has not had that."""
    if link.state is State.FINDING:
        return (TellAttached(RunStatus.FINISHED, link.control),)
    if link.state is State.QUEUED and started:  # all of it happened while nothing reached us
        return (TellStarted(),)
    return ()


def _end(link: Link, *told: Effect) -> tuple[Link, Effects]:
    return replace(link, state=State.ENDING), (*told, Close())
