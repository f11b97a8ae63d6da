"""A program in its sandbox: how it starts, how it ends, and that nothing of it stays."""

import os
import signal
from collections.abc import Iterator

import psutil
import pytest

from runner.limits import Limits
from runner.sandbox.bubblewrap import SandboxFailed
from tests.runner.sandbox.inside import (
    open_descriptors,
    printed,
    result,
    sandbox_processes,
    started,
)

ENDINGS = {
    "": (0, None),
    "exit(3)": (3, None),
    "exit(139)": (139, None),
    "exit(255)": (255, None),
    "import os; os._exit(137)": (137, None),
    "1 / 0": (1, None),
    "import os; os.kill(os.getpid(), 11)": (None, "SIGSEGV"),
    "import os; os.kill(os.getpid(), 9)": (None, "SIGKILL"),
    "import os; os.abort()": (None, "SIGABRT"),
    "import os; os.kill(os.getpid(), 1)": (None, "SIGHUP"),
    "import signal; signal.raise_signal(10)": (None, "SIGUSR1"),
    "import signal; signal.raise_signal(34)": (None, "SIGRTMIN"),
    "import signal; signal.raise_signal(40)": (None, "SIGRTMIN+6"),
}
LEAVES_DAEMONS = """
import os, time
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(600)
        os._exit(0)
    os.wait()
print("left behind", flush=True)
"""


@pytest.fixture(autouse=True)
def _nothing_stays_open() -> Iterator[None]:
    before = open_descriptors()
    yield
    assert open_descriptors() == before


def assert_gone(left: list[psutil.Process]) -> None:
    """The kernel takes a moment for a whole namespace."""
    _, alive = psutil.wait_procs(left, timeout=5)
    assert alive == []


@pytest.mark.parametrize(("source", "end"), ENDINGS.items())
async def test_the_end_of_a_program_is_told_as_it_was(
    source: str, end: tuple[int | None, str | None]
) -> None:
    _, status = await result(source)
    assert status is not None
    assert (status.exit_code, status.signal) == end


async def test_the_figures_are_of_the_program() -> None:
    _, status = await result("x = bytearray(80_000_000)\nfor _ in range(4_000_000): pass")
    assert status is not None
    assert 80_000_000 < status.memory_peak_bytes < 120_000_000
    assert 0.03 < status.cpu_seconds < 10


async def test_a_program_gets_its_files_and_arguments() -> None:
    files = {"package/deep/data.txt": "π\r\n", "helper.py": "NAME = 'helper'"}
    source = """if True:
        import helper, sys
        print(helper.NAME, sys.argv, ascii(open("package/deep/data.txt", newline="").read()))"""
    output, _ = await result(source, "a b", "é", "", files=files)
    assert output == "helper ['main.py', 'a b', 'é', ''] '\\u03c0\\r\\n'\n"


async def test_it_leads_a_session_on_its_terminal() -> None:
    source = """if True:
        import os
        print(os.getsid(0) == os.getpid(), os.tcgetpgrp(0) == os.getpgrp(), os.isatty(2))
        print(os.open("/dev/tty", os.O_RDWR) > 2, os.get_terminal_size())"""
    assert await printed(source) == (
        "True True True\nTrue os.terminal_size(columns=80, lines=24)\n"
    )


async def test_a_key_that_interrupts_ends_the_program_alone() -> None:
    async with started("print('go', flush=True)\nwhile True: pass") as program:
        await program.wait_for_output(b"go")
        program.terminal.write(b"\x03")
        status = await program.end()
    assert b"KeyboardInterrupt" in program.output
    assert status is not None
    assert status.signal == "SIGINT"


@pytest.fixture
def _started_with_signals_ignored() -> Iterator[None]:
    """As `nohup` and a script's `&` do to our process."""
    ignored = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGPIPE)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in ignored}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_started_with_signals_ignored")
async def test_a_program_begins_with_every_signal_as_the_system_has_it() -> None:
    output = await printed("grep -E 'SigIgn|SigBlk' /proc/self/status", command=("/bin/sh",))
    assert [int(line.split()[1], 16) & 0x7FFF_FFFF for line in output.splitlines()] == [0, 0]


async def test_what_a_program_leaves_behind_ends_with_it() -> None:
    async with started(LEAVES_DAEMONS) as program:
        await program.wait_for_output(b"left behind")
        left = sandbox_processes()
        status = await program.end()
    assert_gone(left)
    assert status is not None
    assert status.exit_code == 0


async def test_killing_ends_every_process_of_a_sandbox() -> None:
    async with started(LEAVES_DAEMONS + "time.sleep(600)") as program:
        await program.wait_for_output(b"left behind")
        left = sandbox_processes()
        assert len(left) >= 6  # bubblewrap twice, inside.py, the program, three daemons
        program.sandbox.kill()
        assert await program.end() is None
    assert_gone(left)


async def test_leaving_ends_every_process_of_a_sandbox() -> None:
    async with started(LEAVES_DAEMONS + "time.sleep(600)") as program:
        await program.wait_for_output(b"left behind")
        left = sandbox_processes()
    assert_gone(left)


async def test_a_program_may_not_end_what_is_outside() -> None:
    source = """if True:
        import os
        pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
        print(max(pids) < 100, len(pids) < 10)"""
    assert await printed(source) == "True True\n"


async def test_without_bubblewrap_it_fails_and_keeps_nothing_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SandboxFailed, match="is not installed"):
        await result("")


async def test_a_program_that_does_not_exist_is_told_on_the_terminal() -> None:
    output, status = await result("import os; os.execv('/usr/bin/nothing', ['nothing'])")
    assert "FileNotFoundError" in output
    assert status is not None
    assert status.exit_code == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may choose a user")
async def test_two_sandboxes_at_once_are_of_different_users_and_never_of_root() -> None:
    wait = "print('up', flush=True); input()"
    async with started(wait) as first, started(wait) as second:
        for program in (first, second):
            await program.wait_for_output(b"up")
        users = {process.uids().real for process in sandbox_processes()}
    assert 0 not in users
    assert len(users) == 2


async def test_files_of_one_run_are_not_there_for_the_next() -> None:
    write = "[open(f'{place}/left', 'w') for place in ('.', '/tmp', '/dev/shm')]"
    look = "import os; print([os.listdir(place) for place in ('.', '/tmp', '/dev/shm')])"
    await printed(write)
    assert await printed(look) == "[['main.py'], [], []]\n"


async def test_a_disk_has_the_size_that_was_set() -> None:
    source = """if True:
        import os
        for place in (".", "/tmp", "/dev/shm"):
            info = os.statvfs(place)
            print(info.f_blocks * info.f_frsize)"""
    mib = 1024 * 1024
    assert await printed(source, limits=Limits(disk_bytes=2 * mib)) == f"{2 * mib}\n" * 3
