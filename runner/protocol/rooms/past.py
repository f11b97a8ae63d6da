"""What the page that plays an interview back is told, over HTTP."""

from uuid import UUID

from runner.protocol.fields import Message
from runner.protocol.messages import SourceFile

# Of a record: milliseconds since 1970, the epoch of the document, and the lengths of a name (UTF-8;
# empty: the server's) and of an update, which follow.
FrameHeader = ">QIHI"


class PastRun(Message):
    id: UUID
    name: str  # of who started it
    started_at: float  # seconds since 1970
    ended: bool


class PastStory(Message):
    """`files`: the saved text. The last update makes the same of the document."""

    started_at: float | None
    ends_at: float | None
    main: str
    files: tuple[SourceFile, ...]
    runs: tuple[PastRun, ...]


class CaseResult(Message):
    """Of one test case. `passed`: null while its program runs, or if it was lost."""

    number: int
    running: bool
    passed: bool | None
    output: str
    outcome: str


class CaseResults(Message):
    results: tuple[CaseResult, ...]
