"""Runs many programs and counts what they leave behind: `python -m tests.sandbox.many_runs 1000`.

Programs of all kinds of ends, eight at a time or less, each in a sandbox of its own; on the machine's best limit backend,
or on that of a second argument.
"""

import asyncio
import gc
import os
import sys
import time
from collections import Counter
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

import psutil

from runner.limits import Limits
from runner.sandbox.limit_backends import LIMIT_BACKENDS, LimitBackend, best_backend
from runner.sandbox.spawner import OUTSIDE
from runner.sandbox.uids import FIRST_UID
from tests.sandbox.attack import attacked, attacking

AT_ONCE = min(8, 4 * (os.cpu_count() or 1))
PROGRAMS = (
    "",
    "raise SystemExit(3)",
    "import os; os.abort()",
    "import os\nif os.fork() == 0:\n os.setsid()\n import time; time.sleep(600)",
    "open('/tmp/x', 'w').write('x' * 10000); open('/dev/shm/y', 'w').write('y')",
    "import os\nfor _ in range(3): os.fork()\nimport time; time.sleep(0.01)",
)


def left() -> Counter[str]:
    """What there is now of each kind of thing that a run of ours could leave."""
    gc.collect()
    open_now = [_link(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
    # A look at a run that has just ended may go on in its thread.
    open_now = [path for path in open_now if not path.startswith("/proc/")]
    mounted = Path("/proc/self/mounts").read_text().splitlines()
    parents = [Path(path) for path in open_now if "/coderunner-" in path]  # locked, see cgroups.py
    return Counter(
        groups=sum(each.is_dir() for parent in parents for each in parent.iterdir()),
        mounts=sum("sandbox" in line.split()[:2] for line in mounted),  # as outside.py names it
        terminals=sum("ptmx" in path for path in open_now),
        descriptors=len(open_now),
        processes=_processes(),
        files=sum(map(_files, ("/tmp", "/var/tmp", "/dev/shm"))),
    )


def _processes() -> int:
    """Below the one that starts this process's sandboxes: servers of other tests are none of ours."""
    ours = [p for p in psutil.Process().children() if str(OUTSIDE) in p.cmdline()]
    return sum(len(process.children(recursive=True)) for process in ours)


def _files(folder: str) -> int:
    """Of sandboxes' users."""
    found = 0
    for path in Path(folder).iterdir():
        with suppress(FileNotFoundError):  # somebody else's, just removed
            found += path.lstat().st_uid >= FIRST_UID
    return found


def _link(path: str) -> str:
    try:
        return os.readlink(path)
    except FileNotFoundError:
        return ""  # the folder that was listed


async def run_many(backend: LimitBackend, count: int) -> None:
    programs = islice(cycle(PROGRAMS), count)

    async def worker() -> None:
        for number, source in enumerate(programs):
            if number % 7 == 3:  # some are left while they run
                async with attacking(backend, source + "\nwhile True: pass"):
                    pass
            else:
                await attacked(backend, source)

    await attacked(backend, "")  # what the first begins for all that follow is not left by them
    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))


async def main(count: int, name: str = "") -> None:
    backend = LIMIT_BACKENDS[name](Limits()) if name else best_backend(Limits())[0]
    try:
        await run_many(backend, 1)
        before, began = left(), time.monotonic()
        await run_many(backend, count)
        seconds, after = time.monotonic() - began, left()
    finally:
        backend.close()
    print(f"{count} runs on {backend.name} in {seconds:.1f} s")
    for kind, number in sorted(before.items()):
        print(f"{kind:12} {number:4} before, {after[kind]:4} after")
    if before != after:
        raise SystemExit("Something was left behind.")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), *sys.argv[2:]))
