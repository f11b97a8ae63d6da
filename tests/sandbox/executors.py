"""Executors as processes of their own, to be killed: `python -m tests.sandbox.executors NAME …`.

See `attack.killed`.
"""

import asyncio
import sys
import time

from runner.limits import Limits
from runner.sandbox.bubblewrap import Sandbox
from runner.sandbox.limit_backends import LIMIT_BACKENDS
from runner.sandbox.program import Program
from runner.sandbox.uids import SandboxUids
from tests.runner.sandbox.inside import Inside, on_a_terminal
from tests.sandbox.attack import attacking

FORKS = """
import os, time
if os.fork() == 0:
    os.setsid()
    print("up", flush=True)
time.sleep(600)
"""


async def with_a_run(limit_backend: str) -> None:
    """Says "up" when its program runs, and hears nothing from then on."""
    backend = LIMIT_BACKENDS[limit_backend](Limits())
    async with attacking(backend, FORKS) as attack:
        await attack.wait_for(b"up")
        print("up", flush=True)
        time.sleep(600)  # noqa: ASYNC251 - it stands still


async def with_a_compiler(limit_backend: str) -> None:
    backend = LIMIT_BACKENDS[limit_backend](Limits())
    async with on_a_terminal(Limits(), backend) as (sandbox, terminal):
        compiler = ["/bin/sh", "-c", "setsid sleep 600 & echo up; sleep 600"]
        await sandbox.launch(Program(compiler, [], {}, compiles=True))
        await Inside(sandbox, terminal).wait_for_output(b"up")
        print("up", flush=True)
        time.sleep(600)  # noqa: ASYNC251 - it stands still


async def with_an_empty_sandbox(limit_backend: str) -> None:
    backend = LIMIT_BACKENDS[limit_backend](Limits())
    async with Sandbox(Limits(), backend):
        print("up", flush=True)
        time.sleep(600)  # noqa: ASYNC251 - it stands still


async def with_two_users() -> None:
    """Prints the users that it has taken, and keeps them until its input ends."""
    users = SandboxUids(root=True)
    print(users.take(), users.take(), flush=True)
    sys.stdin.read()


STARTS = (with_a_run, with_a_compiler, with_an_empty_sandbox, with_two_users)
PROGRAMS = {each.__name__: each for each in STARTS}

if __name__ == "__main__":
    asyncio.run(PROGRAMS[sys.argv[1]](*sys.argv[2:]))
