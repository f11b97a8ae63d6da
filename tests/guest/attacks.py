"""Attacks that need a machine of their own: its crash handler, and its swap.

Run in a guest alone, by its name: see __main__.py.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.limits import MIB
from runner.run_state import Outcome
from runner.sandbox.bubblewrap import SandboxFailed
from runner.sandbox.limit_backends import LimitBackend
from tests.guest.inside import CRASHES, HANDLER
from tests.sandbox.attack import LIMITS, attacked
from tests.sandbox.conftest import backend  # noqa: F401 - a fixture
from tests.sandbox.machine import memory

CRASH = "import ctypes, os, resource, signal, struct, sys, time\nlibc = ctypes.CDLL(None)\n"
LOWERED = {
    "as it is": "",
    "to 0": "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))",
    "to 0 for now": "resource.setrlimit(resource.RLIMIT_CORE, (0, 1))",
    "to 0 by the number of its process": (
        "resource.prlimit(os.getpid(), resource.RLIMIT_CORE, (0, 0))"),
    "to 0 by the old call": "libc.syscall(160, 4, struct.pack('QQ', 0, 0))",
    "to 0 by the new call": "libc.syscall(302, 0, 4, struct.pack('QQ', 0, 0), None)",
    "to 0 for its parent": (
        "resource.prlimit(os.getppid(), resource.RLIMIT_CORE, (0, 0))"),
    "to 0 by a child for it": (
        "parent = os.getpid()\n"
        "if os.fork() == 0: resource.prlimit(parent, resource.RLIMIT_CORE, (0, 0))\n"
        "os.wait()"),
}  # fmt: skip
CRASHING = {
    "by aborting": "os.abort()",
    "by a wrong address": "ctypes.string_at(0)",
    "by a signal": "os.kill(os.getpid(), signal.SIGQUIT)",
    "in many children": (
        "for _ in range(20):\n"
        "    if os.fork() == 0: os.abort()\n"
        "    os.wait()"),
    "in another program": (
        "os.execv('/bin/sh', ['sh', '-c', 'ulimit -c 0; kill -SEGV $$'])"),
    "in the process that reports": "os.kill(os.getppid(), signal.SIGSEGV); time.sleep(5)",
    "in the first process": "os.kill(1, signal.SIGSEGV); time.sleep(0.5)",
}  # fmt: skip


@pytest.fixture
def socket_handler() -> Iterator[None]:
    """A handler that listens, of which the kernel asks no limit."""
    pattern = Path("/proc/sys/kernel/core_pattern")
    before = pattern.read_text()
    pattern.write_text("@/run/crashes.socket")
    yield
    pattern.write_text(before)


async def test_where_a_socket_gets_crashes_no_program_runs(
    socket_handler: None,
    backend: LimitBackend,  # noqa: F811
) -> None:
    with pytest.raises(SandboxFailed, match=r"kernel\.core_pattern is a socket"):
        await attacked(backend, "print('runs')")


def crashes() -> list[str]:
    return CRASHES.read_text().splitlines()


def test_a_crash_on_the_machine_reaches_its_handler() -> None:
    """Else the others prove nothing."""
    assert Path("/proc/sys/kernel/core_pattern").read_text().startswith(f"|{HANDLER}")
    before = len(crashes())
    crash = "import os, resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); os.abort()"
    process = subprocess.Popen([sys.executable, "-c", crash])
    process.wait()
    until = time.monotonic() + 30
    while len(crashes()) == before and time.monotonic() < until:
        time.sleep(0.05)  # the handler ends after the process
    assert [line.split()[0] for line in crashes()[before:]] == [str(process.pid)]


@pytest.mark.parametrize("crashing", CRASHING)
@pytest.mark.parametrize("lowered", LOWERED)
async def test_no_crash_in_a_sandbox_does(
    backend: LimitBackend,  # noqa: F811
    lowered: str,
    crashing: str,
) -> None:
    before = crashes()
    lines = LOWERED[lowered].replace("\n", "\n    ")
    source = f"{CRASH}try:\n    {lines or 'pass'}\nexcept OSError as e: print(e)\n"
    source += f"except ValueError as e: print(e)\nsys.stdout.flush()\n{CRASHING[crashing]}"
    await attacked(backend, source)
    await asyncio.sleep(0.2)  # the handler starts when the process is dead
    assert crashes() == before


async def test_memory_in_swap_counts(backend: LimitBackend) -> None:  # noqa: F811
    """The program puts nothing there, but the machine does, when others need memory."""
    assert memory()["SwapTotal"] > 0
    source = """if True:
        import time
        print("up", flush=True)
        x = []
        while True: x.append(b"x" * (1 << 20)); time.sleep(0.01)"""
    hog = bytearray(memory()["MemAvailable"] - 64 * MIB)
    for at in range(0, len(hog), 4096):
        hog[at] = 1
    ended = await attacked(backend, source)
    del hog
    assert ended.outcome is Outcome.MEMORY_LIMIT, ended.text
    assert ended.memory_peak_bytes > LIMITS.memory_bytes // 2


def test_this_is_a_guest() -> None:
    assert (
        os.uname().release.endswith("um") or "User Mode Linux" in Path("/proc/cpuinfo").read_text()
    )
