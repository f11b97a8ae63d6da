"""One run takes no more of the processor than its share, and lets terminals go first."""

import asyncio
import os
import struct
import subprocess
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from runner.limits import Limits
from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend, cgroup_v1, cgroup_v2
from runner.sandbox.limit_backends.cgroups import mounts
from runner.sandbox.priority import (
    BOOST_SECONDS,
    RUN_SHARES,
    RUN_WEIGHT,
    SLICE_NANOSECONDS,
    of_processes,
)
from tests.sandbox.attack import LIMITS, Attack, attacked, attacking

ORDINARY = {cgroup_v1.CgroupV1.name: RUN_SHARES, cgroup_v2.CgroupV2.name: RUN_WEIGHT}
BURN = """if True:
    import os
    for _ in range(2):
        os.fork()
    os.write(1, b"up ")
    while True: pass"""
GIVES_WAY = replace(LIMITS, gives_way=True)


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


async def test_a_run_that_gives_way_cannot_stop_giving_way(backend: LimitBackend) -> None:
    source = """if True:
        import ctypes, os, struct
        def tried(change):
            try:
                change()
            except OSError as error:
                return error.strerror
        libc = ctypes.CDLL(None, use_errno=True)
        def turn(policy):
            number = 314 if os.uname().machine == "x86_64" else 274  # sched_setattr
            attributes = struct.pack("=IIQiIQQQ", 48, policy, 0, 0, 0, 0, 0, 0)
            if libc.syscall(number, 0, attributes, 0) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        for policy in (os.SCHED_OTHER, os.SCHED_BATCH, os.SCHED_FIFO):
            tried(lambda: os.sched_setscheduler(0, policy, os.sched_param(0)))
            tried(lambda: turn(policy))
        tried(lambda: os.sched_setparam(0, os.sched_param(0)))
        tried(lambda: os.setpriority(os.PRIO_PROCESS, 0, 0))
        if os.fork() == 0:
            os.setsid()
            print(os.sched_getscheduler(0) == os.SCHED_BATCH, os.nice(0))
            os._exit(0)
        os.wait()
        print(os.sched_getscheduler(0) == os.SCHED_BATCH, os.nice(0))"""
    ended = await attacked(backend, source, GIVES_WAY)
    assert ended.text == "True 19\n" * 2


def test_many_that_give_way_hold_up_nobody(backend: LimitBackend) -> None:
    """Six of them and another run want one core. Without sandboxes, which take long to start."""
    if not backend.accounted:
        pytest.skip("without control groups each of them has the weight of its niceness")
    with ExitStack() as stack:
        all_of_them = [burning(stack, backend, each) for each in (LIMITS, *[GIVES_WAY] * 6)]
        before = [used(process) for process in all_of_them]
        until, mine, theirs = time.monotonic() + 60, 0.0, [0.0]
        while mine < 0.5:
            assert time.monotonic() < until
            time.sleep(0.05)
            mine, *theirs = (
                used(one) - then for one, then in zip(all_of_them, before, strict=True)
            )
        assert mine > 4 * sum(theirs)


def burning(stack: ExitStack, backend: LimitBackend, limits: Limits) -> psutil.Process:
    """A process in a run's resource group, with a run's priority, on the first core."""
    group = backend.open(limits)
    stack.callback(group.close)
    niceness, scheduling = of_processes(backend.niceness, limits, batch=True)
    _, policy = struct.unpack_from("=II", scheduling)

    def enter() -> None:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        for entrance in group.entrances:
            os.write(entrance, b"0")
        os.nice(niceness)
        os.sched_setscheduler(0, policy, os.sched_param(0))

    command = ["/bin/sh", "-c", "while :; do :; done"]
    process = subprocess.Popen(command, preexec_fn=enter)

    def end() -> None:
        process.kill()
        process.wait()

    stack.callback(end)
    return psutil.Process(process.pid)


def used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
