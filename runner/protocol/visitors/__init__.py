"""What the pages of visitors and the server say to each other, as JSON over HTTP."""

from typing import Annotated

from pydantic import Field, StrictInt, StrictStr

from runner.protocol.http import LanguageOption
from runner.protocol.messages import Message, SourceFile

LARGEST_REQUEST = 4096  # bytes
MOST_PARTS = 64

Signed = Annotated[StrictStr, Field(max_length=400)]
Answer = Annotated[StrictInt, Field(ge=0, lt=2**32)]


# --- Requests --------------------------------------------------------------------------------
class TicketRequest(Message):
    """With a solved puzzle, or with the pass that the first one has given."""

    puzzle: Signed = ""
    answers: Annotated[tuple[Answer, ...], Field(max_length=MOST_PARTS)] = ()
    visit: Signed = ""


# --- Answers ---------------------------------------------------------------------------------
class Puzzle(Message):
    """To be solved before the first run: for each of its `parts` a number, so that SHA-256 of
    `<seed>:<part>:<number>` begins with `bits` zero bits. Parts count from 0; the seed is the first
    32 digits of SHA-256 of the puzzle, in lower case."""

    puzzle: str
    parts: int
    bits: int


class Ticket(Message):
    """`ticket` opens one socket within a minute; `visit` asks for more tickets."""

    ticket: str
    visit: str


class TryConfig(Message):
    """What a page tells its script of the program that visitors may run."""

    title: str
    language: LanguageOption
    files: tuple[SourceFile, ...]
    main: str
    inline: bool  # the program comes from the page around the frame
    framed: bool
    source_bytes: int  # the largest program
    start_bytes: int  # the largest message
    puzzle_url: str
    ticket_url: str
