"""In which state output that is no longer held has left a terminal. Pure.

A page that comes back gets the last megabyte of output. What was set before it, such as the other
screen or the keys' mode of a game, has to be set again.
"""

import re

# Modes of a terminal (DECSET) that last; not those that switch something on for a moment.
_PRIVATE = frozenset(
    (
        1,
        5,
        6,
        7,
        9,
        25,
        45,
        47,
        66,
        1000,
        1002,
        1003,
        1004,
        1005,
        1006,
        1015,
        1016,
        1047,
        1049,
        2004,
    )
)
_ANSI = frozenset((4, 20))  # inserting; line feeds
_SEQUENCES = re.compile(
    rb"\x1b(?:"
    rb"\[(?P<modes>\??[0-9;]{1,64})(?P<on>[hl])"
    rb"|\[(?P<margins>[0-9;]{0,16})r"
    rb"|\[(?P<shape>[0-9]{0,4}) q"
    rb"|\](?P<colour>(?:4;[0-9]{1,3}|1[012]);[!-~]{1,64}?)(?:\x07|\x1b\\)"
    rb"|(?P<charset>[()][0-9A-Z<>%])"
    rb"|(?P<keypad>[=>])"
    rb"|(?P<soft>\[!p)"
    rb"|(?P<full>c))"
    rb"|(?P<shift>[\x0e\x0f])"
)
_STYLE = re.compile(rb"\x1b\[[0-9;:]{0,64}m")
_PLAIN_STYLES = (b"\x1b[0m", b"\x1b[m", b"\x1bc", b"\x1b[!p")
_SHIFT_IN = b"\x0f"
MOST_STYLES = 16
MOST_COLOURS = 256
_LONGEST = 80  # bytes of a sequence
# Of a flood only pieces are read that set a mode; programs set the rest while they print little.
_FLOOD_BYTES = 8 * 1024
_PRIVATE_MODES = b"\x1b[?"
# It may be cut where something is dropped.
_INCOMPLETE = re.compile(rb"\x1b(?:\[[!?0-9;: ]{0,70}|\][ -~]{0,70}\x1b?|[()])?\Z")


class TerminalModes:
    def __init__(self) -> None:
        self._rest = b""
        self._clear()

    def _clear(self) -> None:
        self._modes: dict[bytes, bool] = {}
        self._colours: dict[bytes, bytes] = {}
        self._soften()

    def _soften(self) -> None:
        """A soft reset."""
        for mode in (b"4", b"?1", b"?6", b"?25", b"?66"):
            self._modes.pop(mode, None)
        self._others: dict[str, bytes] = {}  # the last sequence of each kind
        self._styles: list[bytes] = []

    def pass_over(self, output: bytes | bytearray) -> None:
        """`output`, which follows what was passed over before, is dropped."""
        output = self._rest + output
        self._rest = b""
        if b"\x1b" not in output and b"\x0e" not in output and b"\x0f" not in output:
            return
        if incomplete := _INCOMPLETE.search(output, max(0, len(output) - _LONGEST)):
            output, self._rest = output[: incomplete.start()], incomplete[0]
        if len(output) <= _FLOOD_BYTES or _PRIVATE_MODES in output:
            for found in _SEQUENCES.finditer(output):
                self._note(found)
        self._note_styles(output)

    def _note_styles(self, output: bytes) -> None:
        """Only those after the last one that ends all others: programs print thousands."""
        start = -1
        for plain in _PLAIN_STYLES:
            start = max(start, output.rfind(plain, max(start, 0)))
        if start >= 0:
            self._styles.clear()
        styles: list[bytes] = []
        at = len(output)
        while len(styles) < MOST_STYLES and (at := output.rfind(b"\x1b[", max(start, 0), at)) >= 0:
            if style := _STYLE.match(output, at):
                styles.insert(0, style[0])
        self._styles = [*self._styles, *styles][-MOST_STYLES:]

    def _note(self, found: re.Match[bytes]) -> None:
        kind = found.lastgroup
        if kind == "on":
            self._note_modes(found["modes"], on=found["on"] == b"h")
        elif kind == "colour":
            number, value = found["colour"].rsplit(b";", 1)
            if value != b"?" and (number in self._colours or len(self._colours) < MOST_COLOURS):
                self._colours[number] = value
        elif kind == "soft":
            self._soften()
        elif kind == "full":
            self._clear()
        elif found[0] == _SHIFT_IN:
            self._others.pop("shift", None)
        elif kind == "charset":
            self._others[f"charset {found['charset'][:1]!r}"] = found[0]
        elif kind is not None:
            self._others[kind] = found[0]

    def _note_modes(self, modes: bytes, *, on: bool) -> None:
        private = b"?" if modes.startswith(b"?") else b""
        for number in modes.removeprefix(b"?").split(b";"):
            if number and int(number) in (_PRIVATE if private else _ANSI):
                self._modes[private + number] = on

    def sequence(self) -> bytes:
        """Brings a new terminal into the state."""
        modes = (b"\x1b[" + mode + (b"h" if on else b"l") for mode, on in self._modes.items())
        colours = (
            b"\x1b]" + number + b";" + value + b"\x07" for number, value in self._colours.items()
        )
        return b"".join((*modes, *colours, *self._others.values(), *self._styles))
