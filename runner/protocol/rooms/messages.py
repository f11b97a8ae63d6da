"""Every message of a room's socket, `/ws/room/<id>/`, declared once.

`frames.py` has the binary ones.
`page` names one open page of a member, who may have several. Times are seconds since the epoch.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StrictInt, StrictStr, TypeAdapter, ValidationError

from runner.protocol.fields import KEEP_NO_VALUES, MAX_OFFSET, Message, Text
from runner.protocol.messages import Error, Ping, Pong, refusal_of
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import BadMessage

__all__ = ["Error", "Ping", "Pong"]  # declared elsewhere

LINE_CHARACTERS = 500  # of a chat
PLACE_CHARACTERS = 400  # of a place in a text, as Yjs writes it: JSON of a relative position
FILE_CHARACTERS = 40  # of the key of a file in the document
# No control characters, and something else than spaces.
_ANY = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]*"
ONE_LINE = rf"^{_ANY}[^\s\x00-\x1f\x7f-\x9f]{_ANY}$"

Number = Annotated[StrictInt, Field(ge=0, le=MAX_OFFSET)]
Place = Annotated[Text, Field(max_length=PLACE_CHARACTERS)]
FileKey = Annotated[Text, Field(max_length=FILE_CHARACTERS)]
ChatText = Annotated[StrictStr, Field(min_length=1, max_length=LINE_CHARACTERS, pattern=ONE_LINE)]


# --- Page → server -----------------------------------------------------------------------------
class SyncRoom(Message):
    """Asks for the updates after `seq` of the document of that epoch; 0: all of them. Updates are
    sent to pages that have asked."""

    type: Literal["sync"]
    epoch: Number
    seq: Number


class MoveCursor(Message):
    """Where the member's cursor is: `file` names the text, `anchor` and `head` are ends of the
    selection; empty: nowhere."""

    type: Literal["cursor"]
    file: FileKey
    anchor: Place
    head: Place


class SayLine(Message):
    type: Literal["say"]
    text: ChatText


RoomClientMessage = Annotated[
    SyncRoom | MoveCursor | SayLine | Ping,
    Field(discriminator="type"),
]


# --- Server → page -----------------------------------------------------------------------------
class RoomJoined(Message):
    """The first message, and again when the room has begun a new epoch."""

    type: Literal["room"] = "room"
    id: int
    page: str
    user: str
    name: str
    role: Literal["owner", "editor", "viewer"]
    guest: bool
    epoch: int
    seq: int
    now: float


class Synced(Message):
    """The page has been sent every update up to `seq`."""

    type: Literal["synced"] = "synced"
    epoch: int
    seq: int


class Confirmed(Message):
    """The page's update with that `number` is stored, as `seq`."""

    type: Literal["confirmed"] = "confirmed"
    number: int
    seq: int


class Person(Message):
    page: str
    user: str
    name: str
    role: str
    guest: bool


class People(Message):
    """Everybody who is here, in the order in which they came."""

    type: Literal["people"] = "people"
    people: tuple[Person, ...]


class CursorMoved(Message):
    type: Literal["cursor_moved"] = "cursor_moved"
    page: str
    file: str
    anchor: str
    head: str


class LineSaid(Message):
    """A line of the chat; the same `id` again is the same line."""

    type: Literal["said"] = "said"
    id: int
    user: str
    name: str
    text: str
    at: float


class RoomRun(Message):
    """The newest program that was started in the room, and who started it; null: none yet."""

    type: Literal["room_run"] = "room_run"
    run: UUID | None
    user: str
    name: str


class RoomSaved(Message):
    """Every update up to `seq` is in the snippet. `problem`: why later ones are not, or empty."""

    type: Literal["saved"] = "saved"
    seq: int
    problem: str


class InterviewTimer(Message):
    """Of the interview in this room: when it was started and when it ends; null: not yet, or never
    by itself. `minutes`: how long it takes, 0: without a timer. Candidates write in between."""

    type: Literal["timer"] = "timer"
    minutes: int
    started_at: float | None
    ends_at: float | None
    now: float


ROOM_CLIENT_MESSAGES: tuple[type[Message], ...] = (SyncRoom, MoveCursor, SayLine, Ping)
ROOM_SERVER_MESSAGES: tuple[type[Message], ...] = (
    RoomJoined, Synced, Confirmed, People, CursorMoved, LineSaid, RoomRun, RoomSaved,
    InterviewTimer, Error, Pong,
)  # fmt: skip

_client_message: TypeAdapter[Any] = TypeAdapter(RoomClientMessage, config=KEEP_NO_VALUES)


def decode(text: str) -> Any:
    """One message of a page; `BadMessage` says what is wrong with it."""
    try:
        return _client_message.validate_json(text)
    except ValidationError as error:
        raise refusal_of(error) from error
    except ValueError as error:
        raise BadMessage(ReasonCode.INVALID_MESSAGE, problem="not valid UTF-8 JSON") from error
