"""What messages are made of."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt, StrictStr

from runner.protocol.paths import check_path, problem
from runner.protocol.reasons import ReasonCode

MAX_ARGUMENT_CHARACTERS = 4096
MAX_OFFSET = 2**53 - 1  # what a JavaScript number holds exactly

# pydantic would keep the last 16,384 different texts: what somebody typed, a password, too.
KEEP_NO_VALUES = ConfigDict(cache_strings="keys")


class Added:
    """Marks a field that servers of before 2026-11-29 do not send."""


class Message(BaseModel):
    model_config = KEEP_NO_VALUES | ConfigDict(extra="forbid", frozen=True)


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise problem(ReasonCode.NUL_CHARACTER)
    return text


Text = Annotated[StrictStr, AfterValidator(_without_nul)]
Path = Annotated[StrictStr, AfterValidator(check_path)]
Argument = Annotated[Text, Field(max_length=MAX_ARGUMENT_CHARACTERS)]
Cells = Annotated[StrictInt, Field(ge=1, le=1000)]
Offset = Annotated[StrictInt, Field(ge=0, le=MAX_OFFSET)]
# What a name may look like; which of them exist is the server's to know.
TimeZone = Annotated[
    StrictStr, Field(max_length=64, pattern=r"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$")
]
Channel = Annotated[StrictInt, Field(ge=0, le=2)]  # of frames.py
Seq = Annotated[StrictInt, Field(ge=1, le=MAX_OFFSET)]
