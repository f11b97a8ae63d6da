"""What a browser may say about a snippet over HTTP, declared once."""

from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StrictStr, model_validator
from pydantic_core import PydanticCustomError

from runner.protocol.messages import Message, Path, SourceFile
from runner.protocol.paths import check_program

TITLE_CHARACTERS = 200
MAX_FILES = 20
SNIPPET_BYTES = 512 * 1024  # paths and contents in UTF-8


def _check_title(title: str) -> str:
    title = title.strip()
    if not title:
        raise PydanticCustomError("title_empty", "may not be empty")
    if len(title) > TITLE_CHARACTERS:
        raise PydanticCustomError(
            "title_too_long",
            "may have at most {limit} characters; this one has {found}",
            {"limit": TITLE_CHARACTERS, "found": len(title)},
        )
    if any(character < " " or "\x7f" <= character <= "\x9f" for character in title):
        raise PydanticCustomError("title_characters", "may not contain control characters")
    return title


def _check_files(files: tuple[SourceFile, ...]) -> tuple[SourceFile, ...]:
    if not 1 <= len(files) <= MAX_FILES:
        raise PydanticCustomError(
            "number_of_files",
            "a snippet has 1 to {limit} files, not {found}",
            {"limit": MAX_FILES, "found": len(files)},
        )
    size = sum(len(file.path.encode()) + len(file.content.encode()) for file in files)
    if size > SNIPPET_BYTES:
        raise PydanticCustomError(
            "files_too_large",
            "all files together may have {limit} KB; these have {found} KB",
            {"limit": SNIPPET_BYTES // 1024, "found": -(-size // 1024)},
        )
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
