"""Control groups as this machine's kernel has them: in `python -m tests.guest`, of version 2."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from runner.limits import MIB, Limits
from runner.sandbox.limit_backends import (
    LIMIT_BACKENDS,
    LimitBackendUnavailable,
    cgroup_v2,
)
from runner.sandbox.limit_backends.cgroup_v1 import CgroupV1
from runner.sandbox.limit_backends.cgroup_v2 import CgroupV2, CgroupV2ResourceGroup
from runner.sandbox.limit_backends.cgroups import CgroupResourceGroup, Group, mounts
from runner.sandbox.priority import ALL_RUNS_SHARES, ALL_RUNS_WEIGHT
from tests.runner.sandbox import executors
from tests.runner.sandbox.inside import ROOT, parents

LIMITS = Limits(memory_bytes=64 * MIB, processes=16, cpu_percent=50)
CEILINGS = {
    CgroupV1.name: {
        "memory.limit_in_bytes": str(72 * MIB),
        "memory.swappiness": "0",
        "pids.max": "19",
        "cpu.cfs_quota_us": "50000",
    },
    CgroupV2.name: {
        "memory.max": str(72 * MIB),
        "memory.oom.group": "1",
        "pids.max": "19",
        "cpu.max": "50000 100000",
    },
}


@pytest.fixture(params=CEILINGS)
def backend(request: pytest.FixtureRequest) -> Iterator[CgroupV1 | CgroupV2]:
    try:
        backend = LIMIT_BACKENDS[request.param](LIMITS)
    except LimitBackendUnavailable as unavailable:
        pytest.skip(f"this machine has no {request.param}: {unavailable}")
    assert isinstance(backend, CgroupV1 | CgroupV2)
    yield backend
    backend.close()


def groups(resource_group: CgroupResourceGroup) -> set[Path]:
    return {Path(os.readlink(f"/proc/self/fd/{each}")).parent for each in resource_group.entrances}


def test_every_ceiling_is_set(backend: CgroupV1 | CgroupV2) -> None:
    resource_group = backend.open(LIMITS)
    read = {
        name: Group(group).read(name).strip()
        for group in groups(resource_group)
        for name in CEILINGS[backend.name]
        if (group / name).exists()
    }
    resource_group.close()
    assert read == CEILINGS[backend.name]


def test_a_start_has_a_greater_weight_and_loses_it(backend: CgroupV1 | CgroupV2) -> None:
    resource_group = backend.open(LIMITS)
    (weight,) = (
        group / name
        for group in groups(resource_group)
        for name in ("cpu.shares", "cpu.weight")
        if (group / name).exists()
    )
    born = int(weight.read_text())
    resource_group.boost(on=True)
    assert int(weight.read_text()) == 4 * born
    resource_group.boost(on=False)
    assert int(weight.read_text()) == born
    of_all_runs = weight.parent.parent / weight.name
    assert int(of_all_runs.read_text()) in (ALL_RUNS_SHARES, ALL_RUNS_WEIGHT)
    resource_group.close()
    resource_group.boost(on=False)  # what is gone needs none


def test_runs_that_give_way_have_a_small_weight_together(backend: CgroupV1 | CgroupV2) -> None:
    giving_way = replace(LIMITS, gives_way=True)
    usual, first, second = (backend.open(each) for each in (LIMITS, giving_way, giving_way))
    above = [
        {group.parent for group in groups(each) if (group / "cpu.stat").exists()}
        for each in (usual, first, second)
    ]
    assert above[1] == above[2]
    assert not above[0] & above[1]
    (parent,), (of_students,) = above[1], above[0]
    (name,) = (name for name in ("cpu.shares", "cpu.weight") if (parent / name).exists())
    assert int((parent / name).read_text()) <= int((of_students / name).read_text()) / 8
    second.boost(on=True)  # among them
    for each in (usual, first, second):
        each.close()
    backend.close()
    assert not parent.exists()


def test_nothing_stays(backend: CgroupV1 | CgroupV2) -> None:
    ours = parents()
    other = type(backend)(LIMITS)
    resource_group = other.open(LIMITS)
    made = groups(resource_group)
    assert made
    assert all(group.is_dir() for group in made)
    assert {group.parent for group in made} <= parents() - ours
    resource_group.close()
    other.close()
    assert not {group.parent for group in made} & parents()
    backend.open(LIMITS).close()


def test_what_a_cancelled_start_leaves_is_removed_by_the_next(backend: CgroupV1 | CgroupV2) -> None:
    resource_group = backend.open(LIMITS)
    made = groups(resource_group)
    with subprocess.Popen(["sleep", "600"]) as process:
        for entrance in resource_group.entrances:
            os.write(entrance, str(process.pid).encode())
        resource_group.close()
        assert all(group.is_dir() for group in made)
        process.kill()
    backend.open(LIMITS).close()
    assert not any(group.exists() for group in made)


def test_what_a_killed_executor_has_left_is_removed_by_the_next(
    backend: CgroupV1 | CgroupV2,
) -> None:
    program = executors.killed_with_a_group.__name__
    line = [sys.executable, "-m", executors.__name__, program, backend.name]
    done = subprocess.run(line, cwd=ROOT, capture_output=True)
    left = set(done.stdout.decode().split())
    assert len(left) >= 1, done.stderr  # other executors on this machine may be as quick as we are
    type(backend)(LIMITS).close()
    assert not left & {path.name for path in parents()}
    backend.open(LIMITS).close()  # that of the living is still there


def test_of_version_2_a_group_ends_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    top = next((place for kind, place, _ in mounts() if kind == "cgroup2"), None)
    if top is None or not os.access(top, os.W_OK):
        pytest.skip("needs control groups of version 2 that may be written, of which any will do")
    monkeypatch.setattr(cgroup_v2, "settings", lambda limits: {})  # it may have no controllers
    path = top / f"coderunner-test-{os.getpid()}"
    resource_group = CgroupV2ResourceGroup(path, LIMITS)
    with subprocess.Popen(["sh", "-c", "sleep 600 & setsid sleep 600 & wait"]) as process:
        os.write(resource_group.entrances[0], str(process.pid).encode())
        resource_group.kill()
        assert process.wait(10) == -signal.SIGKILL
    resource_group.close()
    assert not path.exists()
