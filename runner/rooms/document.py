"""The document of a room: seeded once, checked, merged and read as files. Pure.

A Yjs document with two maps: `files` has for each file, by a key that stays when it is renamed, a
map of `path`, `order` and `text`; `program` has the key of the `main` file. Documents live as long
as one call: no observers, none is kept (decision 090).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pycrdt import Doc, Map, Text, merge_updates

from runner.protocol.paths import MAX_FILES, check_path, check_program
from runner.rooms.reading import TooCostly, check_shape, reader

T = TypeVar("T")
ORDER_STEP = 1000  # between neighbours, so that others fit between them
FILES, PROGRAM = "files", "program"
EMPTY = b"\0\0"  # an update that says nothing


class Unreadable(Exception):
    """No update, or updates that make no document."""


class NoProgram(Exception):
    """The document is readable, but what it holds cannot be saved."""


@dataclass(frozen=True, slots=True)
class Program:
    files: tuple[dict[str, str], ...]
    main: str


def seed(files: Sequence[dict[str, str]], main: str) -> bytes:
    """The first update of a document."""
    document: Any = Doc()
    written = document.get(FILES, type=Map)
    program = document.get(PROGRAM, type=Map)
    with document.transaction():
        for number, file in enumerate(files):
            key = f"f{number}"
            text = Text(file["content"].replace("\r\n", "\n"))
            written[key] = Map({"path": file["path"], "order": number * ORDER_STEP, "text": text})
            if file["path"] == main:
                program["main"] = key
    return bytes(document.get_update())


def check(update: bytes) -> int:
    """Of how many parts it is made. Raises `Unreadable` for what is no update, or none of our
    pages. It may be one that waits for others."""
    parts = _guarded(lambda: check_shape(update))
    _guarded(lambda: merge_updates(EMPTY, update))
    return parts


def merge(updates: Sequence[bytes]) -> bytes:
    """One update that says the same as all of them, also what waits for others."""
    return updates[0] if len(updates) == 1 else _guarded(lambda: merge_updates(*updates))


def program_of(updates: Sequence[bytes], room: int = 0) -> Program:
    """Raises `Unreadable` or `NoProgram`. `room`: whose document it is."""
    try:
        found = reader.read(room, updates)
    except TooCostly as error:
        raise Unreadable from error
    if found is None:
        raise Unreadable
    return _program(found)


def _guarded(work: Callable[[], T]) -> T:
    try:
        return work()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library is no `Exception`
        raise Unreadable from error


def _program(read: dict[str, Any]) -> Program:
    found = sorted(read["files"])  # by order and key
    if not 0 < len(found) <= MAX_FILES:
        raise NoProgram
    paths = unique_paths([path for _, _, path, _ in found])
    keys = [key for _, key, _, _ in found]
    main = paths[keys.index(read["main"])] if read["main"] in keys else paths[0]
    try:
        check_program(paths, main)
    except ValueError as error:
        raise NoProgram from error
    texts = [text.replace("\r\n", "\n").replace("\0", "") for _, _, _, text in found]
    written = zip(paths, texts, strict=True)
    return Program(tuple({"path": path, "content": text} for path, text in written), main)


def unique_paths(paths: Sequence[str]) -> list[str]:
    """Paths that can lie in one folder. Two members may give two files one name at the same time:
    the later one gets another. `common/rooms/unique_paths.ts` has the same rule."""
    taken: list[str] = []
    for number, path in enumerate(paths, 1):
        wanted = path if _is_path(path) else f"file{number}.txt"
        name, ending = _split(wanted)
        count = 2
        while wanted in taken:
            wanted = f"{name}-{count}{ending}"
            count += 1
        taken.append(wanted)
    return taken


def _is_path(path: str) -> bool:
    try:
        check_path(path)
    except ValueError:
        return False
    return True


def _split(path: str) -> tuple[str, str]:
    dot = path.rfind(".")
    return (path, "") if dot <= path.rfind("/") + 1 else (path[:dot], path[dot:])
