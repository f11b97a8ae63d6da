"""What the processes of a sandbox use, read from /proc outside it."""

import os
from dataclasses import dataclass

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Usage:
    cpu_seconds: float
    memory_bytes: int
    processes: int


def measure(root: int, exact_from: int) -> Usage:
    """The process `root` and all below it.

    Orphans move up to the namespace's init, which is below `root`. A dead child's time is in its
    parent's account. Memory is what is resident and not of a file; that counts pages shared after
    a fork once for each process, so a sum above `exact_from` bytes is counted again, each page
    once, at a hundred times the cost.
    """
    pids = _tree(root)
    ticks = sum(_cpu_ticks(pid) for pid in pids)
    memory = sum(_own_pages(pid) for pid in pids) * PAGE
    if memory > exact_from:
        memory = sum(_proportional_bytes(pid) for pid in pids)
    return Usage(ticks / TICKS, memory, len(pids))


def _tree(root: int) -> list[int]:
    found = [root]
    for pid in found:  # grows while it is walked
        try:
            threads = os.listdir(f"/proc/{pid}/task")
        except OSError:
            continue
        for thread in threads:
            found += [int(child) for child in _read(f"/proc/{pid}/task/{thread}/children").split()]
    return found


def _cpu_ticks(pid: int) -> int:
    # The name in brackets may hold anything; fields count from behind it (proc(5), stat).
    fields = _read(f"/proc/{pid}/stat").rpartition(b")")[2].split()
    return sum(int(field) for field in fields[11:15])


def _own_pages(pid: int) -> int:
    fields = _read(f"/proc/{pid}/statm").split()
    return int(fields[1]) - int(fields[2]) if fields else 0


def _proportional_bytes(pid: int) -> int:
    for line in _read(f"/proc/{pid}/smaps_rollup").splitlines():
        if line.startswith(b"Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: str) -> bytes:
    """Empty when the process has gone."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read() or b""
    except OSError:
        return b""
