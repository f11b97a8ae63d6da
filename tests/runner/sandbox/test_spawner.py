"""The process that starts sandboxes leaves nothing, also of one that died while it was starting."""

import os
import resource
import socket
import subprocess
from collections.abc import Callable, Iterator

import psutil
import pytest

from runner.sandbox import spawner as spawning
from runner.sandbox.spawner import Process, Request, Spawner, answer
from runner.sandbox.uids import sandbox_uids
from tests.runner.sandbox.inside import open_descriptors

WAIT_SECONDS = 10
Shell = subprocess.Popen[bytes]
# As bubblewrap, when its outer half dies before the inner one is tied to it.
DIES = """import os, time
if os.fork() == 0:
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(600)
os._exit(0)
"""


@pytest.fixture
def spawner() -> Iterator[Spawner]:
    spawner = Spawner()
    yield spawner
    spawner.close()


async def started(spawner: Spawner, source: str) -> psutil.Process:
    """What it has started for a request, as its output tells."""
    ours, theirs = socket.socketpair()
    uid = sandbox_uids.take()
    request = Request(
        argv=["/usr/bin/python3", "-I", "-S", "-c", source], env={}, uid=uid, niceness=0,
        scheduling=b"", size=1 << 20, files=10, system=[], data=[], control=[999],
    )  # fmt: skip
    with ours, theirs:
        ours.setblocking(False)
        await spawner.ask(request, [theirs.fileno()])
        process, disk, terminal, _ = await answer(ours)
    with open(terminal, "rb", buffering=0) as output:
        child = psutil.Process(int(output.readline()))
    await process.gone()
    process.close()
    os.close(disk)
    sandbox_uids.give_back(uid, surely_unused=False)
    return child


async def test_an_orphan_is_ended_at_the_next_request(spawner: Spawner) -> None:
    orphan = await started(spawner, DIES)
    assert orphan.is_running()
    other = await started(spawner, DIES)
    psutil.wait_procs([orphan], timeout=WAIT_SECONDS)
    assert not orphan.is_running()
    assert other.is_running()


async def test_its_end_ends_all(spawner: Spawner) -> None:
    orphan = await started(spawner, DIES)
    spawner.close()
    psutil.wait_procs([orphan], timeout=WAIT_SECONDS)
    assert not orphan.is_running()


def killed(shell: Shell, child: int) -> int:
    shell.kill()
    os.waitid(os.P_PID, shell.pid, os.WEXITED | os.WNOWAIT)
    return child


def waited_for(shell: Shell, child: int) -> int:
    shell.kill()
    shell.wait()
    raise ProcessLookupError


# What becomes of a parent or its child between two looks; returns what the second one sees.
BETWEEN: dict[str, Callable[[Shell, int], int | None]] = {
    "nothing": lambda _, child: child,
    "the child ends": lambda _, __: None,
    "its number becomes another's": lambda _, child: child + 1,
    "the parent ends": killed,
    "the parent ends and is waited for": waited_for,
}


@pytest.mark.parametrize("what", BETWEEN)
async def test_a_child_is_known_or_nothing_is_held(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with subprocess.Popen(["sh", "-c", "sleep 600 & echo; wait"], stdout=subprocess.PIPE) as shell:
        assert shell.stdout
        shell.stdout.readline()
        (child,) = psutil.Process(shell.pid).children()
        parent = Process(os.pidfd_open(shell.pid), shell.pid)
        looks = iter([lambda *_: child.pid, BETWEEN[what]])
        monkeypatch.setattr(spawning, "_first_child", lambda _: next(looks)(shell, child.pid))
        before = open_descriptors()
        found = parent.first_child()
        assert (found is not None) == (what == "nothing")
        if found is not None:
            assert found.pid == child.pid
            found.close()
        assert open_descriptors() == before
        parent.close()
        child.kill()
        shell.kill()


async def test_who_starts_sandboxes_may_open_as_many_files_as_there_may_be(
    spawner: Spawner,
) -> None:
    """Else a program of the same user, with a thousand on their way, would keep it from sending."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1] // 2, before[1]))
    try:
        spawner._connection()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (before[1], before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
