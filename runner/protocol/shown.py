"""What a program says on its side channel `show`, and what it is answered.

Programs have the other half of this in `runner/sandbox/packages/show.py`.
"""

import json
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StrictInt, StrictStr

from runner.protocol.messages import Message

# Kinds of frames.
ABOUT, CONTENT = b"M", b"D"
ACCEPTED, REFUSED = b"A", b"R"
LARGEST_ABOUT = 4096  # bytes
MOST_NAME = 1000  # characters, before it is cleaned
MIB = 1024 * 1024

Code = Literal[
    "too_many", "too_much", "too_large", "picture_too_large", "not_a_picture", "not_a_sound",
    "not_text", "not_stored",
]  # fmt: skip
# For the terminal of a program, as its own errors are: in English.
SENTENCES: dict[Code, str] = {
    "too_many": "This run has shown {limit} things, and can show no more.",
    "too_much": "All that a run shows together can have {mib} MiB.",
    "too_large": "This is too large to be shown: the limit is {mib} MiB.",
    "picture_too_large": "A picture can be at most 4096 pixels wide and high.",
    "not_a_picture": "This is no picture: PNG, JPEG, GIF, WebP and SVG can be shown.",
    "not_a_sound": "This is no sound: WAV can be played.",
    "not_text": "This is not text in UTF-8.",
    "not_stored": "This could not be stored just now.",
}


class About(Message):
    """What comes next. `seq`: of what it replaces."""

    kind: Literal["picture", "table", "html", "sound", "file"]
    name: Annotated[StrictStr, Field(max_length=MOST_NAME)] = ""
    bytes: Annotated[StrictInt, Field(ge=0)]
    seq: Annotated[StrictInt, Field(ge=1)] | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    code: Code
    limit: int = 0  # a number of artifacts, or bytes

    def encoded(self) -> bytes:
        text = SENTENCES[self.code].format(limit=self.limit, mib=self.limit // MIB)
        return json.dumps({"code": self.code, "text": text}).encode()
