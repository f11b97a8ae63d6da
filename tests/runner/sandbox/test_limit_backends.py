# size: every backend is tested with the same imitated control groups
"""The limit backends: what each one writes, and which one is chosen."""

import errno
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from runner.limits import MIB, Limits
from runner.sandbox import limit_backends
from runner.sandbox.limit_backends import (
    LIMIT_BACKENDS,
    LimitBackendUnavailable,
    cgroup_v2,
    cgroups,
)
from runner.sandbox.limit_backends.cgroup_v2 import CgroupV2
from runner.sandbox.limit_backends.cgroups import Group
from runner.sandbox.limit_backends.watchdog import Watchdog
from tests.runner.sandbox import executors
from tests.runner.sandbox.inside import ROOT

LIMITS = Limits(memory_bytes=64 * MIB, processes=16, cpu_percent=50)
FILES = {  # of every group of version 2 whose parent hands down all controllers
    "cgroup.type": "domain\n",
    "cgroup.procs": "",
    "cgroup.kill": "",
    "cgroup.controllers": "cpuset cpu io memory pids\n",
    "cgroup.subtree_control": "",
    "cpu.weight": "100\n",
    "cpu.max": "max 100000\n",
    "cpu.stat": "usage_usec 1500000\nuser_usec 1000000\n",
    "memory.max": "max\n",
    "memory.swap.max": "max\n",
    "memory.oom.group": "0\n",
    "memory.current": "5000000\n",
    "memory.peak": "9000000\n",
    "memory.events": "low 0\nhigh 0\nmax 7\noom 1\noom_kill 0\n",
    "pids.max": "max\n",
    "pids.current": "4\n",
    "pids.events": "max 0\n",
}


@pytest.fixture
def delegated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree that looks like a delegated one: groups are born with files, and die with them."""
    make = Path.mkdir

    def mkdir(path: Path, *args: object, **options: object) -> None:
        make(path, *args, **options)  # type: ignore[arg-type]
        for name, content in FILES.items():
            (path / name).write_text(content)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    monkeypatch.setattr(Path, "rmdir", lambda path: shutil.rmtree(path))
    own = tmp_path / "service"
    own.mkdir()
    (own / "cgroup.procs").write_text("4242\n")
    return own


def test_of_version_2_every_ceiling_is_written(delegated: Path) -> None:
    backend = CgroupV2(LIMITS, own=delegated)
    resource_group = backend.open(LIMITS)
    (parent,) = delegated.glob("coderunner-*")
    (group,) = (path for path in parent.iterdir() if path.is_dir())
    written = {name: (group / name).read_text() for name, born in FILES.items()
               if (group / name).read_text() != born}  # fmt: skip
    assert written == {
        "memory.max": str(72 * MIB),
        "memory.swap.max": "0",
        "memory.oom.group": "1",
        "pids.max": "19",
        "cpu.weight": "25",
        "cpu.max": "50000 100000",
    }
    for on, weight in ((True, "100"), (False, "25")):
        resource_group.boost(on=on)
        assert (group / "cpu.weight").read_text() == weight
    resource_group.kill()
    assert (group / "cgroup.kill").read_text() == "1"
    resource_group.close()
    assert not group.exists()
    backend.close()
    assert not parent.exists()


def test_of_version_2_runs_that_give_way_have_a_group_of_their_own(delegated: Path) -> None:
    backend = CgroupV2(LIMITS, own=delegated)
    (usual,) = delegated.glob("coderunner-*")
    made = [backend.open(replace(LIMITS, gives_way=True)) for _ in range(2)]
    (parent,) = set(delegated.glob("coderunner-*")) - {usual}
    assert len([path for path in parent.iterdir() if path.is_dir()]) == 2
    assert (parent / "cgroup.subtree_control").read_text() == "+cpu +memory +pids"
    assert [(each / "cpu.weight").read_text() for each in (usual, parent)] == ["50", "6"]
    for each in made:
        each.close()
    backend.close()
    assert not list(delegated.glob("coderunner-*"))


def test_of_version_2_processes_move_into_a_leaf_before_controllers_are_handed_down(
    delegated: Path,
) -> None:
    backend = CgroupV2(LIMITS, own=delegated)
    handed_down = "+cpu +memory +pids"
    assert (delegated / "executor" / "cgroup.procs").read_text() == "4242"
    assert (delegated / "cgroup.subtree_control").read_text() == handed_down
    (parent,) = delegated.glob("coderunner-*")
    assert (parent / "cgroup.subtree_control").read_text() == handed_down
    backend.close()


@pytest.mark.parametrize("late", [2, cgroup_v2.TRIES])
def test_of_version_2_a_process_that_comes_meanwhile_is_moved_too(
    delegated: Path, monkeypatch: pytest.MonkeyPatch, late: int
) -> None:
    """A container's health check, or a child of one that was just being moved."""
    write, busy = Group.write, iter(range(1, late + 1))

    def refusing(group: Group, name: str, value: int | str) -> None:
        if name == "cgroup.subtree_control" and (number := next(busy, 0)):
            group.write("cgroup.procs", number)
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        write(group, name, value)

    monkeypatch.setattr(Group, "write", refusing)
    if late == cgroup_v2.TRIES:
        with pytest.raises(LimitBackendUnavailable, match="busy"):
            CgroupV2(LIMITS, own=delegated)
    else:
        CgroupV2(LIMITS, own=delegated).close()
        assert (delegated / "executor" / "cgroup.procs").read_text() == str(late)


def test_of_version_2_a_second_executor_finds_itself_in_the_leaf(delegated: Path) -> None:
    first = CgroupV2(LIMITS, own=delegated)
    second = CgroupV2(LIMITS, own=delegated / "executor")
    assert len(list(delegated.glob("coderunner-*"))) == 2
    for backend in (first, second):
        backend.close()


def test_of_version_2_figures_are_the_kernels(delegated: Path) -> None:
    backend = CgroupV2(LIMITS, own=delegated)
    resource_group = backend.open(LIMITS)
    usage = resource_group.usage(1, 0)
    assert (usage.cpu_seconds, usage.memory_bytes, usage.memory_peak_bytes) == (1.5, 5e6, 9e6)
    assert (usage.processes, usage.over_memory) == (4, False)
    (events,) = delegated.glob("coderunner-*/[0-9]*/memory.events")
    events.write_text(FILES["memory.events"].replace("oom_kill 0", "oom_kill 3"))
    assert resource_group.usage(1, 0).over_memory
    assert not resource_group.refused_processes()
    (refusals,) = delegated.glob("coderunner-*/[0-9]*/pids.events")
    refusals.write_text("max 2\n")
    assert resource_group.refused_processes()
    resource_group.close()
    backend.close()


def test_of_version_2_another_program_begins_with_limits_and_figures_of_its_own(
    delegated: Path,
) -> None:
    backend = CgroupV2(LIMITS, own=delegated)
    resource_group = backend.open(LIMITS)
    (group,) = delegated.glob("coderunner-*/[0-9]*")
    (group / "pids.events").write_text("max 2\n")
    (group / "memory.peak").write_text("9000000\n")
    resource_group.renew(replace(LIMITS, memory_bytes=128 * MIB, processes=20))
    written = {name: (group / name).read_text() for name in ("memory.max", "pids.max")}
    assert written == {"memory.max": str(136 * MIB), "pids.max": "23"}
    assert not resource_group.refused_processes()
    assert resource_group.usage(1, 0).memory_peak_bytes == 5e6  # what is used, not 9e6
    (group / "pids.events").write_text("max 3\n")
    assert resource_group.refused_processes()
    (group / "memory.peak").unlink()  # a kernel before 5.19
    resource_group.renew(LIMITS)
    (group / "memory.current").write_text("6000000\n")
    assert resource_group.usage(1, 0).memory_peak_bytes == 6e6
    resource_group.close()
    backend.close()


def test_of_version_2_before_linux_6_12_the_peak_of_a_second_program_is_measured(
    delegated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = CgroupV2(LIMITS, own=delegated)
    resource_group = backend.open(LIMITS)

    def refuse(*_: object) -> int:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    with monkeypatch.context() as patch:
        patch.setattr(resource_group._group, "set", lambda _: None)
        patch.setattr(os, "write", refuse)
        resource_group.renew(LIMITS)
    assert resource_group.usage(1, 0).memory_peak_bytes == 5e6
    resource_group.close()
    backend.close()


def test_of_version_2_an_older_kernels_missing_files_are_done_without(delegated: Path) -> None:
    backend = CgroupV2(LIMITS, own=delegated)
    resource_group = backend.open(LIMITS)
    for name in ("memory.peak", "cgroup.kill"):
        next(delegated.glob(f"coderunner-*/[0-9]*/{name}")).unlink()
    resource_group.kill()
    assert resource_group.usage(1, 0).memory_peak_bytes == 5_000_000
    resource_group.close()
    backend.close()


def test_of_version_2_missing_controllers_are_named(delegated: Path) -> None:
    (delegated / "cgroup.controllers").write_text("cpuset pids\n")
    with pytest.raises(LimitBackendUnavailable, match="no cpu, memory controller"):
        CgroupV2(LIMITS, own=delegated)
    assert (delegated / "cgroup.procs").read_text() == "4242\n"  # nobody was moved in vain


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_of_version_2_what_may_not_be_written_is_not_delegated(
    delegated: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """As an ordinary user, and in a container, find it: the doctor knows what to do about it."""

    def write(group: Group, name: str, value: int | str) -> None:
        raise OSError(number, os.strerror(number), str(group.path / name))

    monkeypatch.setattr(Group, "write", write)
    with pytest.raises(LimitBackendUnavailable, match=cgroup_v2.NOT_DELEGATED):
        CgroupV2(LIMITS, own=delegated)


def test_a_group_that_was_taken_for_abandoned_before_it_was_open_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Path] = []
    really_open = os.open

    def late(path: Path, flags: int) -> int:
        if not taken:
            taken.append(path)
            path.rmdir()
        return really_open(path, flags)

    monkeypatch.setattr(os, "open", late)
    parent = cgroups.Parent(tmp_path)
    assert parent.path.is_dir()
    assert taken
    assert parent.path not in taken
    parent.close()


def test_a_process_that_cannot_be_named_is_not_taken_for_oneself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of another namespace reads as 0, and to kill 0 is to kill one's own group."""
    killed: list[int] = []
    monkeypatch.setattr(os, "kill", lambda number, _: killed.append(number))
    left = tmp_path / f"{cgroups.PREFIX}left"
    left.mkdir()
    (left / "cgroup.procs").write_text("0\n0\n4242\n")
    cgroups.Parent(tmp_path)
    assert killed == [4242]


def test_the_best_backend_is_chosen_and_the_others_say_why_not() -> None:
    backend, missing = limit_backends.best_backend(Limits())
    backend.close()
    better = list(LIMIT_BACKENDS)[: list(LIMIT_BACKENDS).index(backend.name)]
    assert list(missing) == better
    assert all(missing.values())


def test_the_watchdog_is_always_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cgroup_v2, "mounts", lambda: iter(()))
    monkeypatch.setattr("runner.sandbox.limit_backends.cgroup_v1.mounts", lambda: iter(()))
    backend, missing = limit_backends.best_backend(Limits())
    assert isinstance(backend, Watchdog)
    assert set(missing) == {"cgroup v2", "cgroup v1"}


NOBODY = 65534
closed = any(not folder.stat().st_mode & 0o001 for folder in (ROOT, *ROOT.parents))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
@pytest.mark.skipif(closed, reason="this folder cannot be read by anybody else")
def test_an_ordinary_user_has_a_sandbox_too() -> None:
    """As on a developer's own machine."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    module, program = executors.__name__, executors.with_one_run.__name__
    done = subprocess.run(
        ["/usr/bin/python3", "-B", "-m", module, program], cwd="/", env=environment, timeout=60,
        capture_output=True, text=True, user=NOBODY, group=NOBODY, extra_groups=[],
    )  # fmt: skip
    assert done.stdout.strip() == "rlimits and watchdog, 1000 42, 0", done.stderr
