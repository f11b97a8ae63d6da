"""What the processes of a sandbox use, read from /proc outside it."""

import os
from contextlib import suppress
from dataclasses import dataclass

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Usage:
    cpu_seconds: float
    memory_bytes: int
    processes: int


def measure(root: int, exact_from: int) -> Usage:
    """The process `root` and all below it.

    Orphans move up to the namespace's init, which is below `root`. A dead child's time is in its
    parent's account. Memory is what is resident and not of a file, and memory files that are open;
    that counts pages shared by processes once for each, so a sum above `exact_from` bytes is
    counted again, each page once, at a hundred times the cost.
    """
    pids = _tree(root)
    ticks = sum(_cpu_ticks(pid) for pid in pids)
    files = _memory_files(pids)
    memory = sum(_resident_bytes(pid) for pid in pids) + files
    if memory > exact_from:
        memory = sum(_proportional_bytes(pid) for pid in pids) + files
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


def _resident_bytes(pid: int) -> int:
    return _kilobytes(f"/proc/{pid}/status", (b"RssAnon:", b"RssShmem:"))


def _proportional_bytes(pid: int) -> int:
    return _kilobytes(f"/proc/{pid}/smaps_rollup", (b"Pss_Anon:", b"Pss_Shmem:"))


def _kilobytes(path: str, names: tuple[bytes, ...]) -> int:
    lines = (line for line in _read(path).splitlines() if line.startswith(names))
    return sum(int(line.split()[1]) for line in lines) * 1024


def _memory_files(pids: list[int]) -> int:
    """Bytes of open `memfd_create` files: they need not be mapped to be there."""
    sizes: dict[int, int] = {}
    for pid in pids:
        with suppress(OSError), os.scandir(f"/proc/{pid}/fd") as descriptors:
            for descriptor in descriptors:
                with suppress(OSError):
                    if os.readlink(descriptor.path).startswith("/memfd:"):
                        found = os.stat(descriptor.path)
                        sizes[found.st_ino] = found.st_blocks * 512
    return sum(sizes.values())


def _read(path: str) -> bytes:
    """Empty when the process has gone."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read() or b""
    except OSError:
        return b""
