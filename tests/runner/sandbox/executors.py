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
    async with Sandbox(Limits()) as sandbox:
        master = sandbox.take_terminal()
        argv, source = PYTHON.argv("main.py", []), "import os; print(os.getuid(), 6 * 7)"
        await sandbox.launch(Program(argv, [("main.py", source)], PYTHON.environment))
        status = await sandbox.ended()
    printed = os.read(master, 99).decode().strip()
    assert status is not None
    print(limit_backends.chosen_backend().name, printed, status.exit_code, sep=", ")


WRITABLE = """if True:
    import os
    for folder, folders, _ in os.walk("/"):
        if folder == "/":
            folders[:] = set(folders) - {"usr", "proc"}
        if os.access(folder, os.W_OK):
            print(folder)
            folders.clear()
    try:
        os.chmod("/etc", 0o777)
    except OSError:
        print("kept")"""


async def with_what_it_can_write() -> None:
    """Prints the folders that a program may write to, and whether it may not change others."""
    async with Sandbox(Limits()) as sandbox:
        master = sandbox.take_terminal()
        argv = PYTHON.argv("main.py", [])
        await sandbox.launch(Program(argv, [("main.py", WRITABLE)], PYTHON.environment))
        await sandbox.ended()
    print(os.read(master, 4096).decode())


def users_of(pid: int) -> set[int]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {int(uid) for line in lines if line.startswith("Uid:") for uid in line.split()[1:]}


async def with_two_sandboxes() -> None:
    """Prints the limit backend, this process's ids and capabilities, the user of each sandbox as
    this process sees it, and whether it can end them."""
    status = Path("/proc/self/status").read_text().splitlines()
    async with Sandbox(Limits()) as one, Sandbox(Limits()) as other:
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


EACH = (killed_with_a_group, with_one_run, with_two_sandboxes, with_what_it_can_write)
PROGRAMS = {each.__name__: each for each in EACH}

if __name__ == "__main__":
    asyncio.run(PROGRAMS[sys.argv[1]](*sys.argv[2:]))
