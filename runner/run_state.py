"""Where a run is, why it ended, and which moves there are. Pure; `runs.py` does the moving."""

from dataclasses import dataclass

from runner.limits import MIB, Limits
from runner.protocol.messages import Outcome, RunStatus

__all__ = ["ACTIVE", "TRANSITIONS", "Ending", "Outcome", "RunStatus", "can_move", "describe"]

TRANSITIONS: dict[RunStatus, frozenset[RunStatus]] = {
    RunStatus.QUEUED: frozenset({RunStatus.CLAIMED, RunStatus.FINISHED}),
    RunStatus.CLAIMED: frozenset({RunStatus.RUNNING, RunStatus.FINISHED}),
    RunStatus.RUNNING: frozenset({RunStatus.FINISHED}),
    RunStatus.FINISHED: frozenset(),
}
ACTIVE = (RunStatus.QUEUED, RunStatus.CLAIMED, RunStatus.RUNNING)


def can_move(origin: RunStatus, target: RunStatus) -> bool:
    return target in TRANSITIONS[origin]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended, as its row and the `exit` message tell it."""

    outcome: Outcome
    reason: str
    exit_code: int | None = None
    signal: str | None = None
    wall_ms: int = 0
    cpu_ms: int = 0
    memory_peak_bytes: int = 0
    input_bytes: int = 0
    output_bytes: int = 0


SIGNAL_HINTS = {
    "SIGSEGV": "it used memory that does not belong to it",
    "SIGABRT": "it stopped itself because something was badly wrong",
    "SIGFPE": "it made a calculation that has no result",
    "SIGINT": "you pressed Ctrl+C",
    "SIGHUP": "its terminal was closed",
    "SIGXFSZ": "it wrote a file that is too large",
}


def describe(
    outcome: Outcome, limits: Limits, exit_code: int | None = None, signal: str | None = None
) -> str:
    """The reason as a sentence for a student."""
    if outcome is Outcome.FAILED:
        return _describe_failure(exit_code, signal)
    return {
        Outcome.COMPLETED: "Your program finished.",
        Outcome.COMPILE_ERROR: "Your program could not be compiled.",
        Outcome.STOPPED: "You stopped your program.",
        Outcome.STOPPED_BY_INSTRUCTOR: "An instructor stopped your program.",
        Outcome.CPU_LIMIT: f"Your program used more than {limits.cpu_seconds} seconds of "
        "processor time. Does a loop never end?",
        Outcome.WALL_LIMIT: f"Your program ran for longer than {limits.wall_seconds} seconds.",
        Outcome.IDLE_LIMIT: f"Nothing was typed or printed for {limits.idle_seconds} seconds.",
        Outcome.MEMORY_LIMIT: "Your program used more than "
        f"{limits.memory_bytes // MIB} MB of memory.",
        Outcome.OUTPUT_LIMIT: "Your program printed more than "
        f"{limits.output_bytes / MIB:.3g} MB. Does a loop never end?",
        Outcome.DISCONNECTED: "Nobody was connected to your program for "
        f"{limits.detach_seconds} seconds.",
        Outcome.EXECUTOR_LOST: "The machine that ran your program failed. This was not your "
        "fault: please run it again.",
        Outcome.INTERNAL_ERROR: "Something failed on our side. This was not your fault: please "
        "run your program again.",
    }[outcome]


def _describe_failure(exit_code: int | None, signal: str | None) -> str:
    if signal is None:
        return f"Your program ended with exit code {exit_code}."
    hint = SIGNAL_HINTS.get(signal)
    return f"Your program was ended by the signal {signal}" + (f": {hint}." if hint else ".")
