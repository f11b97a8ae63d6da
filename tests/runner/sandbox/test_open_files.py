"""What processes have open, seen by an executor that is an ordinary user."""

import ctypes
import os
import signal
from collections.abc import Callable

from runner.sandbox.limit_backends.check_time import CheckTime
from runner.sandbox.limit_backends.open_files import OpenFiles

NOBODY = 65534
PR_SET_DUMPABLE = 4


def as_ordinary_user(count: Callable[[], int]) -> int:
    """What it returns in a process that is not root."""
    result, tell = os.pipe()
    if (child := os.fork()) == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(NOBODY, NOBODY, NOBODY)
                os.setresuid(NOBODY, NOBODY, NOBODY)
            os.write(tell, bytes([count()]))
        finally:
            os._exit(0)
    os.close(tell)
    try:
        return os.read(result, 1)[0]
    finally:
        os.close(result)
        os.waitpid(child, 0)


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
