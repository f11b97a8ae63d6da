"""The error that ended a Python program, found at the end of what it printed. Pure.

A program may print anything, also what only looks like a traceback. So every step is linear in the
length of the output, and the result is an identifier, the path of one of the program's own files
and a number.
"""

import re
from collections.abc import Collection, Iterable

from runner.languages.language import ProgramError

NAME_CHARACTERS = 100
HOME = "/home/student/"
HEADER = "Traceback (most recent call last):"
GROUP_HEADER = "  + Exception Group Traceback (most recent call last):"
GROUP_MARGIN = "  | "
IGNORED = "Exception ignored "  # before the traceback of a destructor, or of the end of Python

_ESCAPES = re.compile(r"\x1b\[[0-?]*+[ -/]*+[@-~]?|\x1b.?")
_FRAME = re.compile(r'  File "([^"]{1,4096})", line ([0-9]{1,9})(?:, in |$)')


def find_error(output: bytes, paths: Collection[str]) -> ProgramError | None:
    """`paths`: of the program's own files; the line is the deepest one in them.

    `output` may begin anywhere: that of two functions that call each other for ever is long.
    """
    path, number = "", None
    for line in _last_traceback(_lines(output)):
        if frame := _FRAME.match(line):
            own = frame[1].removeprefix(HOME).removeprefix("./")
            if own in paths:
                path, number = own, int(frame[2])
        elif _is_error(line):
            name = _name(line)
            return ProgramError(name, path, number) if name else None
    return None


def last_error(output: bytes) -> str:
    """The first line of the exception itself: its name, and what it says; empty without one."""
    return next(filter(_is_error, _last_traceback(_lines(output))), "")


def failing_line(output: bytes) -> str:
    """The source line that a syntax error shows; empty without one."""
    shown = ""
    for line in _last_traceback(_lines(output)):
        if _is_error(line):
            return shown if line.startswith("SyntaxError") else ""
        if not _FRAME.match(line) and line.strip(" ^~"):
            shown = line.strip()
    return ""


def _lines(output: bytes) -> list[str]:
    text = _ESCAPES.sub("", output.decode(errors="replace"))
    return [line.rstrip("\r") for line in text.split("\n")]


def _is_error(line: str) -> bool:
    return bool(line) and not line.startswith(" ")  # frames and source lines are indented


def _last_traceback(lines: list[str]) -> Iterable[str]:
    """From its first frame on. A chain of exceptions ends with the one that ended the program."""
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if line.endswith(GROUP_HEADER):
            return (line.removeprefix(GROUP_MARGIN) for line in lines[number + 1 :])
        if number and lines[number - 1].startswith(IGNORED):
            continue  # it ended nothing
        if line.endswith(HEADER) and not line.startswith("  "):
            return lines[number + 1 :]
    return _without_header(lines)


def _without_header(lines: list[str]) -> list[str]:
    """A syntax error has none; that of a long traceback is not in the tail."""
    first = next((n for n in reversed(range(len(lines))) if _FRAME.match(lines[n])), len(lines))
    while 0 < first < len(lines) and lines[first - 1].startswith("  "):
        first -= 1
    return lines[first:]


def _name(line: str) -> str:
    """Of the exception, without its module: of "json.decoder.JSONDecodeError: …" the last part."""
    name = line.partition(":")[0].strip().rpartition(".")[2]
    return name if name.isidentifier() and len(name) <= NAME_CHARACTERS else ""
