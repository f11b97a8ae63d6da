"""The error that ended a program, from what it printed: real tracebacks, and hostile ones."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from runner.languages import PYTHON, ProgramError, find_error

HELPER = "def half(n):\n    return n / 0\n"
PROGRAMS = {
    "a name": ("x = 1\n\nprint(y)", ("NameError", "main.py", 3)),
    "in a function": ("def f():\n    int('x')\n\nf()", ("ValueError", "main.py", 2)),
    "in another file": ("import helper\nhelper.half(3)", ("ZeroDivisionError", "helper.py", 2)),
    "in a library": (
        "import json\nx = 1\njson.loads('{')", ("JSONDecodeError", "main.py", 3)
    ),
    "a syntax error": ("x = 1\nprint('a'", ("SyntaxError", "main.py", 2)),
    "an indentation": ("if True:\nprint(1)", ("IndentationError", "main.py", 2)),
    "tabs and spaces": ("if True:\n        x = 1\n\tx = 2", ("TabError", "main.py", 3)),
    "a syntax error elsewhere": ("x = 1\nimport broken", ("SyntaxError", "broken.py", 1)),
    "while another was handled": (
        "try:\n    {}['a']\nexcept KeyError:\n    [][1]", ("IndexError", "main.py", 4)
    ),
    "from another one": (
        "try:\n    {}['a']\nexcept KeyError as e:\n    raise OSError('no') from e",
        ("OSError", "main.py", 4),
    ),
    "a group": (
        "def one():\n    raise TypeError('t')\ntry:\n    one()\nexcept TypeError as e:\n"
        "    raise ExceptionGroup('several', [ValueError(1), e])",
        ("ExceptionGroup", "main.py", 6),
    ),
    "of one's own": ("class Oops(Exception): pass\nraise Oops", ("Oops", "main.py", 2)),
    "a local class": (
        "def f():\n    class Inner(Exception): pass\n    raise Inner('x')\nf()",
        ("Inner", "main.py", 3),
    ),
    "lines in the message": ("raise ValueError('a\\n  File \"x\", line 9\\nb')",
        ("ValueError", "main.py", 1)),
    "after a handled one": (
        "import traceback\ntry: 1/0\nexcept Exception: traceback.print_exc()\nopen('none')",
        ("FileNotFoundError", "main.py", 4),
    ),
    "a recursion": ("def f(): f()\nf()", ("RecursionError", "main.py", 1)),
    "two that call each other": (
        "def f(): g()\ndef g(): f()\nf()", ("RecursionError", "main.py", None)
    ),
    "without a new line": ("print('so far', end='')\n1/0", ("ZeroDivisionError", "main.py", 2)),
    "in eval": ("x = 1\neval('1 +')", ("SyntaxError", "main.py", 2)),
    "other letters": ("class Fehlerß(Exception): pass\nraise Fehlerß", ("Fehlerß", "main.py", 2)),
    "before an ignored one": (
        "import atexit\natexit.register(lambda: 1/0)\n{}['a']", ("KeyError", "main.py", 3)
    ),
    "a note": (
        "e = ValueError('v')\ne.add_note('Traceback of mine:')\nraise e",
        ("ValueError", "main.py", 3),
    ),
}  # fmt: skip


def printed(folder: Path, source: str, **files: str) -> bytes:
    """What a terminal gets of that program, as if its home were /home/student."""
    for name, content in {"main": source, "helper": HELPER, "broken": "x = = 1"}.items():
        (folder / f"{name}.py").write_text(content)
    done = subprocess.run(
        [sys.executable, str(folder / "main.py")], capture_output=True, cwd=folder, timeout=60
    )
    output = (done.stdout + done.stderr).replace(str(folder).encode(), b"/home/student")
    return output.replace(b"\n", b"\r\n")


def found(output: bytes) -> ProgramError | None:
    return find_error(PYTHON, output, {"main.py", "helper.py", "broken.py"})


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_error_that_ended_a_program(name: str, tmp_path: Path) -> None:
    source, (error, path, line) = PROGRAMS[name]
    got = found(printed(tmp_path, source)[-32 * 1024 :])
    assert got is not None
    assert (got.name, got.path) == (error, path)
    assert line is None or got.line == line


def test_without_a_traceback_there_is_none() -> None:
    for output in (
        b"",
        b"Bye.\r\n",
        b"NameError: no\r\n",
        b"Traceback (most recent call last):\r\n",
    ):
        assert found(output) is None


def test_colours_are_left_out() -> None:
    """As Python 3.13 writes it."""
    output = (
        b"Traceback (most recent call last):\r\n"
        b'  File \x1b[35m"/home/student/main.py"\x1b[0m, line \x1b[35m4\x1b[0m, in \x1b[35m<module>'
        b"\x1b[0m\r\n    \x1b[31mprint\x1b[0m\x1b[1;31m(x)\x1b[0m\r\n"
        b"\x1b[1;35mNameError\x1b[0m: \x1b[35mname 'x' is not defined\x1b[0m\r\n"
    )
    assert found(output) == ("NameError", "main.py", 4)


def test_ctrl_c() -> None:
    output = (
        b'Name? ^CTraceback (most recent call last):\r\n  File "/home/student/main.py", line 4, '
        b"in <module>\r\n    input('Name? ')\r\nKeyboardInterrupt\r\n"
    )
    assert found(output) == ("KeyboardInterrupt", "main.py", 4)


def test_a_line_elsewhere_is_not_the_students() -> None:
    output = (
        b'Traceback (most recent call last):\n  File "/usr/lib/x.py", line 4, in f\nOSError: x\n'
    )
    assert found(output) == ("OSError", "", None)


HEADER = b"Traceback (most recent call last):\n"
OWN = b'  File "/home/student/main.py", line 1, in f\n'


@pytest.mark.parametrize(
    "hostile",
    [
        HEADER + OWN + b"<script>alert(1)</script>: x\n",
        HEADER + OWN + b"\x00\x1b]0;title\x07: x\n",
        HEADER + OWN + b"A" * 5000 + b": x\n",
        HEADER + OWN + "\u202eError: x\n".encode(),
        HEADER + b'  File "/home/student/../../etc/passwd", line 1, in f\nOSError\n',
        HEADER + b'  File "/home/student/main.py", line 99999999999999999999, in f\nOSError\n',
        HEADER + b"  File " * 4000,
        b'  File "' * 4000,
        b'  File "' + b"a" * 30_000,
        b"\x1b[" * 15_000,
        b"\x1b[" + b"0;" * 15_000,
        b" " * 32_000 + HEADER,
        b"\xff" * 32_000,
        b"\n" * 32_000,
        (b"  | " * 8000) + HEADER,
        HEADER * 900,
        OWN * 700,
    ],
    ids=range(17),
)  # fmt: skip
def test_hostile_output_is_harmless_and_quickly_read(hostile: bytes) -> None:
    began = time.process_time()
    error = found(hostile)
    assert time.process_time() - began < 0.5  # linear: a few milliseconds
    if error is not None:
        assert error.name.isidentifier()
        assert len(error.name) <= 100
        assert error.path in {"", "main.py"}
        assert error.line is None or 0 <= error.line < 2**31


def test_any_bytes_at_all() -> None:
    chance = random.Random(1)
    pieces = [
        HEADER,
        OWN,
        b"OSError: x\n",
        b"  | ",
        b"  + ",
        b"\x1b[",
        b"\r\n",
        b"\xc3",
        b"    x\n",
    ]
    for _ in range(500):
        found(b"".join(chance.choices(pieces, k=30)))
