# size: every message between web workers and executors
"""Messages between web workers and executors, over the channel layer.

Any of them may be lost or come twice; each that matters is repeated by its sender until it was
answered, or says again what an earlier one said. `viewer` is the channel name of one terminal
socket, `run` the id of a run as text. Executors listen on `executor_channel(name)` and in the group
`EXECUTORS`.

`typed`, `input_seq` and `InputTyped.seq` all name the last input that has reached the program's
terminal, which is `acked` everywhere else. They keep these names because processes of the version
before read them during a rolling update.
"""

from dataclasses import dataclass, field, fields
from typing import Any

from runner.protocol.messages import Exit
from runner.protocol.reasons import known

EXECUTORS = "executors"
OWNERS_PAGE = ""  # no viewer: the list of the owner's running programs


def executor_channel(name: str) -> str:
    return f"executor.{name}"


@dataclass(frozen=True, slots=True)
class ChannelMessage:
    run: str


# --- Web worker → executor -------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Expect(ChannelMessage):
    """A run may wait in the queue presently. It has no id yet: `run` is empty. Never repeated."""


@dataclass(frozen=True, slots=True)
class Wake(ChannelMessage):
    """A run waits in the queue. Executors answer `ExecutorAlive`, so its viewer knows they live."""

    viewer: str


@dataclass(frozen=True, slots=True)
class AttachViewer(ChannelMessage):
    """Send output from `offset`; the terminal has parsed what is before `acked`.

    `asked_at`: seconds since the epoch when the browser asked. Of those that want control the one
    that asked last has it. `own`: the viewer is a window of the run's owner; web workers of before
    2026-11-29 do not say so. `name`: of who watches, as the owner is told; empty: nobody is told.
    """

    viewer: str
    offset: int
    acked: int
    control: bool
    asked_at: float
    own: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Progress(ChannelMessage):
    """Output up to `received` is at the web worker, up to `acked` parsed by the terminal.

    With `resend`: what was sent beyond `received` has not come. Also the viewer's sign of life.
    """

    viewer: str
    received: int
    acked: int
    resend: bool


@dataclass(frozen=True, slots=True)
class TypeInput(ChannelMessage):
    viewer: str
    seq: int
    data: bytes


@dataclass(frozen=True, slots=True)
class ResizeTerminal(ChannelMessage):
    viewer: str
    rows: int
    cols: int


@dataclass(frozen=True, slots=True)
class StopRun(ChannelMessage):
    """`viewer` is `OWNERS_PAGE` when the owner asks without a terminal; executors of before
    2026-11-29 ignore that."""

    viewer: str


@dataclass(frozen=True, slots=True)
class ReturnFiles(ChannelMessage):
    """The owner wants what the program has written so far. It may be lost: then it is asked again.
    Executors of before 2026-11-29 ignore it."""


@dataclass(frozen=True, slots=True)
class SideProgress(ChannelMessage):
    """As `Progress`, of a side channel, to an executor that has told of it. The first one asks for
    what comes after `received`: browsers of the first protocol get nothing of side channels."""

    viewer: str
    number: int
    received: int
    acked: int
    resend: bool


@dataclass(frozen=True, slots=True)
class SideInput(ChannelMessage):
    """As `TypeInput`, of a side channel."""

    viewer: str
    number: int
    seq: int
    data: bytes


@dataclass(frozen=True, slots=True)
class DetachViewer(ChannelMessage):
    """Nothing more is wanted: the browser left, or has the end."""

    viewer: str


@dataclass(frozen=True, slots=True)
class StopByInstructor(ChannelMessage):
    """`instructor` says why, in words of their own."""

    instructor: str
    words: str


@dataclass(frozen=True, slots=True)
class RequestControl(ChannelMessage):
    """`user` watches, and asks the owner to let that viewer type."""

    viewer: str
    user: str


@dataclass(frozen=True, slots=True)
class GrantControl(ChannelMessage):
    """The owner, at `viewer`, lets a user type who has asked."""

    viewer: str
    to: str


@dataclass(frozen=True, slots=True)
class ReleaseControl(ChannelMessage):
    """Of who types by the owner's leave, or of the owner, who takes it back or says no."""

    viewer: str


@dataclass(frozen=True, slots=True)
class ReportClass(ChannelMessage):
    """Somebody watches the class: executors tell of its runs (`classes/channel.py`), now and for
    some seconds. Said again while it is true; `run` is empty."""

    classroom: int


# --- Executor → web worker -------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ExecutorAlive(ChannelMessage):
    """An executor lives, though it may be full."""


@dataclass(frozen=True, slots=True)
class ViewerAttached(ChannelMessage):
    """`asked_at` as in the `AttachViewer` that it answers. `end`: of what the run has printed;
    executors of before 2026-11-29 do not say it. Less than that, if the program asked its terminal
    something from there on, and still waits for the answer. `sides`: the side channels that the
    run has, with the last input that has reached each."""

    executor: str
    asked_at: float
    control: bool
    input_seq: int
    end: int = 0
    sides: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Output(ChannelMessage):
    """`typed`: the `seq` of an `InputTyped`, which an echo carries along; else 0."""

    offset: int
    data: bytes
    typed: int


@dataclass(frozen=True, slots=True)
class OutputGap(ChannelMessage):
    """Output from `start` up to `stop` is no longer held. `state`: sequences that bring a terminal
    into the state in which this output would have left it."""

    start: int
    stop: int
    state: bytes = b""


@dataclass(frozen=True, slots=True)
class InputTyped(ChannelMessage):
    seq: int


@dataclass(frozen=True, slots=True)
class SideOutput(ChannelMessage):
    """As `Output`, of a side channel. Only to viewers that have asked for it."""

    number: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class SideGap(ChannelMessage):
    number: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class SideTaken(ChannelMessage):
    """Every input of a side channel up to `seq` has arrived, once."""

    number: int
    seq: int


@dataclass(frozen=True, slots=True)
class StillRunning(ChannelMessage):
    """A sign of life. With `waits_at`: the program waits for input, as long as its output ends
    there and nothing is typed after the input `typed`. Without: it does not, or nobody knows.
    `held`: ^S has stopped the output. Web workers of before 2026-11-29 do not read these, executors
    of before that do not send them."""

    waits_at: int = -1
    typed: int = 0
    held: bool = False


@dataclass(frozen=True, slots=True)
class Warned(ChannelMessage):
    """What the run's viewers should know, a `NoticeCode` with its figures: repeated, told once. Web
    workers of before 2026-11-29 do not read these."""

    code: str
    figures: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ControlState(ChannelMessage):
    """`holder`: the user who types by the owner's leave; empty: the owner. To the owner, that user
    and who asks; told when it changes, and with every sign of life while it says something."""

    holder: str
    requests: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Watchers(ChannelMessage):
    """Who watches; only to the owner, likewise."""

    names: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RunPhase(ChannelMessage):
    """A `Phase` of a run whose language compiles: repeated, told once. Web workers of before
    2026-11-29 do not read these."""

    phase: str


@dataclass(frozen=True, slots=True)
class ArtifactsStored(ChannelMessage):
    """The database has artifacts of the run up to that version: repeated, and in `RunEnded`."""

    version: int


@dataclass(frozen=True, slots=True)
class TerminalSize(ChannelMessage):
    """Of the terminal that a viewer watches."""

    rows: int
    cols: int


@dataclass(frozen=True, slots=True)
class RunEnded(ChannelMessage):
    """The end of the output was sent; `exit` is the browser's message as JSON, without the reason.

    `typed`: the last input that has reached the program's terminal. `reason_code` and `figures`
    stand beside `exit` because web workers of before 2026-11-29 refuse an `exit` that has them.
    `sides`: where each side channel ends. `artifacts`: the last version of an `ArtifactsStored`.
    `notices`: what was said of the files of the run, a `Warned` each, which may have been lost.
    """

    output_bytes: int
    exit: str
    typed: int = 0
    reason_code: str = ""
    figures: dict[str, int | str] = field(default_factory=dict)
    sides: dict[int, int] = field(default_factory=dict)
    artifacts: int = 0
    notices: dict[str, dict[str, int | str]] = field(default_factory=dict)


def run_ended(exit: Exit, output_bytes: int, typed: int) -> RunEnded:
    code = exit.reason_code.value if exit.reason_code else ""
    former = exit.model_dump_json(exclude={"reason_code", "figures"})
    return RunEnded(str(exit.run), output_bytes, former, typed, code, dict(exit.figures))


def exit_of(ended: RunEnded) -> Exit:
    """An executor of before 2026-11-29 has sent a sentence in place of the code."""
    former = Exit.model_validate_json(ended.exit)
    added = {"reason_code": known(ended.reason_code), "figures": ended.figures}
    return former.model_copy(update=added)


@dataclass(frozen=True, slots=True)
class NotHere(ChannelMessage):
    """This executor does not have the run: ask the database."""


@dataclass(frozen=True, slots=True)
class AttachRefused(ChannelMessage):
    """The offset lies beyond what the run has printed, or (`full`) too many watch it already."""

    asked_at: float
    full: bool = False


MESSAGES: dict[str, type[ChannelMessage]] = {
    message.__name__: message
    for message in (
        Expect, Wake, AttachViewer, Progress, TypeInput, ResizeTerminal, StopRun, SideProgress,
        ReturnFiles,
        SideInput, DetachViewer, ExecutorAlive, ViewerAttached, Output, OutputGap, InputTyped,
        SideOutput, SideGap, SideTaken, StillRunning, Warned, RunPhase, ArtifactsStored,
        TerminalSize, RunEnded, NotHere, AttachRefused, ReportClass,
        StopByInstructor, RequestControl, GrantControl, ReleaseControl, ControlState, Watchers,
    )
}  # fmt: skip
# Names on the wire that differ from the class: processes of the version before know only these. In
# 1.1 send the class's name, and read both; remove this in 1.2.
_WIRE_NAMES = {"ExecutorAlive": "Noted"}
_CLASS_NAMES = {wire: name for name, wire in _WIRE_NAMES.items()}
_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in MESSAGES.values()}
# By numbers of side channels. msgpack, through which they go to Redis, reads no such keys.
_NUMBERED = {
    kind: tuple(field.name for field in fields(kind) if field.type == dict[int, int])
    for kind in MESSAGES.values()
}


def encode(message: ChannelMessage) -> dict[str, Any]:
    """For `channel_layer.send`. The type names the one handler there is; nobody else chooses it."""
    kind = type(message)
    encoded: dict[str, Any] = {name: getattr(message, name) for name in _FIELDS[kind]}
    for name in _NUMBERED[kind]:
        encoded[name] = {str(number): value for number, value in encoded[name].items()}
    encoded["type"] = "run.event"
    encoded["kind"] = _WIRE_NAMES.get(kind.__name__, kind.__name__)
    return encoded


def decode(encoded: dict[str, Any]) -> ChannelMessage:
    """`KeyError`, `TypeError` or `ValueError` when a process of another version sent it."""
    name = encoded["kind"]
    kind = MESSAGES[_CLASS_NAMES.get(name, name)]
    values = {name: encoded[name] for name in _FIELDS[kind] if name in encoded}
    for name in _NUMBERED[kind]:
        if name in values:
            values[name] = {int(number): value for number, value in values[name].items()}
    return kind(**values)
