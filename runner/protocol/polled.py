"""Polled sockets: terminals over HTTP requests, where WebSockets do not get through.

Their messages are those of a WebSocket (`messages.py`). A frame for the browser is a text: `t` and
a message, or `b` and the base64 of a binary frame. To the server a message is sent as it is, and a
binary frame as `b` and its base64.
"""

from typing import Annotated

from pydantic import Field, StrictInt, StrictStr

from runner.protocol.http import HttpError
from runner.protocol.messages import MAX_OFFSET, Message
from runner.protocol.reasons import Figures, ReasonCode

MAX_BATCH = 64  # messages of one request
POLL_SECONDS = 20  # how long an answer may be held back; proxies give up after 30

Token = Annotated[StrictStr, Field(max_length=500)]
Number = Annotated[StrictInt, Field(ge=0, le=MAX_OFFSET)]


class PolledOpened(Message):
    """`socket` names the new socket in the requests below; only its own session can use it."""

    socket: str


class Poll(Message):
    """Asks for frames. All up to the number `received` have arrived; the first has number 1."""

    socket: Token
    received: Number


class PolledFrames(Message):
    """The frame `first`, and those that follow it. `closed`: no more come, with this close code."""

    first: int
    frames: tuple[str, ...]
    closed: int | None


class PolledMessages(Message):
    """What a browser says. `seq` counts these requests from 1; a repeated one changes nothing."""

    socket: Token
    seq: Number
    messages: Annotated[tuple[StrictStr, ...], Field(max_length=MAX_BATCH)]


class PolledTaken(Message):
    """All requests up to `seq` have reached the socket, once, and in order."""

    seq: int


class PolledClose(Message):
    socket: Token


class PolledRefusal(Message):
    """`advice`: for whoever runs the site; empty where nothing is wrong with it."""

    error: HttpError
    reason_code: ReasonCode
    figures: Figures
    advice: str
