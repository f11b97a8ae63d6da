"""What the machine holds while an attack runs, whoever it is charged to.

A resource group knows what the kernel charges to it. This looks at the machine as a whole, so that
memory that is charged to nobody is seen, whatever its cause. Other programs of the machine are seen
too, so attacks must be larger than `NOISE_BYTES`.
"""

import os
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from runner.limits import MIB, Limits
from runner.sandbox.limit_backends.backend import OWN_MEMORY_BYTES, OWN_PROCESSES
from runner.sandbox.uids import FIRST_UID

LOOK_SECONDS = 0.02
LOOKS = 10  # in which memory is seen that is held
# Of other programs, and of an attack until the next check of its run. Tests that run beside this one
# start compilers and virtual machines; `make test-attacks` runs nothing beside it.
NOISE_BYTES = (256 if "PYTEST_XDIST_WORKER" not in os.environ else 640) * MIB
NOISE = 30_000  # the same, of open files and so on
TERMINALS = 3  # of each run, its own included: also in outside.py
EXPLAINED = ("MemFree", "Buffers", "Cached", "SwapCached", "AnonPages", "SReclaimable")
COUNTERS: dict[str, Callable[[Limits], int]] = {  # of the machine: how many a run may add
    "fs/file-nr": lambda limits: (limits.processes + OWN_PROCESSES) * limits.open_files,
    "fs/aio-nr": lambda limits: 0,
    "kernel/pty/nr": lambda limits: TERMINALS,
}


def memory() -> dict[str, int]:
    lines = (line.split() for line in Path("/proc/meminfo").read_text().splitlines())
    return {line[0].rstrip(":"): int(line[1]) * 1024 for line in lines}


def kernels(found: dict[str, int]) -> int:
    """Bytes that are neither free, nor of processes, nor of files, nor given back on demand.

    Slabs, page tables, stacks, packets: what the kernel holds for itself, and swap.
    """
    swapped = found["SwapTotal"] - found["SwapFree"]
    return found["MemTotal"] - sum(found[name] for name in EXPLAINED) + swapped


def counters() -> dict[str, int]:
    return {name: int(Path("/proc/sys", name).read_text().split()[0]) for name in COUNTERS}


def watches() -> int:
    """Of descriptors in epolls, of all users of sandboxes: the kernel counts them for each user."""
    total = 0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):
            if os.stat(f"/proc/{pid}").st_uid < FIRST_UID:
                continue
            for number in os.listdir(f"/proc/{pid}/fd"):
                if os.readlink(f"/proc/{pid}/fd/{number}") == "anon_inode:[eventpoll]":
                    total += Path(f"/proc/{pid}/fdinfo/{number}").read_text().count("tfd:")
    return total


@dataclass
class Machine:
    """Its largest growth beyond the limits of the runs that were attacked at that time."""

    excess_bytes: int = 0
    slab_bytes: int = 0  # growth of what the kernel cannot give back, with what was allowed
    excess: dict[str, int] = field(default_factory=dict)
    watches: int = 0

    def check(self) -> None:
        assert self.excess_bytes < NOISE_BYTES, f"{self.excess_bytes >> 20} MB of nobody's"
        for name, count in self.excess.items():
            assert count < NOISE, f"{name} rose by {count} more than a run may have"
        most = int(Path("/proc/sys/fs/epoll/max_user_watches").read_text())
        assert self.watches < most // 8, f"{self.watches} watches, of {most} of a user"


_attacked: list[Limits] = []  # at the moment: tests may attack several sandboxes at once
# What other processes attack at the moment: a file for each, with what they may have in bytes.
OTHERS = Path(tempfile.gettempdir(), "coderunner-attacks")


def others() -> int:
    total = 0
    for path in OTHERS.iterdir():
        if path.name != str(os.getpid()) and Path("/proc", path.name).exists():
            with suppress(OSError, ValueError):  # it has just been made, or removed
                total += int(path.read_text())
    return total


def tell_others() -> None:
    own = OTHERS / str(os.getpid())
    if _attacked:
        OTHERS.mkdir(exist_ok=True)
        own.write_text(str(sum(run.memory_bytes + NOISE_BYTES for run in _attacked)))
    else:
        own.unlink(missing_ok=True)


@contextmanager
def measured(limits: Limits, *, measure: bool = True) -> Iterator[Machine]:
    """Fails at its end when the machine held more than the run may have, if it was measured."""
    machine, over = Machine(), threading.Event()
    lately: deque[int] = deque(maxlen=LOOKS)
    memory_before, counters_before = memory(), counters()

    def look(number: int) -> None:
        runs = list(_attacked)
        now = memory()
        allowed = others() + sum(run.memory_bytes + OWN_MEMORY_BYTES for run in runs)
        grown = kernels(now) - kernels(memory_before)
        lately.append(grown - allowed)
        if len(lately) == LOOKS:  # what others need for a moment is not held
            machine.excess_bytes = max(machine.excess_bytes, min(lately))
        slab = now["SUnreclaim"] - memory_before["SUnreclaim"]
        machine.slab_bytes = max(machine.slab_bytes, slab)
        for name, count in counters().items():
            more = count - counters_before[name] - sum(COUNTERS[name](run) for run in runs)
            machine.excess[name] = max(machine.excess.get(name, 0), more)
        if number % 10 == 9:
            machine.watches = max(machine.watches, watches())

    def keep_looking() -> None:
        number = 0
        while measure and not over.wait(LOOK_SECONDS):
            look(number)
            number += 1

    _attacked.append(limits)
    tell_others()
    thread = threading.Thread(target=keep_looking, daemon=True)
    thread.start()
    try:
        yield machine
    finally:
        over.set()
        thread.join()
        _attacked.remove(limits)
        tell_others()
    machine.check()
