"""How a program is written, as JSON over HTTP: edits that a page sends, and what plays them back.

Offsets and lengths count UTF-16 units, as browsers do; `ms` counts from the beginning of the
writing.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt

from runner.protocol.fields import Message, Path, Text

EDITS_PER_PART = 500
PASTE_CHARACTERS = 200  # more at once is marked
EDIT_CHARACTERS = 128 * 1024
_Count = Annotated[StrictInt, Field(ge=0, le=2**31)]


class Edit(Message):
    """In the file `path`, `removed` units at `at` were replaced by `text`. `open`: it is what the
    file had when the page saw it first; `paste`: it came from the clipboard."""

    ms: _Count
    path: Path
    at: _Count
    removed: _Count
    text: Annotated[Text, Field(max_length=EDIT_CHARACTERS)]
    kind: Literal["type", "paste", "open"] = "type"


class WritingPart(Message):
    """`first`: the number of its first edit, from 0. `run`: has been started with this text."""

    id: UUID
    snippet: Annotated[StrictInt, Field(ge=1, lt=2**63)] | None
    first: _Count
    edits: Annotated[tuple[Edit, ...], Field(max_length=EDITS_PER_PART)]
    run: UUID | None = None


class WritingKept(Message):
    """`count`: the number that the next edit has. `full`: nothing more is kept."""

    count: int
    full: bool


class Played(Message):
    """As `Edit`; `mark`: `paste` or `outside` for text that was pasted, `open`, or `folded` for
    what is no longer known edit by edit."""

    ms: int
    path: str
    at: int
    removed: int
    text: str
    mark: Literal["", "paste", "outside", "open", "folded"]


class Paste(Message):
    """`outside`: none of the writing's texts had it before."""

    ms: int
    path: str
    characters: int
    outside: StrictBool
    begins: str  # its first characters


class Writing(Message):
    """`until`: when the run was started; later edits are not in it."""

    started_at: float
    until: int
    main: str
    edits: tuple[Played, ...]
    pastes: tuple[Paste, ...]
