"""The last line of a program's output, on a tile."""

import pytest

from runner.executor.classes.last_line import last_line
from runner.protocol.classes.messages import LINE_CHARACTERS

LINES = {
    "": "",
    "one\r\ntwo\r\n": "two",
    "What is your name? ": "What is your name?",
    "one\r\n   \r\n\r\n": "one",
    "10 %\r50 %\r100 %": "100 %",
    "10 %\r50 %\r": "50 %",
    "\x1b[1;31mred\x1b[0m and plain": "red and plain",
    "\x1b]0;a title\x07text": "text",
    "\x1b]8;;https://example.org\x1b\\a link\x1b]8;;\x1b\\": "a link",
    "\x1b(Bboxed\x1b=": "boxed",
    "a\tb": "a b",
    "left \u202eright\u2066": "left right",  # what turns the text around it
    "Grüße, 世界 🎉\r\n": "Grüße, 世界 🎉",
    "\x1b[31": "",
    "bell\x07\x00": "bell",
}


@pytest.mark.parametrize("output", LINES, ids=repr)
def test_the_last_line_is_what_a_reader_would_see(output: str) -> None:
    assert last_line(output.encode()) == LINES[output]


def test_half_a_character_and_wrong_bytes_are_left_out() -> None:
    assert last_line("für".encode()[1:]) == "ür"
    assert last_line("ü".encode()[1:] + b"r\xff") == "r"


def test_of_a_long_line_the_end_is_shown() -> None:
    assert last_line(b"x" * 500 + b"end").endswith("end")
    assert len(last_line(b"x" * 500)) == LINE_CHARACTERS
