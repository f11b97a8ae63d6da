"""The usage of a process and its descendants, read from /proc."""

import os
import time
from dataclasses import dataclass

from runner.sandbox.limit_backends.processor_time import Times

EXACT_SECONDS = 0.5  # 64 ordinary processes take a tenth of that
SMAPS_BYTES = 1 << 20  # 1000 mappings
TRIES = 10  # to look at a thread before it ends
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Tree:
    depths: dict[int, int]  # of every process, by its number: how far below the first
    times: dict[tuple[int, int], Times]  # by number and start, which nobody has again
    memory_bytes: int

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
        threads = _threads(pid)
        if len(threads) < 2:
            break
        for thread in reversed(threads):  # the youngest has most of its life before it
            place = _place(f"/proc/{pid}/task/{thread}")
            if place.has_memory:
                return place
    return own


def _place(folder: str) -> ProcEntry:
    return ProcEntry(folder, read(f"{folder}/status"))


def _threads(pid: int) -> list[str]:
    try:
        return os.listdir(f"/proc/{pid}/task")
    except OSError:
        return []  # it has ended


def measure(root: int, exact_from: int, disk: int = 0) -> Tree:
    """The process `root` and all below it.

    Orphans move up to the namespace's init, which is below `root`. Memory is what is resident and
    not of a file, and the tables of pages, which also grow where nothing is resident: by reading
    what was never written. That counts pages shared by processes once for each, and files in memory
    that are mapped, which whoever asks counts too; so a sum above `exact_from` bytes is counted
    again, each page once and without the files of the device `disk`, at a hundred times the cost. A
    program can make that cost endless, by mappings without number: so there is an end to it, and
    what lies behind counts in full.
    """
    times: dict[tuple[int, int], Times] = {}
    depths = _depths(root, times)
    memory = sum(_bytes(pid, None) for pid in depths)
    if memory > exact_from:
        until = time.monotonic() + EXACT_SECONDS
        memory = sum(_bytes(pid, disk if time.monotonic() < until else None) for pid in depths)
    return Tree(depths, times, memory)


def _depths(root: int, times: dict[tuple[int, int], Times]) -> dict[int, int]:
    """Each is asked for its times as soon as it is found: some do not live long."""
    depths: dict[int, int] = {}
    found = [(root, 0)]
    for pid, depth in found:  # grows while it is walked
        if pid in depths:
            continue
        depths[pid] = depth
        _note_times(pid, times)
        for thread in _threads(pid):
            children = read(f"/proc/{pid}/task/{thread}/children").split()
            found += [(int(child), depth + 1) for child in children]
    return depths


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


def _bytes(pid: int, disk: int | None) -> int:
    """`disk`: count each page once, and not the files of this device."""
    place = living(pid)
    if disk is None:
        return _resident_bytes(place)
    return _proportional_bytes(place) - _mapped_bytes(place, disk)


def _resident_bytes(place: ProcEntry) -> int:
    return _kilobytes(place.status, (b"RssAnon:", b"RssShmem:", b"VmPTE:"))


def _proportional_bytes(place: ProcEntry) -> int:
    rollup = read(f"{place.folder}/smaps_rollup")
    pages = _kilobytes(rollup, (b"Pss_Anon:", b"Pss_Shmem:"))
    if pages == 0:  # it may not be looked into
        return _resident_bytes(place)
    return pages + _kilobytes(place.status, (b"VmPTE:",))


def _kilobytes(text: bytes, names: tuple[bytes, ...]) -> int:
    lines = (line for line in text.splitlines() if line.startswith(names))
    return sum(int(line.split()[1]) for line in lines) * 1024


def _mapped_bytes(place: ProcEntry, disk: int) -> int:
    """Shared mappings of the device's files. Changed pages of private ones are the process's own.

    A mapping is a line `address rws- offset major:minor …` in hexadecimal, then its figures.
    """
    total, counts = 0, False
    device = f"{os.major(disk):02x}:{os.minor(disk):02x}".encode()
    for line in read(f"{place.folder}/smaps", SMAPS_BYTES).splitlines():
        name, _, rest = line.partition(b" ")
        if not name.endswith(b":"):
            permissions, _, found = rest.split(b" ", 3)[:3]
            counts = permissions.endswith(b"s") and found == device
        elif counts and name == b"Pss:":
            total += int(rest.split()[0]) * 1024
    return total


def read(path: str, most: int = -1) -> bytes:
    """Empty when the process has gone."""
    try:
        with open(path, "rb") as file:
            return file.read(most)
    except OSError:
        return b""
