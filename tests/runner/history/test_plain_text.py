"""Reading terminal output as plain text."""

import pytest

from runner.history.plain_text import plain_text


@pytest.mark.parametrize(
    ("output", "text"),
    [
        (b"Name? Ada\r\nHello Ada\r\n", "Name? Ada\nHello Ada\n"),
        (b"\x1b[1;31mred\x1b[0m \x1b[38;2;1;2;3mrgb\x1b[m", "red rgb"),
        (b"\x1b]0;a title\x07text \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "text link"),
        (b"\x1bPq#0;2;0;0;0#0!!@@\x1b\\after", "after"),
        (b"\x1b(B\x1b=\x1b7\x1bcplain", "plain"),
        (b"bell\x07 nul\x00 del\x7f", "bell nul del"),
        ("c1 \x9bA \x85".encode(), "c1 A "),
        (b"tab\tstays\n", "tab\tstays\n"),
        (b"ends in \x1b", "ends in "),
        (b"ends in \x1b[31", "ends in 31"),
    ],
)
def test_control_sequences_are_removed(output: bytes, text: str) -> None:
    assert plain_text(output) == text


@pytest.mark.parametrize(
    ("output", "text"),
    [
        (b"10%\r20%\r100%\r\n", "100%\n"),
        (b"long line\rshort\n", "shortline\n"),
        (b"long line\r\x1b[Kshort\n", "short\n"),
        (b"50%\x1b[2K\r9%\n", "9%\n"),
        (b"helo\b\b\b\b\b\b\bhello", "hello"),
        (b"Adx\b \ba\r\n", "Ada\n"),
        (b"abcd\x1b[2DX\x1b[99DY", "YbXd"),
        (b"double\r\r\n", "double\n"),
    ],
)
def test_a_line_shows_its_last_state(output: bytes, text: str) -> None:
    assert plain_text(output) == text


FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
ERASED = "\b \b"


@pytest.mark.parametrize(
    ("output", "text"),
    [
        ("时间\rab", "ab间"),
        ("时间\rabc", "abc "),
        ("时间\b\bx", "时x "),
        (f"{FAMILY}x\r--", "--x"),
        ("e\u0301f\rg", "gf"),
        ("\u2764\ufe0f|\r||", "|||"),
        ("a\tb\rxxxxxxxxy", "xxxxxxxxy"),
        ("a\tb\rx", "x\tb"),
        ("a\tb\rxy", "xy      b"),
        ("10%\r\t|", "10%\t|"),
        ("e\r\u0301", "\u0301"),
        ("ab\b\u0301", "a\u0301b"),
        ("╔═╗\r║", "║═╗"),
    ],
)
def test_a_line_is_printed_over_by_columns(output: str, text: str) -> None:
    assert plain_text(output.encode()) == text


@pytest.mark.parametrize(
    ("output", "text"),
    [
        (f"> 时间{ERASED}{ERASED}\r\n", "> \n"),
        (f"> 时间{ERASED}x\r\n", "> 时x\n"),
        (f"> e\u0301{ERASED}\r\n", "> e\n"),
        (f"> {FAMILY}{ERASED}\r\n", "> \U0001f468\u200d\U0001f469\u200d\n"),
        (f"> {FAMILY}{ERASED * 5}ok\r\n", "> ok\n"),
        (f"> \u2764\ufe0f{ERASED}|\r\n", "> \u2764|\n"),
        (f"> \U0001f1e9\U0001f1ea{ERASED}|\r\n", "> \U0001f1e9|\n"),
        (f"{ERASED}a", "a"),
        (f"a\tb{ERASED}c", "a\tc"),
    ],
)
def test_erased_characters_are_gone(output: str, text: str) -> None:
    assert plain_text(output.encode()) == text


@pytest.mark.faults
@pytest.mark.parametrize(
    "unit", ["e\u0301\b", "\x1b[0K\u0301", "时\b", "\t\b", "e" + "\u0301" * 999 + "\b \b"]
)
def test_hostile_characters_cost_no_more_than_their_length(unit: str) -> None:
    plain_text(("时" + unit * (300_000 // len(unit))).encode())


def test_bytes_that_are_not_utf8_are_replaced() -> None:
    assert plain_text(b"caf\xc3\xa9 \xff \xf0\x9f\x98") == "café � �"


def test_html_stays_text_for_the_template_to_escape() -> None:
    assert plain_text(b"<script>alert(1)</script>") == "<script>alert(1)</script>"


def test_a_memoryview_as_postgresql_gives_it_is_read() -> None:
    assert plain_text(memoryview(b"text")) == "text"


@pytest.mark.faults
@pytest.mark.parametrize("unit", [b"\x1b[", b"\x1b[999D", b"\x1b]", b"x\b", b"\x1b[2Kx", b"\rxy"])
def test_hostile_output_costs_no_more_than_its_length(unit: bytes) -> None:
    """Were a step quadratic, half a megabyte would take hours, and the test its time limit."""
    size = 512 * 1024
    output = b"x" * size + unit * (size // len(unit))
    assert len(plain_text(output)) <= len(output)
