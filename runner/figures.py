"""Numbers and words about a run as a student reads them. Pure."""

from runner.limits import KIB, MIB
from runner.run_state import Outcome, RunStatus

OUTCOMES: dict[Outcome, str] = {
    Outcome.COMPLETED: "Finished",
    Outcome.FAILED: "Ended with an error",
    Outcome.COMPILE_ERROR: "Did not compile",
    Outcome.STOPPED: "Stopped",
    Outcome.STOPPED_BY_INSTRUCTOR: "Stopped by an instructor",
    Outcome.CPU_LIMIT: "Used too much processor time",
    Outcome.WALL_LIMIT: "Ran too long",
    Outcome.IDLE_LIMIT: "Waited too long",
    Outcome.MEMORY_LIMIT: "Used too much memory",
    Outcome.OUTPUT_LIMIT: "Printed too much",
    Outcome.DISCONNECTED: "Left alone",
    Outcome.EXECUTOR_LOST: "Lost by us",
    Outcome.INTERNAL_ERROR: "Failed on our side",
}
STATUSES: dict[RunStatus, str] = {
    RunStatus.QUEUED: "Waiting",
    RunStatus.CLAIMED: "Starting",
    RunStatus.RUNNING: "Running",
}


def state(status: str, outcome: str) -> str:
    """Where the run is, or once it has ended why."""
    if status == RunStatus.FINISHED:
        return OUTCOMES[Outcome(outcome)]
    return STATUSES[RunStatus(status)]


def duration(milliseconds: int) -> str:
    seconds = milliseconds / 1000
    if seconds < 1:
        return f"{milliseconds} ms"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"


def size(count: int) -> str:
    """Bytes, in the units operating systems show."""
    if count < KIB:
        return "1 byte" if count == 1 else f"{count} bytes"
    if count < MIB:
        return f"{count / KIB:.1f} KB"
    return f"{count / MIB:.1f} MB"
