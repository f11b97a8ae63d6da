"""The usage of a process and its descendants, read from /proc."""

import os
import time
from dataclasses import dataclass

from runner.sandbox.limit_backends.check_time import CheckTime
from runner.sandbox.limit_backends.processor_time import Times

TRIES = 10  # to look at a thread before it ends
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Tree:
    depths: dict[int, int]  # of every process, by its number: how far below the first
    times: dict[tuple[int, int], Times]  # by number and start, which nobody has again
    tasks: int  # threads of all processes

    @property
    def cpu_seconds(self) -> float:
        return sum(times.own + times.children for times in self.times.values())

    @property
    def processes(self) -> int:
        return len(self.depths)

    @property
    def gone(self) -> int:
        """Processes that were seen, and ended before they could be asked for their times."""
        return len(self.depths) - len(self.times)


@dataclass(frozen=True, slots=True)
class ProcEntry:
    """Where /proc tells of a process's memory and descriptors, and what `status` says there."""

    folder: str
    status: bytes

    @property
    def has_memory(self) -> bool:
        return b"\nVmSize:" in self.status


def living(pid: int) -> ProcEntry:
    """The process's own folder tells nothing when its first thread has ended, and others go on.

    Those share all that is looked for. One may end while it is looked at, and leave another.
    """
    own = _place(f"/proc/{pid}")
    if own.has_memory:
        return own
    for _ in range(TRIES):
        ids = threads(pid)
        if len(ids) < 2:
            break
        for thread in reversed(ids):  # the youngest has most of its life before it
            place = _place(f"/proc/{pid}/task/{thread}")
            if place.has_memory:
                return place
    return own


def _place(folder: str) -> ProcEntry:
    return ProcEntry(folder, read(f"{folder}/status"))


def threads(pid: int) -> list[str]:
    try:
        return os.listdir(f"/proc/{pid}/task")
    except OSError:
        return []  # it has ended


def look(root: int) -> Tree:
    """The process `root` and all below it.

    Orphans move up to the namespace's init, which is below `root`. Each process is asked for its
    times as soon as it is found: some do not live long.
    """
    times: dict[tuple[int, int], Times] = {}
    tasks = 0
    depths: dict[int, int] = {}
    found = [(root, 0)]
    for pid, depth in found:  # grows while it is walked
        if pid in depths:
            continue
        depths[pid] = depth
        _note_times(pid, times)
        ids = threads(pid)
        tasks += len(ids)
        for thread in ids:
            children = read(f"/proc/{pid}/task/{thread}/children").split()
            found += [(int(child), depth + 1) for child in children]
    return Tree(depths, times, tasks)


def private_bytes(tree: Tree, exact_from: int, time: CheckTime) -> int:
    """Memory that is the processes' own, resident or in the machine's swap.

    And the tables of pages, which also grow where nothing is resident: by reading what was never
    written. What processes share, by a file or without one, is counted elsewhere, whoever maps it.
    That counts pages that a fork has shared once for each process; so a sum above `exact_from`
    bytes is counted again, each page once, at a hundred times the cost. If the time is over, the
    last processes are counted by the first way.
    """
    memory = sum(_bytes(pid, exact=False) for pid in tree.depths)
    if memory > exact_from:
        memory = sum(_bytes(pid, exact=time.left()) for pid in tree.depths)
    return memory


def _note_times(pid: int, times: dict[tuple[int, int], Times]) -> None:
    # The name in brackets may hold anything; fields count from behind it (proc(5), stat).
    fields = read(f"/proc/{pid}/stat").rpartition(b")")[2].split()
    if not fields:
        return
    user, system, children_user, children_system = map(int, fields[11:15])
    started = int(fields[19])
    # The state is the first thread's, which may wait for others, or have ended before them.
    running = fields[0] == b"R" or int(fields[17]) > 1
    age = time.clock_gettime(time.CLOCK_BOOTTIME) - started / TICKS
    times[pid, started] = Times(
        own=(user + system) / TICKS,
        children=(children_user + children_system) / TICKS,
        age=max(0.0, age),
        running=running,
    )


def _bytes(pid: int, *, exact: bool) -> int:
    """`exact`: count each page once."""
    place = living(pid)
    rollup = read(f"{place.folder}/smaps_rollup") if exact else b""
    if not rollup:  # it may not be looked into
        return _kilobytes(place.status, (b"RssAnon:", b"VmSwap:", b"VmPTE:"))
    pages = _kilobytes(rollup, (b"Pss_Anon:", b"SwapPss:"))
    return pages + _kilobytes(place.status, (b"VmPTE:",))


def _kilobytes(text: bytes, names: tuple[bytes, ...]) -> int:
    lines = (line for line in text.splitlines() if line.startswith(names))
    return sum(int(line.split()[1]) for line in lines) * 1024


def read(path: str, most: int = -1) -> bytes:
    """Empty when the process has gone."""
    try:
        with open(path, "rb") as file:
            return file.read(most)
    except OSError:
        return b""
