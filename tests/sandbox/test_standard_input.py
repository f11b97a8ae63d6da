"""A program that reads a text in place of its terminal, on every limit backend: a test case."""

import asyncio

import pytest

from runner.languages import PYTHON
from runner.sandbox.bubblewrap import Program
from runner.sandbox.limit_backends import LimitBackend
from runner.sandbox.program import Plan
from tests.runner.sandbox.inside import Inside, on_a_terminal
from tests.sandbox.attack import LIMITS
from tests.sandbox.compiling import MADE_UP

READS = "import sys\nprint(repr(sys.stdin.read()), sys.stdin.isatty(), sys.stdout.isatty())\n"
TEXTS = ["", "one line", "two\nlines\n", "ä 🙂\t\x04\x03\n", "x" * 70_000 + "\n"]


def planned(source: str, stdin: str | None) -> Program:
    files = {PYTHON.main: source}
    return Plan(PYTHON, files, PYTHON.main, [], LIMITS, stdin=stdin).program()


async def printed(backend: LimitBackend, program: Program, *, warm: bool) -> bytes:
    async with on_a_terminal(LIMITS, backend) as (sandbox, terminal):
        if warm:
            await sandbox.warm()
        await sandbox.launch(program)
        inside = Inside(sandbox, terminal)
        async with asyncio.timeout(30):
            status = await inside.end()
    assert status is not None
    assert status.exit_code == 0
    return inside.output


@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize("number", range(len(TEXTS)))
async def test_a_program_reads_all_of_it_and_prints_to_its_terminal(
    backend: LimitBackend, number: int, warm: bool
) -> None:
    text = TEXTS[number]
    output = await printed(backend, planned(READS, text), warm=warm)
    assert output.decode().split() == [*repr(text).split(), "False", "True"]


async def test_what_is_typed_is_not_read(backend: LimitBackend) -> None:
    async with on_a_terminal(LIMITS, backend) as (sandbox, terminal):
        await sandbox.launch(planned("print('got', input())\n", "from the test\n"))
        terminal.write(b"typed\n")
        inside = Inside(sandbox, terminal)
        async with asyncio.timeout(30):
            await inside.end()
    assert b"got from the test" in inside.output


async def test_a_file_of_the_program_cannot_take_its_place(backend: LimitBackend) -> None:
    plan = Plan(
        PYTHON,
        {PYTHON.main: "print(input())\n", ".input-of-the-test": "forged\n"},
        PYTHON.main,
        [],
        LIMITS,
        stdin="expected\n",
    )
    assert b"expected" in await printed(backend, plan.program(), warm=False)


def test_it_is_there_for_what_a_compiler_has_made() -> None:
    plan = Plan(MADE_UP, {"main.sh": ""}, "main.sh", [], LIMITS, stdin="text")
    compiler = plan.compiler
    assert compiler is not None
    assert dict(compiler.files)[".input-of-the-test"] == "text"
    assert list(plan.program().files) == []
    assert plan.program().argv[:2] == ["/bin/sh", "-c"]


def test_without_one_nothing_changes() -> None:
    program = planned(READS, None)
    assert program.argv == PYTHON.argv(PYTHON.main, [])
    assert dict(program.files) == {PYTHON.main: READS}
