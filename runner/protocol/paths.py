"""Which file paths a program may have: relative, below its home, and printable.

Each thing that can be wrong has a name, by which it is explained in the reader's language.
"""

import unicodedata
from collections.abc import Sequence

from pydantic_core import PydanticCustomError

MAX_DEPTH = 8
MAX_NAME_BYTES = 200  # a file system's 255 with room for what editors append


def check_path(path: str) -> str:
    """The path itself, or a `ValueError` with what is wrong with it."""
    if not path:
        raise PydanticCustomError("path_empty", "a path may not be empty")
    if path.startswith("/"):
        raise PydanticCustomError("path_absolute", "a path may not be absolute")
    if "\\" in path or any(unicodedata.category(character)[0] == "C" for character in path):
        what = "a path may not contain backslashes or control characters"
        raise PydanticCustomError("path_characters", what)
    parts = path.split("/")
    if len(parts) > MAX_DEPTH:
        what, limit = "a path may not be deeper than {limit} folders", {"limit": MAX_DEPTH}
        raise PydanticCustomError("path_deep", what, limit)
    if any(part in {"", ".", ".."} for part in parts):
        raise PydanticCustomError("path_parts", "a path may not contain empty, . or .. parts")
    if any(len(part.encode()) > MAX_NAME_BYTES for part in parts):
        what, limit = "a file name may not be longer than {limit} bytes", {"limit": MAX_NAME_BYTES}
        raise PydanticCustomError("path_long", what, limit)
    return path


def check_program(paths: Sequence[str], main: str | None) -> None:
    """A `ValueError` if files with these paths cannot lie in one folder, or `main` is not there."""
    if len(set(paths)) != len(paths):
        raise PydanticCustomError("path_twice", "two files have the same path")
    folders = {
        path.rsplit("/", depth)[0] for path in paths for depth in range(1, path.count("/") + 1)
    }
    if folders & set(paths):
        raise PydanticCustomError("path_of_folder", "a file has the path of a folder")
    if main is not None and main not in paths:
        raise PydanticCustomError("no_main", "main is not one of the files")
