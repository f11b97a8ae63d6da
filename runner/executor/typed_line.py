"""The line that is being typed, as far as the kernel's line editing knows it. Pure.

In canonical mode the kernel holds a line until it is complete, and lets the user edit it. It does
two things that users do not expect. For each Backspace it takes back one code point, where people
may see a character of several; so a Backspace is typed once for each code point of the last
character. And of a line that has more than 4095 bytes it drops the rest; so a long line is handed
to the program in pieces, by the key that ends the input (VEOF): after text it hands over what is
there.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from runner.characters import last_character

# The kernel keeps 4095 bytes. No multiple of the sizes in which programs read: a kernel before 5.12
# takes a piece that fills a program's buffer exactly for the end of the input.
MOST_BYTES = 3989
EDITED_BYTES = 1024  # of the end of the line, in which Backspace finds whole characters
_SLACK_BYTES = 64  # a piece ends within them after MOST_BYTES
_ERASE, _WORD = b"\x7f", b"\x17"
# The line is complete, handed over, or given up: Enter, ^C, ^D, ^U, ^Z, ^\.
_LINE_END = re.compile(rb"[\r\n\x03\x04\x15\x1a\x1c]")
# What ^W takes for letters; it looks at the first byte of a character.
_LETTERS = bytes(code for code in range(256) if code >= 0x80 or chr(code).isalnum() or code == 0x5F)
_OTHERS = bytes(set(range(256)) - set(_LETTERS))
_PRINTABLE, _TAB = 0x20, 0x09
# The beginning of a character, without its end.
_INCOMPLETE = re.compile(rb"(?:[\xc0-\xff]|[\xe0-\xff][\x80-\xbf]|[\xf0-\xff][\x80-\xbf]{2})\Z")


class Editing(NamedTuple):
    """Keys of a terminal in canonical mode; empty where one is switched off."""

    erase: bytes
    end: bytes


class Piece(NamedTuple):
    """What to write to the terminal next; it stands for so many bytes that were typed."""

    data: bytes
    typed: int


class TypedLine:
    """`editing()`: the terminal's keys now; None while it is not in canonical mode."""

    def __init__(self, editing: Callable[[], Editing | None]) -> None:
        self._editing = editing
        self._line = b""  # the end of what can be edited
        self._length = 0  # bytes since the last line, or piece of one
        self._owed = b""  # what the last piece still lacks

    @property
    def owes(self) -> bool:
        """A part of the last piece is still to be written."""
        return bool(self._owed)

    def next(self, typed: bytes) -> Piece:
        """How to type `typed`, or its beginning; empty for nothing."""
        if self._owed:
            return Piece(self._owed, 0)
        if typed.startswith(_ERASE):
            return self._erasure()
        erase = typed.find(_ERASE)
        text = typed if erase < 0 else typed[:erase]
        cut = self._too_long(text)
        if cut and (editing := self._editing()) is None:
            self._length, cut = 0, 0
            # Keys are read one by one: nothing is held, and nothing cut.
        if cut and editing and editing.end:
            return Piece(text[:cut] + editing.end, cut)
        return Piece(text, len(text))

    def wrote(self, piece: Piece, count: int) -> int:
        """The terminal took `count` bytes of `piece`. Returns how many typed bytes that were."""
        if piece.typed == 0:
            self._owed = self._owed[count:]
            return 0
        if count == 0:
            return 0
        if piece.data.startswith(_ERASE):
            self._owed = piece.data[count:]
            self._take_back(len(piece.data))
            return piece.typed
        self._add(piece.data[: min(count, piece.typed)])
        if len(piece.data) > piece.typed <= count:
            self._owed = piece.data[count:]
            self._line, self._length = b"", 0
        return min(count, piece.typed)

    def _erasure(self) -> Piece:
        count = 1
        if self._line and self._line[-1] >= 0x80:
            count = len(last_character(self._line.decode(errors="replace")))
        if count > 1 and ((editing := self._editing()) is None or editing.erase != _ERASE):
            count = 1
        return Piece(_ERASE * count, 1)

    def _too_long(self, text: bytes) -> int:
        """Where a piece has to end in `text`; 0 if it fits."""
        if self._length + len(text) <= MOST_BYTES:
            return 0
        start, length = 0, self._length
        for end in _LINE_END.finditer(text):
            if length + end.start() - start > MOST_BYTES:
                break
            start, length = end.end(), 0
        if length + len(text) - start <= MOST_BYTES:
            return 0
        return self._cut(text, start + max(1, MOST_BYTES - length))

    def _cut(self, text: bytes, at: int) -> int:
        """The end of a character at `at` or a little later: VEOF after none would end the input."""
        for end in range(at, min(at + _SLACK_BYTES, len(text)) + 1):
            last = (self._line + text[max(0, end - 4) : end])[-4:]
            if (last[-1] >= _PRINTABLE or last[-1] == _TAB) and not _INCOMPLETE.search(last):
                return end
        return 0

    def _take_back(self, count: int) -> None:
        """So many code points."""
        text = self._line.decode(errors="replace")
        self._length = max(0, self._length - len(text[-count:].encode()))
        self._line = text[:-count].encode()

    def _add(self, text: bytes) -> None:
        *_, rest = _LINE_END.split(text)
        if len(rest) < len(text):
            self._line, self._length = b"", 0
        self._length += len(rest)
        before, *others = rest.split(_WORD)
        self._line += before
        for other in others:
            self._line = self._line.rstrip(_OTHERS).rstrip(_LETTERS) + other
        self._line = self._line[-EDITED_BYTES:]
