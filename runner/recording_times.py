"""When each piece of a recording was printed: packed pairs (milliseconds, bytes), one per piece.

Milliseconds count from the start of the run. The byte counts of a part add up to its length.
"""

import struct
from collections.abc import Iterable

PAIR = struct.Struct("<II")
HIGHEST = 2**32 - 1  # 49 days: no run lasts that long


def pack_times(pairs: Iterable[tuple[int, int]]) -> bytes:
    """Eight bytes per pair. Milliseconds outside the range of the format are moved to its edge."""
    return b"".join(
        PAIR.pack(min(max(milliseconds, 0), HIGHEST), size) for milliseconds, size in pairs
    )


def unpack_times(data: bytes | memoryview) -> list[tuple[int, int]]:
    """The pairs of `pack`; a last pair that is not complete is left out."""
    whole = len(data) - len(data) % PAIR.size
    return list(PAIR.iter_unpack(data[:whole]))
