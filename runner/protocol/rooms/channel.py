"""What processes tell each other about a room, over its group of the channel layer.

Any of it may be lost: updates and lines are in the database, who is here is said again every few
seconds. `room` is the id of a room, `page` names an open page.
"""

from dataclasses import dataclass, fields
from typing import Any


def room_group(room: int) -> str:
    return f"room.{room}"


@dataclass(frozen=True, slots=True)
class RoomMessage:
    room: int


@dataclass(frozen=True, slots=True)
class UpdateStored(RoomMessage):
    epoch: int
    seq: int
    page: str  # that sent it
    data: bytes


@dataclass(frozen=True, slots=True)
class PageHere(RoomMessage):
    page: str
    user: str
    name: str
    role: str
    guest: bool
    since: float


@dataclass(frozen=True, slots=True)
class PageGone(RoomMessage):
    page: str


@dataclass(frozen=True, slots=True)
class PagesWanted(RoomMessage):
    """A page has come: the others say that they are here."""


@dataclass(frozen=True, slots=True)
class CursorAt(RoomMessage):
    page: str
    file: str
    anchor: str
    head: str


@dataclass(frozen=True, slots=True)
class LineStored(RoomMessage):
    id: int
    user: str
    name: str
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class RunBegun(RoomMessage):
    run: str
    user: str
    name: str


MESSAGES: dict[str, type[RoomMessage]] = {
    message.__name__: message
    for message in (
        UpdateStored, PageHere, PageGone, PagesWanted, CursorAt, LineStored, RunBegun,
    )
}  # fmt: skip
_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in MESSAGES.values()}


def encode(message: RoomMessage) -> dict[str, Any]:
    """For `group_send`. The type names the one handler there is; nobody else chooses it."""
    kind = type(message)
    encoded: dict[str, Any] = {name: getattr(message, name) for name in _FIELDS[kind]}
    return encoded | {"type": "room.event", "kind": kind.__name__}


def decode(encoded: dict[str, Any]) -> RoomMessage:
    """`KeyError` or `TypeError` when a process of another version sent it."""
    kind = MESSAGES[encoded["kind"]]
    return kind(**{name: encoded[name] for name in _FIELDS[kind] if name in encoded})
