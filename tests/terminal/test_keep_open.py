"""`keep_open`: Python stays open after the program, as `python3 -i` does."""

import pytest

from runner.protocol.messages import Outcome
from tests.terminal_client import TerminalClient

PROMPT = b">>> "


async def prompted(terminal: TerminalClient, source: str, **fields: object) -> None:
    await terminal.start(source, keep_open=True, **fields)
    await terminal.wait_for_output(PROMPT)


async def answer(terminal: TerminalClient, line: str, wanted: str) -> None:
    """Types a statement, and waits for what it prints and the next prompt."""
    before = terminal.offset
    await terminal.type(line + "\r")
    await terminal.wait_for_output(f"\r\n{wanted}\r\n")
    while PROMPT not in bytes(terminal.output)[before:]:
        await terminal.wait_for_bytes(terminal.offset + 1)


@pytest.mark.parametrize("args", [[], ["one", "two"]])
async def test_variables_are_kept_after_the_program(
    terminal: TerminalClient, args: list[str]
) -> None:
    source = "import sys\nnumbers = [1, 2, 3]\nprint('ran', sys.argv[1:])"
    await prompted(terminal, source, args=args)
    assert f"ran {args}".encode() in terminal.output
    await answer(terminal, "sum(numbers) * 7", "42")
    await terminal.type("\x04")
    end = await terminal.wait_for_exit(Outcome.COMPLETED)
    assert end["exit_code"] == 0


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = 42\n1 / 0", "ZeroDivisionError: division by zero"),
        ("import sys\nx = 42\nsys.exit(3)", "SystemExit: 3"),
        ("x = 42\nexit()", "SystemExit: None"),
        ("x = 42\nraise KeyboardInterrupt", "KeyboardInterrupt"),
    ],
)
async def test_an_error_ends_the_program_and_python_stays(
    terminal: TerminalClient, source: str, said: str
) -> None:
    await prompted(terminal, source)
    assert said.encode() in terminal.output
    await answer(terminal, "x + 0", "42")
    await terminal.type("exit()\r")
    assert (await terminal.wait_for_exit(Outcome.COMPLETED))["exit_code"] == 0


async def test_a_syntax_error_is_shown_and_python_stays(terminal: TerminalClient) -> None:
    await prompted(terminal, "print(")
    assert b"SyntaxError" in terminal.output
    await answer(terminal, "6 * 7", "42")


async def test_a_line_can_be_edited(terminal: TerminalClient) -> None:
    """Left, left, delete; and the line before again."""
    await prompted(terminal, "")
    await answer(terminal, "6 * 77\x1b[D\x1b[D\x1b[3~", "42")
    await answer(terminal, "\x1b[A + 1\x1b[D\x1b[D\x1b[D\x1b[D", "43")


async def test_the_end_of_the_prompt_can_be_another_code(terminal: TerminalClient) -> None:
    await prompted(terminal, "")
    await terminal.type("raise SystemExit(5)\r")
    assert (await terminal.wait_for_exit(Outcome.FAILED))["exit_code"] == 5


async def test_programs_that_it_starts_do_not_stay_open(terminal: TerminalClient) -> None:
    source = """if True:
        import os, subprocess, sys
        done = subprocess.run([sys.executable, "-c", "print('child')"], timeout=20)
        print(done.returncode, "PYTHONINSPECT" in os.environ)"""
    await prompted(terminal, source)
    assert b"child\r\n0 False\r\n" in terminal.output


async def test_its_prompt_is_noticed_as_waiting(terminal: TerminalClient) -> None:
    await prompted(terminal, "")
    await terminal.wait_for("notice", code="waiting_for_input")


async def test_without_it_a_program_ends(terminal: TerminalClient) -> None:
    await terminal.start("print('ran')", keep_open=False)
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert bytes(terminal.output) == b"ran\r\n"
