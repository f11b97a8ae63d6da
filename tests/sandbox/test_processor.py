"""One run takes no more of the processor than its share, and lets terminals go first."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend, cgroup_v1, cgroup_v2
from runner.sandbox.limit_backends.cgroups import mounts
from runner.sandbox.priority import (
    BOOST_SECONDS,
    RUN_SHARES,
    RUN_WEIGHT,
    SLICE_NANOSECONDS,
)
from tests.sandbox.attack import Attack, attacked, attacking

ORDINARY = {cgroup_v1.CgroupV1.name: RUN_SHARES, cgroup_v2.CgroupV2.name: RUN_WEIGHT}
BURN = """if True:
    import os
    for _ in range(2):
        os.fork()
    os.write(1, b"up ")
    while True: pass"""


async def test_a_run_that_burns_gets_one_core(backend: LimitBackend) -> None:
    """Four processes on however many cores."""
    if not backend.accounted:
        pytest.skip("without control groups nothing shares the processor out; see the next test")
    async with attacking(backend, BURN) as attack:
        await attack.wait_for(b"up " * 4)
        before, began = attack.sandbox.usage().cpu_seconds, time.monotonic()
        await asyncio.sleep(1)  # what it takes in a time is what is asked
        wall = time.monotonic() - began
        used = attack.sandbox.usage().cpu_seconds - before
        attack.watch.decide(Outcome.STOPPED)
        await attack.end()
    assert used <= 1.2 * wall + 0.1  # a tenth of a second is handed out at once


async def test_who_serves_a_run_comes_first(backend: LimitBackend) -> None:
    """It interrupts nobody when it wakes up; its turns are long, where the kernel lets them be."""
    source = """if True:
        import ctypes, os, struct
        number = 315 if os.uname().machine == "x86_64" else 275  # sched_getattr
        attributes = ctypes.create_string_buffer(48)
        assert ctypes.CDLL(None).syscall(number, 0, attributes, 48, 0) == 0
        _, policy, _, _, _, turn, _, _ = struct.unpack("=IIQiIQQQ", attributes.raw)
        print(policy == os.SCHED_BATCH, turn)"""
    ended = await attacked(backend, source)
    policy, turn = ended.text.split()
    kernel = tuple(map(int, os.uname().release.split(".")[:2]))
    assert policy == "True"
    assert kernel < (6, 12) or int(turn) == SLICE_NANOSECONDS


async def test_a_run_cannot_go_on_as_one_that_starts(backend: LimitBackend) -> None:
    """Neither one that prints, nor one that keeps silent and computes, has more than others."""
    if not backend.accounted:
        pytest.skip("without control groups no run comes before others")
    loud, silent = BURN, BURN.replace('os.write(1, b"up ")', "pass")
    for source in (silent, loud):
        async with attacking(backend, source) as attack:
            assert weight(attack) == 4 * ORDINARY[backend.name]
            if source == loud:
                await attack.wait_for(b"up ")
                attack.watch.note_output()
                assert weight(attack) == ORDINARY[backend.name]
            await asyncio.sleep(BOOST_SECONDS)
            assert weight(attack) == ORDINARY[backend.name]
            attack.watch.decide(Outcome.STOPPED)
            await attack.end()


def weight(attack: Attack) -> int:
    """Of its group, for the processor."""
    groups = {
        kind: group
        for line in Path(f"/proc/{attack.sandbox._root.pid}/cgroup").read_text().splitlines()
        for _, kinds, group in [line.split(":", 2)]
        for kind in kinds.split(",")
    }
    for kind, place, options in mounts():
        if kind == "cgroup" and "cpu" in options.split(",") and "coderunner-" in groups["cpu"]:
            return int(Path(f"{place}{groups['cpu']}/cpu.shares").read_text())
        if kind == "cgroup2" and "coderunner-" in groups[""]:
            return int(Path(f"{place}{groups['']}/cpu.weight").read_text())
    raise AssertionError("it is in no group")


async def test_a_run_cannot_become_less_polite(backend: LimitBackend) -> None:
    source = """if True:
        import os
        print(os.nice(0))
        try:
            os.nice(-1)
        except PermissionError:
            print("refused")"""
    ended = await attacked(backend, source)
    assert ended.text == f"{min(19, os.nice(0) + backend.niceness)}\nrefused\n"
    assert ended.outcome is Outcome.COMPLETED
