"""Memory that is given back, and collections of garbage that do not stop every terminal."""

import ctypes
import gc

LIBC = ctypes.CDLL(None)
KIB = 1024
# glibc's malloc.h, and what is asked of it. Larger blocks (recordings, and what holds them on their
# way to the database) go back to the kernel when they are freed; else they leave holes in a heap
# that grows for hours. The output that a run holds stays, as mapping it anew at every turn takes a
# third of a flood.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
MALLOC = {M_TRIM_THRESHOLD: 8192 * KIB, M_MMAP_THRESHOLD: 1536 * KIB, M_ARENA_MAX: 2}


def keep_what_is_loaded() -> None:
    """Called once a process has loaded its program, which lives as long as the process does.

    Each full collection would look at all of it: 60 ms in which no key is echoed.
    """
    gc.collect()
    gc.freeze()


def return_what_is_freed() -> None:
    """Called once in each process that serves, before its threads begin."""
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
