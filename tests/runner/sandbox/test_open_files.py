"""What processes have open, seen by an executor that is an ordinary user."""

import ctypes
import os
import signal
import struct
import subprocess
from collections.abc import Callable

import pytest

from runner.sandbox.limit_backends.check_time import CheckTime
from runner.sandbox.limit_backends.open_files import OpenFiles

NOBODY = 65534
ANOTHER = 60123
PR_SET_DUMPABLE, PR_SET_KEEPCAPS = 4, 8
CAPABILITIES_VERSION = 0x20080522
KILL, SETGID, SETUID, SYS_PTRACE = 5, 6, 7, 19


def as_ordinary_user(count: Callable[[], int], *capabilities: int) -> int:
    """What it returns in a process that is not root, and has these capabilities."""
    result, tell = os.pipe()
    if (child := os.fork()) == 0:
        try:
            if os.geteuid() == 0:
                keep_only(*capabilities)
            os.write(tell, bytes([count()]))
        finally:
            os._exit(0)
    os.close(tell)
    try:
        return os.read(result, 1)[0]
    finally:
        os.close(result)
        os.waitpid(child, 0)


def keep_only(*capabilities: int) -> None:
    """Becomes an ordinary user who keeps these of root's, as a container's settings do it."""
    libc = ctypes.CDLL(None, use_errno=True)
    bits = sum(1 << capability for capability in capabilities)
    assert libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == 0
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    header, sets = (
        struct.pack("Ii", CAPABILITIES_VERSION, 0),
        struct.pack("6I", bits, bits, *[0] * 4),
    )
    assert libc.capset(header, sets) == 0, os.strerror(ctypes.get_errno())


def hidden(pid: int) -> int:
    return OpenFiles(most_locks=1).note([pid], CheckTime())


def of_one_that_has_ended() -> int:
    """Nobody has waited for it."""
    if (pid := os.fork()) == 0:
        os._exit(0)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    return hidden(pid)


def of_one_that_may_not_be_looked_into() -> int:
    ready, tell = os.pipe()
    if (pid := os.fork()) == 0:
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        os.write(tell, b"x")
        signal.pause()
    os.read(ready, 1)
    try:
        return hidden(pid)
    finally:
        os.kill(pid, signal.SIGKILL)


def test_who_has_ended_hides_nothing() -> None:
    assert as_ordinary_user(of_one_that_has_ended) == 0


def test_who_lives_and_may_not_be_looked_into_is_told_of() -> None:
    assert as_ordinary_user(of_one_that_may_not_be_looked_into) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may have another user's processes")
def test_an_executor_in_a_container_looks_into_programs_of_other_users() -> None:
    """It has CAP_SYS_PTRACE, but may list no folder of another user, such as /proc/PID/fd."""
    command = ["/bin/sh", "-c", "exec 7</etc/hostname; echo; read answer"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, user=ANOTHER, group=ANOTHER, stdin=pipe, stdout=pipe) as program:
        assert program.stdout
        program.stdout.readline()

        def files() -> int:
            found = OpenFiles(most_locks=1)
            return 100 * found.note([program.pid], CheckTime()) + found.files

        try:
            assert as_ordinary_user(files, KILL, SETGID, SETUID, SYS_PTRACE) == 4
        finally:
            program.kill()
