"""Settings of the heap and the garbage collector, against pauses and growth."""

import ctypes
import gc
from collections.abc import Container, Iterator
from contextlib import suppress
from pathlib import Path

from runner.infrastructure.optimisations import Optimisation

LIBC = ctypes.CDLL(None)
KIB = 1024
HUGE_PAGES = Path("/sys/kernel/mm/transparent_hugepage")
MADV_COLLAPSE = 25  # asm-generic/mman-common.h, Linux 6.1
# glibc's malloc.h, and what is asked of it. Larger blocks (recordings, and what holds them on their
# way to the database) go back to the kernel when they are freed; else they leave holes in a heap
# that grows for hours. The output that a run holds stays, as mapping it anew at every turn takes a
# third of a flood.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
MALLOC = {M_TRIM_THRESHOLD: 8192 * KIB, M_MMAP_THRESHOLD: 1536 * KIB, M_ARENA_MAX: 2}


def prepare(optimisations: Container[str]) -> None:
    """Called once a process has loaded its program, and before its threads begin."""
    if Optimisation.GC_FREEZE in optimisations:
        exclude_from_collections()
    if Optimisation.HUGE_PAGES in optimisations:
        gather_on_huge_pages()
    if Optimisation.HEAP_TRIM in optimisations:
        return_what_is_freed()


def exclude_from_collections() -> None:
    """The program lives as long as its process does. Each full collection would look at all of it:
    60 ms in which no key is echoed."""
    gc.collect()
    gc.freeze()


def gather_on_huge_pages() -> None:
    """What nobody has touched for 0.1 s costs by the page: on a virtual machine with Linux 6.18
    1024 pages took 0.02 to 11 ms, the same on two huge ones 0.02."""
    with suppress(OSError):
        if b"[never]" not in (HUGE_PAGES / "enabled").read_bytes():
            _gather(int((HUGE_PAGES / "hpage_pmd_size").read_text()))


def _gather(size: int) -> None:
    """What the kernel does not gather stays as it is."""
    for start, stop in _own_memory():
        first, last = -(-start // size) * size, stop // size * size
        if first < last:
            length = ctypes.c_size_t(last - first)
            LIBC.madvise(ctypes.c_void_p(first), length, MADV_COLLAPSE)


def _own_memory() -> Iterator[tuple[int, int]]:
    """From and to which address something was allocated; not the stack, which is hardly used."""
    for line in Path("/proc/self/maps").read_bytes().split(b"\n"):
        match line.split():
            case [addresses, b"rw-p", _, _, b"0"] | [addresses, b"rw-p", _, _, b"0", b"[heap]"]:
                start, stop = (int(address, 16) for address in addresses.split(b"-"))
                yield start, stop


def return_what_is_freed() -> None:
    """For all blocks that are allocated from now on."""
    mallopt = getattr(LIBC, "mallopt", None)  # other C libraries have none
    if mallopt is not None:
        for option, value in MALLOC.items():
            mallopt(option, value)


def return_holes() -> None:
    """Called now and then, by a thread: what lies free between blocks that stay goes back too.

    7 ms for the 20 MiB that a class of floods leaves; hardly any when there is nothing to give.
    """
    malloc_trim = getattr(LIBC, "malloc_trim", None)
    if malloc_trim is not None:
        malloc_trim(0)
