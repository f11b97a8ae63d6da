"""What a browser may say about a snippet over HTTP, declared once."""

from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StrictStr, model_validator

from runner.protocol.messages import Message, Path, SourceFile
from runner.protocol.paths import MAX_FILES, check_program, problem
from runner.protocol.reasons import ReasonCode

TITLE_CHARACTERS = 200
SNIPPET_BYTES = 512 * 1024  # paths and contents in UTF-8


def _check_title(title: str) -> str:
    title = title.strip()
    if not title:
        raise problem(ReasonCode.TITLE_EMPTY)
    if len(title) > TITLE_CHARACTERS:
        raise problem(ReasonCode.TITLE_LONG, limit=TITLE_CHARACTERS)
    if any(character < " " or "\x7f" <= character <= "\x9f" for character in title):
        raise problem(ReasonCode.TITLE_CHARACTERS)
    return title


def _check_files(files: tuple[SourceFile, ...]) -> tuple[SourceFile, ...]:
    if not files:
        raise problem(ReasonCode.NO_FILES)
    if len(files) > MAX_FILES:
        raise problem(ReasonCode.TOO_MANY_SOURCES, limit=MAX_FILES)
    size = sum(len(file.path.encode()) + len(file.content.encode()) for file in files)
    if size > SNIPPET_BYTES:
        raise problem(ReasonCode.SOURCES_TOO_LARGE, limit_bytes=SNIPPET_BYTES)
    check_program([file.path for file in files], None)
    return files


Title = Annotated[StrictStr, AfterValidator(_check_title)]
Files = Annotated[tuple[SourceFile, ...], AfterValidator(_check_files)]
LanguageId = Annotated[StrictStr, Field(max_length=64)]


class NewSnippet(Message):
    title: Title
    language: LanguageId
    main: Path
    files: Files

    @model_validator(mode="after")
    def _main_is_there(self) -> "NewSnippet":
        check_program([file.path for file in self.files], self.main)
        return self


class SnippetChange(Message):
    """A save by somebody who has seen `version`; what is not named stays."""

    version: Annotated[StrictInt, Field(ge=1)]
    title: Title | None = None
    language: LanguageId | None = None
    main: Path | None = None
    files: Files | None = None


class ShareChange(Message):
    shared: StrictBool
    embed: StrictBool = False
