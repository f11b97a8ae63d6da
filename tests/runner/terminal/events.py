"""One of each event that a link may meet, and more of those that are taken in several ways."""

from uuid import UUID

from runner.protocol.messages import Exit
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from runner.terminal.link.link_events import (
    Attached,
    Closed,
    Created,
    Ended,
    Event,
    ExecutorLost,
    FoundEnded,
    FoundQueued,
    FoundRunning,
    Refused,
    StopAsked,
    StrayMessage,
    Unavailable,
)


class HashableExit(Exit):
    """Figures are a dictionary, and tables of events have events as keys."""

    def __hash__(self) -> int:
        return hash(self.run)


EXIT = HashableExit(
    run=UUID(int=1), outcome=Outcome.COMPLETED, exit_code=0, signal=None, reason="",
    reason_code=ReasonCode.COMPLETED,
    wall_ms=1, cpu_ms=1, memory_peak_bytes=1, output_bytes=2,
)  # fmt: skip
OUTPUT = ((0, b"hi"),)

CREATED = Created(position=3)
FOUND_QUEUED = FoundQueued(position=2)
FOUND_LEAVING = FoundQueued(position=None)
FOUND_RUNNING = FoundRunning("one")
FOUND_ENDED = FoundEnded(started=True, output=OUTPUT, until=2, exit=EXIT)
FOUND_STOPPED = FoundEnded(started=False, output=(), until=0, exit=EXIT)
CONTROLS = Attached("one", control=True, acked=4)
WATCHES = Attached("one", control=False, acked=4)
EVENTS: list[Event] = [
    CREATED, FOUND_QUEUED, FOUND_LEAVING, FOUND_RUNNING, FOUND_ENDED, FOUND_STOPPED, CONTROLS,
    WATCHES, Refused(), ExecutorLost(), Ended(EXIT), Unavailable(), StopAsked(), StrayMessage(),
    Closed(),
]  # fmt: skip
