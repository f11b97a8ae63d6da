"""Which file paths a program may have: relative, below its home, and printable."""

import unicodedata
from collections.abc import Sequence

MAX_DEPTH = 8
MAX_NAME_BYTES = 200  # a file system's 255 with room for what editors append


def check_path(path: str) -> str:
    """The path itself, or `ValueError` with what is wrong with it."""
    if not path:
        raise ValueError("a path may not be empty")
    if path.startswith("/"):
        raise ValueError("a path may not be absolute")
    if "\\" in path or any(unicodedata.category(character)[0] == "C" for character in path):
        raise ValueError("a path may not contain backslashes or control characters")
    parts = path.split("/")
    if len(parts) > MAX_DEPTH:
        raise ValueError(f"a path may not be deeper than {MAX_DEPTH} folders")
    if any(part in {"", ".", ".."} for part in parts):
        raise ValueError("a path may not contain empty, . or .. parts")
    if any(len(part.encode()) > MAX_NAME_BYTES for part in parts):
        raise ValueError(f"a file name may not be longer than {MAX_NAME_BYTES} bytes")
    return path


def check_program(paths: Sequence[str], main: str | None) -> None:
    """`ValueError` when files with these paths cannot lie in one folder, or `main` is not there."""
    if len(set(paths)) != len(paths):
        raise ValueError("two files have the same path")
    folders = {
        path.rsplit("/", depth)[0] for path in paths for depth in range(1, path.count("/") + 1)
    }
    if folders & set(paths):
        raise ValueError("a file has the path of a folder")
    if main is not None and main not in paths:
        raise ValueError("main is not one of the files")
