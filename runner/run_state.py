"""Where a run is, why it ended, and which moves there are. Pure; `runs.py` does the moving."""

from dataclasses import dataclass

from runner.limits import MIB, Limits, Shortage
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
    outcome: Outcome,
    limits: Limits,
    exit_code: int | None = None,
    signal: str | None = None,
    short_of: Shortage | None = None,
) -> str:
    """The reason in words for a student."""
    if outcome is Outcome.FAILED:
        return _describe_failure(limits, exit_code, signal, short_of)
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


def _describe_failure(
    limits: Limits, exit_code: int | None, signal: str | None, short_of: Shortage | None
) -> str:
    if signal is None:
        ended = f"Your program ended with exit code {exit_code}."
        return ended if short_of is None else f"{ended} {_describe_shortage(limits, short_of)}"
    hint = SIGNAL_HINTS.get(signal)
    return f"Your program was ended by the signal {signal}" + (f": {hint}." if hint else ".")


def _describe_shortage(limits: Limits, short_of: Shortage) -> str:
    return {
        "disk_bytes": f"Its disk of {limits.disk_bytes / MIB:.3g} MB is full.",
        "disk_files": f"It may keep no more than {limits.disk_files} files.",
        "processes": f"It may have no more than {limits.processes} processes.",
    }[short_of]
