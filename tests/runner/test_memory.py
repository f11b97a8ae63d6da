"""What a process frees, the machine has again."""

import subprocess
import sys

from tests.services import ROOT

MIB = 1024 * 1024
# Large blocks with small ones between them that stay, once the allocator has met a large block.
SCRIPT = f"""
import psutil
{{prepare}}
del (first := bytearray(16 * {MIB}))[:]
resident = psutil.Process().memory_info
before = resident().rss
large, small = [], []
for number in range(64):
    large.append(bytearray(b"x") * {2 * MIB})
    small.extend(bytearray(1000) for _ in range(8))
large.clear()
print(resident().rss - before)
"""


def kept(prepare: str) -> int:
    """Bytes that are resident still when all large blocks have been freed."""
    command = [sys.executable, "-c", SCRIPT.format(prepare=prepare)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_large_blocks_go_back_although_small_ones_lie_between_them() -> None:
    prepare = "from runner.memory import return_what_is_freed\nreturn_what_is_freed()"
    assert kept("") > 32 * MIB  # else there is nothing to show on this machine
    assert kept(prepare) < 8 * MIB
