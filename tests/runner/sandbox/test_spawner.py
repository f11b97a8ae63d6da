"""The process that starts sandboxes leaves nothing, also of one that died while it was starting."""

import os
import socket
from collections.abc import Iterator

import psutil
import pytest

from runner.sandbox.spawner import Request, Spawner, answer
from runner.sandbox.uids import sandbox_uids

WAIT_SECONDS = 10
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
    reading, writing = os.pipe()
    uid = sandbox_uids.take()
    request = Request(
        argv=["/usr/bin/python3", "-I", "-S", "-c", source], env={}, uid=uid, niceness=0,
        size=1 << 20, files=10, data=[], control=[999],
    )  # fmt: skip
    with ours, theirs:
        ours.setblocking(False)
        await spawner.ask(request, [theirs.fileno(), writing])
        process, disk = await answer(ours)
    os.close(writing)
    with open(reading, "rb") as output:
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
