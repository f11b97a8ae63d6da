"""Which programs an interpreter waits for, and what becomes of the others."""

import asyncio
import select
from pathlib import Path

import psutil
import pytest

from runner.languages import PYTHON
from runner.limits import Limits
from runner.sandbox import interpreter
from runner.sandbox.bubblewrap import Program, SandboxFailed
from tests.runner.sandbox.inside import on_a_terminal, printed, result

WHO = "import os; print(os.getpid(), os.getppid())"
WAIT_SECONDS = 30
OUTPUT = "3 2\n"


async def went_on(*args: str, **variables: str) -> bool:
    """Whether the interpreter that waited became the program; else another was executed."""
    async with asyncio.timeout(WAIT_SECONDS):
        async with on_a_terminal(Limits()) as (sandbox, terminal):
            await sandbox.warm()
            assert sandbox._inside
            (process,) = psutil.Process(sandbox._inside.pid).children()
            before = _end_of_stack(process.pid)
            argv = PYTHON.argv("main.py", args)
            source = "print('up'); input()"
            program = Program(argv, [("main.py", source)], {**PYTHON.environment, **variables})
            await sandbox.launch(program)
            assert select.select([terminal.master], [], [], WAIT_SECONDS)[0], "nothing came"
            return _end_of_stack(process.pid) == before


def _end_of_stack(pid: int) -> str:
    """Random for every program that is executed."""
    lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    (stack,) = (line for line in lines if line.endswith("[stack]"))
    return stack.split()[0].partition("-")[2]


async def test_an_interpreter_becomes_the_usual_program() -> None:
    assert await printed(WHO) == OUTPUT
    assert await went_on()


async def test_an_interpreter_becomes_a_program_in_another_time_zone() -> None:
    """Which is known only when the program is."""
    assert await went_on(TZ="Asia/Kathmandu")


async def test_a_program_with_arguments_gets_an_interpreter_of_its_own() -> None:
    output, _ = await result(WHO + "; import sys; print(sys.argv)", "one")
    assert output == OUTPUT + "['main.py', 'one']\n"
    assert not await went_on("one")


async def test_packages_that_are_found_at_the_start_of_an_interpreter_are_found() -> None:
    folder = ".local/lib/python3.11/site-packages/"
    files = {folder + "usercustomize.py": "print('customized')", folder + "mine.py": "x = 1"}
    output = await printed(WHO + "; import mine", files=files)
    assert output == "customized\n" + OUTPUT


async def test_files_that_do_not_fit_are_told_and_nothing_runs() -> None:
    """Least of all in the process that would have reported: it has no limits."""
    size = 1024 * 1024
    output, status = await result(
        WHO, files={"large": "x" * 2 * size}, limits=Limits(disk_bytes=size)
    )
    assert output == "The program's files cannot be written: No space left on device\n"
    assert status is not None
    assert status.exit_code == 1


@pytest.mark.parametrize("warm", [True, False])
async def test_a_sandbox_that_fails_within_runs_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, warm: bool
) -> None:
    source = interpreter.INSIDE.read_text()
    broken = tmp_path / "inside.py"
    broken.write_text(source.replace("\n    hide()\n", "\n    1 / 0\n"))
    assert broken.read_text() != source
    monkeypatch.setattr(interpreter, "INSIDE", broken)
    monkeypatch.setattr(interpreter, "_ours", interpreter._ours.__wrapped__)
    async with on_a_terminal(Limits()) as (sandbox, terminal):
        program = Program(PYTHON.argv("main.py", []), [("main.py", WHO)], PYTHON.environment)
        with pytest.raises(SandboxFailed):
            await (sandbox.warm() if warm else sandbox.launch(program))
        assert select.select([terminal.master], [], [], WAIT_SECONDS)[0], "nothing came"
        output = terminal.read(4096)
    assert output == b"The sandbox failed: ZeroDivisionError('division by zero')\r\n"


async def test_a_program_waits_until_its_parent_hides_and_has_set_its_limits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """However long that takes, and though the program is there before."""
    source = interpreter.INSIDE.read_text()
    slow = tmp_path / "inside.py"
    slow.write_text(
        source.replace("\n    hide()\n", "\n    import time; time.sleep(0.3); hide()\n")
    )
    assert slow.read_text() != source
    monkeypatch.setattr(interpreter, "INSIDE", slow)
    monkeypatch.setattr(interpreter, "_ours", interpreter._ours.__wrapped__)
    look = """if True:
        import os, resource
        print(resource.getrlimit(resource.RLIMIT_DATA)[0] != resource.RLIM_INFINITY)
        try: print(os.listdir(f"/proc/{os.getppid()}/fd"))
        except PermissionError: print("hidden")"""
    assert await printed(look, warm=False) == "True\nhidden\n"


def test_a_machine_without_its_python_has_no_sandbox() -> None:
    with pytest.raises(SandboxFailed, match="/usr/bin/python-that-is-not-there does not work"):
        interpreter.inside("/usr/bin/python-that-is-not-there")


async def test_where_python_is_built_otherwise_each_program_starts_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(interpreter, "files", dict)
    assert await printed(WHO + "; print(open('/proc/2/cmdline').read()[:20])") == (
        OUTPUT + "/usr/bin/python3\0-I\0\n"
    )


async def test_nothing_of_a_program_is_there_before_it_is_launched() -> None:
    """The interpreter has no terminal to be interrupted from, and its home is empty."""
    async with on_a_terminal(Limits()) as (sandbox, terminal):
        await sandbox.warm()
        terminal.write(b"\x03\x03")
        # The kernel takes them in when it has time; a moment later they would be the program's.
        assert select.select([terminal.master], [], [], WAIT_SECONDS)[0], "no echo"
        assert b"^C" in (terminal.read(4096) or b"")
        source = "import os; print(os.listdir(), flush=True); input()"
        argv = PYTHON.argv("main.py", [])
        await sandbox.launch(Program(argv, [("main.py", source)], PYTHON.environment))
        terminal.write(b"\r")
        status = await sandbox.ended()
        output = terminal.read(4096)
    assert status is not None
    assert status.exit_code == 0
    assert b"['main.py']\r\n" in (output or b"")


async def test_a_programs_own_interpreters_do_not_wait() -> None:
    """Also when they are given a descriptor of every number that a program may have."""
    source = """if True:
        import os, resource, subprocess, sys
        top, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        for number in range(3, top - 20):
            os.dup2(0, number)
        print(subprocess.run([sys.executable, "-c", "print(6 * 7)"], close_fds=False).returncode)
        try:
            os.dup2(0, %d)
        except OSError:
            print("not to be had")"""
    assert await printed(source % interpreter.CONTROL) == "42\n0\nnot to be had\n"
