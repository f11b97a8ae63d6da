# size: every message of the public protocol, declared once
"""Every message between a browser and the server, declared once.

`manage.py protocol_ts` writes the TypeScript; `tests/runner/protocol/examples/` has examples.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from runner.protocol.classes.control import (
    Control,
    GrantControl,
    LowerHand,
    RaiseHand,
    ReleaseControl,
    RequestControl,
)
from runner.protocol.fields import (
    KEEP_NO_VALUES,
    MAX_ARGUMENT_CHARACTERS,
    MAX_OFFSET,
    Added,
    Argument,
    Cells,
    Channel,
    Message,
    Offset,
    Path,
    Seq,
    Text,
    TimeZone,
)
from runner.protocol.paths import MAX_FILES, check_program, problem
from runner.protocol.reasons import ErrorCode, Figures, ReasonCode, known
from runner.protocol.refusals import BadMessage

__all__ = [  # of what is declared elsewhere
    "MAX_ARGUMENT_CHARACTERS", "MAX_OFFSET", "Added", "Control", "GrantControl", "LowerHand",
    "Message", "Path", "RaiseHand", "ReleaseControl", "RequestControl", "Text",
]  # fmt: skip

PROTOCOL_VERSION = 2  # of a socket that is opened with `?protocol=2`; of others it is 1
REFUSAL_CHARACTERS = 120  # of what was sent no more is sent back
MAX_ARGUMENTS = 64
MIN_SCREEN_SIDE, MAX_SCREEN_SIDE = 200, 1600  # pixels: what a GUI run's memory has room for


class Outcome(StrEnum):
    """Why a run ended."""

    COMPLETED = "completed"
    FAILED = "failed"
    COMPILE_ERROR = "compile_error"
    STOPPED = "stopped"
    STOPPED_BY_INSTRUCTOR = "stopped_by_instructor"
    CPU_LIMIT = "cpu_limit"
    WALL_LIMIT = "wall_limit"
    IDLE_LIMIT = "idle_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    DISCONNECTED = "disconnected"
    EXECUTOR_LOST = "executor_lost"
    INTERNAL_ERROR = "internal_error"


class RunStatus(StrEnum):
    """Where a run is."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    RUNNING = "running"
    FINISHED = "finished"


# --- Browser → server ------------------------------------------------------------------------
class SourceFile(Message):
    path: Path
    content: Text


class ScreenSize(Message):
    """In pixels. Smaller ones hold no window of a program, larger ones cost memory."""

    width: Annotated[StrictInt, Field(ge=MIN_SCREEN_SIDE, le=MAX_SCREEN_SIDE)]
    height: Annotated[StrictInt, Field(ge=MIN_SCREEN_SIDE, le=MAX_SCREEN_SIDE)]


class StartInteractive(Message):
    type: Literal["start_interactive"]
    language: Annotated[Text, Field(max_length=64)]
    files: Annotated[tuple[SourceFile, ...], Field(min_length=1, max_length=MAX_FILES)]
    main: Path | None = None
    args: Annotated[tuple[Argument, ...], Field(max_length=MAX_ARGUMENTS)] = ()
    snippet: StrictInt | None = None
    keep_open: StrictBool = False  # Python stays open after the program, as by -i
    timezone: TimeZone | None = None  # an IANA name; without it the site's
    class_: StrictInt | None = Field(None, alias="class")  # that the run belongs to
    room: StrictInt | None = None  # whose members see the run
    debug: StrictBool = False  # with a debugger, on channel 1
    trace: StrictBool = False  # with a trace of its steps, on channel 1
    screen: ScreenSize | None = None  # for windows of the program, on channel 2
    rows: Cells
    cols: Cells

    @model_validator(mode="after")
    def _consistent_files(self) -> "StartInteractive":
        check_program([file.path for file in self.files], self.main)
        if self.debug and self.trace:
            raise problem(ReasonCode.DEBUG_OR_TRACE)
        return self


class SendInput(Message):
    type: Literal["send_input"]
    seq: Seq
    data: StrictStr


class Resize(Message):
    type: Literal["resize"]
    rows: Cells
    cols: Cells


class Ack(Message):
    type: Literal["ack"]
    offset: Offset
    channel: Channel = 0


class Attach(Message):
    type: Literal["attach"]
    run: UUID
    offset: Offset
    watch: StrictBool = False  # the owner, too, only watches
    # How far the side channels have come; those that are not named begin at their beginning.
    offsets: Mapping[Literal["1", "2"], Offset] = Field(default_factory=dict)


class Stop(Message):
    type: Literal["stop"]


class Ping(Message):
    type: Literal["ping"]
    id: (
        Annotated[StrictInt, Field(ge=-MAX_OFFSET, le=MAX_OFFSET)]
        | Annotated[StrictStr, Field(max_length=128)]
    )


ClientMessage = Annotated[
    StartInteractive
    | SendInput
    | Resize
    | Ack
    | Attach
    | Stop
    | RequestControl
    | GrantControl
    | ReleaseControl
    | RaiseHand
    | LowerHand
    | Ping,
    Field(discriminator="type"),
]


# --- Server → browser ------------------------------------------------------------------------
class RunLimits(Message):
    cpu_seconds: int
    wall_seconds: int
    idle_seconds: int
    memory_bytes: int
    processes: int
    disk_bytes: int
    output_bytes: int


class Connected(Message):
    type: Literal["connected"] = "connected"
    protocol: int
    user: str


class Queued(Message):
    type: Literal["queued"] = "queued"
    run: UUID
    position: int


class Started(Message):
    type: Literal["started"] = "started"
    run: UUID
    language: str
    limits: RunLimits


class InputAck(Message):
    type: Literal["input_ack"] = "input_ack"
    seq: int


class Attached(Message):
    type: Literal["attached"] = "attached"
    run: UUID
    status: RunStatus
    language: str
    control: bool
    input_seq: int
    # What was printed before is shown again, or late: no terminal answers questions in it. The end
    # of the output, or where the program asked something for whose answer it still waits.
    output_bytes: Annotated[int, Added] = 0


class Gap(Message):
    """Output from `from` up to `to` is no longer held."""

    type: Literal["gap"] = "gap"
    from_: Annotated[int, Field(alias="from")]
    to: int
    # Sequences: what they were for the terminal's modes, colours and margins.
    state: Annotated[str, Added] = ""
    channel: Annotated[int, Added] = 0
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ChannelAck(Message):
    """Every frame up to `seq` has arrived, once."""

    type: Literal["channel_ack"] = "channel_ack"
    channel: int
    seq: int


class ArtifactShown(Message):
    """The program has shown a picture, a table, a page, a sound or a file; the same `seq` again
    replaces it. `url` is valid for some minutes, for this reader; `GET /runs/…/artifacts/` has new
    ones. Nothing that is loaded from there runs scripts. `version` counts what the run has shown:
    the same content has the same one at another address. `at_ms`: since the program began."""

    type: Literal["artifact"] = "artifact"
    run: UUID
    seq: int
    kind: str
    name: str
    path: Annotated[str, Added] = ""  # in the home, of a file that the program has written there
    mime: str
    bytes: int
    width: int | None
    height: int | None
    url: str
    version: int
    at_ms: int


class TerminalSize(Message):
    """To those that attached with `watch`: the size of the terminal that they watch."""

    type: Literal["terminal_size"] = "terminal_size"
    run: UUID
    rows: int
    cols: int


class Phase(StrEnum):
    COMPILING = "compiling"
    RUNNING = "running"


class RunPhase(Message):
    """After `started` or `attached`, of a run whose language compiles: what happens now, and each
    change of it. What is typed while it compiles is for the program."""

    type: Literal["phase"] = "phase"
    run: UUID
    phase: Phase


class NoticeCode(StrEnum):
    WAITING_FOR_INPUT = "waiting_for_input"
    RUNNING = "running"
    OUTPUT_HELD = "output_held"
    OUTPUT_RESUMED = "output_resumed"
    PROCESSOR_TIME = "processor_time"
    WATCHED = "watched"
    UNWATCHED = "unwatched"
    FILES_LEFT_OUT = "files_left_out"
    FILES_LOST = "files_lost"
    FILES_NOT_KEPT = "files_not_kept"


class Notice(Message):
    """Something to know of a program. `waiting_for_input` is true until the next output or input.
    `running`: it is no longer true; only to those that cannot type. `output_held`: Ctrl+S has
    stopped the output of the program, until `output_resumed` or the end of the run.
    `processor_time`: most of it is used; told once. `watched` (`names`): who watches, until
    `unwatched`; only to the owner. `files_…`: not returned, or not kept; also before `exit`."""

    type: Literal["notice"] = "notice"
    run: UUID
    code: NoticeCode
    message: str  # a sentence, in the language of the socket
    figures: Annotated[Figures, Added] = Field(default_factory=dict)


class Exit(Message):
    type: Literal["exit"] = "exit"
    run: UUID
    outcome: Outcome
    exit_code: int | None
    signal: str | None
    reason: str  # the sentence of `reason_code` and `figures`, in the language of the socket
    reason_code: Annotated[ReasonCode | None, Added] = None  # None: a run of before 2026-11-29
    figures: Annotated[Figures, Added] = Field(default_factory=dict)
    wall_ms: int
    cpu_ms: int
    memory_peak_bytes: int
    output_bytes: int


class Error(Message):
    type: Literal["error"] = "error"
    code: ErrorCode
    message: str  # a sentence, likewise
    reason_code: Annotated[ReasonCode, Added]
    figures: Annotated[Figures, Added] = Field(default_factory=dict)
    run: UUID | None = None


class Pong(Message):
    type: Literal["pong"] = "pong"
    id: int | str


ServerMessage = (
    Connected
    | Queued
    | Started
    | InputAck
    | Attached
    | Gap
    | ChannelAck
    | ArtifactShown
    | TerminalSize
    | RunPhase
    | Control
    | Notice
    | Exit
    | Error
    | Pong
)

CLIENT_MESSAGES: tuple[type[Message], ...] = (
    StartInteractive, SendInput, Resize, Ack, Attach, Stop, RequestControl, GrantControl,
    ReleaseControl, RaiseHand, LowerHand, Ping,
)  # fmt: skip
SERVER_MESSAGES: tuple[type[Message], ...] = (
    Connected, Queued, Started, InputAck, Attached, Gap, ChannelAck, ArtifactShown, TerminalSize,
    RunPhase, Control, Notice, Exit, Error, Pong,
)  # fmt: skip

_client_message: TypeAdapter[Any] = TypeAdapter(ClientMessage, config=KEEP_NO_VALUES)


def decode(text: str) -> Any:
    """One client message from a text frame; `BadMessage` says what is wrong with it."""
    try:
        return _client_message.validate_json(text)
    except ValidationError as error:
        raise refusal_of(error) from error
    except ValueError as error:  # a lone surrogate cannot be encoded for the parser
        raise BadMessage(ReasonCode.INVALID_MESSAGE, problem="not valid UTF-8 JSON") from error


def refusal_of(error: ValidationError) -> BadMessage:
    """The first error that pydantic found. What only a wrong program meets stays in its words."""
    first = error.errors(include_url=False, include_input=False)[0]
    if code := known(first["type"]):
        return BadMessage(code, **first.get("ctx", {}))
    where = ".".join(str(part) for part in first["loc"])
    said = f"{where}: {first['msg']}" if where else str(first["msg"])
    return BadMessage(ReasonCode.INVALID_MESSAGE, problem=said[:REFUSAL_CHARACTERS])


def encode(message: Message) -> str:
    return message.model_dump_json(by_alias=True)
