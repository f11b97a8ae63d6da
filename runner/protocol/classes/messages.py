# size: every message of a class's socket, declared once
"""Every message of a class's socket, `/ws/class/<id>/`, declared once.

A socket is a member's page: of who teaches, with the live grid, or of a student. Times are seconds
since the epoch, by the server's clock.
"""

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, StrictStr, TypeAdapter, ValidationError

from runner.protocol.classes.control import ONE_LINE, LowerHand, RaiseHand, UserName
from runner.protocol.fields import KEEP_NO_VALUES, Message, Text
from runner.protocol.messages import Error, Ping, Pong, SourceFile, refusal_of
from runner.protocol.paths import MAX_FILES
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage

__all__ = ["Error", "LowerHand", "Ping", "Pong", "RaiseHand", "SourceFile"]  # declared elsewhere

REASON_CHARACTERS = 200
ANSWER_CHARACTERS = 300
LINE_CHARACTERS = 120  # of a program's output, on a tile
SCREEN_CHARACTERS = 24_000  # of a terminal that is shown: 80 columns, 50 rows, colours
SHOWN_BYTES = 48 * 1024  # of code that is shown; a frame has 64 KiB


class MemberState(StrEnum):
    OFFLINE = "offline"
    IDLE = "idle"
    EDITING = "editing"
    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    FAILED = "failed"


Reason = Annotated[StrictStr, Field(min_length=1, max_length=REASON_CHARACTERS, pattern=ONE_LINE)]
Answer = Annotated[StrictStr, Field(min_length=1, max_length=ANSWER_CHARACTERS, pattern=ONE_LINE)]
Line = Annotated[StrictInt, Field(ge=1, le=10_000_000)]
Files = Annotated[tuple[SourceFile, ...], Field(min_length=1, max_length=MAX_FILES)]


# --- Page → server: of students ----------------------------------------------------------------
class Editing(Message):
    """The member types into a program: at most every few seconds."""

    type: Literal["editing"]
    language: Annotated[Text, Field(max_length=64)]


class SendCode(Message):
    """The code as it is now, to those who watch. `line`: of the cursor. `cut`: it is longer."""

    type: Literal["send_code"]
    files: Files
    main: Annotated[Text, Field(max_length=255)]
    line: Line = 1
    cut: StrictBool = False


class AllowShow(Message):
    """The answer to `show_asked`."""

    type: Literal["allow_show"]
    allow: StrictBool


class Show(Message):
    """What the class sees of a presenter's page. `files`: null while they are the same as before;
    `path`: the one in view, from line `top` on; `line`: that of the cursor, if it is in view, else
    `top`; null: unknown. `screen`: the terminal as text with colours,
    `rows` by `cols`."""

    type: Literal["show"]
    files: Files | None = None
    path: Annotated[Text, Field(max_length=255)]
    top: Line = 1
    line: Line | None = None
    cut: StrictBool = False
    language: Annotated[Text, Field(max_length=64)]
    screen: Annotated[Text, Field(max_length=SCREEN_CHARACTERS)]
    rows: Annotated[StrictInt, Field(ge=1, le=1000)]
    cols: Annotated[StrictInt, Field(ge=1, le=1000)]


class EndShow(Message):
    type: Literal["end_show"]


# --- Page → server: of who teaches ---------------------------------------------------------------
class WatchCode(Message):
    """Whose code is wanted; null: nobody's."""

    type: Literal["watch_code"]
    user: UserName | None


class AnswerHand(Message):
    type: Literal["answer_hand"]
    user: UserName
    text: Answer


class StopMemberRun(Message):
    type: Literal["stop_run"]
    run: UUID
    reason: Reason


class AskShow(Message):
    """Asks a student whether the class may see the student's page."""

    type: Literal["ask_show"]
    user: UserName


ClassClientMessage = Annotated[
    RaiseHand
    | LowerHand
    | Editing
    | SendCode
    | AllowShow
    | Show
    | EndShow
    | WatchCode
    | AnswerHand
    | StopMemberRun
    | AskShow
    | Ping,
    Field(discriminator="type"),
]


# --- Server → page -----------------------------------------------------------------------------
class ClassJoined(Message):
    """The first message, and told again when it has changed. `quiet`: who watches is not told to
    students. `recorded`: how this member writes is kept."""

    type: Literal["class"] = "class"
    id: int
    name: str
    role: str
    now: float
    may_watch: bool
    may_help: bool
    may_stop: bool
    may_show: bool
    quiet: bool
    recorded: bool = False


class Tile(Message):
    """What one member does. `line`: the last one of output; `error`, `error_line`: of the last run
    that ended; `outcome` likewise; `hand`: the question of a raised hand, or empty;
    `browsers`: in how many the member has the site open, counted during an exam."""

    user: str
    name: str
    state: MemberState
    since: float
    language: str
    run: UUID | None
    line: str
    outcome: str
    error: str
    error_line: int | None
    hand: str
    hand_at: float
    browsers: int = 1


class Tiles(Message):
    """`all`: these are all members, in no order; else those that have changed."""

    type: Literal["tiles"] = "tiles"
    all: bool
    tiles: tuple[Tile, ...]


class OwnHand(Message):
    """Of the member's own hand: `answer` is empty until somebody has answered."""

    type: Literal["hand"] = "hand"
    raised: bool
    text: str
    answer: str
    answered_by: str


class Watched(Message):
    """Who watches this member; `code`: send it now, and whenever it changes."""

    type: Literal["watched"] = "watched"
    by: tuple[str, ...]
    code: bool


class MemberCode(Message):
    """`live`: as the member's page has it now; else as it was run last."""

    type: Literal["code"] = "code"
    user: str
    files: tuple[SourceFile, ...]
    main: str
    line: int
    cut: bool
    live: bool


class Stopped(Message):
    """The answer to `stop_run`."""

    type: Literal["stopped"] = "stopped"
    run: UUID
    ended: bool


class ShowAsked(Message):
    type: Literal["show_asked"] = "show_asked"
    by: str


class ShowAnswered(Message):
    type: Literal["show_answered"] = "show_answered"
    user: str
    allow: bool


class Shown(Message):
    """What a presenter shows to the class; `files`: null while they are the same as before."""

    type: Literal["shown"] = "shown"
    by: str
    files: tuple[SourceFile, ...] | None
    path: str
    top: int
    line: int | None = None
    cut: bool
    language: str
    screen: str
    rows: int
    cols: int


class ShowEnded(Message):
    type: Literal["show_ended"] = "show_ended"
    by: str


CLASS_CLIENT_MESSAGES: tuple[type[Message], ...] = (
    RaiseHand, LowerHand, Editing, SendCode, AllowShow, Show, EndShow, WatchCode, AnswerHand,
    StopMemberRun, AskShow, Ping,
)  # fmt: skip
CLASS_SERVER_MESSAGES: tuple[type[Message], ...] = (
    ClassJoined, Tiles, OwnHand, Watched, MemberCode, Stopped, ShowAsked, ShowAnswered, Shown,
    ShowEnded, Error, Pong,
)  # fmt: skip

_client_message: TypeAdapter[Any] = TypeAdapter(ClassClientMessage, config=KEEP_NO_VALUES)


def decode(text: str) -> Any:
    """One message of a page; `BadMessage` says what is wrong with it."""
    try:
        return _client_message.validate_json(text)
    except ValidationError as error:
        raise refusal_of(error) from error
    except ValueError as error:
        raise BadMessage(ReasonCode.INVALID_MESSAGE, problem="not valid UTF-8 JSON") from error
