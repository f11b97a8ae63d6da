"""What a process frees, the machine has again; what it keeps lies on few pages."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.product import ON_HUGE_PAGES, Product
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


def test_most_memory_of_what_serves_lies_on_huge_pages(small_product: Product) -> None:
    """Memory that was not touched for a while costs by the page: up to 11 us each were measured."""
    if "[never]" in Path("/sys/kernel/mm/transparent_hugepage/enabled").read_text():
        pytest.skip("This machine has no huge pages for anybody.")
    process = small_product.serve().process
    memory = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    huge, all_of_it = (
        int(re.findall(rf"^{what}: +(\d+) kB", memory, re.MULTILINE)[0])
        for what in ("AnonHugePages", "Anonymous")
    )
    assert huge > all_of_it / 2


@pytest.mark.parametrize("starts_it", ["Dockerfile", "scripts/run.sh"])
def test_whoever_starts_it_says_so(starts_it: str) -> None:
    """Neither can be said to a process that has begun."""
    text = (ROOT / starts_it).read_text()
    for name, value in ON_HUGE_PAGES.items():
        assert f" {name}={value}" in text
