"""A compiler is as hostile as a program: macros and plug-ins run in it. Nothing of it outlives it."""

from dataclasses import replace
from typing import Any

import pytest

from runner.limits import MIB
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox import executors
from tests.sandbox.attack import killed
from tests.sandbox.compiling import BUILD, LIMITS, Start, ended, starter

PYTHON = "/usr/bin/python3 -"
PROGRAM = f"{BUILD} <<'END'"
# A process that survives the compiler, in a session of its own or not, and types when it can.
LEFT = """
import os, signal, sys, time
for number in signal.valid_signals() - {{signal.SIGKILL, signal.SIGSTOP}}:
    signal.signal(number, signal.SIG_IGN)
up, tell_up = os.pipe()
if os.fork() == 0:
    if {session}:
        os.setsid()
    if os.fork():
        os._exit(0)
    memory = bytearray(60 << 20)
    os.write(1, b"left\\n")
    os.write(tell_up, b"!")
    while True:
        try:
            os.write(1, b"alive\\n")
        except OSError:
            pass
        time.sleep(0.05)
os.read(up, 1)
"""
LOOKS = """
/usr/bin/python3 -c '
import os, time
time.sleep(0.3)
print("seen", sorted(int(name) for name in os.listdir("/proc") if name.isdigit())[:2])
print("number", len([name for name in os.listdir("/proc") if name.isdigit()]))'
END
"""


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, backend: LimitBackend) -> Start:
    return starter(monkeypatch, backend)


@pytest.mark.parametrize("session", [True, False])
async def test_no_process_is_left_behind(start: Start, session: bool) -> None:
    compiler = f"{PYTHON} <<'END'\n{LEFT.format(session=session)}\nEND\n{PROGRAM}{LOOKS}"
    run, ending = await ended(start, compiler)
    assert "left" in run.text
    assert run.text.endswith("seen [1, 2]\nnumber 4\n")  # sh runs it
    assert ending.outcome is Outcome.COMPLETED
    assert ending.memory_peak_bytes < 40 * MIB
    assert ending.cpu_ms < 500


@pytest.mark.attacks
async def test_a_fork_bomb_does_not_reach_the_program(start: Start) -> None:
    """Its children fork while they are being killed."""
    bomb = """
import os, signal
if os.fork() == 0:
    while True:
        try:
            if os.fork() == 0:
                os.setsid()
        except OSError:
            pass
import time
time.sleep(1)
"""
    run, ending = await ended(start, f"{PYTHON} <<'END'\n{bomb}\nEND\n{PROGRAM}{LOOKS}")
    assert run.text == "seen [1, 2]\nnumber 4\n"
    assert ending.outcome is Outcome.COMPLETED
    assert ending.cpu_ms < 500


async def test_shared_memory_is_not_left_behind(start: Start, backend: LimitBackend) -> None:
    source = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
number = libc.shmget(0, 40 << 20, 0o1600)
print("made" if number >= 0 else "refused")
if number >= 0:
    ctypes.memset(libc.shmat(number, None, 0), 1, 40 << 20)
"""
    run, ending = await ended(
        start, f"{PYTHON} <<'END'\n{source}\nEND\n{PROGRAM}\ncat /proc/sysvipc/shm | wc -l\nEND\n"
    )
    assert run.text == ("made\n1\n" if backend.accounted else "refused\n1\n")
    assert ending.memory_peak_bytes < 40 * MIB


async def test_the_terminal_is_handed_over_as_it_was(start: Start) -> None:
    """Without echo, raw, with its output stopped: then nobody would see the program."""
    stops = "import termios; termios.tcflow(1, termios.TCOOFF)"
    compiler = f"stty raw -echo -isig; {PYTHON} <<'END'\n{stops}\nEND\n{PROGRAM}\nstty -a\nEND\n"
    run, ending = await ended(start, compiler)
    assert ending.outcome is Outcome.COMPLETED
    for mode in (" echo ", " icanon ", "isig "):
        assert mode in run.text


async def test_a_report_of_its_own_changes_nothing(start: Start) -> None:
    """It reaches no descriptor of the process that reports, and may end or stop that."""
    source = """
import os, signal
seen = []
for number in [*range(3, 70), 1997, 1998, 1999]:
    try:
        os.write(number, b"exit 0 1 1\\n")
        seen.append(number)
    except OSError:
        pass
for parent in (os.getppid(), 2):
    try:
        seen += os.listdir(f"/proc/{parent}/fd") if parent == 2 else []
    except OSError as error:
        seen.append(error.errno)
print(seen, flush=True)
"""
    forge = f"{PYTHON} <<'END'\n{source}\nEND\necho 'echo ran' | {BUILD}; exit 5"
    run, ending = await ended(start, forge)
    assert run.text == "[13]\n"
    assert (ending.outcome, ending.exit_code) == (Outcome.COMPILE_ERROR, 5)
    run, ending = await ended(start, f"echo 'echo ran' | {BUILD}; kill -KILL $PPID; exit 0")
    assert "ran" not in run.text
    assert (ending.outcome, ending.signal) == (Outcome.COMPILE_ERROR, "SIGKILL")


async def test_the_process_that_reports_cannot_be_stopped_for_long(start: Start) -> None:
    run, ending = await ended(start, f"echo 'echo ran' | {BUILD}; kill -STOP $PPID; exit 0")
    assert run.text == "ran\n"
    assert ending.outcome is Outcome.COMPLETED


SPENDS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "time": ("while :; do :; done", {"compile_cpu_seconds": 1}, "compile_cpu_limit", "cpu_seconds"),
    "patience": ("sleep 600", {"compile_wall_seconds": 1}, "compile_wall_limit", "wall_seconds"),
    "patience, of who reads": (
        "cat /dev/tty", {"compile_wall_seconds": 1}, "compile_wall_limit", "wall_seconds",
    ),
    "memory": (
        "/usr/bin/python3 -c 'x = bytearray(200 << 20); import time; time.sleep(60)'",
        {}, "compile_memory_limit", "memory_bytes",
    ),
    "output": ("yes", {}, "compile_output_limit", "output_bytes"),
    "disk": ("cat /dev/zero >/tmp/build/x; exit 1", {}, "compile_disk_full", "disk_bytes"),
    "files": (
        "i=0; while : >/tmp/build/$i; do i=$((i+1)); done 2>/dev/null; exit 1",
        {}, "compile_too_many_files", "disk_files",
    ),
}  # fmt: skip


@pytest.mark.attacks
@pytest.mark.parametrize("what", SPENDS)
async def test_a_compiler_without_end_ends_by_its_own_limit(start: Start, what: str) -> None:
    compiler, changes, code, figure = SPENDS[what]
    limits = replace(LIMITS, **changes)
    _, ending = await ended(start, compiler, limits=limits)
    assert ending.outcome is Outcome.COMPILE_ERROR
    assert ending.reason_code == code
    assert ending.figures == {figure: getattr(limits.while_compiling(), figure)}


async def test_processes_without_end_are_refused(start: Start) -> None:
    source = """
import os, sys, time
while True:
    try:
        if os.fork() == 0:
            time.sleep(600)
    except OSError:
        time.sleep(0.3)
        os._exit(1)
"""
    _, ending = await ended(start, f"exec {PYTHON} <<'END'\n{source}\nEND\n")
    assert ending.outcome is Outcome.COMPILE_ERROR
    assert ending.reason_code is ReasonCode.COMPILE_TOO_MANY_PROCESSES
    assert ending.figures == {"processes": LIMITS.processes}


async def test_what_the_compiler_was_refused_is_not_the_programs_fault(start: Start) -> None:
    source = """
import os, time
try:
    while os.fork():
        pass
    time.sleep(600)
except OSError:
    time.sleep(0.3)
"""
    compiler = f"echo 'exit 7' | {BUILD}; exec {PYTHON} <<'END'\n{source}\nEND\n"
    _, ending = await ended(start, compiler)
    assert (ending.outcome, ending.exit_code) == (Outcome.FAILED, 7)
    assert ending.reason_code is ReasonCode.EXIT_CODE


async def test_output_of_both_counts_together(start: Start) -> None:
    half = LIMITS.output_bytes * 3 // 4
    flood = f"head -c {half} /dev/zero | tr '\\\\0' x"
    _, ending = await ended(start, f'{flood}; echo "{flood}" | {BUILD}')
    assert ending.outcome is Outcome.OUTPUT_LIMIT
    assert ending.output_bytes == LIMITS.output_bytes


@pytest.mark.attacks
def test_it_dies_with_its_executor(backend: LimitBackend) -> None:
    below, left = killed(executors.with_a_compiler, backend)
    assert len(below) >= 5  # outside.py, bubblewrap twice, inside.py, the compiler and its child
    assert not left
