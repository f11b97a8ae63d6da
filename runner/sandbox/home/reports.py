"""What comes out of a sandbox over its control socket: lines, and files that were asked for. Pure.

All of it is data of the program: it could have written every byte. What was not asked for, and more
than was asked for, is a fault.
"""

import re
from dataclasses import dataclass, field

LINE_BYTES = 64
PATH_BYTES = 4096
FILE = re.compile(rb"file (\d{1,4}) (\d{1,9})")
END = re.compile(rb"files (\d{1,6}) (\d{1,4}) ([01])")


@dataclass(frozen=True, slots=True)
class HomeFile:
    """`whole`: it was not changed while it was read."""

    path: bytes
    data: bytes
    whole: bool = True


@dataclass(slots=True)
class Collected:
    """`left_out`: how many others there are, such as links and what is too large; `example`: one of
    them. `short`: time was, so that there may be more of both."""

    files: list[HomeFile] = field(default_factory=list)
    left_out: int = 0
    example: bytes = b""
    short: bool = False


class BadReport(Exception):
    pass


class Reports:
    """Bytes in, lines out; files are collected beside them."""

    def __init__(self, most_files: int, most_bytes: int) -> None:
        self._most_files, self._most_bytes = most_files, most_bytes
        self._buffer = bytearray()
        self._collected: Collected | None = None
        self._room = 0

    def expect(self) -> None:
        """Files were asked for."""
        self._collected, self._room = Collected(), self._most_bytes

    @property
    def rest(self) -> bytes:
        """What has no end yet; for a program that has ended, its last words."""
        return bytes(self._buffer[:LINE_BYTES])

    def feed(self, data: bytes) -> list[bytes | Collected]:
        """Lines without their ends, and what was collected. Raises BadReport."""
        self._buffer += data
        found: list[bytes | Collected] = []
        while (one := self._next()) is not None:
            if one != b"":
                found.append(one)
        return found

    def _next(self) -> bytes | Collected | None:
        """None: more has to come. Empty: a file, that is kept."""
        # Not further: behind it a file may be held, and each piece of it is one more look.
        end = self._buffer.find(b"\n", 0, LINE_BYTES + 1)
        if end < 0:
            if len(self._buffer) > LINE_BYTES:
                raise BadReport("a long line")
            return None
        line = bytes(self._buffer[:end])
        if self._collected is not None and (match := FILE.fullmatch(line)):
            return self._file(len(line) + 1, int(match[1]), int(match[2]))
        if self._collected is not None and (match := END.fullmatch(line)):
            return self._end(len(line) + 1, *(int(number) for number in match.groups()))
        del self._buffer[: len(line) + 1]
        return line or b"\n"

    def _file(self, start: int, path: int, size: int) -> bytes | None:
        assert self._collected is not None
        if path > PATH_BYTES or size > self._room or len(self._collected.files) >= self._most_files:
            raise BadReport("more than was asked for")
        if len(self._buffer) < start + path + size + 1:
            return None
        view = memoryview(self._buffer)
        name, content = bytes(view[start : start + path]), bytes(view[start + path :][:size])
        mark = bytes(view[start + path + size : start + path + size + 1])
        view.release()
        self._collected.files.append(HomeFile(name, content, mark == b"+"))
        self._room -= size
        del self._buffer[: start + path + size + 1]
        return b""

    def _end(self, start: int, left_out: int, name: int, short: int) -> Collected | None:
        if name > PATH_BYTES:
            raise BadReport("a long name")
        if len(self._buffer) < start + name:
            return None
        collected, self._collected = self._collected, None
        assert collected is not None
        collected.left_out, collected.short = left_out, bool(short)
        collected.example = bytes(self._buffer[start : start + name])
        del self._buffer[: start + name]
        return collected
