"""A program that no interpreter waited for has the same walls, and empty walls hold nobody."""

import json

from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.sandbox import executors
from tests.sandbox.attack import attacking, killed

# At once and as it ends: it could come before its limits or before its parent hides.
LOOK = """if True:
    import atexit, json, os, resource

    def opened(path):
        try:
            return os.listdir(path) if os.path.isdir(path) else open(path).read()
        except OSError as error:
            return type(error).__name__

    def look():
        status = dict(line.split(":", 1) for line in open("/proc/self/status"))
        parent = f"/proc/{os.getppid()}"
        print(json.dumps({
            "limits": [resource.getrlimit(number) for number in range(16)],
            "descriptors": sorted(os.listdir("/proc/self/fd")),
            "targets": [os.readlink(f"/proc/self/fd/{number}").rstrip("0123456789")
                        for number in range(3)],
            "rights": [status[name].strip() for name in (
                "Uid", "Gid", "Groups", "CapEff", "CapBnd", "NoNewPrivs", "Seccomp", "SigIgn",
                "SigBlk", "Seccomp_filters")],
            "parent": [opened(f"{parent}/{name}") for name in ("fd", "environ", "maps", "mem")],
            "session": [os.getpid(), os.getppid(), os.getsid(0), os.tcgetpgrp(0)],
            "names": sorted(os.environ),
            "mounts": [line.split()[4] for line in open("/proc/self/mountinfo")],
            "home": sorted(os.listdir()),
        }), flush=True)

    look()
    atexit.register(look)"""


async def test_walls_and_limits_are_the_same(backend: LimitBackend) -> None:
    seen = []
    for warm in (True, False):
        async with attacking(backend, LOOK, warm=warm) as attack:
            ended = await attack.end()
        assert ended.status is not None, ended.text
        assert ended.outcome is Outcome.COMPLETED, ended.text
        seen += [json.loads(line) for line in ended.text.splitlines()]
    assert len(seen) == 4
    assert seen[0]["parent"] == ["PermissionError"] * 4
    assert seen[0]["descriptors"] == ["0", "1", "2", "3"]  # the last is of the listing
    for look in seen[1:]:
        assert look == seen[0]


def test_a_killed_executor_takes_empty_walls_with_it(backend: LimitBackend) -> None:
    below, alive = killed(executors.with_an_empty_sandbox, backend)
    assert len(below) == 3  # outside.py, bubblewrap twice
    assert alive == []
