"""Executors as processes of their own: `python -m tests.runner.sandbox.executors NAME …`.

They import nothing but ours, for any Python of the machine runs them.
"""

import asyncio
import os
import signal
import sys

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


PROGRAMS = {each.__name__: each for each in (killed_with_a_group, with_one_run)}

if __name__ == "__main__":
    asyncio.run(PROGRAMS[sys.argv[1]](*sys.argv[2:]))
