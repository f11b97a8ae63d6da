"""What a process frees, the machine has again; what it keeps lies on few pages."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from runner.memory import HUGE_PAGE_BYTES
from tests.product import Product
from tests.services import ROOT

MIB = 1024 * 1024
# Blocks with small ones between them that stay, once the allocator has met a large block.
SCRIPT = f"""
import psutil
{{prepare}}
del (first := bytearray(16 * {MIB}))[:]
resident = psutil.Process().memory_info
before = resident().rss
large, small = [], []
for number in range(64 * {2 * MIB} // {{size}}):
    large.append(bytearray(b"x") * {{size}})
    small.extend(bytearray(1000) for _ in range(8))
large.clear()
{{finish}}
print(resident().rss - before)
"""
PREPARE = "from runner.memory import return_holes, return_what_is_freed\nreturn_what_is_freed()"


def kept(size: int, prepare: str = "", finish: str = "") -> int:
    """Bytes that are resident still when all blocks of `size` have been freed."""
    script = SCRIPT.format(size=size, prepare=prepare, finish=finish)
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_large_blocks_go_back_although_small_ones_lie_between_them() -> None:
    assert kept(2 * MIB) > 32 * MIB  # else there is nothing to show on this machine
    assert kept(2 * MIB, PREPARE) < 8 * MIB


def test_holes_between_small_blocks_go_back_when_it_is_asked_for() -> None:
    assert kept(MIB // 2, PREPARE) > 32 * MIB
    assert kept(MIB // 2, PREPARE, "return_holes()") < 8 * MIB


@pytest.mark.skipif(
    tuple(map(int, os.uname().release.split(".")[:2])) < (6, 1) or not HUGE_PAGE_BYTES.exists(),
    reason="The kernel gathers nothing on huge pages.",
)
def test_what_is_loaded_is_gathered_on_huge_pages(small_product: Product) -> None:
    pid = small_product.serve().process.pid
    memory = Path(f"/proc/{pid}/smaps_rollup").read_text()
    huge, all_of_it = (
        int(re.findall(rf"^{what}: +(\d+) kB", memory, re.MULTILINE)[0])
        for what in ("AnonHugePages", "Anonymous")
    )
    assert huge > all_of_it / 4
