"""Open files are counted, also those that are only on their way."""

from typing import Any

import pytest

from runner.limits import Limits
from runner.sandbox.interpreter import CONTROL
from runner.sandbox.limit_backends import LimitBackend
from runner.sandbox.walls import GATE_FD, INFO_FD
from tests.sandbox.attack import LIMITS, attempted, matches

ATTEMPTS: dict[str, tuple[str, object]] = {
    "files are opened without end": (
        "kept = []\nwhile True: kept.append(os.open('/dev/null', os.O_RDONLY))", "EMFILE"),
    "sockets are opened without end": (
        "kept = []\nwhile True: kept.append(socket.socket(socket.AF_UNIX))", "EMFILE"),
    "pipes are opened without end": ("while True: os.pipe()", "EMFILE"),
    "a descriptor gets a high number": (f"os.dup2(0, {CONTROL})", "EBADF"),
    "the line to the executor is looked for": (f"os.fstat({CONTROL})", "EBADF"),
    "it counts what it may open": (
        "kept = []\n"
        "try:\n"
        "    while True: kept.append(os.dup(0))\n"
        "except OSError: pass\n"
        f"seen = len(kept) < {LIMITS.open_files}", True),
    "descriptors wait in sockets without end": (
        "a, b = socket.socketpair()\na.setblocking(False)\n"
        "while True: socket.send_fds(a, [b'x'], [0] * 50)", ("ETOOMANYREFS", "EAGAIN")),
    "a pipe is made large": (
        "import fcntl; r, w = os.pipe(); fcntl.fcntl(w, 1031, 1 << 26)", "EPERM"),
    "counters are made without end": (
        "kept = []\nwhile True: kept.append(checked(libc.eventfd(0, 0)))", "EMFILE"),
}  # fmt: skip


def test_no_program_has_a_descriptor_with_a_number_of_ours() -> None:
    """An interpreter that finds one there waits for its program."""
    assert Limits().open_files < min(INFO_FD, GATE_FD, CONTROL)


@pytest.fixture(scope="module")
def tried(backend: LimitBackend) -> Any:
    return attempted(backend, ATTEMPTS)


@pytest.mark.parametrize("sentence", ATTEMPTS)
def test_the_count_holds_when(tried: Any, sentence: str) -> None:
    outcome, seen = tried
    assert matches(seen[sentence], ATTEMPTS[sentence][1])
    assert outcome == "completed"
