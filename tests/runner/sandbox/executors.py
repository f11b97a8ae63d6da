"""Executors as processes of their own: `python -m tests.runner.sandbox.executors NAME …`.

They import nothing but ours, for any Python of the machine runs them.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from runner.languages import PYTHON
from runner.limits import Limits
from runner.sandbox import limit_backends
from runner.sandbox.bubblewrap import Program, Sandbox
from runner.sandbox.limit_backends import LIMIT_BACKENDS
from runner.sandbox.limit_backends.cgroups import CgroupResourceGroup


async def killed_with_a_group(limit_backend: str) -> None:
    """Prints the names of the groups it leaves behind."""
    resource_group = LIMIT_BACKENDS[limit_backend](Limits()).open(Limits())
    assert isinstance(resource_group, CgroupResourceGroup)
    for entrance in resource_group.entrances:
        print(os.readlink(f"/proc/self/fd/{entrance}").split("/")[-3], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


async def with_one_run() -> None:
    """Prints the limit backend, what the program has printed, and how it ended."""
    master, slave = os.openpty()
    async with Sandbox(slave, Limits()) as sandbox:
        argv, source = PYTHON.argv("main.py", []), "import os; print(os.getuid(), 6 * 7)"
        await sandbox.launch(Program(argv, [("main.py", source)], PYTHON.environment))
        status = await sandbox.ended()
    printed = os.read(master, 99).decode().strip()
    assert status is not None
    print(limit_backends.chosen_backend().name, printed, status.exit_code, sep=", ")


def users_of(pid: int) -> set[int]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {int(uid) for line in lines if line.startswith("Uid:") for uid in line.split()[1:]}


async def with_two_sandboxes() -> None:
    """Prints the limit backend, this process's ids and capabilities, the user of each sandbox as
    this process sees it, and whether it can end them."""
    _, slave = os.openpty()
    status = Path("/proc/self/status").read_text().splitlines()
    async with Sandbox(slave, Limits()) as one, Sandbox(slave, Limits()) as other:
        report = {
            "limits": limit_backends.chosen_backend().name,
            "ids": [os.getuid(), os.getgid(), os.getgroups()],
            "maps": [Path(f"/proc/self/{kind}_map").read_text().split() for kind in ("uid", "gid")],
            "capabilities": {line[:6]: line.split()[1] for line in status if line[:3] == "Cap"},
            "sandboxes": [sorted(users_of(each._root.pid)) for each in (one, other)],
        }
        for each in (one, other):
            each.kill()
            await each.ended()
    print(json.dumps(report))


PROGRAMS = {each.__name__: each for each in (killed_with_a_group, with_one_run, with_two_sandboxes)}

if __name__ == "__main__":
    asyncio.run(PROGRAMS[sys.argv[1]](*sys.argv[2:]))
