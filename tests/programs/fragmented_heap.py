"""How much memory a process keeps when it has freed large blocks that lie between small ones.

`python -m tests.programs.fragmented_heap SIZE [return_what_is_freed [return_holes]]` prints bytes;
the words name what `heap` does at the start and at the end.
"""

import sys

import psutil

from runner.infrastructure import heap

MIB = 1024 * 1024
FREED_BYTES = 128 * MIB


def resident() -> int:
    return int(psutil.Process().memory_info().rss)


def kept(size: int) -> int:
    """Bytes that are resident still when all blocks of `size` have been freed."""
    first = bytearray(16 * MIB)
    del first[:]  # the allocator has met a large block
    before = resident()
    large: list[bytearray] = []
    small: list[bytearray] = []
    for _ in range(FREED_BYTES // size):
        large.append(bytearray(b"x") * size)
        small.extend(bytearray(1000) for _ in range(8))
    large.clear()
    if "return_holes" in sys.argv:
        heap.return_holes()
    return resident() - before


if __name__ == "__main__":
    if "return_what_is_freed" in sys.argv:
        heap.return_what_is_freed()
    print(kept(int(sys.argv[1])))
