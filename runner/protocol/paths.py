"""Which files a program may have: paths relative, below its home, and printable; a bounded size."""

import unicodedata
from collections.abc import Iterable, Sequence

from pydantic_core import PydanticCustomError

from runner.protocol.reasons import ReasonCode

MAX_FILES = 20  # of a program
# The largest program, saved, added from disk or run: the contents of its files in UTF-8, together.
MAX_SOURCE_BYTES = 512 * 1024
MAX_DEPTH = 8  # folders
MAX_NAME_BYTES = 200  # a file system's 255 with room for what editors append
MAX_PATH_CHARACTERS = 255


def problem(code: ReasonCode, **figures: int | str) -> PydanticCustomError:
    """For validators. The code stands for the text, which depends on the reader's language."""
    return PydanticCustomError(code.value, code.value, figures or None)


def is_too_large(contents: Iterable[str]) -> bool:
    return sum(len(content.encode()) for content in contents) > MAX_SOURCE_BYTES


def check_path(path: str) -> str:
    """The path itself, or a `ValueError` with what is wrong with it."""
    if not path:
        raise problem(ReasonCode.PATH_EMPTY)
    if len(path) > MAX_PATH_CHARACTERS:
        raise problem(ReasonCode.PATH_LONG)
    if path.startswith("/"):
        raise problem(ReasonCode.PATH_ABSOLUTE)
    if "\\" in path or any(unicodedata.category(character)[0] == "C" for character in path):
        raise problem(ReasonCode.PATH_CHARACTERS)
    parts = path.split("/")
    if len(parts) > MAX_DEPTH:
        raise problem(ReasonCode.PATH_DEEP, limit=MAX_DEPTH)
    if any(part in {"", ".", ".."} for part in parts):
        raise problem(ReasonCode.PATH_PARTS)
    if any(len(part.encode()) > MAX_NAME_BYTES for part in parts):
        raise problem(ReasonCode.PATH_LONG)
    return path


def check_program(paths: Sequence[str], main: str | None) -> None:
    """A `ValueError` if files with these paths cannot lie in one folder, or `main` is not there."""
    if len(set(paths)) != len(paths):
        raise problem(ReasonCode.PATH_TWICE)
    folders = {
        path.rsplit("/", depth)[0] for path in paths for depth in range(1, path.count("/") + 1)
    }
    if folders & set(paths):
        raise problem(ReasonCode.PATH_OF_FOLDER)
    if main is not None and main not in paths:
        raise problem(ReasonCode.NO_MAIN)
