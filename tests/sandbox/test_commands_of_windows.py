"""Commands that beginners know from Windows do here what they do there, or nothing."""

import pytest

from tests.runner.sandbox.inside import printed, started

PRINTED = {
    "cls": "\x1b[H\x1b[2J\x1b[3J",
    "color": "\x1b[0m",
    "color A": "\x1b[92m",
    "color 4": "\x1b[31m",
    "color 1F": "\x1b[97;44m",
    "color 0a": "\x1b[92;40m",
    "title My game": "\x1b]0;My game\x07",
    "mode con cols=80 lines=25": "",
    "chcp 65001": "",
    "chcp": "Active code page: 65001\n",
}


@pytest.mark.parametrize("command", PRINTED)
async def test_a_command_does_what_it_does_on_windows(command: str) -> None:
    source = f"import os\nstatus = os.system({command!r})\nprint(status)"
    assert await printed(source) == PRINTED[command] + "0\n"


async def test_a_colour_that_is_none_fails() -> None:
    assert await printed("import os\nprint(os.system('color XY') >> 8)") == "1\n"


async def test_pause_waits_for_any_key() -> None:
    source = "import os, termios\nos.system('pause')\nprint(termios.tcgetattr(0)[3] & termios.ECHO)"
    async with started(source) as program:
        await program.wait_for_output(b"Press any key to continue . . . ")
        program.terminal.write(b"x")
        status = await program.end()
    assert program.output.endswith(b". . . \r\n8\r\n")
    assert status is not None
    assert status.exit_code == 0


async def test_ctrl_c_ends_a_pause_and_the_terminal_is_as_before() -> None:
    source = """if True:
        import os, signal, termios
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        pid = os.posix_spawn("/bin/sh", ["sh", "-c", "trap - INT; pause"], os.environ, setsigdef=[2])
        os.waitpid(pid, 0)
        print(termios.tcgetattr(0)[3] & termios.ECHO, flush=True)"""
    async with started(source) as program:
        await program.wait_for_output(b". . . ")
        program.terminal.write(b"\x03")
        await program.end()
    assert program.output.endswith(b"8\r\n")


async def test_files_are_copied_moved_and_deleted() -> None:
    source = """if True:
        import os
        open("a b.txt", "w").write("text")
        for command in ('copy "a b.txt" copy.txt /Y', 'move copy.txt moved.txt', 'md folder\\\\ ',
                        'ren moved.txt last.txt', 'del /Q "a b.txt"'):
            print(os.system(command), end=" ")
        print(sorted(os.listdir()), open("last.txt").read())"""
    output = await printed(source)
    assert output.startswith("0 0 0 0 0 ")
    assert "last.txt" in output
    assert "a b.txt" not in output
    assert output.endswith("text\n")


async def test_python_is_the_interpreter() -> None:
    source = """if True:
        import os, subprocess, sys
        print(subprocess.run(["python", "-c", "print(6 * 7)"], capture_output=True).stdout)
        print(os.system("python --version") == 0)
        open("x.py", "w").write("#!/usr/bin/env python\\nprint('run')")
        os.chmod("x.py", 0o755)
        print(subprocess.run("./x.py", capture_output=True, text=True).stdout)"""
    output = await printed(source)
    assert output.startswith("b'42\\n'\nPython 3")
    assert output.endswith("True\nrun\n\n")
