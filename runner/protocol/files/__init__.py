"""Files beside code and files that programs have written, as JSON over HTTP."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt

from runner.protocol.messages import Message, Path
from runner.protocol.snippets import Instant


# --- Requests --------------------------------------------------------------------------------
class DataChange(Message):
    """What is not named stays. `kept`: each run stores its changes."""

    name: Path | None = None
    kept: StrictBool | None = None


class DataFromRun(Message):
    """A file that a run has returned becomes data of a snippet."""

    run: UUID
    seq: Annotated[StrictInt, Field(ge=1)]
    kept: StrictBool = False


# --- Answers ---------------------------------------------------------------------------------
class DataRow(Message):
    """`encoding`: of text, by the name that Python's `open()` takes; empty: no text."""

    name: str
    bytes: int
    sha256: str
    encoding: str
    kept: bool
    changed_at: Instant
    url: str


class SnippetData(Message):
    """`left_out`: what desktops put into an archive, which was not unpacked. `limit_bytes`: of all
    files; `file_limit_bytes`: of one."""

    files: tuple[DataRow, ...]
    bytes: int
    limit_bytes: int
    file_limit_bytes: int
    left_out: tuple[str, ...] = ()


class FilePreview(Message):
    """The beginning of a file. `rows`: of a table. `cut`: there is more than is shown."""

    kind: Literal["text", "table", "picture", "binary"]
    encoding: str
    text: str
    rows: tuple[tuple[str, ...], ...]
    cut: bool


class FilesAsked(Message):
    """`running`: the files are asked for, and come as artifacts. Else all are there already."""

    running: bool
