"""Where a run is, why it ended, and which moves there are. Pure: `runs/lifecycle.py` makes them."""

from dataclasses import asdict, dataclass, field

from runner.limits import Limits, Shortage
from runner.protocol.messages import Outcome, RunStatus
from runner.protocol.reasons import FIGURES, Figures, Reason, ReasonCode

__all__ = [
    "ACTIVE",
    "TRANSITIONS",
    "Ending",
    "Outcome",
    "RunStatus",
    "can_move",
    "ended_as",
    "explain",
    "explain_compiling",
]

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
    reason_code: ReasonCode
    figures: Figures = field(default_factory=dict)
    exit_code: int | None = None
    signal: str | None = None
    wall_ms: int = 0
    cpu_ms: int = 0
    memory_peak_bytes: int = 0
    input_bytes: int = 0
    output_bytes: int = 0


LIMITS: dict[Outcome, str] = {
    Outcome.CPU_LIMIT: "cpu_seconds",
    Outcome.WALL_LIMIT: "wall_seconds",
    Outcome.IDLE_LIMIT: "idle_seconds",
    Outcome.MEMORY_LIMIT: "memory_bytes",
    Outcome.OUTPUT_LIMIT: "output_bytes",
    Outcome.DISCONNECTED: "detach_seconds",
}
SHORTAGES: dict[Shortage, ReasonCode] = {
    "disk_bytes": ReasonCode.DISK_FULL,
    "disk_files": ReasonCode.TOO_MANY_FILES,
    "processes": ReasonCode.TOO_MANY_PROCESSES,
}


def explain(
    outcome: Outcome,
    limits: Limits,
    exit_code: int | None = None,
    signal: str | None = None,
    short_of: Shortage | None = None,
    cause: Reason | None = None,
) -> tuple[ReasonCode, Figures]:
    """The reason, as a code and the figures that a student should know.

    `cause`: the likely one, of the error that a program has reported; what is known comes first."""
    if outcome is not Outcome.FAILED:
        names = [LIMITS[outcome]] if outcome in LIMITS else []
        return ReasonCode(outcome.value), {name: getattr(limits, name) for name in names}
    if cause is not None and short_of is None:
        code, figures = cause
        known = {**asdict(limits), "exit_code": exit_code, **figures}
        return code, {name: known[name] for name in FIGURES.get(code, ())}
    if signal is not None:
        return ReasonCode.SIGNAL, {"signal": signal}
    assert exit_code is not None
    if short_of is None:
        return ReasonCode.EXIT_CODE, {"exit_code": exit_code}
    figures = {"exit_code": exit_code, short_of: getattr(limits, short_of)}
    return SHORTAGES[short_of], figures


# What a limit says of a compiler.
COMPILING: dict[Outcome, ReasonCode] = {
    Outcome.CPU_LIMIT: ReasonCode.COMPILE_CPU_LIMIT,
    Outcome.WALL_LIMIT: ReasonCode.COMPILE_WALL_LIMIT,
    Outcome.MEMORY_LIMIT: ReasonCode.COMPILE_MEMORY_LIMIT,
    Outcome.OUTPUT_LIMIT: ReasonCode.COMPILE_OUTPUT_LIMIT,
}
COMPILING_SHORTAGES: dict[Shortage, ReasonCode] = {
    "disk_bytes": ReasonCode.COMPILE_DISK_FULL,
    "disk_files": ReasonCode.COMPILE_TOO_MANY_FILES,
    "processes": ReasonCode.COMPILE_TOO_MANY_PROCESSES,
}


def ended_as(outcome: Outcome, *, compiling: bool) -> Outcome:
    """What a compiler ends of, or is ended for, is a fault of what it compiles."""
    failed = outcome in COMPILING or outcome is Outcome.FAILED
    return Outcome.COMPILE_ERROR if compiling and failed else outcome


def explain_compiling(
    outcome: Outcome, limits: Limits, signal: str | None, short_of: Shortage | None
) -> tuple[ReasonCode, Figures]:
    """The same as `explain`, of a run that ended before its program began."""
    if outcome in COMPILING:
        name = LIMITS[outcome]
        return COMPILING[outcome], {name: getattr(limits, name)}
    if outcome is not Outcome.FAILED:
        return explain(outcome, limits)
    if short_of is not None:
        return COMPILING_SHORTAGES[short_of], {short_of: getattr(limits, short_of)}
    if signal in INTERRUPTS:
        return ReasonCode.COMPILE_INTERRUPTED, {}
    return ReasonCode.COMPILE_ERROR, {}


INTERRUPTS = ("SIGINT", "SIGQUIT")  # by keys
