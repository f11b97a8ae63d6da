"""What can happen to a link, and what can follow from it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from runner.protocol.messages import Exit
from runner.run_state import RunStatus

Sides = tuple[tuple[int, int], ...]  # the numbers of side channels, with their last inputs


# --- Events: what has happened ---------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Created:
    """This terminal has just created the run."""

    position: int


@dataclass(frozen=True, slots=True)
class FoundQueued:
    """In the database; `position` is None when the run left the queue meanwhile."""

    position: int | None


@dataclass(frozen=True, slots=True)
class FoundRunning:
    executor: str


@dataclass(frozen=True, slots=True)
class FoundEnded:
    """`output`: what the database has of it that the browser lacks; `until`: where it ended."""

    started: bool
    output: Iterable[tuple[int, bytes]]
    until: int
    exit: Exit


@dataclass(frozen=True, slots=True)
class Attached:
    """The executor sends output to this terminal from now on, or has changed who controls."""

    executor: str
    control: bool
    acked: int
    printed: int = 0  # where the output ended then
    sides: Sides = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The browser asked for output that the run has not printed, or (`full`) too many watch it."""

    full: bool = False


@dataclass(frozen=True, slots=True)
class ExecutorLost:
    """The executor has been silent for too long, or does not have the run."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The executor says so, and all output before it was sent to the browser."""

    exit: Exit


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The run was ended in the queue because no executor answered."""


@dataclass(frozen=True, slots=True)
class StopAsked:
    pass


@dataclass(frozen=True, slots=True)
class StrayMessage:
    """From an executor that this link is not attached to: a `DetachViewer` may have been lost."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The browser left, or was sent the end."""


Event = (
    Created
    | FoundQueued
    | FoundRunning
    | FoundEnded
    | Attached
    | Refused
    | ExecutorLost
    | Ended
    | Unavailable
    | StopAsked
    | StrayMessage
    | Closed
)


# --- Effects: what to send to the browser ----------------------------------------------------
@dataclass(frozen=True, slots=True)
class TellQueued:
    position: int


@dataclass(frozen=True, slots=True)
class TellStarted:
    pass


@dataclass(frozen=True, slots=True)
class TellAttached:
    status: RunStatus
    control: bool
    printed: int = 0


@dataclass(frozen=True, slots=True)
class TellOutput:
    output: Iterable[tuple[int, bytes]]
    until: int


@dataclass(frozen=True, slots=True)
class TellExit:
    exit: Exit


@dataclass(frozen=True, slots=True)
class TellRefused:
    full: bool


@dataclass(frozen=True, slots=True)
class TellUnavailable:
    pass


# --- Effects: what to do with executors and the database -------------------------------------
@dataclass(frozen=True, slots=True)
class WakeExecutors:
    pass


@dataclass(frozen=True, slots=True)
class WaitInQueue:
    """Name this terminal as the one that waits, and see that an executor is there at all."""


@dataclass(frozen=True, slots=True)
class AskToAttach:
    executor: str


@dataclass(frozen=True, slots=True)
class Connect:
    executor: str
    acked: int
    sides: Sides = ()


@dataclass(frozen=True, slots=True)
class Disconnect:
    pass


@dataclass(frozen=True, slots=True)
class SendPending:
    """Inputs and the size, which the executor may not have."""


@dataclass(frozen=True, slots=True)
class SendStop:
    """To the executor, again and again, as soon as there is one."""


@dataclass(frozen=True, slots=True)
class StopInQueue:
    """In the database, if no executor has taken the run."""


@dataclass(frozen=True, slots=True)
class Close:
    """The browser has the end."""


@dataclass(frozen=True, slots=True)
class Detach:
    pass


Effect = (
    TellQueued
    | TellStarted
    | TellAttached
    | TellOutput
    | TellExit
    | TellRefused
    | TellUnavailable
    | WakeExecutors
    | WaitInQueue
    | AskToAttach
    | Connect
    | Disconnect
    | SendPending
    | SendStop
    | StopInQueue
    | Close
    | Detach
)
