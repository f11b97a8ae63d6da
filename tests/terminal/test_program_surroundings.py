"""A program starts at home, on a terminal as students know them."""

import pytest

from runner.protocol.messages import Outcome
from tests.terminal_client import TerminalClient


async def printed(terminal: TerminalClient, source: str, **fields: object) -> str:
    await terminal.start(source, **fields)
    await terminal.wait_for_exit(Outcome.COMPLETED)
    return terminal.output.decode().replace("\r\n", "\n")


async def test_it_starts_in_its_home_with_its_files(terminal: TerminalClient) -> None:
    files = [
        {"path": "main.py", "content": "from shapes.circle import area\nimport os, pathlib\n"
         "print(os.getcwd() == os.environ['HOME'], area(1), ascii(open('data/π.txt').read()))"},
        {"path": "shapes/circle.py", "content": "def area(r): return 3 * r"},
        {"path": "data/π.txt", "content": "π\n"},
    ]  # fmt: skip
    assert await printed(terminal, "", files=files) == "True 3 '\\u03c0\\n'\n"


async def test_main_and_arguments_are_as_asked(terminal: TerminalClient) -> None:
    files = [
        {"path": "other.py", "content": "print('other')"},
        {"path": "src/start.py", "content": "import sys; print(sys.argv)"},
    ]
    output = await printed(terminal, "", files=files, main="src/start.py", args=["-x", "a b", ""])
    assert output == "['src/start.py', '-x', 'a b', '']\n"


async def test_a_file_that_is_named_like_an_option_is_a_file(terminal: TerminalClient) -> None:
    files = [{"path": "-c", "content": "print('a file')"}]
    assert await printed(terminal, "", files=files, args=["print('an option')"]) == "a file\n"


async def test_twenty_files_are_taken(terminal: TerminalClient) -> None:
    files = [{"path": f"m{number}.py", "content": "import os"} for number in range(20)]
    files[0]["content"] = "import os; print(len(os.listdir()))"
    assert await printed(terminal, "", files=files) == "20\n"


async def test_the_environment_is_that_of_a_terminal(terminal: TerminalClient) -> None:
    source = "import os; print(os.environ['TERM'], os.environ['LANG'], len(os.environ) < 15)"
    assert await printed(terminal, source) == "xterm-256color C.UTF-8 True\n"


@pytest.mark.parametrize("place", [".", "/tmp", "/dev/shm"])
async def test_it_may_write_where_it_should(terminal: TerminalClient, place: str) -> None:
    source = f"print(open({place!r} + '/x', 'w').write('abc'), open({place!r} + '/x').read())"
    assert await printed(terminal, source) == "3 abc\n"


@pytest.mark.parametrize("place", ["/", "/usr", "/etc", "/home", "/dev", "/proc"])
async def test_it_may_write_nowhere_else(terminal: TerminalClient, place: str) -> None:
    await terminal.start(f"open({place!r} + '/x', 'w')")
    await terminal.wait_for_exit(Outcome.FAILED)
    assert b"OSError" in terminal.output or b"Error: [Errno" in terminal.output


async def test_the_terminal_has_the_size_that_was_given(terminal: TerminalClient) -> None:
    source = "import os; print(*os.get_terminal_size())"
    assert await printed(terminal, source, rows=33, cols=111) == "111 33\n"
    assert await printed(terminal, source, rows=1, cols=1000) == "1000 1\n"


async def test_lines_are_echoed_and_edited_by_whole_characters(terminal: TerminalClient) -> None:
    await terminal.start("print(ascii(input('> ')))")
    await terminal.wait_for_output("> ")
    await terminal.type("aé🦉\x7f\x7fb\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.startswith("> aé🦉\b".encode())
    assert terminal.output.endswith(b"b\r\n'ab'\r\n")


async def test_a_line_is_given_to_the_program_when_it_is_complete(terminal: TerminalClient) -> None:
    await terminal.start("print(len(input()))")
    await terminal.type("half")
    await terminal.wait_for_output("half")
    await terminal.type("\x15whole line\r")  # ^U: away with what was typed
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(b"\r\n10\r\n")


async def test_the_end_of_input_ends_input(terminal: TerminalClient) -> None:
    await terminal.start("import sys; print(sys.stdin.read().split())")
    await terminal.type("a\rb\r\x04")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert terminal.output.endswith(b"['a', 'b']\r\n")


async def test_a_program_may_read_single_keys(terminal: TerminalClient) -> None:
    await terminal.start(
        "import os, tty\ntty.setraw(0)\nos.write(1, b'raw')\n"
        "os.write(1, repr(os.read(0, 9)).encode())"
    )
    await terminal.wait_for_output("raw")
    await terminal.type("\x03")
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert bytes(terminal.output) == b"rawb'\\x03'"


async def test_bytes_come_as_they_were_printed(terminal: TerminalClient) -> None:
    source = "import os, tty; tty.setraw(1); os.write(1, bytes(range(256)) + b'\\xc3')"
    await terminal.start(source)
    await terminal.wait_for_exit(Outcome.COMPLETED)
    assert bytes(terminal.output) == bytes(range(256)) + b"\xc3"


RESIZED = """
import os, signal
# A handler would have to wait for the end of a read that had just begun.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGWINCH})
print("ready", flush=True)
signal.sigwait({signal.SIGWINCH})
print(*os.get_terminal_size(), flush=True)
input()
"""


async def test_a_resize_reaches_the_program(terminal: TerminalClient) -> None:
    await terminal.start(RESIZED)
    await terminal.wait_for_output("ready")
    await terminal.send("resize", rows=50, cols=132)
    await terminal.wait_for_output("132 50\r\n")
    await terminal.type("\r")
    await terminal.wait_for_exit(Outcome.COMPLETED)


async def test_a_resize_while_the_program_starts_is_not_lost(terminal: TerminalClient) -> None:
    await terminal.request_start("import os\nwhile os.get_terminal_size() != (132, 50): pass")
    await terminal.send("resize", rows=50, cols=132)
    await terminal.wait_for_exit(Outcome.COMPLETED, seconds=3)
