"""Snippets as JSON over HTTP: what a browser may send, and what it is answered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    Field,
    PlainSerializer,
    StrictBool,
    StrictInt,
    StrictStr,
    model_validator,
)

from runner.protocol.messages import Added, Message, Path, SourceFile, Text
from runner.protocol.names import is_printable
from runner.protocol.paths import (
    MAX_DEPTH,
    MAX_FILES,
    MAX_SOURCE_BYTES,
    check_program,
    is_too_large,
    problem,
)
from runner.protocol.reasons import Figures, ReasonCode

TITLE_CHARACTERS = 200
MAX_BREAKPOINTS = 200  # of a snippet
BREAKPOINT_CHARACTERS = 500  # of each text of one
MAX_LINE = 1_000_000

# What the page checks by itself while somebody types: the server gives it the sentences.
CheckedCode = Literal[
    ReasonCode.PATH_EMPTY,
    ReasonCode.PATH_ABSOLUTE,
    ReasonCode.PATH_CHARACTERS,
    ReasonCode.PATH_PARTS,
    ReasonCode.PATH_DEEP,
    ReasonCode.PATH_LONG,
    ReasonCode.PATH_TWICE,
    ReasonCode.PATH_OF_FOLDER,
    ReasonCode.TITLE_EMPTY,
    ReasonCode.TITLE_LONG,
    ReasonCode.TITLE_CHARACTERS,
    ReasonCode.TOO_MANY_SOURCES,
    ReasonCode.SOURCES_TOO_LARGE,
]
CHECKED: Mapping[CheckedCode, Figures] = {code: {} for code in get_args(CheckedCode)} | {
    ReasonCode.PATH_DEEP: {"limit": MAX_DEPTH},
    ReasonCode.TITLE_LONG: {"limit": TITLE_CHARACTERS},
    ReasonCode.TOO_MANY_SOURCES: {"limit": MAX_FILES},
    ReasonCode.SOURCES_TOO_LARGE: {"limit_bytes": MAX_SOURCE_BYTES},
}


def _check_title(title: str) -> str:
    title = title.strip()
    if not title:
        raise problem(ReasonCode.TITLE_EMPTY)
    if len(title) > TITLE_CHARACTERS:
        raise problem(ReasonCode.TITLE_LONG, limit=TITLE_CHARACTERS)
    if not is_printable(title):
        raise problem(ReasonCode.TITLE_CHARACTERS)
    return title


def _check_files(files: tuple[SourceFile, ...]) -> tuple[SourceFile, ...]:
    if not files:
        raise problem(ReasonCode.NO_FILES)
    if len(files) > MAX_FILES:
        raise problem(ReasonCode.TOO_MANY_SOURCES, limit=MAX_FILES)
    if is_too_large(file.content for file in files):
        raise problem(ReasonCode.SOURCES_TOO_LARGE, limit_bytes=MAX_SOURCE_BYTES)
    check_program([file.path for file in files], None)
    return files


Title = Annotated[StrictStr, AfterValidator(_check_title)]
Files = Annotated[tuple[SourceFile, ...], AfterValidator(_check_files)]
Instant = Annotated[datetime, PlainSerializer(datetime.isoformat, return_type=str)]
LanguageId = Annotated[StrictStr, Field(max_length=64)]


BreakpointText = Annotated[Text, Field(max_length=BREAKPOINT_CHARACTERS)]


class Breakpoint(Message):
    """A line where a debugged program stops, or says something."""

    path: Path
    line: Annotated[StrictInt, Field(ge=1, le=MAX_LINE)]
    condition: BreakpointText = ""  # an expression; empty: always
    hits: BreakpointText = ""  # how many times, such as `10` or `>= 5`; empty: each time
    log: BreakpointText = ""  # a message in place of a stop


Breakpoints = Annotated[tuple[Breakpoint, ...], Field(max_length=MAX_BREAKPOINTS)]


# --- Requests --------------------------------------------------------------------------------
class NewSnippet(Message):
    title: Title
    language: LanguageId
    main: Path
    files: Files
    breakpoints: Breakpoints = ()

    @model_validator(mode="after")
    def _main_is_there(self) -> "NewSnippet":
        check_program([file.path for file in self.files], self.main)
        return self


class SnippetChange(Message):
    """A save by somebody who has seen `version`; what is not named stays.

    One that changes breakpoints alone is no new version."""

    version: Annotated[StrictInt, Field(ge=1)]
    title: Title | None = None
    language: LanguageId | None = None
    main: Path | None = None
    files: Files | None = None
    breakpoints: Breakpoints | None = None


class ShareChange(Message):
    """`update`: readers see the version that is saved now, instead of the one shared before."""

    shared: StrictBool
    embed: StrictBool = False
    visitors: StrictBool | None = None  # may run it; None: as before
    update: StrictBool = False


# --- Answers ---------------------------------------------------------------------------------
class Share(Message):
    """How others reach a shared snippet; `embed`: pages of other sites may show it.

    They see the snippet's `version` of `shared_at`, until the owner shares another one."""

    slug: str
    url: str
    embed: bool
    embed_url: str
    version: Annotated[int | None, Added] = None
    shared_at: Annotated[Instant | None, Added] = None
    visitors: Annotated[bool, Added] = False  # people without an account may run it, at `try_url`
    try_url: Annotated[str, Added] = ""


class Snippet(Message):
    """As it is stored: what was once saved is shown, whatever the rules are now. `locked`: blocks
    of lines of the main file that stay as they are; said when it is opened, not when it is saved.
    """

    id: int
    title: str
    language: str
    main: str
    files: tuple[SourceFile, ...]
    version: int  # counts the saves: a save names the one it changes
    updated_at: Instant
    share: Share | None
    locked: tuple[str, ...] = ()
    breakpoints: Annotated[tuple[Breakpoint, ...], Added] = ()


class SnippetRow(Message):
    """In the list, without its code."""

    id: int
    title: str
    language: str
    updated_at: Instant
    version: int
    shared: bool


class SnippetPage(Message):
    snippets: tuple[SnippetRow, ...]
    next: int | None  # the number of the next page
    total: int
    # False: the search took too long, and older snippets were not searched.
    complete: Annotated[bool, Added] = True
