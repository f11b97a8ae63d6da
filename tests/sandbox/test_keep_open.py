"""Python that stays open after a program, on every limit backend, warm and cold."""

import asyncio

import pytest

from runner.languages import PYTHON
from runner.sandbox.bubblewrap import Program
from runner.sandbox.limit_backends import LimitBackend
from tests.runner.sandbox.inside import Inside, on_a_terminal
from tests.sandbox.attack import LIMITS

PROMPT = b">>> "
SOURCES = {
    "it ends": ("x = 42", b""),
    "it fails": ("x = 42\n1 / 0", b"ZeroDivisionError"),
    "it exits": ("import sys\nx = 42\nsys.exit(3)", b"SystemExit: 3"),
    "it is no Python": ("print(", b"SyntaxError"),
}


@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize("name", SOURCES)
async def test_python_stays_open_when(backend: LimitBackend, name: str, warm: bool) -> None:
    source, said = SOURCES[name]
    argv = PYTHON.argv(PYTHON.main, ["one"], keep_open=True)
    async with on_a_terminal(LIMITS, backend) as (sandbox, terminal):
        if warm:
            await sandbox.warm()
        await sandbox.launch(Program(argv, [(PYTHON.main, source)], PYTHON.environment))
        program = Inside(sandbox, terminal)
        await program.wait_for_output(PROMPT)
        assert said in program.output
        terminal.write(b"globals().get('x', 42)\r")
        await program.wait_for_output(b"\r\n42\r\n" + PROMPT)
        terminal.write(b"\x04")
        async with asyncio.timeout(30):
            status = await program.end()
    assert status is not None
    assert (status.exit_code, status.signal) == (0, None)
