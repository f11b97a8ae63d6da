"""How a line that somebody types is handed to the kernel's line editing."""

import pytest

from runner.executor.typed_line import MOST_BYTES, Editing, TypedLine

COOKED = Editing(erase=b"\x7f", end=b"\x04")
KERNEL_BYTES = 4095
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


class Typist:
    """Types, as a terminal takes it: all at once, or `at_once` bytes."""

    def __init__(self, editing: Editing | None = COOKED, at_once: int = 1 << 20) -> None:
        self.editing = editing
        self.asked = 0
        self.at_once = at_once
        self.written = b""
        self._line = TypedLine(self._keys)

    def _keys(self) -> Editing | None:
        self.asked += 1
        return self.editing

    def type(self, text: str | bytes) -> bytes:
        """What the terminal gets for it."""
        typed = text.encode() if isinstance(text, str) else text
        before = len(self.written)
        while typed or self._line.owes:
            piece = self._line.next(typed)
            count = min(len(piece.data), self.at_once)
            self.written += piece.data[:count]
            typed = typed[self._line.wrote(piece, count) :]
        return self.written[before:]


@pytest.mark.parametrize(
    ("text", "erasures"),
    [
        ("a", 1),
        ("时", 1),
        ("e\u0301", 2),
        (FAMILY, 5),
        ("\U0001f1e9\U0001f1ea", 2),
        ("\u1112\u1161\u11ab", 3),
        ("", 1),
        ("时\r", 1),
        ("e\u0301\x15", 1),
        ("x e\u0301\x17", 1),
        ("e\u0301 word\x17", 1),
        (f"{FAMILY}word\x17", 1),
    ],
)
def test_backspace_takes_back_a_whole_character(text: str, erasures: int) -> None:
    typist = Typist()
    typist.type(text)
    assert typist.type("\x7f") == b"\x7f" * erasures


def test_several_in_a_row_take_back_one_character_each() -> None:
    typist = Typist()
    assert typist.type(f"ae\u0301{FAMILY}\x7f\x7f\x7f").count(b"\x7f") == 5 + 2 + 1
    assert typist.type("时\x7f") == "时\x7f".encode()


@pytest.mark.parametrize(
    "editing", [None, Editing(erase=b"\x08", end=b"\x04"), Editing(erase=b"", end=b"")]
)
def test_a_program_that_reads_keys_or_edits_itself_gets_them_as_they_are(
    editing: Editing | None,
) -> None:
    typist = Typist(editing)
    assert typist.type(f"{FAMILY}\x7f\x7f") == f"{FAMILY}\x7f\x7f".encode()


def test_erasures_that_the_terminal_takes_one_by_one_are_all_typed() -> None:
    typist = Typist(at_once=1)
    assert typist.type(f"{FAMILY}\x7f!").endswith(b"\x7f" * 5 + b"!")


def pieces(written: bytes) -> list[bytes]:
    """The lines, and pieces of one, as the kernel gets them."""
    return written.replace(b"\r", b"\r\x04").rstrip(b"\x04").split(b"\x04")


@pytest.mark.parametrize(
    "text",
    [
        "1" * 10_000 + "\r",
        "1" * (KERNEL_BYTES + 1) + "\r",
        "é" * 10_000 + "\r",
        "时" * 5000 + "\r",
        FAMILY * 2000 + "\r",
        "\t" * 9000 + "\r",
        "short\r" + "1" * 10_000 + "\rshort\r" + "2" * 5000 + "\r",
        "1" * 10_000,
    ],
)
@pytest.mark.parametrize("size", [1, 1000, 8192, 1 << 20])
def test_no_piece_of_a_long_line_is_longer_than_the_kernel_holds(text: str, size: int) -> None:
    typist = Typist()
    typed = text.encode()
    for at in range(0, len(typed), size):
        typist.type(typed[at : at + size])
    got = pieces(typist.written)
    assert all(0 < len(piece) <= KERNEL_BYTES for piece in got)
    assert b"".join(got) == typed
    for piece in got[:-1]:
        piece.decode()  # no character is cut


@pytest.mark.parametrize(
    "text", ["1" * MOST_BYTES + "\r", "line\r" * 5000, "1" * 3000 + "\x15" + "1" * 3000 + "\r"]
)
def test_lines_that_fit_are_typed_as_they_are(text: str) -> None:
    typist = Typist()
    assert typist.type(text) == text.encode()
    assert typist.asked == 0


def test_a_program_that_reads_keys_gets_a_long_text_as_it_is() -> None:
    typist = Typist(None)
    assert typist.type("1" * 20_000) == b"1" * 20_000


@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_a_terminal_that_takes_little_gets_the_same_text(at_once: int) -> None:
    typist = Typist(at_once=at_once)
    typist.type("1" * 10_000 + "\r")
    assert typist.written.replace(b"\x04", b"") == b"1" * 10_000 + b"\r"
    assert all(len(piece) <= KERNEL_BYTES for piece in pieces(typist.written))


def test_plain_keys_ask_for_no_modes() -> None:
    typist = Typist()
    for key in "hello\x7f\x7fworld\r" * 100:
        typist.type(key)
    assert typist.asked == 0


def test_the_end_of_the_input_is_never_typed_after_nothing() -> None:
    """Alone, the key that hands over a piece would end the program's input."""
    typist = Typist()
    typist.type(b"\x17" * 20_000)
    assert b"\x04" not in typist.written
