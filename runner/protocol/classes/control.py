"""Messages of terminals: who types into a run that several see, and questions to teachers."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictInt, StrictStr

from runner.protocol.fields import Message, Text

HAND_CHARACTERS = 200  # one line
# No control characters, and something else than spaces.
_ANY = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]*"
ONE_LINE = rf"^{_ANY}[^\s\x00-\x1f\x7f-\x9f]{_ANY}$"
UserName = Annotated[Text, Field(min_length=1, max_length=150)]
ClassId = Annotated[StrictInt, Field(ge=1, lt=2**63)]
Question = Annotated[StrictStr, Field(min_length=1, max_length=HAND_CHARACTERS, pattern=ONE_LINE)]


# --- Browser → server ------------------------------------------------------------------------
class RequestControl(Message):
    """Of who watches, to the owner."""

    type: Literal["request_control"]


class GrantControl(Message):
    """Of the owner, to one who has asked."""

    type: Literal["grant_control"]
    to: UserName


class ReleaseControl(Message):
    """Of who types by the owner's leave, or of the owner, who types again."""

    type: Literal["release_control"]


class RaiseHand(Message):
    """A question to those who teach; the next one replaces it."""

    type: Literal["raise_hand"]
    class_: Annotated[ClassId, Field(alias="class")]
    text: Question


class LowerHand(Message):
    type: Literal["lower_hand"]
    class_: Annotated[ClassId, Field(alias="class")]


# --- Server → browser ------------------------------------------------------------------------
class Control(Message):
    """`holder` types; `you`: that is this terminal. `requests`: who asks the owner for it."""

    type: Literal["control"] = "control"
    run: UUID
    holder: str
    you: bool
    requests: tuple[str, ...]
