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


def measure(root: int) -> Usage:
    """The process `root` and all below it.

    Orphans move up to the namespace's init, which is below `root`. A dead child's time is in its
    parent's account. Memory is what processes hold for themselves (resident, not of files), which
    counts pages shared after a fork twice; so a large sum is counted again, shared pages by halves.
    """
    ticks = pages = 0
    pids = _tree(root)
    for pid in pids:
        ticks += _cpu_ticks(pid)
        pages += _own_pages(pid)
    return Usage(ticks / TICKS, pages * PAGE, len(pids))


def proportional_memory(root: int) -> int:
    """The same memory in bytes, exact for shared pages, at a hundred times the cost."""
    return sum(_proportional_bytes(pid) for pid in _tree(root))


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
