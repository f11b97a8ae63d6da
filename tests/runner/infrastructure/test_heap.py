"""What a process frees, the machine has again; what it keeps lies on few pages."""

import mmap
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from runner.infrastructure.heap import HUGE_PAGES, _own_memory
from tests.product import Product
from tests.services import ROOT

MIB = 1024 * 1024


def kept(size: int, *returned: str) -> int:
    """Bytes that are resident still when all blocks of `size` have been freed."""
    command = [sys.executable, "-m", "tests.programs.fragmented_heap", str(size), *returned]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_large_blocks_go_back_although_small_ones_lie_between_them() -> None:
    assert kept(2 * MIB) > 32 * MIB  # else there is nothing to show on this machine
    assert kept(2 * MIB, "return_what_is_freed") < 8 * MIB


def test_holes_between_small_blocks_go_back_when_it_is_asked_for() -> None:
    assert kept(MIB // 2, "return_what_is_freed") > 32 * MIB
    assert kept(MIB // 2, "return_what_is_freed", "return_holes") < 8 * MIB


def huge_pages_for_whoever_asks() -> bool:
    """Of a size that there is room for, on a Linux that gathers them."""
    version = re.match(r"(\d+)\.(\d+)", os.uname().release)
    assert version
    enabled, size = HUGE_PAGES / "enabled", HUGE_PAGES / "hpage_pmd_size"
    return (
        (int(version[1]), int(version[2])) >= (6, 1)
        and enabled.exists()
        and "[never]" not in enabled.read_text()
        and int(size.read_text()) <= 2 * MIB
    )


@pytest.mark.faults
@pytest.mark.skipif(not huge_pages_for_whoever_asks(), reason="This machine gathers nothing.")
def test_what_is_loaded_is_gathered_on_huge_pages(small_product: Product) -> None:
    pid = small_product.serve().process.pid
    memory = Path(f"/proc/{pid}/smaps_rollup").read_text()
    huge, all_of_it = (
        int(re.findall(rf"^{what}: +(\d+) kB", memory, re.MULTILINE)[0])
        for what in ("AnonHugePages", "Anonymous")
    )
    assert huge > all_of_it / 4


def test_files_of_any_name_may_be_mapped_meanwhile(tmp_path: Path) -> None:
    """The kernel lists them with what was allocated."""
    name = os.fsencode(tmp_path) + b"/rw-p 0 \xff\x0c\r [heap]\n1-2 rw-p 0 0 0"
    with open(name, "xb+") as file:
        file.write(b"x")
        file.flush()
        with mmap.mmap(file.fileno(), 1, access=mmap.ACCESS_COPY):
            listed = list(_own_memory())
    assert listed
    assert all(stop > start > MIB for start, stop in listed)
